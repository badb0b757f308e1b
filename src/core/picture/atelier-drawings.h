/* SPDX-License-Identifier: GPL-3.0-or-later */

/* "My drawings": labelled drawings in a folder, with which a model can be measured later.
 *
 *   FOLDER/Ankle boot/drawing-0001.png        pictures in class folders, for people and for
 *   FOLDER/T-shirt-top/drawing-0001.png       “atelier-cli evaluate --data FOLDER”
 *
 *   FOLDER/drawings-images-idx3-ubyte         or two IDX files, for other programs
 *   FOLDER/drawings-labels-idx1-ubyte
 *
 * No picture is ever overwritten, and no file is left half written.  Any thread; only one at a time
 * for the same folder.
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define ATELIER_DRAWINGS_IMAGES_NAME "drawings-images-idx3-ubyte"
#define ATELIER_DRAWINGS_LABELS_NAME "drawings-labels-idx1-ubyte"
#define ATELIER_DRAWINGS_MAX_IDX 100000

/* Transfer full: the name of a class's folder, which is the class's name with '-' for characters
 * that a file name cannot have. */
char    *atelier_drawings_make_folder_name (const char *class_name);
/* Whether a folder of that name may hold pictures of the class.  Blanks and punctuation such as
 * '-', '_', '/' and '.' are left out and case is ignored, so that "t_shirt top" is "T-shirt/top".
 * Signs are compared ("C++" is not "C"), and so is the case of a single letter ("t" is not "T"). */
gboolean atelier_drawings_is_folder_of     (const char *folder_name,
                                            const char *class_name);
/* The index of the class whose pictures a folder holds: the one that its name is exactly, or with
 * which atelier_drawings_save_png makes it; else the only one that it may be.  -1: none, or several
 * may be meant. */
int      atelier_drawings_find_class       (const char         *folder_name,
                                            const char * const *class_names);

/* Saves a drawing, @pixels: [height, width], as the next picture of its class, with the mark that
 * atelier_picture_get_is_drawing reads.  Creates missing folders.  Returns the file's path,
 * transfer full.  FAILED, NO_MEMORY. */
char    *atelier_drawings_save_png         (const char    *folder,
                                            const char    *class_name,
                                            const guint8  *pixels,
                                            guint          width,
                                            guint          height,
                                            gboolean       fits,
                                            GError       **error);
/* Adds a drawing with its label (the class's index, at most 255) to the folder's IDX files.
 * Programs that read these have no input pipeline, so @pixels should be what the network sees.
 * @n_drawings (nullable): the number of drawings that the files then hold.  MISMATCH if the files
 * hold pictures of another size, TOO_LARGE if they are full, the errors of atelier_idx_load if they
 * are damaged, FAILED. */
gboolean atelier_drawings_add_to_idx       (const char    *folder,
                                            guint          label,
                                            const guint8  *pixels,
                                            guint          width,
                                            guint          height,
                                            guint         *n_drawings,
                                            GError       **error);
/* The folder's IDX files; @images: [n, height, width], @labels: [n], both transfer full.  The
 * errors of atelier_idx_load (NOT_FOUND if there are no such files); MISMATCH if they are not
 * pictures with labels; TRUNCATED if they are empty. */
gboolean atelier_drawings_load_idx         (const char    *folder,
                                            GBytes       **images,
                                            GBytes       **labels,
                                            guint         *width,
                                            guint         *height,
                                            GError       **error);

G_END_DECLS
