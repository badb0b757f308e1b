/* SPDX-License-Identifier: GPL-3.0-or-later */

/* One cell of the Data page's grids.  It is not AtelierTile, which shows a network's answer: here
 * no network was asked.  It is reused for other pictures by the grid view, so one function sets
 * everything that it shows.  Main thread.
 */

#include "config.h"

#include "data/atelier-data-tile.h"

#include <glib/gi18n.h>

#include "base/atelier-format.h"

struct _AtelierDataTile
{
  GtkWidget      parent_instance;

  /* Template children */
  AtelierPixels *pixels;
  GtkLabel      *class_label;
  GtkLabel      *place_label;
};

G_DEFINE_FINAL_TYPE (AtelierDataTile, atelier_data_tile, GTK_TYPE_WIDGET)

enum
{
  PROP_SIDE = 1,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

static void
atelier_data_tile_get_property (GObject    *object,
                                guint       property_id,
                                GValue     *value,
                                GParamSpec *pspec)
{
  AtelierDataTile *self = ATELIER_DATA_TILE (object);

  switch (property_id)
    {
    case PROP_SIDE:
      g_object_get_property (G_OBJECT (self->pixels), "side", value);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
atelier_data_tile_set_property (GObject      *object,
                                guint         property_id,
                                const GValue *value,
                                GParamSpec   *pspec)
{
  AtelierDataTile *self = ATELIER_DATA_TILE (object);

  switch (property_id)
    {
    case PROP_SIDE:
      g_object_set_property (G_OBJECT (self->pixels), "side", value);
      g_object_notify_by_pspec (object, pspec);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
atelier_data_tile_dispose (GObject *object)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (object))))
    gtk_widget_unparent (child);
  gtk_widget_dispose_template (GTK_WIDGET (object), ATELIER_TYPE_DATA_TILE);

  G_OBJECT_CLASS (atelier_data_tile_parent_class)->dispose (object);
}

static void
atelier_data_tile_class_init (AtelierDataTileClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = atelier_data_tile_get_property;
  object_class->set_property = atelier_data_tile_set_property;
  object_class->dispose = atelier_data_tile_dispose;

  properties[PROP_SIDE] =
    g_param_spec_int ("side", NULL, NULL, 1, 4096, 84,
                      G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  g_type_ensure (ATELIER_TYPE_PIXELS);
  gtk_widget_class_set_template_from_resource (
    widget_class, "/io/github/atelier_nn/Atelier/data/atelier-data-tile.ui");
  gtk_widget_class_bind_template_child (widget_class, AtelierDataTile, pixels);
  gtk_widget_class_bind_template_child (widget_class, AtelierDataTile, class_label);
  gtk_widget_class_bind_template_child (widget_class, AtelierDataTile, place_label);
  gtk_widget_class_set_css_name (widget_class, "datatile");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
}

static void
atelier_data_tile_init (AtelierDataTile *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

void
atelier_data_tile_set_picture (AtelierDataTile *self,
                               AtelierSplits   *splits,
                               guint            picture,
                               gboolean         says_class,
                               gboolean         says_place)
{
  AtelierDataset *dataset = atelier_splits_get_dataset (splits);
  const char * const *class_names = atelier_dataset_get_class_names (dataset);
  const char *name;
  g_autofree char *place = NULL;
  g_autofree char *words = NULL;

  g_return_if_fail (ATELIER_IS_DATA_TILE (self));

  name = atelier_class_name_translate (class_names[atelier_dataset_get_label (dataset, picture)]);
  place = atelier_splits_format_place (splits, picture);
  /* Translators: a class and where the picture is: "Shirt: Training, picture 1,204". */
  words = g_strdup_printf (_("%s: %s"), name, place);

  atelier_pixels_set_picture (self->pixels, dataset, picture);
  gtk_label_set_label (self->class_label, name);
  gtk_label_set_label (self->place_label, place);
  gtk_widget_set_visible (GTK_WIDGET (self->class_label), says_class);
  gtk_widget_set_visible (GTK_WIDGET (self->place_label), says_place);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, words, -1);
}

AtelierPixels *
atelier_data_tile_get_pixels (AtelierDataTile *self)
{
  g_return_val_if_fail (ATELIER_IS_DATA_TILE (self), NULL);

  return self->pixels;
}

const char *
atelier_data_tile_get_class (AtelierDataTile *self)
{
  g_return_val_if_fail (ATELIER_IS_DATA_TILE (self), NULL);

  if (!gtk_widget_get_visible (GTK_WIDGET (self->class_label)))
    return NULL;

  return gtk_label_get_label (self->class_label);
}
