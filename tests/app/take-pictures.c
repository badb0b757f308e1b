/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Goes through the real window as a person would and takes a picture at every stop.
 *
 * The pictures show what no test can judge: spacing, cut-off text, contrast, empty states; those of
 * the README come from here too.  They are of the whole display, since menus and dialogs are
 * windows of their own.  tools/take-pictures gives it a display of the wanted size, and runs it for
 * each size and theme.  The seed is fixed, so that one machine gives the same pictures.
 *
 *   take-pictures FOLDER PREFIX WIDTH HEIGHT TEXT-SCALE
 */

#include "config.h"

#include <glib/gstdio.h>
#include <stdlib.h>

#include "app-window.h"
#include "draw-fixture.h"
#include "draw/answer/atelier-likeness-card.h"
#include "draw/stages/atelier-ground-popover.h"
#include "draw/stages/atelier-stage-view.h"
#include "ground-pictures.h"
#include "inspect/atelier-inspector.h"
#include "network/atelier-editor-row.h"
#include "network/atelier-rate-chart.h"
#include "network/atelier-rate-window.h"
#include "network/atelier-recipe-row.h"
#include "pointer.h"
#include "shell/atelier-help-window.h"

#define USUAL_DPI (96 * 1024)
#define N_EPOCHS 5
#define N_EPOCHS_BEFORE_LOOKING 3

typedef struct
{
  const char    *folder;
  const char    *prefix;
  AtelierWindow *window;
} Tour;

/* Waiting */

static gboolean
is_type_on_screen (gpointer    root,
                   const char *type_name)
{
  GType type = g_type_from_name (type_name);
  g_autoptr (GPtrArray) found = type ? app_find_all (root, type) : NULL;

  for (guint i = 0; found && i < found->len; i++)
    if (gtk_widget_get_mapped (g_ptr_array_index (found, i)))
      return TRUE;

  return FALSE;
}

static void
on_picture_taken_cb (GObject      *source,
                     GAsyncResult *result,
                     gpointer      user_data)
{
  g_autoptr (GError) error = NULL;

  if (!g_subprocess_wait_check_finish (G_SUBPROCESS (source), result, &error))
    g_error ("%s", error->message);
  *(gboolean *) user_data = TRUE;
}

/* Two frames: a layout that is requested in the first is drawn in the second. */
static void
take (Tour       *tour,
      const char *name)
{
  g_autofree char *file = g_strdup_printf ("%s-%s.png", tour->prefix, name);
  g_autofree char *path = g_build_filename (tour->folder, file, NULL);
  g_autoptr (GSubprocess) process = NULL;
  g_autoptr (GError) error = NULL;
  gboolean is_taken = FALSE;

  app_wait_for_frame (GTK_WIDGET (tour->window));
  app_wait_for_frame (GTK_WIDGET (tour->window));
  process = g_subprocess_new (G_SUBPROCESS_FLAGS_NONE, &error, "import", "-window", "root",
                              "-strip", "+dither", "-colors", "200", path, NULL);
  if (process == NULL)
    g_error ("%s", error->message);
  g_subprocess_wait_check_async (process, NULL, on_picture_taken_cb, &is_taken);
  app_wait_until (is_taken);
}

static GtkWindow *
find_dialog (GType type)
{
  GListModel *toplevels = gtk_window_get_toplevels ();

  for (guint i = 0; i < g_list_model_get_n_items (toplevels); i++)
    {
      g_autoptr (GtkWindow) toplevel = g_list_model_get_item (toplevels, i);

      if (G_TYPE_CHECK_INSTANCE_TYPE (toplevel, type)
          && gtk_widget_get_mapped (GTK_WIDGET (toplevel)))
        return toplevel;
    }

  return NULL;
}

static void
take_dialog (Tour       *tour,
             GType       type,
             const char *name)
{
  GtkWindow *dialog;

  app_wait_until (find_dialog (type));
  dialog = find_dialog (type);
  app_wait_for_frame (GTK_WIDGET (dialog));
  take (tour, name);
  gtk_window_close (dialog);
  app_wait_until (find_dialog (type) == NULL);
}

/* Stops */

static AtelierTrainPage *
get_page (Tour *tour)
{
  return app_get_train_page (tour->window);
}

static void
open_window (Tour *tour,
             int   width,
             int   height)
{
  tour->window = atelier_window_new (app_get ());
  gtk_window_set_default_size (GTK_WINDOW (tour->window), width, height);
  app_set_epochs (tour->window, N_EPOCHS);
  atelier_session_load_data (atelier_window_get_session (tour->window), "auto");
  gtk_window_present (GTK_WINDOW (tour->window));
  app_wait_until (app_get_dataset (tour->window));
  take (tour, "start");
}

/* A whole search on the data. */
static void
show_rates (Tour *tour)
{
  g_autoptr (GPtrArray) charts = NULL;

  app_activate (tour->window, "network.find-rate", NULL);
  app_wait_until (find_dialog (ATELIER_TYPE_RATE_WINDOW));
  charts = app_find_all (find_dialog (ATELIER_TYPE_RATE_WINDOW), ATELIER_TYPE_RATE_CHART);
  app_wait_until (atelier_rate_chart_get_rate (g_ptr_array_index (charts, 0)) > 0.0);
  take_dialog (tour, ATELIER_TYPE_RATE_WINDOW, "rates");
}

/* A recipe with changes, advice and a value that is none. */
static void
show_recipe (Tour *tour)
{
  static const struct { const char *name; const char *text; } typed[] = {
    { "learning_rate", "0.004" },   { "augment_mirror", "0.5" }, { "augment_shift", "0.1" },
    { "augment_rotation", "12" }, { "patience", "3" },         { "clip_norm", "-1" },
  };
  g_autoptr (GPtrArray) rows = app_find_all (tour->window, ATELIER_TYPE_RECIPE_ROW);
  AtelierSession *session = atelier_window_get_session (tour->window);
  AtelierRecipeValues values = *atelier_recipe_get_values (atelier_session_get_recipe (session));
  g_autoptr (AtelierRecipe) recipe = NULL;

  values.schedule = ATELIER_SCHEDULE_ONE_CYCLE;
  values.optimizer = ATELIER_OPTIMIZER_ADAMW;
  recipe = atelier_recipe_new (&values, NULL);
  atelier_session_edit_recipe (session, recipe, FALSE);
  for (guint i = 0; i < G_N_ELEMENTS (typed); i++)
    for (guint k = 0; k < rows->len; k++)
      {
        AtelierRecipeRow *row = g_ptr_array_index (rows, k);

        if (g_str_equal (atelier_recipe_row_get_member (row)->name, typed[i].name))
          atelier_recipe_row_set_text (row, typed[i].text);
      }
  take (tour, "network-recipe");
}

/* A block, a layer that does not fit, an open row, and the menu of layers. */
static void
show_network (Tour *tour)
{
  AtelierNetworkDraft *draft
    = atelier_session_get_draft (atelier_window_get_session (tour->window));
  AtelierDraftPlace place = { .block = ATELIER_NO_LAYER, .index = 2 };
  g_autoptr (GPtrArray) rows = NULL;

  app_activate (tour->window, "win.edit-network", NULL);
  take (tour, "network");
  atelier_network_draft_insert (draft, &place, ATELIER_LAYER_RESIDUAL);
  place.index = 6;
  atelier_network_draft_insert (draft, &place, ATELIER_LAYER_DENSE);
  rows = app_find_all (tour->window, ATELIER_TYPE_EDITOR_ROW);
  gtk_widget_activate (g_ptr_array_index (rows, 1));
  take (tour, "network-misfit");
  show_recipe (tour);
  atelier_editor_row_pop_up (g_ptr_array_index (rows, 2));
  take (tour, "network-menu");
  while (atelier_network_draft_can_undo (draft))
    atelier_network_draft_undo (draft);
  show_rates (tour);
  app_activate (tour->window, "win.back", NULL);
}

static void
train (Tour *tour)
{
  AtelierTrainer *trainer = app_get_trainer (tour->window);
  AtelierHistory *history;

  app_activate (tour->window, "run.toggle", NULL);
  history = atelier_trainer_get_history (trainer);
  app_wait_until (atelier_history_get_n_epochs (history) >= N_EPOCHS_BEFORE_LOOKING);
  take (tour, "training");
  app_wait_until (!atelier_trainer_is_active (trainer));
  take (tour, "trained");
  app_wait_until (!is_type_on_screen (tour->window, "AdwToastWidget"));
}

static void
show_cell (Tour *tour)
{
  AtelierFocus *focus = atelier_train_page_get_focus (get_page (tour));
  AtelierConfusedPair pair;
  AtelierSelection selection = { ATELIER_SELECT_CELL, 0, 0 };

  atelier_confusion_get_worst_pairs (atelier_focus_get_confusion (focus), &pair, 1);
  selection.truth = pair.truth;
  selection.prediction = pair.prediction;
  atelier_focus_set_selection (focus, &selection);
  take (tour, "cell");

  g_object_set (atelier_train_page_get_matrix_panel (get_page (tour)), "show-classes", TRUE, NULL);
  take (tour, "classes");
  g_object_set (atelier_train_page_get_matrix_panel (get_page (tour)), "show-classes", FALSE, NULL);
}

static void
show_inspector (Tour *tour)
{
  g_autoptr (GPtrArray) views =
    app_find_all (atelier_train_page_get_gallery (get_page (tour)), GTK_TYPE_GRID_VIEW);

  g_signal_emit_by_name (g_ptr_array_index (views, 0), "activate", 0);
  take_dialog (tour, ATELIER_TYPE_INSPECTOR, "inspector");
}

static void
show_menus (Tour *tour)
{
  g_autoptr (GPtrArray) buttons = app_find_all (tour->window, GTK_TYPE_MENU_BUTTON);

  for (guint i = 0; i < buttons->len; i++)
    {
      GtkMenuButton *button = g_ptr_array_index (buttons, i);
      g_autofree char *name = g_strdup_printf ("menu-%u", i);

      if (!gtk_widget_get_mapped (GTK_WIDGET (button))
          || !gtk_widget_is_sensitive (GTK_WIDGET (button)))
        continue;
      gtk_menu_button_popup (button);
      take (tour, name);
      gtk_menu_button_popdown (button);
    }
}

/* Opens a picture of a garment on blue cloth. */
static void
open_photograph (Tour            *tour,
                 AtelierDrawPage *page)
{
  AtelierDataset *dataset = app_get_dataset (tour->window);
  g_autofree char *path = g_build_filename (tour->folder, "photograph.png", NULL);
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GError) error = NULL;
  g_autofree guint8 *rgba = NULL;
  g_autoptr (GdkPixbuf) pixbuf = NULL;
  guint side;

  rgba = ground_pictures_make (GROUND_BLUE, atelier_dataset_get_image (dataset, 0), 3, &side);
  pixbuf = gdk_pixbuf_new_from_data (rgba, GDK_COLORSPACE_RGB, TRUE, 8, (int) side, (int) side,
                                     (int) side * 4, NULL, NULL);
  if (!gdk_pixbuf_save (pixbuf, path, "png", &error, NULL))
    g_error ("%s", error->message);
  atelier_draw_page_open_picture (page, file);
  app_wait_until (!atelier_draw_page_get_is_busy (page));
  g_unlink (path);
}

static void
show_ground_popover (Tour            *tour,
                     AtelierDrawPage *page)
{
  g_autoptr (GPtrArray) popovers = app_find_all (page, ATELIER_TYPE_GROUND_POPOVER);
  g_autoptr (GPtrArray) views = app_find_all (page, ATELIER_TYPE_STAGE_VIEW);
  GtkWidget *view = g_ptr_array_index (views, 0);

  open_photograph (tour, page);
  take (tour, "draw-picture");
  gtk_widget_activate_action (view, "draw.pick-ground", "(dd)", 0.2, 0.3);
  app_wait_for_frame (view);
  app_wait_until (!atelier_draw_page_get_is_busy (page));
  gtk_widget_activate_action (view, "draw.point-at-ground", NULL);
  app_wait_until (gtk_widget_get_mapped (g_ptr_array_index (popovers, 0)));
  take (tour, "draw-ground");
  gtk_popover_popdown (g_ptr_array_index (popovers, 0));
}

static void
show_draw_page (Tour *tour)
{
  g_autoptr (GPtrArray) pages = app_find_all (tour->window, ATELIER_TYPE_DRAW_PAGE);
  g_autoptr (GPtrArray) cards = app_find_all (tour->window, ATELIER_TYPE_LIKENESS_CARD);

  app_activate (tour->window, "win.page", "draw");
  take (tour, "draw-empty");
  draw_bag (atelier_draw_page_get_sketch (g_ptr_array_index (pages, 0)));
  app_wait_until (atelier_likeness_card_get_neighborhood (g_ptr_array_index (cards, 0)) != NULL);
  take (tour, "draw");
  show_ground_popover (tour, g_ptr_array_index (pages, 0));
}

static void
show_data_page (Tour *tour)
{
  app_activate (tour->window, "win.page", "data");
  take (tour, "data-early");
  app_wait_until (!is_type_on_screen (tour->window, "GtkSpinner"));
  take (tour, "data");
  app_activate (tour->window, "win.page", "train");
}

static void
show_dialogs (Tour *tour)
{
  g_autoptr (AtelierRecipe) recipe = NULL;
  AtelierRecipeValues values;

  app_activate (tour->window, "win.show-help-overlay", NULL);
  take_dialog (tour, GTK_TYPE_SHORTCUTS_WINDOW, "shortcuts");
  app_activate (tour->window, "win.help", NULL);
  take_dialog (tour, ATELIER_TYPE_HELP_WINDOW, "help");
  gtk_window_close (GTK_WINDOW (tour->window));
  take_dialog (tour, ADW_TYPE_MESSAGE_DIALOG, "unsaved");

  /* The sidebar differs from the run, and its recipe has a momentum. */
  app_activate (tour->window, "win.network", "report-1");
  values = *atelier_recipe_get_values (atelier_run_record_get_recipe (
    atelier_trainer_get_record (app_get_trainer (tour->window))));
  values.optimizer = ATELIER_OPTIMIZER_SGD;
  recipe = atelier_recipe_new (&values, NULL);
  atelier_session_set_recipe (atelier_window_get_session (tour->window), recipe);
  take (tour, "other-recipe");
}

/* A run that has an average beside its newest weights: which are measured, and which are saved. */
static void
show_weights (Tour *tour)
{
  AtelierSession *session = atelier_window_get_session (tour->window);
  AtelierRecipeValues values = *app_get_recipe_values (tour->window);
  AtelierFocus *focus = atelier_train_page_get_focus (get_page (tour));
  g_autoptr (AtelierRecipe) recipe = NULL;

  values.optimizer = ATELIER_OPTIMIZER_ADAM;
  values.average_decay = 0.99;
  values.n_epochs = 1;
  recipe = atelier_recipe_new (&values, NULL);
  atelier_session_set_recipe (session, recipe);
  app_activate (tour->window, "run.toggle", NULL);
  app_wait_until (!atelier_trainer_is_active (app_get_trainer (tour->window)));
  app_wait_until (!is_type_on_screen (tour->window, "AdwToastWidget"));
  atelier_focus_set_split (focus, ATELIER_SPLIT_TEST);
  take (tour, "test-lock");
  app_activate (tour->window, "win.save-model", NULL);
  take_dialog (tour, ADW_TYPE_MESSAGE_DIALOG, "weights");
}

int
main (int   argc,
      char *argv[])
{
  Tour tour;

  if (argc != 6)
    {
      g_printerr ("Usage: take-pictures FOLDER PREFIX WIDTH HEIGHT TEXT-SCALE\n");
      return EXIT_FAILURE;
    }
  tour = (Tour) { .folder = argv[1], .prefix = argv[2] };
  adw_init ();
  g_object_set (gtk_settings_get_default (), "gtk-enable-animations", FALSE,
                "gtk-font-name", "Cantarell 11",
                "gtk-xft-dpi", (int) (USUAL_DPI * g_ascii_strtod (argv[5], NULL)), NULL);

  open_window (&tour, atoi (argv[3]), atoi (argv[4]));
  pointer_do (GTK_WIDGET (tour.window), "mousemove 2 2"); /* where it has no tooltip */
  show_network (&tour);
  train (&tour);
  show_cell (&tour);
  show_inspector (&tour);
  show_menus (&tour);
  show_draw_page (&tour);
  show_data_page (&tour);
  show_dialogs (&tour);
  show_weights (&tour);
  app_activate (tour.window, "win.stop-and-close", NULL);

  return EXIT_SUCCESS;
}
