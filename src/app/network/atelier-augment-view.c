/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The pictures are spread over the training images, so that they are of several classes.  What is
 * shown is what the network sees in an epoch; only standardised pixels are shown as they were
 * before.  The bytes are kept, and textures are made of them for the size of the place.
 */

#include "config.h"

#include "network/atelier-augment-view.h"

#include <math.h>

#include "kit/atelier-data-texture.h"
#include "model/atelier-augmentation.h"

#define N_COLUMNS 3
#define GAP 4
#define MIN_SIDE 42
#define NATURAL_SIDE 56
#define CORNER_RADIUS 4

struct _AtelierAugmentView
{
  GtkWidget      parent_instance;

  guint          epoch;
  gsize          n_pixels;      /* of a picture */
  int            texture_width; /* that the textures were made for */

  /* Owned */
  AtelierRecipe *recipe;        /* nullable, as splits */
  AtelierSplits *splits;
  guint8        *pixels;        /* [ATELIER_N_AUGMENTED, n_pixels] */
  GdkTexture    *textures[ATELIER_N_AUGMENTED];
};

G_DEFINE_FINAL_TYPE (AtelierAugmentView, atelier_augment_view, GTK_TYPE_WIDGET)

static guint
get_n_images (AtelierAugmentView *self)
{
  return self->splits ? atelier_splits_get_n (self->splits, ATELIER_SPLIT_TRAIN) : 0;
}

static void
drop_textures (AtelierAugmentView *self)
{
  for (guint i = 0; i < ATELIER_N_AUGMENTED; i++)
    g_clear_object (&self->textures[i]);
}

static void
compute (AtelierAugmentView *self)
{
  const guint n = get_n_images (self);
  AtelierDataset *dataset;
  g_autofree float *seen = NULL;

  drop_textures (self);
  g_clear_pointer (&self->pixels, g_free);
  gtk_widget_queue_draw (GTK_WIDGET (self));
  if (n == 0 || self->recipe == NULL)
    return;

  dataset = atelier_splits_get_dataset (self->splits);
  self->n_pixels = (gsize) atelier_dataset_get_height (dataset)
                   * atelier_dataset_get_width (dataset) * atelier_dataset_get_channels (dataset);
  self->pixels = g_malloc (ATELIER_N_AUGMENTED * self->n_pixels);
  seen = g_new (float, self->n_pixels);
  for (guint i = 0; i < ATELIER_N_AUGMENTED; i++)
    {
      const guint i_image = (guint) ((guint64) i * n / ATELIER_N_AUGMENTED);

      atelier_augmentation_apply (self->recipe, self->splits, i_image, self->epoch, seen);
      for (gsize k = 0; k < self->n_pixels; k++)
        self->pixels[i * self->n_pixels + k]
          = (guint8) lroundf (CLAMP (seen[k], 0.0f, 255.0f));
    }
}

/* At least as large as the place, so that pixels stay squares. */
static void
ensure_textures (AtelierAugmentView *self,
                 AtelierDataset     *dataset,
                 int                 width)
{
  const int columns = (int) atelier_dataset_get_width (dataset);
  const int enlarged = (width + columns - 1) / columns * columns;

  if (self->texture_width != enlarged)
    drop_textures (self);
  self->texture_width = enlarged;
  for (guint i = 0; i < ATELIER_N_AUGMENTED; i++)
    if (self->textures[i] == NULL)
      self->textures[i]
        = atelier_data_texture_create_of (dataset, self->pixels + i * self->n_pixels, enlarged);
}

/* Where the picture lies in its square. */
static graphene_rect_t
place (AtelierDataset *dataset,
       float           x,
       float           y,
       float           side)
{
  const float columns = atelier_dataset_get_width (dataset);
  const float rows = atelier_dataset_get_height (dataset);
  const float width = side * columns / MAX (columns, rows);
  const float height = side * rows / MAX (columns, rows);

  return GRAPHENE_RECT_INIT (x + (side - width) / 2.0f, y + (side - height) / 2.0f, width, height);
}

static void
atelier_augment_view_measure (GtkWidget      *widget,
                              GtkOrientation  orientation,
                              int             for_size,
                              int            *minimum,
                              int            *natural,
                              int            *minimum_baseline,
                              int            *natural_baseline)
{
  *minimum = N_COLUMNS * MIN_SIDE + (N_COLUMNS - 1) * GAP;
  *natural = N_COLUMNS * NATURAL_SIDE + (N_COLUMNS - 1) * GAP;
}

static void
atelier_augment_view_snapshot (GtkWidget   *widget,
                               GtkSnapshot *snapshot)
{
  AtelierAugmentView *self = ATELIER_AUGMENT_VIEW (widget);
  const int size = MIN (gtk_widget_get_width (widget), gtk_widget_get_height (widget));
  const int side = (size - (N_COLUMNS - 1) * GAP) / N_COLUMNS;
  const int all = N_COLUMNS * side + (N_COLUMNS - 1) * GAP;
  const int left = (gtk_widget_get_width (widget) - all) / 2;
  const int top = (gtk_widget_get_height (widget) - all) / 2;
  AtelierDataset *dataset;

  if (self->pixels == NULL || side <= 0)
    return;

  dataset = atelier_splits_get_dataset (self->splits);
  ensure_textures (self, dataset, side * gtk_widget_get_scale_factor (widget));
  for (int i = 0; i < ATELIER_N_AUGMENTED; i++)
    {
      const graphene_rect_t bounds = place (dataset, left + i % N_COLUMNS * (side + GAP),
                                            top + i / N_COLUMNS * (side + GAP), side);
      GskRoundedRect outline;

      gsk_rounded_rect_init_from_rect (&outline, &bounds, CORNER_RADIUS);
      gtk_snapshot_push_rounded_clip (snapshot, &outline);
      gtk_snapshot_append_texture (snapshot, self->textures[i], &bounds);
      gtk_snapshot_pop (snapshot);
    }
}

static void
atelier_augment_view_dispose (GObject *object)
{
  AtelierAugmentView *self = ATELIER_AUGMENT_VIEW (object);

  drop_textures (self);
  g_clear_pointer (&self->recipe, atelier_recipe_unref);
  g_clear_pointer (&self->splits, atelier_splits_unref);
  g_clear_pointer (&self->pixels, g_free);

  G_OBJECT_CLASS (atelier_augment_view_parent_class)->dispose (object);
}

static void
atelier_augment_view_class_init (AtelierAugmentViewClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = atelier_augment_view_dispose;
  widget_class->measure = atelier_augment_view_measure;
  widget_class->snapshot = atelier_augment_view_snapshot;
  gtk_widget_class_set_css_name (widget_class, "augmentview");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_PRESENTATION);
}

static void
atelier_augment_view_init (AtelierAugmentView *self)
{
  self->epoch = 1;
}

void
atelier_augment_view_show (AtelierAugmentView *self,
                           AtelierRecipe      *recipe,
                           AtelierSplits      *splits)
{
  gboolean is_same;

  g_return_if_fail (ATELIER_IS_AUGMENT_VIEW (self));
  g_return_if_fail (recipe != NULL);

  is_same = self->recipe && splits == self->splits
            && atelier_augmentation_equal (recipe, self->recipe);
  atelier_recipe_ref (recipe);
  g_clear_pointer (&self->recipe, atelier_recipe_unref);
  self->recipe = recipe;
  if (is_same)
    return;

  if (splits)
    atelier_splits_ref (splits);
  g_clear_pointer (&self->splits, atelier_splits_unref);
  self->splits = splits;
  compute (self);
}

void
atelier_augment_view_draw_again (AtelierAugmentView *self)
{
  g_return_if_fail (ATELIER_IS_AUGMENT_VIEW (self));

  self->epoch++;
  compute (self);
}

guint
atelier_augment_view_get_epoch (AtelierAugmentView *self)
{
  g_return_val_if_fail (ATELIER_IS_AUGMENT_VIEW (self), 0);

  return self->epoch;
}

const guint8 *
atelier_augment_view_get_pixels (AtelierAugmentView *self,
                                 guint               i)
{
  g_return_val_if_fail (ATELIER_IS_AUGMENT_VIEW (self), NULL);
  g_return_val_if_fail (i < ATELIER_N_AUGMENTED, NULL);

  return self->pixels ? self->pixels + i * self->n_pixels : NULL;
}
