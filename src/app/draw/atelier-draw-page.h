/* SPDX-License-Identifier: GPL-3.0-or-later */

/* AtelierDrawPage - classify a picture of your own: the pad with its tools, what the network sees,
 * and its answer.
 *
 * A drawing goes through the steps that the training pictures went through (trim, scale, centre),
 * unless "fit" is off.  A picture that was opened, pasted or dropped goes through the model's whole
 * pipeline, and the result is put on the pad, to be drawn on.  The answer is updated at most once a
 * frame.
 *
 * Several pictures at once are listed with their answers in place of the pad.
 *
 * Action group "draw": the actions of the board, of AtelierPictureOpener, of AtelierStepChooser and
 * of AtelierSavePopover, and fit (boolean) and example.  Their keys work while the page is shown.
 * Main thread.
 */

#pragma once

#include <adwaita.h>

#include "data/atelier-splits.h"
#include "sketch/atelier-sketch.h"
#include "training/atelier-trainer.h"

G_BEGIN_DECLS

#define ATELIER_TYPE_DRAW_PAGE (atelier_draw_page_get_type ())
G_DECLARE_FINAL_TYPE (AtelierDrawPage, atelier_draw_page, ATELIER, DRAW_PAGE, AdwBin)

/* Properties: "trainer" (AtelierTrainer, nullable: its newest weights answer), "splits"
 * (AtelierSplits, nullable: examples are taken from them) and, read only, "is-busy" (boolean: a
 * picture is being read).
 *
 * Signal "model-loaded" (AtelierModel): a model file was read, whether or not it can answer. */
GtkWidget      *atelier_draw_page_new          (void);
AtelierTrainer *atelier_draw_page_get_trainer  (AtelierDrawPage *page); /* borrowed, nullable */
void            atelier_draw_page_set_trainer  (AtelierDrawPage *page,
                                                AtelierTrainer  *trainer);
AtelierSplits  *atelier_draw_page_get_splits   (AtelierDrawPage *page); /* borrowed, nullable */
void            atelier_draw_page_set_splits   (AtelierDrawPage *page,
                                                AtelierSplits   *splits);
gboolean        atelier_draw_page_get_is_busy  (AtelierDrawPage *page);
/* The drawing on the pad.  A network of another input size replaces the object. */
AtelierSketch  *atelier_draw_page_get_sketch   (AtelierDrawPage *page); /* borrowed */

/* Reads a picture in a thread and puts it on the pad.  Cancels an earlier request.  A failure is
 * shown as a toast and changes nothing. */
void            atelier_draw_page_open_picture (AtelierDrawPage *page,
                                                GFile           *file);
/* @files: of GFile.  One is put on the pad, several are listed with their answers. */
void            atelier_draw_page_open_pictures (AtelierDrawPage *page,
                                                 GListModel      *files);
/* Reads a model file in a thread; its network answers from then on.  A failure is shown as a toast
 * and changes nothing. */
void            atelier_draw_page_open_model   (AtelierDrawPage *page,
                                                GFile           *file);
/* Asks for a model file, and opens it. */
void            atelier_draw_page_ask_for_model (AtelierDrawPage *page);
/* Puts a picture of the page's data set on the pad as it is, as one step of undo; show_picture
 * takes one of any data set with one channel.  @picture: its number in the data set. */
void            atelier_draw_page_show_example (AtelierDrawPage *page,
                                                guint            picture);
void            atelier_draw_page_show_picture (AtelierDrawPage *page,
                                                AtelierSplits   *splits,
                                                guint            picture);
/* Gives the focus to the pad, or to the list that is in its place. */
void            atelier_draw_page_take_focus   (AtelierDrawPage *page);

G_END_DECLS
