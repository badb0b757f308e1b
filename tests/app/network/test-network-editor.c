/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The editor of networks in the real window, with the real keys and the real pointer. */

#include "config.h"

#include "keyboard.h"
#include "network/atelier-editor-row.h"
#include "network/atelier-name-entry.h"
#include "network/atelier-member-field.h"
#include "network/atelier-network-editor.h"
#include "pointer.h"
#include "window-fixture.h"

#define TOP(i) (&(AtelierDraftPlace) { .block = ATELIER_NO_LAYER, .index = (i) })

static AtelierSession *
get_session (WindowFixture *fixture)
{
  return atelier_window_get_session (fixture->window);
}

static AtelierNetworkDraft *
get_draft (WindowFixture *fixture)
{
  return atelier_session_get_draft (get_session (fixture));
}

static AtelierNetworkEditor *
get_editor (WindowFixture *fixture)
{
  g_autoptr (GPtrArray) editors = app_find_all (fixture->window, ATELIER_TYPE_NETWORK_EDITOR);

  g_assert_cmpuint (editors->len, ==, 1);

  return g_ptr_array_index (editors, 0);
}

/* The row of layer @i_layer in the list; ATELIER_NO_LAYER: that of the input. */
static AtelierEditorRow *
get_row (WindowFixture *fixture,
         guint          i_layer)
{
  g_autoptr (GPtrArray) rows = app_find_all (get_editor (fixture), ATELIER_TYPE_EDITOR_ROW);

  g_assert_cmpuint (rows->len, ==, atelier_network_draft_get_n_rows (get_draft (fixture)) + 1);

  return g_ptr_array_index (rows, i_layer + 1);
}

/* FALSE, and the test is skipped, where there are no keys. */
static gboolean
open_editor (WindowFixture *fixture)
{
  if (!pointer_can_be_moved ())
    return FALSE;
  keyboard_focus_window (GTK_WINDOW (fixture->window));
  app_activate (fixture->window, "win.edit-network", NULL);
  app_wait_for_frame (GTK_WIDGET (fixture->window));

  return TRUE;
}

static void
press (WindowFixture *fixture,
       const char    *keys)
{
  keyboard_press (GTK_WINDOW (fixture->window), keys);
}

/* The words of all layers as one. */
static char *
describe (AtelierNetworkDraft *draft)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < atelier_network_draft_get_n_rows (draft); i++)
    {
      g_autofree char *words = atelier_network_draft_describe_row (draft, i);

      g_string_append_printf (
        text, "%s%s%s", i > 0 ? ", " : "",
        atelier_network_draft_get_row (draft, i)->block != ATELIER_NO_LAYER ? "> " : "", words);
    }

  return g_string_free (text, FALSE);
}

static void
assert_layers (WindowFixture *fixture,
               const char    *words)
{
  g_autofree char *found = describe (get_draft (fixture));

  g_assert_cmpstr (found, ==, words);
}

/* Which layer's row has the focus; ATELIER_NO_LAYER: that of the input. */
static guint
find_focus (WindowFixture *fixture)
{
  GtkWidget *focus = gtk_window_get_focus (GTK_WINDOW (fixture->window));

  g_assert_cmpstr (G_OBJECT_TYPE_NAME (focus), ==, "AtelierEditorRow");

  return atelier_network_draft_find_row (get_draft (fixture),
                                         atelier_editor_row_get_id (ATELIER_EDITOR_ROW (focus)));
}

#define assert_focus(fixture, i_layer) g_assert_cmpuint (find_focus (fixture), ==, i_layer)

static void
assert_focus_is_in (WindowFixture *fixture,
                    guint          i_layer)
{
  GtkWidget *focus = gtk_window_get_focus (GTK_WINDOW (fixture->window));

  g_assert_true (gtk_widget_is_ancestor (focus, GTK_WIDGET (get_row (fixture, i_layer))));
}

/* The field of an open row. */
static AtelierMemberField *
get_field (WindowFixture *fixture,
           guint          i_layer,
           const char    *name)
{
  g_autoptr (GPtrArray) fields
    = app_find_all (get_row (fixture, i_layer), ATELIER_TYPE_MEMBER_FIELD);

  for (guint i = 0; i < fields->len; i++)
    if (g_str_equal (atelier_member_field_get_member (g_ptr_array_index (fields, i))->name, name))
      return g_ptr_array_index (fields, i);
  g_error ("There is no field %s", name);
}

/* ---- Keys ---- */

/* Opens the menu at the row with the focus and chooses the kind at @index. */
static void
add_by_keys (WindowFixture    *fixture,
             AtelierLayerKind  kind)
{
  const guint n_before = atelier_network_draft_get_n_rows (get_draft (fixture));

  press (fixture, "Insert");
  for (guint i = 0; i < kind; i++)
    press (fixture, "Down");
  press (fixture, "Return");
  g_assert_cmpuint (atelier_network_draft_get_n_rows (get_draft (fixture)), ==, n_before + 1);
}

static void
test_build_by_keys (WindowFixture *fixture,
                    gconstpointer  data)
{
  g_autoptr (AtelierNetwork) preset = atelier_network_new_preset ("report-2");
  const AtelierLayerKind kinds[] = {
    ATELIER_LAYER_CONV2D, ATELIER_LAYER_MAX_POOL2D, ATELIER_LAYER_DROPOUT, ATELIER_LAYER_CONV2D,
    ATELIER_LAYER_MAX_POOL2D, ATELIER_LAYER_DROPOUT, ATELIER_LAYER_FLATTEN, ATELIER_LAYER_DENSE,
  };
  AtelierNetworkDraft *draft = get_draft (fixture);

  app_activate (fixture->window, "win.network", "report-1");
  if (!open_editor (fixture))
    return;
  for (guint i = atelier_network_draft_get_n_rows (draft); i > 0; i--)
    {
      assert_focus (fixture, 0);
      press (fixture, "Delete");
    }
  g_assert_cmpuint (atelier_network_draft_get_n_rows (draft), ==, 0);
  assert_focus (fixture, ATELIER_NO_LAYER);

  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    {
      add_by_keys (fixture, kinds[i]);
      assert_focus (fixture, i);
    }
  /* The hidden layer, before the one that gives the classes. */
  press (fixture, "Up");
  assert_focus (fixture, 6);
  add_by_keys (fixture, ATELIER_LAYER_DENSE);
  /* The first layer's filters. */
  press (fixture, "Home Down Return Tab ctrl+a 3 2");

  g_assert_true (atelier_session_get_is_network_valid (get_session (fixture)));
  g_assert_cmpuint (atelier_network_draft_get_n_rows (draft), ==, 9);
  for (guint i = 0; i < 9; i++)
    g_assert_true (atelier_layer_equal (&atelier_network_draft_get_row (draft, i)->layer,
                                        atelier_network_get_layer (preset, i)));
}

/* All edits with keys, then back to the beginning and forth again. */
static void
test_undo (WindowFixture *fixture,
           gconstpointer  data)
{
  AtelierNetworkDraft *draft = get_draft (fixture);
  g_autofree char *start = describe (draft);
  g_autofree char *end = NULL;
  guint n_steps = 0;

  if (!open_editor (fixture))
    return;
  press (fixture, "ctrl+d");
  assert_focus (fixture, 1);
  press (fixture, "alt+Down");
  assert_focus (fixture, 2);
  press (fixture, "alt+Up alt+Up");
  assert_focus (fixture, 0);
  /* Typed as one step, in a field that has no undo of its own. */
  press (fixture, "Tab ctrl+a 4 8");
  g_assert_cmpuint (atelier_network_draft_get_row (draft, 0)->layer.units, ==, 48);
  press (fixture, "shift+Tab Down Down Delete");
  assert_layers (fixture,
                 "Conv 48 · 3×3 · ReLU, Conv 32 · 3×3 · ReLU, Dropout 20 %, "
                 "Conv 16 · 3×3 · ReLU, Max pool 2×2, Dropout 20 %, Flatten, Dense 32 · ReLU, "
                 "Dense 10 · softmax");
  app_activate (fixture->window, "win.network", "report-1");
  end = describe (draft);

  while (atelier_network_draft_can_undo (draft))
    {
      press (fixture, "ctrl+z");
      n_steps++;
    }
  assert_layers (fixture, start);
  g_assert_cmpuint (n_steps, ==, 7);
  g_assert_cmpstr (atelier_session_get_preset (get_session (fixture)), ==, "report-2");
  for (guint i = 0; i < n_steps; i++)
    press (fixture, i % 2 ? "ctrl+shift+z" : "ctrl+y");
  assert_layers (fixture, end);
  g_assert_false (atelier_network_draft_can_redo (draft));
}

/* Tab leaves the list behind what is open in the row, and comes back to the row. */
static void
test_tab (WindowFixture *fixture,
          gconstpointer  data)
{
  if (!open_editor (fixture))
    return;
  press (fixture, "Down Down Return Tab Tab Tab Tab Tab");
  g_assert_null (gtk_widget_get_ancestor (gtk_window_get_focus (GTK_WINDOW (fixture->window)),
                                          GTK_TYPE_LIST_BOX));
  press (fixture, "shift+Tab");
  assert_focus_is_in (fixture, 2);
  press (fixture, "shift+Tab shift+Tab shift+Tab shift+Tab");
  assert_focus (fixture, 2);
  press (fixture, "shift+Tab");
  g_assert_null (gtk_widget_get_ancestor (gtk_window_get_focus (GTK_WINDOW (fixture->window)),
                                          GTK_TYPE_LIST_BOX));
}

/* Into a block, through it, and out of it. */
static void
test_move_through_block (WindowFixture *fixture,
                         gconstpointer  data)
{
  AtelierNetworkDraft *draft = get_draft (fixture);

  if (!open_editor (fixture))
    return;
  atelier_network_draft_insert (draft, TOP (1), ATELIER_LAYER_RESIDUAL);
  for (guint i = 1; i <= 3; i++)
    {
      press (fixture, "alt+Down");
      assert_focus (fixture, i);
      g_assert_cmpuint (atelier_network_draft_get_row (draft, i)->block, ==, 0);
      g_assert_true (gtk_widget_has_css_class (GTK_WIDGET (get_row (fixture, i)), "in-block"));
    }
  press (fixture, "alt+Down");
  assert_focus (fixture, 3);
  g_assert_false (gtk_widget_has_css_class (GTK_WIDGET (get_row (fixture, 3)), "in-block"));
}

static void
test_blocks_have_shortcuts (WindowFixture *fixture,
                            gconstpointer  data)
{
  AtelierNetworkDraft *draft = get_draft (fixture);
  guint id;

  app_activate (fixture->window, "win.edit-network", NULL);
  atelier_network_draft_insert (draft, TOP (1), ATELIER_LAYER_RESIDUAL);
  id = atelier_network_draft_get_row (draft, 1)->id;
  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (get_row (fixture, 1)), "editor.add",
                                             "(uuu)", id, 1, ATELIER_LAYER_CONV2D));
  g_assert_true (atelier_network_draft_get_row (draft, 4)->is_shortcut);
  g_assert_true (app_has_label (get_row (fixture, 4), "Shortcut: Conv 16"));
  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (get_row (fixture, 1)), "editor.add",
                                             "(uuu)", id, 2, ATELIER_LAYER_DROPOUT));
  g_assert_cmpuint (atelier_network_draft_get_row (draft, 5)->block, ==, ATELIER_NO_LAYER);
}

/* ---- Pointer ---- */

/* Drags a layer by its handle to a place in the row of another. */
static void
drag (WindowFixture *fixture,
      guint          i_layer,
      guint          i_target,
      double         x,
      double         share_of_height)
{
  GtkWidget *row = GTK_WIDGET (get_row (fixture, i_layer));
  GtkWidget *target = GTK_WIDGET (get_row (fixture, i_target));
  const double y = gtk_widget_get_height (target) * share_of_height;
  g_autofree char *to = pointer_format_place (target, x, y);
  g_autofree char *near_to = pointer_format_place (target, x, y + 3.0);
  const double handle_x
    = atelier_network_draft_get_row (get_draft (fixture), i_layer)->block != ATELIER_NO_LAYER
        ? 40.0 : 18.0;

  pointer_put (row, handle_x, 16.0);
  pointer_do (row, "mousedown 1");
  pointer_do (row, near_to);
  pointer_do (row, to);
  g_assert_true (gtk_widget_has_css_class (row, "dragged"));
  g_assert_true (gtk_widget_has_css_class (target, "drop-above")
                 || gtk_widget_has_css_class (target, "drop-below"));
  pointer_do (row, "mouseup 1");
}

static void
test_drag (WindowFixture *fixture,
           gconstpointer  data)
{
  AtelierNetworkDraft *draft = get_draft (fixture);

  app_activate (fixture->window, "win.network", "report-1");
  if (!open_editor (fixture))
    return;
  drag (fixture, 1, 3, 60.0, 0.8);
  assert_layers (fixture,
                 "Flatten, Dropout 10 %, Dense 32 · ReLU, Dense 300 · ReLU, Dropout 10 %, "
                 "Dense 16 · ReLU, Dense 10 · softmax");
  assert_focus (fixture, 3);
  drag (fixture, 3, ATELIER_NO_LAYER, 60.0, 0.4);
  drag (fixture, 0, 1, 60.0, 0.8);
  drag (fixture, 2, 1, 60.0, 0.2);
  assert_layers (fixture,
                 "Flatten, Dropout 10 %, Dense 300 · ReLU, Dense 32 · ReLU, Dropout 10 %, "
                 "Dense 16 · ReLU, Dense 10 · softmax");
  g_assert_cmpuint (atelier_network_draft_get_n_problems (draft), ==, 0);
}

/* Into a block's list, and behind the block, which differ by how far left the pointer is. */
static void
test_drag_into_block (WindowFixture *fixture,
                      gconstpointer  data)
{
  AtelierNetworkDraft *draft = get_draft (fixture);

  if (!open_editor (fixture))
    return;
  atelier_network_draft_insert (draft, TOP (1), ATELIER_LAYER_RESIDUAL);
  app_wait_for_frame (GTK_WIDGET (fixture->window));
  drag (fixture, 5, 3, 100.0, 0.8);
  g_assert_cmpuint (atelier_network_draft_get_row (draft, 4)->block, ==, 1);
  drag (fixture, 4, 1, 100.0, 0.8);
  g_assert_cmpuint (atelier_network_draft_get_row (draft, 2)->block, ==, 1);
  g_assert_cmpint (atelier_network_draft_get_row (draft, 2)->layer.kind, ==,
                   ATELIER_LAYER_DROPOUT);
  drag (fixture, 2, 4, 20.0, 0.8);
  g_assert_cmpuint (atelier_network_draft_get_row (draft, 4)->block, ==, ATELIER_NO_LAYER);
  /* A block goes over another's layers only as a whole. */
  drag (fixture, 1, 5, 100.0, 0.8);
  g_assert_cmpint (atelier_network_draft_get_row (draft, 3)->layer.kind, ==,
                   ATELIER_LAYER_RESIDUAL);
}

/* A click elsewhere in the row opens it, and moves nothing. */
static void
test_click (WindowFixture *fixture,
            gconstpointer  data)
{
  AtelierNetworkDraft *draft = get_draft (fixture);

  if (!open_editor (fixture))
    return;
  pointer_put (GTK_WIDGET (get_row (fixture, 3)), 120.0, 16.0);
  pointer_do (GTK_WIDGET (fixture->window), "click 1");
  g_assert_true (atelier_editor_row_get_open (get_row (fixture, 3)));
  pointer_put (GTK_WIDGET (get_row (fixture, 8)), 120.0, 16.0);
  pointer_do (GTK_WIDGET (fixture->window), "click 1");
  g_assert_true (atelier_editor_row_get_open (get_row (fixture, 8)));
  g_assert_false (atelier_editor_row_get_open (get_row (fixture, 3)));
  g_assert_false (atelier_network_draft_can_undo (draft));
}

/* ---- Rows ---- */

static void
test_misfit (WindowFixture *fixture,
             gconstpointer  data)
{
  AtelierNetworkDraft *draft = get_draft (fixture);
  g_autoptr (GPtrArray) entries = NULL;
  AtelierEditorRow *row;

  app_activate (fixture->window, "win.edit-network", NULL);
  atelier_network_draft_remove (draft, 6);
  row = get_row (fixture, 6);
  g_assert_true (gtk_widget_has_css_class (GTK_WIDGET (row), "misfit"));
  g_assert_true (app_has_label (row, "needs a vector"));
  entries = app_find_all (get_editor (fixture), ATELIER_TYPE_NAME_ENTRY);
  g_assert_cmpstr (gtk_editable_get_text (entries->pdata[0]), ==,
                   "Report 2, convolutional, edited");
  app_click (app_find_titled (row, GTK_TYPE_BUTTON, "Add Flatten"));
  g_assert_true (get_row (fixture, 7) == row);
  g_assert_false (gtk_widget_has_css_class (GTK_WIDGET (row), "misfit"));
  g_assert_cmpstr (atelier_session_get_preset (get_session (fixture)), ==, "report-2");
}

/* A value out of its range is refused where it is typed, and forgotten there. */
static void
test_refused (WindowFixture *fixture,
              gconstpointer  data)
{
  AtelierNetworkDraft *draft = get_draft (fixture);
  AtelierMemberField *field;

  if (!open_editor (fixture))
    return;
  press (fixture, "Return");
  field = get_field (fixture, 0, "filters");
  press (fixture, "Tab ctrl+a 0");
  g_assert_true (app_has_label (field, "1 or more"));
  g_assert_cmpuint (atelier_network_draft_get_row (draft, 0)->layer.units, ==, 32);
  g_assert_false (atelier_network_draft_can_undo (draft));
  press (fixture, "Tab");
  g_assert_false (app_has_label (field, "1 or more"));
  press (fixture, "ctrl+a 5");
  g_assert_cmpuint (atelier_network_draft_get_row (draft, 0)->layer.kernel_width, ==, 5);
}

/* Up and Down in a field change its number, and stop at the end of its range. */
static void
test_steps (WindowFixture *fixture,
            gconstpointer  data)
{
  AtelierNetworkDraft *draft = get_draft (fixture);

  if (!open_editor (fixture))
    return;
  press (fixture, "Return Tab Up Up");
  g_assert_cmpuint (atelier_network_draft_get_row (draft, 0)->layer.units, ==, 34);
  press (fixture, "Tab Down Down Down Down");
  g_assert_cmpuint (atelier_network_draft_get_row (draft, 0)->layer.kernel_height, ==, 1);
  g_assert_cmpuint (atelier_network_draft_get_row (draft, 0)->layer.kernel_width, ==, 1);
  press (fixture, "Home shift+Tab shift+Tab Down Down Return Tab Up");
  g_assert_cmpfloat (atelier_network_draft_get_row (draft, 2)->layer.rate, ==, 0.3);
}

/* The fields follow the draft: what is undone is undone in them. */
static void
test_fields_follow (WindowFixture *fixture,
                    gconstpointer  data)
{
  AtelierNetworkDraft *draft = get_draft (fixture);
  g_autoptr (GPtrArray) entries = NULL;

  app_activate (fixture->window, "win.edit-network", NULL);
  gtk_widget_activate (GTK_WIDGET (get_row (fixture, 0)));
  atelier_member_field_set_text (get_field (fixture, 0, "filters"), "5");
  g_assert_true (app_has_label (get_row (fixture, 0), "Conv 5"));
  atelier_network_draft_undo (draft);
  entries = app_find_all (get_field (fixture, 0, "filters"), GTK_TYPE_ENTRY);
  g_assert_cmpstr (gtk_editable_get_text (g_ptr_array_index (entries, 0)), ==, "32");
}

/* In a network of fifty layers, rows in which nothing changes are left alone. */
static void
test_many_layers (WindowFixture *fixture,
                  gconstpointer  data)
{
  AtelierNetworkDraft *draft = get_draft (fixture);
  AtelierEditorRow *rows[50];
  guint n_changes[50];
  AtelierLayer layer;

  app_activate (fixture->window, "win.edit-network", NULL);
  while (atelier_network_draft_get_n_rows (draft) < 50)
    atelier_network_draft_duplicate (draft, 2);
  for (guint i = 0; i < 50; i++)
    {
      rows[i] = get_row (fixture, i);
      n_changes[i] = atelier_editor_row_get_n_changes (rows[i]);
    }

  layer = atelier_network_draft_get_row (draft, 20)->layer;
  layer.rate = 0.5;
  g_assert_true (atelier_network_draft_set_member (
    draft, 20, &atelier_layer_class_get (layer.kind)->members.members[0], &layer));
  for (guint i = 0; i < 50; i++)
    {
      g_assert_true (get_row (fixture, i) == rows[i]);
      g_assert_cmpuint (atelier_editor_row_get_n_changes (rows[i]), ==,
                        n_changes[i] + (i == 20 ? 1 : 0));
    }
  /* A row moves with its layer. */
  atelier_network_draft_move (draft, 20, TOP (40));
  g_assert_true (get_row (fixture, 39) == rows[20]);
  g_assert_true (get_row (fixture, 20) == rows[21]);
}

static void
test_selected (WindowFixture *fixture,
               gconstpointer  data)
{
  AtelierNetworkEditor *editor = get_editor (fixture);
  guint selected;

  app_activate (fixture->window, "win.edit-network", NULL);
  g_object_set (editor, "selected", 4, NULL);
  g_object_get (editor, "selected", &selected, NULL);
  g_assert_cmpuint (selected, ==, 4);
  /* It is the layer that is selected, wherever it goes. */
  atelier_network_draft_remove (get_draft (fixture), 1);
  g_object_get (editor, "selected", &selected, NULL);
  g_assert_cmpuint (selected, ==, 3);
}

static void
test_locked (WindowFixture *fixture,
             gconstpointer  data)
{
  AtelierEditorRow *row;

  app_activate (fixture->window, "win.edit-network", NULL);
  row = get_row (fixture, 0);
  g_assert_false (gtk_widget_is_sensitive (GTK_WIDGET (row)));
  g_assert_true (gtk_widget_get_mapped (
    app_find_titled (get_editor (fixture), GTK_TYPE_LABEL, "Locked while training")));
  app_activate (fixture->window, "run.stop", NULL);
  app_wait_until (!atelier_session_get_is_locked (get_session (fixture)));
  g_assert_true (gtk_widget_is_sensitive (GTK_WIDGET (row)));
}

#define ADD_TEST(path, start, function) \
  WINDOW_ADD_TEST ("/app/network-editor/" path, start, function)

int
main (int   argc,
      char *argv[])
{
  app_test_init (&argc, &argv);

  ADD_TEST ("build-by-keys", WINDOW_OPEN, test_build_by_keys);
  ADD_TEST ("undo", WINDOW_OPEN, test_undo);
  ADD_TEST ("tab", WINDOW_OPEN, test_tab);
  ADD_TEST ("move-through-block", WINDOW_OPEN, test_move_through_block);
  ADD_TEST ("blocks-have-shortcuts", WINDOW_OPEN, test_blocks_have_shortcuts);
  ADD_TEST ("drag", WINDOW_OPEN, test_drag);
  ADD_TEST ("drag-into-block", WINDOW_OPEN, test_drag_into_block);
  ADD_TEST ("click", WINDOW_OPEN, test_click);
  ADD_TEST ("misfit", WINDOW_OPEN, test_misfit);
  ADD_TEST ("refused", WINDOW_OPEN, test_refused);
  ADD_TEST ("steps", WINDOW_OPEN, test_steps);
  ADD_TEST ("fields-follow", WINDOW_OPEN, test_fields_follow);
  ADD_TEST ("many-layers", WINDOW_OPEN, test_many_layers);
  ADD_TEST ("selected", WINDOW_OPEN, test_selected);
  ADD_TEST ("locked", WINDOW_RUNNING, test_locked);

  return g_test_run ();
}
