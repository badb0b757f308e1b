/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Strict reading and canonical writing of JSON, for networks, recipes and model files.
 *
 * json-glib builds the tree.  It accepts more than RFC 8259 (comments, duplicate keys of which the
 * last wins, numbers that wrap round).  So a scan of the text comes first: it refuses all of that,
 * names the line, and limits size and depth.  A reader (AtelierJsonReader) then reads the members
 * of one object; its messages always say what was found and what was expected.  Only files of the
 * core and the command line include this header.  Any thread.
 */

#pragma once

#include <json-glib/json-glib.h>

#include "base/atelier-error.h"

G_BEGIN_DECLS

#define ATELIER_JSON_MAX_LENGTH (1024 * 1024)
#define ATELIER_JSON_MAX_DEPTH 16

/* @length -1: @text ends at its NUL.  Integers fit a gint64, other numbers are finite, strings hold
 * no NUL.  @origin names the text in messages.  Transfer full.  FORMAT, TOO_LARGE. */
JsonNode *atelier_json_parse         (const char  *text,
                                      gssize       length,
                                      const char  *origin,
                                      GError     **error);

/* A text may hold several things side by side, as { "network": {...}, "recipe": {...} }, or one of
 * them alone.  An object with any of the names @parts (NULL-terminated) is of the first kind, and
 * has no other members; its member @part is returned, borrowed.  Of the second kind, @root is.
 * @code: of the error where @part is not among the members, or there are others. */
JsonNode *atelier_json_pick_part     (JsonNode            *root,
                                      const char * const  *parts,
                                      const char          *part,
                                      const char          *origin,
                                      AtelierError         code,
                                      GError             **error);

/* Compact, with members in the order in which they were added; equal nodes give equal bytes in
 * every locale. */
char     *atelier_json_to_text       (JsonNode   *node);
/* The same with spaces, for people: { "type": "conv2d", "kernel": [3, 3] }. */
char     *atelier_json_to_line       (JsonNode   *node);
void      atelier_json_append_string (GString    *text,
                                      const char *string); /* UTF-8; quoted and escaped */
/* Appends the shortest form that reads back as the same double.  @value must be finite. */
void      atelier_json_append_double (GString    *text,
                                      double      value);

/* Reads the members of one object; messages begin with "origin, place: ". */
typedef struct
{
  JsonObject   *object; /* Borrowed */
  const char   *origin; /* Borrowed */
  const char   *place;  /* Borrowed; translated, such as "layer 3"; or NULL */
  AtelierError  code;   /* of every error that the reader sets */
} AtelierJsonReader;

/* Fails if @node is not an object. */
gboolean atelier_json_reader_init        (AtelierJsonReader   *reader,
                                          JsonNode            *node,
                                          const char          *origin,
                                          const char          *place,
                                          AtelierError         code,
                                          GError             **error);
/* Fails if the object has a member that is not in @names (NULL-terminated). */
gboolean atelier_json_reader_check_names (AtelierJsonReader   *reader,
                                          const char * const  *names,
                                          GError             **error);

/* If the member is missing, these functions leave @value unchanged, and fail if @is_required. */
gboolean atelier_json_reader_get_int     (AtelierJsonReader   *reader,
                                          const char          *name,
                                          gboolean             is_required,
                                          gint64               min,
                                          gint64               max,
                                          gint64              *value,
                                          GError             **error);
gboolean atelier_json_reader_get_uint    (AtelierJsonReader   *reader,
                                          const char          *name,
                                          gboolean             is_required,
                                          guint                min,
                                          guint                max,
                                          guint               *value,
                                          GError             **error);
/* A pair is [a, b]; a single number stands for a pair of equal ones. */
gboolean atelier_json_reader_get_pair    (AtelierJsonReader   *reader,
                                          const char          *name,
                                          gboolean             is_required,
                                          guint                min,
                                          guint                max,
                                          guint               *first,
                                          guint               *second,
                                          GError             **error);
/* Reads an array of @n_values integers. */
gboolean atelier_json_reader_get_uints   (AtelierJsonReader   *reader,
                                          const char          *name,
                                          guint                min,
                                          guint                max,
                                          guint               *values,
                                          guint                n_values,
                                          GError             **error);
gboolean atelier_json_reader_get_double  (AtelierJsonReader   *reader,
                                          const char          *name,
                                          gboolean             is_required,
                                          double              *value,
                                          GError             **error);
gboolean atelier_json_reader_get_boolean (AtelierJsonReader   *reader,
                                          const char          *name,
                                          gboolean             is_required,
                                          gboolean            *value,
                                          GError             **error);
gboolean atelier_json_reader_get_string  (AtelierJsonReader   *reader,
                                          const char          *name,
                                          gboolean             is_required,
                                          const char         **value, /* borrowed */
                                          GError             **error);
/* The member must be one of the strings in @choices (NULL-terminated); @value is its index. */
gboolean atelier_json_reader_get_choice  (AtelierJsonReader   *reader,
                                          const char          *name,
                                          gboolean             is_required,
                                          const char * const  *choices,
                                          guint               *value,
                                          GError             **error);
gboolean atelier_json_reader_get_array   (AtelierJsonReader   *reader,
                                          const char          *name,
                                          JsonArray          **value, /* borrowed */
                                          GError             **error);

/* Sets an error: "origin, place: ", then the formatted text.  @format is already translated. */
void     atelier_json_reader_fail        (AtelierJsonReader   *reader,
                                          GError             **error,
                                          const char          *format,
                                          ...) G_GNUC_PRINTF (3, 4);

G_END_DECLS
