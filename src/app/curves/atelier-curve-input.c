/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Pointer and keys of a chart.
 *
 * Everything that the pointer can do, a key can do:
 *
 *   move over an epoch   show its values             Left, Right, Page Up, Page Down, Home, End;
 *                                                    Escape hides them
 *   click                select the epoch            Enter, space
 *   drag                 zoom in                     plus and minus, around the cursor
 *   double click         show all of x               0
 *
 * The first click of a double click already selects an epoch; the second one restores the epoch
 * from before.  Delaying every click until it is clear that no second one follows was rejected,
 * since each click would be slow.  Main thread.
 */

#include "config.h"

#include "curves/atelier-curve-private.h"

#include <math.h>

/* The factor of a zoom by key, and the smallest part of x that can be shown. */
#define ZOOM_STEP 1.5
#define MIN_ZOOM 0.002

/* How far Page Up and Page Down move the cursor. */
#define PAGE_EPOCHS 5

/* Coordinates */

static void
get_layout (AtelierCurve       *self,
            AtelierSeries      *series,
            AtelierChart       *chart,
            AtelierChartLayout *layout)
{
  atelier_curve_describe (self, series, chart);
  atelier_chart_get_layout (chart, gtk_widget_get_width (GTK_WIDGET (self)),
                            gtk_widget_get_height (GTK_WIDGET (self)), layout);
}

static double
get_value_at (AtelierCurve *self,
              double        x)
{
  AtelierSeries series[ATELIER_CURVE_MAX_SERIES];
  AtelierChart chart;
  AtelierChartLayout layout;

  get_layout (self, series, &chart, &layout);

  return CLAMP (atelier_chart_x_to_value (&chart, &layout, x), layout.x_min, layout.x_max);
}

/* The finished epoch nearest to a place, or 0.  Everything that needs a hit test calls it. */
static guint
get_epoch_at (AtelierCurve *self,
              double        x)
{
  double value = get_value_at (self, x);
  double distance = INFINITY;
  guint nearest = 0;

  for (guint i = 0; i < atelier_curve_figures_get_n (self->figures); i++)
    if (fabs (atelier_curve_figures_get_x (self->figures, i) - value) < distance)
      {
        distance = fabs (atelier_curve_figures_get_x (self->figures, i) - value);
        nearest = atelier_curve_figures_get_epoch (self->figures, i);
      }

  return nearest;
}

/* Zoom */

static void
zoom_to (AtelierCurve *self,
         double        from,
         double        to)
{
  double x_min, x_max, length;

  atelier_curve_figures_get_range (self->figures, &x_min, &x_max);
  length = CLAMP (fabs (to - from), MIN_ZOOM * (x_max - x_min), x_max - x_min);
  from = CLAMP ((from + to - length) / 2.0, x_min, x_max - length);
  if (length >= x_max - x_min)
    atelier_curve_view_reset_zoom (self->view);
  else
    atelier_curve_view_zoom (self->view, from, from + length);
}

static void
get_shown_range (AtelierCurve *self,
                 double       *x_min,
                 double       *x_max)
{
  atelier_curve_figures_get_range (self->figures, x_min, x_max);
  atelier_curve_view_get_zoom (self->view, x_min, x_max);
}

/* Moves the shown part so that it includes the cursor, which a key may have moved out of it. */
static void
show_cursor (AtelierCurve *self)
{
  int i_cursor = atelier_curve_get_i_cursor (self);
  double x_min, x_max, x, shift;

  if (i_cursor < 0 || !atelier_curve_view_get_zoom (self->view, &x_min, &x_max))
    return;

  x = atelier_curve_figures_get_x (self->figures, i_cursor);
  shift = x - CLAMP (x, x_min, x_max);
  if (shift != 0.0)
    zoom_to (self, x_min + shift, x_max + shift);
}

/* Pointer */

static void
on_motion_cb (AtelierCurve *self,
              double        x,
              double        y)
{
  if (self->has_band)
    return;

  self->has_hover = TRUE;
  atelier_curve_view_set_cursor (self->view, get_epoch_at (self, x));
}

static void
on_leave_cb (AtelierCurve *self)
{
  if (!self->has_hover)
    return;

  self->has_hover = FALSE;
  atelier_curve_view_set_cursor (self->view, 0);
}

static void
on_drag_begin_cb (AtelierCurve *self,
                  double        x,
                  double        y)
{
  gtk_widget_grab_focus (GTK_WIDGET (self));
  self->band_start = get_value_at (self, x);
}

static void
on_drag_update_cb (AtelierCurve   *self,
                   double          offset_x,
                   double          offset_y,
                   GtkGestureDrag *gesture)
{
  double x, y;

  if (!self->has_band
      && !gtk_drag_check_threshold (GTK_WIDGET (self), 0, 0, (int) offset_x, 0))
    return;

  gtk_gesture_set_state (GTK_GESTURE (gesture), GTK_EVENT_SEQUENCE_CLAIMED);
  gtk_gesture_drag_get_start_point (gesture, &x, &y);
  self->has_band = TRUE;
  self->band_end = get_value_at (self, x + offset_x);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static void
on_drag_end_cb (AtelierCurve *self)
{
  if (!self->has_band)
    return;

  self->has_band = FALSE;
  gtk_widget_queue_draw (GTK_WIDGET (self));
  if (self->band_start != self->band_end)
    zoom_to (self, MIN (self->band_start, self->band_end), MAX (self->band_start, self->band_end));
}

static void
on_click_released_cb (AtelierCurve *self,
                      int           n_press,
                      double        x,
                      double        y)
{
  guint epoch = get_epoch_at (self, x);

  if (n_press == 1 && epoch > 0)
    {
      self->clicked_epoch = atelier_focus_get_epoch (self->focus);
      self->clicked_live = atelier_focus_get_live (self->focus);
      atelier_focus_set_epoch (self->focus, epoch);
    }
  else if (n_press == 2 && epoch > 0)
    {
      atelier_focus_set_epoch (self->focus, self->clicked_epoch);
      atelier_focus_set_live (self->focus, self->clicked_live);
      atelier_curve_view_reset_zoom (self->view);
    }
}

/* Keys */

static gboolean
on_move_cursor_cb (GtkWidget *widget,
                   GVariant  *args,
                   gpointer   user_data)
{
  AtelierCurve *self = ATELIER_CURVE (widget);
  int n = atelier_curve_figures_get_n (self->figures);
  int i = atelier_curve_get_i_cursor (self);

  if (n == 0)
    return FALSE;

  self->has_hover = FALSE;
  /* Without a cursor, the first key puts it on the epoch of the focus. */
  if (i < 0)
    i = atelier_curve_figures_find (self->figures, atelier_focus_get_epoch (self->focus));
  else
    i = CLAMP (i + g_variant_get_int32 (args), 0, n - 1);
  atelier_curve_view_set_cursor (self->view,
                                 atelier_curve_figures_get_epoch (self->figures, i));
  show_cursor (self);

  return TRUE;
}

static gboolean
on_remove_cursor_cb (GtkWidget *widget,
                     GVariant  *args,
                     gpointer   user_data)
{
  AtelierCurve *self = ATELIER_CURVE (widget);

  if (atelier_curve_view_get_cursor (self->view) == 0)
    return FALSE;

  atelier_curve_view_set_cursor (self->view, 0);

  return TRUE;
}

static gboolean
on_choose_epoch_cb (GtkWidget *widget,
                    GVariant  *args,
                    gpointer   user_data)
{
  AtelierCurve *self = ATELIER_CURVE (widget);

  if (atelier_curve_get_i_cursor (self) < 0)
    return FALSE;

  atelier_focus_set_epoch (self->focus, atelier_curve_view_get_cursor (self->view));

  return TRUE;
}

static gboolean
on_zoom_cb (GtkWidget *widget,
            GVariant  *args,
            gpointer   user_data)
{
  AtelierCurve *self = ATELIER_CURVE (widget);
  double factor = g_variant_get_double (args);
  int i_cursor = atelier_curve_get_i_cursor (self);
  double x_min, x_max, center;

  get_shown_range (self, &x_min, &x_max);
  center = i_cursor >= 0 ? atelier_curve_figures_get_x (self->figures, i_cursor)
                         : (x_min + x_max) / 2.0;
  zoom_to (self, center + (x_min - center) * factor, center + (x_max - center) * factor);

  return TRUE;
}

static gboolean
on_reset_zoom_cb (GtkWidget *widget,
                  GVariant  *args,
                  gpointer   user_data)
{
  atelier_curve_view_reset_zoom (ATELIER_CURVE (widget)->view);

  return TRUE;
}

/* As when the pointer leaves.  In a window that is left the chart still has the focus, and its
 * figures stay, so that they can be copied into another. */
static void
on_focus_leave_cb (AtelierCurve *self)
{
  if (!self->has_hover && !gtk_widget_is_focus (GTK_WIDGET (self)))
    atelier_curve_view_set_cursor (self->view, 0);
}

static void
add_cursor_keys (GtkWidgetClass *widget_class)
{
  static const struct { guint keyval; int step; } keys[] = {
    { GDK_KEY_Left, -1 }, { GDK_KEY_KP_Left, -1 },
    { GDK_KEY_Right, 1 }, { GDK_KEY_KP_Right, 1 },
    { GDK_KEY_Page_Up, -PAGE_EPOCHS }, { GDK_KEY_Page_Down, PAGE_EPOCHS },
    { GDK_KEY_Home, -G_MAXINT16 }, { GDK_KEY_End, G_MAXINT16 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    gtk_widget_class_add_binding (widget_class, keys[i].keyval, 0, on_move_cursor_cb, "i",
                                  keys[i].step);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_Escape, 0, on_remove_cursor_cb, NULL);
}

void
atelier_curve_add_keys (GtkWidgetClass *widget_class)
{
  static const guint choose[] = { GDK_KEY_Return, GDK_KEY_KP_Enter, GDK_KEY_space };
  static const guint zoom_in[] = { GDK_KEY_plus, GDK_KEY_equal, GDK_KEY_KP_Add };
  static const guint zoom_out[] = { GDK_KEY_minus, GDK_KEY_KP_Subtract };
  static const guint reset[] = { GDK_KEY_0, GDK_KEY_KP_0 };

  add_cursor_keys (widget_class);
  for (guint i = 0; i < G_N_ELEMENTS (choose); i++)
    gtk_widget_class_add_binding (widget_class, choose[i], 0, on_choose_epoch_cb, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (zoom_in); i++)
    {
      /* On some keyboards, plus needs Shift. */
      gtk_widget_class_add_binding (widget_class, zoom_in[i], 0, on_zoom_cb, "d",
                                    1.0 / ZOOM_STEP);
      gtk_widget_class_add_binding (widget_class, zoom_in[i], GDK_SHIFT_MASK, on_zoom_cb, "d",
                                    1.0 / ZOOM_STEP);
    }
  for (guint i = 0; i < G_N_ELEMENTS (zoom_out); i++)
    gtk_widget_class_add_binding (widget_class, zoom_out[i], 0, on_zoom_cb, "d", ZOOM_STEP);
  for (guint i = 0; i < G_N_ELEMENTS (reset); i++)
    gtk_widget_class_add_binding (widget_class, reset[i], 0, on_reset_zoom_cb, NULL);
}

void
atelier_curve_add_controllers (AtelierCurve *self)
{
  GtkEventController *motion = gtk_event_controller_motion_new ();
  GtkEventController *keys = gtk_event_controller_focus_new ();
  GtkGesture *click = gtk_gesture_click_new ();
  GtkGesture *drag = gtk_gesture_drag_new ();

  g_signal_connect_swapped (motion, "motion", G_CALLBACK (on_motion_cb), self);
  g_signal_connect_swapped (motion, "leave", G_CALLBACK (on_leave_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), motion);

  g_signal_connect_swapped (keys, "leave", G_CALLBACK (on_focus_leave_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), keys);

  g_signal_connect_swapped (click, "released", G_CALLBACK (on_click_released_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (click));

  g_signal_connect_swapped (drag, "drag-begin", G_CALLBACK (on_drag_begin_cb), self);
  g_signal_connect_swapped (drag, "drag-update", G_CALLBACK (on_drag_update_cb), self);
  g_signal_connect_swapped (drag, "drag-end", G_CALLBACK (on_drag_end_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (drag));
}
