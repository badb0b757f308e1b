/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What a screen reader says at each stop of the Tab key, and in the menus, with the real keys.
 *
 * tests/fixtures/screen-reader/stops.txt is the table of all stops.  It changes with the window:
 * the test then writes the new table and names both files, for a person to read the difference and
 * to copy the new one.  What differs from run to run, or between machines, is no part of it: the
 * figures that come from training, the folder of the test, and the hash. */

#include "config.h"

#include "keyboard.h"
#include "mistakes/atelier-gallery.h"
#include "screen-reader.h"
#include "shell/atelier-help-window.h"
#include "window-fixture.h"

#define MAX_STOPS 100

/* What GTK calls an object that has no name. */
#define TYPE_NAME "\\b(Gtk|Adw|Atelier)[A-Z]"

static GString *table;
static gboolean has_results; /* the figures come from a training */

/* Without the folder of this test, a hash, and the figures of training.  Transfer full. */
static char *
make_lasting (const char *text)
{
  g_autoptr (GRegex) folder = NULL;
  g_autoptr (GRegex) hash = g_regex_new ("\\b[0-9a-f]{40,}\\b", 0, 0, NULL);
  g_autoptr (GRegex) figure = g_regex_new ("(?<![\\w-])[0-9]+([.,][0-9]+)*", 0, 0, NULL);
  g_autofree char *escaped = g_regex_escape_string (app_get_folder (), -1);
  g_autofree char *placed = NULL;
  g_autofree char *hashed = NULL;

  folder = g_regex_new (escaped, 0, 0, NULL);
  placed = g_regex_replace_literal (folder, text, -1, 0, "FOLDER", 0, NULL);
  hashed = g_regex_replace_literal (hash, placed, -1, 0, "HASH", 0, NULL);
  if (has_results)
    return g_regex_replace_literal (figure, hashed, -1, 0, "#", 0, NULL);

  return g_steal_pointer (&hashed);
}

/* "Batch Batch" */
static gboolean
is_said_twice (const char *name)
{
  gsize length = strlen (name);

  return length % 2 == 1 && name[length / 2] == ' '
         && strncmp (name, name + length / 2 + 1, length / 2) == 0;
}

/* What holds for every stop, whatever the table says. */
static void
check_name (const ScreenReaderObject *object)
{
  g_autofree char *place = screen_reader_describe_place (object);

  g_test_message ("%s, %s, in %s", object->role, object->name, place);
  g_assert_false (g_regex_match_simple (TYPE_NAME, object->name, 0, 0));
  g_assert_false (g_regex_match_simple (TYPE_NAME, place, 0, 0));
  g_assert_cmpstr (object->name, !=, "");
  g_assert_null (strchr (object->name, '_'));
  g_assert_false (is_said_twice (object->name));
  g_assert_cmpstr (object->name, !=, object->description);
}

static void
write_stop (const ScreenReaderObject *object)
{
  const char *texts[] = {
    object->role, object->name, object->description, object->value, object->states,
  };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autofree char *lasting = make_lasting (texts[i]);

      g_string_append_printf (table, i > 0 ? " | %s" : "%s", *lasting ? lasting : "-");
    }
  g_string_append_c (table, '\n');
}

/* Presses @key until the focus is where it was after the first time. */
static void
walk (const char *heading,
      const char *key)
{
  g_autofree char *first = NULL;

  g_string_append_printf (table, "\n%s%s\n", heading, has_results ? ", after training" : "");
  for (guint i = 0; i < MAX_STOPS; i++)
    {
      g_autoptr (ScreenReaderObject) object = screen_reader_move (key);

      if (g_strcmp0 (first, object->path) == 0)
        return;
      if (first == NULL)
        first = g_strdup (object->path);
      check_name (object);
      write_stop (object);
    }
  g_error ("%s: the keys do not come back to the first stop", heading);
}

static void
walk_page (WindowFixture *fixture,
           const char    *key,
           const char    *heading)
{
  GtkWindow *window = GTK_WINDOW (fixture->window);

  keyboard_press (window, key);
  gtk_window_set_focus (window, NULL);
  walk (heading, "Tab");
}

/* @open: the keys that open it. */
static void
walk_menu (WindowFixture *fixture,
           const char    *open,
           const char    *heading)
{
  GtkWindow *window = GTK_WINDOW (fixture->window);

  keyboard_press (window, open);
  walk (heading, "Down");
  keyboard_press (window, "Escape");
}

/* What a button opens.  @key: the one to walk with, which comes back to the first stop. */
static void
walk_popover (WindowFixture *fixture,
              const char    *page,
              const char    *button,
              const char    *key)
{
  GtkWindow *window = GTK_WINDOW (fixture->window);

  keyboard_press (window, page);
  screen_reader_go_to (button);
  keyboard_press (window, "space");
  walk (button, key);
  keyboard_press (window, "Escape");
}

static void
walk_popovers (WindowFixture *fixture)
{
  walk_popover (fixture, "alt+1", "Report 1", "Down");
  walk_popover (fixture, "alt+1", "Loss Chart Options", "Down");
  walk_popover (fixture, "alt+1", "Save the matrix or the classes", "Down");
  /* With something on the pad there is more to do. */
  keyboard_press (GTK_WINDOW (fixture->window), "alt+2");
  screen_reader_go_to ("Data-Set Picture");
  keyboard_press (GTK_WINDOW (fixture->window), "space");
  walk_popover (fixture, "alt+2", "Save the drawing", "Tab");
  walk_popover (fixture, "alt+2", "Steps", "Tab");
}

/* The window beside the program's. */
static void
walk_help (WindowFixture *fixture)
{
  GListModel *windows = gtk_window_get_toplevels ();
  GtkWindow *help = NULL;

  keyboard_press (GTK_WINDOW (fixture->window), "F1");
  for (guint i = 0; help == NULL && i < g_list_model_get_n_items (windows); i++)
    {
      g_autoptr (GtkWindow) window = g_list_model_get_item (windows, i);

      if (ATELIER_IS_HELP_WINDOW (window))
        help = window;
    }
  app_wait_until (gtk_widget_get_mapped (GTK_WIDGET (help)));
  keyboard_focus_window (help);
  walk ("The help", "Tab");
  gtk_window_destroy (help);
  keyboard_focus_window (GTK_WINDOW (fixture->window));
}

/* Borrowed; NULL while there is none. */
static GtkWindow *
find_question (void)
{
  GListModel *windows = gtk_window_get_toplevels ();

  for (guint i = 0; i < g_list_model_get_n_items (windows); i++)
    {
      g_autoptr (GtkWindow) window = g_list_model_get_item (windows, i);

      if (ADW_IS_MESSAGE_DIALOG (window) && gtk_widget_get_mapped (GTK_WIDGET (window)))
        return window;
    }

  return NULL;
}

/* Whether to save the model, before the window closes. */
static void
walk_question (WindowFixture *fixture)
{
  gtk_window_close (GTK_WINDOW (fixture->window));
  app_wait_until (find_question ());
  keyboard_focus_window (find_question ());
  walk ("The question before closing", "Tab");
  gtk_window_close (find_question ());
}

static void
walk_pages (WindowFixture *fixture)
{
  walk_page (fixture, "alt+1", "The Train page");
  walk_page (fixture, "alt+2", "The Draw page");
  walk_page (fixture, "alt+3", "The Data page");
}

/* With a layer open, and one that does not fit. */
static void
walk_network (WindowFixture *fixture)
{
  AtelierNetworkDraft *draft
    = atelier_session_get_draft (atelier_window_get_session (fixture->window));
  GtkWindow *window = GTK_WINDOW (fixture->window);

  keyboard_press (window, "alt+1");
  app_activate (window, "win.edit-network", NULL);
  keyboard_press (window, "Down Return");
  gtk_window_set_focus (window, NULL);
  walk ("The network and the recipe", "Tab");
  atelier_network_draft_remove (draft, 0);
  gtk_window_set_focus (window, NULL);
  walk ("The same with a layer that does not fit", "Tab");
  atelier_network_draft_undo (draft);
  keyboard_press (window, "Escape");
}

static void
walk_inspector (WindowFixture *fixture)
{
  g_autoptr (GPtrArray) galleries = NULL;
  GtkWindow *inspector;

  keyboard_press (GTK_WINDOW (fixture->window), "alt+1");
  galleries = app_find_all (fixture->window, ATELIER_TYPE_GALLERY);
  g_assert_cmpuint (galleries->len, ==, 1);
  g_signal_emit_by_name (atelier_gallery_get_view (g_ptr_array_index (galleries, 0)), "open", 0);
  inspector = GTK_WINDOW (atelier_gallery_get_inspector (g_ptr_array_index (galleries, 0)));
  app_wait_until (gtk_widget_get_mapped (GTK_WIDGET (inspector)));
  keyboard_focus_window (inspector);
  walk ("The inspector", "Tab");
}

/* The toast that offers to save the model goes by itself, at no certain time. */
static void
close_toast (WindowFixture *fixture)
{
  g_autoptr (GPtrArray) toasts =
    app_find_all (fixture->window, g_type_from_name ("AdwToastWidget"));
  g_autoptr (GPtrArray) buttons = NULL;

  g_assert_cmpuint (toasts->len, ==, 1);
  buttons = app_find_all (g_ptr_array_index (toasts, 0), GTK_TYPE_BUTTON);
  app_click (g_ptr_array_index (buttons, buttons->len - 1));
}

static void
compare_table (void)
{
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "..", "fixtures", "screen-reader",
                                                 "stops.txt", NULL);
  g_autofree char *new_path = g_test_build_filename (G_TEST_BUILT, "stops.txt", NULL);
  g_autofree char *expected = NULL;
  g_autoptr (GError) error = NULL;

  g_file_get_contents (path, &expected, NULL, NULL);
  if (g_strcmp0 (expected, table->str) == 0)
    return;

  g_file_set_contents (new_path, table->str, -1, &error);
  g_assert_no_error (error);
  g_test_message ("The stops have changed: diff %s %s", path, new_path);
  g_test_fail ();
}

static void
test_stops (WindowFixture *fixture,
            gconstpointer  data)
{
  table = g_string_new ("# SPDX-License-Identifier: GPL-3.0-or-later\n"
                        "#\n"
                        "# What a screen reader says at each stop of a key.\n"
                        "#\n"
                        "# role | name | description | value | states\n");
  /* Without animations a toast may be closed at any time. */
  g_object_set (gtk_settings_get_default (), "gtk-enable-animations", FALSE, NULL);
  app_set_number (fixture->window, "Threads", "1");
  keyboard_focus_window (GTK_WINDOW (fixture->window));

  has_results = FALSE;
  walk_pages (fixture);
  walk_network (fixture);
  walk_menu (fixture, "F10", "The main menu");
  walk_help (fixture);

  has_results = TRUE;
  window_train (fixture);
  close_toast (fixture);
  walk_pages (fixture);
  walk_popovers (fixture);
  walk_inspector (fixture);
  walk_question (fixture);
  compare_table ();
  g_string_free (table, TRUE);
}

int
main (int   argc,
      char *argv[])
{
  /* The same weights, and so the same stops, on every machine. */
  g_setenv ("NN_ISA", "scalar", TRUE);
  screen_reader_test_init (&argc, &argv);

  WINDOW_ADD_TEST ("/app/spoken-stops/table", WINDOW_READY, test_stops);

  return g_test_run ();
}
