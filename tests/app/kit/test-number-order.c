/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Which numbers are isolated in a text that runs from right to left, and that they are then shown
 * in their order. */

#include "config.h"

#include "app-window.h"
#include "kit/atelier-number-order.h"

#define BEGIN "\u2066"
#define END "\u2069"

static GtkLabel *
new_label (GtkTextDirection direction)
{
  GtkWidget *label = g_object_ref_sink (gtk_label_new (NULL));

  gtk_widget_set_direction (label, direction);

  return GTK_LABEL (label);
}

static void
assert_kept (GtkTextDirection  direction,
             const char       *text,
             const char       *expected)
{
  g_autoptr (GtkLabel) label = new_label (direction);

  atelier_number_order_set_label (label, text);
  g_assert_cmpstr (gtk_label_get_label (label), ==, expected);
}

static void
test_isolates (void)
{
  static const char * const texts[][2] = {
    { "28×28×32", BEGIN "28×28×32" END },
    { "28 × 28", BEGIN "28 × 28" END },
    { "0 %", BEGIN "0 %" END },
    { "90.34\u00a0% right", BEGIN "90.34\u00a0%" END " right" },
    { "Conv 32 · 3×3 · ReLU", "Conv 32 · " BEGIN "3×3" END " · ReLU" },
    { "bag.png, 1,280 × 800.", "bag.png, " BEGIN "1,280 × 800" END "." },
    { "by −0.5", "by " BEGIN "−0.5" END },
  };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    assert_kept (GTK_TEXT_DIR_RTL, texts[i][0], texts[i][1]);
}

static void
test_leaves_alone (void)
{
  static const char * const texts[] = {
    "", "28", "55,000 pictures", "0.273, at epoch 5.", "fashion-mnist-2", "5 of 5", "T-shirt/top",
  };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    assert_kept (GTK_TEXT_DIR_RTL, texts[i], texts[i]);
  assert_kept (GTK_TEXT_DIR_LTR, "28×28×32", "28×28×32");
}

/* Whether the first character is shown left of the last one. */
static gboolean
is_in_order (const char *text)
{
  g_autoptr (GtkLabel) label = new_label (GTK_TEXT_DIR_RTL);
  PangoRectangle first, last;
  PangoLayout *layout;
  const char *shown;

  atelier_number_order_set_label (label, text);
  layout = gtk_label_get_layout (label);
  shown = pango_layout_get_text (layout);
  pango_layout_index_to_pos (layout, (int) (strchr (shown, text[0]) - shown), &first);
  pango_layout_index_to_pos (
    layout, (int) (strrchr (shown, text[strlen (text) - 1]) - shown), &last);

  return first.x < last.x;
}

static void
test_shows_in_order (void)
{
  g_assert_true (is_in_order ("28×28×32"));
  g_assert_true (is_in_order ("32 × 18"));
  g_assert_true (is_in_order ("0 %"));
}

int
main (int   argc,
      char *argv[])
{
  app_test_init (&argc, &argv);

  g_test_add_func ("/app/number-order/isolates", test_isolates);
  g_test_add_func ("/app/number-order/leaves-alone", test_leaves_alone);
  g_test_add_func ("/app/number-order/shows-in-order", test_shows_in_order);

  return g_test_run ();
}
