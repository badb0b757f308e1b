/* SPDX-License-Identifier: GPL-3.0-or-later */

/* One row of the network's table.  Shapes and numbers of parameters come from the network, which
 * computed them when it was made.  A dropout layer shows no shape, since it changes none, and a
 * layer without parameters shows no number.  The layers of a residual block have rows of their own,
 * which are indented.  Main thread.
 */

#include "config.h"

#include "network/atelier-layer-row.h"

#include <glib/gi18n.h>

#include "base/atelier-format.h"
#include "kit/atelier-number-order.h"

#define BLOCK_INDENT 12 /* pixels */

struct _AtelierLayerRow
{
  GtkListBoxRow parent_instance;

  /* Template children */
  GtkLabel     *description_label;
  GtkLabel     *shape_label;
  GtkLabel     *parameters_label;
};

G_DEFINE_FINAL_TYPE (AtelierLayerRow, atelier_layer_row, GTK_TYPE_LIST_BOX_ROW)

static char *
format_shape (const AtelierLayerInfo *info)
{
  if (info->height == 1 && info->width == 1)
    return g_strdup_printf ("%u", info->channels);

  return g_strdup_printf ("%u×%u×%u", info->height, info->width, info->channels);
}

static void
atelier_layer_row_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), ATELIER_TYPE_LAYER_ROW);

  G_OBJECT_CLASS (atelier_layer_row_parent_class)->dispose (object);
}

static void
atelier_layer_row_class_init (AtelierLayerRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = atelier_layer_row_dispose;

  gtk_widget_class_set_template_from_resource (
    widget_class, "/io/github/atelier_nn/Atelier/network/atelier-layer-row.ui");
  gtk_widget_class_bind_template_child (widget_class, AtelierLayerRow, description_label);
  gtk_widget_class_bind_template_child (widget_class, AtelierLayerRow, shape_label);
  gtk_widget_class_bind_template_child (widget_class, AtelierLayerRow, parameters_label);
}

static void
atelier_layer_row_init (AtelierLayerRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
atelier_layer_row_new (AtelierNetwork *network,
                       guint           i_layer)
{
  AtelierLayerRow *self = g_object_new (ATELIER_TYPE_LAYER_ROW, NULL);
  const AtelierLayerInfo *info = atelier_network_get_layer_info (network, i_layer);
  const AtelierLayer *layer = atelier_network_get_layer (network, i_layer);
  g_autofree char *description = atelier_network_describe_row (network, i_layer);
  g_autofree char *shape = format_shape (info);
  g_autofree char *parameters = atelier_format_count (info->n_parameters);
  /* Translators: a layer's description, the shape of its output, its number of parameters. */
  g_autofree char *words =
    g_strdup_printf (_("%s, output %s, %s parameters"), description, shape, parameters);

  g_autofree char *tooltip = atelier_number_order_keep (GTK_WIDGET (self), words);

  atelier_number_order_set_label (self->description_label, description);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self), tooltip);
  if (info->parent != ATELIER_NO_LAYER)
    gtk_widget_set_margin_start (GTK_WIDGET (self->description_label), BLOCK_INDENT);
  if (!atelier_layer_has_trait (layer, ATELIER_TRAIT_KEEPS_SHAPE))
    atelier_number_order_set_label (self->shape_label, shape);
  if (info->n_parameters > 0)
    gtk_label_set_label (self->parameters_label, parameters);

  return GTK_WIDGET (self);
}
