/* SPDX-License-Identifier: GPL-3.0-or-later */

/* AtelierPictureOpener - opens pictures from a file dialog, the clipboard, a drop, or a given file.
 *
 * A single picture is read and prepared in a thread and emitted as "prepared".  Several are put
 * into an AtelierPictureBatch, and "shows-list" becomes TRUE.  Each request cancels the one before
 * it.  A failure is shown as a toast and changes nothing.  Main thread.
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

/* Properties: "is-busy" (boolean, read only: a single picture is being read) and "shows-list"
 * (boolean: the list of several pictures is to be shown).
 *
 * Signal "prepared" (AtelierIntake *, borrowed): a single picture, not empty.
 *
 * @widget (held weakly): for dialogs, toasts and the clipboard.  @batch gets several pictures; the
 * caller sets its model and input.  @steps give the input of a single picture. */
AtelierPictureOpener *atelier_picture_opener_new             (GtkWidget            *widget,
                                                              AtelierPictureBatch  *batch,
                                                              AtelierStepChooser   *steps);
/* open, paste, close-pictures, and show-pictures (boolean: "shows-list").  @actions must not be
 * used after @opener is gone. */
void                  atelier_picture_opener_add_actions     (AtelierPictureOpener *opener,
                                                              GActionMap           *actions);
/* Opens what is dropped on the widget, or adds it to the list while that is shown. */
void                  atelier_picture_opener_add_drop_zone   (AtelierPictureOpener *opener);
gboolean              atelier_picture_opener_get_is_busy     (AtelierPictureOpener *opener);
gboolean              atelier_picture_opener_get_shows_list  (AtelierPictureOpener *opener);
void                  atelier_picture_opener_set_shows_list  (AtelierPictureOpener *opener,
                                                              gboolean              shows_list);

void                  atelier_picture_opener_open_file       (AtelierPictureOpener *opener,
                                                              GFile                *file);
/* A picture of the list. */
void                  atelier_picture_opener_open_item       (AtelierPictureOpener *opener,
                                                              AtelierBatchItem     *item);
/* @files: of GFile.  One is opened as a single picture, several as the list. */
void                  atelier_picture_opener_open_files      (AtelierPictureOpener *opener,
                                                              GListModel           *files);
/* Prepares the picture again that is shown, for other steps or another model, or another place that
 * was picked in it; also where nothing of it is left then. */
void                  atelier_picture_opener_prepare_again   (AtelierPictureOpener *opener,
                                                              AtelierPicture       *picture);
/* Cancels the reading of a single picture. */
void                  atelier_picture_opener_cancel          (AtelierPictureOpener *opener);

G_END_DECLS
