/* SPDX-License-Identifier: GPL-3.0-or-later */

/* See the header. */

#include "member-checks.h"

#include <math.h>
#include <string.h>

#include "base/atelier-member-json.h"

/* What the checks of one table share. */
typedef struct
{
  const AtelierMembers *table;
  const char           *other;
  gconstpointer         values;
  gsize                 size;
} Checks;

/* A value of @member at the low or the high end, or beyond it.  FALSE where there is none. */
static gboolean
set_end (const AtelierMember *member,
         gpointer             values,
         gboolean             is_high,
         gboolean             is_beyond)
{
  guint64 integer = is_high ? member->highest + (is_beyond ? 1 : 0)
                            : member->lowest - (is_beyond ? 1 : 0);
  double real = is_high ? member->max : member->min;
  const gboolean is_excluded = is_high ? member->excludes_max : member->excludes_min;
  guint n = 0;

  switch (member->type)
    {
    case ATELIER_MEMBER_REAL:
      if (is_beyond && !is_excluded)
        real = (double) nextafterf ((float) real, is_high ? INFINITY : -INFINITY);
      else if (!is_beyond && is_excluded)
        real = (double) nextafterf ((float) real, is_high ? -INFINITY : INFINITY);
      atelier_member_set_real (member, values, real);
      return TRUE;
    case ATELIER_MEMBER_CHOICE:
      while (member->choices[n].word != NULL)
        n++;
      if (is_beyond && !is_high)
        return FALSE;
      atelier_member_set_integer (member, values, is_high ? n - (is_beyond ? 0 : 1) : 0);
      return TRUE;
    case ATELIER_MEMBER_FLAG:
      atelier_member_set_integer (member, values, is_high);
      return !is_beyond;
    case ATELIER_MEMBER_UINT:
    case ATELIER_MEMBER_UINT64:
    case ATELIER_MEMBER_PAIR:
    default:
      if (is_beyond && (is_high ? member->highest == G_MAXUINT64 : member->lowest == 0))
        return FALSE;
      if (member->type == ATELIER_MEMBER_PAIR)
        {
          const guint pair[] = { (guint) member->lowest, (guint) integer };

          atelier_member_set_pair (member, values, pair);
        }
      else
        atelier_member_set_integer (member, values, integer);
      return TRUE;
    }
}

static gboolean
is_used (const Checks  *checks,
         const char    *name,
         gconstpointer  values)
{
  return atelier_member_is_meant (checks->table,
                                  atelier_members_find_meant (checks->table, name, values),
                                  values);
}

/* Members of one name apply for different choices of one choice, which is before them. */
static void
check_name (const Checks        *checks,
            const AtelierMember *member)
{
  const AtelierMember *first = atelier_members_find (checks->table, member->name);

  if (member->where != NULL)
    g_assert_true (atelier_members_find (checks->table, member->where) < member);
  for (const AtelierMember *other = first; other != member; other++)
    if (g_str_equal (other->name, member->name))
      {
        g_assert_cmpstr (other->where, ==, member->where);
        g_assert_cmpuint (other->where_choices & member->where_choices, ==, 0);
        g_assert_cmpint (other->type, ==, member->type);
        g_assert_cmpstr (other->option, ==, member->option);
      }
}

/* Makes @member apply. */
static void
make_apply (const Checks        *checks,
            const AtelierMember *member,
            gpointer             values)
{
  const AtelierMember *choice;

  if (member->where == NULL)
    return;
  choice = atelier_members_find (checks->table, member->where);
  g_assert_nonnull (choice);
  g_assert_cmpint (choice->type, ==, ATELIER_MEMBER_CHOICE);
  g_assert_cmpuint (member->where_choices, !=, 0);
  atelier_member_set_integer (choice, values,
                              (guint) g_bit_nth_lsf (member->where_choices, -1));
  g_assert_true (atelier_member_applies (checks->table, member, values));
}

static JsonNode *
write_values (const Checks *checks,
              gconstpointer values)
{
  JsonObject *object = json_object_new ();
  JsonNode *node = json_node_new (JSON_NODE_OBJECT);

  if (checks->other != NULL)
    json_object_set_string_member (object, checks->other, "something");
  atelier_members_write (checks->table, values, object);
  json_node_take_object (node, object);
  return node;
}

static void
check_both_ways (const Checks *checks,
                 gconstpointer values)
{
  g_autoptr (JsonNode) node = write_values (checks, values);
  g_autofree char *text = atelier_json_to_text (node);
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) parsed = atelier_json_parse (text, -1, "test", &error);
  g_autofree gpointer again = g_memdup2 (checks->values, checks->size);
  g_autofree gpointer normal = g_memdup2 (checks->values, checks->size);
  AtelierJsonReader reader;

  g_assert_no_error (error);
  g_assert_true (
    atelier_json_reader_init (&reader, parsed, "test", NULL, ATELIER_ERROR_FORMAT, &error));
  atelier_members_read (checks->table, &reader, checks->other, again, &error);
  g_assert_no_error (error);
  atelier_members_normalize (checks->table, values, normal);
  g_assert_true (atelier_members_equal (checks->table, normal, again));
  g_assert_cmpmem (normal, checks->size, again, checks->size);
}

static void
check_end (const Checks        *checks,
           const AtelierMember *member,
           gboolean             is_high)
{
  g_autofree gpointer values = g_memdup2 (checks->values, checks->size);
  g_autofree char *problem = NULL;
  g_autofree char *found = NULL;
  g_autofree char *range = NULL;

  make_apply (checks, member, values);
  g_assert_true (set_end (member, values, is_high, FALSE));
  g_assert_true (atelier_member_is_good (member, values));
  g_assert_null (atelier_members_check (checks->table, values));
  check_both_ways (checks, values);
  if (!set_end (member, values, is_high, TRUE))
    return;
  g_assert_false (atelier_member_is_good (member, values));
  problem = atelier_members_check (checks->table, values);
  found = atelier_member_to_text (member, values);
  range = atelier_member_describe_range (member);
  g_assert_nonnull (problem);
  g_test_message ("%s", problem);
  g_assert_nonnull (strstr (problem, member->name));
  g_assert_nonnull (strstr (problem, found));
  g_assert_true (g_str_has_suffix (problem, range));
}

static void
check_words (const AtelierMember *member,
             gconstpointer        values)
{
  g_autofree char *words = atelier_member_describe (member, values);
  g_autofree char *range = atelier_member_describe_range (member);

  g_assert_true (member->name != NULL && *member->name != '\0');
  g_assert_true (member->label != NULL && *member->label != '\0');
  g_assert_cmpstr (words, !=, "");
  g_assert_cmpstr (range, !=, "");
  g_assert_true (member->option == NULL || (member->help != NULL && *member->help != '\0'));
  for (guint i = 0; member->choices != NULL && member->choices[i].word != NULL; i++)
    g_assert_true (member->choices[i].label != NULL && *member->choices[i].label != '\0');
}

/* Only this member says that the two values differ; and a number that is none is in no range. */
static void
check_value (const Checks        *checks,
             const AtelierMember *member)
{
  g_autofree gpointer low = g_memdup2 (checks->values, checks->size);
  g_autofree gpointer high = NULL;

  make_apply (checks, member, low);
  high = g_memdup2 (low, checks->size);
  set_end (member, low, FALSE, FALSE);
  set_end (member, high, TRUE, FALSE);
  g_assert_false (atelier_members_equal (checks->table, low, high));
  for (guint i = 0; i < checks->table->n_members; i++)
    if (&checks->table->members[i] != member)
      {
        const AtelierMembers one = { &checks->table->members[i], 1 };

        g_assert_true (atelier_members_equal (&one, low, high));
      }
  if (member->type != ATELIER_MEMBER_REAL)
    return;
  atelier_member_set_real (member, low, (double) NAN);
  g_assert_false (atelier_member_is_good (member, low));
}

/* An optional member is not in a file that has its default, and is refused where it is not used. */
static void
check_optional (const Checks        *checks,
                const AtelierMember *member)
{
  g_autofree gpointer values = g_memdup2 (checks->values, checks->size);
  g_autoptr (JsonNode) plain = NULL;
  g_autoptr (JsonNode) other = NULL;

  if (member->presence != ATELIER_MEMBER_OPTIONAL)
    return;
  make_apply (checks, member, values);
  atelier_member_set_default (member, values);
  plain = write_values (checks, values);
  g_assert_false (json_object_has_member (json_node_get_object (plain), member->name));
  set_end (member, values, FALSE, FALSE);
  if (atelier_member_is_default (member, values))
    set_end (member, values, TRUE, FALSE);
  other = write_values (checks, values);
  g_assert_true (json_object_has_member (json_node_get_object (other), member->name));
  if (member->where != NULL)
    {
      JsonObject *object = json_node_get_object (other);
      const AtelierMember *choice = atelier_members_find (checks->table, member->where);
      AtelierJsonReader reader;
      GError *error = NULL;
      guint i = 0;

      for (; choice->choices[i].word != NULL; i++)
        {
          atelier_member_set_integer (choice, values, i);
          if (!is_used (checks, member->name, values))
            break;
        }
      if (choice->choices[i].word == NULL)
        return;
      json_object_set_string_member (object, choice->name, choice->choices[i].word);
      g_assert_true (
        atelier_json_reader_init (&reader, other, "test", NULL, ATELIER_ERROR_FORMAT, NULL));
      g_assert_false (atelier_members_read (checks->table, &reader, checks->other, values, &error));
      g_assert_error (error, ATELIER_ERROR, ATELIER_ERROR_FORMAT);
      g_assert_nonnull (strstr (error->message, member->name));
      g_clear_error (&error);
    }
}

/* Missing: an error, or the default. */
static void
check_presence (const Checks        *checks,
                const AtelierMember *member)
{
  g_autoptr (JsonNode) node = write_values (checks, checks->values);
  g_autofree gpointer values = g_memdup2 (checks->values, checks->size);
  AtelierJsonReader reader;
  GError *error = NULL;

  json_object_remove_member (json_node_get_object (node), member->name);
  g_assert_true (
    atelier_json_reader_init (&reader, node, "test", NULL, ATELIER_ERROR_FORMAT, NULL));
  if (atelier_members_read (checks->table, &reader, checks->other, values, &error))
    {
      g_assert_cmpint (member->presence, !=, ATELIER_MEMBER_REQUIRED);
      g_assert_true (atelier_member_is_default (member, values));
      return;
    }
  g_assert_cmpint (member->presence, ==, ATELIER_MEMBER_REQUIRED);
  g_assert_error (error, ATELIER_ERROR, ATELIER_ERROR_FORMAT);
  g_assert_nonnull (strstr (error->message, member->name));
  g_clear_error (&error);
}

void
member_checks_run (const AtelierMembers *table,
                   const char           *other,
                   gconstpointer         values,
                   gsize                 size)
{
  const Checks checks = { table, other, values, size };

  check_both_ways (&checks, values);
  for (guint i = 0; i < table->n_members; i++)
    {
      const AtelierMember *member = &table->members[i];
      g_autofree gpointer initial = g_memdup2 (values, size);

      g_test_message ("%s", member->name);
      check_name (&checks, member);
      atelier_member_set_default (member, initial);
      g_assert_true (atelier_member_is_default (member, initial));
      g_assert_true (atelier_member_is_good (member, initial));
      check_words (member, initial);
      check_end (&checks, member, FALSE);
      check_end (&checks, member, TRUE);
      check_value (&checks, member);
      check_optional (&checks, member);
      check_presence (&checks, member);
    }
}
