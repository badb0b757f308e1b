/* SPDX-License-Identifier: GPL-3.0-or-later */

/* AtelierWindow - the window: header bar, pages, commands. */

#pragma once

#include "shell/atelier-application.h"
#include "train/atelier-train-page.h"

G_BEGIN_DECLS

#define ATELIER_TYPE_WINDOW (atelier_window_get_type ())
G_DECLARE_FINAL_TYPE (AtelierWindow, atelier_window, ATELIER, WINDOW, AdwApplicationWindow)

/* Properties: "trainer" (AtelierTrainer, read only), "dataset" (AtelierDataset, nullable),
 * "network" (AtelierNetwork), "is-loading" and "is-locked" (booleans, read only: a data set is
 * on its way; a run is going, so that nothing can be changed).
 *
 * Actions: run.toggle (train, pause or resume), run.stop; win.page (string), win.show-sidebar,
 * win.show-mistakes, win.data (string, as for atelier_window_load_data()), win.open-data,
 * win.network (string: a preset), win.open-network, win.save-model, win.save-last-model (of the run
 * before, where it was not saved), win.save-and-close, win.stop-and-close, win.edit-in-draw
 * (string, uint, uint: as for atelier_window_edit_in_draw()). */

AtelierWindow    *atelier_window_new            (AtelierApplication *application);
/* @spec: as for atelier_dataset_finder_load().  Replaces a load that is still going. */
void              atelier_window_load_data      (AtelierWindow      *window,
                                                 const char         *spec);
void              atelier_window_use_preset     (AtelierWindow      *window,
                                                 const char         *id);
/* A network of a JSON file, read on another thread; an error is shown in the window. */
void              atelier_window_open_network   (AtelierWindow      *window,
                                                 const char         *path);
/* Puts a picture on the Draw page's pad and shows that page.  @sha256 names the data set that is
 * chosen, or the one of the last run; nothing happens for others, and for pictures in colour. */
void              atelier_window_edit_in_draw   (AtelierWindow      *window,
                                                 const char         *sha256,
                                                 AtelierSplit        split,
                                                 guint               i_image);
AtelierTrainer   *atelier_window_get_trainer    (AtelierWindow      *window);
AtelierDataset   *atelier_window_get_dataset    (AtelierWindow      *window); /* nullable */
AtelierNetwork   *atelier_window_get_network    (AtelierWindow      *window);
AtelierTrainPage *atelier_window_get_train_page (AtelierWindow      *window);

G_END_DECLS
