/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What the tests of the window share: a display, a running application, waiting, the parts of a
 * window, finding widgets.
 *
 * A test gets the window's parts from the functions here, so that a change of where they come from
 * is made in one file.
 */

#pragma once

#include "shell/atelier-window.h"
#include "train/atelier-train-page.h"

/* The longest that a busy machine with sanitizers takes for anything here. */
#define APP_WAIT_SECONDS 240

/* Runs the main loop until @condition holds; fails the test when it takes too long. */
#define app_wait_until(condition)                                      \
  G_STMT_START                                                         \
    {                                                                  \
      gint64 _deadline = app_wait_begin ();                            \
                                                                       \
      while (!(condition) && g_get_monotonic_time () < _deadline)      \
        g_main_context_iteration (NULL, TRUE);                         \
      app_wait_end ();                                                 \
      g_assert_true (condition);                                       \
    }                                                                  \
  G_STMT_END

gint64              app_wait_begin        (void);
void                app_wait_end          (void);
/* Lets the frame clock draw what has changed. */
void                app_wait_for_frame    (GtkWidget  *widget);

/* g_test_init () and adw_init (); where there is no display the test program is skipped.
 *
 * The user's cache, configuration, data and state folders are below app_get_folder () from here
 * on, so that a test neither reads a person's settings nor changes the list of recently used
 * files. */
void                app_test_init         (int        *argc,
                                           char     ***argv);
/* The test program's temporary folder, removed when the program ends; borrowed. */
const char         *app_get_folder        (void);
/* The one application of a test program, registered; borrowed. */
AtelierApplication *app_get               (void);
/* A window on the screen with the Sketched garments loaded. */
AtelierWindow      *app_open_window       (void);
/* The same with other data; @spec as for atelier_session_load_data (). */
AtelierWindow      *app_open_window_with  (const char    *spec);
/* Stops what the window is doing, closes it and waits until it and its trainer are finalised. */
void                app_close_window      (AtelierWindow *window);
void                app_activate          (gpointer    widget,
                                           const char *action,
                                           const char *string_target); /* nullable */
gboolean            app_is_action_enabled (AtelierWindow *window,
                                           const char *group,          /* "win" or "run" */
                                           const char *name);

/* The parts of a window; borrowed. */
AtelierTrainer     *app_get_trainer       (AtelierWindow *window);
AtelierHistory     *app_get_history       (AtelierWindow *window); /* NULL before the first run */
AtelierDataset     *app_get_dataset       (AtelierWindow *window); /* NULL until it is loaded */
AtelierTrainPage   *app_get_train_page    (AtelierWindow *window);
/* The values of the recipe that the window trains with; borrowed. */
const AtelierRecipeValues *app_get_recipe_values (AtelierWindow *window);
AtelierTrainerState app_get_state         (AtelierWindow *window);
/* Finished epochs of the window's run; 0 before there was a run. */
guint               app_get_n_epochs      (AtelierWindow *window);
/* The window's recipe for another number of epochs. */
void                app_set_epochs        (AtelierWindow *window,
                                           guint          n_epochs);
/* Enters a number into the sidebar's field @title. */
void                app_set_number        (AtelierWindow *window,
                                           const char    *title,
                                           const char    *text);
/* Clicks @button, which must be sensitive. */
void                app_click             (GtkWidget   *button);

/* All descendants of a type, in the tree's order; transfer container. */
GPtrArray          *app_find_all          (gpointer    root,
                                           GType       type);
/* Whether a label in @root contains @text. */
gboolean            app_has_label         (gpointer    root,
                                           const char *text);
/* The one descendant of a type whose "title" or "label" is @text. */
gpointer            app_find_titled       (gpointer    root,
                                           GType       type,
                                           const char *text);
