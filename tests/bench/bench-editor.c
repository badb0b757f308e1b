/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Measures how long an edit of a large network takes, from the edit to the frame that shows it.
 *
 * The real window shows the editor with fifty layers.  Each edit changes the first one's stride, so
 * that the shapes of all layers behind it change, in the rows and in the picture of the network.
 * Prints one JSON object: the time that passed and what the main thread computed.
 */

#include "config.h"

#include <stdlib.h>

#include "app-window.h"
#include "frame-meter.h"

#define N_CONVOLUTIONS 47
#define N_EDITS 60

static AtelierNetwork *
new_network (void)
{
  g_autoptr (GString) json = g_string_new ("{ \"name\": \"Fifty\", \"input\": [28, 28, 1], "
                                           "\"layers\": [ ");
  g_autoptr (GError) error = NULL;
  AtelierNetwork *network;

  for (guint i = 0; i < N_CONVOLUTIONS; i++)
    g_string_append (json, "{ \"type\": \"conv2d\", \"filters\": 8, \"kernel\": 3, "
                           "\"padding\": \"same\", \"activation\": \"relu\" }, ");
  g_string_append (json, "{ \"type\": \"max_pool2d\", \"size\": 2 }, { \"type\": \"flatten\" }, "
                         "{ \"type\": \"dense\", \"units\": 10 } ] }");
  network = atelier_network_from_json (json->str, -1, "Fifty", &error);
  if (network == NULL)
    g_error ("%s", error->message);

  return network;
}

static AtelierWindow *
open_editor (void)
{
  AtelierWindow *window = atelier_window_new (app_get ());
  g_autoptr (AtelierNetwork) network = new_network ();

  atelier_session_load_data (atelier_window_get_session (window), "synthetic");
  gtk_window_present (GTK_WINDOW (window));
  app_wait_until (app_get_dataset (window));
  atelier_session_set_network (atelier_window_get_session (window), network);
  app_activate (window, "win.edit-network", NULL);
  for (guint i = 0; i < 3; i++)
    app_wait_for_frame (GTK_WIDGET (window));

  return window;
}

static const AtelierMember *
find_stride (const AtelierLayer *layer)
{
  const AtelierMembers *members = &atelier_layer_class_get (layer->kind)->members;

  for (guint i = 0; i < members->n_members; i++)
    if (g_str_equal (members->members[i].name, "stride"))
      return &members->members[i];

  g_assert_not_reached ();
}

static void
edit (AtelierNetworkDraft *draft,
      guint                stride)
{
  AtelierLayer layer = atelier_network_draft_get_row (draft, 0)->layer;

  layer.stride_height = layer.stride_width = stride;
  g_assert_true (atelier_network_draft_set_member (draft, 0, find_stride (&layer), &layer));
}

static int
compare_doubles (gconstpointer a,
                 gconstpointer b)
{
  double x = *(const double *) a;
  double y = *(const double *) b;

  return (x > y) - (x < y);
}

static void
print_times (const char *name,
             double     *ms,
             const char *end)
{
  qsort (ms, N_EDITS, sizeof *ms, compare_doubles);
  g_print ("  \"%s\": { \"p50\": %.2f, \"p95\": %.2f, \"max\": %.2f }%s\n", name, ms[N_EDITS / 2],
           ms[N_EDITS * 95 / 100], ms[N_EDITS - 1], end);
}

int
main (int   argc,
      char *argv[])
{
  double edit_ms[N_EDITS], shown_ms[N_EDITS], cpu_ms[N_EDITS];
  AtelierNetworkDraft *draft;
  AtelierWindow *window;

  adw_init ();
  window = open_editor ();
  draft = atelier_session_get_draft (atelier_window_get_session (window));
  for (guint i = 0; i < N_EDITS; i++)
    {
      gint64 start_us = g_get_monotonic_time ();
      gint64 start_cpu_us = frame_meter_get_cpu_us ();

      edit (draft, i % 2 == 0 ? 2 : 1);
      edit_ms[i] = (double) (frame_meter_get_cpu_us () - start_cpu_us) / 1e3;
      app_wait_for_frame (GTK_WIDGET (window));
      shown_ms[i] = (double) (g_get_monotonic_time () - start_us) / 1e3;
      cpu_ms[i] = (double) (frame_meter_get_cpu_us () - start_cpu_us) / 1e3;
    }
  g_print ("{\n");
  print_times ("edit_cpu_ms", edit_ms, ",");
  print_times ("shown_cpu_ms", cpu_ms, ",");
  print_times ("shown_ms", shown_ms, "");
  g_print ("}\n");
  gtk_window_destroy (GTK_WINDOW (window));

  return EXIT_SUCCESS;
}
