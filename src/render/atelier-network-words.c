/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The words of a network's picture: its caption, and what it is for those who do not see it.  Any
 * thread. */

#include "config.h"

#include "atelier-network-picture-private.h"

#include <glib/gi18n-lib.h>

char *
atelier_network_picture_dup_caption (const AtelierNetworkPicture *picture)
{
  AtelierNetworkScale scale;

  g_return_val_if_fail (picture != NULL, NULL);

  atelier_network_scale_init (&scale, picture);

  return atelier_network_scale_dup_caption (&scale);
}

double
atelier_network_picture_get_font_size (const AtelierNetworkPicture *picture)
{
  return picture->font_size > 0.0 ? picture->font_size : ATELIER_NETWORK_FONT_SIZE;
}

void
atelier_network_picture_set_caption (const AtelierNetworkPicture *picture,
                                     AtelierText                 *text,
                                     double                       width)
{
  const double size
    = atelier_network_picture_get_font_size (picture) * ATELIER_NETWORK_CAPTION_SHARE;
  g_autofree char *caption = atelier_network_picture_dup_caption (picture);

  atelier_text_set (text, caption, size, FALSE);
  atelier_text_wrap (text, width - 2.0 * ATELIER_NETWORK_MARGIN);
}

static void
append_step (const AtelierNetworkStep *step,
             GString                  *words)
{
  g_string_append (words, step->title);
  if (step->detail != NULL)
    g_string_append_printf (words, ", %s", step->detail);
}

/* The steps from @begin to @end, those that a block holds in parentheses behind it. */
static void
append_steps (const AtelierNetworkPicture *picture,
              guint                        begin,
              guint                        end,
              GString                     *words)
{
  for (guint i = begin; i < MIN (end, picture->n_steps);)
    {
      const AtelierNetworkStep *step = &picture->steps[i];
      const guint n_held
        = step->kind == ATELIER_STEP_BLOCK ? step->n_body + step->n_shortcut : 0;

      g_string_append (words, i > begin ? "; " : "");
      append_step (step, words);
      if (n_held > 0 && i + 1 < picture->n_steps)
        {
          g_string_append (words, " (");
          for (guint k = i + 1; k <= i + n_held && k < picture->n_steps; k++)
            {
              g_string_append (words, k > i + 1 ? "; " : "");
              append_step (&picture->steps[k], words);
            }
          g_string_append_c (words, ')');
        }
      i += 1 + n_held;
    }
}

char *
atelier_network_picture_describe (const AtelierNetworkPicture *picture)
{
  g_autofree char *head = NULL;
  GString *words;
  guint n_layers;

  g_return_val_if_fail (picture != NULL, NULL);

  n_layers = MAX (picture->n_steps, 1) - 1;
  head = g_strdup_printf (ngettext ("%u layer", "%u layers", n_layers), n_layers);
  words = g_string_new (head);
  g_string_append (words, picture->n_steps > 0 ? ": " : "");
  append_steps (picture, 0, picture->n_steps, words);

  return g_string_free (words, FALSE);
}
