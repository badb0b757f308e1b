/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The whole recipe in rows: one for each member of the table, each following the session and
 * changing it, with what is said and drawn of them. */

#include "config.h"

#include <string.h>

#include "app-window.h"
#include "data/atelier-synthetic.h"
#include "keyboard.h"
#include "network/atelier-augment-view.h"
#include "network/atelier-member-field.h"
#include "network/atelier-rate-view.h"
#include "network/atelier-recipe-panel.h"
#include "network/atelier-recipe-row.h"
#include "pointer.h"
#include "window-fixture.h"

typedef struct
{
  GtkWidget          *window;
  AtelierSession     *session; /* Owned */
  AtelierRecipePanel *panel;
} Fixture;

/* The one that is seen: each group has one. */
static GtkExpander *
find_expander (Fixture *fixture)
{
  g_autoptr (GPtrArray) all = app_find_all (fixture->panel, GTK_TYPE_EXPANDER);

  for (guint i = 0; i < all->len; i++)
    if (gtk_widget_get_visible (g_ptr_array_index (all, i)))
      return g_ptr_array_index (all, i);
  g_assert_not_reached ();
}

static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  g_autoptr (AtelierDataset) dataset = atelier_synthetic_new (1, 600, 60);

  fixture->session = atelier_session_new ();
  atelier_session_set_dataset (fixture->session, dataset);
  fixture->window = gtk_window_new ();
  fixture->panel = g_object_new (ATELIER_TYPE_RECIPE_PANEL, "session", fixture->session, NULL);
  gtk_window_set_default_size (GTK_WINDOW (fixture->window), 380, 700);
  gtk_window_set_child (GTK_WINDOW (fixture->window), GTK_WIDGET (fixture->panel));
  gtk_window_present (GTK_WINDOW (fixture->window));
  /* What is folded is not in the tree. */
  gtk_expander_set_expanded (find_expander (fixture), TRUE);
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  gtk_window_destroy (GTK_WINDOW (fixture->window));
  g_assert_finalize_object (fixture->session);
}

/* The row of that name that is seen. */
static AtelierRecipeRow *
find_row (gpointer    root,
          const char *name)
{
  g_autoptr (GPtrArray) rows = app_find_all (root, ATELIER_TYPE_RECIPE_ROW);

  for (guint i = 0; i < rows->len; i++)
    if (g_str_equal (atelier_recipe_row_get_member (g_ptr_array_index (rows, i))->name, name)
        && gtk_widget_get_visible (g_ptr_array_index (rows, i)))
      return g_ptr_array_index (rows, i);

  return NULL;
}

static gpointer
find_in (gpointer root,
         GType    type)
{
  g_autoptr (GPtrArray) all = app_find_all (root, type);

  g_assert_cmpuint (all->len, >=, 1);

  return g_ptr_array_index (all, 0);
}

static void
type (Fixture    *fixture,
      const char *name,
      const char *text)
{
  atelier_recipe_row_set_text (find_row (fixture->panel, name), text);
}

static void
choose (Fixture    *fixture,
        const char *name,
        guint       choice)
{
  gtk_drop_down_set_selected (find_in (find_row (fixture->panel, name), GTK_TYPE_DROP_DOWN),
                              choice);
}

static const char *
get_text (Fixture    *fixture,
          const char *name)
{
  return gtk_editable_get_text (find_in (find_row (fixture->panel, name), GTK_TYPE_ENTRY));
}

static const AtelierRecipeValues *
get_values (Fixture *fixture)
{
  return atelier_recipe_get_values (atelier_session_get_recipe (fixture->session));
}

/* Buttons have a label, or an icon. */
static GtkWidget *
find_button (gpointer    root,
             const char *name)
{
  g_autoptr (GPtrArray) buttons = app_find_all (root, GTK_TYPE_BUTTON);

  for (guint i = 0; i < buttons->len; i++)
    if (g_strcmp0 (gtk_button_get_label (g_ptr_array_index (buttons, i)), name) == 0
        || g_strcmp0 (gtk_button_get_icon_name (g_ptr_array_index (buttons, i)), name) == 0)
      return g_ptr_array_index (buttons, i);
  g_assert_not_reached ();
}

/* Whether a label that is seen has the text. */
static gboolean
says (gpointer    root,
      const char *text)
{
  g_autoptr (GPtrArray) labels = app_find_all (root, GTK_TYPE_LABEL);

  for (guint i = 0; i < labels->len; i++)
    if (gtk_widget_get_mapped (g_ptr_array_index (labels, i))
        && strstr (gtk_label_get_label (g_ptr_array_index (labels, i)), text))
      return TRUE;

  return FALSE;
}

/* Another value of the member, as a person would enter it. */
static void
change (Fixture             *fixture,
        AtelierRecipeRow    *row,
        const AtelierMember *member)
{
  const guint64 value = member->type == ATELIER_MEMBER_REAL
                          ? 0 : atelier_member_get_integer (member, get_values (fixture));
  g_autofree char *text = NULL;

  if (member->type == ATELIER_MEMBER_CHOICE)
    gtk_drop_down_set_selected (find_in (row, GTK_TYPE_DROP_DOWN), value == 0 ? 1 : 0);
  else if (member->type == ATELIER_MEMBER_FLAG)
    gtk_switch_set_active (find_in (row, GTK_TYPE_SWITCH), value == 0);
  else
    {
      text = member->type == ATELIER_MEMBER_REAL
               ? g_strdup_printf ("%g", member->min + (member->max - member->min) / 4.0)
               : g_strdup_printf ("%" G_GUINT64_FORMAT, value + 1);
      atelier_recipe_row_set_text (row, text);
    }
}

/* The choice that a member needs, so that it applies. */
static AtelierRecipe *
create_recipe_with (const AtelierMember *member)
{
  const AtelierMembers *table = atelier_recipe_values_get_members ();
  AtelierRecipeValues values;

  atelier_recipe_values_init (&values);
  if (member->where)
    atelier_member_set_integer (atelier_members_find (table, member->where), &values,
                                (guint64) g_bit_nth_lsf (member->where_choices, -1));

  return atelier_recipe_new (&values, NULL);
}

static gboolean
has_help (AtelierRecipeRow    *row,
          const AtelierMember *member)
{
  return g_strcmp0 (gtk_widget_get_tooltip_text (GTK_WIDGET (row)), member->help) == 0;
}

/* The rows are walked by the table; each that applies is seen, says its help, changes the session's
 * recipe, and brings back what was. */
static void
test_each_member (Fixture       *fixture,
                  gconstpointer  data)
{
  const AtelierMembers *table = atelier_recipe_values_get_members ();
  g_autoptr (GPtrArray) rows = app_find_all (fixture->panel, ATELIER_TYPE_RECIPE_ROW);

  /* And one for the threads. */
  g_assert_cmpuint (rows->len, ==, table->n_members + 1);
  for (guint i = 0; i < table->n_members; i++)
    {
      const AtelierMember *member = &table->members[i];
      g_autoptr (AtelierRecipe) before = create_recipe_with (member);
      AtelierRecipeRow *row;

      atelier_session_use_recipe (fixture->session, before);
      row = find_row (fixture->panel, member->name);
      g_test_message ("%s", member->name);
      g_assert_nonnull (row);
      g_assert_true (atelier_recipe_row_get_member (row) == member);
      g_assert_true (has_help (row, member));
      g_assert_false (atelier_recipe_row_get_is_changed (row));

      change (fixture, row, member);
      g_assert_true (atelier_recipe_row_get_is_valid (row));
      g_assert_false (atelier_member_equal (member, get_values (fixture),
                                            atelier_recipe_get_values (before)));
      g_assert_true (atelier_recipe_row_get_is_changed (row));
      app_click (find_button (row, "atelier-undo-symbolic"));
      g_assert_true (atelier_recipe_equal (atelier_session_get_recipe (fixture->session), before));
      g_assert_false (atelier_recipe_row_get_is_changed (row));
    }
}

/* Rates as people type them. */
static void
test_rates (Fixture       *fixture,
            gconstpointer  data)
{
  static const struct { const char *text; double rate; } typed[] = {
    { "1e-4", 1e-4 }, { "0.004", 0.004 }, { "0,5", 0.5 }, { " 2E-3 ", 2e-3 }, { "10", 10.0 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (typed); i++)
    {
      type (fixture, "learning_rate", typed[i].text);
      g_assert_cmpfloat (get_values (fixture)->learning_rate, ==, typed[i].rate);
      g_assert_cmpstr (get_text (fixture, "learning_rate"), ==, typed[i].text);
    }
  choose (fixture, "optimizer", ATELIER_OPTIMIZER_ADAMW);
  g_assert_cmpstr (get_text (fixture, "epsilon"), ==, "1e-8");
}

static void
test_refused (Fixture       *fixture,
              gconstpointer  data)
{
  AtelierRecipe *before = atelier_session_get_recipe (fixture->session);
  AtelierRecipeRow *row = find_row (fixture->panel, "batch_size");
  g_autoptr (AtelierRecipe) copy = NULL;

  app_wait_for_frame (fixture->window);
  type (fixture, "batch_size", "4097");
  g_assert_false (atelier_session_get_is_recipe_valid (fixture->session));
  g_assert_true (atelier_session_get_recipe (fixture->session) == before);
  g_assert_true (gtk_widget_has_css_class (GTK_WIDGET (row), "refused"));
  g_assert_true (app_has_label (row, "1 to 4096"));

  /* Another row does not make it right. */
  type (fixture, "epochs", "7");
  g_assert_false (atelier_session_get_is_recipe_valid (fixture->session));
  g_assert_cmpstr (get_text (fixture, "batch_size"), ==, "4097");
  type (fixture, "batch_size", "64");
  g_assert_true (atelier_session_get_is_recipe_valid (fixture->session));
  g_assert_false (gtk_widget_has_css_class (GTK_WIDGET (row), "refused"));

  /* Nor is it left when the recipe is set by others, or does not have it any more. */
  type (fixture, "batch_size", "none");
  copy = atelier_recipe_new (get_values (fixture), NULL);
  atelier_session_set_recipe (fixture->session, copy);
  g_assert_cmpstr (get_text (fixture, "batch_size"), ==, "64");
  type (fixture, "beta_1", "1");
  g_assert_false (atelier_session_get_is_recipe_valid (fixture->session));
  choose (fixture, "optimizer", ATELIER_OPTIMIZER_SGD);
  g_assert_true (atelier_session_get_is_recipe_valid (fixture->session));
}

static void
test_threads (Fixture       *fixture,
              gconstpointer  data)
{
  type (fixture, "threads", "3");
  g_assert_cmpuint (atelier_session_get_n_threads (fixture->session), ==, 3);
  type (fixture, "threads", "0");
  g_assert_false (atelier_session_get_is_recipe_valid (fixture->session));
  atelier_session_set_n_threads (fixture->session, 2);
  g_assert_cmpstr (get_text (fixture, "threads"), ==, "2");
  g_assert_true (atelier_session_get_is_recipe_valid (fixture->session));
}

/* Members come and go with the choice that they are of. */
static void
test_choices (Fixture       *fixture,
              gconstpointer  data)
{
  g_assert_nonnull (find_row (fixture->panel, "beta_1"));
  g_assert_null (find_row (fixture->panel, "momentum"));
  g_assert_null (find_row (fixture->panel, "warm_up"));
  choose (fixture, "optimizer", ATELIER_OPTIMIZER_SGD);
  g_assert_null (find_row (fixture->panel, "beta_1"));
  type (fixture, "momentum", "0.75");
  g_assert_cmpfloat (get_values (fixture)->momentum, ==, 0.75);
  choose (fixture, "schedule", ATELIER_SCHEDULE_ONE_CYCLE);
  g_assert_nonnull (find_row (fixture->panel, "warm_up"));
  g_assert_nonnull (find_row (fixture->panel, "horizon"));
}

static void
test_changes (Fixture       *fixture,
              gconstpointer  data)
{
  AtelierNetworkDraft *draft = atelier_session_get_draft (fixture->session);
  AtelierRecipe *preset = atelier_session_get_recipe (fixture->session);
  GtkWidget *reset = find_button (fixture->panel, "_Reset");
  g_autoptr (AtelierRecipe) before = atelier_recipe_ref (preset);

  app_wait_for_frame (fixture->window);
  g_assert_false (gtk_widget_get_visible (reset));
  type (fixture, "learning_rate", "0.1");
  type (fixture, "seed", "8");
  g_assert_true (says (fixture->panel, "2 changes"));
  app_click (reset);
  g_assert_true (atelier_recipe_equal (atelier_session_get_recipe (fixture->session), before));
  g_assert_false (gtk_widget_get_visible (reset));
  g_assert_cmpstr (get_text (fixture, "learning_rate"), ==, "0.001");

  /* Each is a step of undo, whatever the network has had in between. */
  atelier_network_draft_undo (draft);
  g_assert_cmpstr (get_text (fixture, "learning_rate"), ==, "0.1");
  g_assert_cmpstr (get_text (fixture, "seed"), ==, "8");
  atelier_network_draft_undo (draft);
  g_assert_cmpstr (get_text (fixture, "seed"), ==, "1");
  g_assert_cmpuint (get_values (fixture)->seed, ==, 1);
  atelier_network_draft_redo (draft);
  g_assert_cmpstr (get_text (fixture, "seed"), ==, "8");

  /* A preset is where changes are counted from. */
  atelier_session_use_preset (fixture->session, "report-1");
  g_assert_false (gtk_widget_get_visible (reset));
  type (fixture, "epochs", "22");
  g_assert_true (says (fixture->panel, "1 change"));
}

static void
test_rate_view (Fixture       *fixture,
                gconstpointer  data)
{
  AtelierRateView *view = find_in (fixture->panel, ATELIER_TYPE_RATE_VIEW);

  g_assert_cmpstr (atelier_rate_view_get_words (view), ==,
                   "Constant: 0.001 from the first epoch to the last");
  choose (fixture, "schedule", ATELIER_SCHEDULE_ONE_CYCLE);
  type (fixture, "learning_rate", "0.004");
  g_assert_cmpstr (atelier_rate_view_get_words (view), ==,
                   "One cycle over 10 epochs, warm-up 30\u00a0%: from 0.00016, at most 0.004 in "
                   "epoch 3, at the end 1.6e-08");
  gtk_test_accessible_assert_role (view, GTK_ACCESSIBLE_ROLE_IMG);
  gtk_test_accessible_assert_property (view, GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                       atelier_rate_view_get_words (view));
  type (fixture, "epochs", "1");
  g_assert_nonnull (strstr (atelier_rate_view_get_words (view), "in epoch 1"));
}

static GBytes *
get_pictures (AtelierAugmentView *view)
{
  GByteArray *bytes = g_byte_array_new ();

  for (guint i = 0; i < ATELIER_N_AUGMENTED; i++)
    g_byte_array_append (bytes, atelier_augment_view_get_pixels (view, i), 28 * 28);

  return g_byte_array_free_to_bytes (bytes);
}

/* Other pictures with the values that they are made from, and not with others. */
static void
test_augment_view (Fixture       *fixture,
                   gconstpointer  data)
{
  AtelierAugmentView *view = find_in (fixture->panel, ATELIER_TYPE_AUGMENT_VIEW);
  g_autoptr (GBytes) plain = get_pictures (view);
  g_autoptr (GBytes) shifted = NULL;
  g_autoptr (GBytes) other_rate = NULL;
  g_autoptr (GBytes) other_seed = NULL;
  g_autoptr (GBytes) next = NULL;
  g_autoptr (GBytes) again = NULL;

  app_wait_for_frame (fixture->window);
  type (fixture, "augment_shift", "0.3");
  shifted = get_pictures (view);
  g_assert_false (g_bytes_equal (plain, shifted));
  type (fixture, "learning_rate", "0.3");
  other_rate = get_pictures (view);
  g_assert_true (g_bytes_equal (shifted, other_rate));
  g_assert_true (says (fixture->panel, "As the network sees them in epoch 1"));
  app_click (gtk_widget_get_ancestor (GTK_WIDGET (view), GTK_TYPE_BUTTON));
  next = get_pictures (view);
  g_assert_false (g_bytes_equal (shifted, next));
  g_assert_true (says (fixture->panel, "As the network sees them in epoch 2"));
  type (fixture, "seed", "2");
  other_seed = get_pictures (view);
  g_assert_false (g_bytes_equal (next, other_seed));
  type (fixture, "augment_shift", "0");
  again = get_pictures (view);
  g_assert_true (g_bytes_equal (plain, again));
}

static void
test_advice (Fixture       *fixture,
             gconstpointer  data)
{
  app_wait_for_frame (fixture->window);
  g_assert_false (says (fixture->panel, "Early stopping may"));
  choose (fixture, "schedule", ATELIER_SCHEDULE_COSINE);
  type (fixture, "patience", "3");
  app_wait_for_frame (fixture->window);
  g_assert_true (says (fixture->panel, "Early stopping may end training before the schedule"));
  type (fixture, "patience", "0");
  g_assert_false (says (fixture->panel, "Early stopping may"));
}

/* A value that is none is not left where nobody sees it. */
static void
test_unfolds (Fixture       *fixture,
              gconstpointer  data)
{
  GtkExpander *expander = find_expander (fixture);
  AtelierRecipeRow *row = find_row (fixture->panel, "seed");

  gtk_expander_set_expanded (expander, FALSE);
  atelier_recipe_row_set_text (row, "-5");
  g_assert_true (gtk_expander_get_expanded (expander));
}

/* Whether the focus is in the row of that member. */
static gboolean
is_focused (WindowFixture *fixture,
            const char    *name)
{
  GtkWidget *focus = gtk_window_get_focus (GTK_WINDOW (fixture->window));

  return focus
         && gtk_widget_is_ancestor (focus, GTK_WIDGET (find_row (fixture->window, name)));
}

/* Tab goes through the rows in their order; what is typed there is the recipe, and Ctrl+Z takes it
 * back. */
static void
test_keyboard (WindowFixture *fixture,
               gconstpointer  data)
{
  static const char * const names[] = {
    "beta_1", "beta_2", "epsilon", "learning_rate", "schedule",
  };
  AtelierSession *session = atelier_window_get_session (fixture->window);
  const guint seed = 1;

  if (!pointer_can_be_moved ())
    return;
  keyboard_focus_window (GTK_WINDOW (fixture->window));
  app_activate (fixture->window, "win.edit-network", NULL);
  app_wait_for_frame (GTK_WIDGET (fixture->window));
  g_assert_true (gtk_widget_child_focus (GTK_WIDGET (find_row (fixture->window, "optimizer")),
                                         GTK_DIR_TAB_FORWARD));
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      keyboard_press (GTK_WINDOW (fixture->window), "Tab");
      g_test_message ("%s", names[i]);
      g_assert_true (is_focused (fixture, names[i]));
    }
  keyboard_press (GTK_WINDOW (fixture->window), "shift+Tab");
  g_assert_true (is_focused (fixture, "learning_rate"));
  keyboard_press (GTK_WINDOW (fixture->window), "ctrl+a 0 period 0 2");
  g_assert_cmpfloat (app_get_recipe_values (fixture->window)->learning_rate, ==, 0.02);
  keyboard_press (GTK_WINDOW (fixture->window), "ctrl+z");
  g_assert_cmpfloat (app_get_recipe_values (fixture->window)->learning_rate, ==, 0.001);
  keyboard_press (GTK_WINDOW (fixture->window), "ctrl+shift+z");
  g_assert_cmpfloat (app_get_recipe_values (fixture->window)->learning_rate, ==, 0.02);
  /* The button behind the value, which takes it back. */
  keyboard_press (GTK_WINDOW (fixture->window), "Tab space");
  g_assert_cmpfloat (app_get_recipe_values (fixture->window)->learning_rate, ==, 0.001);
  g_assert_true (is_focused (fixture, "learning_rate"));
  g_assert_cmpuint (atelier_recipe_get_values (atelier_session_get_recipe (session))->seed, ==,
                    seed);
}

/* While a run goes on nothing here can be changed. */
static void
test_locked (WindowFixture *fixture,
             gconstpointer  data)
{
  g_autoptr (GPtrArray) rows = NULL;

  app_activate (fixture->window, "win.edit-network", NULL);
  rows = app_find_all (fixture->window, ATELIER_TYPE_RECIPE_ROW);
  for (guint i = 0; i < rows->len; i++)
    g_assert_false (gtk_widget_is_sensitive (g_ptr_array_index (rows, i)));
  g_assert_false (gtk_widget_is_sensitive (find_button (fixture->window, "_Reset")));
  g_assert_true (says (find_in (fixture->window, ATELIER_TYPE_RECIPE_PANEL),
                       "Locked while training"));
}

static void
add (const char *path,
     void      (*test) (Fixture *, gconstpointer))
{
  g_test_add (path, Fixture, NULL, set_up, test, tear_down);
}

int
main (int   argc,
      char *argv[])
{
  app_test_init (&argc, &argv);

  add ("/app/recipe-panel/each-member", test_each_member);
  add ("/app/recipe-panel/rates", test_rates);
  add ("/app/recipe-panel/refused", test_refused);
  add ("/app/recipe-panel/threads", test_threads);
  add ("/app/recipe-panel/choices", test_choices);
  add ("/app/recipe-panel/changes", test_changes);
  add ("/app/recipe-panel/rate-view", test_rate_view);
  add ("/app/recipe-panel/augment-view", test_augment_view);
  add ("/app/recipe-panel/advice", test_advice);
  add ("/app/recipe-panel/unfolds", test_unfolds);
  WINDOW_ADD_TEST ("/app/recipe-panel/keyboard", WINDOW_OPEN, test_keyboard);
  WINDOW_ADD_TEST ("/app/recipe-panel/locked", WINDOW_RUNNING, test_locked);

  return g_test_run ();
}
