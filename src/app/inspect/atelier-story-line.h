/* SPDX-License-Identifier: GPL-3.0-or-later */

/* AtelierStoryLine - one picture's score of the truth over the epochs.
 *
 * To a screen reader it is a slider over the epochs, which it is: a click, a drag, and Left, Right,
 * Home and End with the keyboard, move the focus to another epoch.  Main thread.
 */

#pragma once

#include <gtk/gtk.h>

#include "focus/atelier-focus.h"
#include "results/atelier-image-story.h"

G_BEGIN_DECLS

#define ATELIER_TYPE_STORY_LINE (atelier_story_line_get_type ())
G_DECLARE_FINAL_TYPE (AtelierStoryLine, atelier_story_line, ATELIER, STORY_LINE, GtkWidget)

/* Once. */
void atelier_story_line_set_focus   (AtelierStoryLine   *line,
                                     AtelierFocus       *focus);
/* @story: nullable.  @class_names: the data set's, which must live as long as they are shown. */
void atelier_story_line_set_story   (AtelierStoryLine   *line,
                                     AtelierImageStory  *story,
                                     const char * const *class_names);
/* Where the point of an epoch is drawn, in the widget's coordinates; FALSE where it has none. */
gboolean atelier_story_line_get_place (AtelierStoryLine *line,
                                       guint             epoch,
                                       double           *x,
                                       double           *y);

G_END_DECLS
