/* SPDX-License-Identifier: GPL-3.0-or-later */

/* One cell of the gallery.  It is bound to another picture whenever the grid view reuses it, so
 * everything that it shows is set in one function.  The words for a screen reader always say the
 * truth; the eye has that of a single cell from the gallery's title.  Main thread.
 */

#include "config.h"

#include "atelier-tile.h"

#include <glib/gi18n.h>

struct _AtelierTile
{
  GtkWidget      parent_instance;

  /* Template children */
  GtkWidget     *caption_box;
  AtelierPixels *pixels;
  GtkLabel      *class_label;
  GtkLabel      *score_label;
  GtkLabel      *truth_label;
};

G_DEFINE_FINAL_TYPE (AtelierTile, atelier_tile, GTK_TYPE_WIDGET)

static void
atelier_tile_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), ATELIER_TYPE_TILE);

  G_OBJECT_CLASS (atelier_tile_parent_class)->dispose (object);
}

static void
atelier_tile_class_init (AtelierTileClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = atelier_tile_dispose;

  g_type_ensure (ATELIER_TYPE_PIXELS);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/atelier_nn/Atelier/atelier-tile.ui");
  gtk_widget_class_bind_template_child (widget_class, AtelierTile, caption_box);
  gtk_widget_class_bind_template_child (widget_class, AtelierTile, pixels);
  gtk_widget_class_bind_template_child (widget_class, AtelierTile, class_label);
  gtk_widget_class_bind_template_child (widget_class, AtelierTile, score_label);
  gtk_widget_class_bind_template_child (widget_class, AtelierTile, truth_label);
  gtk_widget_class_set_css_name (widget_class, "tile");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
}

static void
atelier_tile_init (AtelierTile *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

static void
show_truth (AtelierTile *self,
            const char  *truth,
            gboolean     is_right)
{
  GtkWidget *label = GTK_WIDGET (self->truth_label);
  g_autofree char *words = NULL;

  /* Translators: below a picture that was called something else, "true Shirt". */
  words = is_right ? g_strdup (C_ ("prediction", "right")) : g_strdup_printf (_("true %s"), truth);
  gtk_label_set_label (self->truth_label, words);
  if (is_right)
    gtk_widget_add_css_class (label, "right");
  else
    gtk_widget_remove_css_class (label, "right");
}

void
atelier_tile_set_picture (AtelierTile        *self,
                          AtelierDataset     *dataset,
                          AtelierPredictions *predictions,
                          guint               i_image,
                          gboolean            says_truth)
{
  const char * const *class_names = atelier_dataset_get_class_names (dataset);
  const char *truth, *prediction;
  g_autofree char *score = NULL;
  g_autofree char *words = NULL;

  g_return_if_fail (ATELIER_IS_TILE (self));

  truth = atelier_class_name_translate (
    class_names[atelier_predictions_get_label (predictions, i_image)]);
  prediction = atelier_class_name_translate (
    class_names[atelier_predictions_get_class (predictions, i_image)]);
  score = g_strdup_printf ("%.2f", atelier_predictions_get_score (predictions, i_image));
  /* Translators: "true Shirt, predicted Coat, score 0.96". */
  words = g_strdup_printf (_("true %s, predicted %s, score %s"), truth, prediction, score);

  atelier_pixels_set_picture (self->pixels, dataset, atelier_predictions_get_split (predictions),
                              atelier_predictions_get_index (predictions, i_image));
  gtk_label_set_label (self->class_label, prediction);
  gtk_label_set_label (self->score_label, score);
  show_truth (self, truth,
              atelier_predictions_get_label (predictions, i_image)
                == atelier_predictions_get_class (predictions, i_image));
  gtk_widget_set_visible (GTK_WIDGET (self->truth_label), says_truth);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, words, -1);
}

AtelierPixels *
atelier_tile_get_pixels (AtelierTile *self)
{
  g_return_val_if_fail (ATELIER_IS_TILE (self), NULL);

  return self->pixels;
}

const char *
atelier_tile_get_class (AtelierTile *self)
{
  g_return_val_if_fail (ATELIER_IS_TILE (self), NULL);

  return gtk_label_get_label (self->class_label);
}

const char *
atelier_tile_get_score (AtelierTile *self)
{
  g_return_val_if_fail (ATELIER_IS_TILE (self), NULL);

  return gtk_label_get_label (self->score_label);
}

const char *
atelier_tile_get_truth (AtelierTile *self)
{
  g_return_val_if_fail (ATELIER_IS_TILE (self), NULL);

  if (!gtk_widget_get_visible (GTK_WIDGET (self->truth_label)))
    return NULL;

  return gtk_label_get_label (self->truth_label);
}
