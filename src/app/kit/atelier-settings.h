/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What is remembered between two starts. */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* How curves are looked at: the keys of AtelierCurveView.  NULL where the schema is not installed;
 * nothing is remembered then.  Transfer full. */
GSettings *atelier_settings_new_for_curves (void);

G_END_DECLS
