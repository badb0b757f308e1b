/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Explains why the test set is locked, and has the button that measures it.
 *
 * Test figures can only be trusted if no decision was based on them.  So the test set is measured
 * only when somebody asks, every look is counted in the run's history and over all runs of this
 * user, and the count is shown beside the figures.  A cancelled look has shown nothing and is not
 * counted.
 *
 * The weights at the end of the newest epoch are measured, the same as for that epoch's figures of
 * the other splits.  The core does it with its own copy of the network on a thread of GTask's pool:
 * a training in progress becomes a little slower, but its result stays the same.  The measurement
 * is cancelled when another run begins.  Main thread.
 */

#include "config.h"

#include "mistakes/atelier-test-lock.h"

#include <glib/gi18n.h>

#include "base/atelier-format.h"
#include "inference/atelier-predictor.h"
#include "kit/atelier-announcement.h"
#include "kit/atelier-toast.h"
#include "results/atelier-test-looks.h"

struct _AtelierTestLock
{
  GtkWidget       parent_instance;

  guint           n_looks;     /* at these test pictures over all runs */

  /* Owned */
  AtelierTrainer *trainer;
  AtelierFocus   *focus;
  AtelierHistory *history;     /* of the run that is shown */
  GCancellable   *cancellable; /* during a measurement */

  /* Template children */
  GtkWidget      *content;
  GtkLabel       *heading_label;
  GtkLabel       *weights_label;
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
  guint            epoch;
} Look;

static void
look_free (Look *look)
{
  g_clear_weak_pointer (&look->lock);
  g_object_unref (look->history);
  g_free (look);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Look, look_free)

static void
show_weights (AtelierTestLock *self,
              AtelierModel    *model)
{
  g_autofree char *text = NULL;

  if (model)
    text = g_strdup_printf (_("Measures the weights after epoch %u, the newest."),
                            atelier_model_get_n_epochs (model));
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

/* Whether the newest weights have not been measured yet. */
static gboolean
can_look (AtelierTestLock *self,
          AtelierModel    *model)
{
  guint epoch = 0;

  if (model == NULL || self->focus == NULL)
    return FALSE;
  atelier_focus_get_test (self->focus, NULL, &epoch);

  return epoch != atelier_model_get_n_epochs (model);
}

static void
update (AtelierTestLock *self)
{
  AtelierModel *model = self->trainer ? atelier_trainer_get_epoch_model (self->trainer) : NULL;
  gboolean is_looking = self->cancellable != NULL;

  gtk_label_set_label (self->heading_label, self->history
                                                && atelier_history_get_n_test_looks (self->history)
                                              ? _("The Test Set Was Looked At")
                                              : _("The Test Set Is Locked"));
  show_weights (self, model);
  show_count (self);
  gtk_widget_set_visible (GTK_WIDGET (self->look_button), can_look (self, model));
  gtk_widget_set_visible (GTK_WIDGET (self->weights_label), can_look (self, model));
  gtk_stack_set_visible_child_name (self->button_stack, is_looking ? "looking" : "locked");
  gtk_spinner_set_spinning (self->spinner, is_looking);
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
                 guint                    epoch)
{
  g_autofree char *accuracy = atelier_format_percent (evaluation->accuracy, 1);
  g_autofree char *loss = atelier_format_loss_short (evaluation->loss);
  /* Translators: spoken: "Test accuracy 89.1 %, loss 0.301, after epoch 7" */
  g_autofree char *text = g_strdup_printf (_("Test accuracy %s, loss %s, after epoch %u"), accuracy,
                                           loss, epoch);

  atelier_announce (text);
}

/* Counts the look before its figures are shown. */
static void
on_evaluated_cb (GObject      *source,
                 GAsyncResult *result,
                 gpointer      user_data)
{
  g_autoptr (Look) look = user_data;
  AtelierTestLock *self = look->lock;
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

  atelier_history_add_test_look (look->history, look->epoch, evaluation->loss,
                                 evaluation->accuracy);
  set_n_looks (self, atelier_test_looks_add (get_sha256 (self)));
  atelier_focus_set_test (self->focus, evaluation->predictions, evaluation->loss, look->epoch);
  /* Without this, the next epoch of a running training would hide the figures again. */
  if (atelier_focus_get_epoch (self->focus) != look->epoch
      || atelier_trainer_is_active (self->trainer))
    atelier_focus_set_epoch (self->focus, look->epoch);
  update (self);
  announce_result (evaluation, look->epoch);
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
  AtelierModel *model = self->trainer ? atelier_trainer_get_epoch_model (self->trainer) : NULL;
  g_autoptr (GCancellable) cancellable = NULL;
  Look *look;

  if (self->cancellable || !can_look (self, model))
    return;

  look = g_new0 (Look, 1);
  g_set_weak_pointer (&look->lock, self);
  look->history = g_object_ref (self->history);
  look->epoch = atelier_model_get_n_epochs (model);
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
