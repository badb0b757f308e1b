/* SPDX-License-Identifier: GPL-3.0-or-later */

/* AtelierInspector - one picture, large, with all that is known of it. */

#pragma once

#include <adwaita.h>

#include "focus/atelier-focus.h"
#include "training/atelier-trainer.h"

G_BEGIN_DECLS

#define ATELIER_TYPE_INSPECTOR (atelier_inspector_get_type ())
G_DECLARE_FINAL_TYPE (AtelierInspector, atelier_inspector, ATELIER, INSPECTOR, AdwWindow)

/* Actions: "picture.step" (int: -1 or 1), "picture.turn" (int: the same to the left or right),
 * "picture.copy", "picture.save", "picture.edit" (in Draw).
 *
 * Signal "step" (int): the picture before or after is asked for. */
AtelierInspector *atelier_inspector_new         (GtkWindow        *parent,
                                                 AtelierFocus     *focus);
/* Whose newest weights answer; nullable. */
void              atelier_inspector_set_trainer (AtelierInspector *inspector,
                                                 AtelierTrainer   *trainer);
/* A picture of the data set that the focus is on. */
void              atelier_inspector_set_picture (AtelierInspector *inspector,
                                                 AtelierSplit      split,
                                                 guint             i_image);
AtelierSplit      atelier_inspector_get_split   (AtelierInspector *inspector);
guint             atelier_inspector_get_index   (AtelierInspector *inspector); /* of the picture */

G_END_DECLS
