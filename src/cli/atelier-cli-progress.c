/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The progress line.
 *
 * It is written to standard error, and only to a terminal, so that it does not fill pipes and logs.
 * The width is read each time, because windows are resized.  The last cell stays free: many
 * terminals wrap when it is filled, and a wrapped line cannot be rewritten.  The old line is
 * overwritten with blanks and not erased with an escape sequence, so that it works on any terminal.
 * Main thread.
 */

#include "config.h"

#include "atelier-cli-progress.h"

#include <glib/gi18n.h>
#include <math.h>
#include <stdio.h>
#include <unistd.h>

#include "atelier-cli-text.h"
#include "base/atelier-format.h"

#define MIN_BAR_WIDTH 6
#define MAX_BAR_WIDTH 30

/* How many cells the line shown now takes. */
static guint shown_width;

static char *
format_head (const AtelierCliProgress *progress)
{
  g_autofree char *head
    = g_strdup_printf (_("epoch %u of %u"), progress->epoch, progress->n_epochs);

  if (progress->label == NULL)
    return g_steal_pointer (&head);
  return g_strdup_printf ("%s · %s", progress->label, head);
}

static char *
format_figures (const AtelierCliProgress *progress)
{
  GString *figures = g_string_new (NULL);

  if (isfinite (progress->loss))
    {
      g_autofree char *loss = atelier_format_loss (progress->loss);
      g_autofree char *accuracy = atelier_format_percent (progress->accuracy, 2);

      g_string_append_printf (figures, _("loss %s · accuracy %s"), loss, accuracy);
    }
  if (progress->images_per_second > 0)
    {
      g_autofree char *rate
        = atelier_format_count ((guint64) (progress->images_per_second + 0.5));

      if (figures->len > 0)
        g_string_append (figures, " · ");
      g_string_append_printf (figures, _("%s images/s"), rate);
    }
  if (isfinite (progress->seconds_left))
    {
      g_autofree char *left = atelier_format_time_left (progress->seconds_left);

      if (figures->len > 0)
        g_string_append (figures, " · ");
      g_string_append_printf (figures, _("%s left"), left);
    }
  return g_string_free (figures, FALSE);
}

static void
append_bar (GString *line,
            double   progress,
            guint    width)
{
  guint n_done = (guint) (CLAMP (progress, 0.0, 1.0) * width + 0.5);

  for (guint i = 0; i < width; i++)
    g_string_append (line, i < n_done ? "━" : "─");
}

char *
atelier_cli_progress_format (const AtelierCliProgress *progress,
                             guint                     width)
{
  g_autofree char *head = format_head (progress);
  g_autofree char *figures = format_figures (progress);
  g_autoptr (GString) line = g_string_new (head);
  guint used = atelier_cli_text_width (head) + 2 + atelier_cli_text_width (figures) + 2;

  if (used + MIN_BAR_WIDTH <= width)
    {
      g_string_append (line, "  ");
      append_bar (line, progress->progress, MIN (width - used, MAX_BAR_WIDTH));
    }
  if (*figures != '\0')
    g_string_append_printf (line, "  %s", figures);
  return atelier_cli_text_cut (line->str, width);
}

gboolean
atelier_cli_progress_is_shown (void)
{
  return isatty (STDERR_FILENO);
}

void
atelier_cli_progress_show (const AtelierCliProgress *progress)
{
  guint columns = atelier_cli_get_columns (stderr, 80);
  g_autofree char *line = NULL;
  guint width;

  if (!atelier_cli_progress_is_shown () || columns < 2)
    return;
  line = atelier_cli_progress_format (progress, columns - 1);
  width = atelier_cli_text_width (line);
  shown_width = MIN (shown_width, columns - 1);
  fprintf (stderr, "\r%s%*s", line, shown_width > width ? (int) (shown_width - width) : 0, "");
  fflush (stderr);
  shown_width = width;
}

void
atelier_cli_progress_clear (void)
{
  if (shown_width == 0)
    return;
  fprintf (stderr, "\r%*s\r", (int) shown_width, "");
  fflush (stderr);
  shown_width = 0;
}
