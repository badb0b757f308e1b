/* SPDX-License-Identifier: GPL-3.0-or-later */

/* AtelierPictureOpener - asks for pictures and hands over what comes: from a file dialog, the
 * clipboard, something dropped, or a file that is known already.
 *
 * One picture is read and prepared in a thread and handed over with the signal "prepared".  Several
 * are put into an AtelierPictureBatch, and "shows-list" becomes TRUE.  Each request takes the place
 * of the one that is still going.  A failure is shown as a toast, and nothing else changes.
 *
 * Main thread.
 */

#pragma once

#include <gtk/gtk.h>

#include "draw/intake/atelier-picture-batch.h"
#include "draw/intake/atelier-picture-intake.h"
#include "draw/stages/atelier-step-chooser.h"

G_BEGIN_DECLS

#define ATELIER_TYPE_PICTURE_OPENER (atelier_picture_opener_get_type ())
G_DECLARE_FINAL_TYPE (AtelierPictureOpener,
                      atelier_picture_opener,
                      ATELIER,
                      PICTURE_OPENER,
                      GObject)

/* Properties: "is-busy" (boolean, read only: one picture is being read) and "shows-list" (boolean:
 * the list of several pictures is to be seen).
 *
 * Signal "prepared" (AtelierIntake *, borrowed): one picture, never an empty one.
 *
 * @widget is where dialogs and toasts appear and whose clipboard is read; held weakly.  @batch gets
 * several pictures; who owns it says how they are prepared.  @steps say how one is. */
AtelierPictureOpener *atelier_picture_opener_new             (GtkWidget            *widget,
                                                              AtelierPictureBatch  *batch,
                                                              AtelierStepChooser   *steps);
/* open, paste, close-pictures, and show-pictures (boolean: "shows-list").  @actions must not be
 * used after @opener is gone. */
void                  atelier_picture_opener_add_actions     (AtelierPictureOpener *opener,
                                                              GActionMap           *actions);
/* Opens what is dropped there. */
void                  atelier_picture_opener_add_drop_target (AtelierPictureOpener *opener,
                                                              GtkDropTargetAsync   *target);
gboolean              atelier_picture_opener_get_is_busy     (AtelierPictureOpener *opener);
gboolean              atelier_picture_opener_get_shows_list  (AtelierPictureOpener *opener);
void                  atelier_picture_opener_set_shows_list  (AtelierPictureOpener *opener,
                                                              gboolean              shows_list);

void                  atelier_picture_opener_open_file       (AtelierPictureOpener *opener,
                                                              GFile                *file);
/* @files: of GFile.  One is opened as a picture, several as the list. */
void                  atelier_picture_opener_open_files      (AtelierPictureOpener *opener,
                                                              GListModel           *files);
/* A picture that was read before, for other steps or another model. */
void                  atelier_picture_opener_prepare_again   (AtelierPictureOpener *opener,
                                                              AtelierPicture       *picture);
/* Gives up what is being read. */
void                  atelier_picture_opener_cancel          (AtelierPictureOpener *opener);

G_END_DECLS
