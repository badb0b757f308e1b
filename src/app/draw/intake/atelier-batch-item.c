/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "draw/intake/atelier-batch-item.h"

struct _AtelierBatchItem
{
  GObject parent_instance;

  guint  width;
  guint  height;
  double score;

  /* Owned */
  GFile  *file;   /* nullable: one of file and bytes */
  GBytes *bytes;  /* nullable */
  char   *name;
  guint8 *pixels; /* nullable */
  char   *answer; /* nullable */
  char   *error;  /* nullable */
};

G_DEFINE_FINAL_TYPE (AtelierBatchItem, atelier_batch_item, G_TYPE_OBJECT)

enum
{
  SIGNAL_CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static void
atelier_batch_item_finalize (GObject *object)
{
  AtelierBatchItem *self = ATELIER_BATCH_ITEM (object);

  g_clear_object (&self->file);
  g_clear_pointer (&self->bytes, g_bytes_unref);
  g_free (self->name);
  g_free (self->pixels);
  g_free (self->answer);
  g_free (self->error);
  G_OBJECT_CLASS (atelier_batch_item_parent_class)->finalize (object);
}

static void
atelier_batch_item_class_init (AtelierBatchItemClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = atelier_batch_item_finalize;

  signals[SIGNAL_CHANGED] = g_signal_new ("changed", ATELIER_TYPE_BATCH_ITEM, G_SIGNAL_RUN_LAST, 0,
                                          NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
atelier_batch_item_init (AtelierBatchItem *self)
{
}

AtelierBatchItem *
atelier_batch_item_new (GFile *file)
{
  AtelierBatchItem *self;
  g_autofree char *basename = NULL;

  g_return_val_if_fail (G_IS_FILE (file), NULL);

  self = g_object_new (ATELIER_TYPE_BATCH_ITEM, NULL);
  self->file = g_object_ref (file);
  basename = g_file_get_basename (file);
  self->name = basename ? g_filename_display_name (basename) : g_file_get_parse_name (file);
  return self;
}

AtelierBatchItem *
atelier_batch_item_new_for_bytes (GBytes     *bytes,
                                  const char *name)
{
  AtelierBatchItem *self;

  g_return_val_if_fail (bytes != NULL && name != NULL, NULL);

  self = g_object_new (ATELIER_TYPE_BATCH_ITEM, NULL);
  self->bytes = g_bytes_ref (bytes);
  self->name = g_strdup (name);
  return self;
}

GFile *
atelier_batch_item_get_file (AtelierBatchItem *self)
{
  g_return_val_if_fail (ATELIER_IS_BATCH_ITEM (self), NULL);

  return self->file;
}

GBytes *
atelier_batch_item_get_bytes (AtelierBatchItem *self)
{
  g_return_val_if_fail (ATELIER_IS_BATCH_ITEM (self), NULL);

  return self->bytes;
}

const char *
atelier_batch_item_get_name (AtelierBatchItem *self)
{
  g_return_val_if_fail (ATELIER_IS_BATCH_ITEM (self), NULL);

  return self->name;
}

const guint8 *
atelier_batch_item_get_pixels (AtelierBatchItem *self,
                               guint            *width,
                               guint            *height)
{
  g_return_val_if_fail (ATELIER_IS_BATCH_ITEM (self), NULL);

  *width = self->width;
  *height = self->height;
  return self->pixels;
}

const char *
atelier_batch_item_get_answer (AtelierBatchItem *self,
                               double           *score)
{
  g_return_val_if_fail (ATELIER_IS_BATCH_ITEM (self), NULL);

  *score = self->score;
  return self->answer;
}

const char *
atelier_batch_item_get_error (AtelierBatchItem *self)
{
  g_return_val_if_fail (ATELIER_IS_BATCH_ITEM (self), NULL);

  return self->error;
}

void
atelier_batch_item_set_pixels (AtelierBatchItem *self,
                               const guint8     *pixels,
                               guint             width,
                               guint             height)
{
  g_return_if_fail (ATELIER_IS_BATCH_ITEM (self));
  g_return_if_fail (pixels != NULL);

  g_free (self->pixels);
  self->pixels = g_memdup2 (pixels, (gsize) width * height);
  self->width = width;
  self->height = height;
  g_clear_pointer (&self->error, g_free);
  g_clear_pointer (&self->answer, g_free);
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

void
atelier_batch_item_set_answer (AtelierBatchItem *self,
                               const char       *answer,
                               double            score)
{
  g_return_if_fail (ATELIER_IS_BATCH_ITEM (self));

  if (g_strcmp0 (self->answer, answer) == 0 && self->score == score)
    return;
  g_free (self->answer);
  self->answer = g_strdup (answer);
  self->score = score;
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

void
atelier_batch_item_set_error (AtelierBatchItem *self,
                              const char       *error)
{
  g_return_if_fail (ATELIER_IS_BATCH_ITEM (self));

  g_free (self->error);
  self->error = g_strdup (error);
  g_clear_pointer (&self->pixels, g_free);
  g_clear_pointer (&self->answer, g_free);
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}
