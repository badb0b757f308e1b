/* SPDX-License-Identifier: GPL-3.0-or-later */

/* How the ten sketched garments are cut.  Private to the core: atelier-synthetic draws with it.
 *
 * Each function draws one garment of its class, its proportions by chance, over the frame of the pen.
 */

#pragma once

#include "data/atelier-pen.h"

G_BEGIN_DECLS

/* atelier-garment-top.c */
void atelier_garment_draw_t_shirt    (AtelierPen *pen);
void atelier_garment_draw_pullover   (AtelierPen *pen);
void atelier_garment_draw_dress      (AtelierPen *pen);
void atelier_garment_draw_coat       (AtelierPen *pen);
void atelier_garment_draw_shirt      (AtelierPen *pen);

/* atelier-garment.c */
void atelier_garment_draw_trouser    (AtelierPen *pen);
void atelier_garment_draw_sandal     (AtelierPen *pen);
void atelier_garment_draw_sneaker    (AtelierPen *pen);
void atelier_garment_draw_bag        (AtelierPen *pen);
void atelier_garment_draw_ankle_boot (AtelierPen *pen);

G_END_DECLS
