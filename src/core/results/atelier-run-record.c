/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A run's record: plain members, set once, and a history that grows.
 *
 * The data set itself is not kept, only its name and hash: a record outlives the data, and whoever
 * shows its pictures asks whether the data at hand have the same hash.  A parent is named by the
 * digest of the weights and not by a run's id, because a model file can be all that is left of a
 * run.
 */

#include "config.h"

#include "results/atelier-run-record.h"

struct _AtelierRunRecord
{
  GObject                 parent_instance;

  guint                   parent_epoch;

  /* Owned */
  char                   *id;
  char                   *name;
  char                   *parent; /* nullable */
  AtelierNetwork         *network;
  AtelierRecipe          *recipe;
  char                   *dataset_name;
  char                   *dataset_sha256;
  AtelierHistory         *history;
  GArray                 *marks;         /* of AtelierMark, which own their strings */
  AtelierRunCircumstances circumstances; /* owns its members */
};

G_DEFINE_FINAL_TYPE (AtelierRunRecord, atelier_run_record, G_TYPE_OBJECT)

enum
{
  PROP_NAME = 1,
  PROP_N_MARKS,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

static void
clear_mark (gpointer data)
{
  AtelierMark *mark = data;

  g_free ((char *) mark->member);
  g_free ((char *) mark->from);
  g_free ((char *) mark->to);
}

static void
atelier_run_record_get_property (GObject    *object,
                                 guint       property_id,
                                 GValue     *value,
                                 GParamSpec *pspec)
{
  AtelierRunRecord *self = ATELIER_RUN_RECORD (object);

  switch (property_id)
    {
    case PROP_NAME:
      g_value_set_string (value, self->name);
      break;
    case PROP_N_MARKS:
      g_value_set_uint (value, self->marks->len);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
atelier_run_record_set_property (GObject      *object,
                                 guint         property_id,
                                 const GValue *value,
                                 GParamSpec   *pspec)
{
  switch (property_id)
    {
    case PROP_NAME:
      atelier_run_record_set_name (ATELIER_RUN_RECORD (object), g_value_get_string (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
atelier_run_record_finalize (GObject *object)
{
  AtelierRunRecord *self = ATELIER_RUN_RECORD (object);

  g_free (self->id);
  g_free (self->name);
  g_free (self->parent);
  g_clear_pointer (&self->network, atelier_network_unref);
  g_clear_pointer (&self->recipe, atelier_recipe_unref);
  g_free (self->dataset_name);
  g_free (self->dataset_sha256);
  g_clear_object (&self->history);
  g_array_unref (self->marks);
  g_clear_pointer (&self->circumstances.started_at, g_date_time_unref);
  g_free ((char *) self->circumstances.host);
  g_free ((char *) self->circumstances.isa);

  G_OBJECT_CLASS (atelier_run_record_parent_class)->finalize (object);
}

static void
atelier_run_record_class_init (AtelierRunRecordClass *klass)
{
  const GParamFlags flags = G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = atelier_run_record_get_property;
  object_class->set_property = atelier_run_record_set_property;
  object_class->finalize = atelier_run_record_finalize;

  properties[PROP_NAME] = g_param_spec_string ("name", NULL, NULL, "", G_PARAM_READWRITE | flags);
  properties[PROP_N_MARKS] =
    g_param_spec_uint ("n-marks", NULL, NULL, 0, G_MAXUINT, 0, G_PARAM_READABLE | flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
atelier_run_record_init (AtelierRunRecord *self)
{
  self->marks = g_array_new (FALSE, FALSE, sizeof (AtelierMark));
  g_array_set_clear_func (self->marks, clear_mark);
}

static void
copy_circumstances (AtelierRunCircumstances       *copy,
                    const AtelierRunCircumstances *circumstances)
{
  const char *host = circumstances->host != NULL ? circumstances->host : g_get_host_name ();

  *copy = (AtelierRunCircumstances) {
    .started_at = circumstances->started_at != NULL
                    ? g_date_time_ref (circumstances->started_at)
                    : g_date_time_new_now_local (),
    .host = g_strdup (host),
    .isa = g_strdup (circumstances->isa),
    .n_threads = circumstances->n_threads,
  };
}

AtelierRunRecord *
atelier_run_record_new (const AtelierRunRecordParts *parts)
{
  AtelierRunRecord *self;

  g_return_val_if_fail (parts != NULL, NULL);
  g_return_val_if_fail (parts->network != NULL && parts->recipe != NULL, NULL);
  g_return_val_if_fail (parts->dataset != NULL
                          || (parts->dataset_name != NULL && parts->dataset_sha256 != NULL),
                        NULL);
  g_return_val_if_fail (ATELIER_IS_HISTORY (parts->history), NULL);

  self = g_object_new (ATELIER_TYPE_RUN_RECORD, NULL);
  self->id = parts->id != NULL ? g_strdup (parts->id) : g_uuid_string_random ();
  self->name = g_strdup (parts->name != NULL ? parts->name
                                             : atelier_network_get_name (parts->network));
  self->parent = g_strdup (parts->parent);
  self->parent_epoch = parts->parent != NULL ? parts->parent_epoch : 0;
  self->network = atelier_network_ref (parts->network);
  self->recipe = atelier_recipe_ref (parts->recipe);
  self->dataset_name = g_strdup (parts->dataset != NULL
                                   ? atelier_dataset_get_name (parts->dataset)
                                   : parts->dataset_name);
  self->dataset_sha256 = g_strdup (parts->dataset != NULL
                                     ? atelier_dataset_get_sha256 (parts->dataset)
                                     : parts->dataset_sha256);
  self->history = g_object_ref (parts->history);
  copy_circumstances (&self->circumstances, &parts->circumstances);

  return self;
}

AtelierRunRecord *
atelier_run_record_new_of_model (AtelierModel   *model,
                                 AtelierHistory *history)
{
  AtelierRunRecord *self;

  g_return_val_if_fail (model != NULL && ATELIER_IS_HISTORY (history), NULL);

  self = g_object_new (ATELIER_TYPE_RUN_RECORD, NULL);
  self->id = g_uuid_string_random ();
  self->network = atelier_network_ref (atelier_model_get_network (model));
  self->name = g_strdup (atelier_network_get_name (self->network));
  self->recipe = atelier_recipe_ref (atelier_model_get_recipe (model));
  self->dataset_name = g_strdup (atelier_model_get_dataset_name (model));
  self->dataset_sha256 = g_strdup (atelier_model_get_dataset_sha256 (model));
  self->history = g_object_ref (history);

  return self;
}

const char *
atelier_run_record_get_id (AtelierRunRecord *self)
{
  g_return_val_if_fail (ATELIER_IS_RUN_RECORD (self), NULL);

  return self->id;
}

const char *
atelier_run_record_get_name (AtelierRunRecord *self)
{
  g_return_val_if_fail (ATELIER_IS_RUN_RECORD (self), NULL);

  return self->name;
}

void
atelier_run_record_set_name (AtelierRunRecord *self,
                             const char       *name)
{
  g_return_if_fail (ATELIER_IS_RUN_RECORD (self));
  g_return_if_fail (name != NULL);

  if (g_str_equal (self->name, name))
    return;

  g_free (self->name);
  self->name = g_strdup (name);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_NAME]);
}

const char *
atelier_run_record_get_parent (AtelierRunRecord *self,
                               guint            *epoch)
{
  g_return_val_if_fail (ATELIER_IS_RUN_RECORD (self), NULL);

  if (self->parent != NULL && epoch != NULL)
    *epoch = self->parent_epoch;

  return self->parent;
}

AtelierNetwork *
atelier_run_record_get_network (AtelierRunRecord *self)
{
  g_return_val_if_fail (ATELIER_IS_RUN_RECORD (self), NULL);

  return self->network;
}

AtelierRecipe *
atelier_run_record_get_recipe (AtelierRunRecord *self)
{
  g_return_val_if_fail (ATELIER_IS_RUN_RECORD (self), NULL);

  return self->recipe;
}

const char *
atelier_run_record_get_dataset_name (AtelierRunRecord *self)
{
  g_return_val_if_fail (ATELIER_IS_RUN_RECORD (self), NULL);

  return self->dataset_name;
}

const char *
atelier_run_record_get_dataset_sha256 (AtelierRunRecord *self)
{
  g_return_val_if_fail (ATELIER_IS_RUN_RECORD (self), NULL);

  return self->dataset_sha256;
}

AtelierHistory *
atelier_run_record_get_history (AtelierRunRecord *self)
{
  g_return_val_if_fail (ATELIER_IS_RUN_RECORD (self), NULL);

  return self->history;
}

guint
atelier_run_record_get_best_epoch (AtelierRunRecord *self)
{
  int i_best;

  g_return_val_if_fail (ATELIER_IS_RUN_RECORD (self), 0);

  i_best = atelier_history_get_best (self->history);

  return i_best < 0 ? 0 : atelier_history_get_figures (self->history, (guint) i_best)->epoch;
}

const AtelierRunCircumstances *
atelier_run_record_get_circumstances (AtelierRunRecord *self)
{
  g_return_val_if_fail (ATELIER_IS_RUN_RECORD (self), NULL);

  return &self->circumstances;
}

void
atelier_run_record_add_mark (AtelierRunRecord  *self,
                             const AtelierMark *mark)
{
  AtelierMark copy;

  g_return_if_fail (ATELIER_IS_RUN_RECORD (self));
  g_return_if_fail (mark != NULL);
  g_return_if_fail (mark->member != NULL && mark->from != NULL && mark->to != NULL);
  g_return_if_fail (self->marks->len == 0
                    || g_array_index (self->marks, AtelierMark, self->marks->len - 1).batch
                         <= mark->batch);

  copy = (AtelierMark) {
    .batch = mark->batch,
    .member = g_strdup (mark->member),
    .from = g_strdup (mark->from),
    .to = g_strdup (mark->to),
  };
  g_array_append_val (self->marks, copy);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_N_MARKS]);
}

guint
atelier_run_record_get_n_marks (AtelierRunRecord *self)
{
  g_return_val_if_fail (ATELIER_IS_RUN_RECORD (self), 0);

  return self->marks->len;
}

const AtelierMark *
atelier_run_record_get_mark (AtelierRunRecord *self,
                             guint             i_mark)
{
  g_return_val_if_fail (ATELIER_IS_RUN_RECORD (self), NULL);
  g_return_val_if_fail (i_mark < self->marks->len, NULL);

  return &g_array_index (self->marks, AtelierMark, i_mark);
}
