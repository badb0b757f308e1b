/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Main thread. */

#include "config.h"

#include "runs/atelier-pair-tile.h"

#include <glib/gi18n.h>

#include "kit/atelier-data-texture.h"

#define SIDE 84

struct _AtelierPairTile
{
  GtkWidget  parent_instance;

  /* Children */
  GtkWidget *picture; /* GtkPicture */
  GtkLabel  *first_label;
  GtkLabel  *second_label;
  GtkLabel  *truth_label;
};

G_DEFINE_FINAL_TYPE (AtelierPairTile, atelier_pair_tile, GTK_TYPE_WIDGET)

static GtkLabel *
add_label (GtkWidget  *box,
           const char *css_class)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (label), 0.0f);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_label_set_width_chars (GTK_LABEL (label), 10);
  if (css_class)
    gtk_widget_add_css_class (label, css_class);
  gtk_box_append (GTK_BOX (box), label);
  return GTK_LABEL (label);
}

static void
atelier_pair_tile_dispose (GObject *object)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (object))))
    gtk_widget_unparent (child);

  G_OBJECT_CLASS (atelier_pair_tile_parent_class)->dispose (object);
}

static void
atelier_pair_tile_class_init (AtelierPairTileClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = atelier_pair_tile_dispose;

  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BOX_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "pairtile");
}

static void
atelier_pair_tile_init (AtelierPairTile *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 4);
  GtkLayoutManager *layout = gtk_widget_get_layout_manager (GTK_WIDGET (self));

  gtk_box_layout_set_spacing (GTK_BOX_LAYOUT (layout), 12);
  self->picture = gtk_picture_new ();
  gtk_picture_set_can_shrink (GTK_PICTURE (self->picture), TRUE);
  gtk_widget_set_size_request (self->picture, SIDE, SIDE);
  gtk_widget_set_valign (self->picture, GTK_ALIGN_CENTER);
  gtk_widget_insert_before (self->picture, GTK_WIDGET (self), NULL);
  gtk_widget_set_valign (box, GTK_ALIGN_CENTER);
  gtk_widget_insert_before (box, GTK_WIDGET (self), NULL);
  self->first_label = add_label (box, "of-first");
  self->second_label = add_label (box, "of-second");
  self->truth_label = add_label (box, "dim-label");
}

GtkWidget *
atelier_pair_tile_new (void)
{
  return g_object_new (ATELIER_TYPE_PAIR_TILE, NULL);
}

/* @run: "A" or "B". */
static void
show_class (GtkLabel           *label,
            const char         *run,
            AtelierPredictions *predictions,
            guint               i,
            const char * const *class_names)
{
  const char *name
    = atelier_class_name_translate (class_names[atelier_predictions_get_class (predictions, i)]);
  /* Translators: the letter of a run, and what it called a picture. */
  g_autofree char *text = g_strdup_printf (_("%s: %s"), run, name);
  g_autofree char *score
    = g_strdup_printf ("%s %.3f", name, atelier_predictions_get_score (predictions, i));

  gtk_label_set_label (label, text);
  gtk_widget_set_tooltip_text (GTK_WIDGET (label), score);
}

void
atelier_pair_tile_show (AtelierPairTile    *self,
                        AtelierComparison  *comparison,
                        AtelierPairItem    *item,
                        AtelierDataset     *dataset,
                        const char * const *class_names)
{
  AtelierPredictions *first = atelier_comparison_get_first (comparison);
  const guint i_first = atelier_pair_item_get_i_first (item);
  g_autoptr (GdkTexture) texture = NULL;
  g_autofree char *truth = NULL;

  g_return_if_fail (ATELIER_IS_PAIR_TILE (self));

  if (dataset)
    texture = atelier_data_texture_create (dataset,
                                           atelier_predictions_get_picture (first, i_first),
                                           SIDE * gtk_widget_get_scale_factor (GTK_WIDGET (self)));
  gtk_picture_set_paintable (GTK_PICTURE (self->picture), GDK_PAINTABLE (texture));
  show_class (self->first_label, "A", first, i_first, class_names);
  show_class (self->second_label, "B", atelier_comparison_get_second (comparison),
              atelier_pair_item_get_i_second (item), class_names);
  truth = g_strdup_printf (
    _("true %s"),
    atelier_class_name_translate (class_names[atelier_predictions_get_label (first, i_first)]));
  gtk_label_set_label (self->truth_label, truth);
}
