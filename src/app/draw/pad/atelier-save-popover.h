/* SPDX-License-Identifier: GPL-3.0-or-later */

/* AtelierSavePopover - keeping a drawing: as a PNG somewhere, or with its label in "my drawings",
 * to measure a model on them later.
 *
 * What is saved are the drawing's own bytes, light on dark, with the word whether it is to be
 * fitted to the frame, so that it gives the same answer when it is opened again.  Files are written
 * in a thread.  Main thread.
 */

#pragma once

#include <gtk/gtk.h>

#include "sketch/atelier-sketch.h"

G_BEGIN_DECLS

#define ATELIER_TYPE_SAVE_POPOVER (atelier_save_popover_get_type ())
G_DECLARE_FINAL_TYPE (AtelierSavePopover, atelier_save_popover, ATELIER, SAVE_POPOVER, GtkPopover)

/* Property: "is-busy" (boolean, read only): a file is being written. */

/* Adds the actions save (asks where), add-drawing (under the class that is chosen) and take-back
 * (what was added last).  They must not be used after the popover is gone. */
void        atelier_save_popover_add_actions (AtelierSavePopover  *popover,
                                              GActionMap          *actions);
/* @class_names: what it may be called, NULL-terminated, or NULL; @i_class: what it is taken for, or
 * -1.  A popover that is open keeps what was chosen. */
void        atelier_save_popover_set_drawing (AtelierSavePopover  *popover,
                                              AtelierSketch       *sketch,
                                              const char * const  *class_names,
                                              int                  i_class);
/* The class that is chosen to save it under, or -1. */
int         atelier_save_popover_get_class   (AtelierSavePopover  *popover);
void        atelier_save_popover_set_class   (AtelierSavePopover  *popover,
                                              guint                i_class);
/* Where "my drawings" are: in the person's pictures, unless set. */
const char *atelier_save_popover_get_folder  (AtelierSavePopover  *popover);
void        atelier_save_popover_set_folder  (AtelierSavePopover  *popover,
                                              const char          *folder);
void        atelier_save_popover_save        (AtelierSavePopover  *popover,
                                              GFile               *file);

G_END_DECLS
