/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The items are read in order; i_next is the first that is neither read nor being read.  To read
 * all of them again, the requests in progress are cancelled and i_next is set to 0.
 */

#include "config.h"

#include "draw/intake/atelier-picture-batch.h"

#include <glib/gi18n.h>

#include "draw/intake/atelier-picture-intake.h"
#include "inference/atelier-mirror.h"

#define MAX_READING 2
#define MAX_CLASSIFIED 16
#define TURN_MILLISECONDS 4 /* so that the main loop does other work in between */

struct _AtelierPictureBatch
{
  GObject parent_instance;

  AtelierInput input;
  gboolean     has_input;
  guint        i_next;
  guint        n_reading;
  guint        i_classified; /* the first without an answer of the newest weights */
  guint        turn_id;

  /* Owned */
  GListStore       *items;
  GCancellable     *cancellable; /* of all requests */
  AtelierModel     *model;       /* nullable */
  AtelierPredictor *predictor;   /* nullable */
};

G_DEFINE_FINAL_TYPE (AtelierPictureBatch, atelier_picture_batch, G_TYPE_OBJECT)

enum
{
  SIGNAL_CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

typedef struct
{
  AtelierPictureBatch *batch; /* Owned */
  AtelierBatchItem    *item;  /* Owned */
} Reading;

static void read_more (AtelierPictureBatch *self);

static void
emit_changed (AtelierPictureBatch *self)
{
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

/* Classifying */

static void
classify (AtelierPictureBatch *self,
          AtelierBatchItem    *item)
{
  g_autofree float *scores = NULL;
  const char * const *class_names;
  const guint8 *pixels;
  guint width, height, model_width, model_height;
  AtelierMirrorJudgement judgement;
  guint i_best = 0;

  pixels = atelier_batch_item_get_pixels (item, &width, &height);
  if (!pixels)
    return;
  if (!self->predictor)
    {
      atelier_batch_item_set_answer (item, NULL, 0.0);
      return;
    }
  atelier_network_get_input (atelier_model_get_network (self->model), &model_height, &model_width,
                             NULL);
  class_names = atelier_model_get_class_names (self->model);
  scores = g_new0 (float, g_strv_length ((char **) class_names));
  /* The network has another input size; the picture is being read again for it. */
  if (width != model_width || height != model_height
      || !atelier_mirror_classify (self->predictor, self->input.mirror, pixels, scores, &judgement,
                                   NULL))
    {
      atelier_batch_item_set_answer (item, NULL, 0.0);
      return;
    }
  for (guint i = 1; class_names[i]; i++)
    if (scores[i] > scores[i_best])
      i_best = i;
  atelier_batch_item_set_answer (item, atelier_class_name_translate (class_names[i_best]),
                                 (double) scores[i_best]);
}

static gboolean
on_turn_cb (gpointer user_data)
{
  AtelierPictureBatch *self = ATELIER_PICTURE_BATCH (user_data);
  guint n_items = g_list_model_get_n_items (G_LIST_MODEL (self->items));

  for (guint i = 0; i < MAX_CLASSIFIED && self->i_classified < n_items; i++, self->i_classified++)
    {
      g_autoptr (AtelierBatchItem) item =
        g_list_model_get_item (G_LIST_MODEL (self->items), self->i_classified);

      classify (self, item);
    }
  if (self->i_classified < n_items)
    return G_SOURCE_CONTINUE;
  self->turn_id = 0;
  return G_SOURCE_REMOVE;
}

/* Reading */

static void
on_read_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autofree Reading *reading = user_data;
  g_autoptr (AtelierPictureBatch) self = reading->batch;
  g_autoptr (AtelierBatchItem) item = reading->item;
  g_autoptr (GError) error = NULL;
  g_autoptr (AtelierIntake) intake = atelier_intake_finish (result, &error);
  const AtelierStagePicture *seen;

  /* The list or the input changed meanwhile. */
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  self->n_reading--;
  if (!intake)
    {
      atelier_batch_item_set_error (item, error->message);
    }
  else if (intake->result->is_empty)
    {
      atelier_batch_item_set_error (item,
                                    _("Nothing to see in this picture: it is the same all over."));
    }
  else
    {
      seen = &intake->result->stages[ATELIER_STAGE_RESULT];
      atelier_batch_item_set_pixels (item, seen->pixels, seen->width, seen->height);
      classify (self, item);
    }
  read_more (self);
  emit_changed (self);
}

static void
read_more (AtelierPictureBatch *self)
{
  while (self->has_input && self->n_reading < MAX_READING
         && self->i_next < g_list_model_get_n_items (G_LIST_MODEL (self->items)))
    {
      Reading *reading = g_new0 (Reading, 1);
      GBytes *bytes;

      reading->batch = g_object_ref (self);
      reading->item = g_list_model_get_item (G_LIST_MODEL (self->items), self->i_next++);
      self->n_reading++;
      bytes = atelier_batch_item_get_bytes (reading->item);
      if (bytes)
        atelier_intake_read_bytes_async (bytes, atelier_batch_item_get_name (reading->item),
                                         &self->input, self->cancellable, on_read_cb, reading);
      else
        atelier_intake_read_file_async (atelier_batch_item_get_file (reading->item), &self->input,
                                        self->cancellable, on_read_cb, reading);
    }
}

static void
cancel_reading (AtelierPictureBatch *self)
{
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  self->n_reading = 0;
  self->i_next = 0;
}

/* Transfer full, of AtelierBatchItem. */
static GPtrArray *
create_items (GListModel *files)
{
  GPtrArray *items = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < g_list_model_get_n_items (files); i++)
    {
      g_autoptr (GFile) file = g_list_model_get_item (files, i);

      g_ptr_array_add (items, atelier_batch_item_new (file));
    }

  return items;
}

/* Puts @items in the place of those from @position on. */
static void
set_items_from (AtelierPictureBatch *self,
                guint                position,
                GPtrArray           *items)
{
  guint n_items = g_list_model_get_n_items (G_LIST_MODEL (self->items));

  if (!self->cancellable)
    self->cancellable = g_cancellable_new ();
  g_list_store_splice (self->items, position, n_items - position, items->pdata, items->len);
  read_more (self);
  emit_changed (self);
}

/* Overrides */

static void
atelier_picture_batch_dispose (GObject *object)
{
  AtelierPictureBatch *self = ATELIER_PICTURE_BATCH (object);

  cancel_reading (self);
  g_clear_handle_id (&self->turn_id, g_source_remove);
  g_clear_object (&self->predictor);
  g_clear_pointer (&self->model, atelier_model_unref);
  g_clear_object (&self->items);
  G_OBJECT_CLASS (atelier_picture_batch_parent_class)->dispose (object);
}

static void
atelier_picture_batch_class_init (AtelierPictureBatchClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = atelier_picture_batch_dispose;

  signals[SIGNAL_CHANGED] = g_signal_new ("changed", ATELIER_TYPE_PICTURE_BATCH, G_SIGNAL_RUN_LAST,
                                          0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
atelier_picture_batch_init (AtelierPictureBatch *self)
{
  self->items = g_list_store_new (ATELIER_TYPE_BATCH_ITEM);
}

AtelierPictureBatch *
atelier_picture_batch_new (void)
{
  return g_object_new (ATELIER_TYPE_PICTURE_BATCH, NULL);
}

GListModel *
atelier_picture_batch_get_items (AtelierPictureBatch *self)
{
  g_return_val_if_fail (ATELIER_IS_PICTURE_BATCH (self), NULL);

  return G_LIST_MODEL (self->items);
}

guint
atelier_picture_batch_get_n_pending (AtelierPictureBatch *self)
{
  g_return_val_if_fail (ATELIER_IS_PICTURE_BATCH (self), 0);

  return g_list_model_get_n_items (G_LIST_MODEL (self->items)) - self->i_next + self->n_reading;
}

void
atelier_picture_batch_open (AtelierPictureBatch *self,
                            GListModel          *files)
{
  g_autoptr (GPtrArray) items = NULL;

  g_return_if_fail (ATELIER_IS_PICTURE_BATCH (self));
  g_return_if_fail (G_IS_LIST_MODEL (files));

  items = create_items (files);
  cancel_reading (self);
  set_items_from (self, 0, items);
}

void
atelier_picture_batch_add (AtelierPictureBatch *self,
                           GListModel          *files)
{
  g_autoptr (GPtrArray) items = NULL;

  g_return_if_fail (ATELIER_IS_PICTURE_BATCH (self));
  g_return_if_fail (G_IS_LIST_MODEL (files));

  items = create_items (files);
  set_items_from (self, g_list_model_get_n_items (G_LIST_MODEL (self->items)), items);
}

void
atelier_picture_batch_add_bytes (AtelierPictureBatch *self,
                                 GBytes              *bytes,
                                 const char          *name)
{
  g_autoptr (GPtrArray) items = NULL;

  g_return_if_fail (ATELIER_IS_PICTURE_BATCH (self));
  g_return_if_fail (bytes != NULL && name != NULL);

  items = g_ptr_array_new_with_free_func (g_object_unref);
  g_ptr_array_add (items, atelier_batch_item_new_for_bytes (bytes, name));
  set_items_from (self, g_list_model_get_n_items (G_LIST_MODEL (self->items)), items);
}

void
atelier_picture_batch_set_input (AtelierPictureBatch *self,
                                 const AtelierInput  *input)
{
  guint n_items;

  g_return_if_fail (ATELIER_IS_PICTURE_BATCH (self));
  g_return_if_fail (input != NULL);

  if (self->has_input && atelier_input_equal (&self->input, input))
    return;
  self->input = *input;
  self->has_input = TRUE;
  n_items = g_list_model_get_n_items (G_LIST_MODEL (self->items));
  if (n_items == 0)
    return;
  cancel_reading (self);
  self->cancellable = g_cancellable_new ();
  read_more (self);
  emit_changed (self);
}

void
atelier_picture_batch_set_model (AtelierPictureBatch *self,
                                 AtelierModel        *model)
{
  g_return_if_fail (ATELIER_IS_PICTURE_BATCH (self));

  if (self->model == model)
    return;
  if (model)
    atelier_model_ref (model);
  g_clear_pointer (&self->model, atelier_model_unref);
  self->model = model;
  if (!model)
    g_clear_object (&self->predictor);
  else if (!self->predictor)
    self->predictor = atelier_predictor_new (model, NULL);
  else if (!atelier_predictor_set_model (self->predictor, model, NULL))
    g_clear_object (&self->predictor);
  self->i_classified = 0;
  if (self->turn_id == 0)
    self->turn_id = g_timeout_add (TURN_MILLISECONDS, on_turn_cb, self);
}
