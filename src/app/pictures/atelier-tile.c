/* SPDX-License-Identifier: GPL-3.0-or-later */

/* One cell of the picture grid: a single widget that draws its picture and its caption.
 *
 * A template of labels was rejected: a grid view holds about 250 tiles, and giving each another
 * picture, as every epoch does, would set a thousand labels and lay out all of them.  Here another
 * picture costs a few assignments and a redraw.  The texture and the lines of text are made when
 * the tile is first drawn and kept until it shows another picture, so that scrolling moves textures
 * and computes nothing.
 *
 * The accessible label always contains the true class.  On the screen it is left out where the
 * gallery's title says it.
 */

#include "config.h"

#include "pictures/atelier-tile.h"

#include <glib/gi18n.h>

#include "kit/atelier-data-texture.h"
#include "kit/atelier-theme.h"

#define MIN_WIDTH 76
#define CAPTION_GAP 2
#define WORD_GAP 4
#define DIM_OPACITY 0.6f

struct _AtelierTile
{
  GtkWidget          parent_instance;

  int                side;
  const char        *class_name; /* translated; owned by the program or the data set */
  gboolean           has_prediction;
  gboolean           is_right;
  gboolean           says_truth;
  char               score[8];

  /* Owned */
  char              *truth;
  AtelierDataTexture picture;
  PangoLayout       *class_layout; /* NULL until drawn */
  PangoLayout       *score_layout;
  PangoLayout       *truth_layout;
};

G_DEFINE_FINAL_TYPE (AtelierTile, atelier_tile, GTK_TYPE_WIDGET)

static void
forget_layouts (AtelierTile *self)
{
  g_clear_object (&self->class_layout);
  g_clear_object (&self->score_layout);
  g_clear_object (&self->truth_layout);
}

static int
get_line_height (AtelierTile *self)
{
  PangoContext *context = gtk_widget_get_pango_context (GTK_WIDGET (self));
  PangoFontMetrics *metrics = pango_context_get_metrics (context, NULL, NULL);
  int height = PANGO_PIXELS_CEIL (pango_font_metrics_get_height (metrics));

  pango_font_metrics_unref (metrics);

  return height;
}

static int
count_lines (AtelierTile *self)
{
  return self->says_truth && self->has_prediction ? 2 : 1;
}

/* Drawing */

/* No wider than @width pixels. */
static PangoLayout *
create_line (AtelierTile *self,
             const char  *text,
             int          width)
{
  PangoLayout *layout = gtk_widget_create_pango_layout (GTK_WIDGET (self), text);
  int natural_width;

  pango_layout_set_ellipsize (layout, PANGO_ELLIPSIZE_END);
  pango_layout_set_single_paragraph_mode (layout, TRUE);
  pango_layout_get_pixel_size (layout, &natural_width, NULL);
  if (natural_width > width)
    pango_layout_set_width (layout, MAX (0, width) * PANGO_SCALE);

  return layout;
}

static int
get_layout_width (PangoLayout *layout)
{
  int width = 0;

  if (layout)
    pango_layout_get_pixel_size (layout, &width, NULL);

  return width;
}

static void
ensure_layouts (AtelierTile *self)
{
  int width = gtk_widget_get_width (GTK_WIDGET (self));

  if (self->class_layout)
    return;

  if (self->has_prediction)
    self->score_layout = create_line (self, self->score, width);
  self->class_layout = create_line (
    self, self->class_name,
    width - (self->score_layout ? get_layout_width (self->score_layout) + WORD_GAP : 0));
  if (self->says_truth && self->truth)
    self->truth_layout = create_line (self, self->truth, width);
}

static void
draw_line (GtkSnapshot   *snapshot,
           PangoLayout   *layout,
           const GdkRGBA *color,
           int            x,
           int            y)
{
  gtk_snapshot_save (snapshot);
  gtk_snapshot_translate (snapshot, &GRAPHENE_POINT_INIT ((float) x, (float) y));
  gtk_snapshot_append_layout (snapshot, layout, color);
  gtk_snapshot_restore (snapshot);
}

/* Below a wrong prediction the true class is dimmed; below a right one the word "right" has the
 * colour of success. */
static void
draw_caption (AtelierTile *self,
              GtkSnapshot *snapshot,
              int          y)
{
  GtkStyleContext *context = gtk_widget_get_style_context (GTK_WIDGET (self));
  int width = gtk_widget_get_width (GTK_WIDGET (self));
  int class_width, score_width, x;
  GdkRGBA color, dim, success;

  ensure_layouts (self);
  gtk_style_context_get_color (context, &color);
  dim = color;
  dim.alpha *= DIM_OPACITY;
  if (!gtk_style_context_lookup_color (context, "success_color", &success))
    success = color;

  class_width = get_layout_width (self->class_layout);
  score_width = get_layout_width (self->score_layout);
  x = (width - class_width - (score_width > 0 ? score_width + WORD_GAP : 0)) / 2;
  draw_line (snapshot, self->class_layout, &color, x, y);
  if (self->score_layout)
    draw_line (snapshot, self->score_layout, &dim, x + class_width + WORD_GAP, y);
  if (self->truth_layout)
    draw_line (snapshot, self->truth_layout, self->is_right ? &success : &dim,
               (width - get_layout_width (self->truth_layout)) / 2, y + get_line_height (self));
}

static void
atelier_tile_snapshot (GtkWidget   *widget,
                       GtkSnapshot *snapshot)
{
  AtelierTile *self = ATELIER_TILE (widget);
  int width, height;

  if (self->picture.dataset == NULL)
    return;

  atelier_data_texture_get_size (self->picture.dataset, self->side, &width, &height);
  atelier_data_texture_snapshot (&self->picture, widget, snapshot, self->side, 0, NULL);
  draw_caption (self, snapshot, height + CAPTION_GAP);
}

static void
atelier_tile_measure (GtkWidget      *widget,
                      GtkOrientation  orientation,
                      int             for_size,
                      int            *minimum,
                      int            *natural,
                      int            *minimum_baseline,
                      int            *natural_baseline)
{
  AtelierTile *self = ATELIER_TILE (widget);
  int width, height;

  atelier_data_texture_get_size (self->picture.dataset, self->side, &width, &height);
  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    *minimum = *natural = MAX (width, MIN_WIDTH);
  else
    *minimum = *natural = height + CAPTION_GAP + count_lines (self) * get_line_height (self);
}

static void
atelier_tile_size_allocate (GtkWidget *widget,
                            int        width,
                            int        height,
                            int        baseline)
{
  forget_layouts (ATELIER_TILE (widget));
}

static void
atelier_tile_css_changed (GtkWidget         *widget,
                          GtkCssStyleChange *change)
{
  GTK_WIDGET_CLASS (atelier_tile_parent_class)->css_changed (widget, change);
  forget_layouts (ATELIER_TILE (widget));
}

static void
atelier_tile_finalize (GObject *object)
{
  AtelierTile *self = ATELIER_TILE (object);

  forget_layouts (self);
  g_free (self->truth);
  atelier_data_texture_clear (&self->picture);

  G_OBJECT_CLASS (atelier_tile_parent_class)->finalize (object);
}

static void
atelier_tile_class_init (AtelierTileClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = atelier_tile_finalize;
  widget_class->measure = atelier_tile_measure;
  widget_class->size_allocate = atelier_tile_size_allocate;
  widget_class->snapshot = atelier_tile_snapshot;
  widget_class->css_changed = atelier_tile_css_changed;

  gtk_widget_class_set_css_name (widget_class, "tile");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_IMG);
}

static void
atelier_tile_init (AtelierTile *self)
{
  self->side = ATELIER_TILE_DEFAULT_SIDE;
  self->class_name = "";
}

GtkWidget *
atelier_tile_new (void)
{
  return g_object_new (ATELIER_TYPE_TILE, NULL);
}

/* Sets the predicted class, its score and the caption. */
static void
set_answer (AtelierTile        *self,
            AtelierPredictions *predictions,
            guint               i,
            const char * const *class_names)
{
  guint i_truth = atelier_predictions_get_label (predictions, i);
  guint i_class = atelier_predictions_get_class (predictions, i);
  const char *truth = atelier_class_name_translate (class_names[i_truth]);
  g_autofree char *words = NULL;

  self->has_prediction = TRUE;
  self->is_right = i_truth == i_class;
  self->class_name = atelier_class_name_translate (class_names[i_class]);
  g_snprintf (self->score, sizeof self->score, "%.2f",
              atelier_predictions_get_score (predictions, i));
  /* Translators: below a wrongly predicted picture, "true Shirt". */
  self->truth = self->is_right ? g_strdup (C_ ("prediction", "right"))
                               : g_strdup_printf (_("true %s"), truth);
  /* Translators: "true Shirt, predicted Coat, score 0.96". */
  words = g_strdup_printf (_("true %s, predicted %s, score %s"), truth, self->class_name,
                           self->score);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, words, -1);
}

static void
set_class (AtelierTile        *self,
           const char * const *class_names)
{
  guint i_truth = atelier_dataset_get_label (self->picture.dataset, self->picture.number);

  self->has_prediction = FALSE;
  self->class_name = atelier_class_name_translate (class_names[i_truth]);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  self->class_name, -1);
}

void
atelier_tile_set_picture (AtelierTile        *self,
                          AtelierPictureList *list,
                          guint               position,
                          gboolean            says_truth)
{
  AtelierPredictions *predictions;
  AtelierDataset *dataset;
  int n_lines;
  guint i;

  g_return_if_fail (ATELIER_IS_TILE (self));
  dataset = atelier_picture_list_get_dataset (list);
  g_return_if_fail (dataset != NULL);

  n_lines = count_lines (self);
  if (self->picture.dataset != dataset)
    gtk_widget_queue_resize (GTK_WIDGET (self));
  atelier_data_texture_set_picture (&self->picture, dataset,
                                    atelier_picture_list_get_picture (list, position));
  self->says_truth = says_truth;
  g_clear_pointer (&self->truth, g_free);
  forget_layouts (self);

  predictions = atelier_picture_list_get_predictions (list);
  if (predictions && atelier_predictions_find (predictions, self->picture.number, &i))
    set_answer (self, predictions, i, atelier_dataset_get_class_names (dataset));
  else
    set_class (self, atelier_dataset_get_class_names (dataset));

  if (count_lines (self) != n_lines)
    gtk_widget_queue_resize (GTK_WIDGET (self));
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

void
atelier_tile_set_side (AtelierTile *self,
                       int          side)
{
  g_return_if_fail (ATELIER_IS_TILE (self));
  g_return_if_fail (side > 0);

  if (self->side == side)
    return;
  self->side = side;
  gtk_widget_queue_resize (GTK_WIDGET (self));
}

AtelierDataset *
atelier_tile_get_dataset (AtelierTile *self)
{
  g_return_val_if_fail (ATELIER_IS_TILE (self), NULL);

  return self->picture.dataset;
}

guint
atelier_tile_get_picture (AtelierTile *self)
{
  g_return_val_if_fail (ATELIER_IS_TILE (self), 0);

  return self->picture.number;
}

const char *
atelier_tile_get_class (AtelierTile *self)
{
  g_return_val_if_fail (ATELIER_IS_TILE (self), NULL);

  return self->class_name;
}

const char *
atelier_tile_get_score (AtelierTile *self)
{
  g_return_val_if_fail (ATELIER_IS_TILE (self), NULL);

  return self->has_prediction ? self->score : NULL;
}

const char *
atelier_tile_get_truth (AtelierTile *self)
{
  g_return_val_if_fail (ATELIER_IS_TILE (self), NULL);

  return self->says_truth ? self->truth : NULL;
}

GdkTexture *
atelier_tile_get_texture (AtelierTile *self)
{
  g_return_val_if_fail (ATELIER_IS_TILE (self), NULL);

  return self->picture.texture;
}
