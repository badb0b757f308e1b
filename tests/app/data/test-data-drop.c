/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What is dropped on the Data page: a folder is opened, other things are refused in words. */

#include "config.h"

#include "app-window.h"
#include "data/atelier-data-page.h"
#include "drag.h"
#include "idx-files.h"
#include "pointer.h"

static GtkWidget *
find_words (GtkWidget  *widget,
            const char *words)
{
  g_autoptr (GPtrArray) labels = app_find_all (widget, GTK_TYPE_LABEL);

  for (guint i = 0; i < labels->len; i++)
    if (g_strcmp0 (gtk_label_get_text (g_ptr_array_index (labels, i)), words) == 0)
      return g_ptr_array_index (labels, i);

  return NULL;
}

static gboolean
has_words (GtkWidget  *widget,
           const char *words)
{
  return find_words (widget, words) != NULL;
}

/* A window on the Data page, with something to drag; NULL where nothing can be dragged. */
static AtelierWindow *
open_for_drag (GtkWidget **page,
               GtkWidget **source)
{
  g_autoptr (GPtrArray) pages = NULL;
  AtelierWindow *window;

  if (!pointer_can_be_moved ())
    return NULL;
  window = app_open_window ();
  app_activate (window, "win.page", "data");
  pages = app_find_all (window, ATELIER_TYPE_DATA_PAGE);
  *page = g_ptr_array_index (pages, 0);
  *source = drag_add_source (*page);
  app_wait_until (gtk_widget_get_mapped (*page));

  return window;
}

static void
test_drop_folder (void)
{
  g_autofree char *folder = idx_files_create_folder ();
  g_autoptr (GdkContentProvider) content = drag_new_address (folder);
  GtkWidget *page, *source;
  AtelierWindow *window = open_for_drag (&page, &source);
  AtelierDataset *dataset;

  if (window)
    {
      idx_files_write_dataset (folder, 60, 12, 5, 7, 4, TRUE);
      dataset = app_get_dataset (window);
      drag_hold (source, content, page);
      app_wait_until (drag_has_frame (page));
      drag_drop (source);
      app_wait_until (!drag_has_frame (page));
      app_wait_until (app_get_dataset (window) != dataset);
      app_wait_until (has_words (page, folder));
      app_close_window (window);
    }
  idx_files_remove_folder (folder);
}

/* What is taken is said, and what was dropped. */
static void
test_drop_others (void)
{
  g_autofree char *folder = idx_files_create_folder ();
  g_autofree char *file = g_build_filename (folder, "bag.png", NULL);
  const char * const one[] = { file, NULL };
  const char * const several[] = { folder, folder, NULL };
  struct
  {
    GdkContentProvider *content;
    const char         *what;
  } others[] = {
    { drag_new_text ("a shirt"), "Text was dropped" },
    { drag_new_files (one), "“bag.png” is not a folder" },
    { drag_new_files (several), "Several files were dropped" },
  };
  GtkWidget *page, *source;
  AtelierWindow *window = open_for_drag (&page, &source);
  AtelierDataset *dataset = window ? app_get_dataset (window) : NULL;

  g_assert_true (g_file_set_contents (file, "no picture", -1, NULL));
  for (guint i = 0; i < G_N_ELEMENTS (others); i++)
    {
      g_autofree char *words =
        g_strdup_printf ("%s. A folder with a data set can be dropped here.", others[i].what);

      if (window)
        {
          drag_hold (source, others[i].content, page);
          drag_drop (source);
          app_wait_until (has_words (GTK_WIDGET (window), words));
          g_assert_true (app_get_dataset (window) == dataset);
        }
      g_object_unref (others[i].content);
    }
  if (window)
    app_close_window (window);
  idx_files_remove_folder (folder);
}

/* A page that is left after a drop takes the next one when it is shown again. */
static void
test_drop_again (void)
{
  g_autoptr (GdkContentProvider) text = drag_new_text ("a shirt");
  GtkWidget *page, *source;
  AtelierWindow *window = open_for_drag (&page, &source);

  if (!window)
    return;
  for (guint i = 0; i < 3; i++)
    {
      const char *words = "Text was dropped. A folder with a data set can be dropped here.";
      GtkWidget *toast;

      drag_hold (source, text, page);
      drag_drop (source);
      app_wait_until (has_words (GTK_WIDGET (window), words));
      toast = gtk_widget_get_ancestor (find_words (GTK_WIDGET (window), words),
                                       g_type_from_name ("AdwToastWidget"));
      gtk_widget_activate_action (toast, "toast.dismiss", NULL);
      app_wait_until (!has_words (GTK_WIDGET (window), words));
      app_activate (window, "win.page", "train");
      app_wait_for_frame (GTK_WIDGET (window));
      app_activate (window, "win.page", "data");
      app_wait_for_frame (GTK_WIDGET (window));
    }
  app_close_window (window);
}

int
main (int   argc,
      char *argv[])
{
  app_test_init (&argc, &argv);

  g_test_add_func ("/app/data-drop/folder", test_drop_folder);
  g_test_add_func ("/app/data-drop/others", test_drop_others);
  g_test_add_func ("/app/data-drop/again", test_drop_again);

  return g_test_run ();
}
