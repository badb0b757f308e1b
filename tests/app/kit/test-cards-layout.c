/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Cards in rows: who stands beside whom, and who gets the width and the height that are left. */

#include "config.h"

#include "app-window.h"

#include "kit/atelier-cards-layout-child.h"
#include "kit/atelier-cards-layout.h"

#define SPACING 10
#define CARD_HEIGHT 100

typedef struct
{
  GtkWidget *parent;
  GtkWidget *cards[3]; /* two that may share a row, and one that stands alone */
} Fixture;

static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  GtkLayoutManager *layout = atelier_cards_layout_new (SPACING);

  fixture->parent = g_object_ref_sink (gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0));
  gtk_widget_set_layout_manager (fixture->parent, layout);
  for (guint i = 0; i < G_N_ELEMENTS (fixture->cards); i++)
    {
      GtkWidget *card = gtk_drawing_area_new ();

      fixture->cards[i] = card;
      gtk_widget_set_size_request (card, 100, CARD_HEIGHT);
      gtk_box_append (GTK_BOX (fixture->parent), card);
      if (i < 2)
        g_object_set (gtk_layout_manager_get_layout_child (layout, card), "share-width", 200,
                      "grow", 1, NULL);
    }
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  g_assert_finalize_object (fixture->parent);
}

static int
measure_height (Fixture *fixture,
                int      width)
{
  int minimum, natural;

  gtk_widget_measure (fixture->parent, GTK_ORIENTATION_VERTICAL, width, &minimum, &natural, NULL,
                      NULL);
  g_assert_cmpint (natural, ==, minimum);

  return minimum;
}

/* The width from which on the first two share a row. */
static int
get_sharing_width (Fixture *fixture)
{
  int width = 2 * 100 + SPACING;

  while (measure_height (fixture, width) > 2 * CARD_HEIGHT + SPACING)
    {
      width++;
      g_assert_cmpint (width, <, 2000);
    }

  return width;
}

static void
allocate (Fixture *fixture,
          int      width,
          int      height)
{
  gtk_widget_size_allocate (fixture->parent, &(GtkAllocation) { 0, 0, width, height }, -1);
}

static void
assert_place (Fixture *fixture,
              guint    i,
              int      x,
              int      y,
              int      width,
              int      height)
{
  graphene_rect_t bounds;

  g_assert_true (gtk_widget_compute_bounds (fixture->cards[i], fixture->parent, &bounds));
  g_assert_cmpint ((int) bounds.origin.x, ==, x);
  g_assert_cmpint ((int) bounds.origin.y, ==, y);
  g_assert_cmpint ((int) bounds.size.width, ==, width);
  g_assert_cmpint ((int) bounds.size.height, ==, height);
}

static void
test_least_width (Fixture       *fixture,
                  gconstpointer  data)
{
  int minimum, natural;

  gtk_widget_measure (fixture->parent, GTK_ORIENTATION_HORIZONTAL, -1, &minimum, &natural, NULL,
                      NULL);
  g_assert_cmpint (minimum, ==, 100);
  g_assert_cmpint (natural, ==, get_sharing_width (fixture));
}

static void
test_stacks (Fixture       *fixture,
             gconstpointer  data)
{
  int width = get_sharing_width (fixture) - 1;

  g_assert_cmpint (measure_height (fixture, width), ==, 3 * CARD_HEIGHT + 2 * SPACING);
  allocate (fixture, width, 3 * CARD_HEIGHT + 2 * SPACING);
  assert_place (fixture, 0, 0, 0, width, CARD_HEIGHT);
  assert_place (fixture, 1, 0, CARD_HEIGHT + SPACING, width, CARD_HEIGHT);
  assert_place (fixture, 2, 0, 2 * (CARD_HEIGHT + SPACING), width, CARD_HEIGHT);
}

static void
test_shares (Fixture       *fixture,
             gconstpointer  data)
{
  int width = get_sharing_width (fixture) + 20;
  int half = (width - SPACING) / 2;

  allocate (fixture, width, 2 * CARD_HEIGHT + SPACING);
  assert_place (fixture, 0, 0, 0, half, CARD_HEIGHT);
  assert_place (fixture, 1, half + SPACING, 0, half, CARD_HEIGHT);
  assert_place (fixture, 2, 0, CARD_HEIGHT + SPACING, width, CARD_HEIGHT);

  /* Only a card that expands becomes wider. */
  gtk_widget_set_hexpand (fixture->cards[1], TRUE);
  allocate (fixture, width, 2 * CARD_HEIGHT + SPACING);
  assert_place (fixture, 0, 0, 0, half - 10, CARD_HEIGHT);
  assert_place (fixture, 1, half - 10 + SPACING, 0, half + 10, CARD_HEIGHT);
}

/* What is left of the height goes to the row that grows. */
static void
test_grows (Fixture       *fixture,
            gconstpointer  data)
{
  int width = get_sharing_width (fixture);
  int half = (width - SPACING) / 2;

  allocate (fixture, width, 2 * CARD_HEIGHT + SPACING + 60);
  assert_place (fixture, 0, 0, 0, half, CARD_HEIGHT + 60);
  assert_place (fixture, 2, 0, CARD_HEIGHT + 60 + SPACING, width, CARD_HEIGHT);
}

/* A card that needs more than its share-width is not cut to share a row. */
static void
test_wide_card (Fixture       *fixture,
                gconstpointer  data)
{
  int width = get_sharing_width (fixture);

  gtk_widget_set_size_request (fixture->cards[0], width - 50, CARD_HEIGHT);
  g_assert_cmpint (measure_height (fixture, width), ==, 3 * CARD_HEIGHT + 2 * SPACING);
}

static void
test_hidden_card (Fixture       *fixture,
                  gconstpointer  data)
{
  int width = get_sharing_width (fixture);

  gtk_widget_set_visible (fixture->cards[2], FALSE);
  g_assert_cmpint (measure_height (fixture, width), ==, CARD_HEIGHT);
  for (guint i = 0; i < G_N_ELEMENTS (fixture->cards); i++)
    gtk_widget_set_visible (fixture->cards[i], FALSE);
  g_assert_cmpint (measure_height (fixture, width), ==, 0);
  allocate (fixture, width, 0);
}

static void
test_right_to_left (Fixture       *fixture,
                    gconstpointer  data)
{
  int width = get_sharing_width (fixture);
  int half = (width - SPACING) / 2;

  gtk_widget_set_direction (fixture->parent, GTK_TEXT_DIR_RTL);
  allocate (fixture, width, 2 * CARD_HEIGHT + SPACING);
  assert_place (fixture, 0, half + SPACING, 0, half, CARD_HEIGHT);
  assert_place (fixture, 1, 0, 0, half, CARD_HEIGHT);
}

#define ADD_TEST(path, function) \
  g_test_add ("/app/cards-layout/" path, Fixture, NULL, set_up, function, tear_down)

int
main (int   argc,
      char *argv[])
{
  app_test_init (&argc, &argv);

  ADD_TEST ("least-width", test_least_width);
  ADD_TEST ("stacks", test_stacks);
  ADD_TEST ("shares", test_shares);
  ADD_TEST ("grows", test_grows);
  ADD_TEST ("wide-card", test_wide_card);
  ADD_TEST ("hidden-card", test_hidden_card);
  ADD_TEST ("right-to-left", test_right_to_left);

  return g_test_run ();
}
