/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What it shows is said in words beside it, so it is an image without a name.  Main thread. */

#include "config.h"

#include "runs/atelier-interval-bar.h"

#include <math.h>

#include "kit/atelier-theme.h"

#define WIDTH 110
#define HEIGHT 20
#define BAND_HEIGHT 8.0f
#define RADIUS 3.5f
#define CHILD_RADIUS 2.0f

/* Lines of the scale are this many shares of 1 apart, or more where they would be too close. */
#define SCALE_STEP 0.01
#define MAX_LINES 6

struct _AtelierIntervalBar
{
  GtkWidget       parent_instance;

  /* Owned */
  AtelierRunList *list;
  AtelierRunItem *item; /* nullable */
};

G_DEFINE_FINAL_TYPE (AtelierIntervalBar, atelier_interval_bar, GTK_TYPE_WIDGET)

typedef struct
{
  GtkSnapshot   *snapshot; /* Borrowed */
  AtelierPalette palette;
  double         low;
  double         high;
  float          width;
  float          height;
} Ink;

static float
get_x (const Ink *ink,
       double     value)
{
  const double share = (value - ink->low) / (ink->high - ink->low);

  return (float) (RADIUS + CLAMP (share, 0.0, 1.0) * (double) (ink->width - 2.0f * RADIUS));
}

static void
fill (const Ink          *ink,
      const AtelierColor *color,
      float               opacity,
      float               x,
      float               y,
      float               width,
      float               height,
      float               radius)
{
  const graphene_rect_t bounds = GRAPHENE_RECT_INIT (x, y, width, height);
  GskRoundedRect rounded;
  GdkRGBA rgba;

  atelier_theme_to_rgba (color, &rgba);
  rgba.alpha *= opacity;
  gsk_rounded_rect_init_from_rect (&rounded, &bounds, radius);
  gtk_snapshot_push_rounded_clip (ink->snapshot, &rounded);
  gtk_snapshot_append_color (ink->snapshot, &rgba, &bounds);
  gtk_snapshot_pop (ink->snapshot);
}

static void
fill_dot (const Ink          *ink,
          const AtelierColor *color,
          double              value,
          float               radius)
{
  fill (ink, color, 1.0f, get_x (ink, value) - radius, ink->height / 2.0f - radius,
        2.0f * radius, 2.0f * radius, radius);
}

static void
draw_scale (const Ink *ink)
{
  double step = SCALE_STEP;

  while ((ink->high - ink->low) / step > MAX_LINES)
    step *= 2.0;
  for (double value = ink->low; value <= ink->high + 1e-9; value += step)
    fill (ink, &ink->palette.grid, 1.0f, floorf (get_x (ink, value)), 0.0f, 1.0f, ink->height,
          0.0f);
}

static void
draw_group (const Ink      *ink,
            AtelierRunItem *item)
{
  GListModel *children = atelier_run_item_get_children (item);

  for (guint i = 0; i < g_list_model_get_n_items (children); i++)
    {
      g_autoptr (AtelierRunItem) child = g_list_model_get_item (children, i);
      const double value = atelier_run_item_get_accuracy (child);

      if (isfinite (value))
        fill_dot (ink, &ink->palette.dim_text, value, CHILD_RADIUS);
    }
  fill (ink, &ink->palette.text, 1.0f, get_x (ink, atelier_run_item_get_accuracy (item)) - 1.0f,
        ink->height / 2.0f - 7.0f, 2.0f, 14.0f, 0.0f);
}

static void
draw_run (const Ink      *ink,
          AtelierRunItem *item)
{
  const gboolean is_ended
    = atelier_run_item_get_values (item)->state == ATELIER_LIBRARY_FINISHED;
  const double value = atelier_run_item_get_accuracy (item);
  double low, high;

  if (atelier_run_item_get_interval (item, &low, &high))
    fill (ink, &ink->palette.training, 0.35f, get_x (ink, low),
          (ink->height - BAND_HEIGHT) / 2.0f, get_x (ink, high) - get_x (ink, low), BAND_HEIGHT,
          BAND_HEIGHT / 2.0f);
  fill_dot (ink, &ink->palette.training, value, RADIUS);
  /* What goes on or was broken off is a ring. */
  if (!is_ended)
    fill_dot (ink, &ink->palette.background, value, RADIUS - 1.5f);
}

static void
atelier_interval_bar_snapshot (GtkWidget   *widget,
                               GtkSnapshot *snapshot)
{
  AtelierIntervalBar *self = ATELIER_INTERVAL_BAR (widget);
  Ink ink = { .snapshot = snapshot,
              .width = (float) gtk_widget_get_width (widget),
              .height = (float) gtk_widget_get_height (widget) };

  if (!self->item || !atelier_run_list_get_scale (self->list, &ink.low, &ink.high))
    return;
  atelier_theme_get_palette (widget, &ink.palette);
  draw_scale (&ink);
  if (!isfinite (atelier_run_item_get_accuracy (self->item)))
    return;
  if (atelier_run_item_get_children (self->item))
    draw_group (&ink, self->item);
  else
    draw_run (&ink, self->item);
}

static void
atelier_interval_bar_measure (GtkWidget      *widget,
                              GtkOrientation  orientation,
                              int             for_size,
                              int            *minimum,
                              int            *natural,
                              int            *minimum_baseline,
                              int            *natural_baseline)
{
  *minimum = *natural = orientation == GTK_ORIENTATION_HORIZONTAL ? WIDTH : HEIGHT;
}

static void
atelier_interval_bar_dispose (GObject *object)
{
  AtelierIntervalBar *self = ATELIER_INTERVAL_BAR (object);

  atelier_interval_bar_set_item (self, NULL);
  g_clear_object (&self->list);

  G_OBJECT_CLASS (atelier_interval_bar_parent_class)->dispose (object);
}

static void
atelier_interval_bar_class_init (AtelierIntervalBarClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = atelier_interval_bar_dispose;
  widget_class->snapshot = atelier_interval_bar_snapshot;
  widget_class->measure = atelier_interval_bar_measure;

  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_PRESENTATION);
  gtk_widget_class_set_css_name (widget_class, "intervalbar");
}

static void
atelier_interval_bar_init (AtelierIntervalBar *self)
{
  atelier_theme_watch (GTK_WIDGET (self), gtk_widget_queue_draw);
}

GtkWidget *
atelier_interval_bar_new (AtelierRunList *list)
{
  AtelierIntervalBar *self = g_object_new (ATELIER_TYPE_INTERVAL_BAR, NULL);

  self->list = g_object_ref (list);
  g_signal_connect_object (list, "scale-changed", G_CALLBACK (gtk_widget_queue_draw), self,
                           G_CONNECT_SWAPPED);
  return GTK_WIDGET (self);
}

void
atelier_interval_bar_set_item (AtelierIntervalBar *self,
                               AtelierRunItem     *item)
{
  g_return_if_fail (ATELIER_IS_INTERVAL_BAR (self));

  if (self->item)
    g_signal_handlers_disconnect_by_data (self->item, self);
  g_set_object (&self->item, item);
  if (item)
    g_signal_connect_object (item, "notify::run", G_CALLBACK (gtk_widget_queue_draw), self,
                             G_CONNECT_SWAPPED);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}
