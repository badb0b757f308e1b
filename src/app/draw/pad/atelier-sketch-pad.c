/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Keys begin and end the same strokes as the pointer.  With the line tool, pressing and releasing
 * the key without moving sets the first end, and the next press sets the second.
 *
 * GtkGestureDrag handles mouse, touch and pen: a pen's pressure is an axis of its events, and the
 * moves that GDK merged since the last frame are in the event's history.  GtkGestureStylus was
 * rejected because it would handle the same events a second time.
 */

#include "config.h"

#include "draw/pad/atelier-sketch-pad.h"

#include <glib/gi18n.h>

#include "draw/pad/atelier-pad-snapshot.h"

#define MINIMUM_CELL 6
#define NATURAL_CELL 14
#define CURSOR_STEP 4

struct _AtelierSketchPad
{
  GtkWidget parent_instance;

  /* Owned */
  AtelierSketch *sketch;

  /* Template children */
  GtkGesture *drag;

  /* The stroke in progress: of the pointer, or of the key that is held. */
  gboolean    is_stroking;
  guint       stroke_key;  /* 0 where the pointer draws */
  gboolean    is_key_down; /* to ignore key repeat */
  gboolean    has_moved;   /* the cell cursor has, since the stroke began */
  gboolean    erases; /* for this stroke only, whatever the tool is */
  AtelierTool tool_before;

  double      pointer_x; /* in the widget */
  double      pointer_y;
  gboolean    has_pointer;
  guint       cursor_column;
  guint       cursor_row;
  gboolean    has_cursor; /* the keyboard was used last */
};

G_DEFINE_FINAL_TYPE (AtelierSketchPad, atelier_sketch_pad, GTK_TYPE_WIDGET)

enum
{
  PROP_SKETCH = 1,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

/* Converts the widget's coordinates to those of the drawing. */
static void
widget_to_sketch (AtelierSketchPad *self,
                  double           *x,
                  double           *y)
{
  double left;
  double top;
  double cell;

  atelier_sketch_pad_get_frame (self, &left, &top, &cell);
  *x = (*x - left) / cell;
  *y = (*y - top) / cell;
}

/* The pen's pressure, 0 to 1; 1 for devices without pressure. */
static double
get_pressure (GdkEvent *event)
{
  GdkDeviceTool *tool = event ? gdk_event_get_device_tool (event) : NULL;
  double pressure;

  if (tool && (gdk_device_tool_get_axes (tool) & GDK_AXIS_FLAG_PRESSURE)
      && gdk_event_get_axis (event, GDK_AXIS_PRESSURE, &pressure))
    return CLAMP (pressure, 0.05, 1.0);
  return 1.0;
}

/* The right button and the eraser end of a pen erase. */
static gboolean
is_eraser_event (AtelierSketchPad *self,
                 GdkEvent         *event)
{
  GdkDeviceTool *tool = event ? gdk_event_get_device_tool (event) : NULL;

  if (tool && gdk_device_tool_get_tool_type (tool) == GDK_DEVICE_TOOL_TYPE_ERASER)
    return TRUE;
  return gtk_gesture_single_get_current_button (GTK_GESTURE_SINGLE (self->drag))
         == GDK_BUTTON_SECONDARY;
}

/* Sets the accessible description to the tool's keys; moving the cursor replaces it by the cursor's
 * place. */
static void
describe_tool (AtelierSketchPad *self)
{
  static const char *const descriptions[ATELIER_N_TOOLS] = {
    [ATELIER_TOOL_BRUSH] = N_("Brush. Arrow keys move the cursor, Space paints, Shift and Space "
                              "erases."),
    [ATELIER_TOOL_ERASER] = N_("Eraser. Arrow keys move the cursor, Space erases."),
    [ATELIER_TOOL_FILL] = N_("Fill. Arrow keys move the cursor, Space fills the area that it is "
                             "in."),
    [ATELIER_TOOL_LINE] = N_("Line. Space starts a line, arrow keys draw it out, Space ends it."),
    [ATELIER_TOOL_MOVE] = N_("Move. Arrow keys move the whole drawing."),
  };

  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                  _(descriptions[atelier_sketch_get_tool (self->sketch)]), -1);
}

static void
describe_cursor (AtelierSketchPad *self)
{
  g_autofree char *text = NULL;
  guint width;
  guint grey;

  if (!self->sketch || !self->has_cursor)
    return;
  width = atelier_sketch_get_width (self->sketch);
  grey = atelier_sketch_get_pixels (self->sketch)[self->cursor_row * width + self->cursor_column];
  /* Translators: where the cell cursor of the drawing pad is, and how light the pixel there is,
   * from 0 to 255. */
  text = g_strdup_printf (_("Row %u, column %u, grey %u"), self->cursor_row + 1,
                          self->cursor_column + 1, grey);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, text,
                                  -1);
}

/* Strokes */

static void
begin_stroke (AtelierSketchPad *self,
              double            x,
              double            y,
              double            pressure,
              gboolean          erases,
              guint             key)
{
  self->tool_before = atelier_sketch_get_tool (self->sketch);
  self->is_stroking = TRUE;
  self->erases = erases;
  if (erases)
    atelier_sketch_set_tool (self->sketch, ATELIER_TOOL_ERASER);
  self->stroke_key = key;
  self->is_key_down = key != 0;
  self->has_moved = FALSE;
  atelier_sketch_begin_stroke (self->sketch, x, y, pressure);
}

static void
finish_stroke (AtelierSketchPad *self,
               gboolean          keeps)
{
  if (!self->is_stroking)
    return;
  self->stroke_key = 0;
  if (keeps)
    atelier_sketch_end_stroke (self->sketch);
  else
    atelier_sketch_cancel_stroke (self->sketch);
  if (self->erases)
    atelier_sketch_set_tool (self->sketch, self->tool_before);
  self->is_stroking = FALSE;
}

/* Continues the stroke through the positions that GDK merged into @event. */
static void
continue_through_history (AtelierSketchPad *self,
                          GdkEvent         *event)
{
  const GdkAxisFlags place = GDK_AXIS_FLAG_X | GDK_AXIS_FLAG_Y;
  GtkNative *native = gtk_widget_get_native (GTK_WIDGET (self));
  g_autofree GdkTimeCoord *history = NULL;
  guint n_points = 0;
  double surface_x;
  double surface_y;

  if (!event || gdk_event_get_event_type (event) != GDK_MOTION_NOTIFY)
    return;
  history = gdk_event_get_history (event, &n_points);
  gtk_native_get_surface_transform (native, &surface_x, &surface_y);
  for (guint i = 0; i < n_points; i++)
    {
      const GdkTimeCoord *point = &history[i];
      double x = point->axes[GDK_AXIS_X] - surface_x;
      double y = point->axes[GDK_AXIS_Y] - surface_y;
      double pressure = 1.0;

      if ((point->flags & place) != place
          || !gtk_widget_translate_coordinates (GTK_WIDGET (native), GTK_WIDGET (self), x, y, &x,
                                                &y))
        continue;
      if (point->flags & GDK_AXIS_FLAG_PRESSURE)
        pressure = CLAMP (point->axes[GDK_AXIS_PRESSURE], 0.05, 1.0);
      widget_to_sketch (self, &x, &y);
      atelier_sketch_continue_stroke (self->sketch, x, y, pressure);
    }
}

/* Pointer, touch and pen */

static void
on_drag_begin_cb (AtelierSketchPad *self,
                  double            x,
                  double            y,
                  GtkGestureDrag   *gesture)
{
  GdkEvent *event = gtk_event_controller_get_current_event (GTK_EVENT_CONTROLLER (gesture));
  guint button = gtk_gesture_single_get_current_button (GTK_GESTURE_SINGLE (gesture));

  if (!self->sketch || button == GDK_BUTTON_MIDDLE)
    {
      gtk_gesture_set_state (GTK_GESTURE (gesture), GTK_EVENT_SEQUENCE_DENIED);
      return;
    }
  gtk_widget_grab_focus (GTK_WIDGET (self));
  gtk_gesture_set_state (GTK_GESTURE (gesture), GTK_EVENT_SEQUENCE_CLAIMED);
  finish_stroke (self, TRUE);
  self->has_cursor = FALSE;
  widget_to_sketch (self, &x, &y);
  begin_stroke (self, x, y, get_pressure (event), is_eraser_event (self, event), 0);
}

static void
on_drag_update_cb (AtelierSketchPad *self,
                   double            offset_x,
                   double            offset_y,
                   GtkGestureDrag   *gesture)
{
  GdkEvent *event = gtk_event_controller_get_current_event (GTK_EVENT_CONTROLLER (gesture));
  double x;
  double y;

  if (!self->is_stroking || self->stroke_key != 0
      || !gtk_gesture_drag_get_start_point (gesture, &x, &y))
    return;
  continue_through_history (self, event);
  x += offset_x;
  y += offset_y;
  self->pointer_x = x;
  self->pointer_y = y;
  widget_to_sketch (self, &x, &y);
  atelier_sketch_continue_stroke (self->sketch, x, y, get_pressure (event));
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static void
on_drag_end_cb (AtelierSketchPad *self)
{
  if (self->stroke_key == 0)
    finish_stroke (self, TRUE);
}

static void
on_drag_cancel_cb (AtelierSketchPad *self)
{
  if (self->stroke_key == 0)
    finish_stroke (self, FALSE);
}

static void
on_motion_cb (AtelierSketchPad *self,
              double            x,
              double            y)
{
  self->pointer_x = x;
  self->pointer_y = y;
  self->has_pointer = TRUE;
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static void
on_motion_leave_cb (AtelierSketchPad *self)
{
  self->has_pointer = FALSE;
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

/* Keyboard */

static gboolean
get_key_direction (guint  keyval,
                   int   *d_column,
                   int   *d_row)
{
  *d_column = 0;
  *d_row = 0;
  switch (keyval)
    {
    case GDK_KEY_Left:
    case GDK_KEY_KP_Left:
      *d_column = -1;
      return TRUE;
    case GDK_KEY_Right:
    case GDK_KEY_KP_Right:
      *d_column = 1;
      return TRUE;
    case GDK_KEY_Up:
    case GDK_KEY_KP_Up:
      *d_row = -1;
      return TRUE;
    case GDK_KEY_Down:
    case GDK_KEY_KP_Down:
      *d_row = 1;
      return TRUE;
    default:
      return FALSE;
    }
}

static void
move_cursor (AtelierSketchPad *self,
             int               d_column,
             int               d_row)
{
  int last_column = (int) atelier_sketch_get_width (self->sketch) - 1;
  int last_row = (int) atelier_sketch_get_height (self->sketch) - 1;

  self->cursor_column = (guint) CLAMP ((int) self->cursor_column + d_column, 0, last_column);
  self->cursor_row = (guint) CLAMP ((int) self->cursor_row + d_row, 0, last_row);
  if (self->stroke_key == 0)
    return;
  self->has_moved = TRUE;
  atelier_sketch_continue_stroke (self->sketch, self->cursor_column + 0.5, self->cursor_row + 0.5,
                                  1.0);
}

static gboolean
is_space (guint keyval)
{
  return keyval == GDK_KEY_space || keyval == GDK_KEY_KP_Space;
}

/* Moves the cursor, or with the move tool the drawing. */
static void
move_by (AtelierSketchPad *self,
         int               d_column,
         int               d_row)
{
  if (atelier_sketch_get_tool (self->sketch) == ATELIER_TOOL_MOVE && !self->is_stroking)
    atelier_sketch_shift (self->sketch, d_column, d_row);
  else
    move_cursor (self, d_column, d_row);
}

/* Begins a stroke, or ends a line that waits for its second end.  Ignores key repeat. */
static void
press_stroke_key (AtelierSketchPad *self,
                  guint             keyval,
                  gboolean          erases)
{
  if (!self->is_stroking)
    {
      if (erases || atelier_sketch_get_tool (self->sketch) != ATELIER_TOOL_MOVE)
        begin_stroke (self, self->cursor_column + 0.5, self->cursor_row + 0.5, 1.0, erases, keyval);
    }
  else if (self->stroke_key == keyval && !self->is_key_down)
    {
      finish_stroke (self, TRUE);
    }
}

static gboolean
on_key_pressed_cb (AtelierSketchPad *self,
                   guint             keyval,
                   guint             keycode,
                   GdkModifierType   modifiers)
{
  int step = modifiers & GDK_CONTROL_MASK ? CURSOR_STEP : 1;
  gboolean erases = keyval == GDK_KEY_BackSpace || modifiers & GDK_SHIFT_MASK;
  int d_column;
  int d_row;

  if (!self->sketch)
    return GDK_EVENT_PROPAGATE;
  if (get_key_direction (keyval, &d_column, &d_row))
    {
      move_by (self, d_column * step, d_row * step);
    }
  else if ((is_space (keyval) || keyval == GDK_KEY_BackSpace) && !(modifiers & GDK_CONTROL_MASK))
    {
      press_stroke_key (self, keyval, erases);
    }
  else if (keyval == GDK_KEY_Escape && self->is_stroking)
    {
      finish_stroke (self, FALSE);
    }
  else
    {
      return GDK_EVENT_PROPAGATE;
    }
  self->has_cursor = TRUE;
  describe_cursor (self);
  gtk_widget_queue_draw (GTK_WIDGET (self));
  return GDK_EVENT_STOP;
}

static void
on_key_released_cb (AtelierSketchPad *self,
                    guint             keyval)
{
  if (self->stroke_key == 0 || keyval != self->stroke_key)
    return;
  self->is_key_down = FALSE;
  if (atelier_sketch_get_tool (self->sketch) == ATELIER_TOOL_LINE && !self->has_moved)
    return;
  finish_stroke (self, TRUE);
  describe_cursor (self);
}

static void
on_focus_enter_cb (AtelierSketchPad *self)
{
  self->has_cursor = gtk_widget_has_visible_focus (GTK_WIDGET (self));
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static void
on_focus_leave_cb (AtelierSketchPad *self)
{
  if (self->stroke_key != 0)
    finish_stroke (self, TRUE);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

/* Drawing */

static gboolean
has_brush (AtelierSketchPad *self)
{
  AtelierTool tool = atelier_sketch_get_tool (self->sketch);

  return tool == ATELIER_TOOL_BRUSH || tool == ATELIER_TOOL_ERASER || tool == ATELIER_TOOL_LINE;
}

static void
atelier_sketch_pad_snapshot (GtkWidget   *widget,
                             GtkSnapshot *snapshot)
{
  AtelierSketchPad *self = ATELIER_SKETCH_PAD (widget);
  GdkRGBA accent = { 0.21f, 0.52f, 0.89f, 1.0f };
  AtelierPadFrame frame;
  graphene_rect_t bounds;

  if (!self->sketch)
    return;
  atelier_sketch_pad_get_frame (self, &frame.x, &frame.y, &frame.cell);
  bounds = atelier_pad_frame_get_bounds (&frame, self->sketch);
  atelier_pad_snapshot_push_clip (snapshot, &bounds);
  atelier_pad_snapshot_drawing (snapshot, &frame, self->sketch);
  if (self->has_pointer && has_brush (self))
    atelier_pad_snapshot_brush (snapshot, &frame, self->sketch, self->pointer_x, self->pointer_y);
  if (self->has_cursor && gtk_widget_has_focus (widget)
      && atelier_sketch_get_tool (self->sketch) != ATELIER_TOOL_MOVE)
    atelier_pad_snapshot_cell (snapshot, &frame, self->cursor_column, self->cursor_row);
  gtk_snapshot_pop (snapshot);

  if (!gtk_widget_has_visible_focus (widget))
    return;
  gtk_style_context_lookup_color (gtk_widget_get_style_context (widget), "accent_bg_color",
                                  &accent);
  atelier_pad_snapshot_focus (snapshot, &bounds, &accent);
}

static void
atelier_sketch_pad_measure (GtkWidget      *widget,
                            GtkOrientation  orientation,
                            int             for_size,
                            int            *minimum,
                            int            *natural,
                            int            *minimum_baseline,
                            int            *natural_baseline)
{
  AtelierSketchPad *self = ATELIER_SKETCH_PAD (widget);
  guint n_cells = 28;

  if (self->sketch && orientation == GTK_ORIENTATION_HORIZONTAL)
    n_cells = atelier_sketch_get_width (self->sketch);
  else if (self->sketch)
    n_cells = atelier_sketch_get_height (self->sketch);
  *minimum = (int) MIN (n_cells, 64) * MINIMUM_CELL;
  *natural = (int) MIN (n_cells, 64) * NATURAL_CELL;
}

static void
on_sketch_changed_cb (AtelierSketchPad *self)
{
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

/* The outline of the brush replaces the pointer; tools without an outline have a pointer. */
static void
on_sketch_notify_tool_cb (AtelierSketchPad *self)
{
  AtelierTool tool = atelier_sketch_get_tool (self->sketch);

  /* Erasing with Shift or with a pen's eraser end changes the tool for one stroke only. */
  if (self->is_stroking)
    return;
  gtk_widget_set_cursor_from_name (GTK_WIDGET (self),
                                   tool == ATELIER_TOOL_MOVE ? "move" : "crosshair");
  describe_tool (self);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static void
atelier_sketch_pad_get_property (GObject    *object,
                                 guint       property_id,
                                 GValue     *value,
                                 GParamSpec *pspec)
{
  AtelierSketchPad *self = ATELIER_SKETCH_PAD (object);

  switch (property_id)
    {
    case PROP_SKETCH:
      g_value_set_object (value, self->sketch);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
atelier_sketch_pad_set_property (GObject      *object,
                                 guint         property_id,
                                 const GValue *value,
                                 GParamSpec   *pspec)
{
  switch (property_id)
    {
    case PROP_SKETCH:
      atelier_sketch_pad_set_sketch (ATELIER_SKETCH_PAD (object), g_value_get_object (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
atelier_sketch_pad_dispose (GObject *object)
{
  AtelierSketchPad *self = ATELIER_SKETCH_PAD (object);

  atelier_sketch_pad_set_sketch (self, NULL);
  gtk_widget_dispose_template (GTK_WIDGET (self), ATELIER_TYPE_SKETCH_PAD);
  G_OBJECT_CLASS (atelier_sketch_pad_parent_class)->dispose (object);
}

static void
atelier_sketch_pad_class_init (AtelierSketchPadClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = atelier_sketch_pad_get_property;
  object_class->set_property = atelier_sketch_pad_set_property;
  object_class->dispose = atelier_sketch_pad_dispose;
  widget_class->snapshot = atelier_sketch_pad_snapshot;
  widget_class->measure = atelier_sketch_pad_measure;

  properties[PROP_SKETCH] =
    g_param_spec_object ("sketch", NULL, NULL, ATELIER_TYPE_SKETCH,
                         G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  gtk_widget_class_set_css_name (widget_class, "sketchpad");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_IMG);
  gtk_widget_class_set_template_from_resource (
    widget_class, "/io/github/atelier_nn/Atelier/draw/pad/atelier-sketch-pad.ui");
  gtk_widget_class_bind_template_child (widget_class, AtelierSketchPad, drag);
  gtk_widget_class_bind_template_callback (widget_class, on_drag_begin_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_drag_update_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_drag_end_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_drag_cancel_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_motion_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_motion_leave_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_key_pressed_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_key_released_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_focus_enter_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_focus_leave_cb);
}

static void
atelier_sketch_pad_init (AtelierSketchPad *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

AtelierSketch *
atelier_sketch_pad_get_sketch (AtelierSketchPad *self)
{
  g_return_val_if_fail (ATELIER_IS_SKETCH_PAD (self), NULL);

  return self->sketch;
}

void
atelier_sketch_pad_set_sketch (AtelierSketchPad *self,
                               AtelierSketch    *sketch)
{
  g_return_if_fail (ATELIER_IS_SKETCH_PAD (self));
  g_return_if_fail (sketch == NULL || ATELIER_IS_SKETCH (sketch));

  if (self->sketch == sketch)
    return;
  finish_stroke (self, TRUE);
  if (self->sketch)
    g_signal_handlers_disconnect_by_data (self->sketch, self);
  g_set_object (&self->sketch, sketch);
  if (sketch)
    {
      g_signal_connect_object (sketch, "changed", G_CALLBACK (on_sketch_changed_cb), self,
                               G_CONNECT_SWAPPED);
      g_signal_connect_object (sketch, "notify::brush-size", G_CALLBACK (on_sketch_changed_cb),
                               self, G_CONNECT_SWAPPED);
      g_signal_connect_object (sketch, "notify::mirrors", G_CALLBACK (on_sketch_changed_cb), self,
                               G_CONNECT_SWAPPED);
      g_signal_connect_object (sketch, "notify::tool", G_CALLBACK (on_sketch_notify_tool_cb), self,
                               G_CONNECT_SWAPPED);
      on_sketch_notify_tool_cb (self);
      self->cursor_column = atelier_sketch_get_width (sketch) / 2;
      self->cursor_row = atelier_sketch_get_height (sketch) / 2;
    }
  gtk_widget_queue_resize (GTK_WIDGET (self));
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SKETCH]);
}

void
atelier_sketch_pad_get_frame (AtelierSketchPad *self,
                              double           *x,
                              double           *y,
                              double           *cell)
{
  guint n_columns;
  guint n_rows;
  int width;
  int height;

  g_return_if_fail (ATELIER_IS_SKETCH_PAD (self));
  g_return_if_fail (self->sketch != NULL);

  n_columns = atelier_sketch_get_width (self->sketch);
  n_rows = atelier_sketch_get_height (self->sketch);
  width = gtk_widget_get_width (GTK_WIDGET (self));
  height = gtk_widget_get_height (GTK_WIDGET (self));
  *cell = MAX (MIN (width / (int) n_columns, height / (int) n_rows), 1);
  *x = (width - (int) (n_columns * *cell)) / 2;
  *y = (height - (int) (n_rows * *cell)) / 2;
}

