/* SPDX-License-Identifier: GPL-3.0-or-later */

/* AtelierStoryLine - one picture's score of the true class over the epochs.
 *
 * For a screen reader it is a slider over the epochs: a click, a drag, and the keys Left, Right,
 * Home and End move the focus to another epoch.  Main thread.
 */

#pragma once

#include <gtk/gtk.h>

#include "focus/atelier-focus.h"
#include "results/atelier-image-story.h"

G_BEGIN_DECLS

#define ATELIER_TYPE_STORY_LINE (atelier_story_line_get_type ())
G_DECLARE_FINAL_TYPE (AtelierStoryLine, atelier_story_line, ATELIER, STORY_LINE, GtkWidget)

/* Called once. */
void atelier_story_line_set_focus   (AtelierStoryLine   *line,
                                     AtelierFocus       *focus);
/* @story: nullable.  @class_names: of the data set, which must live as long as they are shown. */
void atelier_story_line_set_story   (AtelierStoryLine   *line,
                                     AtelierImageStory  *story,
                                     const char * const *class_names);
/* Where an epoch's point is drawn, in the widget's coordinates; FALSE if it has none. */
gboolean atelier_story_line_get_place (AtelierStoryLine *line,
                                       guint             epoch,
                                       double           *x,
                                       double           *y);

G_END_DECLS
