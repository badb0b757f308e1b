/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The page joins four parts that know nothing of one another: the board with its sketch,
 * AtelierPictureOpener, AtelierStageCard and AtelierAnswerCard.  A change of any of them asks for a
 * refresh, and a tick callback does it before the next frame is drawn, so that a stroke of a
 * thousand events costs one classification a frame.
 *
 * The pad holds either a drawing, which is prepared as the training pictures were, or an opened
 * picture after its preparation, whose stages are shown until the pad is changed.  Drawing on a
 * prepared picture or on an example switches "fit" off: preparing it a second time would move and
 * blur the whole picture for one more pixel.  The sketch stores that flag beside its pixels, so
 * that undo restores both.
 */

#include "config.h"

#include "draw/atelier-draw-page.h"

#include <glib/gi18n.h>

#include "draw/answer/atelier-answer-card.h"
#include "draw/intake/atelier-batch-view.h"
#include "draw/intake/atelier-picture-opener.h"
#include "draw/pad/atelier-save-popover.h"
#include "draw/pad/atelier-sketch-board.h"
#include "draw/stages/atelier-stage-card.h"
#include "draw/stages/atelier-step-chooser.h"
#include "kit/atelier-cards-layout.h"

struct _AtelierDrawPage
{
  AdwBin parent_instance;

  /* Owned */
  AtelierSplits        *splits;  /* nullable */
  AtelierPicture       *picture; /* the one on the pad, opened and not changed since; nullable */
  char                 *source;  /* name of the pad's content, translated; nullable */
  AtelierStepChooser   *steps;
  AtelierPictureOpener *opener;

  /* Template children */
  GtkStack           *stack; /* the pad, or several pictures */
  AtelierSketchBoard *board;
  AtelierBatchView   *batch_view;
  GtkWidget          *pictures_button;
  AtelierStageCard   *stage_card;
  AtelierAnswerCard  *answer_card;
  AtelierSavePopover *save_popover;
  GtkSpinner         *spinner;

  AtelierInput picture_input; /* what picture went through */
  gboolean     fits;          /* the sketch's flag, as the action "fit" shows it */
  gboolean     is_placing;    /* the page itself is setting the pixels */
  guint        tick_id;
};

G_DEFINE_FINAL_TYPE (AtelierDrawPage, atelier_draw_page, ADW_TYPE_BIN)

enum
{
  PROP_TRAINER = 1,
  PROP_SPLITS,
  PROP_IS_BUSY,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];
static guint model_loaded_signal;

static AtelierSketch *
get_sketch (AtelierDrawPage *self)
{
  return atelier_sketch_board_get_sketch (self->board);
}

static GSimpleAction *
get_action (AtelierDrawPage *self,
            const char      *name)
{
  GActionMap *actions = atelier_sketch_board_get_actions (self->board);

  return G_SIMPLE_ACTION (g_action_map_lookup_action (actions, name));
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
  atelier_sketch_set_fits (get_sketch (self), fits);
  if (self->fits == fits)
    return;
  self->fits = fits;
  g_simple_action_set_state (get_action (self, "fit"), g_variant_new_boolean (fits));
  queue_refresh (self);
}

/* Sets what is on the pad: @picture, or with NULL a drawing or an example.  @source (nullable) is
 * its translated name. */
static void
set_content (AtelierDrawPage *self,
             AtelierPicture  *picture,
             const char      *source)
{
  /* A place of one picture says nothing about another. */
  if (picture != self->picture)
    atelier_step_chooser_forget_pick (self->steps);
  if (picture)
    atelier_picture_ref (picture);
  g_clear_pointer (&self->picture, atelier_picture_unref);
  self->picture = picture;
  g_free (self->source);
  self->source = g_strdup (source);
}

static const char *
describe_source (AtelierDrawPage *self)
{
  if (self->source)
    return self->source;
  if (atelier_sketch_get_is_empty (get_sketch (self)))
    return _("Nothing is drawn yet");
  return self->fits ? _("The drawing, fitted to the frame") : _("The drawing, as it is");
}

static void
place_pixels (AtelierDrawPage *self,
              const guint8    *pixels)
{
  self->is_placing = TRUE;
  atelier_sketch_set_pixels (get_sketch (self), pixels);
  self->is_placing = FALSE;
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

  if (self->picture)
    atelier_step_chooser_get_picture_input (self->steps, &input);
  else
    atelier_step_chooser_get_input (self->steps, &input);
  atelier_stage_card_set_wanted (self->stage_card, self->picture ? &input : NULL);
  g_simple_action_set_enabled (get_action (self, "point-at-ground"), self->picture != NULL);
  /* Prepares the picture on the pad again if the network or the steps changed; until that is done,
   * the former result stays. */
  if (self->picture && !atelier_picture_opener_get_is_busy (self->opener)
      && !atelier_input_equal (&input, &self->picture_input))
    atelier_picture_opener_prepare_again (self->opener, self->picture);
  atelier_sketch_board_resize (self->board, input.width, input.height);
  pixels = atelier_sketch_get_pixels (get_sketch (self));
  width = atelier_sketch_get_width (get_sketch (self));
  height = atelier_sketch_get_height (get_sketch (self));
  is_empty = atelier_sketch_get_is_empty (get_sketch (self));
  atelier_stage_card_set_source (self->stage_card, describe_source (self));
  if (!self->picture)
    {
      atelier_input_adapt_to_drawing (&input, self->fits);
      result = atelier_input_run_grey (&input, pixels, width, height, width);
      atelier_stage_card_set_result (self->stage_card, result);
      pixels = result->stages[ATELIER_STAGE_RESULT].pixels;
      is_empty = result->is_empty;
    }
  atelier_step_chooser_show (self->steps, &input, self->picture == NULL);
  atelier_answer_card_show (self->answer_card, is_empty ? NULL : pixels);
  atelier_stage_card_set_answering (self->stage_card,
                                    atelier_answer_card_get_model (self->answer_card),
                                    is_empty ? NULL : pixels);
}

/* The classes to save a drawing under are the model's, or else the data set's. */
static void
prepare_saving (AtelierDrawPage *self)
{
  AtelierModel *model = atelier_answer_card_get_model (self->answer_card);
  const char * const *class_names = NULL;

  if (model)
    class_names = atelier_model_get_class_names (model);
  else if (self->splits)
    class_names = atelier_dataset_get_class_names (atelier_splits_get_dataset (self->splits));
  atelier_save_popover_set_drawing (self->save_popover, get_sketch (self), class_names,
                                    atelier_answer_card_get_best (self->answer_card));
}

/* The pictures of the list have the same input pipeline and the same network. */
static void
prepare_batch (AtelierDrawPage *self)
{
  AtelierPictureBatch *batch = atelier_batch_view_get_batch (self->batch_view);
  AtelierInput input;

  atelier_step_chooser_get_input (self->steps, &input);
  atelier_picture_batch_set_model (batch, atelier_answer_card_get_model (self->answer_card));
  atelier_picture_batch_set_input (batch, &input);
}

static gboolean
on_tick_cb (GtkWidget     *widget,
            GdkFrameClock *clock,
            gpointer       user_data)
{
  AtelierDrawPage *self = ATELIER_DRAW_PAGE (widget);

  self->tick_id = 0;
  refresh (self);
  prepare_saving (self);
  prepare_batch (self);
  return G_SOURCE_REMOVE;
}

/* The board */

static void
on_board_changed_cb (AtelierDrawPage *self)
{
  if (!self->is_placing)
    {
      set_content (self, NULL, NULL);
      set_fits (self, atelier_sketch_get_is_empty (get_sketch (self))
                        || atelier_sketch_get_fits (get_sketch (self)));
    }
  queue_refresh (self);
}

static void
on_notify_model_cb (AtelierDrawPage *self)
{
  atelier_step_chooser_set_model (self->steps, atelier_answer_card_get_model (self->answer_card));
  queue_refresh (self);
}

/* Pictures */

/* Puts a prepared picture on the pad, with its stages beside it. */
static void
on_prepared_cb (AtelierDrawPage *self,
                AtelierIntake   *intake)
{
  g_autofree char *source = NULL;
  guint width, height;

  atelier_picture_get_file_size (intake->picture, &width, &height);
  /* Translators: a picture's file name, its width and its height. */
  source = g_strdup_printf (_("%s, %u × %u"), atelier_picture_get_name (intake->picture), width,
                            height);
  atelier_sketch_board_resize (self->board, intake->input.width, intake->input.height);
  if (intake->input.mirror == ATELIER_MIRROR_SURER
      && atelier_answer_card_is_mirror_surer (self->answer_card, intake->result))
    atelier_input_result_mirror (intake->result);
  place_pixels (self, intake->result->stages[ATELIER_STAGE_RESULT].pixels);
  atelier_stage_card_set_picture (self->stage_card, &intake->input, intake->result);
  set_content (self, intake->picture, source);
  self->picture_input = intake->input;
  set_fits (self, FALSE);
  queue_refresh (self);
}

static void
on_notify_is_busy_cb (AtelierDrawPage *self)
{
  gtk_spinner_set_spinning (self->spinner, atelier_picture_opener_get_is_busy (self->opener));
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_IS_BUSY]);
}

/* The list of several pictures is shown in place of the pad. */
static void
on_notify_shows_list_cb (AtelierDrawPage *self)
{
  gboolean shows_list = atelier_picture_opener_get_shows_list (self->opener);

  gtk_stack_set_visible_child_name (self->stack, shows_list ? "pictures" : "pad");
  queue_refresh (self);
}

/* Actions */

static void
on_fit_change_state_cb (GSimpleAction *action,
                        GVariant      *value,
                        gpointer       user_data)
{
  AtelierDrawPage *self = ATELIER_DRAW_PAGE (user_data);

  if (g_variant_get_boolean (value))
    atelier_step_chooser_ensure_fit (self->steps);
  set_content (self, NULL, NULL);
  atelier_sketch_choose_fits (get_sketch (self), g_variant_get_boolean (value));
  set_fits (self, g_variant_get_boolean (value));
}

/* Choosing a step while a drawing is on the pad switches "fit" on. */
static void
on_steps_changed_cb (AtelierDrawPage *self)
{
  if (!self->picture)
    {
      set_content (self, NULL, NULL);
      atelier_sketch_choose_fits (get_sketch (self), TRUE);
      set_fits (self, TRUE);
    }
  queue_refresh (self);
}

static void
on_point_at_ground_cb (GSimpleAction *action,
                       GVariant      *parameter,
                       gpointer       user_data)
{
  atelier_stage_card_point_at_ground (ATELIER_DRAW_PAGE (user_data)->stage_card);
}

static guint
count_examples (AtelierSplits *splits)
{
  return atelier_splits_get_n (splits, ATELIER_SPLIT_TRAIN)
         + atelier_splits_get_n (splits, ATELIER_SPLIT_VALIDATION);
}

/* Never a test picture: looking at those is counted, and asked for elsewhere. */
static void
on_example_cb (GSimpleAction *action,
               GVariant      *parameter,
               gpointer       user_data)
{
  AtelierDrawPage *self = ATELIER_DRAW_PAGE (user_data);
  guint n_train = atelier_splits_get_n (self->splits, ATELIER_SPLIT_TRAIN);
  guint i = (guint) g_random_int_range (0, (gint32) count_examples (self->splits));
  AtelierSplit split = i < n_train ? ATELIER_SPLIT_TRAIN : ATELIER_SPLIT_VALIDATION;

  atelier_draw_page_show_example (
    self, atelier_splits_get_picture (self->splits, split, i < n_train ? i : i - n_train));
}

static const GActionEntry action_entries[] = {
  { "fit", NULL, NULL, "true", on_fit_change_state_cb },
  { "example", on_example_cb },
  { "point-at-ground", on_point_at_ground_cb },
};

/* The button that shows the list is visible while the list has pictures. */
static void
init_opener (AtelierDrawPage *self)
{
  AtelierPictureBatch *batch = atelier_batch_view_get_batch (self->batch_view);

  self->opener = atelier_picture_opener_new (GTK_WIDGET (self), batch, self->steps);
  atelier_picture_opener_add_actions (self->opener, atelier_sketch_board_get_actions (self->board));
  atelier_picture_opener_add_drop_zone (self->opener);
  g_signal_connect_object (self->opener, "prepared", G_CALLBACK (on_prepared_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->opener, "notify::is-busy", G_CALLBACK (on_notify_is_busy_cb),
                           self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->opener, "notify::shows-list",
                           G_CALLBACK (on_notify_shows_list_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->batch_view, "open", G_CALLBACK (atelier_picture_opener_open_item),
                           self->opener, G_CONNECT_SWAPPED);
  g_object_bind_property (atelier_picture_batch_get_items (batch), "n-items",
                          self->pictures_button, "visible", G_BINDING_SYNC_CREATE);
}

/* All actions are in the board's group. */
static void
init_actions (AtelierDrawPage *self)
{
  GActionMap *actions = atelier_sketch_board_get_actions (self->board);

  g_action_map_add_action_entries (actions, action_entries, G_N_ELEMENTS (action_entries), self);
  g_simple_action_set_enabled (get_action (self, "example"), FALSE);
  g_simple_action_set_enabled (get_action (self, "point-at-ground"), FALSE);
  atelier_save_popover_add_actions (self->save_popover, actions);
  self->steps = atelier_step_chooser_new (actions);
  g_signal_connect_object (self->steps, "changed", G_CALLBACK (on_steps_changed_cb), self,
                           G_CONNECT_SWAPPED);
  gtk_widget_insert_action_group (GTK_WIDGET (self), "draw", G_ACTION_GROUP (actions));
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
    case PROP_SPLITS:
      g_value_set_boxed (value, self->splits);
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
    case PROP_SPLITS:
      atelier_draw_page_set_splits (ATELIER_DRAW_PAGE (object), g_value_get_boxed (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
atelier_draw_page_dispose (GObject *object)
{
  AtelierDrawPage *self = ATELIER_DRAW_PAGE (object);

  if (self->opener)
    atelier_picture_opener_cancel (self->opener);
  if (self->tick_id != 0)
    gtk_widget_remove_tick_callback (GTK_WIDGET (self), self->tick_id);
  self->tick_id = 0;
  gtk_widget_dispose_template (GTK_WIDGET (self), ATELIER_TYPE_DRAW_PAGE);
  G_OBJECT_CLASS (atelier_draw_page_parent_class)->dispose (object);
}

static void
atelier_draw_page_finalize (GObject *object)
{
  AtelierDrawPage *self = ATELIER_DRAW_PAGE (object);

  g_clear_object (&self->opener);
  g_clear_object (&self->steps);
  g_clear_pointer (&self->splits, atelier_splits_unref);
  g_clear_pointer (&self->picture, atelier_picture_unref);
  g_free (self->source);
  G_OBJECT_CLASS (atelier_draw_page_parent_class)->finalize (object);
}

static void
on_model_loaded_cb (AtelierDrawPage *self,
                    AtelierModel    *model)
{
  g_signal_emit (self, model_loaded_signal, 0, model);
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
  properties[PROP_SPLITS] =
    g_param_spec_boxed ("splits", NULL, NULL, ATELIER_TYPE_SPLITS, writable);
  properties[PROP_IS_BUSY] = g_param_spec_boolean ("is-busy", NULL, NULL, FALSE, readable);
  g_object_class_install_properties (object_class, N_PROPS, properties);
  model_loaded_signal = g_signal_new ("model-loaded", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST,
                                      0, NULL, NULL, NULL, G_TYPE_NONE, 1, ATELIER_TYPE_MODEL);

  g_type_ensure (ATELIER_TYPE_BATCH_VIEW);
  g_type_ensure (ATELIER_TYPE_CARDS_LAYOUT);
  g_type_ensure (ATELIER_TYPE_SKETCH_BOARD);
  g_type_ensure (ATELIER_TYPE_SAVE_POPOVER);
  g_type_ensure (ATELIER_TYPE_STAGE_CARD);
  g_type_ensure (ATELIER_TYPE_ANSWER_CARD);
  gtk_widget_class_set_css_name (widget_class, "drawpage");
  gtk_widget_class_set_template_from_resource (
    widget_class, "/io/github/atelier_nn/Atelier/draw/atelier-draw-page.ui");
  gtk_widget_class_bind_template_child (widget_class, AtelierDrawPage, stack);
  gtk_widget_class_bind_template_child (widget_class, AtelierDrawPage, board);
  gtk_widget_class_bind_template_child (widget_class, AtelierDrawPage, batch_view);
  gtk_widget_class_bind_template_child (widget_class, AtelierDrawPage, pictures_button);
  gtk_widget_class_bind_template_child (widget_class, AtelierDrawPage, stage_card);
  gtk_widget_class_bind_template_child (widget_class, AtelierDrawPage, answer_card);
  gtk_widget_class_bind_template_child (widget_class, AtelierDrawPage, save_popover);
  gtk_widget_class_bind_template_child (widget_class, AtelierDrawPage, spinner);
  gtk_widget_class_bind_template_callback (widget_class, on_board_changed_cb);
}

static void
atelier_draw_page_init (AtelierDrawPage *self)
{
  self->fits = TRUE;
  gtk_widget_init_template (GTK_WIDGET (self));
  init_actions (self);
  init_opener (self);
  g_signal_connect_object (self->answer_card, "model-loaded", G_CALLBACK (on_model_loaded_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->answer_card, "notify::model", G_CALLBACK (on_notify_model_cb),
                           self, G_CONNECT_SWAPPED);
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

AtelierSplits *
atelier_draw_page_get_splits (AtelierDrawPage *self)
{
  g_return_val_if_fail (ATELIER_IS_DRAW_PAGE (self), NULL);

  return self->splits;
}

void
atelier_draw_page_set_splits (AtelierDrawPage *self,
                              AtelierSplits   *splits)
{
  gboolean has_examples;

  g_return_if_fail (ATELIER_IS_DRAW_PAGE (self));

  if (self->splits == splits)
    return;
  g_clear_pointer (&self->splits, atelier_splits_unref);
  self->splits = splits ? atelier_splits_ref (splits) : NULL;
  atelier_answer_card_set_splits (self->answer_card, splits);
  queue_refresh (self);
  has_examples = splits
                 && atelier_dataset_get_channels (atelier_splits_get_dataset (splits)) == 1
                 && count_examples (splits) > 0;
  g_simple_action_set_enabled (get_action (self, "example"), has_examples);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SPLITS]);
}

gboolean
atelier_draw_page_get_is_busy (AtelierDrawPage *self)
{
  g_return_val_if_fail (ATELIER_IS_DRAW_PAGE (self), FALSE);

  return atelier_picture_opener_get_is_busy (self->opener);
}

AtelierSketch *
atelier_draw_page_get_sketch (AtelierDrawPage *self)
{
  g_return_val_if_fail (ATELIER_IS_DRAW_PAGE (self), NULL);

  return get_sketch (self);
}

void
atelier_draw_page_open_picture (AtelierDrawPage *self,
                                GFile           *file)
{
  g_return_if_fail (ATELIER_IS_DRAW_PAGE (self));

  atelier_picture_opener_open_file (self->opener, file);
}

void
atelier_draw_page_open_pictures (AtelierDrawPage *self,
                                 GListModel      *files)
{
  g_return_if_fail (ATELIER_IS_DRAW_PAGE (self));

  atelier_picture_opener_open_files (self->opener, files);
}

void
atelier_draw_page_open_model (AtelierDrawPage *self,
                              GFile           *file)
{
  g_return_if_fail (ATELIER_IS_DRAW_PAGE (self));
  g_return_if_fail (G_IS_FILE (file));

  atelier_answer_card_open_model (self->answer_card, file);
}

void
atelier_draw_page_show_example (AtelierDrawPage *self,
                                guint            picture)
{
  g_return_if_fail (ATELIER_IS_DRAW_PAGE (self));
  g_return_if_fail (self->splits != NULL);

  atelier_draw_page_show_picture (self, self->splits, picture);
}

void
atelier_draw_page_show_picture (AtelierDrawPage *self,
                                AtelierSplits   *splits,
                                guint            picture)
{
  g_autofree char *source = NULL;
  g_autofree char *place = NULL;
  AtelierDataset *dataset;
  const char * const *class_names;
  const char *name;
  AtelierInput input = { 0 };
  g_autoptr (AtelierInputResult) result = NULL;
  guint width;

  g_return_if_fail (ATELIER_IS_DRAW_PAGE (self));
  g_return_if_fail (splits != NULL);
  dataset = atelier_splits_get_dataset (splits);
  g_return_if_fail (atelier_dataset_get_channels (dataset) == 1);
  g_return_if_fail (picture < atelier_dataset_get_n_images (dataset));

  class_names = atelier_dataset_get_class_names (dataset);
  name = class_names[atelier_dataset_get_label (dataset, picture)];
  name = atelier_class_name_translate (name);
  place = atelier_splits_format_place (splits, picture);
  /* Translators: where a picture is ("Test, picture 1,204"), and its true class. */
  source = g_strdup_printf (_("%s: %s"), place, name);
  /* An image of the pad's size stays as it is; others are scaled to fit. */
  width = atelier_dataset_get_width (dataset);
  input.width = atelier_sketch_get_width (get_sketch (self));
  input.height = atelier_sketch_get_height (get_sketch (self));
  input.box = MAX (input.width, input.height);
  input.grey = TRUE;
  input.invert = ATELIER_INVERT_NEVER;
  result =
    atelier_input_run_grey (&input, atelier_dataset_get_image (dataset, picture),
                            width, atelier_dataset_get_height (dataset), width);
  /* A picture that is still being read would replace this one. */
  atelier_picture_opener_cancel (self->opener);
  atelier_picture_opener_set_shows_list (self->opener, FALSE);
  place_pixels (self, result->stages[ATELIER_STAGE_RESULT].pixels);
  set_content (self, NULL, source);
  set_fits (self, FALSE);
  queue_refresh (self);
}

void
atelier_draw_page_take_focus (AtelierDrawPage *self)
{
  g_return_if_fail (ATELIER_IS_DRAW_PAGE (self));

  if (atelier_picture_opener_get_shows_list (self->opener))
    gtk_widget_child_focus (GTK_WIDGET (self->batch_view), GTK_DIR_TAB_FORWARD);
  else
    atelier_sketch_board_take_focus (self->board);
}

void
atelier_draw_page_ask_for_model (AtelierDrawPage *self)
{
  g_return_if_fail (ATELIER_IS_DRAW_PAGE (self));

  gtk_widget_activate_action (GTK_WIDGET (self->answer_card), "answer.open-model", NULL);
}
