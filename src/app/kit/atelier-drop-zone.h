/* SPDX-License-Identifier: GPL-3.0-or-later */

/* AtelierDropZone - makes a widget one on which things can be dropped.
 *
 * It accepts all that is dragged over the widget.  What is of other formats than the widget takes
 * is refused when it is dropped, with a toast that says what was dropped and what can be.  Refusing
 * it earlier was rejected: GTK then never tells of the drop, and nothing would say why.
 *
 * The widget has the state :drop(active) while something is over it that it takes.  Main thread.
 */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define ATELIER_TYPE_DROP_ZONE (atelier_drop_zone_get_type ())
G_DECLARE_FINAL_TYPE (AtelierDropZone, atelier_drop_zone, ATELIER, DROP_ZONE, GObject)

/* Signal "drop" (GdkDrop): of a format that is taken.  The handler reads it and finishes it. */

/* Works as long as @widget has its controllers and the zone lives.  @formats: what is taken.
 * @taken: a translated sentence that says so, for people: "Pictures can be dropped here." */
AtelierDropZone *atelier_drop_zone_new       (GtkWidget         *widget,
                                              GdkContentFormats *formats,
                                              const char        *taken);
/* For what turns out, once it is read, to be nothing that is taken.  @what: a translated message
 * that says what was dropped, without a full stop. */
void             atelier_drop_zone_refuse    (AtelierDropZone   *zone,
                                              const char        *what);

G_END_DECLS
