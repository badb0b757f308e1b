/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The Train page joins the views; each view knows only what it shows.
 *
 *   trainer's history -> the curves and the sentence      (every batch; every epoch)
 *                     -> the newest epoch -> show_epoch () -> confusion -> matrix, pairs, gallery
 *   matrix.show       -> the selection   -> matrix's mark, gallery
 *
 * Everything in the lower half shows one epoch and one selection, both held here, and one function
 * shows them: whatever picks another epoch later calls the same.  It runs once an epoch and once a
 * click and counts a few thousand predictions. Main thread.
 */

#include "config.h"

#include "atelier-train-page.h"

#include <glib/gi18n.h>

#include "atelier-curve.h"
#include "atelier-format.h"

#define N_WORST_PAIRS 3

struct _AtelierTrainPage
{
  AdwBin             parent_instance;

  AtelierSelection   selection;
  AtelierSelection   chosen; /* what "mistakes" goes back to */

  /* Owned */
  AtelierTrainer    *trainer;
  AtelierHistory    *history;
  AtelierEpoch      *epoch;
  AtelierConfusion  *confusion;

  /* Template children */
  AdwFlap           *flap;
  AtelierSidebar    *sidebar;
  AtelierCurve      *loss_curve;
  AtelierCurve      *accuracy_curve;
  GtkLabel          *sentence_label;
  GtkLabel          *origin_label;
  GtkStack          *matrix_stack;
  GtkLabel          *matrix_title_label;
  GtkInscription    *matrix_empty_label;
  AtelierMatrixGrid *matrix;
  GtkWidget         *mistakes_button;
  GtkLabel          *pairs_label;
  AtelierGallery    *gallery;
};

G_DEFINE_FINAL_TYPE (AtelierTrainPage, atelier_train_page, ADW_TYPE_BIN)

enum
{
  PROP_TRAINER = 1,
  PROP_MISTAKES,
  PROP_SHOW_SIDEBAR,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

static const AtelierSelection all_mistakes = { .kind = ATELIER_SELECT_MISTAKES };

/* The class names of the run's data, which may not be the data that are chosen for the next. */
static const char * const *
get_class_names (AtelierTrainPage *self)
{
  return atelier_dataset_get_class_names (atelier_trainer_get_dataset (self->trainer));
}

static char *
describe_worst_pairs (AtelierTrainPage *self)
{
  AtelierConfusedPair pairs[N_WORST_PAIRS];
  guint n = atelier_confusion_get_worst_pairs (self->confusion, pairs, N_WORST_PAIRS);
  const char * const *class_names = get_class_names (self);
  GString *words = g_string_new (n == 0 ? _("No mistake at all.") : NULL);

  for (guint i = 0; i < n; i++)
    {
      g_autofree char *count = atelier_format_count (pairs[i].count);

      if (i > 0)
        g_string_append (words, " · ");
      /* Translators: "Shirt called Coat 82": a class, what it was taken for, how often. */
      g_string_append_printf (words, _("%s called %s %s"),
                              atelier_class_name_translate (class_names[pairs[i].truth]),
                              atelier_class_name_translate (class_names[pairs[i].prediction]),
                              count);
    }

  return g_string_free (words, FALSE);
}

static void
show_gallery (AtelierTrainPage *self)
{
  atelier_gallery_show (self->gallery,
                        self->epoch ? atelier_trainer_get_dataset (self->trainer) : NULL,
                        self->confusion ? self->epoch : NULL,
                        self->confusion,
                        &self->selection);
}

static void
show_matrix (AtelierTrainPage *self)
{
  g_autofree char *pairs = NULL;

  if (self->confusion == NULL
      || atelier_confusion_get_n_classes (self->confusion) > ATELIER_MATRIX_GRID_MAX_CLASSES)
    {
      const char *text =
        _("After the first epoch this shows which class was taken for which, counted over the "
          "validation pictures. A click on a number shows its pictures.");

      if (self->confusion)
        text =
          _("There are too many classes to show each pair. The most confused ones stand below.");
      else if (self->epoch)
        text = _("There are no validation pictures to count mistakes in.");
      gtk_inscription_set_text (self->matrix_empty_label, text);
      gtk_stack_set_visible_child_name (self->matrix_stack, "empty");
    }
  else
    {
      atelier_matrix_grid_set_confusion (self->matrix, self->confusion, get_class_names (self));
      gtk_stack_set_visible_child_name (self->matrix_stack, "matrix");
    }

  if (self->confusion)
    pairs = describe_worst_pairs (self);
  gtk_label_set_label (self->pairs_label, pairs ? pairs : "");
}

static void
show_matrix_title (AtelierTrainPage *self)
{
  g_autofree char *title = NULL;

  if (self->confusion)
    /* Translators: under the heading "Confusion matrix": which pictures, which epoch, the share
     * of right answers. */
    title = g_strdup_printf (_("%s, epoch %u · %.1f %% right"),
                             atelier_split_get_name (atelier_predictions_get_split
                                                     (atelier_epoch_get_predictions (self->epoch))),
                             atelier_epoch_get_figures (self->epoch)->epoch,
                             100.0 * atelier_confusion_get_accuracy (self->confusion));
  gtk_label_set_label (self->matrix_title_label, title ? title : "");
  gtk_widget_set_visible (GTK_WIDGET (self->matrix_title_label), title != NULL);
  gtk_widget_set_visible (self->mistakes_button, title != NULL);
}

static void
set_selection (AtelierTrainPage       *self,
               const AtelierSelection *selection)
{
  gboolean had_mistakes = self->selection.kind == ATELIER_SELECT_MISTAKES;

  if (atelier_selection_equal (&self->selection, selection))
    return;

  self->selection = *selection;
  if (selection->kind != ATELIER_SELECT_MISTAKES)
    self->chosen = *selection;
  atelier_matrix_grid_set_selection (self->matrix, selection);
  show_gallery (self);

  if (had_mistakes != (selection->kind == ATELIER_SELECT_MISTAKES))
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_MISTAKES]);
}

/* NULL: there is none yet. */
static void
show_epoch (AtelierTrainPage *self,
            AtelierEpoch     *epoch)
{
  AtelierPredictions *predictions = epoch ? atelier_epoch_get_predictions (epoch) : NULL;

  g_set_object (&self->epoch, epoch);
  g_clear_pointer (&self->confusion, atelier_confusion_unref);
  if (predictions)
    self->confusion = atelier_confusion_new (predictions);

  /* Another data set may have fewer classes than the one that the selection was made in. */
  if (predictions
      && !atelier_selection_fits (&self->chosen, atelier_predictions_get_n_classes (predictions)))
    {
      self->chosen = all_mistakes;
      set_selection (self, &all_mistakes);
    }

  show_matrix (self);
  show_matrix_title (self);
  show_gallery (self);
}

static void
show_sentence (AtelierTrainPage *self)
{
  g_autofree char *sentence = NULL;

  if (self->history && atelier_history_get_n_epochs (self->history) > 0)
    sentence = atelier_history_describe (self->history);
  else if (self->history)
    sentence = g_strdup (_("The first epoch is being trained."));
  else
    sentence = g_strdup (_("Press Train: the curves, the mistakes and their pictures "
                           "appear here while the network learns."));

  gtk_label_set_label (self->sentence_label, sentence);
}

/* What the sidebar holds for the next run is what the last was trained with. */
static gboolean
is_sidebar_of_run (AtelierTrainPage *self)
{
  g_autoptr (AtelierDataset) dataset = NULL;
  g_autoptr (AtelierNetwork) network = NULL;
  AtelierRecipe recipe;

  g_object_get (self->sidebar, "dataset", &dataset, "network", &network, NULL);
  atelier_recipe_editor_get_recipe (atelier_sidebar_get_recipe_editor (self->sidebar), &recipe);

  return dataset && network
         && g_str_equal (atelier_dataset_get_sha256 (dataset),
                         atelier_dataset_get_sha256 (atelier_trainer_get_dataset (self->trainer)))
         && atelier_network_equal (network, atelier_trainer_get_network (self->trainer))
         && atelier_recipe_equal (&recipe, atelier_trainer_get_recipe (self->trainer));
}

/* Only while it could be taken for something else. */
static void
show_origin (AtelierTrainPage *self)
{
  gboolean is_shown = self->history && !atelier_trainer_is_active (self->trainer)
                      && !is_sidebar_of_run (self);
  g_autofree char *text = NULL;

  gtk_widget_set_visible (GTK_WIDGET (self->origin_label), is_shown);
  if (!is_shown)
    return;

  /* Translators: a network, a data set, a number. */
  text = g_strdup_printf (_("These curves are of %s, on %s, seed %" G_GUINT64_FORMAT "."),
                          atelier_network_get_name (atelier_trainer_get_network (self->trainer)),
                          atelier_dataset_get_name (atelier_trainer_get_dataset (self->trainer)),
                          atelier_trainer_get_recipe (self->trainer)->seed);
  gtk_label_set_label (self->origin_label, text);
}

static void
on_epochs_changed_cb (AtelierTrainPage *self)
{
  guint n = self->history ? atelier_history_get_n_epochs (self->history) : 0;

  show_sentence (self);
  show_epoch (self, n > 0 ? atelier_history_get_epoch (self->history, n - 1) : NULL);
}

static void
set_history (AtelierTrainPage *self,
             AtelierHistory   *history)
{
  if (self->history == history)
    return;

  if (self->history)
    g_signal_handlers_disconnect_by_func (self->history, on_epochs_changed_cb, self);
  g_set_object (&self->history, history);
  if (history)
    g_signal_connect_swapped (history, "items-changed", G_CALLBACK (on_epochs_changed_cb), self);

  atelier_curve_set_history (self->loss_curve, history);
  atelier_curve_set_history (self->accuracy_curve, history);
  on_epochs_changed_cb (self);
}

static void
on_history_notify_cb (AtelierTrainPage *self)
{
  set_history (self, atelier_trainer_get_history (self->trainer));
}

static void
set_trainer (AtelierTrainPage *self,
             AtelierTrainer   *trainer)
{
  if (self->trainer == trainer)
    return;

  set_history (self, NULL);
  if (self->trainer)
    g_signal_handlers_disconnect_by_data (self->trainer, self);
  g_set_object (&self->trainer, trainer);
  if (trainer)
    {
      g_signal_connect_swapped (trainer, "notify::history", G_CALLBACK (on_history_notify_cb),
                                self);
      g_signal_connect_swapped (trainer, "notify::state", G_CALLBACK (show_origin), self);
      on_history_notify_cb (self);
    }
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_TRAINER]);
}

static void
on_show_action_cb (GtkWidget  *widget,
                   const char *action_name,
                   GVariant   *parameter)
{
  AtelierTrainPage *self = ATELIER_TRAIN_PAGE (widget);
  AtelierSelection selection;
  guint kind;

  g_variant_get (parameter, "(uuu)", &kind, &selection.truth, &selection.prediction);
  selection.kind = kind;
  if (kind > ATELIER_SELECT_PREDICTION || self->confusion == NULL
      || !atelier_selection_fits (&selection, atelier_confusion_get_n_classes (self->confusion)))
    return;

  set_selection (self, &selection);
}

static void
atelier_train_page_get_property (GObject    *object,
                                 guint       property_id,
                                 GValue     *value,
                                 GParamSpec *pspec)
{
  AtelierTrainPage *self = ATELIER_TRAIN_PAGE (object);

  switch (property_id)
    {
    case PROP_TRAINER:
      g_value_set_object (value, self->trainer);
      break;
    case PROP_MISTAKES:
      g_value_set_boolean (value, self->selection.kind == ATELIER_SELECT_MISTAKES);
      break;
    case PROP_SHOW_SIDEBAR:
      g_value_set_boolean (value, adw_flap_get_reveal_flap (self->flap));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
atelier_train_page_set_property (GObject      *object,
                                 guint         property_id,
                                 const GValue *value,
                                 GParamSpec   *pspec)
{
  AtelierTrainPage *self = ATELIER_TRAIN_PAGE (object);

  switch (property_id)
    {
    case PROP_TRAINER:
      set_trainer (self, g_value_get_object (value));
      break;
    case PROP_MISTAKES:
      set_selection (self, g_value_get_boolean (value) ? &all_mistakes : &self->chosen);
      break;
    case PROP_SHOW_SIDEBAR:
      adw_flap_set_reveal_flap (self->flap, g_value_get_boolean (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
on_reveal_flap_notify_cb (AtelierTrainPage *self)
{
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SHOW_SIDEBAR]);
}

static void
atelier_train_page_dispose (GObject *object)
{
  AtelierTrainPage *self = ATELIER_TRAIN_PAGE (object);

  if (self->history)
    g_signal_handlers_disconnect_by_func (self->history, on_epochs_changed_cb, self);
  if (self->trainer)
    g_signal_handlers_disconnect_by_data (self->trainer, self);
  g_clear_object (&self->history);
  g_clear_object (&self->trainer);
  g_clear_object (&self->epoch);
  g_clear_pointer (&self->confusion, atelier_confusion_unref);
  /* The bin would let go of its child a second time. */
  adw_bin_set_child (ADW_BIN (self), NULL);
  gtk_widget_dispose_template (GTK_WIDGET (self), ATELIER_TYPE_TRAIN_PAGE);

  G_OBJECT_CLASS (atelier_train_page_parent_class)->dispose (object);
}

static void
bind_template (GtkWidgetClass *widget_class)
{
  gtk_widget_class_set_template_from_resource (
    widget_class, "/io/github/atelier_nn/Atelier/atelier-train-page.ui");
  gtk_widget_class_bind_template_child (widget_class, AtelierTrainPage, flap);
  gtk_widget_class_bind_template_child (widget_class, AtelierTrainPage, sidebar);
  gtk_widget_class_bind_template_child (widget_class, AtelierTrainPage, loss_curve);
  gtk_widget_class_bind_template_child (widget_class, AtelierTrainPage, accuracy_curve);
  gtk_widget_class_bind_template_child (widget_class, AtelierTrainPage, sentence_label);
  gtk_widget_class_bind_template_child (widget_class, AtelierTrainPage, origin_label);
  gtk_widget_class_bind_template_child (widget_class, AtelierTrainPage, matrix_stack);
  gtk_widget_class_bind_template_child (widget_class, AtelierTrainPage, matrix_title_label);
  gtk_widget_class_bind_template_child (widget_class, AtelierTrainPage, matrix_empty_label);
  gtk_widget_class_bind_template_child (widget_class, AtelierTrainPage, matrix);
  gtk_widget_class_bind_template_child (widget_class, AtelierTrainPage, pairs_label);
  gtk_widget_class_bind_template_child (widget_class, AtelierTrainPage, mistakes_button);
  gtk_widget_class_bind_template_child (widget_class, AtelierTrainPage, gallery);
  gtk_widget_class_bind_template_callback (widget_class, on_reveal_flap_notify_cb);
}

static void
atelier_train_page_class_init (AtelierTrainPageClass *klass)
{
  const GParamFlags flags = G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = atelier_train_page_get_property;
  object_class->set_property = atelier_train_page_set_property;
  object_class->dispose = atelier_train_page_dispose;

  properties[PROP_TRAINER] =
    g_param_spec_object ("trainer", NULL, NULL, ATELIER_TYPE_TRAINER, flags);
  properties[PROP_MISTAKES] = g_param_spec_boolean ("mistakes", NULL, NULL, TRUE, flags);
  properties[PROP_SHOW_SIDEBAR] = g_param_spec_boolean ("show-sidebar", NULL, NULL, TRUE, flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  gtk_widget_class_install_action (widget_class, "matrix.show", "(uuu)", on_show_action_cb);
  gtk_widget_class_install_property_action (widget_class, "matrix.mistakes", "mistakes");

  g_type_ensure (ATELIER_TYPE_CURVE);
  g_type_ensure (ATELIER_TYPE_GALLERY);
  g_type_ensure (ATELIER_TYPE_MATRIX_GRID);
  g_type_ensure (ATELIER_TYPE_SIDEBAR);
  bind_template (widget_class);
}

static void
watch_sidebar (AtelierTrainPage *self)
{
  g_signal_connect_object (self->sidebar, "notify::dataset", G_CALLBACK (show_origin), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->sidebar, "notify::network", G_CALLBACK (show_origin), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (atelier_sidebar_get_recipe_editor (self->sidebar), "changed",
                           G_CALLBACK (show_origin), self, G_CONNECT_SWAPPED);
}

static void
atelier_train_page_init (AtelierTrainPage *self)
{
  self->selection = all_mistakes;
  self->chosen = all_mistakes;

  gtk_widget_init_template (GTK_WIDGET (self));
  watch_sidebar (self);

  show_sentence (self);
  show_epoch (self, NULL);
}

AtelierSidebar *
atelier_train_page_get_sidebar (AtelierTrainPage *self)
{
  g_return_val_if_fail (ATELIER_IS_TRAIN_PAGE (self), NULL);

  return self->sidebar;
}

const AtelierSelection *
atelier_train_page_get_selection (AtelierTrainPage *self)
{
  g_return_val_if_fail (ATELIER_IS_TRAIN_PAGE (self), NULL);

  return &self->selection;
}

AtelierEpoch *
atelier_train_page_get_epoch (AtelierTrainPage *self)
{
  g_return_val_if_fail (ATELIER_IS_TRAIN_PAGE (self), NULL);

  return self->epoch;
}

AtelierMatrixGrid *
atelier_train_page_get_matrix (AtelierTrainPage *self)
{
  g_return_val_if_fail (ATELIER_IS_TRAIN_PAGE (self), NULL);

  return self->matrix;
}

AtelierGallery *
atelier_train_page_get_gallery (AtelierTrainPage *self)
{
  g_return_val_if_fail (ATELIER_IS_TRAIN_PAGE (self), NULL);

  return self->gallery;
}
