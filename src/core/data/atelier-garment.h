/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The shapes of the ten sketched garments.  Private to the core: atelier-synthetic draws with it.
 *
 * Each function draws one garment of its class, with random proportions, into the pen's frame.
 */

#pragma once

#include "data/atelier-pen.h"

G_BEGIN_DECLS

/* In atelier-garment-top.c */
void atelier_garment_draw_t_shirt    (AtelierPen *pen);
void atelier_garment_draw_pullover   (AtelierPen *pen);
void atelier_garment_draw_dress      (AtelierPen *pen);
void atelier_garment_draw_coat       (AtelierPen *pen);
void atelier_garment_draw_shirt      (AtelierPen *pen);

/* In atelier-garment.c */
void atelier_garment_draw_trouser    (AtelierPen *pen);
void atelier_garment_draw_sandal     (AtelierPen *pen);
void atelier_garment_draw_sneaker    (AtelierPen *pen);
void atelier_garment_draw_bag        (AtelierPen *pen);
void atelier_garment_draw_ankle_boot (AtelierPen *pen);

G_END_DECLS
