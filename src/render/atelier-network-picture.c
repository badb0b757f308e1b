/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A network's picture as a whole: what is drawn over what.  Any thread. */

#include "config.h"

#include "atelier-network-picture-private.h"

static void
draw_caption (AtelierNetworkInk *ink)
{
  atelier_network_picture_set_caption (ink->picture, &ink->text, ink->layout->width);
  atelier_text_show (&ink->text, ink->cr, ATELIER_NETWORK_MARGIN, ink->layout->caption_y, 0.0,
                     &ink->palette->dim_text);
}

void
atelier_network_picture_draw (const AtelierNetworkPicture *picture,
                              const AtelierNetworkLayout  *layout,
                              const AtelierPalette        *palette,
                              cairo_t                     *cr)
{
  AtelierNetworkInk ink = { .picture = picture, .layout = layout, .palette = palette, .cr = cr };

  g_return_if_fail (picture != NULL && layout != NULL && palette != NULL && cr != NULL);
  g_return_if_fail (layout->n_spots == picture->n_steps);

  if (picture->n_steps == 0)
    return;

  /* In high contrast, dimmed text is not dimmed. */
  ink.is_strong = atelier_color_get_contrast (&palette->dim_text, &palette->text) < 1.01;
  cairo_save (cr);
  atelier_text_init (&ink.text, cr, picture->font);
  for (guint i = 0; i < picture->n_steps; i++)
    if (picture->steps[i].kind == ATELIER_STEP_BLOCK)
      atelier_network_ink_draw_frame (&ink, i);
  atelier_network_ink_draw_lines (&ink);
  for (guint i = 0; i < picture->n_steps; i++)
    atelier_network_ink_draw_leader (&ink, i);
  for (guint i = 0; i < picture->n_steps; i++)
    {
      atelier_network_ink_draw_shape (&ink, i);
      atelier_network_ink_draw_label (&ink, i);
    }
  if (picture->has_focus && picture->i_selected < picture->n_steps)
    atelier_network_ink_draw_ring (&ink, picture->i_selected);
  if (picture->has_caption)
    draw_caption (&ink);
  atelier_text_clear (&ink.text);
  cairo_restore (cr);
}
