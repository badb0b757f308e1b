/* SPDX-License-Identifier: GPL-3.0-or-later */

/* AtelierDrawPage - judge a picture of your own: the pad with its tools, what the network sees, and
 * what it says.
 *
 * A drawing goes through the steps that the training pictures went through (trim, scale, centre),
 * unless "fit" is switched off; a picture that was opened, pasted or dropped goes through the
 * model's whole pipeline, and what comes out is put on the pad, to be drawn on.  The answer is
 * renewed at most once a frame.
 *
 * Several pictures at once are listed with their answers in the pad's place.
 *
 * Action group "draw": the actions of the board, of AtelierPictureOpener, of AtelierStepChooser and
 * of AtelierSavePopover, and fit (boolean) and example.  Their keys work while the page is shown.
 * Main thread.
 */

#pragma once

#include <adwaita.h>

#include "data/atelier-dataset.h"
#include "sketch/atelier-sketch.h"
#include "training/atelier-trainer.h"

G_BEGIN_DECLS

#define ATELIER_TYPE_DRAW_PAGE (atelier_draw_page_get_type ())
G_DECLARE_FINAL_TYPE (AtelierDrawPage, atelier_draw_page, ATELIER, DRAW_PAGE, AdwBin)

/* Properties: "trainer" (AtelierTrainer, nullable: whose weights answer), "dataset"
 * (AtelierDataset, nullable: where examples come from) and, read only, "is-busy" (boolean: a
 * picture is being read). */
GtkWidget      *atelier_draw_page_new          (void);
AtelierTrainer *atelier_draw_page_get_trainer  (AtelierDrawPage *page); /* borrowed, nullable */
void            atelier_draw_page_set_trainer  (AtelierDrawPage *page,
                                                AtelierTrainer  *trainer);
AtelierDataset *atelier_draw_page_get_dataset  (AtelierDrawPage *page); /* borrowed, nullable */
void            atelier_draw_page_set_dataset  (AtelierDrawPage *page,
                                                AtelierDataset  *dataset);
gboolean        atelier_draw_page_get_is_busy  (AtelierDrawPage *page);
/* The drawing that is on the pad; another one after a network with another input size came. */
AtelierSketch  *atelier_draw_page_get_sketch   (AtelierDrawPage *page); /* borrowed */

/* Reads a picture in a thread and puts it on the pad.  A request that is still going is given
 * up; a failure leaves the pad as it was and is shown as a toast. */
void            atelier_draw_page_open_picture (AtelierDrawPage *page,
                                                GFile           *file);
/* The same for one; several (of GFile) are listed with their answers. */
void            atelier_draw_page_open_pictures (AtelierDrawPage *page,
                                                 GListModel      *files);
/* Puts an image of the data set on the pad as it is, one step of undo, for a person to go on from;
 * the second: of any data set with one channel. */
void            atelier_draw_page_show_example (AtelierDrawPage *page,
                                                AtelierSplit     split,
                                                guint            i_image);
void            atelier_draw_page_show_picture (AtelierDrawPage *page,
                                                AtelierDataset  *dataset,
                                                AtelierSplit     split,
                                                guint            i_image);

G_END_DECLS
