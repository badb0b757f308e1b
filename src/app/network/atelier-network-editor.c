/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The list follows the draft: after each change, rows of layers that are gone are removed, new ones
 * are put in, and each row is shown what its layer is now.  Rows belong to layers by their ids, so
 * that a layer that moves takes its row along, with what is open in it.
 *
 * Everything that changes the draft is an action with a layer's id, for the buttons of rows, their
 * menus and the keys.  One row at a time is open.  Main thread.
 */

#include "config.h"

#include "network/atelier-network-editor.h"

#include <adwaita.h>
#include <glib/gi18n.h>

#include "network/atelier-editor-drag.h"
#include "network/atelier-editor-row.h"
#include "network/atelier-layer-menu.h"
#include "network/atelier-name-entry.h"
#include "network/atelier-network-menu.h"

#define N_COLUMNS 3

struct _AtelierNetworkEditor
{
  GtkWidget            parent_instance;

  guint                open_id;     /* of the layer whose row is open; 0: none */
  guint                selected_id;

  /* Owned */
  AtelierSession      *session;     /* nullable */
  AtelierNetworkDraft *draft;       /* the session's */
  GtkSizeGroup        *columns[N_COLUMNS];

  /* Template children */
  GtkWidget           *main_box;
  GtkWidget           *head_box;
  GtkWidget           *locked_label;
  GtkMenuButton       *network_button;
  GtkWidget           *list_card;
  GtkWidget           *output_heading;
  GtkWidget           *parameters_heading;
  GtkWidget           *share_heading;
  GtkListBox          *list_box;
  GtkWidget           *foot_box;
  GtkMenuButton       *add_button;
};

G_DEFINE_FINAL_TYPE (AtelierNetworkEditor, atelier_network_editor, GTK_TYPE_WIDGET)

enum
{
  PROP_SESSION = 1,
  PROP_SELECTED,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

/* Rows */

static AtelierEditorRow *
get_row (AtelierNetworkEditor *self,
         int                   index)
{
  return (AtelierEditorRow *) gtk_list_box_get_row_at_index (self->list_box, index);
}

static AtelierEditorRow *
find_row (AtelierNetworkEditor *self,
          guint                 id)
{
  AtelierEditorRow *row;

  for (int i = 0; (row = get_row (self, i)); i++)
    if (atelier_editor_row_get_id (row) == id)
      return row;

  return NULL;
}

/* The row that has the focus, or has what has it; NULL where it is elsewhere. */
static AtelierEditorRow *
find_focus_row (AtelierNetworkEditor *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkWidget *focus = root ? gtk_root_get_focus (root) : NULL;
  GtkWidget *row = NULL;

  if (focus && ATELIER_IS_EDITOR_ROW (focus))
    row = focus;
  else if (focus)
    row = gtk_widget_get_ancestor (focus, ATELIER_TYPE_EDITOR_ROW);

  return row && gtk_widget_is_ancestor (row, GTK_WIDGET (self)) ? ATELIER_EDITOR_ROW (row) : NULL;
}

static void
open_row (AtelierNetworkEditor *self,
          guint                 id)
{
  AtelierEditorRow *row;

  self->open_id = id;
  for (int i = 0; (row = get_row (self, i)); i++)
    atelier_editor_row_set_open (row, id != 0 && atelier_editor_row_get_id (row) == id);
}

static void
on_member_changed_cb (AtelierNetworkEditor *self,
                      const AtelierMember  *member,
                      const AtelierLayer   *layer,
                      AtelierEditorRow     *row)
{
  const guint i_row
    = atelier_network_draft_find_row (self->draft, atelier_editor_row_get_id (row));

  if (i_row != ATELIER_NO_LAYER)
    atelier_network_draft_set_member (self->draft, i_row, member, layer);
}

static AtelierEditorRow *
add_row (AtelierNetworkEditor *self,
         guint                 id,
         int                   index)
{
  GtkWidget *row = atelier_editor_row_new (id, self->columns);

  g_signal_connect_swapped (row, "member-changed", G_CALLBACK (on_member_changed_cb), self);
  gtk_list_box_insert (self->list_box, row, index);

  return ATELIER_EDITOR_ROW (row);
}

static void
remove_rows_of_gone_layers (AtelierNetworkEditor *self)
{
  AtelierEditorRow *row;
  int i = 1;

  while ((row = get_row (self, i)))
    if (atelier_network_draft_find_row (self->draft, atelier_editor_row_get_id (row))
        == ATELIER_NO_LAYER)
      gtk_list_box_remove (self->list_box, GTK_WIDGET (row));
    else
      i++;
}

/* The row of the layer becomes the one at @index. */
static AtelierEditorRow *
place_row (AtelierNetworkEditor *self,
           guint                 id,
           int                   index)
{
  AtelierEditorRow *row = get_row (self, index);

  if (row && atelier_editor_row_get_id (row) == id)
    return row;

  row = find_row (self, id);
  if (row == NULL)
    return add_row (self, id, index);
  g_object_ref (row);
  gtk_list_box_remove (self->list_box, GTK_WIDGET (row));
  gtk_list_box_insert (self->list_box, GTK_WIDGET (row), index);
  g_object_unref (row);

  return row;
}

static void
show_layers (AtelierNetworkEditor *self)
{
  const guint n = atelier_network_draft_get_n_rows (self->draft);

  remove_rows_of_gone_layers (self);
  for (guint i = 0; i < n; i++)
    {
      const AtelierDraftRow *layer = atelier_network_draft_get_row (self->draft, i);
      g_autofree char *words = atelier_network_draft_describe_row (self->draft, i);

      atelier_editor_row_show (place_row (self, layer->id, (int) i + 1), layer, words);
    }
  if (atelier_network_draft_find_row (self->draft, self->open_id) == ATELIER_NO_LAYER)
    self->open_id = 0;
  gtk_widget_set_sensitive (GTK_WIDGET (self->add_button),
                            !atelier_network_draft_is_full (self->draft));
}

static void
show_input (AtelierNetworkEditor *self)
{
  AtelierDataset *dataset = atelier_session_get_dataset (self->session);
  guint height = 28, width = 28, channels = 1;

  if (dataset)
    {
      height = atelier_dataset_get_height (dataset);
      width = atelier_dataset_get_width (dataset);
      channels = atelier_dataset_get_channels (dataset);
    }
  atelier_editor_row_show_input (get_row (self, 0), height, width, channels);
}

static void
focus_row (AtelierNetworkEditor *self,
           AtelierEditorRow     *row)
{
  gtk_list_box_select_row (self->list_box, GTK_LIST_BOX_ROW (row));
  gtk_widget_grab_focus (GTK_WIDGET (row));
}

/* Whether there is a row for each layer, in the same order. */
static gboolean
has_all_rows (AtelierNetworkEditor *self)
{
  const guint n = atelier_network_draft_get_n_rows (self->draft);
  AtelierEditorRow *row;

  for (guint i = 0; i < n; i++)
    {
      row = get_row (self, (int) i + 1);
      if (row == NULL
          || atelier_editor_row_get_id (row) != atelier_network_draft_get_row (self->draft, i)->id)
        return FALSE;
    }

  return get_row (self, (int) n + 1) == NULL;
}

/* A row that is put elsewhere would lose the focus a frame later.  So it gives it up before, and
 * takes it again.  Where the row is gone, what stands in its place has it. */
static void
on_draft_changed_cb (AtelierNetworkEditor *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  AtelierEditorRow *row = has_all_rows (self) ? NULL : find_focus_row (self);
  GtkWidget *focus = row ? gtk_root_get_focus (root) : NULL;
  const guint id = row ? atelier_editor_row_get_id (row) : 0;
  const int index = row ? gtk_list_box_row_get_index (GTK_LIST_BOX_ROW (row)) : 0;

  if (row == NULL)
    {
      show_layers (self);
      return;
    }

  gtk_root_set_focus (root, NULL);
  show_layers (self);
  row = find_row (self, id);
  if (row && gtk_widget_grab_focus (focus))
    return;
  for (int i = index; row == NULL && i >= 0; i--)
    row = get_row (self, i);
  focus_row (self, row);
}

/* Edits */

static void
show_new_row (AtelierNetworkEditor *self,
              guint                 i_row)
{
  if (i_row == ATELIER_NO_LAYER)
    {
      gtk_widget_error_bell (GTK_WIDGET (self));
      return;
    }
  open_row (self, atelier_network_draft_get_row (self->draft, i_row)->id);
  atelier_network_editor_show_row (self, i_row);
}

static gboolean
find_place (AtelierNetworkEditor *self,
            guint                 id,
            AtelierAddWhere       where,
            AtelierDraftPlace    *place)
{
  const guint i_row = atelier_network_draft_find_row (self->draft, id);
  const guint n = atelier_network_draft_get_n_rows (self->draft);
  const AtelierDraftRow *row;

  *place = (AtelierDraftPlace) { .block = ATELIER_NO_LAYER };
  if (where == ATELIER_ADD_LAST && n > 0)
    {
      row = atelier_network_draft_get_row (self->draft, n - 1);
      atelier_network_draft_get_place_behind (
        self->draft, row->block != ATELIER_NO_LAYER ? row->block : n - 1, place);
    }
  if (where == ATELIER_ADD_LAST || id == ATELIER_EDITOR_INPUT)
    return TRUE;
  if (i_row == ATELIER_NO_LAYER)
    return FALSE;

  row = atelier_network_draft_get_row (self->draft, i_row);
  atelier_network_draft_get_place_behind (self->draft, i_row, place);
  if (atelier_layer_has_trait (&row->layer, ATELIER_TRAIT_HOLDS_LAYERS)
      && where != ATELIER_ADD_BEHIND)
    *place = (AtelierDraftPlace) {
      .block = i_row,
      .is_shortcut = where == ATELIER_ADD_SHORTCUT,
      .index = where == ATELIER_ADD_SHORTCUT ? row->layer.n_shortcut : 0,
    };

  return TRUE;
}

static void
on_add_cb (GtkWidget  *widget,
           const char *action_name,
           GVariant   *parameter)
{
  AtelierNetworkEditor *self = ATELIER_NETWORK_EDITOR (widget);
  AtelierDraftPlace place;
  guint id, where, kind;

  g_variant_get (parameter, "(uuu)", &id, &where, &kind);
  if (find_place (self, id, (AtelierAddWhere) where, &place))
    show_new_row (self, atelier_network_draft_insert (self->draft, &place,
                                                      (AtelierLayerKind) kind));
}

static guint
find_parameter (AtelierNetworkEditor *self,
                GVariant             *parameter)
{
  return atelier_network_draft_find_row (self->draft, g_variant_get_uint32 (parameter));
}

static void
on_remove_cb (GtkWidget  *widget,
              const char *action_name,
              GVariant   *parameter)
{
  AtelierNetworkEditor *self = ATELIER_NETWORK_EDITOR (widget);
  const guint i_row = find_parameter (self, parameter);

  if (i_row != ATELIER_NO_LAYER)
    atelier_network_draft_remove (self->draft, i_row);
}

static void
on_duplicate_cb (GtkWidget  *widget,
                 const char *action_name,
                 GVariant   *parameter)
{
  AtelierNetworkEditor *self = ATELIER_NETWORK_EDITOR (widget);
  const guint i_row = find_parameter (self, parameter);

  if (i_row != ATELIER_NO_LAYER)
    show_new_row (self, atelier_network_draft_duplicate (self->draft, i_row));
}

static void
on_mend_cb (GtkWidget  *widget,
            const char *action_name,
            GVariant   *parameter)
{
  AtelierNetworkEditor *self = ATELIER_NETWORK_EDITOR (widget);
  const guint i_row = find_parameter (self, parameter);

  if (i_row != ATELIER_NO_LAYER)
    atelier_network_draft_mend (self->draft, i_row);
}

static void
on_moved_cb (gpointer                 user_data,
             guint                    id,
             const AtelierDraftPlace *place)
{
  AtelierNetworkEditor *self = user_data;
  const guint i_row = atelier_network_draft_find_row (self->draft, id);

  if (i_row != ATELIER_NO_LAYER)
    atelier_network_editor_show_row (self,
                                     atelier_network_draft_move (self->draft, i_row, place));
}

/* Keys */

static gboolean
on_move_key_cb (GtkWidget *widget,
                GVariant  *args,
                gpointer   user_data)
{
  AtelierNetworkEditor *self = user_data;
  AtelierEditorRow *row = find_focus_row (self);
  const guint id = row ? atelier_editor_row_get_id (row) : ATELIER_EDITOR_INPUT;
  const guint i_row = atelier_network_draft_find_row (self->draft, id);

  if (i_row == ATELIER_NO_LAYER)
    return FALSE;
  if (atelier_network_draft_move_by_one (self->draft, i_row, g_variant_get_boolean (args))
      == ATELIER_NO_LAYER)
    gtk_widget_error_bell (widget);

  return TRUE;
}

/* @args: the action for the row with the focus. */
static gboolean
on_action_key_cb (GtkWidget *widget,
                  GVariant  *args,
                  gpointer   user_data)
{
  AtelierEditorRow *row = find_focus_row (user_data);

  if (row == NULL || atelier_editor_row_get_id (row) == ATELIER_EDITOR_INPUT)
    return FALSE;

  return gtk_widget_activate_action (GTK_WIDGET (row), g_variant_get_string (args, NULL), "u",
                                     atelier_editor_row_get_id (row));
}

static gboolean
on_add_key_cb (GtkWidget *widget,
               GVariant  *args,
               gpointer   user_data)
{
  AtelierEditorRow *row = find_focus_row (user_data);

  if (row == NULL)
    return FALSE;
  atelier_editor_row_pop_up (row);

  return TRUE;
}

static void
add_key (AtelierNetworkEditor  *self,
         GtkEventController    *controller,
         guint                  key,
         GdkModifierType        modifiers,
         GtkShortcutFunc        callback,
         GVariant              *args) /* floating; nullable */
{
  GtkShortcut *shortcut
    = gtk_shortcut_new (gtk_keyval_trigger_new (key, modifiers),
                        gtk_callback_action_new (callback, self, NULL));

  if (args)
    gtk_shortcut_set_arguments (shortcut, args);
  gtk_shortcut_controller_add_shortcut (GTK_SHORTCUT_CONTROLLER (controller), shortcut);
}

static void
add_keys (AtelierNetworkEditor *self)
{
  GtkEventController *controller = gtk_shortcut_controller_new ();

  add_key (self, controller, GDK_KEY_Up, GDK_ALT_MASK, on_move_key_cb,
           g_variant_new_boolean (FALSE));
  add_key (self, controller, GDK_KEY_Down, GDK_ALT_MASK, on_move_key_cb,
           g_variant_new_boolean (TRUE));
  add_key (self, controller, GDK_KEY_Delete, 0, on_action_key_cb,
           g_variant_new_string ("editor.remove"));
  add_key (self, controller, GDK_KEY_KP_Delete, 0, on_action_key_cb,
           g_variant_new_string ("editor.remove"));
  add_key (self, controller, GDK_KEY_d, GDK_CONTROL_MASK, on_action_key_cb,
           g_variant_new_string ("editor.duplicate"));
  add_key (self, controller, GDK_KEY_Insert, 0, on_add_key_cb, NULL);
  add_key (self, controller, GDK_KEY_plus, 0, on_add_key_cb, NULL);
  add_key (self, controller, GDK_KEY_KP_Add, 0, on_add_key_cb, NULL);
  gtk_widget_add_controller (GTK_WIDGET (self->list_box), controller);
}

/* The list */

static void
on_row_activated_cb (AtelierNetworkEditor *self,
                     AtelierEditorRow     *row)
{
  const guint id = atelier_editor_row_get_id (row);

  open_row (self, self->open_id == id ? 0 : id);
}

static void
on_row_selected_cb (AtelierNetworkEditor *self,
                    AtelierEditorRow     *row) /* nullable */
{
  const guint id = row ? atelier_editor_row_get_id (row) : 0;

  if (self->selected_id == id)
    return;

  self->selected_id = id;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SELECTED]);
}

static void
show_locked (AtelierNetworkEditor *self)
{
  const gboolean is_locked = atelier_session_get_is_locked (self->session);

  gtk_widget_set_visible (self->locked_label, is_locked);
  gtk_widget_set_sensitive (GTK_WIDGET (self->network_button), !is_locked);
  gtk_widget_set_sensitive (self->list_card, !is_locked);
}

static void
set_session (AtelierNetworkEditor *self,
             AtelierSession       *session)
{
  /* A window has one session all its life. */
  if (self->session || session == NULL)
    return;

  self->session = g_object_ref (session);
  self->draft = g_object_ref (atelier_session_get_draft (session));
  g_signal_connect_object (self->draft, "changed", G_CALLBACK (on_draft_changed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (session, "notify::splits", G_CALLBACK (show_input), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (session, "notify::is-locked", G_CALLBACK (show_locked), self,
                           G_CONNECT_SWAPPED);
  add_row (self, ATELIER_EDITOR_INPUT, 0);
  show_input (self);
  show_layers (self);
  show_locked (self);
  atelier_editor_drag_add (self->list_box, self->draft, on_moved_cb, self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SESSION]);
}

static void
set_selected (AtelierNetworkEditor *self,
              guint                 i_row)
{
  AtelierEditorRow *row
    = self->session && i_row != ATELIER_NO_LAYER ? get_row (self, (int) i_row + 1) : NULL;

  gtk_list_box_select_row (self->list_box, GTK_LIST_BOX_ROW (row));
}

static void
atelier_network_editor_get_property (GObject    *object,
                                     guint       property_id,
                                     GValue     *value,
                                     GParamSpec *pspec)
{
  AtelierNetworkEditor *self = ATELIER_NETWORK_EDITOR (object);

  switch (property_id)
    {
    case PROP_SESSION:
      g_value_set_object (value, self->session);
      break;
    case PROP_SELECTED:
      g_value_set_uint (value, self->draft ? atelier_network_draft_find_row (self->draft,
                                                                             self->selected_id)
                                           : ATELIER_NO_LAYER);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
atelier_network_editor_set_property (GObject      *object,
                                     guint         property_id,
                                     const GValue *value,
                                     GParamSpec   *pspec)
{
  AtelierNetworkEditor *self = ATELIER_NETWORK_EDITOR (object);

  switch (property_id)
    {
    case PROP_SESSION:
      set_session (self, g_value_get_object (value));
      break;
    case PROP_SELECTED:
      set_selected (self, g_value_get_uint (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

/* Tab goes through what is open in a row and then leaves the list, however many rows there are; the
 * arrow keys go from row to row.  GtkListBox would go through all rows. */
static gboolean
atelier_network_editor_focus (GtkWidget        *widget,
                              GtkDirectionType  direction)
{
  AtelierNetworkEditor *self = ATELIER_NETWORK_EDITOR (widget);
  AtelierEditorRow *row = find_focus_row (self);

  if (row == NULL || (direction != GTK_DIR_TAB_FORWARD && direction != GTK_DIR_TAB_BACKWARD))
    return GTK_WIDGET_CLASS (atelier_network_editor_parent_class)->focus (widget, direction);
  if (gtk_widget_child_focus (GTK_WIDGET (row), direction))
    return TRUE;

  return gtk_widget_child_focus (
    direction == GTK_DIR_TAB_FORWARD ? self->foot_box : self->head_box, direction);
}

static void
atelier_network_editor_dispose (GObject *object)
{
  AtelierNetworkEditor *self = ATELIER_NETWORK_EDITOR (object);

  gtk_widget_dispose_template (GTK_WIDGET (self), ATELIER_TYPE_NETWORK_EDITOR);
  g_clear_object (&self->draft);
  g_clear_object (&self->session);
  for (guint i = 0; i < N_COLUMNS; i++)
    g_clear_object (&self->columns[i]);

  G_OBJECT_CLASS (atelier_network_editor_parent_class)->dispose (object);
}

static void
bind_template (GtkWidgetClass *widget_class)
{
  gtk_widget_class_set_template_from_resource (
    widget_class, "/io/github/atelier_nn/Atelier/network/atelier-network-editor.ui");
  gtk_widget_class_bind_template_child (widget_class, AtelierNetworkEditor, main_box);
  gtk_widget_class_bind_template_child (widget_class, AtelierNetworkEditor, head_box);
  gtk_widget_class_bind_template_child (widget_class, AtelierNetworkEditor, locked_label);
  gtk_widget_class_bind_template_child (widget_class, AtelierNetworkEditor, network_button);
  gtk_widget_class_bind_template_child (widget_class, AtelierNetworkEditor, list_card);
  gtk_widget_class_bind_template_child (widget_class, AtelierNetworkEditor, output_heading);
  gtk_widget_class_bind_template_child (widget_class, AtelierNetworkEditor, parameters_heading);
  gtk_widget_class_bind_template_child (widget_class, AtelierNetworkEditor, share_heading);
  gtk_widget_class_bind_template_child (widget_class, AtelierNetworkEditor, list_box);
  gtk_widget_class_bind_template_child (widget_class, AtelierNetworkEditor, foot_box);
  gtk_widget_class_bind_template_child (widget_class, AtelierNetworkEditor, add_button);
  gtk_widget_class_bind_template_callback (widget_class, on_row_activated_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_row_selected_cb);
}

static void
atelier_network_editor_class_init (AtelierNetworkEditorClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  const GParamFlags flags
    = G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;

  object_class->get_property = atelier_network_editor_get_property;
  object_class->set_property = atelier_network_editor_set_property;
  object_class->dispose = atelier_network_editor_dispose;
  widget_class->focus = atelier_network_editor_focus;

  properties[PROP_SESSION]
    = g_param_spec_object ("session", NULL, NULL, ATELIER_TYPE_SESSION, flags);
  properties[PROP_SELECTED] = g_param_spec_uint ("selected", NULL, NULL, 0, G_MAXUINT,
                                                 ATELIER_NO_LAYER, flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  gtk_widget_class_install_action (widget_class, "editor.add", "(uuu)", on_add_cb);
  gtk_widget_class_install_action (widget_class, "editor.remove", "u", on_remove_cb);
  gtk_widget_class_install_action (widget_class, "editor.duplicate", "u", on_duplicate_cb);
  gtk_widget_class_install_action (widget_class, "editor.mend", "u", on_mend_cb);
  g_type_ensure (ATELIER_TYPE_NAME_ENTRY);
  bind_template (widget_class);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "networkeditor");
}

static void
atelier_network_editor_init (AtelierNetworkEditor *self)
{
  g_autoptr (GMenuModel) networks = atelier_network_menu_new ();
  g_autoptr (GMenuModel) layers
    = atelier_layer_menu_new (ATELIER_EDITOR_INPUT, ATELIER_ADD_LAST, TRUE);

  for (guint i = 0; i < N_COLUMNS; i++)
    self->columns[i] = gtk_size_group_new (GTK_SIZE_GROUP_HORIZONTAL);
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_size_group_add_widget (self->columns[0], self->output_heading);
  gtk_size_group_add_widget (self->columns[1], self->parameters_heading);
  gtk_size_group_add_widget (self->columns[2], self->share_heading);
  gtk_menu_button_set_menu_model (self->network_button, networks);
  gtk_menu_button_set_menu_model (self->add_button, layers);
  add_keys (self);
}

void
atelier_network_editor_show_row (AtelierNetworkEditor *self,
                                 guint                 i_row)
{
  g_return_if_fail (ATELIER_IS_NETWORK_EDITOR (self));

  if (i_row != ATELIER_NO_LAYER && get_row (self, (int) i_row + 1))
    focus_row (self, get_row (self, (int) i_row + 1));
}

void
atelier_network_editor_take_focus (AtelierNetworkEditor *self)
{
  AtelierEditorRow *row;

  g_return_if_fail (ATELIER_IS_NETWORK_EDITOR (self));
  g_return_if_fail (self->session != NULL);

  row = self->selected_id != 0 ? find_row (self, self->selected_id) : NULL;
  if (row == NULL)
    row = get_row (self, 1);
  focus_row (self, row ? row : get_row (self, 0));
}
