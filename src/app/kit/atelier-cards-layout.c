/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Cards in rows.
 *
 * Neighbours share a row while each of them gets its share-width there; the next begins another
 * row, where a card that stands alone has the whole width.  The height follows from the width, so
 * that a page that is stacked in a narrow window is higher than the window and can be scrolled as a
 * whole.  Rows get what they need first, then what they would like, and what is left over is
 * divided by how much they grow.
 *
 * Share-widths are multiplied by the size of text: large text needs wider cards.  A card's minimum
 * width counts too, so that nothing is ever cut to share a row.
 *
 * Two boxes that are exchanged at some width were rejected: cards would change their parent while
 * sizes are being computed, and would lose the focus.  A GtkFlowBox makes all its children equally
 * wide and knows no rows that grow.  Main thread.
 */

#include "config.h"

#include "kit/atelier-cards-layout.h"

#include "kit/atelier-cards-layout-child.h"
#include "kit/atelier-theme.h"

struct _AtelierCardsLayout
{
  GtkLayoutManager parent_instance;

  int              spacing;
};

G_DEFINE_FINAL_TYPE (AtelierCardsLayout, atelier_cards_layout, GTK_TYPE_LAYOUT_MANAGER)

enum
{
  PROP_SPACING = 1,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

/* A card while sizes are computed. */
typedef struct
{
  GtkWidget *widget;
  int        wanted;  /* the least width beside others; 0: it stands alone */
  int        minimum; /* width */
  int        natural; /* width */
  int        grow;
  gboolean   expands; /* in width */
  guint      row;
  int        width;
} Card;

typedef struct
{
  int minimum; /* height */
  int natural;
  int grow;
  int height;
} Row;

/* Cards and rows */

static GArray *
list_cards (AtelierCardsLayout *self,
            GtkWidget          *parent)
{
  GArray *cards = g_array_new (FALSE, TRUE, sizeof (Card));
  double scale = atelier_theme_get_text_scale (parent);

  for (GtkWidget *widget = gtk_widget_get_first_child (parent); widget;
       widget = gtk_widget_get_next_sibling (widget))
    {
      AtelierCardsLayoutChild *child;
      Card card = { .widget = widget };

      if (!gtk_widget_should_layout (widget))
        continue;

      child = ATELIER_CARDS_LAYOUT_CHILD (
        gtk_layout_manager_get_layout_child (GTK_LAYOUT_MANAGER (self), widget));
      gtk_widget_measure (widget, GTK_ORIENTATION_HORIZONTAL, -1, &card.minimum, &card.natural,
                          NULL, NULL);
      card.expands = gtk_widget_compute_expand (widget, GTK_ORIENTATION_HORIZONTAL);
      card.grow = atelier_cards_layout_child_get_grow (child);
      if (atelier_cards_layout_child_get_share_width (child) > 0)
        card.wanted = MAX (card.minimum,
                           (int) (atelier_cards_layout_child_get_share_width (child) * scale));
      g_array_append_val (cards, card);
    }

  return cards;
}

/* Gives each card its row; returns how many rows there are.  A negative @width has room for all. */
static guint
break_rows (AtelierCardsLayout *self,
            GArray             *cards,
            int                 width)
{
  guint row = 0;
  int used = 0; /* of the row, when the cards in it share it; 0: no other can come in */

  for (guint i = 0; i < cards->len; i++)
    {
      Card *card = &g_array_index (cards, Card, i);
      gboolean fits = used > 0 && card->wanted > 0
                      && (width < 0 || used + self->spacing + card->wanted <= width);

      if (i > 0 && !fits)
        row++;
      used = fits ? used + self->spacing + card->wanted : card->wanted;
      card->row = row;
    }

  return cards->len > 0 ? row + 1 : 0;
}

/* Divides the width among the cards [first, end) of one row: each has what it wanted, and those
 * that expand an equal part of the rest; all of them, where none expands. */
static void
divide_width (AtelierCardsLayout *self,
              GArray             *cards,
              guint               first,
              guint               end,
              int                 width)
{
  int n = (int) (end - first);
  int rest = width - (n - 1) * self->spacing;
  int n_takers = 0;
  gboolean takes_each;

  for (guint i = first; i < end; i++)
    {
      Card *card = &g_array_index (cards, Card, i);

      card->width = n > 1 ? card->wanted : card->minimum;
      rest -= card->width;
      n_takers += card->expands;
    }

  takes_each = n_takers == 0;
  n_takers = takes_each ? n : n_takers;
  for (guint i = first; i < end; i++)
    {
      Card *card = &g_array_index (cards, Card, i);
      int part;

      if (!takes_each && !card->expands)
        continue;

      part = MAX (rest, 0) / n_takers--;
      card->width += part;
      rest -= part;
    }
}

static guint
find_end_of_row (GArray *cards,
                 guint   first)
{
  guint end = first;

  while (end < cards->len
         && g_array_index (cards, Card, end).row == g_array_index (cards, Card, first).row)
    end++;

  return end;
}

/* The rows at @width, with the heights that they need; transfer full. */
static Row *
make_rows (AtelierCardsLayout *self,
           GArray             *cards,
           int                 width,
           guint              *n_rows)
{
  Row *rows;

  *n_rows = break_rows (self, cards, width);
  rows = g_new0 (Row, *n_rows);
  for (guint first = 0; first < cards->len; first = find_end_of_row (cards, first))
    divide_width (self, cards, first, find_end_of_row (cards, first), width);
  for (guint i = 0; i < cards->len; i++)
    {
      const Card *card = &g_array_index (cards, Card, i);
      Row *row = &rows[card->row];
      int minimum, natural;

      gtk_widget_measure (card->widget, GTK_ORIENTATION_VERTICAL, card->width, &minimum, &natural,
                          NULL, NULL);
      row->minimum = MAX (row->minimum, minimum);
      row->natural = MAX (row->natural, natural);
      row->grow = MAX (row->grow, card->grow);
    }

  return rows;
}

static void
divide_height (AtelierCardsLayout *self,
               Row                *rows,
               guint               n_rows,
               int                 height)
{
  g_autofree GtkRequestedSize *sizes = g_new0 (GtkRequestedSize, n_rows);
  int rest = height - ((int) n_rows - 1) * self->spacing;
  int grow = 0;

  for (guint i = 0; i < n_rows; i++)
    {
      sizes[i].minimum_size = rows[i].minimum;
      sizes[i].natural_size = rows[i].natural;
      rest -= rows[i].minimum;
      grow += rows[i].grow;
    }
  rest = gtk_distribute_natural_allocation (MAX (rest, 0), n_rows, sizes);

  for (guint i = 0; i < n_rows; i++)
    {
      int part = grow > 0 ? rest * rows[i].grow / grow : 0;

      rows[i].height = sizes[i].minimum_size + part;
      rest -= part;
      grow -= rows[i].grow;
    }
}

/* Overrides */

static GtkSizeRequestMode
atelier_cards_layout_get_request_mode (GtkLayoutManager *manager,
                                       GtkWidget        *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

/* The widest card is the least width; all rows in full are the natural one. */
static void
measure_width (AtelierCardsLayout *self,
               GArray             *cards,
               int                *minimum,
               int                *natural)
{
  int row_natural = 0;

  break_rows (self, cards, -1);
  for (guint i = 0; i < cards->len; i++)
    {
      const Card *card = &g_array_index (cards, Card, i);
      gboolean is_first = i == 0 || g_array_index (cards, Card, i - 1).row != card->row;

      row_natural = is_first ? 0 : row_natural + self->spacing;
      row_natural += MAX (card->natural, card->wanted);
      *minimum = MAX (*minimum, card->minimum);
      *natural = MAX (*natural, row_natural);
    }
}

static void
atelier_cards_layout_measure (GtkLayoutManager *manager,
                              GtkWidget        *widget,
                              GtkOrientation    orientation,
                              int               for_size,
                              int              *minimum,
                              int              *natural,
                              int              *minimum_baseline,
                              int              *natural_baseline)
{
  AtelierCardsLayout *self = ATELIER_CARDS_LAYOUT (manager);
  g_autoptr (GArray) cards = list_cards (self, widget);
  int min_width = 0, width = 0;
  g_autofree Row *rows = NULL;
  guint n_rows;

  measure_width (self, cards, &min_width, &width);
  *minimum = min_width;
  *natural = width;
  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    return;

  rows = make_rows (self, cards, for_size < 0 ? width : MAX (for_size, min_width), &n_rows);
  *minimum = *natural = n_rows > 0 ? ((int) n_rows - 1) * self->spacing : 0;
  for (guint i = 0; i < n_rows; i++)
    {
      *minimum += rows[i].minimum;
      *natural += rows[i].natural;
    }
}

static void
atelier_cards_layout_allocate (GtkLayoutManager *manager,
                               GtkWidget        *widget,
                               int               width,
                               int               height,
                               int               baseline)
{
  AtelierCardsLayout *self = ATELIER_CARDS_LAYOUT (manager);
  g_autoptr (GArray) cards = list_cards (self, widget);
  gboolean is_rtl = gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL;
  g_autofree Row *rows = NULL;
  guint n_rows;
  int x = 0, y = 0;

  rows = make_rows (self, cards, width, &n_rows);
  divide_height (self, rows, n_rows, height);
  for (guint i = 0; i < cards->len; i++)
    {
      const Card *card = &g_array_index (cards, Card, i);
      const Row *row = &rows[card->row];
      GtkAllocation allocation;

      if (i > 0 && g_array_index (cards, Card, i - 1).row != card->row)
        {
          y += rows[card->row - 1].height + self->spacing;
          x = 0;
        }
      allocation = (GtkAllocation) { is_rtl ? width - x - card->width : x, y, card->width,
                                     row->height };
      gtk_widget_size_allocate (card->widget, &allocation, -1);
      x += card->width + self->spacing;
    }
}

static GtkLayoutChild *
atelier_cards_layout_create_layout_child (GtkLayoutManager *manager,
                                          GtkWidget        *widget,
                                          GtkWidget        *child)
{
  return g_object_new (ATELIER_TYPE_CARDS_LAYOUT_CHILD, "layout-manager", manager, "child-widget",
                       child, NULL);
}

static void
atelier_cards_layout_get_property (GObject    *object,
                                   guint       property_id,
                                   GValue     *value,
                                   GParamSpec *pspec)
{
  switch (property_id)
    {
    case PROP_SPACING:
      g_value_set_int (value, ATELIER_CARDS_LAYOUT (object)->spacing);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
atelier_cards_layout_set_property (GObject      *object,
                                   guint         property_id,
                                   const GValue *value,
                                   GParamSpec   *pspec)
{
  AtelierCardsLayout *self = ATELIER_CARDS_LAYOUT (object);

  switch (property_id)
    {
    case PROP_SPACING:
      if (self->spacing == g_value_get_int (value))
        return;
      self->spacing = g_value_get_int (value);
      gtk_layout_manager_layout_changed (GTK_LAYOUT_MANAGER (self));
      g_object_notify_by_pspec (object, pspec);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
atelier_cards_layout_class_init (AtelierCardsLayoutClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkLayoutManagerClass *layout_class = GTK_LAYOUT_MANAGER_CLASS (klass);

  object_class->get_property = atelier_cards_layout_get_property;
  object_class->set_property = atelier_cards_layout_set_property;
  layout_class->get_request_mode = atelier_cards_layout_get_request_mode;
  layout_class->measure = atelier_cards_layout_measure;
  layout_class->allocate = atelier_cards_layout_allocate;
  layout_class->create_layout_child = atelier_cards_layout_create_layout_child;
  layout_class->layout_child_type = ATELIER_TYPE_CARDS_LAYOUT_CHILD;

  properties[PROP_SPACING] =
    g_param_spec_int ("spacing", NULL, NULL, 0, G_MAXINT16, 0,
                      G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
atelier_cards_layout_init (AtelierCardsLayout *self)
{
}

GtkLayoutManager *
atelier_cards_layout_new (int spacing)
{
  return g_object_new (ATELIER_TYPE_CARDS_LAYOUT, "spacing", spacing, NULL);
}
