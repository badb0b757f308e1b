/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Shortcuts with real keys on keyboards that are not American.  The numbers are X11's: 10 to 18 are
 * the keys above the letters, 79 to 91 those of the keypad. */

#include "config.h"

#include "pointer.h"
#include "window-fixture.h"

#define KEY_1 "10"
#define KEY_2 "11"
#define KEY_3 "12"
#define KEY_E "26"
#define KEY_RIGHT_BRACKET "35"
#define KEY_B "56"
#define KEY_M "58"
#define KEYPAD_1 "87"
#define KEYPAD_2 "88"
#define KEYPAD_3 "89"
#define NUM_LOCK "77"

static void
use_layout (const char *name)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GSubprocess) process =
    g_subprocess_new (G_SUBPROCESS_FLAGS_NONE, &error, "setxkbmap", name, NULL);

  g_assert_no_error (error);
  g_assert_true (g_subprocess_wait_check (process, NULL, &error));
  g_assert_no_error (error);
}

/* FALSE, and the test is skipped, where the keyboard is a person's. */
static gboolean
can_use_layouts (void)
{
  g_autofree char *program = g_find_program_in_path ("setxkbmap");

  if (!pointer_can_be_moved ())
    return FALSE;
  if (!program)
    g_test_skip ("setxkbmap is not installed");
  return program != NULL;
}

static void
press (WindowFixture *fixture,
       const char    *keys)
{
  g_autofree char *command = g_strdup_printf ("key %s", keys);

  pointer_do (GTK_WIDGET (fixture->window), command);
}

static void
assert_page (WindowFixture *fixture,
             const char    *keys,
             const char    *page)
{
  g_autoptr (GVariant) state = NULL;

  press (fixture, keys);
  state = g_action_group_get_action_state (G_ACTION_GROUP (fixture->window), "page");
  g_assert_cmpstr (g_variant_get_string (state, NULL), ==, page);
}

/* The tool whose button on the Draw page is pressed. */
static void
assert_tool (WindowFixture *fixture,
             const char    *keys,
             const char    *tool)
{
  g_autoptr (GPtrArray) buttons = NULL;
  guint n_pressed = 0;

  press (fixture, keys);
  buttons = app_find_all (fixture->window, GTK_TYPE_TOGGLE_BUTTON);
  for (guint i = 0; i < buttons->len; i++)
    {
      GtkActionable *button = g_ptr_array_index (buttons, i);

      if (g_strcmp0 (gtk_actionable_get_action_name (button), "draw.tool") != 0
          || !gtk_toggle_button_get_active (GTK_TOGGLE_BUTTON (button)))
        continue;
      g_assert_cmpstr (g_variant_get_string (gtk_actionable_get_action_target_value (button), NULL),
                       ==, tool);
      n_pressed++;
    }
  g_assert_cmpuint (n_pressed, ==, 1);
}

/* A French keyboard gives digits with Shift only, and has its letters at other places. */
static void
test_french (WindowFixture *fixture,
             gconstpointer  data)
{
  if (!can_use_layouts ())
    return;
  use_layout ("fr");
  assert_page (fixture, "alt+" KEY_2, "draw");
  assert_tool (fixture, KEY_E, "eraser");
  assert_tool (fixture, KEY_B, "brush");
  assert_page (fixture, "alt+" KEY_3, "data");
  assert_page (fixture, "alt+" KEY_1, "train");
  assert_page (fixture, "alt+shift+" KEY_3, "data");
  /* Neither the digit nor a place without a shortcut does anything without Alt. */
  assert_page (fixture, KEY_1, "data");
  use_layout ("us");
}

static void
test_russian (WindowFixture *fixture,
              gconstpointer  data)
{
  if (!can_use_layouts ())
    return;
  use_layout ("ru");
  assert_page (fixture, "alt+" KEY_2, "draw");
  assert_tool (fixture, KEY_E, "eraser");
  assert_tool (fixture, KEY_M, "move");
  assert_tool (fixture, KEY_B, "brush");
  /* A letter there, a bracket here: a larger brush, and nothing else. */
  assert_tool (fixture, KEY_RIGHT_BRACKET, "brush");
  /* Without the Draw page, its keys do nothing. */
  assert_page (fixture, "alt+" KEY_1, "train");
  press (fixture, KEY_E);
  assert_page (fixture, "alt+" KEY_2, "draw");
  assert_tool (fixture, "alt+" KEY_2, "brush");
  use_layout ("us");
}

static void
test_keypad (WindowFixture *fixture,
             gconstpointer  data)
{
  if (!can_use_layouts ())
    return;
  press (fixture, NUM_LOCK);
  assert_page (fixture, "alt+" KEYPAD_2, "draw");
  assert_page (fixture, "alt+" KEYPAD_3, "data");
  assert_page (fixture, "alt+" KEYPAD_1, "train");
  press (fixture, NUM_LOCK);
}

int
main (int   argc,
      char *argv[])
{
  app_test_init (&argc, &argv);

  WINDOW_ADD_TEST ("/app/window-keys/french", WINDOW_OPEN, test_french);
  WINDOW_ADD_TEST ("/app/window-keys/russian", WINDOW_OPEN, test_russian);
  WINDOW_ADD_TEST ("/app/window-keys/keypad", WINDOW_OPEN, test_keypad);

  return g_test_run ();
}
