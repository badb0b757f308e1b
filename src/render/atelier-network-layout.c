/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Where the steps of a network lie.
 *
 * Each step has a row of its own, as high as its box or its label, so that no two of anything can
 * overlap, and the label is always beside its box.  The layers of a shortcut lie below those of the
 * body, left of the line that comes from it.  Placing them beside each other was rejected: two
 * labels would have to share a row.
 *
 * One function, place_rows, gives the heights and the places.  Boxes are first as large as the
 * width allows.  If the rows are too high, labels first take one line each, then boxes shrink; what
 * height is left over makes the lines between rows longer.  Any thread.
 */

#include "config.h"

#include "atelier-network-picture-private.h"

#include <math.h>

/* The back of a box is shifted by these shares of its height in values. */
#define SLANT_X 0.20
#define SLANT_Y 0.37

#define SMALLEST_SIZE 0.3 /* of boxes, at the usual font size; the natural size is 1 */
#define N_HALVINGS 24     /* a size is found as exactly as a pixel */

#define ROW_GAP 10.0
#define TIGHT_ROW_GAP 6.0  /* where labels take one line, at the usual font size */
#define WIDEST_ROW_GAP 24.0
#define LEADER 24.0        /* the shortest between a box and its label */
#define LONGEST_LEADER 70.0
#define LABEL_SHARE 0.6    /* of the width, at most */
#define LABEL_GAP 10.0     /* between the columns of one-line labels */
#define LABEL_SLACK 1.04   /* surfaces with hinting have wider letters than what is measured */

#define BAR_WIDTH 9.0
#define BAR_SLANT 3.0
#define THINNEST_BAR 4.0
#define THINNEST 1.5       /* a box of one channel */
#define PLATE_WIDTH 26.0
#define PLATE_HEIGHT 6.0
#define MISFIT_WIDTH 40.0
#define MISFIT_HEIGHT 16.0

#define PLUS 14.0          /* the diameter */
#define FRAME_PAD 8.0
#define SHORTCUT_GAP 12.0  /* between the shortcut's line and what it passes */

typedef struct
{
  const AtelierNetworkPicture *picture;
  AtelierNetworkScale          scale;
  double                       width;
  double                       tightness;    /* 1, or less for text smaller than usual */
  double                       line_height;  /* of details, and of titles */
  double                       title_height;
  double                       caption_height;
  double                      *detail_widths; /* Owned, as the others */
  double                      *title_widths;
  AtelierNetworkSpot          *spots;

  /* Of the labels that are chosen */
  gboolean                     is_compact;
  double                       detail_width;
  double                       label_width;
  double                       largest;       /* the size that fits the width */
} Plan;

/* ---- Texts ---- */

static void
measure_texts (Plan *plan)
{
  const AtelierNetworkPicture *picture = plan->picture;
  const double size = atelier_network_picture_get_font_size (picture);
  g_auto (AtelierText) text = { NULL };

  atelier_text_init (&text, NULL, picture->font);
  for (guint i = 0; i < picture->n_steps; i++)
    {
      atelier_text_set (&text, picture->steps[i].title, size * ATELIER_NETWORK_TITLE_SHARE, FALSE);
      plan->title_widths[i] = atelier_text_get_width (&text);
      plan->title_height = MAX (plan->title_height, atelier_text_get_height (&text));
      if (picture->steps[i].detail == NULL)
        continue;
      atelier_text_set (&text, picture->steps[i].detail, size, TRUE);
      plan->detail_widths[i] = atelier_text_get_width (&text);
      plan->line_height = MAX (plan->line_height, atelier_text_get_height (&text));
    }
  if (!picture->has_caption)
    return;
  atelier_network_picture_set_caption (picture, &text, plan->width);
  plan->caption_height = ceil (atelier_text_get_height (&text)) + ATELIER_NETWORK_MARGIN;
}

static double
get_label_width (const Plan *plan,
                 guint       i)
{
  const double title = plan->title_widths[i] * LABEL_SLACK;

  if (plan->picture->steps[i].detail == NULL)
    return title;

  return plan->is_compact ? plan->detail_width + title
                          : MAX (plan->detail_widths[i] * LABEL_SLACK, title);
}

static double
get_label_height (const Plan *plan,
                  guint       i)
{
  if (plan->is_compact)
    return MAX (plan->line_height, plan->title_height);

  return (plan->picture->steps[i].detail != NULL ? plan->line_height : 0.0) + plan->title_height;
}

/* ---- Sizes ---- */

/* Small text, as on paper, has small boxes too. */
static double
get_smallest (const Plan *plan)
{
  return SMALLEST_SIZE * plan->tightness;
}

static double
get_gap (const Plan *plan)
{
  return plan->is_compact ? TIGHT_ROW_GAP * plan->tightness : ROW_GAP;
}

/* The width and height of a step's shape, and its slant. */
static void
size_shape (const Plan         *plan,
            guint               i,
            double              size,
            AtelierNetworkSpot *spot)
{
  const AtelierNetworkStep *step = &plan->picture->steps[i];
  const gboolean is_vector = atelier_network_step_is_vector (step);
  const double bar = MAX (BAR_WIDTH * size, THINNEST_BAR);
  const double wide = size * atelier_network_measure_scale (&plan->scale.sides, step->width);
  const double deep = size * atelier_network_measure_scale (&plan->scale.sides, step->height);
  const double tall = size * atelier_network_measure_scale (&plan->scale.channels, step->channels);

  spot->slant_x = spot->slant_y = 0.0;
  if (step->kind == ATELIER_STEP_BLOCK)
    {
      spot->shape.width = spot->shape.height = PLUS * plan->tightness;
      return;
    }
  if (step->is_misfit || step->kind == ATELIER_STEP_THROUGH)
    {
      spot->shape.width = (step->is_misfit ? MISFIT_WIDTH : PLATE_WIDTH) * plan->tightness;
      spot->shape.height = (step->is_misfit ? MISFIT_HEIGHT : PLATE_HEIGHT) * plan->tightness;
      return;
    }
  spot->slant_x = is_vector ? BAR_SLANT : SLANT_X * deep;
  spot->slant_y = is_vector ? BAR_SLANT : SLANT_Y * deep;
  spot->shape.width = (is_vector ? bar : MAX (bar, wide)) + spot->slant_x;
  spot->shape.height = MAX (tall, THINNEST) + spot->slant_y;
}

/* How far the widest of the steps from @begin to @end lies on each side of their line. */
static double
get_reach (const Plan *plan,
           guint       begin,
           guint       end)
{
  double reach = PLUS * plan->tightness / 2.0;

  for (guint i = begin; i < MIN (end, plan->picture->n_steps); i++)
    reach = MAX (reach, plan->spots[i].shape.width / 2.0);

  return reach;
}

/* How far a block's shortcut lies left of its line, and the frame on both sides. */
static double
get_block_reach (const Plan *plan,
                 guint       i_block,
                 double     *left,
                 double     *right)
{
  const AtelierNetworkStep *block = &plan->picture->steps[i_block];
  const guint end = i_block + 1 + block->n_body;
  const double body = get_reach (plan, i_block + 1, end);
  const double shortcut
    = block->n_shortcut > 0 ? get_reach (plan, end, end + block->n_shortcut) : 0.0;
  const double line = MAX (body, shortcut) + SHORTCUT_GAP * plan->tightness;

  *left = line + shortcut + FRAME_PAD * plan->tightness;
  *right = body + FRAME_PAD * plan->tightness;

  return line;
}

/* How far all that is drawn lies left and right of the axis; sizes the shapes on the way. */
static void
get_extent (Plan   *plan,
            double  size,
            double *left,
            double *right)
{
  const guint n = plan->picture->n_steps;

  *left = *right = 0.0;
  for (guint i = 0; i < n; i++)
    size_shape (plan, i, size, &plan->spots[i]);
  for (guint i = 0; i < n; i++)
    {
      double own_left = plan->spots[i].shape.width / 2.0, own_right = own_left;

      if (plan->picture->steps[i].kind == ATELIER_STEP_BLOCK)
        get_block_reach (plan, i, &own_left, &own_right);
      else if (plan->spots[i].parent != ATELIER_NO_STEP)
        continue;
      *left = MAX (*left, own_left);
      *right = MAX (*right, own_right);
    }
}

/* ---- Choices ---- */

/* The largest size at which all is as narrow as @room, or the smallest. */
static double
find_size_for_width (Plan   *plan,
                     double  room)
{
  double low = get_smallest (plan) / 2.0, high = 1.0, left, right;

  get_extent (plan, high, &left, &right);
  if (left + right <= room)
    return high;
  for (guint i = 0; i < N_HALVINGS; i++)
    {
      const double size = (low + high) / 2.0;

      get_extent (plan, size, &left, &right);
      if (left + right <= room)
        low = size;
      else
        high = size;
    }

  return low;
}

static void
choose_labels (Plan     *plan,
               gboolean  is_compact)
{
  const double room = plan->width - 2.0 * ATELIER_NETWORK_MARGIN - LEADER * plan->tightness;
  const double gap = LABEL_GAP * plan->tightness;
  double left, right;

  plan->is_compact = is_compact;
  plan->detail_width = plan->label_width = 0.0;
  for (guint i = 0; is_compact && i < plan->picture->n_steps; i++)
    plan->detail_width = MAX (plan->detail_width, plan->detail_widths[i] * LABEL_SLACK + gap);
  for (guint i = 0; i < plan->picture->n_steps; i++)
    plan->label_width = MAX (plan->label_width, get_label_width (plan, i));
  /* Long labels leave room for the smallest boxes. */
  get_extent (plan, get_smallest (plan), &left, &right);
  plan->label_width = MIN (plan->label_width, plan->width * LABEL_SHARE);
  plan->label_width = MAX (MIN (plan->label_width, room - left - right), 0.0);
  plan->largest = find_size_for_width (plan, room - plan->label_width);
}

static void
find_parents (Plan *plan)
{
  for (guint i = 0; i < plan->picture->n_steps; i++)
    plan->spots[i].parent = ATELIER_NO_STEP;
  for (guint i = 0; i < plan->picture->n_steps; i++)
    {
      const AtelierNetworkStep *block = &plan->picture->steps[i];
      const guint n_held = block->n_body + block->n_shortcut;

      if (block->kind != ATELIER_STEP_BLOCK)
        continue;
      for (guint k = i + 1; k <= i + n_held && k < plan->picture->n_steps; k++)
        {
          plan->spots[k].parent = i;
          plan->spots[k].is_shortcut = k > i + block->n_body;
        }
    }
}

static void
plan_init (Plan                        *plan,
           const AtelierNetworkPicture *picture,
           double                       width)
{
  const guint n = MAX (picture->n_steps, 1);

  *plan = (Plan) {
    .picture = picture,
    .width = width,
    .tightness = MIN (1.0, atelier_network_picture_get_font_size (picture)
                             / ATELIER_NETWORK_FONT_SIZE),
    .detail_widths = g_new0 (double, n),
    .title_widths = g_new0 (double, n),
    .spots = g_new0 (AtelierNetworkSpot, n),
  };
  atelier_network_scale_init (&plan->scale, picture);
  measure_texts (plan);
  find_parents (plan);
  choose_labels (plan, FALSE);
}

static void
plan_clear (Plan *plan)
{
  g_free (plan->detail_widths);
  g_free (plan->title_widths);
  g_free (plan->spots);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Plan, plan_clear)

/* ---- Places ---- */

/* A row of @spot from @y down: its shape and its label, one beside the other.  Returns its foot. */
static double
place_row (const Plan         *plan,
           guint               i,
           double              y,
           AtelierNetworkSpot *spot)
{
  const double label = get_label_height (plan, i);
  const gboolean is_block = plan->picture->steps[i].kind == ATELIER_STEP_BLOCK;
  const double height = is_block ? label : MAX (label, spot->shape.height);

  spot->label.height = label;
  spot->label.y = y + (height - label) / 2.0;
  if (!is_block)
    spot->shape.y = y + (height - spot->shape.height) / 2.0;

  return y + height;
}

/* The plus of a block, below all that it holds.  Returns the foot of the frame. */
static double
close_block (const Plan         *plan,
             AtelierNetworkSpot *block,
             double              y,
             double              gap)
{
  const double pad = FRAME_PAD * plan->tightness / 2.0;

  block->shape.y = y + gap;
  block->frame.height = block->shape.y + block->shape.height + pad - block->frame.y;

  return block->frame.y + block->frame.height;
}

/* Places all rows at @size, with @gap between them.  Returns the height of the picture. */
static double
place_rows (Plan   *plan,
            double  size,
            double  gap)
{
  double y = ATELIER_NETWORK_MARGIN;
  guint i_block = ATELIER_NO_STEP;
  double left, right;

  get_extent (plan, size, &left, &right);
  for (guint i = 0; i < plan->picture->n_steps; i++)
    {
      AtelierNetworkSpot *spot = &plan->spots[i];
      const gboolean is_block = plan->picture->steps[i].kind == ATELIER_STEP_BLOCK;

      /* A block in a block, which is wrong, ends it. */
      if (i_block != ATELIER_NO_STEP && (is_block || spot->parent != i_block))
        {
          y = close_block (plan, &plan->spots[i_block], y, gap);
          i_block = ATELIER_NO_STEP;
        }
      y += i > 0 ? gap : 0.0;
      if (is_block)
        {
          i_block = i;
          spot->frame.y = y;
          y += FRAME_PAD * plan->tightness / 2.0;
        }
      y = place_row (plan, i, y, spot);
    }
  if (i_block != ATELIER_NO_STEP)
    y = close_block (plan, &plan->spots[i_block], y, gap);

  return y + ATELIER_NETWORK_MARGIN + plan->caption_height;
}

/* The other direction: shapes on their lines, labels in their column. */
static void
place_columns (Plan                 *plan,
               AtelierNetworkLayout *layout)
{
  double left, right, room, leader;

  get_extent (plan, layout->size, &left, &right);
  room = plan->width - 2.0 * ATELIER_NETWORK_MARGIN - plan->label_width - left - right;
  leader = CLAMP (room, LEADER * plan->tightness, LONGEST_LEADER);
  layout->axis_x = ATELIER_NETWORK_MARGIN + MAX (room - leader, 0.0) / 2.0 + left;
  layout->label_x = layout->axis_x + right + leader;
  for (guint i = 0; i < plan->picture->n_steps; i++)
    {
      AtelierNetworkSpot *spot = &plan->spots[i];
      double own_left, own_right;

      spot->line_x = spot->is_shortcut ? plan->spots[spot->parent].line_x : layout->axis_x;
      spot->shape.x = spot->line_x - spot->shape.width / 2.0;
      spot->label.x = layout->label_x;
      spot->label.width = MIN (get_label_width (plan, i), plan->label_width);
      if (plan->picture->steps[i].kind != ATELIER_STEP_BLOCK)
        continue;
      spot->line_x = layout->axis_x - get_block_reach (plan, i, &own_left, &own_right);
      spot->frame.x = layout->axis_x - own_left;
      spot->frame.width = own_left + own_right;
    }
}

/* The largest size at which the rows are at most @height high, with the labels chosen for it. */
static double
choose_size (Plan   *plan,
             double  height)
{
  double low, high;

  if (place_rows (plan, plan->largest, get_gap (plan)) <= height)
    return plan->largest;
  if (place_rows (plan, MIN (get_smallest (plan), plan->largest), get_gap (plan)) > height)
    choose_labels (plan, TRUE);

  low = MIN (get_smallest (plan), plan->largest);
  high = plan->largest;
  for (guint i = 0; i < N_HALVINGS; i++)
    {
      const double size = (low + high) / 2.0;

      if (place_rows (plan, size, get_gap (plan)) <= height)
        low = size;
      else
        high = size;
    }

  return low;
}

/* ---- Public ---- */

void
atelier_network_picture_get_heights (const AtelierNetworkPicture *picture,
                                     double                       width,
                                     double                      *minimum,
                                     double                      *natural)
{
  g_auto (Plan) plan = { NULL };

  g_return_if_fail (picture != NULL && minimum != NULL && natural != NULL);

  plan_init (&plan, picture, width);
  *natural = ceil (place_rows (&plan, plan.largest, get_gap (&plan)));
  choose_labels (&plan, TRUE);
  *minimum
    = ceil (place_rows (&plan, MIN (get_smallest (&plan), plan.largest), get_gap (&plan)));
  *minimum = MIN (*minimum, *natural);
}

double
atelier_network_picture_get_width (const AtelierNetworkPicture *picture)
{
  g_auto (Plan) plan = { NULL };
  double left, right;

  g_return_val_if_fail (picture != NULL, 0.0);

  plan_init (&plan, picture, G_MAXINT16);
  get_extent (&plan, get_smallest (&plan), &left, &right);

  return ceil (MAX (plan.label_width / LABEL_SHARE,
                    2.0 * ATELIER_NETWORK_MARGIN + plan.label_width + LEADER * plan.tightness
                      + left + right));
}

AtelierNetworkLayout *
atelier_network_layout_new (const AtelierNetworkPicture *picture,
                            double                       width,
                            double                       height)
{
  AtelierNetworkLayout *layout = g_new0 (AtelierNetworkLayout, 1);
  g_auto (Plan) plan = { NULL };
  double used, gap;

  g_return_val_if_fail (picture != NULL, layout);

  plan_init (&plan, picture, width);
  layout->size = choose_size (&plan, height);
  used = place_rows (&plan, layout->size, get_gap (&plan));
  gap = get_gap (&plan) + MAX (height - used, 0.0) / (2.0 * MAX (picture->n_steps, 1));
  layout->height = place_rows (&plan, layout->size, MIN (gap, WIDEST_ROW_GAP));
  place_columns (&plan, layout);
  layout->width = width;
  layout->caption_y = layout->height - plan.caption_height;
  layout->is_compact = plan.is_compact;
  layout->detail_width = plan.detail_width;
  layout->label_width = plan.label_width;
  layout->n_spots = picture->n_steps;
  layout->spots = g_steal_pointer (&plan.spots);

  return layout;
}

void
atelier_network_layout_free (AtelierNetworkLayout *layout)
{
  if (layout == NULL)
    return;

  g_free (layout->spots);
  g_free (layout);
}
