/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A gesture inside the list, and no drag and drop between programs: a layer goes nowhere else, and
 * the place where it would land is shown from the first movement on.
 *
 * Where a layer would land follows from the half of the row that the pointer is over.  Below the
 * last layer of a block there are two such places, in the block and behind it; further left is
 * behind it.  Main thread.
 */

#include "config.h"

#include "network/atelier-editor-drag.h"

#include "network/atelier-editor-row.h"

#define MIN_DISTANCE 4.0   /* pixels; less is a click */
#define OUTSIDE_X 40.0     /* left of it is not in a block */
#define EDGE 28.0          /* so near to an edge of what is shown, the list scrolls */
#define SCROLL_STEP 10.0

typedef struct
{
  guint                id;        /* of the layer that is dragged; 0: none */
  gboolean             has_moved;
  AtelierDraftPlace    place;

  /* Borrowed */
  GtkListBox          *list_box;
  AtelierNetworkDraft *draft;
  AtelierEditorMove    move;
  gpointer             user_data;
  GtkWidget           *dragged;   /* its row; weak */
  GtkWidget           *marked;    /* the row beside the place; weak */
} AtelierEditorDrag;

/* The place */

static void
mark (AtelierEditorDrag *self,
      GtkWidget         *row, /* nullable */
      gboolean           is_below)
{
  if (self->marked)
    {
      gtk_widget_remove_css_class (self->marked, "drop-above");
      gtk_widget_remove_css_class (self->marked, "drop-below");
    }
  g_set_weak_pointer (&self->marked, row);
  if (row)
    gtk_widget_add_css_class (row, is_below ? "drop-below" : "drop-above");
}

static void
get_place_at (AtelierEditorDrag *self,
              guint              i_row,
              AtelierDraftPlace *place)
{
  atelier_network_draft_get_place_behind (self->draft, i_row, place);
  place->index--;
}

static gboolean
holds_layers (AtelierEditorDrag *self,
              guint              i_row)
{
  return atelier_layer_has_trait (&atelier_network_draft_get_row (self->draft, i_row)->layer,
                                  ATELIER_TRAIT_HOLDS_LAYERS);
}

/* Whether the row is the last of its block. */
static gboolean
is_end_of_block (AtelierEditorDrag *self,
                 guint              i_row)
{
  return i_row + 1 == atelier_network_draft_get_n_rows (self->draft)
         || atelier_network_draft_get_row (self->draft, i_row + 1)->block
              != atelier_network_draft_get_row (self->draft, i_row)->block;
}

static void
choose_place (AtelierEditorDrag *self,
              guint              i_row,
              gboolean           is_below,
              double             x)
{
  const guint block = atelier_network_draft_get_row (self->draft, i_row)->block;
  const guint i_dragged = atelier_network_draft_find_row (self->draft, self->id);
  const gboolean is_block = holds_layers (self, i_dragged);

  if (block != ATELIER_NO_LAYER
      && (is_block || (is_below && x < OUTSIDE_X && is_end_of_block (self, i_row))))
    atelier_network_draft_get_place_behind (self->draft, block, &self->place);
  else if (!is_below)
    get_place_at (self, i_row, &self->place);
  else if (holds_layers (self, i_row) && !is_block)
    self->place = (AtelierDraftPlace) { .block = i_row };
  else
    atelier_network_draft_get_place_behind (self->draft, i_row, &self->place);
}

static void
find_place (AtelierEditorDrag *self,
            double             x,
            double             y)
{
  GtkWidget *row = GTK_WIDGET (gtk_list_box_get_row_at_y (self->list_box, (int) y));
  GtkWidget *list = GTK_WIDGET (self->list_box);
  gboolean is_below;
  double row_x, row_y;
  guint i_row;

  if (row == NULL)
    row = gtk_widget_get_last_child (list);
  gtk_widget_translate_coordinates (list, row, x, y, &row_x, &row_y);
  is_below = row_y > gtk_widget_get_height (row) / 2.0;
  i_row = atelier_network_draft_find_row (self->draft,
                                          atelier_editor_row_get_id (ATELIER_EDITOR_ROW (row)));
  if (i_row == ATELIER_NO_LAYER)
    {
      is_below = TRUE;
      self->place = (AtelierDraftPlace) { .block = ATELIER_NO_LAYER };
    }
  else
    choose_place (self, i_row, is_below, x);
  mark (self, row, is_below);
}

static void
scroll_near_edge (AtelierEditorDrag *self,
                  double             y)
{
  GtkWidget *window = gtk_widget_get_ancestor (GTK_WIDGET (self->list_box),
                                               GTK_TYPE_SCROLLED_WINDOW);
  GtkAdjustment *adjustment
    = window ? gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (window)) : NULL;
  double value, shown_y;

  if (adjustment == NULL)
    return;

  value = gtk_adjustment_get_value (adjustment);
  shown_y = y - value;
  if (shown_y < EDGE)
    gtk_adjustment_set_value (adjustment, value - SCROLL_STEP);
  else if (shown_y > gtk_adjustment_get_page_size (adjustment) - EDGE)
    gtk_adjustment_set_value (adjustment, value + SCROLL_STEP);
}

/* The gesture */

static void
on_drag_begin_cb (AtelierEditorDrag *self,
                  double             x,
                  double             y,
                  GtkGesture        *gesture)
{
  GtkWidget *row = GTK_WIDGET (gtk_list_box_get_row_at_y (self->list_box, (int) y));
  double row_x, row_y;

  self->has_moved = FALSE;
  self->id = 0;
  if (row)
    {
      gtk_widget_translate_coordinates (GTK_WIDGET (self->list_box), row, x, y, &row_x, &row_y);
      if (atelier_editor_row_is_handle (ATELIER_EDITOR_ROW (row), row_x, row_y))
        self->id = atelier_editor_row_get_id (ATELIER_EDITOR_ROW (row));
    }
  gtk_gesture_set_state (gesture, self->id != 0 ? GTK_EVENT_SEQUENCE_CLAIMED
                                                : GTK_EVENT_SEQUENCE_DENIED);
  g_set_weak_pointer (&self->dragged, self->id != 0 ? row : NULL);
}

static void
on_drag_update_cb (AtelierEditorDrag *self,
                   double             offset_x,
                   double             offset_y,
                   GtkGestureDrag    *gesture)
{
  double x, y;

  if (self->id == 0 || atelier_network_draft_find_row (self->draft, self->id) == ATELIER_NO_LAYER)
    return;
  if (!self->has_moved && ABS (offset_x) < MIN_DISTANCE && ABS (offset_y) < MIN_DISTANCE)
    return;

  self->has_moved = TRUE;
  if (self->dragged)
    gtk_widget_add_css_class (self->dragged, "dragged");
  gtk_gesture_drag_get_start_point (gesture, &x, &y);
  find_place (self, x + offset_x, y + offset_y);
  scroll_near_edge (self, y + offset_y);
}

static void
forget (AtelierEditorDrag *self)
{
  mark (self, NULL, FALSE);
  if (self->dragged)
    gtk_widget_remove_css_class (self->dragged, "dragged");
  g_clear_weak_pointer (&self->dragged);
  self->id = 0;
}

static void
on_drag_end_cb (AtelierEditorDrag *self)
{
  const guint id = self->id;
  const gboolean has_moved = self->has_moved && self->marked;

  forget (self);
  if (id != 0 && has_moved)
    self->move (self->user_data, id, &self->place);
}

static void
drag_free (gpointer data)
{
  AtelierEditorDrag *self = data;

  g_clear_weak_pointer (&self->dragged);
  g_clear_weak_pointer (&self->marked);
  g_free (self);
}

void
atelier_editor_drag_add (GtkListBox          *list_box,
                         AtelierNetworkDraft *draft,
                         AtelierEditorMove    move,
                         gpointer             user_data)
{
  AtelierEditorDrag *self;
  GtkGesture *gesture;

  g_return_if_fail (GTK_IS_LIST_BOX (list_box));
  g_return_if_fail (ATELIER_IS_NETWORK_DRAFT (draft));
  g_return_if_fail (move != NULL);

  self = g_new0 (AtelierEditorDrag, 1);
  self->list_box = list_box;
  self->draft = draft;
  self->move = move;
  self->user_data = user_data;
  gesture = gtk_gesture_drag_new ();
  gtk_event_controller_set_propagation_phase (GTK_EVENT_CONTROLLER (gesture), GTK_PHASE_CAPTURE);
  g_signal_connect_swapped (gesture, "drag-begin", G_CALLBACK (on_drag_begin_cb), self);
  g_signal_connect_swapped (gesture, "drag-update", G_CALLBACK (on_drag_update_cb), self);
  g_signal_connect_swapped (gesture, "drag-end", G_CALLBACK (on_drag_end_cb), self);
  g_signal_connect_swapped (gesture, "cancel", G_CALLBACK (forget), self);
  g_object_set_data_full (G_OBJECT (gesture), "drag", self, drag_free);
  gtk_widget_add_controller (GTK_WIDGET (list_box), GTK_EVENT_CONTROLLER (gesture));
}
