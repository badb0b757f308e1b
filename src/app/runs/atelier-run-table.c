/* SPDX-License-Identifier: GPL-3.0-or-later */

/* list of rows -> filter -> tree (children of groups) -> sorter -> selection -> column view.
 *
 * Tick, star, name and accuracy have more than a text and are made here; all other columns come
 * from atelier-run-columns.c.  A list view keeps some 200 rows alive, so a cell has few widgets.
 * Main thread.
 */

#include "config.h"

#include "runs/atelier-run-table.h"

#include <glib/gi18n.h>
#include <math.h>
#include <string.h>

#include "runs/atelier-interval-bar.h"
#include "runs/atelier-run-cell.h"
#include "runs/atelier-run-columns.h"
#include "runs/atelier-run-sample.h"

struct _AtelierRunTable
{
  GtkWidget           parent_instance;

  gboolean            only_starred;

  /* Owned */
  AtelierRunList     *list;
  char               *text;         /* folded; "" for all */
  char               *dataset_name; /* "" for all */
  GtkFilter          *filter;
  GtkFilterListModel *filtered;
  GtkSingleSelection *selection;
  GSimpleActionGroup *actions;
  GtkWidget          *menu;         /* GtkPopoverMenu; a child */

  /* Children */
  GtkWidget          *scrolled_window;
  GtkColumnView      *view;
};

G_DEFINE_FINAL_TYPE (AtelierRunTable, atelier_run_table, GTK_TYPE_WIDGET)

enum
{
  PROP_N_SHOWN = 1,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

enum
{
  SELECTION_CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static const char *
get_id (AtelierRunItem *item)
{
  return atelier_library_run_get_id (atelier_run_item_get_run (item));
}

/* ---- Cells ---- */

static GtkWidget *
new_label (float    xalign,
           gboolean is_dim)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (label), xalign);
  gtk_label_set_single_line_mode (GTK_LABEL (label), TRUE);
  gtk_widget_add_css_class (label, "numeric");
  if (is_dim)
    gtk_widget_add_css_class (label, "dim-label");
  return label;
}

static void
on_menu_requested_cb (AtelierRunTable *self,
                      double           x,
                      double           y,
                      AtelierRunCell  *cell)
{
  GtkTreeListRow *row = atelier_run_cell_get_row (cell);
  double table_x, table_y;

  if (!row || !self->menu)
    return;
  gtk_single_selection_set_selected (self->selection, gtk_tree_list_row_get_position (row));
  gtk_widget_translate_coordinates (GTK_WIDGET (cell), GTK_WIDGET (self), x, y, &table_x,
                                    &table_y);
  gtk_popover_set_pointing_to (GTK_POPOVER (self->menu),
                               &(GdkRectangle) { (int) table_x, (int) table_y, 1, 1 });
  gtk_popover_popup (GTK_POPOVER (self->menu));
}

static void
set_up_cell (AtelierRunTable *self,
             GtkListItem     *list_item,
             AtelierRunCell  *cell)
{
  g_signal_connect_object (cell, "menu-requested", G_CALLBACK (on_menu_requested_cb), self,
                           G_CONNECT_SWAPPED);
  if (!gtk_list_item_get_child (list_item))
    gtk_list_item_set_child (list_item, GTK_WIDGET (cell));
}

/* Cells of names lie in an expander. */
static AtelierRunCell *
get_cell (GtkListItem *list_item)
{
  GtkWidget *child = gtk_list_item_get_child (list_item);

  if (GTK_IS_TREE_EXPANDER (child))
    child = gtk_tree_expander_get_child (GTK_TREE_EXPANDER (child));
  return ATELIER_RUN_CELL (child);
}

static void
on_bind_cb (GtkSignalListItemFactory *factory,
            GtkListItem              *list_item,
            gpointer                  user_data)
{
  GtkWidget *child = gtk_list_item_get_child (list_item);
  GtkTreeListRow *row = gtk_list_item_get_item (list_item);

  if (GTK_IS_TREE_EXPANDER (child))
    gtk_tree_expander_set_list_row (GTK_TREE_EXPANDER (child), row);
  atelier_run_cell_set_row (get_cell (list_item), row);
}

static void
on_unbind_cb (GtkSignalListItemFactory *factory,
              GtkListItem              *list_item,
              gpointer                  user_data)
{
  GtkWidget *child = gtk_list_item_get_child (list_item);

  if (GTK_IS_TREE_EXPANDER (child))
    gtk_tree_expander_set_list_row (GTK_TREE_EXPANDER (child), NULL);
  atelier_run_cell_set_row (get_cell (list_item), NULL);
}

/* Tick */

static void
on_tick_toggled_cb (GtkCheckButton *button,
                    AtelierRunCell *cell)
{
  AtelierRunTable *self
    = ATELIER_RUN_TABLE (gtk_widget_get_ancestor (GTK_WIDGET (cell), ATELIER_TYPE_RUN_TABLE));
  AtelierRunItem *item = atelier_run_cell_get_item (cell);

  if (item && self)
    atelier_run_list_tick (self->list, item, gtk_check_button_get_active (button));
}

static void
show_tick (AtelierRunCell *cell,
           AtelierRunItem *item)
{
  GtkWidget *button = atelier_run_cell_get_child (cell, 0);

  g_signal_handlers_block_by_func (button, on_tick_toggled_cb, cell);
  gtk_check_button_set_active (GTK_CHECK_BUTTON (button), atelier_run_item_get_color (item) >= 0);
  g_signal_handlers_unblock_by_func (button, on_tick_toggled_cb, cell);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  atelier_run_item_get_values (item)->name, -1);
}

static void
on_tick_setup_cb (GtkSignalListItemFactory *factory,
                  GtkListItem              *list_item,
                  AtelierRunTable          *self)
{
  AtelierRunCell *cell = atelier_run_cell_new (show_tick);
  GtkWidget *button = gtk_check_button_new ();

  gtk_widget_set_tooltip_text (button, _("Show in the Charts and Compare"));
  g_signal_connect (button, "toggled", G_CALLBACK (on_tick_toggled_cb), cell);
  atelier_run_cell_add (cell, button);
  set_up_cell (self, list_item, cell);
}

/* Star */

static void
on_star_clicked_cb (AtelierRunCell *cell)
{
  gtk_widget_activate_action (GTK_WIDGET (cell), "runs.star", "s",
                              get_id (atelier_run_cell_get_item (cell)));
}

static void
show_star (AtelierRunCell *cell,
           AtelierRunItem *item)
{
  const gboolean is_starred = atelier_run_item_get_values (item)->is_starred;
  GtkWidget *button = atelier_run_cell_get_child (cell, 0);

  gtk_widget_set_visible (button, atelier_run_item_get_children (item) == NULL);
  gtk_button_set_icon_name (GTK_BUTTON (button), is_starred ? "atelier-starred-symbolic"
                                                            : "atelier-star-symbolic");
  gtk_widget_set_tooltip_text (button, is_starred ? _("Take the Star Away")
                                                  : _("Mark with a Star"));
}

static void
on_star_setup_cb (GtkSignalListItemFactory *factory,
                  GtkListItem              *list_item,
                  AtelierRunTable          *self)
{
  AtelierRunCell *cell = atelier_run_cell_new (show_star);
  GtkWidget *button = gtk_button_new ();

  gtk_button_set_has_frame (GTK_BUTTON (button), FALSE);
  gtk_widget_add_css_class (button, "star");
  g_signal_connect_swapped (button, "clicked", G_CALLBACK (on_star_clicked_cb), cell);
  atelier_run_cell_add (cell, button);
  set_up_cell (self, list_item, cell);
}

/* Name */

static void
on_go_on_clicked_cb (AtelierRunCell *cell)
{
  gtk_widget_activate_action (GTK_WIDGET (cell), "runs.go-on", "s",
                              get_id (atelier_run_cell_get_item (cell)));
}

/* A child of a group is told from the others by its seed. */
static void
show_name (AtelierRunCell *cell,
           AtelierRunItem *item)
{
  const AtelierLibraryRunValues *values = atelier_run_item_get_values (item);
  GtkTreeListRow *row = atelier_run_cell_get_row (cell);
  const gboolean is_group = atelier_run_item_get_children (item) != NULL;
  g_autofree char *state = atelier_run_item_describe_state (item);
  g_autofree char *seed = NULL;

  if (gtk_tree_list_row_get_depth (row) > 0)
    {
      g_autofree char *number = atelier_run_item_describe_seeds (item);

      seed = g_strdup_printf (_("Seed %s"), number);
    }
  gtk_label_set_label (atelier_run_cell_get_child (cell, 0), seed ? seed : values->name);
  gtk_widget_set_tooltip_text (GTK_WIDGET (cell), values->name);
  gtk_label_set_label (atelier_run_cell_get_child (cell, 1), state);
  gtk_widget_set_visible (atelier_run_cell_get_child (cell, 1), *state != '\0');
  atelier_run_sample_set_color (atelier_run_cell_get_child (cell, 2),
                                is_group ? -1 : atelier_run_item_get_color (item));
  gtk_widget_set_visible (atelier_run_cell_get_child (cell, 2),
                          !is_group && atelier_run_item_get_color (item) >= 0);
  gtk_widget_set_visible (atelier_run_cell_get_child (cell, 3),
                          !is_group && values->can_go_on
                          && (values->state == ATELIER_LIBRARY_INTERRUPTED
                              || values->state == ATELIER_LIBRARY_STOPPED));
}

static void
on_name_setup_cb (GtkSignalListItemFactory *factory,
                  GtkListItem              *list_item,
                  AtelierRunTable          *self)
{
  AtelierRunCell *cell = atelier_run_cell_new (show_name);
  GtkWidget *expander = gtk_tree_expander_new ();
  GtkWidget *name = new_label (0.0f, FALSE);
  GtkWidget *go_on = gtk_button_new_with_label (_("Go On"));

  gtk_label_set_ellipsize (GTK_LABEL (name), PANGO_ELLIPSIZE_END);
  gtk_label_set_width_chars (GTK_LABEL (name), 12);
  gtk_widget_add_css_class (go_on, "go-on");
  gtk_widget_set_valign (go_on, GTK_ALIGN_CENTER);
  g_signal_connect_swapped (go_on, "clicked", G_CALLBACK (on_go_on_clicked_cb), cell);
  atelier_run_cell_add (cell, name);
  atelier_run_cell_add (cell, new_label (0.0f, TRUE));
  atelier_run_cell_add (cell, atelier_run_sample_new ());
  atelier_run_cell_add (cell, go_on);
  gtk_tree_expander_set_child (GTK_TREE_EXPANDER (expander), GTK_WIDGET (cell));
  gtk_list_item_set_child (list_item, expander);
  set_up_cell (self, list_item, cell);
}

/* Accuracy */

static void
show_accuracy (AtelierRunCell *cell,
               AtelierRunItem *item)
{
  g_autofree char *explanation = NULL;
  g_autofree char *accuracy = atelier_run_item_describe_accuracy (item, &explanation);

  atelier_interval_bar_set_item (atelier_run_cell_get_child (cell, 0), item);
  gtk_label_set_label (atelier_run_cell_get_child (cell, 1), accuracy);
  gtk_widget_set_tooltip_text (GTK_WIDGET (cell), explanation);
}

static void
on_accuracy_setup_cb (GtkSignalListItemFactory *factory,
                      GtkListItem              *list_item,
                      AtelierRunTable          *self)
{
  AtelierRunCell *cell = atelier_run_cell_new (show_accuracy);

  atelier_run_cell_add (cell, atelier_interval_bar_new (self->list));
  atelier_run_cell_add (cell, new_label (0.0f, FALSE));
  set_up_cell (self, list_item, cell);
}

/* All others */

static const AtelierRunColumn *
get_column (AtelierRunCell *cell)
{
  return g_object_get_data (G_OBJECT (cell), "column");
}

static void
show_text (AtelierRunCell *cell,
           AtelierRunItem *item)
{
  g_autofree char *text = get_column (cell)->describe (item);

  gtk_label_set_label (atelier_run_cell_get_child (cell, 0), text);
}

static void
on_text_setup_cb (GtkSignalListItemFactory *factory,
                  GtkListItem              *list_item,
                  AtelierRunTable          *self)
{
  const AtelierRunColumn *column = g_object_get_data (G_OBJECT (factory), "column");
  AtelierRunCell *cell = atelier_run_cell_new (show_text);
  GtkWidget *label = new_label (column->is_number ? 1.0f : 0.0f, FALSE);

  gtk_widget_set_hexpand (label, TRUE);
  if (column->width_chars > 0)
    {
      gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
      gtk_label_set_max_width_chars (GTK_LABEL (label), column->width_chars);
      gtk_label_set_width_chars (GTK_LABEL (label), MIN (column->width_chars, 12));
    }
  g_object_set_data (G_OBJECT (cell), "column", (gpointer) column);
  atelier_run_cell_add (cell, label);
  set_up_cell (self, list_item, cell);
}

/* ---- Order ---- */

/* What is not known comes last in growing order. */
static int
compare_numbers (double a,
                 double b)
{
  if (isnan (a) || isnan (b))
    return isnan (a) - isnan (b);
  return (a > b) - (a < b);
}

static int
compare_columns (gconstpointer a,
                 gconstpointer b,
                 gpointer      user_data)
{
  const AtelierRunColumn *column = user_data;
  AtelierRunItem *first = (AtelierRunItem *) a, *second = (AtelierRunItem *) b;

  if (column->get_number)
    return compare_numbers (column->get_number (first), column->get_number (second));
  return g_utf8_collate (column->get_text (first), column->get_text (second));
}

static int
compare_names (gconstpointer a,
               gconstpointer b,
               gpointer      user_data)
{
  return g_utf8_collate (atelier_run_item_get_values ((AtelierRunItem *) a)->name,
                         atelier_run_item_get_values ((AtelierRunItem *) b)->name);
}

static int
compare_accuracies (gconstpointer a,
                    gconstpointer b,
                    gpointer      user_data)
{
  return compare_numbers (atelier_run_item_get_accuracy ((AtelierRunItem *) a),
                          atelier_run_item_get_accuracy ((AtelierRunItem *) b));
}

static int
compare_stars (gconstpointer a,
               gconstpointer b,
               gpointer      user_data)
{
  return atelier_run_item_get_values ((AtelierRunItem *) b)->is_starred
         - atelier_run_item_get_values ((AtelierRunItem *) a)->is_starred;
}

/* ---- Columns ---- */

/* @compare: nullable. */
static GtkColumnViewColumn *
add_column (AtelierRunTable  *self,
            const char       *id,
            const char       *title,
            GCallback         set_up,
            GCompareDataFunc  compare,
            const AtelierRunColumn *column) /* nullable */
{
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();
  g_autoptr (GtkColumnViewColumn) view_column = NULL;

  g_object_set_data (G_OBJECT (factory), "column", (gpointer) column);
  g_signal_connect (factory, "setup", set_up, self);
  g_signal_connect (factory, "bind", G_CALLBACK (on_bind_cb), NULL);
  g_signal_connect (factory, "unbind", G_CALLBACK (on_unbind_cb), NULL);
  view_column = gtk_column_view_column_new (title, factory);
  g_object_set_data (G_OBJECT (view_column), "id", (gpointer) id);
  if (compare)
    {
      g_autoptr (GtkSorter) sorter
        = GTK_SORTER (gtk_custom_sorter_new (compare, (gpointer) column, NULL));

      gtk_column_view_column_set_sorter (view_column, sorter);
    }
  gtk_column_view_append_column (self->view, view_column);
  return view_column;
}

static void
add_columns (AtelierRunTable *self)
{
  GtkColumnViewColumn *name;

  add_column (self, "tick", "", G_CALLBACK (on_tick_setup_cb), NULL, NULL);
  add_column (self, "star", "★", G_CALLBACK (on_star_setup_cb), compare_stars, NULL);
  name = add_column (self, "name", _("Name"), G_CALLBACK (on_name_setup_cb), compare_names, NULL);
  gtk_column_view_column_set_expand (name, TRUE);
  for (guint i = 0; i < atelier_n_run_columns; i++)
    {
      const AtelierRunColumn *column = &atelier_run_columns[i];
      GtkColumnViewColumn *view_column
        = add_column (self, column->id, _(column->title), G_CALLBACK (on_text_setup_cb),
                      compare_columns, column);
      g_autoptr (GPropertyAction) action
        = g_property_action_new (column->id, view_column, "visible");

      gtk_column_view_column_set_visible (view_column, !column->is_hidden);
      g_action_map_add_action (G_ACTION_MAP (self->actions), G_ACTION (action));
      if (g_str_equal (column->id, "parameters"))
        add_column (self, "accuracy", _("Best Validation, 95 % Interval"),
                    G_CALLBACK (on_accuracy_setup_cb), compare_accuracies, NULL);
    }
}

GMenuModel *
atelier_run_table_new_columns_menu (AtelierRunTable *self)
{
  GMenu *menu = g_menu_new ();

  for (guint i = 0; i < atelier_n_run_columns; i++)
    {
      g_autofree char *action = g_strdup_printf ("columns.%s", atelier_run_columns[i].id);

      g_menu_append (menu, _(atelier_run_columns[i].title), action);
    }
  return G_MENU_MODEL (menu);
}

/* ---- Rows ---- */

static gboolean
has_text (const char *text,
          const char *folded)
{
  g_autofree char *other = g_utf8_casefold (text, -1);

  return strstr (other, folded) != NULL;
}

static gboolean
matches (gpointer data,
         gpointer user_data)
{
  AtelierRunTable *self = ATELIER_RUN_TABLE (user_data);
  AtelierRunItem *item = data;
  const AtelierLibraryRunValues *values;

  if (!atelier_run_item_get_run (item))
    return FALSE;
  values = atelier_run_item_get_values (item);
  return (!self->only_starred || values->is_starred)
         && (*self->dataset_name == '\0' || g_str_equal (self->dataset_name, values->dataset_name))
         && (*self->text == '\0' || has_text (values->name, self->text)
             || has_text (values->network_name, self->text) || has_text (values->note, self->text)
             || has_text (values->dataset_name, self->text));
}

static GListModel *
create_children (gpointer item,
                 gpointer user_data)
{
  GListModel *children = atelier_run_item_get_children (item);

  return children ? g_object_ref (children) : NULL;
}

static void
on_n_shown_cb (AtelierRunTable *self)
{
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_N_SHOWN]);
}

static void
on_selected_cb (AtelierRunTable *self)
{
  g_signal_emit (self, signals[SELECTION_CHANGED], 0);
}

static void
on_activate_cb (AtelierRunTable *self,
                guint            position)
{
  g_autoptr (GtkTreeListRow) row
    = g_list_model_get_item (G_LIST_MODEL (self->selection), position);
  g_autoptr (AtelierRunItem) item = gtk_tree_list_row_get_item (row);

  if (atelier_run_item_get_children (item))
    gtk_tree_list_row_set_expanded (row, !gtk_tree_list_row_get_expanded (row));
  else
    gtk_widget_activate_action (GTK_WIDGET (self), "runs.open", "s", get_id (item));
}

static gboolean
pop_up_menu (GtkWidget *widget,
             GVariant  *args,
             gpointer   user_data)
{
  AtelierRunTable *self = ATELIER_RUN_TABLE (widget);
  GtkWidget *anchor = atelier_run_table_get_anchor (self);
  double x, y;

  if (!self->menu || !atelier_run_table_get_selected (self))
    return FALSE;
  gtk_widget_translate_coordinates (anchor, widget, 24.0,
                                    gtk_widget_get_height (anchor) / 2.0, &x, &y);
  gtk_popover_set_pointing_to (GTK_POPOVER (self->menu),
                               &(GdkRectangle) { (int) x, (int) y, 1, 1 });
  gtk_popover_popup (GTK_POPOVER (self->menu));
  return TRUE;
}

/* ---- GObject ---- */

static void
atelier_run_table_get_property (GObject    *object,
                                guint       property_id,
                                GValue     *value,
                                GParamSpec *pspec)
{
  switch (property_id)
    {
    case PROP_N_SHOWN:
      g_value_set_uint (value, atelier_run_table_get_n_shown (ATELIER_RUN_TABLE (object)));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
atelier_run_table_dispose (GObject *object)
{
  AtelierRunTable *self = ATELIER_RUN_TABLE (object);

  g_clear_pointer (&self->menu, gtk_widget_unparent);
  g_clear_pointer (&self->scrolled_window, gtk_widget_unparent);
  g_clear_object (&self->selection);
  g_clear_object (&self->filtered);
  g_clear_object (&self->filter);
  g_clear_object (&self->list);
  g_clear_object (&self->actions);

  G_OBJECT_CLASS (atelier_run_table_parent_class)->dispose (object);
}

static void
atelier_run_table_finalize (GObject *object)
{
  AtelierRunTable *self = ATELIER_RUN_TABLE (object);

  g_free (self->text);
  g_free (self->dataset_name);

  G_OBJECT_CLASS (atelier_run_table_parent_class)->finalize (object);
}

static void
atelier_run_table_class_init (AtelierRunTableClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = atelier_run_table_get_property;
  object_class->dispose = atelier_run_table_dispose;
  object_class->finalize = atelier_run_table_finalize;

  properties[PROP_N_SHOWN] = g_param_spec_uint (
    "n-shown", NULL, NULL, 0, G_MAXUINT, 0,
    G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
  signals[SELECTION_CHANGED]
    = g_signal_new ("selection-changed", ATELIER_TYPE_RUN_TABLE, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                    NULL, G_TYPE_NONE, 0);

  gtk_widget_class_add_binding (widget_class, GDK_KEY_Menu, 0, pop_up_menu, NULL);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_F10, GDK_SHIFT_MASK, pop_up_menu, NULL);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "runtable");
}

static void
atelier_run_table_init (AtelierRunTable *self)
{
  self->text = g_strdup ("");
  self->dataset_name = g_strdup ("");
  self->actions = g_simple_action_group_new ();
  self->view = GTK_COLUMN_VIEW (gtk_column_view_new (NULL));
  gtk_column_view_set_show_row_separators (self->view, TRUE);
  gtk_widget_add_css_class (GTK_WIDGET (self->view), "data-table");
  g_signal_connect_swapped (self->view, "activate", G_CALLBACK (on_activate_cb), self);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->view), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _("Runs"), -1);
  self->scrolled_window = gtk_scrolled_window_new ();
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (self->scrolled_window),
                                 GTK_WIDGET (self->view));
  gtk_widget_set_parent (self->scrolled_window, GTK_WIDGET (self));
  gtk_widget_insert_action_group (GTK_WIDGET (self), "columns", G_ACTION_GROUP (self->actions));
}

void
atelier_run_table_set_list (AtelierRunTable *self,
                            AtelierRunList  *list)
{
  GtkTreeListModel *tree;
  GtkSortListModel *sorted;
  GtkSorter *sorter;

  g_return_if_fail (ATELIER_IS_RUN_TABLE (self) && self->list == NULL);

  self->list = g_object_ref (list);
  add_columns (self);
  self->filter = GTK_FILTER (gtk_custom_filter_new (matches, self, NULL));
  self->filtered = gtk_filter_list_model_new (g_object_ref (atelier_run_list_get_rows (list)),
                                              g_object_ref (self->filter));
  tree = gtk_tree_list_model_new (g_object_ref (G_LIST_MODEL (self->filtered)), FALSE, FALSE,
                                  create_children, NULL, NULL);
  sorter = GTK_SORTER (gtk_tree_list_row_sorter_new (
    g_object_ref (gtk_column_view_get_sorter (self->view))));
  sorted = gtk_sort_list_model_new (G_LIST_MODEL (tree), sorter);
  self->selection = gtk_single_selection_new (G_LIST_MODEL (sorted));
  gtk_single_selection_set_autoselect (self->selection, FALSE);
  gtk_single_selection_set_can_unselect (self->selection, TRUE);
  gtk_column_view_set_model (self->view, GTK_SELECTION_MODEL (self->selection));
  g_signal_connect_object (self->selection, "notify::selected", G_CALLBACK (on_selected_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->filtered, "items-changed", G_CALLBACK (on_n_shown_cb), self,
                           G_CONNECT_SWAPPED);
}

void
atelier_run_table_set_filter (AtelierRunTable *self,
                              const char      *text,
                              const char      *dataset_name,
                              gboolean         only_starred)
{
  g_return_if_fail (ATELIER_IS_RUN_TABLE (self));

  g_free (self->text);
  self->text = g_utf8_casefold (text ? text : "", -1);
  g_free (self->dataset_name);
  self->dataset_name = g_strdup (dataset_name ? dataset_name : "");
  self->only_starred = only_starred;
  if (self->filter)
    gtk_filter_changed (self->filter, GTK_FILTER_CHANGE_DIFFERENT);
}

guint
atelier_run_table_get_n_shown (AtelierRunTable *self)
{
  g_return_val_if_fail (ATELIER_IS_RUN_TABLE (self), 0);

  return self->filtered ? g_list_model_get_n_items (G_LIST_MODEL (self->filtered)) : 0;
}

void
atelier_run_table_set_menu (AtelierRunTable *self,
                            GMenuModel      *menu)
{
  g_return_if_fail (ATELIER_IS_RUN_TABLE (self) && self->menu == NULL);

  self->menu = gtk_popover_menu_new_from_model (menu);
  gtk_popover_set_has_arrow (GTK_POPOVER (self->menu), FALSE);
  gtk_widget_set_halign (self->menu, GTK_ALIGN_START);
  gtk_widget_set_parent (self->menu, GTK_WIDGET (self));
}

GActionGroup *
atelier_run_table_get_actions (AtelierRunTable *self)
{
  g_return_val_if_fail (ATELIER_IS_RUN_TABLE (self), NULL);

  return G_ACTION_GROUP (self->actions);
}

AtelierRunItem *
atelier_run_table_get_selected (AtelierRunTable *self)
{
  GtkTreeListRow *row;
  g_autoptr (AtelierRunItem) item = NULL;

  g_return_val_if_fail (ATELIER_IS_RUN_TABLE (self), NULL);

  row = self->selection ? gtk_single_selection_get_selected_item (self->selection) : NULL;
  item = row ? gtk_tree_list_row_get_item (row) : NULL;
  return item;
}

/* The row has the focus when it was chosen with the keyboard or the pointer. */
GtkWidget *
atelier_run_table_get_anchor (AtelierRunTable *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkWidget *focus = root ? gtk_root_get_focus (root) : NULL;

  if (focus && gtk_widget_is_ancestor (focus, GTK_WIDGET (self->view)))
    return focus;
  return GTK_WIDGET (self);
}

void
atelier_run_table_take_focus (AtelierRunTable *self)
{
  g_return_if_fail (ATELIER_IS_RUN_TABLE (self));

  gtk_widget_grab_focus (GTK_WIDGET (self->view));
}
