/* SPDX-License-Identifier: GPL-3.0-or-later */

/* AtelierMemberField - one member of a plain struct, with its name, to be changed in place: a
 * number or a pair to type, a choice, or a switch.  Main thread. */

#pragma once

#include <gtk/gtk.h>

#include "base/atelier-member.h"

G_BEGIN_DECLS

#define ATELIER_TYPE_MEMBER_FIELD (atelier_member_field_get_type ())
G_DECLARE_FINAL_TYPE (AtelierMemberField, atelier_member_field, ATELIER, MEMBER_FIELD, GtkWidget)

/* Signal "changed": a person has entered another value, which is in the member's range.  While what
 * is typed is not, the field says what is, and the value stays.
 *
 * Property "problem" (string, read only): what may be typed, while something else is; else NULL. */

/* Both are borrowed, and static. */
GtkWidget           *atelier_member_field_new        (const AtelierMembers *table,
                                                      const AtelierMember  *member);
/* The same without the name, and without the words on what may be typed: for a row that shows both.
 * What is typed stays when the field is left. */
GtkWidget           *atelier_member_field_new_bare   (const AtelierMembers *table,
                                                      const AtelierMember  *member);
const AtelierMember *atelier_member_field_get_member (AtelierMemberField   *field);
/* Shows the member of @values.  What is being typed for the same value stays as it is. */
void                 atelier_member_field_show       (AtelierMemberField   *field,
                                                      gconstpointer         values);
/* Writes what was entered last to @values, and nothing else. */
void                 atelier_member_field_read       (AtelierMemberField   *field,
                                                      gpointer              values);
/* Shows the value in place of what is typed and is none. */
void                 atelier_member_field_restore    (AtelierMemberField   *field);
/* Borrowed, nullable. */
const char          *atelier_member_field_get_problem (AtelierMemberField  *field);
/* Sets the text as if it were typed; for tests. */
void                 atelier_member_field_set_text   (AtelierMemberField   *field,
                                                      const char           *text);

G_END_DECLS
