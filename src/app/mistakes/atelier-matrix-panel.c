/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The confusion matrix with everything around it: which pictures of which epoch are counted, what
 * the cells show, the table of classes instead of the grid, all mistakes, the most confused pairs.
 *
 *   page "empty"    an explanation: nothing to count yet, or too many classes for cells
 *        "test"     the lock, if the test set was not measured in this epoch
 *        "classes"  the table of classes
 *        "matrix"   the grid of cells
 *
 * Everything is refilled when the focus changes: once an epoch and once a click, from the few
 * thousand predictions that the focus has counted.  Of grid and table, only the visible one is
 * filled.  Main thread.
 */

#include "config.h"

#include "mistakes/atelier-matrix-panel.h"

#include <glib/gi18n.h>

#include "base/atelier-format.h"
#include "data/atelier-dataset.h"
#include "kit/atelier-export-job.h"
#include "kit/atelier-number-order.h"
#include "kit/atelier-tooltip.h"
#include "mistakes/atelier-matrix-export.h"
#include "mistakes/atelier-pair-button.h"
#include "mistakes/atelier-test-lock.h"
#include "model/atelier-weights.h"

#define N_WORST_PAIRS 3

struct _AtelierMatrixPanel
{
  GtkWidget          parent_instance;

  gboolean           shows_classes;

  /* Owned */
  AtelierTrainer    *trainer;
  AtelierFocus      *focus;

  /* Template children; each has a name, because GTK 4.8 disposes only those that do */
  GtkWidget         *heading_box;
  GtkLabel          *heading_label;
  GtkWidget         *controls_box;
  GtkDropDown       *split_drop_down;
  GtkWidget         *mode_drop_down;
  GtkWidget         *sort_button;
  GtkWidget         *save_button;
  GtkLabel          *title_label;
  GtkStack          *stack;
  GtkInscription    *empty_label;
  AtelierTestLock   *test_lock;
  AtelierMatrixGrid *grid;
  AtelierClassTable *class_table;
  GtkWidget         *pairs_box;
  GtkLabel          *no_mistake_label;
  AtelierPairButton *pair_button_1;
  AtelierPairButton *pair_button_2;
  AtelierPairButton *pair_button_3;
};

G_DEFINE_FINAL_TYPE (AtelierMatrixPanel, atelier_matrix_panel, GTK_TYPE_WIDGET)

enum
{
  PROP_TRAINER = 1,
  PROP_MODE,
  PROP_SHOW_CLASSES,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

/* The class names of the run's data set, which need not be the data set chosen for the next run. */
static const char * const *
get_class_names (AtelierMatrixPanel *self)
{
  return atelier_dataset_get_class_names (atelier_focus_get_dataset (self->focus));
}

static gboolean
is_too_large (AtelierConfusion *confusion)
{
  return atelier_confusion_get_n_classes (confusion) > ATELIER_MATRIX_GRID_MAX_CLASSES;
}

/* The page to show */

static const char *
explain_emptiness (AtelierMatrixPanel *self,
                   AtelierConfusion   *confusion)
{
  if (confusion)
    return _("There are too many classes to show each pair. The most confused pairs are listed "
             "below, and the table has a line for each class.");
  if (atelier_focus_get_epoch (self->focus) == 0)
    return _("After the first epoch this shows which class was taken for which, counted over the "
             "validation pictures. A click on a number shows its pictures.");
  if (atelier_focus_get_split (self->focus) == ATELIER_SPLIT_TRAIN)
    return _("This epoch was not measured on training pictures.");

  return _("There are no validation pictures to count mistakes in.");
}

static const char *
choose_page (AtelierMatrixPanel *self,
             AtelierConfusion   *confusion)
{
  if (confusion && self->shows_classes)
    return "classes";
  if (confusion)
    return is_too_large (confusion) ? "empty" : "matrix";

  return atelier_focus_get_split (self->focus) == ATELIER_SPLIT_TEST
           && atelier_focus_get_epoch (self->focus) > 0
           ? "test" : "empty";
}

static void
show_page (AtelierMatrixPanel *self,
           AtelierConfusion   *confusion)
{
  const char *page = choose_page (self, confusion);

  if (g_str_equal (page, "matrix"))
    atelier_matrix_grid_set_confusion (self->grid, confusion, get_class_names (self));
  else if (g_str_equal (page, "classes"))
    {
      atelier_class_table_set_confusion (self->class_table, confusion, get_class_names (self));
      atelier_class_table_set_selection (self->class_table,
                                         atelier_focus_get_selection (self->focus));
    }
  else if (g_str_equal (page, "empty"))
    gtk_inscription_set_text (self->empty_label, explain_emptiness (self, confusion));

  gtk_stack_set_visible_child_name (self->stack, page);
}

/* Heading and switches */

/* The test set's figures are of the weights that were chosen: "Test, best, epoch 7"; transfer
 * full. */
static char *
name_test_pictures (AtelierMatrixPanel *self)
{
  AtelierHistory *history = atelier_focus_get_history (self->focus);
  guint n_looks = atelier_history_get_n_test_looks (history);
  const AtelierTestLook *look = atelier_history_get_test_look (history, n_looks - 1);
  g_autofree char *weights = atelier_weights_describe (look->weights, look->epoch);

  /* Translators: which pictures are counted, and which weights: "Test, best, epoch 7" */
  return g_strdup_printf (_("%s, %s"), atelier_split_get_name (ATELIER_SPLIT_TEST), weights);
}

/* "Validation, epoch 7", "Training, a sample of 5,000, epoch 7"; transfer full. */
static char *
name_pictures (AtelierMatrixPanel *self)
{
  AtelierPredictions *predictions = atelier_focus_get_predictions (self->focus);
  AtelierSplit split = atelier_focus_get_split (self->focus);
  guint epoch = atelier_focus_get_epoch (self->focus);
  g_autofree char *count = NULL;

  if (split == ATELIER_SPLIT_TEST)
    return name_test_pictures (self);
  if (!atelier_predictions_is_sample (predictions))
    /* Translators: which pictures are counted, and the epoch whose predictions are counted */
    return g_strdup_printf (_("%s, epoch %u"), atelier_split_get_name (split), epoch);

  count = atelier_format_count (atelier_predictions_get_n (predictions));
  /* Translators: which pictures are counted, the size of the sample, and the epoch */
  return g_strdup_printf (_("%s, a sample of %s, epoch %u"), atelier_split_get_name (split), count,
                          epoch);
}

/* With the test set's figures, says how often it was looked at in all; transfer full. */
static char *
describe_looks (AtelierMatrixPanel *self)
{
  guint n = atelier_test_lock_get_n_looks (self->test_lock);
  g_autofree char *looks =
    g_strdup_printf (ngettext ("looked at once", "looked at %u times, over all runs", n), n);
  g_autofree char *loss_words = NULL;
  double loss;

  atelier_focus_get_test (self->focus, &loss, NULL);
  loss_words = atelier_format_loss_short (loss);

  /* Translators: "loss 0.271 · looked at 2 times, over all runs". */
  return g_strdup_printf (_("loss %s · %s"), loss_words, looks);
}

static void
show_title (AtelierMatrixPanel *self,
            AtelierConfusion   *confusion)
{
  g_autofree char *pictures = NULL;
  g_autofree char *right = NULL;
  g_autofree char *looks = NULL;
  g_autofree char *title = NULL;

  if (confusion)
    {
      g_autofree char *accuracy
        = atelier_format_percent (atelier_confusion_get_accuracy (confusion), 1);

      pictures = name_pictures (self);
      /* Translators: the share of right answers, "91.4 % right". */
      right = g_strdup_printf (_("%s right"), accuracy);
      if (atelier_focus_get_split (self->focus) == ATELIER_SPLIT_TEST)
        looks = describe_looks (self);
      title = g_strjoin (" · ", pictures, right, looks, NULL);
    }
  atelier_number_order_set_label (self->title_label, title ? title : "");
  atelier_tooltip_set_text (GTK_WIDGET (self->title_label), title);
}

static void
show_controls (AtelierMatrixPanel *self,
               AtelierConfusion   *confusion)
{
  gtk_label_set_label (self->heading_label,
                       self->shows_classes ? _("Classes") : _("Confusion Matrix"));
  gtk_widget_set_visible (self->controls_box, atelier_focus_get_epoch (self->focus) > 0);
  gtk_widget_set_visible (self->mode_drop_down, !self->shows_classes);
  gtk_widget_set_visible (self->sort_button, self->shows_classes);
  gtk_widget_set_sensitive (self->mode_drop_down, confusion != NULL);
  gtk_widget_set_sensitive (self->sort_button, confusion != NULL);
  gtk_widget_set_sensitive (self->save_button, confusion != NULL);
}

static void
show_pairs (AtelierMatrixPanel *self,
            AtelierConfusion   *confusion)
{
  AtelierPairButton *buttons[N_WORST_PAIRS] = { self->pair_button_1, self->pair_button_2,
                                                self->pair_button_3 };
  AtelierConfusedPair pairs[N_WORST_PAIRS];
  guint n = 0;

  gtk_widget_set_visible (self->pairs_box, confusion != NULL);
  if (confusion == NULL)
    return;

  n = atelier_confusion_get_worst_pairs (confusion, pairs, N_WORST_PAIRS);
  for (guint i = 0; i < N_WORST_PAIRS; i++)
    atelier_pair_button_set_pair (buttons[i], i < n ? &pairs[i] : NULL, confusion,
                                  get_class_names (self));
  gtk_widget_set_visible (GTK_WIDGET (self->no_mistake_label), n == 0);
}

static void
update (AtelierMatrixPanel *self)
{
  AtelierConfusion *confusion;

  if (self->focus == NULL)
    return;

  confusion = atelier_focus_get_confusion (self->focus);
  show_page (self, confusion);
  show_title (self, confusion);
  show_controls (self, confusion);
  show_pairs (self, confusion);
}

/* Commands */

static gboolean
write_matrix (gpointer     data,
              const char  *path,
              GError     **error)
{
  return atelier_matrix_export_write (data, path, error);
}

static void
on_save_action_cb (GtkWidget  *widget,
                   const char *action_name,
                   GVariant   *parameter)
{
  AtelierMatrixPanel *self = ATELIER_MATRIX_PANEL (widget);
  AtelierConfusion *confusion = atelier_focus_get_confusion (self->focus);
  AtelierExportJob job = {
    .title = _("Save the Matrix"),
    .suffix = g_variant_get_string (parameter, NULL),
    .failure = _("The Matrix Could Not Be Saved"),
    .write = write_matrix,
  };
  g_autofree char *pictures = NULL;
  g_autofree char *title = NULL;
  guint mode;

  if (confusion == NULL)
    return;

  pictures = name_pictures (self);
  /* Translators: the title of a saved matrix, and its file's name: "Confusion matrix, Validation,
   * epoch 7". */
  title = g_strdup_printf (_("Confusion matrix, %s"), pictures);
  job.suggested_name = title;
  g_object_get (self->grid, "mode", &mode, NULL);
  atelier_export_job_ask (widget, &job,
                          atelier_matrix_export_new (confusion, get_class_names (self), mode,
                                                     title),
                          (GDestroyNotify) atelier_matrix_export_free);
}

static gboolean
write_classes (gpointer     data,
               const char  *path,
               GError     **error)
{
  return atelier_matrix_export_write_classes (data, path, error);
}

static void
on_save_classes_action_cb (GtkWidget  *widget,
                           const char *action_name,
                           GVariant   *parameter)
{
  AtelierMatrixPanel *self = ATELIER_MATRIX_PANEL (widget);
  AtelierConfusion *confusion = atelier_focus_get_confusion (self->focus);
  AtelierExportJob job = {
    .title = _("Save the Classes"),
    .suffix = "csv",
    .failure = _("The Classes Could Not Be Saved"),
    .write = write_classes,
  };
  g_autofree char *pictures = NULL;
  g_autofree char *title = NULL;

  if (confusion == NULL)
    return;

  pictures = name_pictures (self);
  /* Translators: the name of a file with the table of classes: "Classes, Validation, epoch 7". */
  title = g_strdup_printf (_("Classes, %s"), pictures);
  job.suggested_name = title;
  atelier_export_job_ask (widget, &job,
                          atelier_matrix_export_new (confusion, get_class_names (self),
                                                     ATELIER_MATRIX_COUNTS, title),
                          (GDestroyNotify) atelier_matrix_export_free);
}

static void
on_sort_action_cb (GtkWidget  *widget,
                   const char *action_name,
                   GVariant   *parameter)
{
  atelier_class_table_sort (ATELIER_MATRIX_PANEL (widget)->class_table,
                            g_variant_get_string (parameter, NULL));
}

static void
set_shows_classes (AtelierMatrixPanel *self,
                   gboolean            shows_classes)
{
  if (self->shows_classes == shows_classes)
    return;

  self->shows_classes = shows_classes;
  update (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SHOW_CLASSES]);
}

/* Signals */

static void
on_focus_selection_changed_cb (AtelierMatrixPanel *self)
{
  const AtelierSelection *selection = atelier_focus_get_selection (self->focus);

  atelier_matrix_grid_set_selection (self->grid, selection);
  atelier_class_table_set_selection (self->class_table, selection);
}

static void
on_grid_mode_notify_cb (AtelierMatrixPanel *self)
{
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_MODE]);
}

/* Overrides */

static void
atelier_matrix_panel_get_property (GObject    *object,
                                   guint       property_id,
                                   GValue     *value,
                                   GParamSpec *pspec)
{
  AtelierMatrixPanel *self = ATELIER_MATRIX_PANEL (object);

  switch (property_id)
    {
    case PROP_TRAINER:
      g_value_set_object (value, self->trainer);
      break;
    case PROP_MODE:
      g_object_get_property (G_OBJECT (self->grid), "mode", value);
      break;
    case PROP_SHOW_CLASSES:
      g_value_set_boolean (value, self->shows_classes);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
atelier_matrix_panel_set_property (GObject      *object,
                                   guint         property_id,
                                   const GValue *value,
                                   GParamSpec   *pspec)
{
  AtelierMatrixPanel *self = ATELIER_MATRIX_PANEL (object);

  switch (property_id)
    {
    case PROP_TRAINER:
      if (g_set_object (&self->trainer, g_value_get_object (value)))
        g_object_notify_by_pspec (object, pspec);
      break;
    case PROP_MODE:
      g_object_set_property (G_OBJECT (self->grid), "mode", value);
      break;
    case PROP_SHOW_CLASSES:
      set_shows_classes (self, g_value_get_boolean (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
atelier_matrix_panel_dispose (GObject *object)
{
  AtelierMatrixPanel *self = ATELIER_MATRIX_PANEL (object);

  gtk_widget_dispose_template (GTK_WIDGET (self), ATELIER_TYPE_MATRIX_PANEL);
  g_clear_object (&self->trainer);
  g_clear_object (&self->focus);

  G_OBJECT_CLASS (atelier_matrix_panel_parent_class)->dispose (object);
}

static void
bind_template (GtkWidgetClass *widget_class)
{
  gtk_widget_class_set_template_from_resource (
    widget_class, "/io/github/atelier_nn/Atelier/mistakes/atelier-matrix-panel.ui");
  gtk_widget_class_bind_template_child (widget_class, AtelierMatrixPanel, heading_box);
  gtk_widget_class_bind_template_child (widget_class, AtelierMatrixPanel, heading_label);
  gtk_widget_class_bind_template_child (widget_class, AtelierMatrixPanel, controls_box);
  gtk_widget_class_bind_template_child (widget_class, AtelierMatrixPanel, split_drop_down);
  gtk_widget_class_bind_template_child (widget_class, AtelierMatrixPanel, mode_drop_down);
  gtk_widget_class_bind_template_child (widget_class, AtelierMatrixPanel, sort_button);
  gtk_widget_class_bind_template_child (widget_class, AtelierMatrixPanel, save_button);
  gtk_widget_class_bind_template_child (widget_class, AtelierMatrixPanel, title_label);
  gtk_widget_class_bind_template_child (widget_class, AtelierMatrixPanel, stack);
  gtk_widget_class_bind_template_child (widget_class, AtelierMatrixPanel, empty_label);
  gtk_widget_class_bind_template_child (widget_class, AtelierMatrixPanel, test_lock);
  gtk_widget_class_bind_template_child (widget_class, AtelierMatrixPanel, grid);
  gtk_widget_class_bind_template_child (widget_class, AtelierMatrixPanel, class_table);
  gtk_widget_class_bind_template_child (widget_class, AtelierMatrixPanel, pairs_box);
  gtk_widget_class_bind_template_child (widget_class, AtelierMatrixPanel, no_mistake_label);
  gtk_widget_class_bind_template_child (widget_class, AtelierMatrixPanel, pair_button_1);
  gtk_widget_class_bind_template_child (widget_class, AtelierMatrixPanel, pair_button_2);
  gtk_widget_class_bind_template_child (widget_class, AtelierMatrixPanel, pair_button_3);
  gtk_widget_class_bind_template_callback (widget_class, on_grid_mode_notify_cb);
}

static void
atelier_matrix_panel_class_init (AtelierMatrixPanelClass *klass)
{
  const GParamFlags flags = G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = atelier_matrix_panel_get_property;
  object_class->set_property = atelier_matrix_panel_set_property;
  object_class->dispose = atelier_matrix_panel_dispose;

  properties[PROP_TRAINER] =
    g_param_spec_object ("trainer", NULL, NULL, ATELIER_TYPE_TRAINER, flags);
  properties[PROP_MODE] =
    g_param_spec_uint ("mode", NULL, NULL, 0, ATELIER_MATRIX_PERCENT_OF_PREDICTION,
                       ATELIER_MATRIX_COUNTS, flags);
  properties[PROP_SHOW_CLASSES] = g_param_spec_boolean ("show-classes", NULL, NULL, FALSE, flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  gtk_widget_class_install_action (widget_class, "matrix.save", "s", on_save_action_cb);
  gtk_widget_class_install_action (widget_class, "classes.save", NULL, on_save_classes_action_cb);
  gtk_widget_class_install_action (widget_class, "classes.sort", "s", on_sort_action_cb);
  gtk_widget_class_install_property_action (widget_class, "matrix.classes", "show-classes");

  g_type_ensure (ATELIER_TYPE_CLASS_TABLE);
  g_type_ensure (ATELIER_TYPE_MATRIX_GRID);
  g_type_ensure (ATELIER_TYPE_PAIR_BUTTON);
  g_type_ensure (ATELIER_TYPE_TEST_LOCK);
  bind_template (widget_class);
  gtk_widget_class_set_css_name (widget_class, "matrixpanel");
}

static void
atelier_matrix_panel_init (AtelierMatrixPanel *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

void
atelier_matrix_panel_set_focus (AtelierMatrixPanel *self,
                                AtelierFocus       *focus)
{
  g_return_if_fail (ATELIER_IS_MATRIX_PANEL (self));
  g_return_if_fail (ATELIER_IS_FOCUS (focus));
  g_return_if_fail (self->focus == NULL);

  self->focus = g_object_ref (focus);
  /* The drop-down's items are in the order of AtelierSplit. */
  g_object_bind_property (focus, "split", self->split_drop_down, "selected",
                          G_BINDING_BIDIRECTIONAL | G_BINDING_SYNC_CREATE);
  atelier_test_lock_set_focus (self->test_lock, focus);
  g_signal_connect_object (focus, "changed", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (focus, "selection-changed", G_CALLBACK (on_focus_selection_changed_cb),
                           self, G_CONNECT_SWAPPED);
  update (self);
  on_focus_selection_changed_cb (self);
}

AtelierMatrixGrid *
atelier_matrix_panel_get_grid (AtelierMatrixPanel *self)
{
  g_return_val_if_fail (ATELIER_IS_MATRIX_PANEL (self), NULL);

  return self->grid;
}

AtelierClassTable *
atelier_matrix_panel_get_class_table (AtelierMatrixPanel *self)
{
  g_return_val_if_fail (ATELIER_IS_MATRIX_PANEL (self), NULL);

  return self->class_table;
}
