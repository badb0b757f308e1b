/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The picture of a network as a file: as wide as its labels need, and as high as it is without
 * shrinking, but for long networks, which would be a ribbon.  Selection and typeface of the window
 * are left out.  Any thread. */

#include "config.h"

#include "atelier-export.h"

#define WIDTH 420.0
#define WIDEST 900.0
#define USUAL_HEIGHT 1200.0 /* what is higher shrinks */

typedef struct
{
  AtelierNetworkPicture picture;
  double                width;
  double                height;
} NetworkPage;

static void
draw_network (cairo_t  *cr,
              double    width,
              double    height,
              gpointer  user_data)
{
  const NetworkPage *page = user_data;
  g_autoptr (AtelierNetworkLayout) layout
    = atelier_network_layout_new (&page->picture, page->width, page->height);

  atelier_network_picture_draw (&page->picture, layout, &atelier_palette_light, cr);
}

gboolean
atelier_export_network (const AtelierNetworkPicture  *picture,
                        const char                   *path,
                        AtelierExportWrite            write,
                        GError                      **error)
{
  NetworkPage page;
  double minimum, natural;

  g_return_val_if_fail (picture != NULL && path != NULL && write != NULL, FALSE);

  page.picture = *picture;
  page.picture.i_selected = page.picture.i_hovered = ATELIER_NO_STEP;
  page.picture.has_focus = FALSE;
  page.picture.has_caption = TRUE;
  page.picture.font = NULL;
  page.picture.font_size = 0.0;
  page.width = CLAMP (atelier_network_picture_get_width (&page.picture), WIDTH, WIDEST);
  atelier_network_picture_get_heights (&page.picture, page.width, &minimum, &natural);
  page.height = MIN (natural, MAX (minimum, USUAL_HEIGHT));

  return atelier_export_drawing (path, page.width, page.height, draw_network, &page, write, error);
}
