/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What a screen reader hears of the window, over the bus that screen readers listen to.
 *
 * A test speaks to its own window as another program would: it has a connection of its own to the
 * accessibility bus, on which GTK answers.  So it gets what GTK tells, not what a widget was
 * given. */

#pragma once

#include <gtk/gtk.h>

/* What is told about one object.  Fields are empty strings where there is nothing. */
typedef struct
{
  char *path;
  char *role;
  char *name;
  char *description;
  char *value;  /* of a range, or the text of a field */
  char *states; /* those that are spoken, with commas between them */
} ScreenReaderObject;

void                screen_reader_object_free    (ScreenReaderObject *object);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ScreenReaderObject, screen_reader_object_free)

/* To be called before anything of GTK: has it speak to the bus.  The program ends, and is skipped,
 * where there is no such bus. */
void                screen_reader_test_init      (int                *argc,
                                                  char             ***argv);
/* Presses a key, and waits for what it gives the focus to. */
ScreenReaderObject *screen_reader_move           (const char         *key);
/* Presses Tab until what has the focus is called @name, or something that begins so. */
void                screen_reader_go_to          (const char         *name);
/* The object that got the focus last; NULL before any did. */
ScreenReaderObject *screen_reader_dup_focus      (void);
/* Looks at all objects of the program, and returns how many there are.  GTK tells of changes only
 * where somebody has looked.  Something must have the focus. */
guint               screen_reader_explore        (void);
/* The names of what an object is in, from the innermost to the window, with " in " between them. */
char               *screen_reader_describe_place (const ScreenReaderObject *object);
/* How often objects of @role (NULL: any) told a new name that contains @text since
 * screen_reader_forget (). */
guint               screen_reader_count_names    (const char         *role,
                                                  const char         *text);
void                screen_reader_forget         (void);
