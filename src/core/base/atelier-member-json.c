/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Members of a table as members of a JSON object: strict reading and writing in one order, so that
 * equal values give equal bytes.
 *
 * A member that does not apply is an error only where it is optional.  Those that files always had
 * are there in every case, such as the momentum beside an optimiser without one.  Of members that
 * share a name, it stands for the one that applies.  Any thread.
 */

#include "config.h"

#include "base/atelier-member-json.h"

#include <glib/gi18n-lib.h>

/* ---- Reading ---- */

static gboolean
check_names (const AtelierMembers  *table,
             AtelierJsonReader     *reader,
             const char            *other,
             GError               **error)
{
  g_autoptr (GPtrArray) names = g_ptr_array_new ();

  if (other != NULL)
    g_ptr_array_add (names, (gpointer) other);
  for (guint i = 0; table->lists != NULL && table->lists[i] != NULL; i++)
    g_ptr_array_add (names, (gpointer) table->lists[i]);
  for (guint i = 0; i < table->n_members; i++)
    if (atelier_members_find (table, table->members[i].name) == &table->members[i])
      g_ptr_array_add (names, (gpointer) table->members[i].name);
  g_ptr_array_add (names, NULL);
  return atelier_json_reader_check_names (reader, (const char * const *) names->pdata, error);
}

static gboolean
read_integer (const AtelierMember  *member,
              AtelierJsonReader    *reader,
              gboolean              is_required,
              gpointer              values,
              GError              **error)
{
  gint64 integer = (gint64) atelier_member_get_integer (member, values);

  if (!atelier_json_reader_get_int (reader, member->name, is_required, (gint64) member->lowest,
                                    (gint64) member->highest, &integer, error))
    return FALSE;
  atelier_member_set_integer (member, values, (guint64) integer);
  return TRUE;
}

static gboolean
read_pair (const AtelierMember  *member,
           AtelierJsonReader    *reader,
           gboolean              is_required,
           gpointer              values,
           GError              **error)
{
  guint pair[2];

  atelier_member_get_pair (member, values, pair);
  if (!atelier_json_reader_get_pair (reader, member->name, is_required, (guint) member->lowest,
                                     (guint) member->highest, &pair[0], &pair[1], error))
    return FALSE;
  atelier_member_set_pair (member, values, pair);
  return TRUE;
}

static gboolean
read_real (const AtelierMember  *member,
           AtelierJsonReader    *reader,
           gboolean              is_required,
           gpointer              values,
           GError              **error)
{
  double real = atelier_member_get_real (member, values);

  if (!atelier_json_reader_get_double (reader, member->name, is_required, &real, error))
    return FALSE;
  atelier_member_set_real (member, values, real);
  return TRUE;
}

/* Whether the file has numbers where the choice is a word otherwise. */
static gboolean
has_numbers (const AtelierMember *member,
             AtelierJsonReader   *reader)
{
  JsonNode *node = json_object_get_member (reader->object, member->name);

  return member->pair != NULL && node != NULL
         && (JSON_NODE_HOLDS_ARRAY (node)
             || (JSON_NODE_HOLDS_VALUE (node)
                 && json_node_get_value_type (node) != G_TYPE_STRING));
}

static gboolean
read_choice (const AtelierMember  *member,
             AtelierJsonReader    *reader,
             gboolean              is_required,
             gpointer              values,
             GError              **error)
{
  g_autoptr (GPtrArray) words = g_ptr_array_new ();
  const guint n_words = atelier_member_count_words (member);
  guint index = (guint) atelier_member_get_integer (member, values);

  if (has_numbers (member, reader))
    {
      atelier_member_set_integer (member, values, n_words);
      return member->pair->type == ATELIER_MEMBER_REAL
               ? read_real (member->pair, reader, is_required, values, error)
               : read_pair (member->pair, reader, is_required, values, error);
    }
  for (guint i = 0; i < n_words; i++)
    g_ptr_array_add (words, (gpointer) member->choices[i].word);
  g_ptr_array_add (words, NULL);
  if (!atelier_json_reader_get_choice (reader, member->name, is_required,
                                       (const char * const *) words->pdata, &index, error))
    return FALSE;
  atelier_member_set_integer (member, values, index);
  return TRUE;
}

static gboolean
read_flag (const AtelierMember  *member,
           AtelierJsonReader    *reader,
           gboolean              is_required,
           gpointer              values,
           GError              **error)
{
  gboolean flag = atelier_member_get_integer (member, values) != 0;

  if (!atelier_json_reader_get_boolean (reader, member->name, is_required, &flag, error))
    return FALSE;
  atelier_member_set_integer (member, values, flag);
  return TRUE;
}

/* Only where the name means this member; the choice that decides it was read before. */
static gboolean
read_member (const AtelierMembers  *table,
             const AtelierMember   *member,
             AtelierJsonReader     *reader,
             gpointer               values,
             GError               **error)
{
  const gboolean is_required = member->presence == ATELIER_MEMBER_REQUIRED;

  atelier_member_set_default (member, values);
  if (!atelier_member_is_meant (table, member, values))
    return TRUE;
  switch (member->type)
    {
    case ATELIER_MEMBER_UINT:
    case ATELIER_MEMBER_UINT64:
      return read_integer (member, reader, is_required, values, error);
    case ATELIER_MEMBER_REAL:
      return read_real (member, reader, is_required, values, error);
    case ATELIER_MEMBER_CHOICE:
      return read_choice (member, reader, is_required, values, error);
    case ATELIER_MEMBER_PAIR:
      return read_pair (member, reader, is_required, values, error);
    case ATELIER_MEMBER_FLAG:
    default:
      return read_flag (member, reader, is_required, values, error);
    }
}

/* An optional member that changes nothing would mislead. */
static gboolean
check_applies (const AtelierMembers  *table,
               AtelierJsonReader     *reader,
               gconstpointer          values,
               GError               **error)
{
  for (guint i = 0; i < table->n_members; i++)
    {
      const AtelierMember *member = &table->members[i];
      g_autofree char *found = NULL;

      if (!json_object_has_member (reader->object, member->name)
          || atelier_member_is_meant (
            table, atelier_members_find_meant (table, member->name, values), values))
        continue;
      found = atelier_member_to_text (atelier_members_find (table, member->where), values);
      /* Translators: a member's name, the name of another, the value that this has */
      atelier_json_reader_fail (reader, error, _("“%s” is not used where “%s” is “%s”"),
                                member->name, member->where, found);
      return FALSE;
    }
  return TRUE;
}

gboolean
atelier_members_read (const AtelierMembers  *table,
                      AtelierJsonReader     *reader,
                      const char            *other,
                      gpointer               values,
                      GError               **error)
{
  g_return_val_if_fail (table != NULL && reader != NULL && values != NULL, FALSE);

  if (!check_names (table, reader, other, error))
    return FALSE;
  for (guint i = 0; i < table->n_members; i++)
    if (!read_member (table, &table->members[i], reader, values, error))
      return FALSE;
  return check_applies (table, reader, values, error);
}

/* ---- Writing ---- */

static void
write_pair (const AtelierMember *member,
            gconstpointer        values,
            JsonObject          *object)
{
  JsonArray *array = json_array_new ();
  guint pair[2];

  atelier_member_get_pair (member, values, pair);
  json_array_add_int_element (array, pair[0]);
  json_array_add_int_element (array, pair[1]);
  json_object_set_array_member (object, member->name, array);
}

static void
write_member (const AtelierMember *member,
              gconstpointer        values,
              JsonObject          *object)
{
  if (atelier_member_get_pair_member (member, values) != NULL)
    {
      write_member (member->pair, values, object);
      return;
    }
  switch (member->type)
    {
    case ATELIER_MEMBER_REAL:
      json_object_set_double_member (object, member->name,
                                     atelier_member_get_real (member, values));
      break;
    case ATELIER_MEMBER_PAIR:
      write_pair (member, values, object);
      break;
    case ATELIER_MEMBER_CHOICE:
      json_object_set_string_member (
        object, member->name,
        member->choices[atelier_member_get_integer (member, values)].word);
      break;
    case ATELIER_MEMBER_FLAG:
      json_object_set_boolean_member (object, member->name,
                                      atelier_member_get_integer (member, values) != 0);
      break;
    case ATELIER_MEMBER_UINT:
    case ATELIER_MEMBER_UINT64:
    default:
      json_object_set_int_member (object, member->name,
                                  (gint64) atelier_member_get_integer (member, values));
    }
}

void
atelier_members_write (const AtelierMembers *table,
                       gconstpointer         values,
                       JsonObject           *object)
{
  g_return_if_fail (table != NULL && values != NULL && object != NULL);

  for (guint i = 0; i < table->n_members; i++)
    {
      const AtelierMember *member = &table->members[i];

      if (atelier_member_is_meant (table, member, values)
          && (member->presence != ATELIER_MEMBER_OPTIONAL
              || !atelier_member_is_default (member, values)))
        write_member (member, values, object);
    }
}
