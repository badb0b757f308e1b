/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The sliders, the buttons and the actions follow the sketch through one binding group and one
 * signal group, so that adopt_sketch () replaces the sketch for all of them.
 */

#include "config.h"

#include "draw/pad/atelier-sketch-board.h"

#include <glib/gi18n.h>

#include "base/atelier-format.h"
#include "draw/pad/atelier-sketch-pad.h"
#include "kit/atelier-number-order.h"
#include "picture/atelier-input.h"

#define DEFAULT_SIDE 28

struct _AtelierSketchBoard
{
  GtkBox parent_instance;

  /* Owned */
  AtelierSketch      *sketch;
  GSimpleActionGroup *actions;
  GBindingGroup      *sketch_bindings;
  GSignalGroup       *sketch_signals;

  /* Template children */
  AtelierSketchPad *pad;
  GtkAdjustment    *size_adjustment;
  GtkAdjustment    *grey_adjustment;
  GtkAdjustment    *softness_adjustment;
};

G_DEFINE_FINAL_TYPE (AtelierSketchBoard, atelier_sketch_board, GTK_TYPE_BOX)

enum
{
  SIGNAL_CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

/* The states of the action "tool". */
static const char *const tool_names[ATELIER_N_TOOLS] = {
  [ATELIER_TOOL_BRUSH] = "brush",
  [ATELIER_TOOL_ERASER] = "eraser",
  [ATELIER_TOOL_FILL] = "fill",
  [ATELIER_TOOL_LINE] = "line",
  [ATELIER_TOOL_MOVE] = "move",
};

static void
on_sketch_changed_cb (AtelierSketchBoard *self)
{
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

static void
on_sketch_notify_tool_cb (AtelierSketchBoard *self)
{
  GAction *action = g_action_map_lookup_action (G_ACTION_MAP (self->actions), "tool");
  const char *name = tool_names[atelier_sketch_get_tool (self->sketch)];

  g_simple_action_set_state (G_SIMPLE_ACTION (action), g_variant_new_string (name));
}

static void
on_sketch_notify_mirrors_cb (AtelierSketchBoard *self)
{
  GAction *action = g_action_map_lookup_action (G_ACTION_MAP (self->actions), "mirror");
  gboolean mirrors = atelier_sketch_get_mirrors (self->sketch);

  g_simple_action_set_state (G_SIMPLE_ACTION (action), g_variant_new_boolean (mirrors));
}

/* Copies a drawing into one of another size. */
static void
copy_fitted (AtelierSketch *from,
             AtelierSketch *to)
{
  g_autoptr (AtelierInputResult) fitted = NULL;
  guint width = atelier_sketch_get_width (from);
  AtelierInput input;

  atelier_input_init_fashion (&input, atelier_sketch_get_height (to),
                              atelier_sketch_get_width (to));
  atelier_input_adapt_to_drawing (&input, TRUE);
  fitted = atelier_input_run_grey (&input, atelier_sketch_get_pixels (from), width,
                                   atelier_sketch_get_height (from), width);
  atelier_sketch_set_pixels (to, fitted->stages[ATELIER_STAGE_RESULT].pixels);
}

static void
adopt_sketch (AtelierSketchBoard *self,
              AtelierSketch      *sketch)
{
  g_set_object (&self->sketch, sketch);
  g_binding_group_set_source (self->sketch_bindings, sketch);
  g_signal_group_set_target (self->sketch_signals, sketch);
  atelier_sketch_pad_set_sketch (self->pad, sketch);
  on_sketch_notify_tool_cb (self);
  on_sketch_notify_mirrors_cb (self);
}

/* Actions */

static void
on_undo_cb (GSimpleAction *action,
            GVariant      *parameter,
            gpointer       user_data)
{
  atelier_sketch_undo (ATELIER_SKETCH_BOARD (user_data)->sketch);
}

static void
on_redo_cb (GSimpleAction *action,
            GVariant      *parameter,
            gpointer       user_data)
{
  atelier_sketch_redo (ATELIER_SKETCH_BOARD (user_data)->sketch);
}

static void
on_clear_cb (GSimpleAction *action,
             GVariant      *parameter,
             gpointer       user_data)
{
  atelier_sketch_clear (ATELIER_SKETCH_BOARD (user_data)->sketch);
}

static void
on_tool_change_state_cb (GSimpleAction *action,
                         GVariant      *value,
                         gpointer       user_data)
{
  const char *name = g_variant_get_string (value, NULL);

  /* The action's state is set when the sketch notifies. */
  for (guint tool = 0; tool < ATELIER_N_TOOLS; tool++)
    if (g_str_equal (name, tool_names[tool]))
      atelier_sketch_set_tool (ATELIER_SKETCH_BOARD (user_data)->sketch, (AtelierTool) tool);
}

static void
on_mirror_change_state_cb (GSimpleAction *action,
                           GVariant      *value,
                           gpointer       user_data)
{
  atelier_sketch_set_mirrors (ATELIER_SKETCH_BOARD (user_data)->sketch,
                              g_variant_get_boolean (value));
}

static void
on_brush_size_cb (GSimpleAction *action,
                  GVariant      *parameter,
                  gpointer       user_data)
{
  AtelierSketchBoard *self = ATELIER_SKETCH_BOARD (user_data);
  double change =
    g_variant_get_int32 (parameter) * gtk_adjustment_get_step_increment (self->size_adjustment);

  gtk_adjustment_set_value (self->size_adjustment,
                            gtk_adjustment_get_value (self->size_adjustment) + change);
}

static const GActionEntry action_entries[] = {
  { "undo", on_undo_cb },
  { "redo", on_redo_cb },
  { "clear", on_clear_cb },
  { "tool", NULL, "s", "'brush'", on_tool_change_state_cb },
  { "mirror", NULL, NULL, "false", on_mirror_change_state_cb },
  { "brush-size", on_brush_size_cb, "i" },
};

/* Binds the controls and the actions to the current sketch. */
static void
init_sketch (AtelierSketchBoard *self)
{
  const GBindingFlags both_ways = G_BINDING_SYNC_CREATE | G_BINDING_BIDIRECTIONAL;
  GActionMap *map = G_ACTION_MAP (self->actions);
  g_autoptr (AtelierSketch) sketch = atelier_sketch_new (DEFAULT_SIDE, DEFAULT_SIDE);

  self->sketch_bindings = g_binding_group_new ();
  g_binding_group_bind (self->sketch_bindings, "brush-size", self->size_adjustment, "value",
                        both_ways);
  g_binding_group_bind (self->sketch_bindings, "grey", self->grey_adjustment, "value", both_ways);
  g_binding_group_bind (self->sketch_bindings, "softness", self->softness_adjustment, "value",
                        both_ways);
  g_binding_group_bind (self->sketch_bindings, "can-undo", g_action_map_lookup_action (map, "undo"),
                        "enabled", G_BINDING_SYNC_CREATE);
  g_binding_group_bind (self->sketch_bindings, "can-redo", g_action_map_lookup_action (map, "redo"),
                        "enabled", G_BINDING_SYNC_CREATE);
  g_binding_group_bind (self->sketch_bindings, "is-empty",
                        g_action_map_lookup_action (map, "clear"), "enabled",
                        G_BINDING_SYNC_CREATE | G_BINDING_INVERT_BOOLEAN);

  self->sketch_signals = g_signal_group_new (ATELIER_TYPE_SKETCH);
  g_signal_group_connect_swapped (self->sketch_signals, "changed",
                                  G_CALLBACK (on_sketch_changed_cb), self);
  g_signal_group_connect_swapped (self->sketch_signals, "notify::tool",
                                  G_CALLBACK (on_sketch_notify_tool_cb), self);
  g_signal_group_connect_swapped (self->sketch_signals, "notify::mirrors",
                                  G_CALLBACK (on_sketch_notify_mirrors_cb), self);
  adopt_sketch (self, sketch);
}

/* Texts of the sliders' values */

static char *
format_decimal (AtelierSketchBoard *self,
                double              value)
{
  return g_strdup_printf ("%.1f", value);
}

static char *
format_integer (AtelierSketchBoard *self,
                double              value)
{
  return g_strdup_printf ("%.0f", value);
}

static char *
format_percent (AtelierSketchBoard *self,
                double              value)
{
  g_autofree char *percent = atelier_format_percent (value, 0);

  return atelier_number_order_keep (GTK_WIDGET (self), percent);
}

/* Overrides */

static void
atelier_sketch_board_dispose (GObject *object)
{
  AtelierSketchBoard *self = ATELIER_SKETCH_BOARD (object);

  g_clear_object (&self->sketch_bindings);
  g_clear_object (&self->sketch_signals);
  gtk_widget_dispose_template (GTK_WIDGET (self), ATELIER_TYPE_SKETCH_BOARD);
  G_OBJECT_CLASS (atelier_sketch_board_parent_class)->dispose (object);
}

static void
atelier_sketch_board_finalize (GObject *object)
{
  AtelierSketchBoard *self = ATELIER_SKETCH_BOARD (object);

  g_object_unref (self->sketch);
  g_object_unref (self->actions);
  G_OBJECT_CLASS (atelier_sketch_board_parent_class)->finalize (object);
}

static void
atelier_sketch_board_class_init (AtelierSketchBoardClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = atelier_sketch_board_dispose;
  object_class->finalize = atelier_sketch_board_finalize;

  signals[SIGNAL_CHANGED] = g_signal_new ("changed", ATELIER_TYPE_SKETCH_BOARD, G_SIGNAL_RUN_LAST,
                                          0, NULL, NULL, NULL, G_TYPE_NONE, 0);

  g_type_ensure (ATELIER_TYPE_SKETCH_PAD);
  gtk_widget_class_set_template_from_resource (
    widget_class, "/io/github/atelier_nn/Atelier/draw/pad/atelier-sketch-board.ui");
  gtk_widget_class_bind_template_child (widget_class, AtelierSketchBoard, pad);
  gtk_widget_class_bind_template_child (widget_class, AtelierSketchBoard, size_adjustment);
  gtk_widget_class_bind_template_child (widget_class, AtelierSketchBoard, grey_adjustment);
  gtk_widget_class_bind_template_child (widget_class, AtelierSketchBoard, softness_adjustment);
  gtk_widget_class_bind_template_callback (widget_class, format_decimal);
  gtk_widget_class_bind_template_callback (widget_class, format_integer);
  gtk_widget_class_bind_template_callback (widget_class, format_percent);
}

static void
atelier_sketch_board_init (AtelierSketchBoard *self)
{
  self->actions = g_simple_action_group_new ();
  g_action_map_add_action_entries (G_ACTION_MAP (self->actions), action_entries,
                                   G_N_ELEMENTS (action_entries), self);
  gtk_widget_init_template (GTK_WIDGET (self));
  init_sketch (self);
}

AtelierSketch *
atelier_sketch_board_get_sketch (AtelierSketchBoard *self)
{
  g_return_val_if_fail (ATELIER_IS_SKETCH_BOARD (self), NULL);

  return self->sketch;
}

void
atelier_sketch_board_resize (AtelierSketchBoard *self,
                             guint               width,
                             guint               height)
{
  g_autoptr (AtelierSketch) sketch = NULL;

  g_return_if_fail (ATELIER_IS_SKETCH_BOARD (self));

  if (atelier_sketch_get_width (self->sketch) == width
      && atelier_sketch_get_height (self->sketch) == height)
    return;
  sketch = atelier_sketch_new (width, height);
  atelier_sketch_set_brush_size (sketch, atelier_sketch_get_brush_size (self->sketch));
  atelier_sketch_set_grey (sketch, atelier_sketch_get_grey (self->sketch));
  atelier_sketch_set_softness (sketch, atelier_sketch_get_softness (self->sketch));
  atelier_sketch_set_tool (sketch, atelier_sketch_get_tool (self->sketch));
  atelier_sketch_set_mirrors (sketch, atelier_sketch_get_mirrors (self->sketch));
  atelier_sketch_set_fits (sketch, atelier_sketch_get_fits (self->sketch));
  if (!atelier_sketch_get_is_empty (self->sketch))
    copy_fitted (self->sketch, sketch);
  adopt_sketch (self, sketch);
}

GActionMap *
atelier_sketch_board_get_actions (AtelierSketchBoard *self)
{
  g_return_val_if_fail (ATELIER_IS_SKETCH_BOARD (self), NULL);

  return G_ACTION_MAP (self->actions);
}

void
atelier_sketch_board_take_focus (AtelierSketchBoard *self)
{
  g_return_if_fail (ATELIER_IS_SKETCH_BOARD (self));

  gtk_widget_grab_focus (GTK_WIDGET (self->pad));
}
