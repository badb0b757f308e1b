/* SPDX-License-Identifier: GPL-3.0-or-later */

/* AtelierMember - what there is to know of one field of a plain struct: its name in files, where it
 * lies, which values it may have, and its words for people.
 *
 * Layers and recipes are such structs, each with a table of its members.  Reading and writing JSON,
 * comparing, checking, describing and options of the command line are walks over a table, so that
 * a new member is one entry in one.  A struct that a table describes holds nothing that is owned.
 * All functions are pure; any thread.
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef enum
{
  ATELIER_MEMBER_UINT,   /* guint */
  ATELIER_MEMBER_UINT64, /* guint64 */
  ATELIER_MEMBER_REAL,   /* double */
  ATELIER_MEMBER_CHOICE, /* an enum, or guint: the index of one of the choices; with @pair, the last
                          * stands for the number or numbers of that member, which files hold
                          * instead */
  ATELIER_MEMBER_FLAG,   /* gboolean */
  ATELIER_MEMBER_PAIR,   /* two guint in a row: height and width */
} AtelierMemberType;

typedef enum
{
  ATELIER_MEMBER_REQUIRED, /* must be in a file */
  ATELIER_MEMBER_WRITTEN,  /* may be missing, but is always written */
  ATELIER_MEMBER_OPTIONAL, /* may be missing, and is written only where it is not the default: old
                            * files stay as they are when such a member is added */
} AtelierMemberPresence;

typedef struct
{
  const char *word;  /* in files; NULL ends a list of choices */
  const char *label; /* for people; to be translated */
} AtelierChoice;

/* The largest integer that a member has where nothing but its type is a limit. */
#define ATELIER_MEMBER_MAX_UINT G_MAXINT32

typedef struct _AtelierMember AtelierMember;

struct _AtelierMember
{
  const char            *name;     /* in files */
  AtelierMemberType      type;
  AtelierMemberPresence  presence;
  gsize                  offset;

  /* The range: of integers and both numbers of a pair, of reals, or by choices.  An end of reals
   * that is excluded is also excluded of the float that the engine makes of the value. */
  guint64                lowest;
  guint64                highest;
  double                 min;
  double                 max;
  gboolean               excludes_min;
  gboolean               excludes_max;
  const AtelierChoice   *choices;
  const AtelierMember   *pair;     /* of a choice: a pair or a real of the same name that its last
                                    * choice needs; 0 with any other choice; nullable */

  /* The default; @default_like: the offset of another member of the same type, before this one in
   * its table, whose value is the default (0: none).  @find_default: the default of a real that
   * follows from members before it; nullable. */
  guint64                default_integer;
  double                 default_real;
  gsize                  default_like;
  double               (*find_default) (gconstpointer values);

  /* The member applies only where the choice named @where, which is before it in the table, is one
   * of @where_choices (1 << index); NULL: always.  Members that apply for different choices may
   * have the same name and option, and each its own field, range and default. */
  const char            *where;
  guint                  where_choices;

  /* For people; to be translated. */
  const char            *label;
  const char            *group;    /* a heading for it and its neighbours; nullable */
  char                *(*describe) (gconstpointer values); /* the value in words; NULL: as usual */

  /* The option of the command line; NULL: none.  A flag's option sets it. */
  const char            *option;
  char                   letter;   /* 0: none */
  const char            *placeholder;
  const char            *help;
};

typedef struct
{
  const AtelierMember *members;
  guint                n_members;
  const char * const  *lists; /* names of members in files that hold other things than values, which
                               * the table's owner reads and writes; NULL-terminated, or NULL */
} AtelierMembers;

/* The first of that name; NULL if there is none. */
const AtelierMember *atelier_members_find          (const AtelierMembers *table,
                                                    const char           *name);
gboolean             atelier_member_applies        (const AtelierMembers *table,
                                                    const AtelierMember  *member,
                                                    gconstpointer         values);
/* Whether the member is the one that its name means among @values, and so in files: it applies; or
 * it is not optional, none of its name applies, and it is the first of them. */
gboolean             atelier_member_is_meant       (const AtelierMembers *table,
                                                    const AtelierMember  *member,
                                                    gconstpointer         values);
/* The member that @name means, or else the first of that name; NULL if there is none. */
const AtelierMember *atelier_members_find_meant    (const AtelierMembers *table,
                                                    const char           *name,
                                                    gconstpointer         values);

/* Of integers, choices and flags (0 or 1). */
guint64              atelier_member_get_integer    (const AtelierMember  *member,
                                                    gconstpointer         values);
void                 atelier_member_set_integer    (const AtelierMember  *member,
                                                    gpointer              values,
                                                    guint64               value);
double               atelier_member_get_real       (const AtelierMember  *member,
                                                    gconstpointer         values);
void                 atelier_member_set_real       (const AtelierMember  *member,
                                                    gpointer              values,
                                                    double                value);
void                 atelier_member_get_pair       (const AtelierMember  *member,
                                                    gconstpointer         values,
                                                    guint                 pair[2]);
void                 atelier_member_set_pair       (const AtelierMember  *member,
                                                    gpointer              values,
                                                    const guint           pair[2]);
/* Copies the value alone, of whatever type. */
void                 atelier_member_copy           (const AtelierMember  *member,
                                                    gconstpointer         from,
                                                    gpointer              to);
/* Whether both have the same value, whether the member applies or not. */
gboolean             atelier_member_equal          (const AtelierMember  *member,
                                                    gconstpointer         a,
                                                    gconstpointer         b);
/* Of a choice: how many of the choices are words in files; all, or with a pair all but the last. */
guint                atelier_member_count_words    (const AtelierMember  *member);
/* The member's pair, or real, where its value is the choice that needs it; else NULL. */
const AtelierMember *atelier_member_get_pair_member (const AtelierMember *member,
                                                     gconstpointer        values);

void                 atelier_member_set_default    (const AtelierMember  *member,
                                                    gpointer              values);
gboolean             atelier_member_is_default     (const AtelierMember  *member,
                                                    gconstpointer         values);

/* Whether the value is in its range, whatever the other members are. */
gboolean             atelier_member_is_good        (const AtelierMember  *member,
                                                    gconstpointer         values);
/* "0 to below 1", "1 to 4096", "“adam”, “sgd”", "true or false".  Transfer full. */
char                *atelier_member_describe_range (const AtelierMember  *member);
/* The value as files have it: "0.9", "adam", "[3, 3]", "true".  Transfer full. */
char                *atelier_member_to_text        (const AtelierMember  *member,
                                                    gconstpointer         values);
/* The value for people, translated: "0.9", "Adam", "3×3", "32 images".  Transfer full. */
char                *atelier_member_describe       (const AtelierMember  *member,
                                                    gconstpointer         values);

void                 atelier_members_init          (const AtelierMembers *table,
                                                    gpointer              values);
/* Copies the members and nothing else from @from to @to.  Equal values become equal bytes: -0 is 0,
 * every truth 1.  Members that are not meant get their default. */
void                 atelier_members_normalize     (const AtelierMembers *table,
                                                    gconstpointer         from,
                                                    gpointer              to);
gboolean             atelier_members_equal         (const AtelierMembers *table,
                                                    gconstpointer         a,
                                                    gconstpointer         b);
/* NULL where all that are meant are in their ranges; otherwise what is wrong with the first that is
 * not: "“rate” is 1, expected 0 to below 1".  Transfer full. */
char                *atelier_members_check         (const AtelierMembers *table,
                                                    gconstpointer         values);

G_END_DECLS
