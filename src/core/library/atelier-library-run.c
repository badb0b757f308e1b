/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A row of the table of runs.  Network and recipe stay text until somebody asks: a table of a
 * thousand runs parses none. */

#include "config.h"

#include "library/atelier-library-run.h"

#include <json-glib/json-glib.h>
#include <math.h>

struct _AtelierLibraryRun
{
  GObject parent_instance;

  AtelierLibraryRunValues values; /* strings are owned */

  /* Owned */
  char *network;
  char *recipe;
};

G_DEFINE_FINAL_TYPE (AtelierLibraryRun, atelier_library_run, G_TYPE_OBJECT)

/* Where the strings are. */
static const gsize strings[] = {
  G_STRUCT_OFFSET (AtelierLibraryRunValues, id),
  G_STRUCT_OFFSET (AtelierLibraryRunValues, name),
  G_STRUCT_OFFSET (AtelierLibraryRunValues, note),
  G_STRUCT_OFFSET (AtelierLibraryRunValues, group),
  G_STRUCT_OFFSET (AtelierLibraryRunValues, network_name),
  G_STRUCT_OFFSET (AtelierLibraryRunValues, dataset_name),
  G_STRUCT_OFFSET (AtelierLibraryRunValues, dataset_sha256),
  G_STRUCT_OFFSET (AtelierLibraryRunValues, parent),
  G_STRUCT_OFFSET (AtelierLibraryRunValues, host),
};

static void
atelier_library_run_finalize (GObject *object)
{
  AtelierLibraryRun *self = ATELIER_LIBRARY_RUN (object);

  for (guint i = 0; i < G_N_ELEMENTS (strings); i++)
    g_free (G_STRUCT_MEMBER (char *, &self->values, strings[i]));
  g_free (self->network);
  g_free (self->recipe);

  G_OBJECT_CLASS (atelier_library_run_parent_class)->finalize (object);
}

static void
atelier_library_run_class_init (AtelierLibraryRunClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = atelier_library_run_finalize;
}

static void
atelier_library_run_init (AtelierLibraryRun *self)
{
}

AtelierLibraryRun *
atelier_library_run_new (const AtelierLibraryRunValues *values,
                         const char                    *network,
                         const char                    *recipe)
{
  AtelierLibraryRun *self = g_object_new (ATELIER_TYPE_LIBRARY_RUN, NULL);

  self->values = *values;
  for (guint i = 0; i < G_N_ELEMENTS (strings); i++)
    {
      const char *text = G_STRUCT_MEMBER (const char *, values, strings[i]);

      G_STRUCT_MEMBER (char *, &self->values, strings[i]) = g_strdup (text != NULL ? text : "");
    }
  self->network = g_strdup (network);
  self->recipe = g_strdup (recipe);
  return self;
}

const AtelierLibraryRunValues *
atelier_library_run_get_values (AtelierLibraryRun *self)
{
  g_return_val_if_fail (ATELIER_IS_LIBRARY_RUN (self), NULL);

  return &self->values;
}

const char *
atelier_library_run_get_id (AtelierLibraryRun *self)
{
  g_return_val_if_fail (ATELIER_IS_LIBRARY_RUN (self), NULL);

  return self->values.id;
}

AtelierNetwork *
atelier_library_run_dup_network (AtelierLibraryRun *self)
{
  g_return_val_if_fail (ATELIER_IS_LIBRARY_RUN (self), NULL);

  return atelier_network_from_json (self->network, -1, self->values.name, NULL);
}

AtelierRecipe *
atelier_library_run_dup_recipe (AtelierLibraryRun *self)
{
  g_autoptr (JsonNode) node = NULL;

  g_return_val_if_fail (ATELIER_IS_LIBRARY_RUN (self), NULL);

  node = json_from_string (self->recipe, NULL);
  return node != NULL ? atelier_recipe_from_json (node, self->values.name, NULL) : NULL;
}

static gboolean
are_same_reals (double a,
                double b)
{
  return a == b || (isnan (a) && isnan (b));
}

static gboolean
are_same_figures (const AtelierLibraryRunValues *a,
                  const AtelierLibraryRunValues *b)
{
  return a->n_epochs == b->n_epochs && a->n_epochs_planned == b->n_epochs_planned
         && a->best_epoch == b->best_epoch && are_same_reals (a->best_accuracy, b->best_accuracy)
         && are_same_reals (a->best_loss, b->best_loss)
         && are_same_reals (a->newest_loss, b->newest_loss)
         && a->n_validation == b->n_validation && a->seconds == b->seconds
         && a->n_test_looks == b->n_test_looks
         && are_same_reals (a->test_accuracy, b->test_accuracy) && a->test_epoch == b->test_epoch
         && a->n_bytes_weights == b->n_bytes_weights;
}

gboolean
atelier_library_run_equal (AtelierLibraryRun *a,
                           AtelierLibraryRun *b)
{
  g_return_val_if_fail (ATELIER_IS_LIBRARY_RUN (a) && ATELIER_IS_LIBRARY_RUN (b), FALSE);

  for (guint i = 0; i < G_N_ELEMENTS (strings); i++)
    if (!g_str_equal (G_STRUCT_MEMBER (char *, &a->values, strings[i]),
                      G_STRUCT_MEMBER (char *, &b->values, strings[i])))
      return FALSE;
  return a->values.is_starred == b->values.is_starred && a->values.state == b->values.state
         && a->values.is_trashed == b->values.is_trashed
         && a->values.can_go_on == b->values.can_go_on
         && a->values.n_parameters == b->values.n_parameters && a->values.seed == b->values.seed
         && a->values.started_at == b->values.started_at
         && are_same_figures (&a->values, &b->values);
}

const char *
atelier_library_state_get_word (AtelierLibraryState state)
{
  static const char * const words[] = { "running", "finished", "stopped", "interrupted",
                                        "failed" };

  g_return_val_if_fail (state < G_N_ELEMENTS (words), NULL);

  return words[state];
}
