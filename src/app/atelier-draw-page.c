/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The page joins three parts that know nothing of one another: AtelierSketch with its pad,
 * AtelierStageCard, and AtelierAnswerCard.  Whatever changes one of them asks for a refresh, and a
 * tick callback does it before the next frame is drawn, so that a stroke of a thousand events costs
 * one classification a frame.
 *
 * What the pad holds is either a drawing, which is prepared as the training pictures were, or the
 * prepared picture that a person opened, whose real stages stay in view until the pad is changed.
 * A prepared picture or an example that is then drawn on is not prepared a second time ("fit" goes
 * off), or one pixel more would move and blur the whole.
 */

#include "config.h"

#include "atelier-draw-page.h"

#include <glib/gi18n.h>

#include "atelier-answer-card.h"
#include "atelier-picture-intake.h"
#include "atelier-sketch-pad.h"
#include "atelier-stage-card.h"
#include "atelier-toast.h"

#define DEFAULT_SIDE 28

typedef enum
{
  CONTENT_DRAWING,
  CONTENT_PICTURE, /* an opened picture, unchanged since */
  CONTENT_EXAMPLE, /* an image of the data set, unchanged since */
} Content;

struct _AtelierDrawPage
{
  AdwBin parent_instance;

  /* Owned */
  AtelierDataset       *dataset; /* nullable */
  AtelierSketch        *sketch;
  AtelierIntake        *intake;  /* the picture on the pad, without its result; nullable */
  char                 *source;  /* where the content comes from, for people; nullable */
  GSimpleActionGroup   *actions;
  GBindingGroup        *sketch_bindings;
  GSignalGroup         *sketch_signals;
  GtkFileChooserNative *dialog;
  GCancellable         *cancellable; /* of the newest request, while it is going */

  /* Template children */
  AtelierSketchPad   *pad;
  AtelierStageCard   *stage_card;
  AtelierAnswerCard  *answer_card;
  GtkAdjustment      *size_adjustment;
  GtkAdjustment      *grey_adjustment;
  GtkAdjustment      *softness_adjustment;
  GtkDropTargetAsync *drop_target;
  GtkSpinner         *spinner;

  Content  content;
  gboolean fits;       /* drawings are prepared */
  gboolean is_placing; /* the pad is being filled by the page itself */
  guint    tick_id;
};

G_DEFINE_FINAL_TYPE (AtelierDrawPage, atelier_draw_page, ADW_TYPE_BIN)

enum
{
  PROP_TRAINER = 1,
  PROP_DATASET,
  PROP_IS_BUSY,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

static void on_intake_ready_cb (GObject      *source,
                                GAsyncResult *result,
                                gpointer      user_data);

/* The pipeline of the network that answers, or the one that Fashion-MNIST was made with. */
static void
get_input (AtelierDrawPage *self,
           AtelierInput    *input)
{
  AtelierModel *model = atelier_answer_card_get_model (self->answer_card);

  if (model)
    *input = *atelier_model_get_input (model);
  else
    atelier_input_init_fashion (input, DEFAULT_SIDE, DEFAULT_SIDE);
}

/* The part of it that a drawing goes through: it is drawn light on dark, so that it is never
 * inverted, however much of the pad is filled. */
static void
get_drawing_input (AtelierDrawPage *self,
                   AtelierInput    *input)
{
  get_input (self, input);
  input->invert = ATELIER_INVERT_NEVER;
  if (self->fits)
    return;
  input->trim = FALSE;
  input->scale = FALSE;
  input->center = FALSE;
}

static void
set_action_state (AtelierDrawPage *self,
                  const char      *name,
                  GVariant        *state)
{
  GAction *action = g_action_map_lookup_action (G_ACTION_MAP (self->actions), name);

  g_simple_action_set_state (G_SIMPLE_ACTION (action), state);
}

static void
set_action_enabled (AtelierDrawPage *self,
                    const char      *name,
                    gboolean         is_enabled)
{
  GAction *action = g_action_map_lookup_action (G_ACTION_MAP (self->actions), name);

  g_simple_action_set_enabled (G_SIMPLE_ACTION (action), is_enabled);
}

/* Refreshing */

static gboolean
on_tick_cb (GtkWidget     *widget,
            GdkFrameClock *clock,
            gpointer       user_data);

static void
queue_refresh (AtelierDrawPage *self)
{
  if (self->tick_id == 0 && gtk_widget_get_mapped (GTK_WIDGET (self)))
    self->tick_id = gtk_widget_add_tick_callback (GTK_WIDGET (self), on_tick_cb, NULL, NULL);
}

static void
set_fits (AtelierDrawPage *self,
          gboolean         fits)
{
  if (self->fits == fits)
    return;
  self->fits = fits;
  set_action_state (self, "fit", g_variant_new_boolean (fits));
  queue_refresh (self);
}

/* What the content is called; the page stops showing a picture's stages when it becomes a
 * drawing. */
static void
set_content (AtelierDrawPage *self,
             Content          content,
             const char      *source)
{
  self->content = content;
  g_free (self->source);
  self->source = g_strdup (source);
  if (content != CONTENT_PICTURE)
    g_clear_pointer (&self->intake, atelier_intake_free);
}

static const char *
describe_source (AtelierDrawPage *self)
{
  if (self->source)
    return self->source;
  if (atelier_sketch_get_is_empty (self->sketch))
    return _("Nothing is drawn yet");
  return self->fits ? _("The drawing, fitted to the frame") : _("The drawing, as it is");
}

static void
place_pixels (AtelierDrawPage *self,
              const guint8    *pixels)
{
  self->is_placing = TRUE;
  atelier_sketch_set_pixels (self->sketch, pixels);
  self->is_placing = FALSE;
}

static void adopt_sketch (AtelierDrawPage *self,
                          AtelierSketch   *sketch);

/* A network with another input size gets a pad of that size; what was drawn comes along. */
static void
match_sketch_size (AtelierDrawPage    *self,
                   const AtelierInput *input)
{
  guint width = atelier_sketch_get_width (self->sketch);
  guint height = atelier_sketch_get_height (self->sketch);
  g_autoptr (AtelierSketch) sketch = NULL;
  g_autoptr (AtelierInputResult) moved = NULL;
  AtelierInput fitting;

  if (width == input->width && height == input->height)
    return;
  sketch = atelier_sketch_new (input->width, input->height);
  atelier_sketch_set_brush_size (sketch, atelier_sketch_get_brush_size (self->sketch));
  atelier_sketch_set_grey (sketch, atelier_sketch_get_grey (self->sketch));
  atelier_sketch_set_softness (sketch, atelier_sketch_get_softness (self->sketch));
  atelier_sketch_set_tool (sketch, atelier_sketch_get_tool (self->sketch));
  if (!atelier_sketch_get_is_empty (self->sketch))
    {
      atelier_input_init_fashion (&fitting, input->height, input->width);
      fitting.invert = ATELIER_INVERT_NEVER;
      moved = atelier_input_run_grey (&fitting, atelier_sketch_get_pixels (self->sketch), width,
                                      height, width);
    }
  adopt_sketch (self, sketch);
  if (moved)
    place_pixels (self, moved->stages[ATELIER_STAGE_RESULT].pixels);
}

/* Starts a request in place of the one that may be going. */
static GCancellable *
begin_request (AtelierDrawPage *self)
{
  if (self->cancellable)
    g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  self->cancellable = g_cancellable_new ();
  gtk_spinner_start (self->spinner);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_IS_BUSY]);
  return self->cancellable;
}

static void
end_request (AtelierDrawPage *self)
{
  g_clear_object (&self->cancellable);
  gtk_spinner_stop (self->spinner);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_IS_BUSY]);
}

static void
refresh (AtelierDrawPage *self)
{
  AtelierInput input;
  g_autoptr (AtelierInputResult) result = NULL;
  const guint8 *pixels;
  gboolean is_empty;
  guint width;
  guint height;

  get_input (self, &input);
  /* A picture on the pad is prepared anew for a network that wants it otherwise; until then it
   * is shown as it is. */
  if (self->content == CONTENT_PICTURE && !self->cancellable
      && !atelier_input_equal (&input, &self->intake->input))
    atelier_intake_run_async (self->intake->picture, &input, begin_request (self),
                              on_intake_ready_cb, g_object_ref (self));
  match_sketch_size (self, &input);
  pixels = atelier_sketch_get_pixels (self->sketch);
  width = atelier_sketch_get_width (self->sketch);
  height = atelier_sketch_get_height (self->sketch);
  is_empty = atelier_sketch_get_is_empty (self->sketch);
  atelier_stage_card_set_source (self->stage_card, describe_source (self));
  if (self->content != CONTENT_PICTURE)
    {
      get_drawing_input (self, &input);
      result = atelier_input_run_grey (&input, pixels, width, height, width);
      atelier_stage_card_set_result (self->stage_card, result);
      pixels = result->stages[ATELIER_STAGE_RESULT].pixels;
      is_empty = result->is_empty;
    }
  atelier_answer_card_show (self->answer_card, is_empty ? NULL : pixels);
}

static gboolean
on_tick_cb (GtkWidget     *widget,
            GdkFrameClock *clock,
            gpointer       user_data)
{
  AtelierDrawPage *self = ATELIER_DRAW_PAGE (widget);

  self->tick_id = 0;
  refresh (self);
  return G_SOURCE_REMOVE;
}

/* The sketch */

static void
on_sketch_changed_cb (AtelierDrawPage *self)
{
  if (!self->is_placing)
    {
      set_content (self, CONTENT_DRAWING, NULL);
      if (atelier_sketch_get_is_empty (self->sketch))
        set_fits (self, TRUE);
    }
  queue_refresh (self);
}

static void
on_sketch_notify_tool_cb (AtelierDrawPage *self)
{
  gboolean erases = atelier_sketch_get_tool (self->sketch) == ATELIER_TOOL_ERASER;

  set_action_state (self, "tool", g_variant_new_string (erases ? "eraser" : "brush"));
}

static void
adopt_sketch (AtelierDrawPage *self,
              AtelierSketch   *sketch)
{
  g_set_object (&self->sketch, sketch);
  g_binding_group_set_source (self->sketch_bindings, sketch);
  g_signal_group_set_target (self->sketch_signals, sketch);
  atelier_sketch_pad_set_sketch (self->pad, sketch);
  on_sketch_notify_tool_cb (self);
}

/* Pictures */

/* Puts a prepared picture on the pad, with its stages beside it.  Takes @intake. */
static void
show_intake (AtelierDrawPage *self,
             AtelierIntake   *intake)
{
  g_autofree char *source = NULL;

  /* Translators: a picture's file name, its width and its height. */
  source = g_strdup_printf (_("%s, %u × %u"), atelier_picture_get_name (intake->picture),
                            atelier_picture_get_width (intake->picture),
                            atelier_picture_get_height (intake->picture));
  match_sketch_size (self, &intake->input);
  place_pixels (self, intake->result->stages[ATELIER_STAGE_RESULT].pixels);
  atelier_stage_card_set_result (self->stage_card, intake->result);
  g_clear_pointer (&intake->result, atelier_input_result_free);

  set_content (self, CONTENT_PICTURE, source);
  g_clear_pointer (&self->intake, atelier_intake_free);
  self->intake = intake;
  set_fits (self, FALSE);
  queue_refresh (self);
}

static void
on_intake_ready_cb (GObject      *source,
                    GAsyncResult *result,
                    gpointer      user_data)
{
  g_autoptr (AtelierDrawPage) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (AtelierIntake) intake = atelier_intake_finish (result, &error);

  /* A newer request has taken over, or the page is gone. */
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  end_request (self);
  if (!intake)
    atelier_toast_show (GTK_WIDGET (self), error->message);
  else if (intake->result->is_empty)
    atelier_toast_show (GTK_WIDGET (self),
                        _("Nothing to see in this picture: it is the same all over."));
  else
    show_intake (self, g_steal_pointer (&intake));
}

static void
on_dialog_response_cb (AtelierDrawPage      *self,
                       int                   response,
                       GtkFileChooserNative *dialog)
{
  if (response == GTK_RESPONSE_ACCEPT)
    {
      g_autoptr (GFile) file = gtk_file_chooser_get_file (GTK_FILE_CHOOSER (dialog));

      if (file)
        atelier_draw_page_open_picture (self, file);
    }
  g_clear_object (&self->dialog);
}

static gboolean
on_drop_cb (AtelierDrawPage *self,
            GdkDrop         *drop,
            double           x,
            double           y)
{
  AtelierInput input;

  get_input (self, &input);
  atelier_intake_read_drop_async (drop, &input, begin_request (self), on_intake_ready_cb,
                                  g_object_ref (self));
  return TRUE;
}

/* Actions */

static void
on_undo_cb (GSimpleAction *action,
            GVariant      *parameter,
            gpointer       user_data)
{
  atelier_sketch_undo (ATELIER_DRAW_PAGE (user_data)->sketch);
}

static void
on_redo_cb (GSimpleAction *action,
            GVariant      *parameter,
            gpointer       user_data)
{
  atelier_sketch_redo (ATELIER_DRAW_PAGE (user_data)->sketch);
}

static void
on_clear_cb (GSimpleAction *action,
             GVariant      *parameter,
             gpointer       user_data)
{
  atelier_sketch_clear (ATELIER_DRAW_PAGE (user_data)->sketch);
}

static void
on_tool_change_state_cb (GSimpleAction *action,
                         GVariant      *value,
                         gpointer       user_data)
{
  gboolean erases = g_str_equal (g_variant_get_string (value, NULL), "eraser");

  /* The state follows the sketch. */
  atelier_sketch_set_tool (ATELIER_DRAW_PAGE (user_data)->sketch,
                           erases ? ATELIER_TOOL_ERASER : ATELIER_TOOL_BRUSH);
}

static void
on_brush_size_cb (GSimpleAction *action,
                  GVariant      *parameter,
                  gpointer       user_data)
{
  AtelierDrawPage *self = ATELIER_DRAW_PAGE (user_data);
  double change =
    g_variant_get_int32 (parameter) * gtk_adjustment_get_step_increment (self->size_adjustment);

  gtk_adjustment_set_value (self->size_adjustment,
                            gtk_adjustment_get_value (self->size_adjustment) + change);
}

static void
on_fit_change_state_cb (GSimpleAction *action,
                        GVariant      *value,
                        gpointer       user_data)
{
  AtelierDrawPage *self = ATELIER_DRAW_PAGE (user_data);

  set_content (self, CONTENT_DRAWING, NULL);
  set_fits (self, g_variant_get_boolean (value));
}

static void
on_open_cb (GSimpleAction *action,
            GVariant      *parameter,
            gpointer       user_data)
{
  AtelierDrawPage *self = ATELIER_DRAW_PAGE (user_data);
  g_autoptr (GtkFileFilter) filter = gtk_file_filter_new ();
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));

  g_clear_object (&self->dialog);
  self->dialog = gtk_file_chooser_native_new (_("Open Picture"),
                                              GTK_IS_WINDOW (root) ? GTK_WINDOW (root) : NULL,
                                              GTK_FILE_CHOOSER_ACTION_OPEN, NULL, NULL);
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (self->dialog), TRUE);
  gtk_file_filter_set_name (filter, _("Pictures"));
  gtk_file_filter_add_pixbuf_formats (filter);
  gtk_file_chooser_add_filter (GTK_FILE_CHOOSER (self->dialog), filter);
  g_signal_connect_object (self->dialog, "response", G_CALLBACK (on_dialog_response_cb), self,
                           G_CONNECT_SWAPPED);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (self->dialog));
}

static void
on_paste_cb (GSimpleAction *action,
             GVariant      *parameter,
             gpointer       user_data)
{
  AtelierDrawPage *self = ATELIER_DRAW_PAGE (user_data);
  AtelierInput input;

  get_input (self, &input);
  atelier_intake_read_clipboard_async (gtk_widget_get_clipboard (GTK_WIDGET (self)), &input,
                                       begin_request (self), on_intake_ready_cb,
                                       g_object_ref (self));
}

static void
on_example_cb (GSimpleAction *action,
               GVariant      *parameter,
               gpointer       user_data)
{
  AtelierDrawPage *self = ATELIER_DRAW_PAGE (user_data);
  guint n_images = atelier_dataset_get_n_images (self->dataset, ATELIER_SPLIT_TEST);

  atelier_draw_page_show_example (self, ATELIER_SPLIT_TEST,
                                  (guint) g_random_int_range (0, (gint32) n_images));
}

static const GActionEntry action_entries[] = {
  { "undo", on_undo_cb },
  { "redo", on_redo_cb },
  { "clear", on_clear_cb },
  { "tool", NULL, "s", "'brush'", on_tool_change_state_cb },
  { "brush-size", on_brush_size_cb, "i" },
  { "fit", NULL, NULL, "true", on_fit_change_state_cb },
  { "open", on_open_cb },
  { "paste", on_paste_cb },
  { "example", on_example_cb },
};

static void
init_actions (AtelierDrawPage *self)
{
  self->actions = g_simple_action_group_new ();
  g_action_map_add_action_entries (G_ACTION_MAP (self->actions), action_entries,
                                   G_N_ELEMENTS (action_entries), self);
  set_action_enabled (self, "example", FALSE);
  gtk_widget_insert_action_group (GTK_WIDGET (self), "draw", G_ACTION_GROUP (self->actions));
}

/* What follows the sketch, whichever it is. */
static void
init_sketch (AtelierDrawPage *self)
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
  adopt_sketch (self, sketch);
}

/* The sliders' values, for people */

static char *
format_decimal (AtelierDrawPage *self,
                double           value)
{
  return g_strdup_printf ("%.1f", value);
}

static char *
format_integer (AtelierDrawPage *self,
                double           value)
{
  return g_strdup_printf ("%.0f", value);
}

static char *
format_percent (AtelierDrawPage *self,
                double           value)
{
  /* Translators: a percentage. */
  return g_strdup_printf (_("%.0f %%"), value * 100);
}

/* Overrides */

static void
atelier_draw_page_map (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (atelier_draw_page_parent_class)->map (widget);
  queue_refresh (ATELIER_DRAW_PAGE (widget));
}

static void
atelier_draw_page_get_property (GObject    *object,
                                guint       property_id,
                                GValue     *value,
                                GParamSpec *pspec)
{
  AtelierDrawPage *self = ATELIER_DRAW_PAGE (object);

  switch (property_id)
    {
    case PROP_TRAINER:
      g_value_set_object (value, atelier_draw_page_get_trainer (self));
      break;
    case PROP_DATASET:
      g_value_set_boxed (value, self->dataset);
      break;
    case PROP_IS_BUSY:
      g_value_set_boolean (value, atelier_draw_page_get_is_busy (self));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
atelier_draw_page_set_property (GObject      *object,
                                guint         property_id,
                                const GValue *value,
                                GParamSpec   *pspec)
{
  switch (property_id)
    {
    case PROP_TRAINER:
      atelier_draw_page_set_trainer (ATELIER_DRAW_PAGE (object), g_value_get_object (value));
      break;
    case PROP_DATASET:
      atelier_draw_page_set_dataset (ATELIER_DRAW_PAGE (object), g_value_get_boxed (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
atelier_draw_page_dispose (GObject *object)
{
  AtelierDrawPage *self = ATELIER_DRAW_PAGE (object);

  if (self->cancellable)
    g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->dialog);
  if (self->tick_id != 0)
    gtk_widget_remove_tick_callback (GTK_WIDGET (self), self->tick_id);
  self->tick_id = 0;
  g_clear_object (&self->sketch_bindings);
  g_clear_object (&self->sketch_signals);
  gtk_widget_dispose_template (GTK_WIDGET (self), ATELIER_TYPE_DRAW_PAGE);
  G_OBJECT_CLASS (atelier_draw_page_parent_class)->dispose (object);
}

static void
atelier_draw_page_finalize (GObject *object)
{
  AtelierDrawPage *self = ATELIER_DRAW_PAGE (object);

  g_clear_pointer (&self->dataset, atelier_dataset_unref);
  g_clear_pointer (&self->intake, atelier_intake_free);
  g_free (self->source);
  g_object_unref (self->sketch);
  g_object_unref (self->actions);
  G_OBJECT_CLASS (atelier_draw_page_parent_class)->finalize (object);
}

static void
atelier_draw_page_class_init (AtelierDrawPageClass *klass)
{
  const GParamFlags readable = G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;
  const GParamFlags writable = readable | G_PARAM_WRITABLE;
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = atelier_draw_page_get_property;
  object_class->set_property = atelier_draw_page_set_property;
  object_class->dispose = atelier_draw_page_dispose;
  object_class->finalize = atelier_draw_page_finalize;
  widget_class->map = atelier_draw_page_map;

  properties[PROP_TRAINER] =
    g_param_spec_object ("trainer", NULL, NULL, ATELIER_TYPE_TRAINER, writable);
  properties[PROP_DATASET] =
    g_param_spec_boxed ("dataset", NULL, NULL, ATELIER_TYPE_DATASET, writable);
  properties[PROP_IS_BUSY] = g_param_spec_boolean ("is-busy", NULL, NULL, FALSE, readable);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  g_type_ensure (ATELIER_TYPE_SKETCH_PAD);
  g_type_ensure (ATELIER_TYPE_STAGE_CARD);
  g_type_ensure (ATELIER_TYPE_ANSWER_CARD);
  gtk_widget_class_set_css_name (widget_class, "drawpage");
  gtk_widget_class_set_template_from_resource (
    widget_class, "/io/github/atelier_nn/Atelier/atelier-draw-page.ui");
  gtk_widget_class_bind_template_child (widget_class, AtelierDrawPage, pad);
  gtk_widget_class_bind_template_child (widget_class, AtelierDrawPage, stage_card);
  gtk_widget_class_bind_template_child (widget_class, AtelierDrawPage, answer_card);
  gtk_widget_class_bind_template_child (widget_class, AtelierDrawPage, size_adjustment);
  gtk_widget_class_bind_template_child (widget_class, AtelierDrawPage, grey_adjustment);
  gtk_widget_class_bind_template_child (widget_class, AtelierDrawPage, softness_adjustment);
  gtk_widget_class_bind_template_child (widget_class, AtelierDrawPage, drop_target);
  gtk_widget_class_bind_template_child (widget_class, AtelierDrawPage, spinner);
  gtk_widget_class_bind_template_callback (widget_class, on_drop_cb);
  gtk_widget_class_bind_template_callback (widget_class, format_decimal);
  gtk_widget_class_bind_template_callback (widget_class, format_integer);
  gtk_widget_class_bind_template_callback (widget_class, format_percent);
}

static void
atelier_draw_page_init (AtelierDrawPage *self)
{
  g_autoptr (GdkContentFormats) formats = atelier_intake_new_formats ();

  self->fits = TRUE;
  init_actions (self);
  gtk_widget_init_template (GTK_WIDGET (self));
  init_sketch (self);
  gtk_drop_target_async_set_formats (self->drop_target, formats);
  g_signal_connect_object (self->answer_card, "notify::model", G_CALLBACK (queue_refresh), self,
                           G_CONNECT_SWAPPED);
}

GtkWidget *
atelier_draw_page_new (void)
{
  return g_object_new (ATELIER_TYPE_DRAW_PAGE, NULL);
}

AtelierTrainer *
atelier_draw_page_get_trainer (AtelierDrawPage *self)
{
  g_return_val_if_fail (ATELIER_IS_DRAW_PAGE (self), NULL);

  return atelier_answer_card_get_trainer (self->answer_card);
}

void
atelier_draw_page_set_trainer (AtelierDrawPage *self,
                               AtelierTrainer  *trainer)
{
  g_return_if_fail (ATELIER_IS_DRAW_PAGE (self));
  g_return_if_fail (trainer == NULL || ATELIER_IS_TRAINER (trainer));

  if (atelier_answer_card_get_trainer (self->answer_card) == trainer)
    return;
  atelier_answer_card_set_trainer (self->answer_card, trainer);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_TRAINER]);
}

AtelierDataset *
atelier_draw_page_get_dataset (AtelierDrawPage *self)
{
  g_return_val_if_fail (ATELIER_IS_DRAW_PAGE (self), NULL);

  return self->dataset;
}

void
atelier_draw_page_set_dataset (AtelierDrawPage *self,
                               AtelierDataset  *dataset)
{
  g_return_if_fail (ATELIER_IS_DRAW_PAGE (self));

  if (self->dataset == dataset)
    return;
  g_clear_pointer (&self->dataset, atelier_dataset_unref);
  self->dataset = dataset ? atelier_dataset_ref (dataset) : NULL;
  set_action_enabled (self, "example",
                      dataset && atelier_dataset_get_channels (dataset) == 1
                        && atelier_dataset_get_n_images (dataset, ATELIER_SPLIT_TEST) > 0);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_DATASET]);
}

gboolean
atelier_draw_page_get_is_busy (AtelierDrawPage *self)
{
  g_return_val_if_fail (ATELIER_IS_DRAW_PAGE (self), FALSE);

  return self->cancellable != NULL;
}

AtelierSketch *
atelier_draw_page_get_sketch (AtelierDrawPage *self)
{
  g_return_val_if_fail (ATELIER_IS_DRAW_PAGE (self), NULL);

  return self->sketch;
}

void
atelier_draw_page_open_picture (AtelierDrawPage *self,
                                GFile           *file)
{
  AtelierInput input;

  g_return_if_fail (ATELIER_IS_DRAW_PAGE (self));
  g_return_if_fail (G_IS_FILE (file));

  get_input (self, &input);
  atelier_intake_read_file_async (file, &input, begin_request (self), on_intake_ready_cb,
                                  g_object_ref (self));
}

void
atelier_draw_page_show_example (AtelierDrawPage *self,
                                AtelierSplit     split,
                                guint            i_image)
{
  g_autofree char *source = NULL;
  const char * const *class_names;
  const char *name;
  AtelierInput input = { 0 };
  g_autoptr (AtelierInputResult) result = NULL;
  guint width;

  g_return_if_fail (ATELIER_IS_DRAW_PAGE (self));
  g_return_if_fail (self->dataset != NULL && atelier_dataset_get_channels (self->dataset) == 1);
  g_return_if_fail (i_image < atelier_dataset_get_n_images (self->dataset, split));

  class_names = atelier_dataset_get_class_names (self->dataset);
  name = class_names[atelier_dataset_get_label (self->dataset, split, i_image)];
  name = atelier_class_name_translate (name);
  /* Translators: the name of a split of the data, an image's number in it, and its true class. */
  source = g_strdup_printf (_("%s picture %u: %s"), atelier_split_get_name (split), i_image, name);
  /* Nothing is done to an image that has the pad's size; others are made to fit. */
  width = atelier_dataset_get_width (self->dataset);
  input.width = atelier_sketch_get_width (self->sketch);
  input.height = atelier_sketch_get_height (self->sketch);
  input.box = MAX (input.width, input.height);
  input.grey = TRUE;
  input.invert = ATELIER_INVERT_NEVER;
  result =
    atelier_input_run_grey (&input, atelier_dataset_get_image (self->dataset, split, i_image),
                            width, atelier_dataset_get_height (self->dataset), width);
  /* A picture that is still being read would take the pad back. */
  if (self->cancellable)
    {
      g_cancellable_cancel (self->cancellable);
      end_request (self);
    }
  place_pixels (self, result->stages[ATELIER_STAGE_RESULT].pixels);
  set_content (self, CONTENT_EXAMPLE, source);
  set_fits (self, FALSE);
  queue_refresh (self);
}
