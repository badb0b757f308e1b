/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Settings that are kept between two starts of the program.  Main thread. */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* The settings of the program.  NULL where the schema is not installed, as below. */
GSettings *atelier_settings_new            (void);
/* The settings of AtelierCurveView.  NULL where the schema is not installed: nothing is stored
 * then.  Transfer full. */
GSettings *atelier_settings_new_for_curves (void);

G_END_DECLS
