/* SPDX-License-Identifier: GPL-3.0-or-later */

/* AtelierInspector - a window with one large picture, the network's answers for it over the epochs,
 * the scores of all classes, and its occlusion map.  Main thread. */

#pragma once

#include <adwaita.h>

#include "focus/atelier-focus.h"
#include "training/atelier-trainer.h"

G_BEGIN_DECLS

#define ATELIER_TYPE_INSPECTOR (atelier_inspector_get_type ())
G_DECLARE_FINAL_TYPE (AtelierInspector, atelier_inspector, ATELIER, INSPECTOR, AdwWindow)

/* Actions: "picture.step" (int: -1 or 1), "picture.turn" (int: -1 left, 1 right), "picture.copy",
 * "picture.save", "picture.edit" (in Draw).
 *
 * Signal "step" (int): the previous (-1) or the next (1) picture is wanted. */
AtelierInspector *atelier_inspector_new         (GtkWindow        *parent,
                                                 AtelierFocus     *focus);
/* @trainer (nullable): its newest weights give the scores of all classes. */
void              atelier_inspector_set_trainer (AtelierInspector *inspector,
                                                 AtelierTrainer   *trainer);
/* Shows a picture of the focus's data set, by its number there. */
void              atelier_inspector_set_picture (AtelierInspector *inspector,
                                                 guint             picture);
guint             atelier_inspector_get_picture (AtelierInspector *inspector); /* its number */

G_END_DECLS
