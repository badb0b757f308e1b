/* SPDX-License-Identifier: GPL-3.0-or-later */

/* "My drawings": labelled drawings in a folder, to measure a model on them later.
 *
 *   FOLDER/Ankle boot/drawing-0001.png        pictures in class folders, for people and for
 *   FOLDER/T-shirt-top/drawing-0001.png       “atelier-cli evaluate --data FOLDER”
 *
 *   FOLDER/drawings-images-idx3-ubyte         or two IDX files, for other programs
 *   FOLDER/drawings-labels-idx1-ubyte
 *
 * Nothing is ever overwritten or half written.  Any thread, one at a time a folder.
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define ATELIER_DRAWINGS_IMAGES_NAME "drawings-images-idx3-ubyte"
#define ATELIER_DRAWINGS_LABELS_NAME "drawings-labels-idx1-ubyte"
#define ATELIER_DRAWINGS_MAX_IDX 100000

/* Transfer full: what a class's folder is called; the class's name, with '-' for what no file name
 * may have. */
char    *atelier_drawings_make_folder_name (const char *class_name);
/* Whether a folder of that name holds pictures of the class: letters and digits are compared,
 * whatever their case, and nothing else: "t_shirt top" is "T-shirt/top". */
gboolean atelier_drawings_is_folder_of     (const char *folder_name,
                                            const char *class_name);

/* Saves a drawing, @pixels: [height, width], as the next picture of its class, with the word that
 * atelier_picture_get_is_drawing reads.  Folders are made as needed.  Returns the file's path,
 * transfer full.  FAILED, NO_MEMORY. */
char    *atelier_drawings_save_png         (const char    *folder,
                                            const char    *class_name,
                                            const guint8  *pixels,
                                            guint          width,
                                            guint          height,
                                            gboolean       fits,
                                            GError       **error);
/* Adds a drawing with its label (the class's index, at most 255) to the folder's IDX files.  Whoever
 * reads those has no input pipeline, so @pixels are best what the network sees of it.  @n_drawings (nullable): how many they hold then.  MISMATCH where they hold pictures of another
 * size, TOO_LARGE where they are full, the errors of atelier_idx_load where they are damaged,
 * FAILED. */
gboolean atelier_drawings_add_to_idx       (const char    *folder,
                                            guint          label,
                                            const guint8  *pixels,
                                            guint          width,
                                            guint          height,
                                            guint         *n_drawings,
                                            GError       **error);
/* The folder's IDX files; @images: [n, height, width], @labels: [n], both transfer full.  The errors
 * of atelier_idx_load (NOT_FOUND where there are none); MISMATCH where they are no pictures with
 * labels; TRUNCATED where they are empty. */
gboolean atelier_drawings_load_idx         (const char    *folder,
                                            GBytes       **images,
                                            GBytes       **labels,
                                            guint         *width,
                                            guint         *height,
                                            GError       **error);

G_END_DECLS
