/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Main thread, for the words. */

#include "config.h"

#include "runs/atelier-run-columns.h"

#include <glib/gi18n.h>
#include <math.h>

#include "base/atelier-format.h"

static const AtelierLibraryRunValues *
get_values (AtelierRunItem *item)
{
  return atelier_run_item_get_values (item);
}

static gboolean
is_group (AtelierRunItem *item)
{
  return atelier_run_item_get_children (item) != NULL;
}

static char *
describe_network (AtelierRunItem *item)
{
  return g_strdup (get_values (item)->network_name);
}

static const char *
get_network (AtelierRunItem *item)
{
  return get_values (item)->network_name;
}

static char *
describe_parameters (AtelierRunItem *item)
{
  return atelier_format_count (get_values (item)->n_parameters);
}

static double
get_parameters (AtelierRunItem *item)
{
  return (double) get_values (item)->n_parameters;
}

static char *
describe_loss (AtelierRunItem *item)
{
  return atelier_format_loss (atelier_run_item_get_loss (item));
}

static char *
describe_best_epoch (AtelierRunItem *item)
{
  const guint epoch = get_values (item)->best_epoch;

  return epoch > 0 && !is_group (item) ? g_strdup_printf ("%u", epoch) : g_strdup ("");
}

static double
get_best_epoch (AtelierRunItem *item)
{
  return get_values (item)->best_epoch;
}

static char *
describe_time (AtelierRunItem *item)
{
  return atelier_format_duration (atelier_run_item_get_seconds (item));
}

static double
get_seed (AtelierRunItem *item)
{
  return (double) get_values (item)->seed;
}

static char *
describe_test (AtelierRunItem *item)
{
  const AtelierLibraryRunValues *values = get_values (item);
  g_autofree char *accuracy = NULL;

  if (is_group (item))
    return g_strdup ("");
  if (values->n_test_looks == 0)
    return g_strdup (_("locked"));
  accuracy = atelier_format_percent (values->test_accuracy, 1);
  if (values->n_test_looks == 1)
    /* Translators: an accuracy on the test set, which was looked at once */
    return g_strdup_printf (_("%s · looked at once"), accuracy);
  return g_strdup_printf (ngettext ("%s · looked at %u time", "%s · looked at %u times",
                                    values->n_test_looks),
                          accuracy, values->n_test_looks);
}

static double
get_test (AtelierRunItem *item)
{
  return get_values (item)->test_accuracy;
}

static char *
describe_note (AtelierRunItem *item)
{
  return g_strdup (is_group (item) ? "" : get_values (item)->note);
}

static const char *
get_note (AtelierRunItem *item)
{
  return get_values (item)->note;
}

static char *
describe_data (AtelierRunItem *item)
{
  return g_strdup (get_values (item)->dataset_name);
}

static const char *
get_data (AtelierRunItem *item)
{
  return get_values (item)->dataset_name;
}

static char *
describe_started (AtelierRunItem *item)
{
  g_autoptr (GDateTime) utc
    = g_date_time_new_from_unix_utc (get_values (item)->started_at / G_USEC_PER_SEC);
  g_autoptr (GDateTime) local = utc ? g_date_time_to_local (utc) : NULL;

  return local ? g_date_time_format (local, "%x %H:%M") : g_strdup ("");
}

static double
get_started (AtelierRunItem *item)
{
  return (double) get_values (item)->started_at;
}

static char *
describe_epochs (AtelierRunItem *item)
{
  return g_strdup_printf (_("%u of %u"), get_values (item)->n_epochs,
                          get_values (item)->n_epochs_planned);
}

static double
get_epochs (AtelierRunItem *item)
{
  return get_values (item)->n_epochs;
}

static char *
describe_host (AtelierRunItem *item)
{
  return g_strdup (get_values (item)->host);
}

static const char *
get_host (AtelierRunItem *item)
{
  return get_values (item)->host;
}

static char *
describe_size (AtelierRunItem *item)
{
  return g_format_size (get_values (item)->n_bytes_weights);
}

static double
get_size (AtelierRunItem *item)
{
  return (double) get_values (item)->n_bytes_weights;
}

const AtelierRunColumn atelier_run_columns[] = {
  { .id = "network", .title = N_("Network"), .describe = describe_network,
    .get_text = get_network, .width_chars = 22 },
  { .id = "parameters", .title = N_("Parameters"), .describe = describe_parameters,
    .get_number = get_parameters, .is_number = TRUE },
  { .id = "loss", .title = N_("Loss"), .describe = describe_loss,
    .get_number = atelier_run_item_get_loss, .is_number = TRUE },
  { .id = "best-epoch", .title = N_("Best Epoch"), .describe = describe_best_epoch,
    .get_number = get_best_epoch, .is_number = TRUE },
  { .id = "time", .title = N_("Time"), .describe = describe_time,
    .get_number = atelier_run_item_get_seconds, .is_number = TRUE },
  { .id = "seed", .title = N_("Seed"), .describe = atelier_run_item_describe_seeds,
    .get_number = get_seed, .is_number = TRUE },
  { .id = "test", .title = N_("Test"), .describe = describe_test, .get_number = get_test },
  { .id = "note", .title = N_("Note"), .describe = describe_note, .get_text = get_note,
    .width_chars = 30 },
  { .id = "data", .title = N_("Data"), .describe = describe_data, .get_text = get_data,
    .is_hidden = TRUE, .width_chars = 22 },
  { .id = "started", .title = N_("Started"), .describe = describe_started,
    .get_number = get_started, .is_hidden = TRUE },
  { .id = "epochs", .title = N_("Epochs"), .describe = describe_epochs, .get_number = get_epochs,
    .is_number = TRUE, .is_hidden = TRUE },
  { .id = "host", .title = N_("Computer"), .describe = describe_host, .get_text = get_host,
    .is_hidden = TRUE, .width_chars = 22 },
  { .id = "size", .title = N_("Size of Weights"), .describe = describe_size,
    .get_number = get_size, .is_number = TRUE, .is_hidden = TRUE },
};

const guint atelier_n_run_columns = G_N_ELEMENTS (atelier_run_columns);
