/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The Train page connects its views to the session.
 *
 *   session                 -> sidebar
 *   its trainer's history   -> curves and sentence (each batch; each epoch)
 *                           -> focus: run, epoch, split, selection -> matrix, gallery
 *   matrix.show             -> focus
 *
 * One AtelierFocus holds the epoch, the split and the selected cell.  A view changes them there and
 * all views follow; no view knows another.  Main thread.
 */

#include "config.h"

#include "train/atelier-train-page.h"

#include <glib/gi18n.h>
#include <math.h>

#include "atelier-run-report.h"
#include "curves/atelier-curve-export.h"
#include "curves/atelier-curve.h"
#include "curves/atelier-scrubber.h"
#include "kit/atelier-cards-layout.h"
#include "kit/atelier-csv-file.h"
#include "kit/atelier-export-job.h"
#include "kit/atelier-number-order.h"
#include "kit/atelier-settings.h"
#include "network/atelier-sidebar.h"
#include "results/atelier-history-csv.h"
#include "train/atelier-figures-window.h"
#include "train/atelier-run-origin.h"

struct _AtelierTrainPage
{
  AdwBin              parent_instance;

  /* Owned */
  AtelierSession     *session; /* nullable */
  AtelierTrainer     *trainer; /* the session's */
  AtelierHistory     *history;
  AtelierFocus       *focus;
  AtelierCurveView   *curve_view;

  /* Template children */
  AdwFlap            *flap;
  AtelierCurve       *loss_curve;
  AtelierCurve       *accuracy_curve;
  GtkWidget          *loss_empty_label;
  GtkWidget          *accuracy_empty_label;
  GtkWidget          *loss_menu_button;
  GtkWidget          *accuracy_menu_button;
  GtkLabel           *sentence_label;
  GtkLabel           *origin_label;
  AtelierScrubber    *scrubber;
  AtelierMatrixPanel *matrix_panel;
  AtelierGallery     *gallery;
};

G_DEFINE_FINAL_TYPE (AtelierTrainPage, atelier_train_page, ADW_TYPE_BIN)

enum
{
  PROP_SESSION = 1,
  PROP_MISTAKES,
  PROP_SHOW_SIDEBAR,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

/* Of a file from before there were any, or of another program. */
static gboolean
is_without_curves (AtelierTrainPage *self)
{
  AtelierModel *opened = self->trainer ? atelier_trainer_get_opened (self->trainer) : NULL;

  return opened && atelier_model_get_log (opened) == NULL;
}

static void
show_sentence (AtelierTrainPage *self)
{
  g_autofree char *sentence = NULL;

  if (self->history && is_without_curves (self) && atelier_history_get_n_epochs (self->history) > 0)
    sentence = g_strdup (_("The file has no curves. What its network says of these pictures was "
                           "measured now."));
  else if (self->history && is_without_curves (self))
    sentence = g_strdup (_("The file has no curves."));
  else if (self->history && atelier_history_get_n_epochs (self->history) > 0)
    sentence = atelier_focus_describe_run (self->focus);
  else if (self->history)
    sentence = g_strdup (_("The first epoch is being trained."));
  else
    sentence = g_strdup (_("Press Train: the curves, the mistakes and their pictures "
                           "appear here while the network learns."));

  atelier_number_order_set_label (self->sentence_label, sentence);
}

/* Says what the curves are of, while the sidebar shows something else, and of what the mistakes
 * are, where those are not of the same data. */
static void
show_origin (AtelierTrainPage *self)
{
  g_autofree char *text = NULL;

  if (self->history && !atelier_trainer_is_active (self->trainer))
    {
      g_autofree char *origin
        = atelier_run_origin_describe (atelier_trainer_get_record (self->trainer), self->session);

      text = atelier_run_origin_add_data (origin, self->trainer);
    }

  atelier_number_order_set_label (self->origin_label, text ? text : "");
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->origin_label), text);
  gtk_widget_set_visible (GTK_WIDGET (self->origin_label), text != NULL);
}

static void
set_record (AtelierTrainPage *self,
            AtelierRunRecord *record)
{
  AtelierHistory *history = record ? atelier_run_record_get_history (record) : NULL;

  if (self->history == history)
    return;

  if (self->history)
    g_signal_handlers_disconnect_by_func (self->history, show_sentence, self);
  g_set_object (&self->history, history);
  if (history)
    g_signal_connect_swapped (history, "items-changed", G_CALLBACK (show_sentence), self);

  gtk_widget_set_visible (self->loss_empty_label, is_without_curves (self));
  gtk_widget_set_visible (self->accuracy_empty_label, is_without_curves (self));
  atelier_focus_set_run (self->focus, record,
                         record ? atelier_trainer_get_splits (self->trainer) : NULL);
  show_sentence (self);
}

static void
update_actions (AtelierTrainPage *self)
{
  GtkWidget *widget = GTK_WIDGET (self);
  gboolean has_model = self->trainer && atelier_trainer_get_model (self->trainer);

  gtk_widget_action_set_enabled (widget, "page.save-curves", self->history != NULL);
  gtk_widget_action_set_enabled (widget, "page.save-batches", self->history != NULL);
  gtk_widget_action_set_enabled (widget, "page.save-report", self->history && has_model);
}

static void
on_record_notify_cb (AtelierTrainPage *self)
{
  set_record (self, atelier_trainer_get_record (self->trainer));
  show_origin (self);
  update_actions (self);
}

static void
unset_session (AtelierTrainPage *self)
{
  set_record (self, NULL);
  if (self->trainer)
    g_signal_handlers_disconnect_by_data (self->trainer, self);
  if (self->session)
    g_signal_handlers_disconnect_by_data (self->session, self);
  g_clear_object (&self->trainer);
  g_clear_object (&self->session);
}

static void
watch_session (AtelierTrainPage *self)
{
  g_signal_connect_swapped (self->session, "notify::splits", G_CALLBACK (show_origin), self);
  g_signal_connect_swapped (self->session, "notify::network", G_CALLBACK (show_origin), self);
  g_signal_connect_swapped (self->session, "notify::recipe", G_CALLBACK (show_origin), self);
  g_signal_connect_swapped (self->trainer, "notify::record", G_CALLBACK (on_record_notify_cb),
                            self);
  g_signal_connect_swapped (self->trainer, "notify::state", G_CALLBACK (show_origin), self);
  g_signal_connect_swapped (self->trainer, "notify::model", G_CALLBACK (update_actions), self);
}

static void
set_session (AtelierTrainPage *self,
             AtelierSession   *session)
{
  if (self->session == session)
    return;

  unset_session (self);
  if (session)
    {
      self->session = g_object_ref (session);
      self->trainer = g_object_ref (atelier_session_get_trainer (session));
      watch_session (self);
      set_record (self, atelier_trainer_get_record (self->trainer));
    }
  show_origin (self);
  update_actions (self);
  g_object_set (self->matrix_panel, "trainer", self->trainer, NULL);
  atelier_gallery_set_trainer (self->gallery, self->trainer);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SESSION]);
}

static void
on_show_action_cb (GtkWidget  *widget,
                   const char *action_name,
                   GVariant   *parameter)
{
  AtelierTrainPage *self = ATELIER_TRAIN_PAGE (widget);
  AtelierConfusion *confusion = atelier_focus_get_confusion (self->focus);
  AtelierSelection selection;
  guint kind;

  g_variant_get (parameter, "(uuu)", &kind, &selection.truth, &selection.prediction);
  selection.kind = kind;
  if (kind > ATELIER_SELECT_PREDICTION || confusion == NULL
      || !atelier_selection_fits (&selection, atelier_confusion_get_n_classes (confusion)))
    return;

  atelier_focus_set_selection (self->focus, &selection);
}

static void
on_show_figures_action_cb (GtkWidget  *widget,
                           const char *action_name,
                           GVariant   *parameter)
{
  AtelierTrainPage *self = ATELIER_TRAIN_PAGE (widget);

  gtk_window_present (GTK_WINDOW (
    atelier_figures_window_new (GTK_WINDOW (gtk_widget_get_root (widget)), self->focus)));
}

/* "Report 2, convolutional", for the names of files. */
static const char *
get_run_name (AtelierTrainPage *self)
{
  return atelier_run_record_get_name (atelier_trainer_get_record (self->trainer));
}

static gboolean
write_curves (gpointer     data,
              const char  *path,
              GError     **error)
{
  return atelier_curve_export_write (data, path, error);
}

static void
on_save_curves_action_cb (GtkWidget  *widget,
                          const char *action_name,
                          GVariant   *parameter)
{
  AtelierTrainPage *self = ATELIER_TRAIN_PAGE (widget);
  /* Translators: a file's name; %s is a network's name. */
  g_autofree char *name = g_strdup_printf (_("%s, curves"), get_run_name (self));
  const AtelierExportJob job = {
    .title = _("Save the Curves"),
    .suggested_name = name,
    .suffix = g_variant_get_string (parameter, NULL),
    .failure = _("The Curves Could Not Be Saved"),
    .write = write_curves,
  };

  atelier_export_job_ask (widget, &job, atelier_curve_export_new (self->focus, self->curve_view),
                          (GDestroyNotify) atelier_curve_export_free);
}

static gboolean
write_batches (gpointer     data,
               const char  *path,
               GError     **error)
{
  return atelier_csv_file_write (data, path, error);
}

static void
on_save_batches_action_cb (GtkWidget  *widget,
                           const char *action_name,
                           GVariant   *parameter)
{
  AtelierTrainPage *self = ATELIER_TRAIN_PAGE (widget);
  /* Translators: a file's name; %s is a network's name. */
  g_autofree char *name = g_strdup_printf (_("%s, curves, batches"), get_run_name (self));
  const AtelierExportJob job = {
    .title = _("Save the Batches"),
    .suggested_name = name,
    .suffix = "csv",
    .failure = _("The Batches Could Not Be Saved"),
    .write = write_batches,
  };

  atelier_export_job_ask (widget, &job, atelier_history_batches_to_csv (self->history), g_free);
}

static gboolean
write_report (gpointer     data,
              const char  *path,
              GError     **error)
{
  return atelier_run_report_save (data, path, error);
}

static void
on_save_report_action_cb (GtkWidget  *widget,
                          const char *action_name,
                          GVariant   *parameter)
{
  AtelierTrainPage *self = ATELIER_TRAIN_PAGE (widget);
  const AtelierRunReportParts parts = {
    .model = atelier_trainer_get_model (self->trainer),
    .splits = atelier_trainer_get_splits (self->trainer),
    .record = atelier_trainer_get_record (self->trainer),
    .loss = NAN,
    .penalty = NAN,
  };
  /* Translators: a file's name; %s is a network's name. */
  g_autofree char *name = g_strdup_printf (_("%s, report"), get_run_name (self));
  const AtelierExportJob job = {
    .title = _("Save the Report"),
    .suggested_name = name,
    .suffix = "pdf",
    .failure = _("The Report Could Not Be Saved"),
    .write = write_report,
  };

  atelier_export_job_ask (widget, &job, atelier_run_report_new (&parts),
                          (GDestroyNotify) atelier_run_report_unref);
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
    case PROP_SESSION:
      g_value_set_object (value, self->session);
      break;
    case PROP_MISTAKES:
      g_value_set_boolean (value, atelier_focus_get_mistakes (self->focus));
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
    case PROP_SESSION:
      set_session (self, g_value_get_object (value));
      break;
    case PROP_MISTAKES:
      atelier_focus_set_mistakes (self->focus, g_value_get_boolean (value));
      break;
    case PROP_SHOW_SIDEBAR:
      adw_flap_set_reveal_flap (self->flap, g_value_get_boolean (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
on_focus_notify_mistakes_cb (AtelierTrainPage *self)
{
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_MISTAKES]);
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
    g_signal_handlers_disconnect_by_func (self->history, show_sentence, self);
  g_clear_object (&self->history);
  unset_session (self);
  /* Before the template is disposed, or the bin would unparent its child again. */
  adw_bin_set_child (ADW_BIN (self), NULL);
  gtk_widget_dispose_template (GTK_WIDGET (self), ATELIER_TYPE_TRAIN_PAGE);
  g_clear_object (&self->focus);
  g_clear_object (&self->curve_view);

  G_OBJECT_CLASS (atelier_train_page_parent_class)->dispose (object);
}

static void
bind_template (GtkWidgetClass *widget_class)
{
  gtk_widget_class_set_template_from_resource (
    widget_class, "/io/github/atelier_nn/Atelier/train/atelier-train-page.ui");
  gtk_widget_class_bind_template_child (widget_class, AtelierTrainPage, flap);
  gtk_widget_class_bind_template_child (widget_class, AtelierTrainPage, loss_empty_label);
  gtk_widget_class_bind_template_child (widget_class, AtelierTrainPage, accuracy_empty_label);
  gtk_widget_class_bind_template_child (widget_class, AtelierTrainPage, loss_curve);
  gtk_widget_class_bind_template_child (widget_class, AtelierTrainPage, loss_menu_button);
  gtk_widget_class_bind_template_child (widget_class, AtelierTrainPage, accuracy_curve);
  gtk_widget_class_bind_template_child (widget_class, AtelierTrainPage, accuracy_menu_button);
  gtk_widget_class_bind_template_child (widget_class, AtelierTrainPage, sentence_label);
  gtk_widget_class_bind_template_child (widget_class, AtelierTrainPage, origin_label);
  gtk_widget_class_bind_template_child (widget_class, AtelierTrainPage, scrubber);
  gtk_widget_class_bind_template_child (widget_class, AtelierTrainPage, matrix_panel);
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

  properties[PROP_SESSION] =
    g_param_spec_object ("session", NULL, NULL, ATELIER_TYPE_SESSION, flags);
  properties[PROP_MISTAKES] = g_param_spec_boolean ("mistakes", NULL, NULL, TRUE, flags);
  properties[PROP_SHOW_SIDEBAR] = g_param_spec_boolean ("show-sidebar", NULL, NULL, TRUE, flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  gtk_widget_class_install_action (widget_class, "page.show-figures", NULL,
                                   on_show_figures_action_cb);
  gtk_widget_class_install_action (widget_class, "page.save-curves", "s",
                                   on_save_curves_action_cb);
  gtk_widget_class_install_action (widget_class, "page.save-batches", NULL,
                                   on_save_batches_action_cb);
  gtk_widget_class_install_action (widget_class, "page.save-report", NULL,
                                   on_save_report_action_cb);
  gtk_widget_class_install_action (widget_class, "matrix.show", "(uuu)", on_show_action_cb);
  gtk_widget_class_install_property_action (widget_class, "matrix.mistakes", "mistakes");

  g_type_ensure (ATELIER_TYPE_CARDS_LAYOUT);
  g_type_ensure (ATELIER_TYPE_CURVE);
  g_type_ensure (ATELIER_TYPE_GALLERY);
  g_type_ensure (ATELIER_TYPE_MATRIX_PANEL);
  g_type_ensure (ATELIER_TYPE_SCRUBBER);
  g_type_ensure (ATELIER_TYPE_SIDEBAR);
  bind_template (widget_class);
}

static void
atelier_train_page_init (AtelierTrainPage *self)
{
  g_autoptr (GSettings) settings = atelier_settings_new_for_curves ();
  g_autoptr (GActionMap) curve_actions = NULL;

  self->focus = atelier_focus_new ();
  g_signal_connect_object (self->focus, "notify::mistakes",
                           G_CALLBACK (on_focus_notify_mistakes_cb), self, G_CONNECT_SWAPPED);

  self->curve_view = atelier_curve_view_new ();
  if (settings)
    atelier_curve_view_bind_settings (self->curve_view, settings);
  curve_actions = atelier_curve_view_create_actions (self->curve_view);

  gtk_widget_init_template (GTK_WIDGET (self));
  /* Charts run from left to right in all languages, and leave room for the button at their end. */
  gtk_widget_set_direction (self->loss_menu_button, GTK_TEXT_DIR_LTR);
  gtk_widget_set_direction (self->accuracy_menu_button, GTK_TEXT_DIR_LTR);
  gtk_widget_insert_action_group (GTK_WIDGET (self), "curves", G_ACTION_GROUP (curve_actions));
  atelier_curve_set_focus (self->loss_curve, self->focus, self->curve_view);
  atelier_curve_set_focus (self->accuracy_curve, self->focus, self->curve_view);
  atelier_scrubber_set_focus (self->scrubber, self->focus);
  atelier_matrix_panel_set_focus (self->matrix_panel, self->focus);
  atelier_gallery_set_focus (self->gallery, self->focus);

  show_sentence (self);
  update_actions (self);
}

AtelierFocus *
atelier_train_page_get_focus (AtelierTrainPage *self)
{
  g_return_val_if_fail (ATELIER_IS_TRAIN_PAGE (self), NULL);

  return self->focus;
}

AtelierMatrixPanel *
atelier_train_page_get_matrix_panel (AtelierTrainPage *self)
{
  g_return_val_if_fail (ATELIER_IS_TRAIN_PAGE (self), NULL);

  return self->matrix_panel;
}

AtelierGallery *
atelier_train_page_get_gallery (AtelierTrainPage *self)
{
  g_return_val_if_fail (ATELIER_IS_TRAIN_PAGE (self), NULL);

  return self->gallery;
}
