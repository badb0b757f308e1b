/* SPDX-License-Identifier: GPL-3.0-or-later */

/* One chart over the run that the focus looks at.
 *
 * The figures are copied once an epoch by AtelierCurveFigures; nothing is made in a snapshot.  New
 * figures only ask for a redraw: the frame clock makes one of any number of them.  One function
 * describes the chart to librender, and its layout serves the drawing, the pointer and the keyboard
 * alike.
 *
 * What the pointer does, a key does too:
 *
 *   over an epoch        its values                  Left, Right, Home, End; Escape takes them away
 *   click                the focus goes there        Enter, space
 *   drag                 zooms in                    plus and minus, around the cursor
 *   double click         all of x again              0
 *
 * A double click begins with a click, which has moved the focus by then: what the focus looked at
 * before is restored.  To wait for the second click with every first one was rejected, since it
 * makes each click slow.  Main thread.
 */

#include "config.h"

#include "atelier-curve.h"

#include <glib/gi18n.h>
#include <math.h>

#include "atelier-theme.h"

#define FONT_SIZE 12.0
#define MIN_WIDTH 220
#define MIN_HEIGHT 150

/* For the menu button that lies over the chart. */
#define HEAD_END 26.0

/* Zooming with keys, and the least that is left of x, in shares. */
#define ZOOM_STEP 1.5
#define MIN_ZOOM 0.002

/* The steps of keys that move by a page. */
#define PAGE_EPOCHS 5

struct _AtelierCurve
{
  GtkWidget            parent_instance;

  AtelierMeasure       measure;
  gboolean             has_hover;   /* whether the pointer set the cursor */
  gboolean             has_band;    /* whether a range is being dragged */
  double               band_start;  /* in the shown unit */
  double               band_end;
  guint                clicked_epoch; /* what the focus looked at before a click */
  gboolean             clicked_live;

  /* Owned */
  AtelierFocus        *focus;   /* nullable until it was set, and so is the view */
  AtelierCurveView    *view;
  AtelierHistory      *history; /* the focus's; nullable */
  AtelierCurveFigures *figures;
  char                *cursor_label;
};

G_DEFINE_FINAL_TYPE (AtelierCurve, atelier_curve, GTK_TYPE_WIDGET)

enum
{
  PROP_MEASURE = 1,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

/* The place of the cursor's epoch in the figures, or -1. */
static int
get_i_cursor (AtelierCurve *self)
{
  return atelier_curve_figures_find (self->figures, atelier_curve_view_get_cursor (self->view));
}

/* The words that a screen reader finds: the cursor's values, or what the run as a whole says. */
static void
update_description (AtelierCurve *self)
{
  g_autofree char *words = NULL;
  const char *name;

  if (get_i_cursor (self) >= 0)
    words = atelier_curve_figures_format (self->figures, self->view, get_i_cursor (self));
  else
    words = self->history ? atelier_history_describe (self->history) : g_strdup ("");

  name = self->measure == ATELIER_MEASURE_LOSS ? _("Loss curves") : _("Accuracy curves");
  gtk_accessible_update_property (GTK_ACCESSIBLE (self),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, name,
                                  GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, words,
                                  -1);
}

static void
update_cursor (AtelierCurve *self)
{
  g_clear_pointer (&self->cursor_label, g_free);
  if (get_i_cursor (self) >= 0)
    self->cursor_label =
      atelier_curve_figures_format_epoch (self->figures, get_i_cursor (self));

  update_description (self);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static void
fill_figures (AtelierCurve *self)
{
  AtelierDataset *dataset = atelier_focus_get_dataset (self->focus);
  guint n_images = dataset ? atelier_dataset_get_n_images (dataset, ATELIER_SPLIT_TRAIN) : 0;

  atelier_curve_figures_fill (self->figures, self->history, n_images,
                              atelier_curve_view_get_unit (self->view));
  update_cursor (self);
}

static void
disconnect_history (AtelierCurve *self)
{
  if (self->history)
    g_signal_handlers_disconnect_by_data (self->history, self);
  g_clear_object (&self->history);
}

/* Another epoch moves the mark; another run begins without a cursor and with all of x. */
static void
on_focus_changed_cb (AtelierCurve *self)
{
  AtelierHistory *history = atelier_focus_get_history (self->focus);

  gtk_widget_queue_draw (GTK_WIDGET (self));
  if (self->history == history)
    return;

  disconnect_history (self);
  if (history)
    {
      self->history = g_object_ref (history);
      g_signal_connect_swapped (history, "items-changed", G_CALLBACK (fill_figures), self);
      g_signal_connect_swapped (history, "batches-changed", G_CALLBACK (gtk_widget_queue_draw),
                                self);
    }
  fill_figures (self);
  atelier_curve_view_reset (self->view);
}

/* Between places and the chart */

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

/* The finished epoch nearest to a place, or 0: the one hit test. */
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

/* A cursor that a key moved out of the shown part takes the part along. */
static void
show_cursor (AtelierCurve *self)
{
  double x_min, x_max, x, shift;

  if (get_i_cursor (self) < 0 || !atelier_curve_view_get_zoom (self->view, &x_min, &x_max))
    return;

  x = atelier_curve_figures_get_x (self->figures, get_i_cursor (self));
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
  int i = get_i_cursor (self);

  if (n == 0)
    return FALSE;

  self->has_hover = FALSE;
  /* Without a cursor the first key puts it where the focus is. */
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

  if (get_i_cursor (self) < 0)
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
  double x_min, x_max, center;

  get_shown_range (self, &x_min, &x_max);
  center = get_i_cursor (self) >= 0
             ? atelier_curve_figures_get_x (self->figures, get_i_cursor (self))
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

/* Overrides */

static void
atelier_curve_measure (GtkWidget      *widget,
                       GtkOrientation  orientation,
                       int             for_size,
                       int            *minimum,
                       int            *natural,
                       int            *minimum_baseline,
                       int            *natural_baseline)
{
  *minimum = orientation == GTK_ORIENTATION_HORIZONTAL ? MIN_WIDTH : MIN_HEIGHT;
  *natural = *minimum;
}

static void
mark_chart (AtelierCurve *self,
            AtelierChart *chart)
{
  int i_mark = atelier_curve_figures_find (self->figures, atelier_focus_get_epoch (self->focus));
  int i_cursor = get_i_cursor (self);

  if (i_mark >= 0)
    {
      chart->has_mark = TRUE;
      chart->mark_x = atelier_curve_figures_get_x (self->figures, i_mark);
    }
  if (i_cursor >= 0)
    {
      chart->has_cursor = TRUE;
      chart->cursor_x = atelier_curve_figures_get_x (self->figures, i_cursor);
      chart->cursor_label = self->cursor_label;
    }
  chart->has_band = self->has_band;
  chart->band_start = self->band_start;
  chart->band_end = self->band_end;
}

static void
atelier_curve_snapshot (GtkWidget   *widget,
                        GtkSnapshot *snapshot)
{
  AtelierCurve *self = ATELIER_CURVE (widget);
  int width = gtk_widget_get_width (widget);
  int height = gtk_widget_get_height (widget);
  PangoFontDescription *font =
    pango_context_get_font_description (gtk_widget_get_pango_context (widget));
  AtelierSeries series[ATELIER_CURVE_MAX_SERIES];
  AtelierPalette palette;
  AtelierChart chart;
  cairo_t *cr;

  if (self->focus == NULL)
    return;

  atelier_curve_describe (self, series, &chart);
  mark_chart (self, &chart);
  chart.font = pango_font_description_get_family (font);
  atelier_theme_get_palette (widget, &palette);

  cr = gtk_snapshot_append_cairo (snapshot, &GRAPHENE_RECT_INIT (0, 0, width, height));
  atelier_chart_draw (&chart, &palette, cr, width, height);
  cairo_destroy (cr);
}

static void
atelier_curve_get_property (GObject    *object,
                            guint       property_id,
                            GValue     *value,
                            GParamSpec *pspec)
{
  AtelierCurve *self = ATELIER_CURVE (object);

  switch (property_id)
    {
    case PROP_MEASURE:
      g_value_set_int (value, self->measure);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
atelier_curve_set_property (GObject      *object,
                            guint         property_id,
                            const GValue *value,
                            GParamSpec   *pspec)
{
  AtelierCurve *self = ATELIER_CURVE (object);

  switch (property_id)
    {
    case PROP_MEASURE:
      self->measure = g_value_get_int (value);
      self->figures = atelier_curve_figures_new (self->measure);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
atelier_curve_dispose (GObject *object)
{
  AtelierCurve *self = ATELIER_CURVE (object);

  disconnect_history (self);
  g_clear_object (&self->focus);
  g_clear_object (&self->view);

  G_OBJECT_CLASS (atelier_curve_parent_class)->dispose (object);
}

static void
atelier_curve_finalize (GObject *object)
{
  AtelierCurve *self = ATELIER_CURVE (object);

  g_clear_pointer (&self->figures, atelier_curve_figures_free);
  g_free (self->cursor_label);

  G_OBJECT_CLASS (atelier_curve_parent_class)->finalize (object);
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

static void
add_keys (GtkWidgetClass *widget_class)
{
  static const guint choose[] = { GDK_KEY_Return, GDK_KEY_KP_Enter, GDK_KEY_space };
  static const guint zoom_in[] = { GDK_KEY_plus, GDK_KEY_equal, GDK_KEY_KP_Add };
  static const guint zoom_out[] = { GDK_KEY_minus, GDK_KEY_KP_Subtract };
  static const guint reset[] = { GDK_KEY_0, GDK_KEY_KP_0 };

  for (guint i = 0; i < G_N_ELEMENTS (choose); i++)
    gtk_widget_class_add_binding (widget_class, choose[i], 0, on_choose_epoch_cb, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (zoom_in); i++)
    {
      /* Plus needs Shift on some keyboards. */
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

static void
atelier_curve_class_init (AtelierCurveClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = atelier_curve_get_property;
  object_class->set_property = atelier_curve_set_property;
  object_class->dispose = atelier_curve_dispose;
  object_class->finalize = atelier_curve_finalize;
  widget_class->measure = atelier_curve_measure;
  widget_class->snapshot = atelier_curve_snapshot;

  properties[PROP_MEASURE] =
    g_param_spec_int ("measure", NULL, NULL, 0, ATELIER_N_MEASURES - 1, 0,
                      G_PARAM_READWRITE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  add_cursor_keys (widget_class);
  add_keys (widget_class);
  gtk_widget_class_set_css_name (widget_class, "curve");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_IMG);
}

static void
add_controllers (AtelierCurve *self)
{
  GtkEventController *motion = gtk_event_controller_motion_new ();
  GtkGesture *click = gtk_gesture_click_new ();
  GtkGesture *drag = gtk_gesture_drag_new ();

  g_signal_connect_swapped (motion, "motion", G_CALLBACK (on_motion_cb), self);
  g_signal_connect_swapped (motion, "leave", G_CALLBACK (on_leave_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), motion);

  g_signal_connect_swapped (click, "released", G_CALLBACK (on_click_released_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (click));

  g_signal_connect_swapped (drag, "drag-begin", G_CALLBACK (on_drag_begin_cb), self);
  g_signal_connect_swapped (drag, "drag-update", G_CALLBACK (on_drag_update_cb), self);
  g_signal_connect_swapped (drag, "drag-end", G_CALLBACK (on_drag_end_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (drag));
}

static void
atelier_curve_init (AtelierCurve *self)
{
  atelier_theme_watch (GTK_WIDGET (self), gtk_widget_queue_draw);
}

void
atelier_curve_set_focus (AtelierCurve     *self,
                         AtelierFocus     *focus,
                         AtelierCurveView *view)
{
  g_return_if_fail (ATELIER_IS_CURVE (self));
  g_return_if_fail (ATELIER_IS_FOCUS (focus));
  g_return_if_fail (ATELIER_IS_CURVE_VIEW (view));
  g_return_if_fail (self->focus == NULL);

  self->focus = g_object_ref (focus);
  self->view = g_object_ref (view);
  g_signal_connect_object (focus, "changed", G_CALLBACK (on_focus_changed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (view, "notify::unit", G_CALLBACK (fill_figures), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (view, "changed", G_CALLBACK (update_cursor), self, G_CONNECT_SWAPPED);

  gtk_widget_set_focusable (GTK_WIDGET (self), TRUE);
  add_controllers (self);
  fill_figures (self);
  on_focus_changed_cb (self);
}

void
atelier_curve_describe (AtelierCurve  *self,
                        AtelierSeries *series,
                        AtelierChart  *chart)
{
  g_return_if_fail (ATELIER_IS_CURVE (self));
  g_return_if_fail (self->focus != NULL);

  atelier_curve_figures_describe (self->figures, self->view, series, chart);
  chart->font_size = FONT_SIZE;
  chart->head_end = HEAD_END;
}
