/* SPDX-License-Identifier: GPL-3.0-or-later */

/* AtelierCurveExport - both curves as they are shown, for saving to a file. */

#pragma once

#include "curves/atelier-curve-view.h"
#include "focus/atelier-focus.h"

G_BEGIN_DECLS

typedef struct _AtelierCurveExport AtelierCurveExport;

/* Copies what the run of @focus has measured so far; @focus must have a run.  Main thread. */
AtelierCurveExport *atelier_curve_export_new   (AtelierFocus        *focus,
                                                AtelierCurveView    *view);
void                atelier_curve_export_free  (AtelierCurveExport  *curve_export);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (AtelierCurveExport, atelier_curve_export_free)

/* The path's ending decides the format: a page with both charts and the sentences below them (PDF,
 * SVG, PNG), or the epochs (CSV, see atelier_history_to_csv).  Any thread. */
gboolean            atelier_curve_export_write (AtelierCurveExport  *curve_export,
                                                const char          *path,
                                                GError             **error);

G_END_DECLS
