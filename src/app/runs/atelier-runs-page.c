/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Head with search and what can be done, table, and cards of the ticked runs below.
 *
 * Deeds are actions: of a run whose id is their parameter (from a cell), or of the selected row
 * (from the menu and the keyboard).  The trash takes the ticked runs where there are any.  Main
 * thread.
 */

#include "config.h"

#include "runs/atelier-runs-page.h"

#include <adwaita.h>
#include <glib/gi18n.h>

#include "kit/atelier-cards-layout.h"
#include "kit/atelier-path-chooser.h"
#include "kit/atelier-toast.h"
#include "runs/atelier-run-curves.h"
#include "runs/atelier-run-details.h"
#include "runs/atelier-run-differences.h"

struct _AtelierRunsPage
{
  GtkWidget              parent_instance;

  /* Owned */
  AtelierLibrary        *library; /* nullable */
  AtelierRunList        *list;
  GSimpleActionGroup    *actions;
  char                 **data_names;
  GtkWidget             *details; /* a child */

  /* Template children */
  GtkWidget             *main_box;
  GtkStack              *stack;
  GtkWidget             *notice_box;
  GtkLabel              *notice_label;
  GtkEditable           *search_entry;
  GtkDropDown           *data_drop_down;
  GtkToggleButton       *star_button;
  GtkMenuButton         *columns_button;
  GtkLabel              *summary_label;
  AtelierRunTable       *table;
  GtkDropDown           *figure_drop_down;
  AtelierRunCurves      *curves;
  AtelierRunDifferences *differences;
  GMenuModel            *row_menu;
};

G_DEFINE_FINAL_TYPE (AtelierRunsPage, atelier_runs_page, GTK_TYPE_WIDGET)

enum
{
  PROP_LIBRARY = 1,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

enum
{
  OPEN,
  GO_ON,
  TAKE_OVER,
  COMPARE,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static const char *
get_id (AtelierRunItem *item)
{
  return atelier_run_item_get_values (item)->id;
}

/* ---- What is shown ---- */

static void
update_filter (AtelierRunsPage *self)
{
  const guint selected = gtk_drop_down_get_selected (self->data_drop_down);
  /* The first is that of all data. */
  const char *name = selected > 0 && selected != GTK_INVALID_LIST_POSITION && self->data_names
                     ? self->data_names[selected - 1]
                     : NULL;

  atelier_run_table_set_filter (self->table, gtk_editable_get_text (self->search_entry), name,
                                gtk_toggle_button_get_active (self->star_button));
}

static void
update_summary (AtelierRunsPage *self)
{
  const guint n = atelier_run_list_get_n_runs (self->list);
  const guint n_ticked = atelier_run_list_get_n_ticked (self->list);
  g_autofree char *runs = g_strdup_printf (ngettext ("%u run", "%u runs", n), n);
  g_autofree char *ticked
    = g_strdup_printf (ngettext ("%u ticked", "%u ticked", n_ticked), n_ticked);
  g_autofree char *both = g_strdup_printf (_("%s · %s"), runs, ticked);

  gtk_label_set_label (self->summary_label, n_ticked > 0 ? both : runs);
  gtk_stack_set_visible_child_name (self->stack,
                                    n > 0 || !atelier_run_list_get_is_loaded (self->list)
                                      ? "runs"
                                      : "empty");
}

/* Keeps what was chosen, where it is still there. */
static void
on_data_changed_cb (AtelierRunsPage *self)
{
  g_auto (GStrv) names = atelier_run_list_list_data (self->list);
  g_autoptr (GtkStringList) items = gtk_string_list_new (NULL);
  const guint selected = gtk_drop_down_get_selected (self->data_drop_down);
  g_autofree char *chosen
    = selected > 0 && self->data_names && selected <= g_strv_length (self->data_names)
      ? g_strdup (self->data_names[selected - 1])
      : NULL;
  guint position = 0;

  if (self->data_names && g_strv_equal ((const char * const *) names,
                                        (const char * const *) self->data_names))
    return;
  gtk_string_list_append (items, _("All Data"));
  for (guint i = 0; names[i]; i++)
    {
      gtk_string_list_append (items, names[i]);
      if (g_strcmp0 (names[i], chosen) == 0)
        position = i + 1;
    }
  g_strfreev (self->data_names);
  self->data_names = g_steal_pointer (&names);
  gtk_drop_down_set_model (self->data_drop_down, G_LIST_MODEL (items));
  gtk_drop_down_set_selected (self->data_drop_down, position);
  update_filter (self);
}

static void
show_notice (AtelierRunsPage *self)
{
  const GError *error = self->library ? atelier_library_get_error (self->library) : NULL;
  const char *notice = self->library ? atelier_library_get_notice (self->library) : NULL;

  if (error)
    notice = error->message;
  gtk_label_set_label (self->notice_label, notice ? notice : "");
  gtk_widget_set_visible (self->notice_box, notice != NULL);
}

/* ---- Deeds ---- */

static void
enable (AtelierRunsPage *self,
        const char      *name,
        gboolean         is_enabled)
{
  GAction *action = g_action_map_lookup_action (G_ACTION_MAP (self->actions), name);

  g_simple_action_set_enabled (G_SIMPLE_ACTION (action), is_enabled);
}

static void
update_actions (AtelierRunsPage *self)
{
  static const char * const of_run[] = { "open-selected", "take-over-selected", "details" };
  AtelierRunItem *item = atelier_run_table_get_selected (self->table);
  const gboolean is_run = item && !atelier_run_item_get_children (item);
  const guint n_ticked = atelier_run_list_get_n_ticked (self->list);

  for (guint i = 0; i < G_N_ELEMENTS (of_run); i++)
    enable (self, of_run[i], is_run);
  enable (self, "go-on-selected", is_run && atelier_run_item_get_values (item)->can_go_on);
  enable (self, "compare", n_ticked == 2);
  enable (self, "untick", n_ticked > 0);
  enable (self, "trash", n_ticked > 0 || item);
  enable (self, "export", n_ticked > 0 || item);
}

/* The ticked runs, or else the selected row's.  NULL-terminated; transfer full. */
static char **
list_chosen (AtelierRunsPage *self)
{
  GPtrArray *ticked = atelier_run_list_get_ticked (self->list);
  AtelierRunItem *item = atelier_run_table_get_selected (self->table);
  GListModel *children = item ? atelier_run_item_get_children (item) : NULL;
  GPtrArray *ids = g_ptr_array_new ();

  for (guint i = 0; i < ticked->len; i++)
    g_ptr_array_add (ids, g_strdup (get_id (g_ptr_array_index (ticked, i))));
  if (ticked->len == 0 && item && !children)
    g_ptr_array_add (ids, g_strdup (get_id (item)));
  for (guint i = 0; ticked->len == 0 && children && i < g_list_model_get_n_items (children); i++)
    {
      g_autoptr (AtelierRunItem) child = g_list_model_get_item (children, i);

      g_ptr_array_add (ids, g_strdup (get_id (child)));
    }
  g_ptr_array_add (ids, NULL);
  return (char **) g_ptr_array_free (ids, FALSE);
}

static void
on_open_cb (GSimpleAction *action,
            GVariant      *id,
            gpointer       user_data)
{
  g_signal_emit (user_data, signals[OPEN], 0, g_variant_get_string (id, NULL));
}

static void
on_go_on_cb (GSimpleAction *action,
             GVariant      *id,
             gpointer       user_data)
{
  g_signal_emit (user_data, signals[GO_ON], 0, g_variant_get_string (id, NULL));
}

static void
emit_of_selected (AtelierRunsPage *self,
                  guint            signal)
{
  AtelierRunItem *item = atelier_run_table_get_selected (self->table);

  if (item)
    g_signal_emit (self, signals[signal], 0, get_id (item));
}

static void
on_open_selected_cb (GSimpleAction *action,
                     GVariant      *parameter,
                     gpointer       user_data)
{
  emit_of_selected (user_data, OPEN);
}

static void
on_go_on_selected_cb (GSimpleAction *action,
                      GVariant      *parameter,
                      gpointer       user_data)
{
  emit_of_selected (user_data, GO_ON);
}

static void
on_take_over_selected_cb (GSimpleAction *action,
                          GVariant      *parameter,
                          gpointer       user_data)
{
  emit_of_selected (user_data, TAKE_OVER);
}

static void
on_star_cb (GSimpleAction *action,
            GVariant      *parameter,
            gpointer       user_data)
{
  AtelierRunsPage *self = ATELIER_RUNS_PAGE (user_data);
  const char *id = g_variant_get_string (parameter, NULL);
  AtelierRunItem *item = atelier_run_list_find (self->list, id);

  if (item && self->library)
    atelier_library_set_starred (self->library, id,
                                 !atelier_run_item_get_values (item)->is_starred);
}

static void
on_details_cb (GSimpleAction *action,
               GVariant      *parameter,
               gpointer       user_data)
{
  AtelierRunsPage *self = ATELIER_RUNS_PAGE (user_data);
  AtelierRunItem *item = atelier_run_table_get_selected (self->table);
  GtkWidget *anchor = atelier_run_table_get_anchor (self->table);
  graphene_rect_t bounds;

  if (!item || !self->library
      || !gtk_widget_compute_bounds (anchor, GTK_WIDGET (self), &bounds))
    return;
  atelier_run_details_open (ATELIER_RUN_DETAILS (self->details),
                            &(GdkRectangle) { (int) bounds.origin.x + 120, (int) bounds.origin.y, 1,
                                              MIN ((int) bounds.size.height, 30) },
                            self->library, atelier_run_item_get_run (item));
}

static void
on_compare_cb (GSimpleAction *action,
               GVariant      *parameter,
               gpointer       user_data)
{
  AtelierRunsPage *self = ATELIER_RUNS_PAGE (user_data);
  GPtrArray *ticked = atelier_run_list_get_ticked (self->list);

  if (ticked->len == 2)
    g_signal_emit (self, signals[COMPARE], 0, get_id (g_ptr_array_index (ticked, 0)),
                   get_id (g_ptr_array_index (ticked, 1)));
}

static void
on_untick_cb (GSimpleAction *action,
              GVariant      *parameter,
              gpointer       user_data)
{
  atelier_run_list_untick_all (ATELIER_RUNS_PAGE (user_data)->list);
}

/* Trash */

typedef struct
{
  AtelierRunsPage *self; /* Owned */
  char           **ids;  /* Owned */
} TrashRequest;

static void
free_trash_request (gpointer data)
{
  TrashRequest *request = data;

  g_object_unref (request->self);
  g_strfreev (request->ids);
  g_free (request);
}

static void
on_done_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr (AtelierRunsPage) self = user_data;
  g_autoptr (GError) error = NULL;

  if (!atelier_library_finish (ATELIER_LIBRARY (source), result, &error))
    atelier_toast_show (GTK_WIDGET (self), error->message);
}

static void
restore (gpointer user_data)
{
  TrashRequest *request = user_data;

  if (request->self->library)
    atelier_library_restore_async (request->self->library,
                                   (const char * const *) request->ids, on_done_cb,
                                   g_object_ref (request->self));
}

static void
on_trashed_cb (GObject      *source,
               GAsyncResult *result,
               gpointer      user_data)
{
  TrashRequest *request = user_data;
  const guint n = g_strv_length (request->ids);
  g_autoptr (GError) error = NULL;
  g_autofree char *message
    = g_strdup_printf (ngettext ("%u run is in the trash", "%u runs are in the trash", n), n);

  if (atelier_library_finish (ATELIER_LIBRARY (source), result, &error))
    {
      atelier_toast_offer_call (GTK_WIDGET (request->self), message, _("_Undo"), FALSE, restore,
                                request, free_trash_request);
      return;
    }
  atelier_toast_show (GTK_WIDGET (request->self), error->message);
  free_trash_request (request);
}

static void
on_trash_cb (GSimpleAction *action,
             GVariant      *parameter,
             gpointer       user_data)
{
  AtelierRunsPage *self = ATELIER_RUNS_PAGE (user_data);
  TrashRequest *request;

  if (!self->library)
    return;
  request = g_new0 (TrashRequest, 1);
  request->self = g_object_ref (self);
  request->ids = list_chosen (self);
  atelier_library_trash_async (self->library, (const char * const *) request->ids, on_trashed_cb,
                               request);
}

static void
on_emptied_cb (GObject      *source,
               GAsyncResult *result,
               gpointer      user_data)
{
  g_autoptr (AtelierRunsPage) self = user_data;
  g_autoptr (GError) error = NULL;

  atelier_toast_show (GTK_WIDGET (self),
                      atelier_library_finish (ATELIER_LIBRARY (source), result, &error)
                        ? _("The trash is empty")
                        : error->message);
}

static void
on_empty_trash_cb (GSimpleAction *action,
                   GVariant      *parameter,
                   gpointer       user_data)
{
  AtelierRunsPage *self = ATELIER_RUNS_PAGE (user_data);

  if (self->library)
    atelier_library_empty_trash_async (self->library, on_emptied_cb, g_object_ref (self));
}

/* Export and import */

static void
on_export_chosen_cb (GtkWindow  *parent,
                     const char *path,
                     gpointer    user_data)
{
  TrashRequest *request = user_data;
  AtelierRunsPage *self = request->self;
  g_autofree char *with_ending = g_str_has_suffix (path, ".atelier-run")
                                 ? g_strdup (path)
                                 : g_strconcat (path, ".atelier-run", NULL);

  if (self->library)
    atelier_library_export_async (self->library, (const char * const *) request->ids, with_ending,
                                  NULL, on_done_cb, g_object_ref (self));
}

static void
on_export_cb (GSimpleAction *action,
              GVariant      *parameter,
              gpointer       user_data)
{
  AtelierRunsPage *self = ATELIER_RUNS_PAGE (user_data);
  const AtelierPathRequest path = {
    .purpose = ATELIER_PATH_EXPORTS,
    .title = _("Export Runs"),
    .action = GTK_FILE_CHOOSER_ACTION_SAVE,
    .suggested_name = "runs.atelier-run",
    .filter_name = _("Runs"),
    .filter_suffix = "atelier-run",
  };
  TrashRequest *request = g_new0 (TrashRequest, 1);

  request->self = g_object_ref (self);
  request->ids = list_chosen (self);
  atelier_path_chooser_ask (GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self))), &path,
                            on_export_chosen_cb, request, free_trash_request);
}

static void
on_imported_cb (GObject      *source,
                GAsyncResult *result,
                gpointer      user_data)
{
  g_autoptr (AtelierRunsPage) self = user_data;
  g_autoptr (GError) error = NULL;
  g_auto (GStrv) ids
    = atelier_library_import_finish (ATELIER_LIBRARY (source), result, &error);
  const guint n = ids ? g_strv_length (ids) : 0;
  g_autofree char *message
    = ids ? g_strdup_printf (ngettext ("%u run was taken in", "%u runs were taken in", n), n)
          : g_strdup (error->message);

  atelier_toast_show (GTK_WIDGET (self), message);
}

static void
on_import_chosen_cb (GtkWindow  *parent,
                     const char *path,
                     gpointer    user_data)
{
  AtelierRunsPage *self = ATELIER_RUNS_PAGE (user_data);

  if (self->library)
    atelier_library_import_async (self->library, path, NULL, on_imported_cb, g_object_ref (self));
}

static void
on_import_cb (GSimpleAction *action,
              GVariant      *parameter,
              gpointer       user_data)
{
  AtelierRunsPage *self = ATELIER_RUNS_PAGE (user_data);
  const AtelierPathRequest path = {
    .purpose = ATELIER_PATH_EXPORTS,
    .title = _("Import Runs"),
    .action = GTK_FILE_CHOOSER_ACTION_OPEN,
    .filter_name = _("Runs"),
    .filter_suffix = "atelier-run",
  };

  atelier_path_chooser_ask (GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self))), &path,
                            on_import_chosen_cb, g_object_ref (self), g_object_unref);
}

static const GActionEntry entries[] = {
  { "open", on_open_cb, "s" },
  { "go-on", on_go_on_cb, "s" },
  { "star", on_star_cb, "s" },
  { "open-selected", on_open_selected_cb },
  { "go-on-selected", on_go_on_selected_cb },
  { "take-over-selected", on_take_over_selected_cb },
  { "details", on_details_cb },
  { "compare", on_compare_cb },
  { "untick", on_untick_cb },
  { "trash", on_trash_cb },
  { "empty-trash", on_empty_trash_cb },
  { "export", on_export_cb },
  { "import", on_import_cb },
};

/* ---- GObject ---- */

static void
on_ticked_cb (AtelierRunsPage *self)
{
  update_summary (self);
  update_actions (self);
}

static void
atelier_runs_page_get_property (GObject    *object,
                                guint       property_id,
                                GValue     *value,
                                GParamSpec *pspec)
{
  switch (property_id)
    {
    case PROP_LIBRARY:
      g_value_set_object (value, ATELIER_RUNS_PAGE (object)->library);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
atelier_runs_page_set_property (GObject      *object,
                                guint         property_id,
                                const GValue *value,
                                GParamSpec   *pspec)
{
  switch (property_id)
    {
    case PROP_LIBRARY:
      atelier_runs_page_set_library (ATELIER_RUNS_PAGE (object), g_value_get_object (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
atelier_runs_page_dispose (GObject *object)
{
  AtelierRunsPage *self = ATELIER_RUNS_PAGE (object);

  atelier_runs_page_set_library (self, NULL);
  g_clear_pointer (&self->details, gtk_widget_unparent);
  g_clear_pointer (&self->main_box, gtk_widget_unparent);
  g_clear_object (&self->list);
  g_clear_object (&self->actions);

  G_OBJECT_CLASS (atelier_runs_page_parent_class)->dispose (object);
}

static void
atelier_runs_page_finalize (GObject *object)
{
  g_strfreev (ATELIER_RUNS_PAGE (object)->data_names);

  G_OBJECT_CLASS (atelier_runs_page_parent_class)->finalize (object);
}

static void
bind_children (GtkWidgetClass *widget_class)
{
  gtk_widget_class_bind_template_child (widget_class, AtelierRunsPage, main_box);
  gtk_widget_class_bind_template_child (widget_class, AtelierRunsPage, stack);
  gtk_widget_class_bind_template_child (widget_class, AtelierRunsPage, notice_box);
  gtk_widget_class_bind_template_child (widget_class, AtelierRunsPage, notice_label);
  gtk_widget_class_bind_template_child (widget_class, AtelierRunsPage, search_entry);
  gtk_widget_class_bind_template_child (widget_class, AtelierRunsPage, data_drop_down);
  gtk_widget_class_bind_template_child (widget_class, AtelierRunsPage, star_button);
  gtk_widget_class_bind_template_child (widget_class, AtelierRunsPage, columns_button);
  gtk_widget_class_bind_template_child (widget_class, AtelierRunsPage, summary_label);
  gtk_widget_class_bind_template_child (widget_class, AtelierRunsPage, table);
  gtk_widget_class_bind_template_child (widget_class, AtelierRunsPage, figure_drop_down);
  gtk_widget_class_bind_template_child (widget_class, AtelierRunsPage, curves);
  gtk_widget_class_bind_template_child (widget_class, AtelierRunsPage, differences);
  gtk_widget_class_bind_template_child (widget_class, AtelierRunsPage, row_menu);
  gtk_widget_class_bind_template_callback (widget_class, update_filter);
}

static void
atelier_runs_page_class_init (AtelierRunsPageClass *klass)
{
  static const char * const names[] = { "open", "go-on", "take-over" };
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = atelier_runs_page_get_property;
  object_class->set_property = atelier_runs_page_set_property;
  object_class->dispose = atelier_runs_page_dispose;
  object_class->finalize = atelier_runs_page_finalize;

  properties[PROP_LIBRARY] = g_param_spec_object (
    "library", NULL, NULL, ATELIER_TYPE_LIBRARY,
    G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
  for (guint i = 0; i < COMPARE; i++)
    signals[i] = g_signal_new (names[i], ATELIER_TYPE_RUNS_PAGE, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                               NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
  signals[COMPARE] = g_signal_new ("compare", ATELIER_TYPE_RUNS_PAGE, G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 2, G_TYPE_STRING, G_TYPE_STRING);

  g_type_ensure (ATELIER_TYPE_CARDS_LAYOUT);
  g_type_ensure (ATELIER_TYPE_RUN_CURVES);
  g_type_ensure (ATELIER_TYPE_RUN_DIFFERENCES);
  g_type_ensure (ATELIER_TYPE_RUN_TABLE);
  gtk_widget_class_set_template_from_resource (
    widget_class, "/io/github/atelier_nn/Atelier/runs/atelier-runs-page.ui");
  bind_children (widget_class);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_F2, 0, "runs.details", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Delete, 0, "runs.trash", NULL);
  gtk_widget_class_set_css_name (widget_class, "runspage");
}

static void
fill_figures (AtelierRunsPage *self)
{
  g_autoptr (GtkStringList) figures = gtk_string_list_new (NULL);

  for (guint i = 0; i < ATELIER_N_RUN_FIGURES; i++)
    gtk_string_list_append (figures, atelier_run_figure_get_name (i));
  gtk_drop_down_set_model (self->figure_drop_down, G_LIST_MODEL (figures));
  g_object_bind_property (self->figure_drop_down, "selected", self->curves, "figure",
                          G_BINDING_DEFAULT);
}

static void
atelier_runs_page_init (AtelierRunsPage *self)
{
  GtkWidget *widget = GTK_WIDGET (self);
  g_autoptr (GMenuModel) columns = NULL;

  self->list = atelier_run_list_new ();
  self->actions = g_simple_action_group_new ();
  g_action_map_add_action_entries (G_ACTION_MAP (self->actions), entries, G_N_ELEMENTS (entries),
                                   self);
  gtk_widget_init_template (widget);
  gtk_widget_insert_action_group (widget, "runs", G_ACTION_GROUP (self->actions));
  gtk_widget_insert_action_group (widget, "columns",
                                  atelier_run_table_get_actions (self->table));
  self->details = atelier_run_details_new (widget);

  atelier_run_table_set_list (self->table, self->list);
  atelier_run_table_set_menu (self->table, self->row_menu);
  atelier_run_curves_set_list (self->curves, self->list);
  atelier_run_differences_set_list (self->differences, self->list);
  columns = atelier_run_table_new_columns_menu (self->table);
  gtk_menu_button_set_menu_model (self->columns_button, columns);
  fill_figures (self);

  g_signal_connect_object (self->list, "ticked-changed", G_CALLBACK (on_ticked_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->list, "notify::is-loaded", G_CALLBACK (update_summary), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->list, "data-changed", G_CALLBACK (on_data_changed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->table, "selection-changed", G_CALLBACK (update_actions), self,
                           G_CONNECT_SWAPPED);
  on_data_changed_cb (self);
  on_ticked_cb (self);
}

AtelierLibrary *
atelier_runs_page_get_library (AtelierRunsPage *self)
{
  g_return_val_if_fail (ATELIER_IS_RUNS_PAGE (self), NULL);

  return self->library;
}

void
atelier_runs_page_set_library (AtelierRunsPage *self,
                               AtelierLibrary  *library)
{
  g_return_if_fail (ATELIER_IS_RUNS_PAGE (self));

  if (self->library == library)
    return;
  if (self->library)
    g_signal_handlers_disconnect_by_data (self->library, self);
  g_set_object (&self->library, library);
  if (self->list)
    atelier_run_list_set_library (self->list, library);
  if (self->curves)
    atelier_run_curves_set_library (self->curves, library);
  if (library)
    {
      g_signal_connect_object (library, "notify::error", G_CALLBACK (show_notice), self,
                               G_CONNECT_SWAPPED);
      g_signal_connect_object (library, "notify::notice", G_CALLBACK (show_notice), self,
                               G_CONNECT_SWAPPED);
      show_notice (self);
    }
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_LIBRARY]);
}

AtelierRunList *
atelier_runs_page_get_list (AtelierRunsPage *self)
{
  g_return_val_if_fail (ATELIER_IS_RUNS_PAGE (self), NULL);

  return self->list;
}

AtelierRunTable *
atelier_runs_page_get_table (AtelierRunsPage *self)
{
  g_return_val_if_fail (ATELIER_IS_RUNS_PAGE (self), NULL);

  return self->table;
}

void
atelier_runs_page_take_focus (AtelierRunsPage *self)
{
  g_return_if_fail (ATELIER_IS_RUNS_PAGE (self));

  atelier_run_table_take_focus (self->table);
}
