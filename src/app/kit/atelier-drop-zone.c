/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A GtkDropTargetAsync, which reads nothing by itself, so that the widget can limit what it reads.
 *
 * GTK 4.8 lets a target go back to its first state when the pointer leaves it, but not when
 * something is dropped: the widget keeps :drop(active), and a target that is hidden before the
 * pointer moves on takes no other drop.  So each drop ends a target, and the next one takes its
 * place.  GTK also sets :drop(active) for what will be refused, after each signal of the drag; so
 * the widget has the style class "refuses" meanwhile.
 */

#include "config.h"

#include "kit/atelier-drop-zone.h"

#include <glib/gi18n.h>

#include "kit/atelier-file-offer.h"
#include "kit/atelier-toast.h"

#define REFUSES_CLASS "refuses"

struct _AtelierDropZone
{
  GObject             parent_instance;

  /* Owned */
  GdkContentFormats  *formats;
  char               *taken;
  GtkEventController *target;
  GtkEventController *spent; /* the target before; nullable */

  /* Borrowed; weak */
  GtkWidget          *widget;
};

G_DEFINE_FINAL_TYPE (AtelierDropZone, atelier_drop_zone, G_TYPE_OBJECT)

enum
{
  DROP,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

/* With the types that GTK can make of the formats that another program offers.  Transfer full. */
static GdkContentFormats *
get_all_formats (GdkDrop *drop)
{
  return gdk_content_formats_union_deserialize_gtypes (
    gdk_content_formats_ref (gdk_drop_get_formats (drop)));
}

static gboolean
takes (AtelierDropZone *self,
       GdkDrop         *drop)
{
  g_autoptr (GdkContentFormats) formats = get_all_formats (drop);

  return gdk_content_formats_match (self->formats, formats);
}

static const char *
describe (GdkDrop *drop)
{
  g_autoptr (GdkContentFormats) formats = get_all_formats (drop);

  if (atelier_file_offer_is_in (formats))
    return _("A file was dropped");
  if (gdk_content_formats_contain_gtype (formats, GDK_TYPE_TEXTURE))
    return _("A picture without a file was dropped");
  if (gdk_content_formats_contain_gtype (formats, G_TYPE_STRING))
    return _("Text was dropped");
  return _("What was dropped is nothing that can be read here");
}

static void
end_hover (AtelierDropZone *self)
{
  gtk_widget_unset_state_flags (self->widget, GTK_STATE_FLAG_DROP_ACTIVE);
  gtk_widget_remove_css_class (self->widget, REFUSES_CLASS);
}

static GdkDragAction
on_drag_enter_cb (AtelierDropZone *self,
                  GdkDrop         *drop)
{
  if (!takes (self, drop))
    gtk_widget_add_css_class (self->widget, REFUSES_CLASS);
  return GDK_ACTION_COPY;
}

static void add_target (AtelierDropZone *self);

/* GTK is in a signal of the target, so that it has to live on. */
static void
renew_target (AtelierDropZone *self)
{
  g_set_object (&self->spent, self->target);
  g_signal_handlers_disconnect_by_data (self->spent, self);
  gtk_widget_remove_controller (self->widget, self->spent);
  g_clear_object (&self->target);
  add_target (self);
}

static gboolean
on_drop_cb (AtelierDropZone *self,
            GdkDrop         *drop)
{
  end_hover (self);
  renew_target (self);
  if (takes (self, drop))
    {
      g_signal_emit (self, signals[DROP], 0, drop);
      return TRUE;
    }
  atelier_drop_zone_refuse (self, describe (drop));
  gdk_drop_finish (drop, 0);
  return TRUE;
}

static void
add_target (AtelierDropZone *self)
{
  GtkDropTargetAsync *target = gtk_drop_target_async_new (NULL, GDK_ACTION_COPY);

  g_signal_connect_object (target, "drag-enter", G_CALLBACK (on_drag_enter_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (target, "drag-leave", G_CALLBACK (end_hover), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (target, "drop", G_CALLBACK (on_drop_cb), self, G_CONNECT_SWAPPED);
  self->target = g_object_ref (GTK_EVENT_CONTROLLER (target));
  gtk_widget_add_controller (self->widget, GTK_EVENT_CONTROLLER (target));
}

/* Overrides */

static void
atelier_drop_zone_dispose (GObject *object)
{
  AtelierDropZone *self = ATELIER_DROP_ZONE (object);

  g_clear_object (&self->target);
  g_clear_object (&self->spent);
  g_clear_weak_pointer (&self->widget);

  G_OBJECT_CLASS (atelier_drop_zone_parent_class)->dispose (object);
}

static void
atelier_drop_zone_finalize (GObject *object)
{
  AtelierDropZone *self = ATELIER_DROP_ZONE (object);

  g_clear_pointer (&self->formats, gdk_content_formats_unref);
  g_free (self->taken);

  G_OBJECT_CLASS (atelier_drop_zone_parent_class)->finalize (object);
}

static void
atelier_drop_zone_class_init (AtelierDropZoneClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = atelier_drop_zone_dispose;
  object_class->finalize = atelier_drop_zone_finalize;

  signals[DROP] = g_signal_new ("drop", ATELIER_TYPE_DROP_ZONE, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                NULL, G_TYPE_NONE, 1, GDK_TYPE_DROP);
}

static void
atelier_drop_zone_init (AtelierDropZone *self)
{
}

AtelierDropZone *
atelier_drop_zone_new (GtkWidget         *widget,
                       GdkContentFormats *formats,
                       const char        *taken)
{
  AtelierDropZone *self;

  g_return_val_if_fail (GTK_IS_WIDGET (widget), NULL);
  g_return_val_if_fail (formats != NULL && taken != NULL, NULL);

  self = g_object_new (ATELIER_TYPE_DROP_ZONE, NULL);
  self->formats = gdk_content_formats_ref (formats);
  self->taken = g_strdup (taken);
  g_set_weak_pointer (&self->widget, widget);
  add_target (self);

  return self;
}

void
atelier_drop_zone_refuse (AtelierDropZone *self,
                          const char      *what)
{
  g_autofree char *message = NULL;

  g_return_if_fail (ATELIER_IS_DROP_ZONE (self));
  g_return_if_fail (what != NULL);

  if (!self->widget)
    return;
  /* Translators: what was dropped, and a sentence that says what can be: "Text was dropped.
   * Pictures can be dropped here." */
  message = g_strdup_printf (_("%s. %s"), what, self->taken);
  atelier_toast_show (self->widget, message);
}
