/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Tooltips whose text GTK asks for. */

#include "config.h"

#include "kit/atelier-tooltip.h"

#include "app-window.h"

static gboolean
has_tooltip (GtkWidget *widget)
{
  g_autoptr (GtkTooltip) tooltip = g_object_new (GTK_TYPE_TOOLTIP, NULL);
  gboolean is_shown = FALSE;

  g_signal_emit_by_name (widget, "query-tooltip", 1, 1, FALSE, tooltip, &is_shown);

  return is_shown;
}

static void
test_text (void)
{
  g_autoptr (GtkWidget) label = g_object_ref_sink (gtk_label_new ("0.96"));

  g_assert_false (has_tooltip (label));
  atelier_tooltip_set_text (label, "the share of right answers");
  g_assert_true (gtk_widget_get_has_tooltip (label));
  g_assert_true (has_tooltip (label));
  atelier_tooltip_set_text (label, "another");
  g_assert_cmpstr (atelier_tooltip_get_text (label), ==, "another");
  atelier_tooltip_set_text (label, NULL);
  g_assert_false (has_tooltip (label));
  g_assert_null (atelier_tooltip_get_text (label));
}

int
main (int   argc,
      char *argv[])
{
  app_test_init (&argc, &argv);

  g_test_add_func ("/app/tooltip/text", test_text);

  return g_test_run ();
}
