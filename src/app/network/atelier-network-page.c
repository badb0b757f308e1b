/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Columns side by side, and at the foot what the whole network needs.  The row that is selected in
 * the editor is its property "selected", for a column that shows the network in another way.
 *
 * Undo and redo are keys of the whole page and buttons of the window's header bar.  While a run
 * goes on they are disabled, as everything else here.  Main thread.
 */

#include "config.h"

#include "network/atelier-network-page.h"

#include <glib/gi18n.h>

#include "base/atelier-format.h"
#include "kit/atelier-cards-layout.h"
#include "network/atelier-network-editor.h"
#include "network/atelier-network-view.h"
#include "network/atelier-rate-window.h"
#include "network/atelier-recipe-panel.h"
#include "results/atelier-epoch-time.h"

struct _AtelierNetworkPage
{
  GtkWidget             parent_instance;

  AtelierEpochTime      time;    /* of the runs since the program was started */

  /* Owned */
  AtelierSession       *session; /* nullable */
  AtelierNetworkDraft  *draft;   /* the session's */
  GSimpleActionGroup   *actions;

  /* Template children */
  GtkWidget            *main_box;
  AtelierNetworkEditor *editor;
  GtkLabel             *parameters_label;
  GtkLabel             *multiply_adds_label;
  GtkLabel             *memory_label;
  GtkLabel             *time_label;
  GtkLabel             *time_caption;
  AtelierNetworkView   *picture;
  GtkWidget            *problem_box;
  GtkLabel             *problem_label;
  GtkWidget            *show_button;
};

G_DEFINE_FINAL_TYPE (AtelierNetworkPage, atelier_network_page, GTK_TYPE_WIDGET)

enum
{
  PROP_SESSION = 1,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

/* Foot */

static void
show_problems (AtelierNetworkPage *self)
{
  const guint n = atelier_network_draft_get_n_problems (self->draft);
  const char *problem = atelier_network_draft_get_problem (self->draft);
  g_autofree char *words
    = g_strdup_printf (ngettext ("One layer does not fit", "%u layers do not fit", n), n);

  gtk_label_set_label (self->problem_label, n > 0 || problem == NULL ? words : problem);
  gtk_widget_set_visible (self->problem_box, n > 0 || problem);
  gtk_widget_set_visible (self->show_button, n > 0);
}

static void
show_figures (AtelierNetworkPage *self)
{
  g_autofree char *parameters
    = atelier_format_count (atelier_network_draft_get_n_parameters (self->draft));
  g_autofree char *multiply_adds
    = atelier_format_large (atelier_network_draft_get_n_multiply_adds (self->draft));

  gtk_label_set_label (self->parameters_label, parameters);
  gtk_label_set_label (self->multiply_adds_label, multiply_adds);
}

/* Of a run on the session's data; what is too large is said where training begins. */
static void
show_memory (AtelierNetworkPage *self)
{
  AtelierNetwork *network = atelier_network_draft_get_network (self->draft);
  AtelierSplits *splits = atelier_session_get_splits (self->session);
  g_autofree char *size = NULL;
  g_autoptr (GError) error = NULL;
  guint64 n_bytes;

  if (network && splits
      && atelier_trainer_measure_memory (network, atelier_session_get_recipe (self->session),
                                         atelier_splits_get_n (splits, ATELIER_SPLIT_TRAIN),
                                         atelier_session_get_n_threads (self->session), &n_bytes,
                                         &error))
    size = g_format_size (n_bytes);
  gtk_label_set_label (self->memory_label, size ? size : "–");
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->memory_label), error ? error->message : NULL);
}

/* No more digits than an estimate has.  Transfer full. */
static char *
describe_about (double seconds)
{
  if (seconds < 9.95)
    /* Translators: an estimated time in seconds, in minutes, in hours */
    return g_strdup_printf (_("about %.1f s"), MAX (seconds, 0.1));
  if (seconds < 99.5)
    return g_strdup_printf (_("about %.0f s"), seconds);
  if (seconds < 99.5 * 60.0)
    return g_strdup_printf (_("about %.0f min"), seconds / 60.0);

  return g_strdup_printf (_("about %.1f h"), seconds / 3600.0);
}

/* "about 12 s an epoch here", once an epoch was trained. */
static void
show_time (AtelierNetworkPage *self)
{
  AtelierSplits *splits = atelier_session_get_splits (self->session);
  double seconds
    = atelier_epoch_time_estimate (&self->time,
                                   atelier_network_draft_get_n_multiply_adds (self->draft),
                                   splits ? atelier_splits_get_n (splits, ATELIER_SPLIT_TRAIN) : 0,
                                   atelier_session_get_n_threads (self->session));
  g_autofree char *words = seconds > 0.0 ? describe_about (seconds) : NULL;

  gtk_label_set_label (self->time_label, words ? words : "–");
  gtk_label_set_label (self->time_caption, words ? _("an epoch here")
                                                 : _("an epoch, known after a run"));
}

static void
on_epoch_finished_cb (AtelierNetworkPage *self)
{
  AtelierTrainer *trainer = atelier_session_get_trainer (self->session);
  AtelierRunRecord *record = atelier_trainer_get_record (trainer);
  AtelierSplits *splits = atelier_trainer_get_splits (trainer);

  atelier_epoch_time_measure (&self->time, atelier_run_record_get_history (record),
                              atelier_run_record_get_network (record),
                              atelier_splits_get_n (splits, ATELIER_SPLIT_TRAIN),
                              atelier_run_record_get_circumstances (record)->n_threads);
  show_time (self);
}

/* What depends on the data and the number of threads. */
static void
show_costs (AtelierNetworkPage *self)
{
  show_memory (self);
  show_time (self);
}

/* Picture */

static void
show_picture (AtelierNetworkPage *self)
{
  const guint n = atelier_network_draft_get_n_rows (self->draft);
  g_autofree AtelierNetworkStepRow *rows = g_new0 (AtelierNetworkStepRow, n + 1);
  guint height, width, channels;

  atelier_network_draft_get_input (self->draft, &height, &width, &channels);
  for (guint i = 0; i < n; i++)
    {
      const AtelierDraftRow *row = atelier_network_draft_get_row (self->draft, i);

      rows[i] = (AtelierNetworkStepRow) {
        .layer = row->layer,
        .info = {
          .height = row->height,
          .width = row->width,
          .channels = row->channels,
          .n_parameters = row->n_parameters,
          .n_multiply_adds = row->n_multiply_adds,
        },
        .fits = row->problem == NULL && row->has_output,
      };
    }
  atelier_network_view_set_rows (self->picture, atelier_network_draft_get_name (self->draft),
                                 height, width, channels, rows, n);
}

static void
on_save_picture_clicked_cb (AtelierNetworkPage *self)
{
  atelier_network_view_save (self->picture, "svg");
}

static void
on_show_clicked_cb (AtelierNetworkPage *self)
{
  for (guint i = 0; i < atelier_network_draft_get_n_rows (self->draft); i++)
    if (atelier_network_draft_get_row (self->draft, i)->problem)
      {
        atelier_network_editor_show_row (self->editor, i);
        return;
      }
}

/* Actions */

static void
on_undo_activate_cb (GSimpleAction *action,
                     GVariant      *parameter,
                     gpointer       user_data)
{
  atelier_network_draft_undo (ATELIER_NETWORK_PAGE (user_data)->draft);
}

static void
on_redo_activate_cb (GSimpleAction *action,
                     GVariant      *parameter,
                     gpointer       user_data)
{
  atelier_network_draft_redo (ATELIER_NETWORK_PAGE (user_data)->draft);
}

static void
on_find_rate_activate_cb (GSimpleAction *action,
                          GVariant      *parameter,
                          gpointer       user_data)
{
  AtelierNetworkPage *self = user_data;
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));

  gtk_window_present (GTK_WINDOW (atelier_rate_window_new (GTK_WINDOW (root), self->session)));
}

static const GActionEntry entries[] = {
  { "undo", on_undo_activate_cb },
  { "redo", on_redo_activate_cb },
  { "find-rate", on_find_rate_activate_cb },
};

static void
set_action_enabled (AtelierNetworkPage *self,
                    const char         *name,
                    gboolean            is_enabled)
{
  GAction *action = g_action_map_lookup_action (G_ACTION_MAP (self->actions), name);

  g_simple_action_set_enabled (G_SIMPLE_ACTION (action), is_enabled);
}

static void
update_actions (AtelierNetworkPage *self)
{
  const gboolean is_locked = atelier_session_get_is_locked (self->session);

  set_action_enabled (self, "undo",
                      !is_locked && atelier_network_draft_can_undo (self->draft));
  set_action_enabled (self, "redo",
                      !is_locked && atelier_network_draft_can_redo (self->draft));
  set_action_enabled (self, "find-rate", atelier_session_can_start (self->session));
}

static void
add_key (GtkEventController *controller,
         const char         *keys,
         const char         *action)
{
  GtkShortcut *shortcut = gtk_shortcut_new (gtk_shortcut_trigger_parse_string (keys),
                                            gtk_named_action_new (action));

  gtk_shortcut_controller_add_shortcut (GTK_SHORTCUT_CONTROLLER (controller), shortcut);
}

/* Wherever the focus is, in the header bar too.  An entry takes the keys of undo though it keeps
 * none, so these are taken before it; the others are first for whoever has the focus. */
static GtkEventController *
create_keys (GtkPropagationPhase phase)
{
  GtkEventController *controller = gtk_shortcut_controller_new ();

  gtk_event_controller_set_propagation_phase (controller, phase);
  gtk_shortcut_controller_set_scope (GTK_SHORTCUT_CONTROLLER (controller),
                                     GTK_SHORTCUT_SCOPE_GLOBAL);

  return controller;
}

static void
add_keys (AtelierNetworkPage *self)
{
  GtkEventController *early = create_keys (GTK_PHASE_CAPTURE);
  GtkEventController *late = create_keys (GTK_PHASE_BUBBLE);

  add_key (early, "<Control>z", "network.undo");
  add_key (early, "<Control><Shift>z|<Control>y", "network.redo");
  add_key (late, "Escape", "win.back");
  add_key (late, "<Alt>Left", "win.back");
  gtk_widget_add_controller (GTK_WIDGET (self), early);
  gtk_widget_add_controller (GTK_WIDGET (self), late);
}

static void
on_draft_changed_cb (AtelierNetworkPage *self)
{
  show_figures (self);
  show_costs (self);
  show_problems (self);
  show_picture (self);
  update_actions (self);
}

static void
set_session (AtelierNetworkPage *self,
             AtelierSession     *session)
{
  static const char * const signals_of_start[] = {
    "notify::splits", "notify::is-recipe-valid", "notify::is-network-valid"
  };

  /* A window has one session all its life. */
  if (self->session || session == NULL)
    return;

  self->session = g_object_ref (session);
  self->draft = g_object_ref (atelier_session_get_draft (session));
  g_signal_connect_object (self->draft, "changed", G_CALLBACK (on_draft_changed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (session, "notify::is-locked", G_CALLBACK (update_actions), self,
                           G_CONNECT_SWAPPED);
  for (guint i = 0; i < G_N_ELEMENTS (signals_of_start); i++)
    g_signal_connect_object (session, signals_of_start[i], G_CALLBACK (update_actions), self,
                             G_CONNECT_SWAPPED);
  g_signal_connect_object (session, "notify::recipe", G_CALLBACK (show_memory), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (session, "notify::splits", G_CALLBACK (show_costs), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (session, "notify::n-threads", G_CALLBACK (show_costs), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (atelier_session_get_trainer (session), "epoch-finished",
                           G_CALLBACK (on_epoch_finished_cb), self, G_CONNECT_SWAPPED);
  on_draft_changed_cb (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SESSION]);
}

static void
atelier_network_page_get_property (GObject    *object,
                                   guint       property_id,
                                   GValue     *value,
                                   GParamSpec *pspec)
{
  switch (property_id)
    {
    case PROP_SESSION:
      g_value_set_object (value, ATELIER_NETWORK_PAGE (object)->session);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
atelier_network_page_set_property (GObject      *object,
                                   guint         property_id,
                                   const GValue *value,
                                   GParamSpec   *pspec)
{
  switch (property_id)
    {
    case PROP_SESSION:
      set_session (ATELIER_NETWORK_PAGE (object), g_value_get_object (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
atelier_network_page_dispose (GObject *object)
{
  AtelierNetworkPage *self = ATELIER_NETWORK_PAGE (object);

  gtk_widget_dispose_template (GTK_WIDGET (self), ATELIER_TYPE_NETWORK_PAGE);
  g_clear_object (&self->actions);
  g_clear_object (&self->draft);
  g_clear_object (&self->session);

  G_OBJECT_CLASS (atelier_network_page_parent_class)->dispose (object);
}

static void
atelier_network_page_class_init (AtelierNetworkPageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = atelier_network_page_get_property;
  object_class->set_property = atelier_network_page_set_property;
  object_class->dispose = atelier_network_page_dispose;

  properties[PROP_SESSION]
    = g_param_spec_object ("session", NULL, NULL, ATELIER_TYPE_SESSION,
                           G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  g_type_ensure (ATELIER_TYPE_CARDS_LAYOUT);
  g_type_ensure (ATELIER_TYPE_NETWORK_EDITOR);
  g_type_ensure (ATELIER_TYPE_NETWORK_VIEW);
  g_type_ensure (ATELIER_TYPE_RECIPE_PANEL);
  gtk_widget_class_set_template_from_resource (
    widget_class, "/io/github/atelier_nn/Atelier/network/atelier-network-page.ui");
  gtk_widget_class_bind_template_child (widget_class, AtelierNetworkPage, main_box);
  gtk_widget_class_bind_template_child (widget_class, AtelierNetworkPage, editor);
  gtk_widget_class_bind_template_child (widget_class, AtelierNetworkPage, parameters_label);
  gtk_widget_class_bind_template_child (widget_class, AtelierNetworkPage, multiply_adds_label);
  gtk_widget_class_bind_template_child (widget_class, AtelierNetworkPage, memory_label);
  gtk_widget_class_bind_template_child (widget_class, AtelierNetworkPage, time_label);
  gtk_widget_class_bind_template_child (widget_class, AtelierNetworkPage, time_caption);
  gtk_widget_class_bind_template_child (widget_class, AtelierNetworkPage, picture);
  gtk_widget_class_bind_template_child (widget_class, AtelierNetworkPage, problem_box);
  gtk_widget_class_bind_template_child (widget_class, AtelierNetworkPage, problem_label);
  gtk_widget_class_bind_template_child (widget_class, AtelierNetworkPage, show_button);
  gtk_widget_class_bind_template_callback (widget_class, on_show_clicked_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_save_picture_clicked_cb);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "networkpage");
}

static void
atelier_network_page_init (AtelierNetworkPage *self)
{
  self->actions = g_simple_action_group_new ();
  g_action_map_add_action_entries (G_ACTION_MAP (self->actions), entries, G_N_ELEMENTS (entries),
                                   self);
  gtk_widget_init_template (GTK_WIDGET (self));
  add_keys (self);
}

GActionGroup *
atelier_network_page_get_actions (AtelierNetworkPage *self)
{
  g_return_val_if_fail (ATELIER_IS_NETWORK_PAGE (self), NULL);

  return G_ACTION_GROUP (self->actions);
}

void
atelier_network_page_take_focus (AtelierNetworkPage *self)
{
  g_return_if_fail (ATELIER_IS_NETWORK_PAGE (self));

  atelier_network_editor_take_focus (self->editor);
}
