/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The figures of a group are computed when they are asked for: a group has few runs.  Main
 * thread. */

#include "config.h"

#include "runs/atelier-run-item.h"

#include <glib/gi18n.h>
#include <math.h>

#include "base/atelier-format.h"
#include "results/atelier-statistics.h"

struct _AtelierRunItem
{
  GObject            parent_instance;

  int                color;

  /* Owned */
  AtelierLibraryRun *run;      /* NULL: a group */
  char              *group;    /* NULL: a run */
  GListStore        *children; /* NULL: a run */
};

G_DEFINE_FINAL_TYPE (AtelierRunItem, atelier_run_item, G_TYPE_OBJECT)

enum
{
  PROP_RUN = 1,
  PROP_COLOR,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

static guint
count_children (AtelierRunItem *self)
{
  return self->children ? g_list_model_get_n_items (G_LIST_MODEL (self->children)) : 0;
}

/* Borrowed from the list. */
static AtelierRunItem *
get_child (AtelierRunItem *self,
           guint           i)
{
  g_autoptr (AtelierRunItem) child
    = g_list_model_get_item (G_LIST_MODEL (self->children), i);

  return child;
}

static void
atelier_run_item_get_property (GObject    *object,
                               guint       property_id,
                               GValue     *value,
                               GParamSpec *pspec)
{
  AtelierRunItem *self = ATELIER_RUN_ITEM (object);

  switch (property_id)
    {
    case PROP_RUN:
      g_value_set_object (value, atelier_run_item_get_run (self));
      break;
    case PROP_COLOR:
      g_value_set_int (value, self->color);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
atelier_run_item_finalize (GObject *object)
{
  AtelierRunItem *self = ATELIER_RUN_ITEM (object);

  g_clear_object (&self->run);
  g_clear_object (&self->children);
  g_free (self->group);

  G_OBJECT_CLASS (atelier_run_item_parent_class)->finalize (object);
}

static void
atelier_run_item_class_init (AtelierRunItemClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags flags = G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;

  object_class->get_property = atelier_run_item_get_property;
  object_class->finalize = atelier_run_item_finalize;

  properties[PROP_RUN] = g_param_spec_object ("run", NULL, NULL, ATELIER_TYPE_LIBRARY_RUN, flags);
  properties[PROP_COLOR] = g_param_spec_int ("color", NULL, NULL, -1, G_MAXINT, -1, flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
atelier_run_item_init (AtelierRunItem *self)
{
  self->color = -1;
}

AtelierRunItem *
atelier_run_item_new (AtelierLibraryRun *run)
{
  AtelierRunItem *self = g_object_new (ATELIER_TYPE_RUN_ITEM, NULL);

  self->run = g_object_ref (run);
  return self;
}

AtelierRunItem *
atelier_run_item_new_group (const char *group)
{
  AtelierRunItem *self = g_object_new (ATELIER_TYPE_RUN_ITEM, NULL);

  self->group = g_strdup (group);
  self->children = g_list_store_new (ATELIER_TYPE_RUN_ITEM);
  return self;
}

AtelierLibraryRun *
atelier_run_item_get_run (AtelierRunItem *self)
{
  g_return_val_if_fail (ATELIER_IS_RUN_ITEM (self), NULL);

  if (self->run)
    return self->run;
  return count_children (self) > 0 ? get_child (self, 0)->run : NULL;
}

void
atelier_run_item_set_run (AtelierRunItem    *self,
                          AtelierLibraryRun *run)
{
  g_return_if_fail (ATELIER_IS_RUN_ITEM (self) && self->run != NULL);
  g_return_if_fail (ATELIER_IS_LIBRARY_RUN (run));

  if (g_set_object (&self->run, run))
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_RUN]);
}

const AtelierLibraryRunValues *
atelier_run_item_get_values (AtelierRunItem *self)
{
  return atelier_library_run_get_values (atelier_run_item_get_run (self));
}

int
atelier_run_item_get_color (AtelierRunItem *self)
{
  g_return_val_if_fail (ATELIER_IS_RUN_ITEM (self), -1);

  return self->color;
}

void
atelier_run_item_set_color (AtelierRunItem *self,
                            int             color)
{
  g_return_if_fail (ATELIER_IS_RUN_ITEM (self));

  if (self->color == color)
    return;
  self->color = color;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_COLOR]);
}

GListModel *
atelier_run_item_get_children (AtelierRunItem *self)
{
  g_return_val_if_fail (ATELIER_IS_RUN_ITEM (self), NULL);

  return (GListModel *) self->children;
}

/* The group's figures are other ones then. */
static void
on_child_notify_run_cb (AtelierRunItem *self)
{
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_RUN]);
}

void
atelier_run_item_add_child (AtelierRunItem *self,
                            AtelierRunItem *child)
{
  g_return_if_fail (ATELIER_IS_RUN_ITEM (self) && self->children != NULL);

  g_signal_connect_object (child, "notify::run", G_CALLBACK (on_child_notify_run_cb), self,
                           G_CONNECT_SWAPPED);
  g_list_store_append (self->children, child);
  on_child_notify_run_cb (self);
}

void
atelier_run_item_remove_child (AtelierRunItem *self,
                               AtelierRunItem *child)
{
  guint position;

  g_return_if_fail (ATELIER_IS_RUN_ITEM (self) && self->children != NULL);

  if (!g_list_store_find (self->children, child, &position))
    return;
  g_signal_handlers_disconnect_by_func (child, on_child_notify_run_cb, self);
  g_list_store_remove (self->children, position);
  on_child_notify_run_cb (self);
}

/* ---- Figures ---- */

/* Mean and deviation of what the children have; the number of those that have it. */
static guint
get_mean (AtelierRunItem *self,
          double        (*get) (AtelierRunItem *child),
          double         *mean,
          double         *deviation)
{
  const guint n = count_children (self);
  g_autofree double *values = g_new (double, n + 1);
  guint n_values = 0;

  for (guint i = 0; i < n; i++)
    {
      const double value = get (get_child (self, i));

      if (isfinite (value))
        values[n_values++] = value;
    }
  atelier_statistics_get_mean (values, n_values, mean, deviation);
  return n_values;
}

double
atelier_run_item_get_accuracy (AtelierRunItem *self)
{
  double mean, deviation;

  g_return_val_if_fail (ATELIER_IS_RUN_ITEM (self), NAN);

  if (self->run)
    return atelier_library_run_get_values (self->run)->best_accuracy;
  get_mean (self, atelier_run_item_get_accuracy, &mean, &deviation);
  return mean;
}

gboolean
atelier_run_item_get_interval (AtelierRunItem *self,
                               double         *low,
                               double         *high)
{
  const AtelierLibraryRunValues *values;
  double mean, deviation, half;
  guint n;

  g_return_val_if_fail (ATELIER_IS_RUN_ITEM (self), FALSE);

  if (self->run)
    {
      values = atelier_library_run_get_values (self->run);
      if (!isfinite (values->best_accuracy) || values->n_validation == 0)
        return FALSE;
      atelier_statistics_get_interval ((guint) lrint (values->best_accuracy * values->n_validation),
                                       values->n_validation, low, high);
      return TRUE;
    }
  n = get_mean (self, atelier_run_item_get_accuracy, &mean, &deviation);
  /* Of two values the interval says nothing but how few they are. */
  if (n < 3)
    return FALSE;
  half = atelier_statistics_get_half_width (deviation, n);
  *low = mean - half;
  *high = mean + half;
  return TRUE;
}

double
atelier_run_item_get_loss (AtelierRunItem *self)
{
  double mean, deviation;

  g_return_val_if_fail (ATELIER_IS_RUN_ITEM (self), NAN);

  if (self->run)
    return atelier_library_run_get_values (self->run)->best_loss;
  get_mean (self, atelier_run_item_get_loss, &mean, &deviation);
  return mean;
}

double
atelier_run_item_get_seconds (AtelierRunItem *self)
{
  double sum = 0.0;

  g_return_val_if_fail (ATELIER_IS_RUN_ITEM (self), 0.0);

  if (self->run)
    return atelier_library_run_get_values (self->run)->seconds;
  for (guint i = 0; i < count_children (self); i++)
    sum += atelier_run_item_get_seconds (get_child (self, i));
  return sum;
}

/* ---- Words ---- */

static char *
describe_run (AtelierRunItem  *self,
              char           **explanation)
{
  const AtelierLibraryRunValues *values = atelier_library_run_get_values (self->run);
  const double accuracy = 100.0 * values->best_accuracy;
  g_autofree char *n = atelier_format_count (values->n_validation);
  double low, high;

  if (!isfinite (accuracy))
    return g_strdup ("");
  if (!atelier_run_item_get_interval (self, &low, &high))
    return atelier_format_percent (values->best_accuracy, 1);
  if (explanation)
    *explanation = g_strdup_printf (_("95 %% interval %.1f to %.1f %%, of %s validation pictures: "
                                      "how far other pictures would move it"),
                                    100.0 * low, 100.0 * high, n);
  if (values->state == ATELIER_LIBRARY_RUNNING)
    /* Translators: the best accuracy of a run that goes on, in percent. */
    return g_strdup_printf (_("%.1f %% so far"), accuracy);
  /* Translators: an accuracy and half the width of its interval, in percent. */
  return g_strdup_printf (_("%.1f ± %.1f %%"), accuracy, 50.0 * (high - low));
}

static char *
describe_group (AtelierRunItem  *self,
                char           **explanation)
{
  double mean, deviation;
  const guint n = get_mean (self, atelier_run_item_get_accuracy, &mean, &deviation);

  if (n == 0)
    return g_strdup ("");
  if (n < 3)
    return atelier_format_percent (mean, 1);
  if (explanation)
    *explanation = g_strdup_printf (_("Mean of %u seeds and their standard deviation; the 95 %% "
                                      "interval of the mean is ± %.1f points"),
                                    n, 100.0 * atelier_statistics_get_half_width (deviation, n));
  /* Translators: the mean of several accuracies in percent, and their standard deviation. */
  return g_strdup_printf (_("%.1f %% ± %.1f"), 100.0 * mean, 100.0 * deviation);
}

char *
atelier_run_item_describe_accuracy (AtelierRunItem  *self,
                                    char           **explanation)
{
  g_return_val_if_fail (ATELIER_IS_RUN_ITEM (self), NULL);

  if (explanation)
    *explanation = NULL;
  return self->run ? describe_run (self, explanation) : describe_group (self, explanation);
}

char *
atelier_run_item_describe_seeds (AtelierRunItem *self)
{
  guint64 least = G_MAXUINT64, most = 0;

  g_return_val_if_fail (ATELIER_IS_RUN_ITEM (self), NULL);

  if (self->run)
    return g_strdup_printf ("%" G_GUINT64_FORMAT, atelier_run_item_get_values (self)->seed);
  for (guint i = 0; i < count_children (self); i++)
    {
      const guint64 seed = atelier_run_item_get_values (get_child (self, i))->seed;

      least = MIN (least, seed);
      most = MAX (most, seed);
    }
  return g_strdup_printf ("%" G_GUINT64_FORMAT "–%" G_GUINT64_FORMAT, least, most);
}

char *
atelier_run_item_describe_state (AtelierRunItem *self)
{
  const AtelierLibraryRunValues *values;
  const guint n = count_children (self);

  g_return_val_if_fail (ATELIER_IS_RUN_ITEM (self), NULL);

  if (!self->run)
    return g_strdup_printf (ngettext ("%u seed", "%u seeds", n), n);
  values = atelier_library_run_get_values (self->run);
  switch (values->state)
    {
    case ATELIER_LIBRARY_RUNNING:
      return g_strdup_printf (_("epoch %u of %u"),
                              MIN (values->n_epochs + 1, values->n_epochs_planned),
                              values->n_epochs_planned);
    case ATELIER_LIBRARY_INTERRUPTED:
      return g_strdup_printf (_("interrupted after epoch %u"), values->n_epochs);
    case ATELIER_LIBRARY_STOPPED:
      return g_strdup_printf (_("stopped after epoch %u"), values->n_epochs);
    case ATELIER_LIBRARY_FAILED:
      return g_strdup (_("failed"));
    case ATELIER_LIBRARY_FINISHED:
    default:
      return g_strdup ("");
    }
}
