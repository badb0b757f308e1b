/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Two stacks of grids.  If there are too many, the oldest step is dropped. */

#include "config.h"

#include "sketch/atelier-sketch-past-private.h"

#include <string.h>

struct _AtelierSketchPast
{
  gsize n_pixels;
  guint max_steps;

  /* Owned; of guint8[n_pixels + 1], the flag last; the newest step last */
  GPtrArray *undo_steps;
  GPtrArray *redo_steps;
};

AtelierSketchPast *
atelier_sketch_past_new (gsize n_pixels,
                         guint max_steps)
{
  AtelierSketchPast *past = g_new0 (AtelierSketchPast, 1);

  past->n_pixels = n_pixels;
  past->max_steps = max_steps;
  past->undo_steps = g_ptr_array_new_with_free_func (g_free);
  past->redo_steps = g_ptr_array_new_with_free_func (g_free);

  return past;
}

void
atelier_sketch_past_free (AtelierSketchPast *past)
{
  if (past == NULL)
    return;

  g_ptr_array_unref (past->undo_steps);
  g_ptr_array_unref (past->redo_steps);
  g_free (past);
}

gboolean
atelier_sketch_past_can_undo (AtelierSketchPast *past)
{
  return past->undo_steps->len > 0;
}

gboolean
atelier_sketch_past_can_redo (AtelierSketchPast *past)
{
  return past->redo_steps->len > 0;
}

static void
push (AtelierSketchPast *past,
      GPtrArray         *steps,
      const guint8      *pixels,
      gboolean           flag)
{
  guint8 *step = g_malloc (past->n_pixels + 1);

  if (steps->len >= past->max_steps)
    g_ptr_array_remove_index (steps, 0);
  memcpy (step, pixels, past->n_pixels);
  step[past->n_pixels] = flag ? 1 : 0;
  g_ptr_array_add (steps, step);
}

/* Takes the newest step of @from, and puts the present state on @to. */
static gboolean
move (AtelierSketchPast *past,
      GPtrArray         *from,
      GPtrArray         *to,
      guint8            *pixels,
      gboolean          *flag)
{
  g_autofree guint8 *step = NULL;

  if (from->len == 0)
    return FALSE;

  step = g_ptr_array_steal_index (from, from->len - 1);
  push (past, to, pixels, *flag);
  memcpy (pixels, step, past->n_pixels);
  *flag = step[past->n_pixels] != 0;

  return TRUE;
}

void
atelier_sketch_past_record (AtelierSketchPast *past,
                            const guint8      *pixels,
                            gboolean           flag)
{
  push (past, past->undo_steps, pixels, flag);
  g_ptr_array_set_size (past->redo_steps, 0);
}

gboolean
atelier_sketch_past_undo (AtelierSketchPast *past,
                          guint8            *pixels,
                          gboolean          *flag)
{
  return move (past, past->undo_steps, past->redo_steps, pixels, flag);
}

gboolean
atelier_sketch_past_redo (AtelierSketchPast *past,
                          guint8            *pixels,
                          gboolean          *flag)
{
  return move (past, past->redo_steps, past->undo_steps, pixels, flag);
}

static void
set_flags (AtelierSketchPast *past,
           GPtrArray         *steps,
           guint8             flag)
{
  for (guint i = steps->len; i > 0; i--)
    {
      guint8 *step = g_ptr_array_index (steps, i - 1);

      if (step[past->n_pixels] == flag)
        break;
      step[past->n_pixels] = flag;
    }
}

void
atelier_sketch_past_set_flag (AtelierSketchPast *past,
                              gboolean           flag)
{
  set_flags (past, past->undo_steps, flag ? 1 : 0);
  set_flags (past, past->redo_steps, flag ? 1 : 0);
}
