/* SPDX-License-Identifier: GPL-3.0-or-later */

/* AtelierSavePopover - saves a drawing: as a PNG anywhere, or with its class in "my drawings", to
 * measure a model on these later.
 *
 * The file holds the drawing's own bytes, light on dark, and whether it is to be fitted to the
 * frame, so that it gets the same answer when it is opened again.  Files are written in a thread.
 * Main thread.
 */

#pragma once

#include <gtk/gtk.h>

#include "sketch/atelier-sketch.h"

G_BEGIN_DECLS

#define ATELIER_TYPE_SAVE_POPOVER (atelier_save_popover_get_type ())
G_DECLARE_FINAL_TYPE (AtelierSavePopover, atelier_save_popover, ATELIER, SAVE_POPOVER, GtkPopover)

/* Property "is-busy" (boolean, read only): a file is being written. */

/* Adds the actions save (asks for a path), add-drawing (under the chosen class) and take-back
 * (removes the drawing that was added last).  They must not be used after the popover is gone. */
void        atelier_save_popover_add_actions (AtelierSavePopover  *popover,
                                              GActionMap          *actions);
/* @class_names: the classes to choose from, NULL-terminated, or NULL.  @i_class: the predicted
 * class, which is preselected while the popover is closed, or -1. */
void        atelier_save_popover_set_drawing (AtelierSavePopover  *popover,
                                              AtelierSketch       *sketch,
                                              const char * const  *class_names,
                                              int                  i_class);
/* The chosen class, or -1. */
int         atelier_save_popover_get_class   (AtelierSavePopover  *popover);
void        atelier_save_popover_set_class   (AtelierSavePopover  *popover,
                                              guint                i_class);
/* The folder of "my drawings"; by default in the user's pictures folder. */
const char *atelier_save_popover_get_folder  (AtelierSavePopover  *popover);
void        atelier_save_popover_set_folder  (AtelierSavePopover  *popover,
                                              const char          *folder);
void        atelier_save_popover_save        (AtelierSavePopover  *popover,
                                              GFile               *file);

G_END_DECLS
