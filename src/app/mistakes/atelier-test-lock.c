/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Explains why the test set is locked, and has the button that measures it.
 *
 * Test figures can only be trusted if no decision was based on them.  So the test set is measured
 * only when somebody asks, every look is counted in the run's history and over all runs of this
 * user, and the count is shown beside the figures.  A cancelled look has shown nothing and is not
 * counted.
 *
 * The weights at the end of the newest epoch are measured, the same as for that epoch's figures of
 * the other splits, or those of the best epoch, or others that the run has beside them.  Which is
 * asked only where there is a choice, and is recorded with the look.  The core does it with its own
 * copy of the network on a thread of GTask's pool: a training in progress becomes a little slower,
 * but its result stays the same.  The measurement is cancelled when another run begins.  Main
 * thread.
 */

#include "config.h"

#include "mistakes/atelier-test-lock.h"

#include <glib/gi18n.h>

#include "base/atelier-format.h"
#include "inference/atelier-predictor.h"
#include "kit/atelier-announcement.h"
#include "kit/atelier-toast.h"
#include "model/atelier-weights.h"
#include "results/atelier-test-looks.h"
#include "training/atelier-run-weights.h"

struct _AtelierTestLock
{
  GtkWidget       parent_instance;

  guint           n_looks;     /* at these test pictures over all runs */
  AtelierWeights  chosen;      /* by a person; ATELIER_N_WEIGHTS: those that the recipe is for */
  gboolean        is_listing;  /* the choice is being filled */

  AtelierRunWeights weights[ATELIER_N_WEIGHTS]; /* that can be measured */
  guint           n_weights;

  /* Owned */
  AtelierTrainer *trainer;
  AtelierFocus   *focus;
  AtelierHistory *history;     /* of the run that is shown */
  GCancellable   *cancellable; /* during a measurement */

  /* Template children */
  GtkWidget      *content;
  GtkLabel       *heading_label;
  GtkLabel       *weights_label;
  GtkDropDown    *weights_drop_down;
  GtkStringList  *weights_names;
  GtkLabel       *count_label;
  GtkStack       *button_stack;
  GtkButton      *look_button;
  GtkButton      *epoch_button;
  GtkSpinner     *spinner;
  GtkLabel       *looking_label;
};

G_DEFINE_FINAL_TYPE (AtelierTestLock, atelier_test_lock, GTK_TYPE_WIDGET)

enum
{
  PROP_TRAINER = 1,
  PROP_IS_LOOKING,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

/* A measurement in progress; it does not keep the lock alive. */
typedef struct
{
  AtelierTestLock *lock;    /* weak */
  AtelierHistory  *history; /* Owned */
  AtelierRunWeights weights;
} Look;

static void
look_free (Look *look)
{
  g_clear_weak_pointer (&look->lock);
  g_object_unref (look->history);
  g_free (look);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Look, look_free)

/* What would be measured; NULL before the first epoch.  Borrowed. */
static const AtelierRunWeights *
get_chosen (AtelierTestLock *self)
{
  for (guint i = 0; i < self->n_weights; i++)
    if (self->weights[i].which == self->chosen)
      return &self->weights[i];

  return self->n_weights > 0 ? &self->weights[0] : NULL;
}

/* Replaces only what is different, since the list may be open. */
static void
list_weights (AtelierTestLock *self)
{
  const AtelierRunWeights *chosen;
  guint n_names = g_list_model_get_n_items (G_LIST_MODEL (self->weights_names));

  self->n_weights = self->trainer ? atelier_run_weights_list (self->trainer, ATELIER_RUN_EPOCH_END,
                                                              self->weights)
                                  : 0;
  chosen = get_chosen (self);

  self->is_listing = TRUE;
  for (guint i = 0; i < self->n_weights; i++)
    {
      g_autofree char *name = atelier_weights_describe (self->weights[i].which,
                                                        self->weights[i].n_epochs);
      const char *names[] = { name, NULL };

      if (i >= n_names || !g_str_equal (gtk_string_list_get_string (self->weights_names, i), name))
        gtk_string_list_splice (self->weights_names, i, i < n_names ? 1 : 0, names);
    }
  if (n_names > self->n_weights)
    gtk_string_list_splice (self->weights_names, self->n_weights, n_names - self->n_weights, NULL);
  if (chosen)
    gtk_drop_down_set_selected (self->weights_drop_down, (guint) (chosen - self->weights));
  self->is_listing = FALSE;
}

static void
show_weights (AtelierTestLock *self)
{
  const AtelierRunWeights *chosen = get_chosen (self);
  g_autofree char *name = NULL;
  g_autofree char *text = NULL;

  if (self->n_weights > 1)
    /* Translators: a choice follows: "best, epoch 7" */
    text = g_strdup (_("Measures these weights:"));
  else if (chosen && chosen->which == ATELIER_WEIGHTS_NEWEST)
    text = g_strdup_printf (_("Measures the weights after epoch %u, the newest."),
                            chosen->n_epochs);
  else if (chosen)
    {
      name = atelier_weights_describe (chosen->which, chosen->n_epochs);
      /* Translators: which weights: "best, epoch 7" */
      text = g_strdup_printf (_("Measures these weights: %s."), name);
    }
  gtk_label_set_label (self->weights_label, text ? text : "");
}

/* Looks that could not be recorded are counted too, so that it is never less than the run's. */
static void
set_n_looks (AtelierTestLock *self,
             guint            n_looks)
{
  guint n = self->history ? atelier_history_get_n_test_looks (self->history) : 0;

  self->n_looks = MAX (n, n_looks);
}

/* "Nobody has looked at it in this run. Looked at 3 times over all runs."; transfer full. */
static char *
describe_looks (AtelierTestLock *self)
{
  guint n = self->history ? atelier_history_get_n_test_looks (self->history) : 0;
  g_autofree char *in_run = NULL;
  g_autofree char *in_all = NULL;

  if (n == 0)
    in_run = g_strdup (_("Nobody has looked at it in this run."));
  else
    in_run = g_strdup_printf (ngettext ("Looked at once in this run.",
                                        "Looked at %u times in this run.", n), n);
  if (self->n_looks > n)
    in_all = g_strdup_printf (ngettext ("Looked at once over all runs.",
                                        "Looked at %u times over all runs.", self->n_looks),
                              self->n_looks);

  return g_strjoin (" ", in_run, in_all, NULL);
}

static void
show_count (AtelierTestLock *self)
{
  g_autofree char *text = describe_looks (self);
  guint epoch;

  gtk_label_set_label (self->count_label, text);

  gtk_widget_set_visible (GTK_WIDGET (self->epoch_button), FALSE);
  if (self->focus && atelier_focus_get_test (self->focus, NULL, &epoch))
    {
      g_autofree char *label = g_strdup_printf (_("Show epoch %u, which was looked at"), epoch);

      gtk_button_set_label (self->epoch_button, label);
      gtk_widget_set_visible (GTK_WIDGET (self->epoch_button), TRUE);
    }
}

/* The run's own weights at the end of its best epoch are the best ones. */
static gboolean
is_look_at (AtelierTestLock         *self,
            const AtelierTestLook   *look,
            const AtelierRunWeights *weights)
{
  AtelierModel *model = atelier_trainer_get_epoch_model (self->trainer);
  AtelierWeights own = atelier_model_get_weights (model);
  AtelierWeights looked = look->weights == ATELIER_WEIGHTS_BEST ? own : look->weights;
  AtelierWeights asked = weights->which == ATELIER_WEIGHTS_BEST ? own : weights->which;

  return look->epoch == weights->n_epochs && looked == asked;
}

/* Whether the chosen weights are not what was measured last. */
static gboolean
can_look (AtelierTestLock *self)
{
  const AtelierRunWeights *chosen = get_chosen (self);
  guint n_looks = self->history ? atelier_history_get_n_test_looks (self->history) : 0;

  if (chosen == NULL || self->focus == NULL)
    return FALSE;
  if (n_looks == 0 || atelier_focus_get_test (self->focus, NULL, NULL) == NULL)
    return TRUE;

  return !is_look_at (self, atelier_history_get_test_look (self->history, n_looks - 1), chosen);
}

static void
update (AtelierTestLock *self)
{
  gboolean is_looking = self->cancellable != NULL;

  gtk_label_set_label (self->heading_label, self->history
                                                && atelier_history_get_n_test_looks (self->history)
                                              ? _("The Test Set Was Looked At")
                                              : _("The Test Set Is Locked"));
  list_weights (self);
  show_weights (self);
  show_count (self);
  gtk_widget_set_visible (GTK_WIDGET (self->look_button), can_look (self));
  gtk_widget_set_visible (GTK_WIDGET (self->weights_label),
                          can_look (self) || self->n_weights > 1);
  gtk_widget_set_visible (GTK_WIDGET (self->weights_drop_down), self->n_weights > 1);
  gtk_stack_set_visible_child_name (self->button_stack, is_looking ? "looking" : "locked");
  gtk_spinner_set_spinning (self->spinner, is_looking);
}

/* Chosen by a person. */
static void
on_weights_selected_cb (AtelierTestLock *self)
{
  guint i = gtk_drop_down_get_selected (self->weights_drop_down);

  if (self->is_listing || i >= self->n_weights)
    return;
  self->chosen = self->weights[i].which;
  update (self);
}

static void
set_cancellable (AtelierTestLock *self,
                 GCancellable    *cancellable)
{
  if (!g_set_object (&self->cancellable, cancellable))
    return;

  update (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_IS_LOOKING]);
}

static void
cancel (AtelierTestLock *self)
{
  g_cancellable_cancel (self->cancellable);
  set_cancellable (self, NULL);
}

static const char *
get_sha256 (AtelierTestLock *self)
{
  return atelier_dataset_get_sha256 (atelier_focus_get_dataset (self->focus));
}

/* The figures appear in place of the button that had the focus, and nothing that has it says them.
 */
static void
announce_result (const AtelierEvaluation *evaluation,
                 const AtelierRunWeights *measured)
{
  g_autofree char *accuracy = atelier_format_percent (evaluation->accuracy, 1);
  g_autofree char *loss = atelier_format_loss_short (evaluation->loss);
  g_autofree char *weights = atelier_weights_describe (measured->which, measured->n_epochs);
  /* Translators: spoken, last which weights: "Test accuracy 89.1 %, loss 0.301: best, epoch 7" */
  g_autofree char *text = g_strdup_printf (_("Test accuracy %s, loss %s: %s"), accuracy, loss,
                                           weights);

  atelier_announce (text);
}

/* In the run's history, and over all runs. */
static void
record_look (AtelierTestLock         *self,
             const Look              *look,
             const AtelierEvaluation *evaluation)
{
  const AtelierTestLook figures = {
    .epoch = look->weights.n_epochs,
    .weights = look->weights.which,
    .loss = evaluation->loss,
    .accuracy = evaluation->accuracy,
  };

  atelier_history_add_test_look (look->history, &figures);
  set_n_looks (self, atelier_test_looks_add (get_sha256 (self), figures.weights, figures.epoch));
}

/* Counts the look before its figures are shown. */
static void
on_evaluated_cb (GObject      *source,
                 GAsyncResult *result,
                 gpointer      user_data)
{
  g_autoptr (Look) look = user_data;
  AtelierTestLock *self = look->lock;
  const guint epoch = look->weights.n_epochs;
  g_autoptr (GError) error = NULL;
  g_autoptr (AtelierEvaluation) evaluation = atelier_evaluate_finish (result, &error);

  if (self == NULL || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  set_cancellable (self, NULL);
  if (evaluation == NULL)
    {
      atelier_toast_show (GTK_WIDGET (self), error->message);
      return;
    }

  record_look (self, look, evaluation);
  atelier_focus_set_test (self->focus, evaluation->predictions, evaluation->loss, epoch);
  /* Without this, the next epoch of a running training would hide the figures again. */
  if (atelier_focus_get_epoch (self->focus) != epoch || atelier_trainer_is_active (self->trainer))
    atelier_focus_set_epoch (self->focus, epoch);
  update (self);
  announce_result (evaluation, &look->weights);
}

static void
show_looking (AtelierTestLock *self,
              AtelierSplits   *splits)
{
  guint n = atelier_splits_get_n (splits, ATELIER_SPLIT_TEST);
  g_autofree char *count = atelier_format_count (n);
  g_autofree char *text =
    g_strdup_printf (ngettext ("Classifying %s test picture…", "Classifying %s test pictures…", n),
                     count);

  gtk_label_set_label (self->looking_label, text);
}

static void
on_look_action_cb (GtkWidget  *widget,
                   const char *action_name,
                   GVariant   *parameter)
{
  AtelierTestLock *self = ATELIER_TEST_LOCK (widget);
  g_autoptr (AtelierModel) model = NULL;
  g_autoptr (GCancellable) cancellable = NULL;
  Look *look;

  if (self->cancellable || !can_look (self))
    return;
  model = atelier_run_weights_pick (self->trainer, ATELIER_RUN_EPOCH_END,
                                    get_chosen (self)->which);
  if (model == NULL)
    return;

  look = g_new0 (Look, 1);
  g_set_weak_pointer (&look->lock, self);
  look->history = g_object_ref (self->history);
  look->weights = *get_chosen (self);
  show_looking (self, atelier_focus_get_splits (self->focus));

  cancellable = g_cancellable_new ();
  set_cancellable (self, cancellable);
  atelier_evaluate_async (model, atelier_focus_get_splits (self->focus), ATELIER_SPLIT_TEST,
                          cancellable, on_evaluated_cb, look);
}

static void
on_cancel_action_cb (GtkWidget  *widget,
                     const char *action_name,
                     GVariant   *parameter)
{
  cancel (ATELIER_TEST_LOCK (widget));
}

static void
on_show_epoch_action_cb (GtkWidget  *widget,
                         const char *action_name,
                         GVariant   *parameter)
{
  AtelierTestLock *self = ATELIER_TEST_LOCK (widget);
  guint epoch;

  if (atelier_focus_get_test (self->focus, NULL, &epoch))
    atelier_focus_set_epoch (self->focus, epoch);
}

static void
on_focus_changed_cb (AtelierTestLock *self)
{
  if (g_set_object (&self->history, atelier_focus_get_history (self->focus)))
    {
      cancel (self);
      set_n_looks (self, self->history ? atelier_test_looks_count (get_sha256 (self)) : 0);
    }
  update (self);
}

static void
set_trainer (AtelierTestLock *self,
             AtelierTrainer  *trainer)
{
  if (self->trainer == trainer)
    return;

  if (self->trainer)
    g_signal_handlers_disconnect_by_func (self->trainer, update, self);
  g_set_object (&self->trainer, trainer);
  if (trainer)
    g_signal_connect_object (trainer, "notify::model", G_CALLBACK (update), self,
                             G_CONNECT_SWAPPED);
  update (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_TRAINER]);
}

static void
atelier_test_lock_get_property (GObject    *object,
                                guint       property_id,
                                GValue     *value,
                                GParamSpec *pspec)
{
  AtelierTestLock *self = ATELIER_TEST_LOCK (object);

  switch (property_id)
    {
    case PROP_TRAINER:
      g_value_set_object (value, self->trainer);
      break;
    case PROP_IS_LOOKING:
      g_value_set_boolean (value, self->cancellable != NULL);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
atelier_test_lock_set_property (GObject      *object,
                                guint         property_id,
                                const GValue *value,
                                GParamSpec   *pspec)
{
  switch (property_id)
    {
    case PROP_TRAINER:
      set_trainer (ATELIER_TEST_LOCK (object), g_value_get_object (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

/* The window is closing, so nobody would see the result. */
static void
atelier_test_lock_unrealize (GtkWidget *widget)
{
  cancel (ATELIER_TEST_LOCK (widget));

  GTK_WIDGET_CLASS (atelier_test_lock_parent_class)->unrealize (widget);
}

static void
atelier_test_lock_dispose (GObject *object)
{
  AtelierTestLock *self = ATELIER_TEST_LOCK (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  gtk_widget_dispose_template (GTK_WIDGET (self), ATELIER_TYPE_TEST_LOCK);
  g_clear_object (&self->trainer);
  g_clear_object (&self->focus);
  g_clear_object (&self->history);

  G_OBJECT_CLASS (atelier_test_lock_parent_class)->dispose (object);
}

static void
bind_template (GtkWidgetClass *widget_class)
{
  gtk_widget_class_set_template_from_resource (
    widget_class, "/io/github/atelier_nn/Atelier/mistakes/atelier-test-lock.ui");
  gtk_widget_class_bind_template_child (widget_class, AtelierTestLock, content);
  gtk_widget_class_bind_template_child (widget_class, AtelierTestLock, heading_label);
  gtk_widget_class_bind_template_child (widget_class, AtelierTestLock, weights_label);
  gtk_widget_class_bind_template_child (widget_class, AtelierTestLock, weights_drop_down);
  gtk_widget_class_bind_template_child (widget_class, AtelierTestLock, weights_names);
  gtk_widget_class_bind_template_callback (widget_class, on_weights_selected_cb);
  gtk_widget_class_bind_template_child (widget_class, AtelierTestLock, count_label);
  gtk_widget_class_bind_template_child (widget_class, AtelierTestLock, button_stack);
  gtk_widget_class_bind_template_child (widget_class, AtelierTestLock, look_button);
  gtk_widget_class_bind_template_child (widget_class, AtelierTestLock, epoch_button);
  gtk_widget_class_bind_template_child (widget_class, AtelierTestLock, spinner);
  gtk_widget_class_bind_template_child (widget_class, AtelierTestLock, looking_label);
}

static void
atelier_test_lock_class_init (AtelierTestLockClass *klass)
{
  const GParamFlags flags = G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = atelier_test_lock_get_property;
  object_class->set_property = atelier_test_lock_set_property;
  object_class->dispose = atelier_test_lock_dispose;
  widget_class->unrealize = atelier_test_lock_unrealize;

  properties[PROP_TRAINER] = g_param_spec_object ("trainer", NULL, NULL, ATELIER_TYPE_TRAINER,
                                                  flags | G_PARAM_READWRITE);
  properties[PROP_IS_LOOKING] =
    g_param_spec_boolean ("is-looking", NULL, NULL, FALSE, flags | G_PARAM_READABLE);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  gtk_widget_class_install_action (widget_class, "test.look", NULL, on_look_action_cb);
  gtk_widget_class_install_action (widget_class, "test.cancel", NULL, on_cancel_action_cb);
  gtk_widget_class_install_action (widget_class, "test.show-epoch", NULL, on_show_epoch_action_cb);

  bind_template (widget_class);
  gtk_widget_class_set_css_name (widget_class, "testlock");
}

static void
atelier_test_lock_init (AtelierTestLock *self)
{
  self->chosen = ATELIER_N_WEIGHTS;
  gtk_widget_init_template (GTK_WIDGET (self));
}

void
atelier_test_lock_set_focus (AtelierTestLock *self,
                             AtelierFocus    *focus)
{
  g_return_if_fail (ATELIER_IS_TEST_LOCK (self));
  g_return_if_fail (ATELIER_IS_FOCUS (focus));
  g_return_if_fail (self->focus == NULL);

  self->focus = g_object_ref (focus);
  g_signal_connect_object (focus, "changed", G_CALLBACK (on_focus_changed_cb), self,
                           G_CONNECT_SWAPPED);
  on_focus_changed_cb (self);
}

guint
atelier_test_lock_get_n_looks (AtelierTestLock *self)
{
  g_return_val_if_fail (ATELIER_IS_TEST_LOCK (self), 0);

  return self->n_looks;
}
