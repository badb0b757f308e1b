/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Classifying takes about 100 us and is done on the main thread.  Handing it to a thread would take
 * longer than the work itself, and the bars would lag behind the stroke.
 */

#include "config.h"

#include "draw/answer/atelier-answer-card.h"

#include <glib/gi18n.h>

#include "draw/answer/atelier-likeness-card.h"
#include "draw/answer/atelier-model-choice.h"
#include "draw/answer/atelier-preset-advice.h"
#include "inference/atelier-mirror.h"
#include "kit/atelier-announcement.h"
#include "kit/atelier-path-chooser.h"
#include "kit/atelier-score-bars.h"
#include "kit/atelier-toast.h"

struct _AtelierAnswerCard
{
  GtkWidget parent_instance;

  /* Of the answer that is shown. */
  gboolean               has_answer;
  double                 score;
  AtelierMirrorJudgement judgement;

  /* Owned */
  AtelierModelChoice *choice;
  AtelierPredictor   *predictor; /* nullable: with the weights of predictor_model */
  AtelierModel       *predictor_model;
  AtelierSplits      *splits;  /* nullable */
  GError             *predictor_error;
  GSimpleActionGroup *actions;
  GCancellable       *cancellable; /* of the newest model file */

  /* Template children */
  GtkLabel            *answer_label;
  GtkLabel            *detail_label;
  GtkMenuButton       *network_button;
  GtkLabel            *network_label;
  GMenu               *network_section;
  GtkStack            *stack;
  GtkWidget           *train_button;
  GtkLabel            *unlike_label;
  AtelierScoreBars    *bars;
  AtelierLikenessCard *likeness_card;
  AtelierPresetAdvice *advice;
};

G_DEFINE_FINAL_TYPE (AtelierAnswerCard, atelier_answer_card, GTK_TYPE_WIDGET)

enum
{
  PROP_TRAINER = 1,
  PROP_MODEL,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];
static guint model_loaded_signal;

/* The splits of the data set that @model was trained on, if it is open. */
static AtelierSplits *
find_training_data (AtelierAnswerCard *self,
                    AtelierModel      *model)
{
  AtelierTrainer *trainer = atelier_model_choice_get_trainer (self->choice);
  const char *sha256 = atelier_model_get_dataset_sha256 (model);
  AtelierSplits *open[] = { trainer ? atelier_trainer_get_splits (trainer) : NULL, self->splits };

  for (guint i = 0; i < G_N_ELEMENTS (open); i++)
    if (open[i]
        && g_str_equal (atelier_dataset_get_sha256 (atelier_splits_get_dataset (open[i])), sha256))
      return open[i];
  return NULL;
}

/* The predictor with the weights of the current model; NULL if there is no model. */
static AtelierPredictor *
update_predictor (AtelierAnswerCard *self)
{
  AtelierModel *model = atelier_answer_card_get_model (self);

  if (model == self->predictor_model)
    return self->predictor;
  g_clear_error (&self->predictor_error);
  g_clear_pointer (&self->predictor_model, atelier_model_unref);
  if (!model)
    {
      g_clear_object (&self->predictor);
      return NULL;
    }
  self->predictor_model = atelier_model_ref (model);
  if (!self->predictor)
    self->predictor = atelier_predictor_new (model, &self->predictor_error);
  else if (!atelier_predictor_set_model (self->predictor, model, &self->predictor_error))
    g_clear_object (&self->predictor);
  if (self->predictor)
    atelier_score_bars_set_class_names (self->bars, atelier_model_get_class_names (model));
  return self->predictor;
}

/* The keyboard's focus can go to the answer, so that a screen reader says it again, with all that
 * stands below it.  @others: the scores of other classes; nullable. */
static void
show_words (AtelierAnswerCard *self,
            const char        *answer,
            const char        *detail,
            const char        *others)
{
  /* Translators: spoken after an answer: "score 0.917", then "Bag: 0.072, Shirt: 0.011" */
  g_autofree char *spoken = others ? g_strdup_printf (_("%s. %s"), detail, others)
                                   : g_strdup (detail);

  gtk_label_set_label (self->answer_label, answer);
  gtk_label_set_label (self->detail_label, detail);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->answer_label),
                                  GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, spoken, -1);
}

static gboolean
is_training (AtelierAnswerCard *self)
{
  AtelierTrainer *trainer = atelier_model_choice_get_trainer (self->choice);

  return trainer && atelier_trainer_is_active (trainer);
}

static void
show_no_network (AtelierAnswerCard *self)
{
  self->has_answer = FALSE;
  gtk_stack_set_visible_child_name (self->stack, "no-network");
  gtk_widget_set_visible (self->train_button, !is_training (self));
  if (self->predictor_error)
    show_words (self, _("No Answer"), self->predictor_error->message, NULL);
  else if (atelier_model_choice_get_model (self->choice))
    show_words (self, _("No Answer"),
                _("This network classifies colour pictures; drawings are grey."), NULL);
  else if (is_training (self))
    show_words (self, _("No Network Yet"),
                _("Training has begun. The first answers will follow soon."), NULL);
  else
    show_words (self, _("No Network Yet"), _("Train a network first, or open a model file."),
                NULL);
}

/* A file with neither a finished epoch nor the state of one begun holds the initial weights.  A run
 * has always trained for a while when it publishes weights. */
static gboolean
is_untrained (AtelierAnswerCard *self)
{
  return !atelier_model_choice_get_follows_run (self->choice)
         && atelier_model_get_n_epochs (self->predictor_model) == 0
         && atelier_model_get_state (self->predictor_model) == NULL;
}

static void
show_untrained (AtelierAnswerCard *self)
{
  atelier_score_bars_set_scores (self->bars, NULL);
  show_words (self, _("Not Trained Yet"),
              _("This network has not learned anything so far; it could only guess."), NULL);
  atelier_likeness_card_look (self->likeness_card, NULL);
}

/* "score 0.552 · mirrored: Sneaker 0.981".  Of the neighbours those are asked that there are: they
 * may be the former picture's until the next ones arrive.  Transfer full. */
static char *
describe_score (AtelierAnswerCard *self)
{
  const char * const *names = atelier_model_get_class_names (self->predictor_model);
  const AtelierNeighborhood *found = atelier_likeness_card_get_neighborhood (self->likeness_card);
  AtelierMirrorJudgement judgement = self->judgement;

  if (found)
    atelier_mirror_compare (&judgement, found);
  if (judgement.is_hint)
    /* Translators: the network's score for its answer, 0 to 1; and what it would call the mirror
     * image of the picture, with that score. */
    return g_strdup_printf (_("score %.3f · mirrored: %s %.3f"), self->score,
                            atelier_class_name_translate (names[judgement.hint_class]),
                            (double) judgement.hint_score);
  /* Translators: the network's score for its answer, 0 to 1. */
  return g_strdup_printf (_("score %.3f"), self->score);
}

/* Announced, unless the answer itself has the focus, whose new name is spoken anyway.  The weights
 * of a run that goes on change it faster than a person can listen. */
static void
announce_answer (AtelierAnswerCard *self,
                 const char        *answer,
                 const char        *detail)
{
  g_autofree char *text = NULL;

  if (!gtk_widget_get_mapped (GTK_WIDGET (self))
      || gtk_widget_has_focus (GTK_WIDGET (self->answer_label))
      || (is_training (self) && atelier_model_choice_get_follows_run (self->choice))
      || g_str_equal (gtk_label_get_label (self->answer_label), answer))
    return;

  /* Translators: spoken: the name of a class, and "score 0.917" */
  text = g_strdup_printf (_("%s, %s"), answer, detail);
  atelier_announce (text);
}

static void
show_scores (AtelierAnswerCard            *self,
             const float                  *scores,
             const AtelierMirrorJudgement *judgement)
{
  const char * const *names = atelier_model_get_class_names (self->predictor_model);
  const char *name;
  g_autofree char *detail = NULL;
  g_autofree char *others = NULL;
  int i_best;

  atelier_score_bars_set_scores (self->bars, scores);
  i_best = atelier_score_bars_get_best (self->bars);
  name = atelier_class_name_translate (names[i_best]);
  self->has_answer = TRUE;
  self->score = (double) scores[i_best];
  self->judgement = *judgement;
  detail = describe_score (self);
  others = atelier_score_bars_describe_others (self->bars);
  announce_answer (self, name, detail);
  show_words (self, name, detail, others);
}

/* The label keeps its place when it is empty, so that nothing moves. */
static void
on_likeness_notify_words_cb (AtelierAnswerCard *self)
{
  const char *words = atelier_likeness_card_get_words (self->likeness_card);

  gtk_label_set_label (self->unlike_label, words ? words : "");
}

/* The neighbours come later than the scores, and know better whether the picture is turned. */
static void
on_likeness_changed_cb (AtelierAnswerCard *self)
{
  g_autofree char *answer = g_strdup (gtk_label_get_label (self->answer_label));
  g_autofree char *detail = NULL;
  g_autofree char *others = NULL;

  if (!self->has_answer)
    return;
  detail = describe_score (self);
  others = atelier_score_bars_describe_others (self->bars);
  show_words (self, answer, detail, others);
}

static void
update_title (AtelierAnswerCard *self)
{
  g_autofree char *title = atelier_model_choice_dup_title (self->choice);

  gtk_label_set_label (self->network_label, title);
  if (!atelier_answer_card_get_model (self))
    show_no_network (self);
}

/* The states of the action, by AtelierModelSource. */
static const char * const source_words[] = {
  [ATELIER_MODEL_SOURCE_RUN] = "run",
  [ATELIER_MODEL_SOURCE_BEST] = "best",
  [ATELIER_MODEL_SOURCE_NEWEST] = "newest",
  [ATELIER_MODEL_SOURCE_FILE] = "file",
};

/* With a mnemonic; transfer full. */
static char *
label_source (AtelierAnswerCard  *self,
              AtelierModelSource  source)
{
  GString *label;

  switch (source)
    {
    case ATELIER_MODEL_SOURCE_BEST:
      return g_strdup (_("_Best Epoch of the Run"));
    case ATELIER_MODEL_SOURCE_NEWEST:
      return g_strdup (_("_Newest Weights of the Run"));
    case ATELIER_MODEL_SOURCE_FILE:
      label = g_string_new (atelier_model_choice_get_file_name (self->choice));
      g_string_replace (label, "_", "__", 0);
      return g_string_free (label, FALSE);
    case ATELIER_MODEL_SOURCE_RUN:
    default:
      return g_strdup (atelier_model_choice_is_averaged (self->choice)
                         ? _("_Averaged Weights of the Run")
                         : _("_Training Run"));
    }
}

/* Whether the item @i says what it should; the list may be open. */
static gboolean
has_item (AtelierAnswerCard *self,
          int                i,
          const char        *label)
{
  GMenuModel *menu = G_MENU_MODEL (self->network_section);
  g_autofree char *present = NULL;

  return i < g_menu_model_get_n_items (menu)
         && g_menu_model_get_item_attribute (menu, i, G_MENU_ATTRIBUTE_LABEL, "s", &present)
         && g_str_equal (present, label);
}

/* Offers only weights that there are. */
static void
update_menu (AtelierAnswerCard *self)
{
  int n = 0;

  for (guint i = 0; i < G_N_ELEMENTS (source_words); i++)
    {
      g_autofree char *label = NULL;
      g_autofree char *action = g_strconcat ("answer.network::", source_words[i], NULL);

      if (!atelier_model_choice_has_source (self->choice, i))
        continue;
      label = label_source (self, i);
      if (!has_item (self, n, label))
        {
          while (g_menu_model_get_n_items (G_MENU_MODEL (self->network_section)) > n)
            g_menu_remove (self->network_section, n);
          g_menu_append (self->network_section, label, action);
        }
      n++;
    }
  while (g_menu_model_get_n_items (G_MENU_MODEL (self->network_section)) > n)
    g_menu_remove (self->network_section, n);
}

static void
on_choice_notify_title_cb (AtelierAnswerCard *self)
{
  update_title (self);
  update_menu (self);
}

/* Actions */

static void
on_network_change_state_cb (GSimpleAction *action,
                            GVariant      *value,
                            gpointer       user_data)
{
  AtelierAnswerCard *self = ATELIER_ANSWER_CARD (user_data);

  for (guint i = 0; i < G_N_ELEMENTS (source_words); i++)
    if (g_str_equal (g_variant_get_string (value, NULL), source_words[i]))
      atelier_model_choice_set_source (self->choice, i);
}

static void
on_model_chosen_cb (GtkWidget  *widget,
                    GListModel *files,
                    gpointer    user_data)
{
  g_autoptr (GFile) file = g_list_model_get_item (files, 0);

  atelier_answer_card_open_model (ATELIER_ANSWER_CARD (widget), file);
}

static void
on_open_model_cb (GSimpleAction *action,
                  GVariant      *parameter,
                  gpointer       user_data)
{
  const AtelierPathRequest request = {
    .purpose = ATELIER_PATH_MODELS,
    .title = _("Open Model File"),
    .action = GTK_FILE_CHOOSER_ACTION_OPEN,
    .filter_name = _("Model Files"),
    .filter_suffix = "safetensors",
  };

  atelier_path_chooser_ask_files (GTK_WIDGET (user_data), &request, on_model_chosen_cb, NULL,
                                  NULL);
}

static void
on_choice_loaded_cb (AtelierAnswerCard *self,
                     AtelierModel      *model)
{
  g_signal_emit (self, model_loaded_signal, 0, model);
}

static const GActionEntry action_entries[] = {
  { "network", NULL, "s", "'run'", on_network_change_state_cb },
  { "open-model", on_open_model_cb },
};

/* The choice */

static void
on_choice_notify_model_cb (AtelierAnswerCard *self)
{
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_MODEL]);
}

static void
on_choice_notify_source_cb (AtelierAnswerCard *self)
{
  GAction *action = g_action_map_lookup_action (G_ACTION_MAP (self->actions), "network");
  const char *word = source_words[atelier_model_choice_get_source (self->choice)];

  g_simple_action_set_state (G_SIMPLE_ACTION (action), g_variant_new_string (word));
}

static void
on_model_opened_cb (GObject      *source,
                    GAsyncResult *result,
                    gpointer      user_data)
{
  g_autoptr (AtelierAnswerCard) self = user_data;
  g_autoptr (GError) error = NULL;

  if (atelier_model_choice_open_finish (ATELIER_MODEL_CHOICE (source), result, &error))
    return;
  if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    atelier_toast_show (GTK_WIDGET (self), error->message);
}

/* Overrides */

static void
atelier_answer_card_get_property (GObject    *object,
                                  guint       property_id,
                                  GValue     *value,
                                  GParamSpec *pspec)
{
  AtelierAnswerCard *self = ATELIER_ANSWER_CARD (object);

  switch (property_id)
    {
    case PROP_TRAINER:
      g_value_set_object (value, atelier_answer_card_get_trainer (self));
      break;
    case PROP_MODEL:
      g_value_set_boxed (value, atelier_answer_card_get_model (self));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
atelier_answer_card_set_property (GObject      *object,
                                  guint         property_id,
                                  const GValue *value,
                                  GParamSpec   *pspec)
{
  switch (property_id)
    {
    case PROP_TRAINER:
      atelier_answer_card_set_trainer (ATELIER_ANSWER_CARD (object), g_value_get_object (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
atelier_answer_card_dispose (GObject *object)
{
  AtelierAnswerCard *self = ATELIER_ANSWER_CARD (object);
  GtkWidget *child;

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self))))
    gtk_widget_unparent (child);
  gtk_widget_dispose_template (GTK_WIDGET (self), ATELIER_TYPE_ANSWER_CARD);
  G_OBJECT_CLASS (atelier_answer_card_parent_class)->dispose (object);
}

static void
atelier_answer_card_finalize (GObject *object)
{
  AtelierAnswerCard *self = ATELIER_ANSWER_CARD (object);

  g_clear_object (&self->predictor);
  g_clear_pointer (&self->predictor_model, atelier_model_unref);
  g_clear_pointer (&self->splits, atelier_splits_unref);
  g_clear_error (&self->predictor_error);
  g_object_unref (self->actions);
  g_object_unref (self->choice);
  G_OBJECT_CLASS (atelier_answer_card_parent_class)->finalize (object);
}

static void
atelier_answer_card_class_init (AtelierAnswerCardClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = atelier_answer_card_get_property;
  object_class->set_property = atelier_answer_card_set_property;
  object_class->dispose = atelier_answer_card_dispose;
  object_class->finalize = atelier_answer_card_finalize;

  properties[PROP_TRAINER] =
    g_param_spec_object ("trainer", NULL, NULL, ATELIER_TYPE_TRAINER,
                         G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  properties[PROP_MODEL] =
    g_param_spec_boxed ("model", NULL, NULL, ATELIER_TYPE_MODEL,
                        G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
  model_loaded_signal = g_signal_new ("model-loaded", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST,
                                      0, NULL, NULL, NULL, G_TYPE_NONE, 1, ATELIER_TYPE_MODEL);

  g_type_ensure (ATELIER_TYPE_LIKENESS_CARD);
  g_type_ensure (ATELIER_TYPE_PRESET_ADVICE);
  g_type_ensure (ATELIER_TYPE_SCORE_BARS);
  gtk_widget_class_set_css_name (widget_class, "answercard");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
  gtk_widget_class_set_template_from_resource (
    widget_class, "/io/github/atelier_nn/Atelier/draw/answer/atelier-answer-card.ui");
  gtk_widget_class_bind_template_child (widget_class, AtelierAnswerCard, answer_label);
  gtk_widget_class_bind_template_child (widget_class, AtelierAnswerCard, detail_label);
  gtk_widget_class_bind_template_child (widget_class, AtelierAnswerCard, network_button);
  gtk_widget_class_bind_template_child (widget_class, AtelierAnswerCard, network_label);
  gtk_widget_class_bind_template_child (widget_class, AtelierAnswerCard, network_section);
  gtk_widget_class_bind_template_child (widget_class, AtelierAnswerCard, stack);
  gtk_widget_class_bind_template_child (widget_class, AtelierAnswerCard, train_button);
  gtk_widget_class_bind_template_child (widget_class, AtelierAnswerCard, unlike_label);
  gtk_widget_class_bind_template_child (widget_class, AtelierAnswerCard, bars);
  gtk_widget_class_bind_template_child (widget_class, AtelierAnswerCard, likeness_card);
  gtk_widget_class_bind_template_child (widget_class, AtelierAnswerCard, advice);
}

static void
atelier_answer_card_init (AtelierAnswerCard *self)
{
  self->choice = atelier_model_choice_new ();
  self->actions = g_simple_action_group_new ();
  g_action_map_add_action_entries (G_ACTION_MAP (self->actions), action_entries,
                                   G_N_ELEMENTS (action_entries), self);
  gtk_widget_insert_action_group (GTK_WIDGET (self), "answer", G_ACTION_GROUP (self->actions));
  gtk_widget_init_template (GTK_WIDGET (self));

  g_signal_connect_object (self->choice, "loaded", G_CALLBACK (on_choice_loaded_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->choice, "notify::model", G_CALLBACK (on_choice_notify_model_cb),
                           self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->choice, "notify::source",
                           G_CALLBACK (on_choice_notify_source_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->choice, "notify::file-name", G_CALLBACK (update_menu), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->choice, "notify::title", G_CALLBACK (on_choice_notify_title_cb),
                           self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->likeness_card, "changed", G_CALLBACK (on_likeness_changed_cb),
                           self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->likeness_card, "notify::words",
                           G_CALLBACK (on_likeness_notify_words_cb), self, G_CONNECT_SWAPPED);
  on_choice_notify_title_cb (self);
}

AtelierTrainer *
atelier_answer_card_get_trainer (AtelierAnswerCard *self)
{
  g_return_val_if_fail (ATELIER_IS_ANSWER_CARD (self), NULL);

  return atelier_model_choice_get_trainer (self->choice);
}

void
atelier_answer_card_set_trainer (AtelierAnswerCard *self,
                                 AtelierTrainer    *trainer)
{
  g_return_if_fail (ATELIER_IS_ANSWER_CARD (self));
  g_return_if_fail (trainer == NULL || ATELIER_IS_TRAINER (trainer));

  if (atelier_model_choice_get_trainer (self->choice) == trainer)
    return;
  atelier_likeness_card_set_trainer (self->likeness_card, trainer);
  atelier_model_choice_set_trainer (self->choice, trainer);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_TRAINER]);
}

AtelierModel *
atelier_answer_card_get_model (AtelierAnswerCard *self)
{
  AtelierModel *model;
  guint channels = 0;

  g_return_val_if_fail (ATELIER_IS_ANSWER_CARD (self), NULL);

  model = atelier_model_choice_get_model (self->choice);
  if (model)
    atelier_network_get_input (atelier_model_get_network (model), NULL, NULL, &channels);
  return channels == 1 ? model : NULL;
}

void
atelier_answer_card_set_splits (AtelierAnswerCard *self,
                                AtelierSplits     *splits)
{
  g_return_if_fail (ATELIER_IS_ANSWER_CARD (self));

  if (splits)
    atelier_splits_ref (splits);
  g_clear_pointer (&self->splits, atelier_splits_unref);
  self->splits = splits;
}

/* The picture is shown as it is judged, so that a mirror image is judged only for the hint. */
static void
show_answer (AtelierAnswerCard *self,
             const guint8      *pixels)
{
  g_autofree float *scores
    = g_new0 (float, atelier_score_bars_get_n_classes (self->bars));
  AtelierMirrorJudgement judgement;
  g_autoptr (GError) error = NULL;

  if (atelier_mirror_classify (self->predictor, ATELIER_MIRROR_NEVER, pixels, scores, &judgement,
                               &error))
    {
      show_scores (self, scores, &judgement);
      atelier_preset_advice_set_model (self->advice, self->predictor_model);
      atelier_likeness_card_look (self->likeness_card, pixels);
      return;
    }
  atelier_score_bars_set_scores (self->bars, NULL);
  show_words (self, _("No Answer"), error->message, NULL);
}

void
atelier_answer_card_show (AtelierAnswerCard *self,
                          const guint8      *pixels)
{
  g_return_if_fail (ATELIER_IS_ANSWER_CARD (self));

  self->has_answer = FALSE;
  atelier_preset_advice_set_model (self->advice, NULL);
  if (!update_predictor (self))
    {
      show_no_network (self);
      atelier_likeness_card_set_source (self->likeness_card, NULL, NULL);
      atelier_likeness_card_look (self->likeness_card, NULL);
      return;
    }
  atelier_likeness_card_set_source (self->likeness_card, self->predictor_model,
                                    find_training_data (self, self->predictor_model));
  gtk_stack_set_visible_child_name (self->stack, "scores");
  if (is_untrained (self))
    show_untrained (self);
  else if (pixels)
    show_answer (self, pixels);
  else
    {
      atelier_score_bars_set_scores (self->bars, NULL);
      show_words (self, _("Draw Something"), _("or open a picture"), NULL);
      atelier_likeness_card_look (self->likeness_card, NULL);
    }
}

gboolean
atelier_answer_card_is_mirror_surer (AtelierAnswerCard        *self,
                                     const AtelierInputResult *result)
{
  const AtelierStagePicture *seen;
  AtelierMirrorJudgement judgement;
  g_autofree float *scores = NULL;
  guint height, width;

  g_return_val_if_fail (ATELIER_IS_ANSWER_CARD (self), FALSE);
  g_return_val_if_fail (result != NULL, FALSE);

  seen = &result->stages[ATELIER_STAGE_RESULT];
  if (!self->predictor || is_untrained (self))
    return FALSE;
  atelier_network_get_input (atelier_model_get_network (self->predictor_model), &height, &width,
                             NULL);
  if (seen->width != width || seen->height != height)
    return FALSE;
  scores = g_new (float, atelier_score_bars_get_n_classes (self->bars));
  return atelier_mirror_classify (self->predictor, ATELIER_MIRROR_SURER, seen->pixels, scores,
                                  &judgement, NULL)
         && judgement.was_mirrored;
}

int
atelier_answer_card_get_best (AtelierAnswerCard *self)
{
  g_return_val_if_fail (ATELIER_IS_ANSWER_CARD (self), -1);

  return atelier_score_bars_get_best (self->bars);
}

void
atelier_answer_card_open_model (AtelierAnswerCard *self,
                                GFile             *file)
{
  g_return_if_fail (ATELIER_IS_ANSWER_CARD (self));
  g_return_if_fail (G_IS_FILE (file));

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  self->cancellable = g_cancellable_new ();
  atelier_model_choice_open_async (self->choice, file, self->cancellable, on_model_opened_cb,
                                   g_object_ref (self));
}
