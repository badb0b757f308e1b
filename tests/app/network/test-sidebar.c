/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What the sidebar says of data in which classes are missing, and of the network that follows
 * them. */

#include "config.h"

#include "app-window.h"
#include "data/atelier-class-coverage.h"
#include "network/atelier-layer-row.h"
#include "network/atelier-sidebar.h"

#define N_TRAIN 24
#define SIDE 8

static const char * const class_names[] = { "Bag", "Shirt", "Coat", NULL };

typedef struct
{
  GtkWidget      *window;
  AtelierSession *session; /* Owned */
  AtelierSidebar *sidebar;
} Fixture;

static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  fixture->session = atelier_session_new ();
  fixture->window = gtk_window_new ();
  fixture->sidebar = g_object_new (ATELIER_TYPE_SIDEBAR, "session", fixture->session, NULL);
  gtk_window_set_child (GTK_WINDOW (fixture->window), GTK_WIDGET (fixture->sidebar));
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  gtk_window_destroy (GTK_WINDOW (fixture->window));
  g_assert_finalize_object (fixture->session);
}

/* Black pictures; the labels are sorted, or come in turn. */
static void
show (Fixture  *fixture,
      gboolean  is_sorted)
{
  g_autoptr (GBytes) images = g_bytes_new_take (g_malloc0 (N_TRAIN * SIDE * SIDE),
                                                N_TRAIN * SIDE * SIDE);
  const guint n_classes = g_strv_length ((char **) class_names);
  guint8 labels[N_TRAIN];
  g_autoptr (GBytes) label_bytes = NULL;
  g_autoptr (AtelierDataset) dataset = NULL;
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < N_TRAIN; i++)
    labels[i] = (guint8) (is_sorted ? i * n_classes / N_TRAIN : i % n_classes);
  label_bytes = g_bytes_new (labels, N_TRAIN);
  dataset = atelier_dataset_new (&(AtelierDatasetParts) {
                                   .id = "folder", .name = "Black", .source = "made for a test",
                                   .height = SIDE, .width = SIDE, .channels = 1,
                                   .class_names = class_names, .n_validation = 4,
                                   .train_images = images, .train_labels = label_bytes,
                                   .test_images = images, .test_labels = label_bytes },
                                 &error);
  g_assert_no_error (error);
  atelier_session_set_dataset (fixture->session, dataset);
}

static void
test_missing_classes (Fixture       *fixture,
                      gconstpointer  data)
{
  g_autofree char *words = NULL;
  GtkWidget *note;

  show (fixture, TRUE);
  words = atelier_class_coverage_describe (atelier_session_get_splits (fixture->session));
  note = app_find_titled (fixture->sidebar, GTK_TYPE_LABEL, words);
  g_assert_nonnull (strstr (words, "sorted by class"));
  g_assert_true (gtk_widget_get_visible (note));

  show (fixture, FALSE);
  g_assert_false (gtk_widget_get_visible (note));
}

/* The last layer has as many outputs as there are classes. */
static void
test_network_follows_the_data (Fixture       *fixture,
                               gconstpointer  data)
{
  AtelierNetwork *network;
  g_autofree char *last = NULL;

  show (fixture, FALSE);
  network = atelier_session_get_network (fixture->session);
  last = atelier_network_describe_layer (network, atelier_network_get_n_layers (network) - 1);
  g_assert_nonnull (strstr (last, "3"));
  app_find_titled (fixture->sidebar, GTK_TYPE_LABEL, last);
}

/* The layers that a residual block holds have rows of their own, which begin further in. */
static void
test_block (Fixture       *fixture,
            gconstpointer  data)
{
  AtelierLayer layers[5];
  g_autoptr (AtelierNetwork) network = NULL;
  g_autoptr (GtkWidget) box = g_object_ref_sink (gtk_list_box_new ());
  g_autoptr (GError) error = NULL;
  static const char * const words[] = {
    "Flatten", "Residual · linear", "Batch norm · linear", "Shortcut: Dropout 20 %",
    "Dense 3 · softmax"
  };

  atelier_layer_init (&layers[0], ATELIER_LAYER_FLATTEN);
  atelier_layer_init (&layers[1], ATELIER_LAYER_RESIDUAL);
  layers[1].n_body = 1;
  layers[1].n_shortcut = 1;
  atelier_layer_init (&layers[2], ATELIER_LAYER_BATCH_NORM);
  atelier_layer_init (&layers[3], ATELIER_LAYER_DROPOUT);
  atelier_layer_init (&layers[4], ATELIER_LAYER_DENSE);
  layers[4].units = 3;
  network = atelier_network_new ("n", SIDE, SIDE, 1, layers, G_N_ELEMENTS (layers), &error);
  g_assert_no_error (error);
  for (guint i = 0; i < G_N_ELEMENTS (layers); i++)
    {
      GtkWidget *row = atelier_layer_row_new (network, i);
      GtkWidget *label;

      gtk_list_box_append (GTK_LIST_BOX (box), row);
      label = app_find_titled (row, GTK_TYPE_LABEL, words[i]);
      g_assert_cmpint (gtk_widget_get_margin_start (label) > 0, ==, i == 2 || i == 3);
    }
}

/* The list is of the network that fitted last; that it is another than is edited is said. */
static void
test_unfit_draft (Fixture       *fixture,
                  gconstpointer  data)
{
  AtelierNetworkDraft *draft = atelier_session_get_draft (fixture->session);
  GtkWidget *note
    = app_find_titled (fixture->sidebar, GTK_TYPE_LABEL,
                       "What is being edited does not fit yet. Train waits until it does.");

  g_assert_false (gtk_widget_get_visible (note));
  atelier_network_draft_remove (draft, 6);
  g_assert_true (gtk_widget_get_visible (note));
  atelier_network_draft_undo (draft);
  g_assert_false (gtk_widget_get_visible (note));
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

  add ("/app/sidebar/missing-classes", test_missing_classes);
  add ("/app/sidebar/unfit-draft", test_unfit_draft);
  add ("/app/sidebar/block", test_block);
  add ("/app/sidebar/network-follows-the-data", test_network_follows_the_data);

  return g_test_run ();
}
