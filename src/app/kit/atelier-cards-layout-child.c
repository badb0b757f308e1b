/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Two numbers that a .ui file sets on a card.  Main thread. */

#include "config.h"

#include "kit/atelier-cards-layout-child.h"

struct _AtelierCardsLayoutChild
{
  GtkLayoutChild parent_instance;

  int            share_width; /* in pixels at the usual size of text */
  int            grow;
};

G_DEFINE_FINAL_TYPE (AtelierCardsLayoutChild, atelier_cards_layout_child, GTK_TYPE_LAYOUT_CHILD)

enum
{
  PROP_SHARE_WIDTH = 1,
  PROP_GROW,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

static void
atelier_cards_layout_child_get_property (GObject    *object,
                                         guint       property_id,
                                         GValue     *value,
                                         GParamSpec *pspec)
{
  AtelierCardsLayoutChild *self = ATELIER_CARDS_LAYOUT_CHILD (object);

  switch (property_id)
    {
    case PROP_SHARE_WIDTH:
      g_value_set_int (value, self->share_width);
      break;
    case PROP_GROW:
      g_value_set_int (value, self->grow);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
set_number (AtelierCardsLayoutChild *self,
            int                     *number,
            int                      value,
            GParamSpec              *pspec)
{
  if (*number == value)
    return;

  *number = value;
  gtk_layout_manager_layout_changed (gtk_layout_child_get_layout_manager (GTK_LAYOUT_CHILD (self)));
  g_object_notify_by_pspec (G_OBJECT (self), pspec);
}

static void
atelier_cards_layout_child_set_property (GObject      *object,
                                         guint         property_id,
                                         const GValue *value,
                                         GParamSpec   *pspec)
{
  AtelierCardsLayoutChild *self = ATELIER_CARDS_LAYOUT_CHILD (object);

  switch (property_id)
    {
    case PROP_SHARE_WIDTH:
      set_number (self, &self->share_width, g_value_get_int (value), pspec);
      break;
    case PROP_GROW:
      set_number (self, &self->grow, g_value_get_int (value), pspec);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
atelier_cards_layout_child_class_init (AtelierCardsLayoutChildClass *klass)
{
  const GParamFlags flags = G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = atelier_cards_layout_child_get_property;
  object_class->set_property = atelier_cards_layout_child_set_property;

  properties[PROP_SHARE_WIDTH] =
    g_param_spec_int ("share-width", NULL, NULL, 0, G_MAXINT16, 0, flags);
  properties[PROP_GROW] = g_param_spec_int ("grow", NULL, NULL, 0, G_MAXINT16, 0, flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
atelier_cards_layout_child_init (AtelierCardsLayoutChild *self)
{
}

int
atelier_cards_layout_child_get_share_width (AtelierCardsLayoutChild *self)
{
  g_return_val_if_fail (ATELIER_IS_CARDS_LAYOUT_CHILD (self), 0);

  return self->share_width;
}

int
atelier_cards_layout_child_get_grow (AtelierCardsLayoutChild *self)
{
  g_return_val_if_fail (ATELIER_IS_CARDS_LAYOUT_CHILD (self), 0);

  return self->grow;
}
