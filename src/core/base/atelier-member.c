/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Values behind tables of members.
 *
 * A value is reached by its offset and type.  Fields are read through a pointer to their own type,
 * and an enum through guint, which has its size and sign; so the compiler's rules on aliases are
 * kept.  Comparisons are written so that NaN fails them.  Pure functions; any thread.
 */

#include "config.h"

#include "base/atelier-member.h"

#include <glib/gi18n-lib.h>
#include <string.h>

typedef enum
{
  FIRST_CHOICE
} AnyEnum;

G_STATIC_ASSERT (sizeof (AnyEnum) == sizeof (guint));

const AtelierMember *
atelier_members_find (const AtelierMembers *table,
                      const char           *name)
{
  g_return_val_if_fail (table != NULL && name != NULL, NULL);

  for (guint i = 0; i < table->n_members; i++)
    if (strcmp (table->members[i].name, name) == 0)
      return &table->members[i];
  return NULL;
}

/* ---- Values ---- */

guint64
atelier_member_get_integer (const AtelierMember *member,
                            gconstpointer        values)
{
  gconstpointer field = G_STRUCT_MEMBER_P (values, member->offset);

  switch (member->type)
    {
    case ATELIER_MEMBER_UINT64:
      return *(const guint64 *) field;
    case ATELIER_MEMBER_FLAG:
      return *(const gboolean *) field != FALSE;
    case ATELIER_MEMBER_UINT:
    case ATELIER_MEMBER_CHOICE:
      return *(const guint *) field;
    case ATELIER_MEMBER_REAL:
    case ATELIER_MEMBER_PAIR:
    default:
      g_return_val_if_reached (0);
    }
}

void
atelier_member_set_integer (const AtelierMember *member,
                            gpointer             values,
                            guint64              value)
{
  gpointer field = G_STRUCT_MEMBER_P (values, member->offset);

  switch (member->type)
    {
    case ATELIER_MEMBER_UINT64:
      *(guint64 *) field = value;
      break;
    case ATELIER_MEMBER_FLAG:
      *(gboolean *) field = value != 0;
      break;
    case ATELIER_MEMBER_UINT:
    case ATELIER_MEMBER_CHOICE:
      *(guint *) field = (guint) value;
      break;
    case ATELIER_MEMBER_REAL:
    case ATELIER_MEMBER_PAIR:
    default:
      g_return_if_reached ();
    }
}

double
atelier_member_get_real (const AtelierMember *member,
                         gconstpointer        values)
{
  g_return_val_if_fail (member->type == ATELIER_MEMBER_REAL, 0.0);

  return G_STRUCT_MEMBER (double, values, member->offset);
}

void
atelier_member_set_real (const AtelierMember *member,
                         gpointer             values,
                         double               value)
{
  g_return_if_fail (member->type == ATELIER_MEMBER_REAL);

  G_STRUCT_MEMBER (double, values, member->offset) = value;
}

void
atelier_member_get_pair (const AtelierMember *member,
                         gconstpointer        values,
                         guint                pair[2])
{
  g_return_if_fail (member->type == ATELIER_MEMBER_PAIR);

  pair[0] = G_STRUCT_MEMBER (guint, values, member->offset);
  pair[1] = G_STRUCT_MEMBER (guint, values, member->offset + sizeof (guint));
}

void
atelier_member_set_pair (const AtelierMember *member,
                         gpointer             values,
                         const guint          pair[2])
{
  g_return_if_fail (member->type == ATELIER_MEMBER_PAIR);

  G_STRUCT_MEMBER (guint, values, member->offset) = pair[0];
  G_STRUCT_MEMBER (guint, values, member->offset + sizeof (guint)) = pair[1];
}

/* Whether the value is that of the pair. */
static gboolean
has_pair (const AtelierMember *member,
          gconstpointer        values)
{
  return atelier_member_get_pair_member (member, values) != NULL;
}

/* @from and @to may be of different structs. */
static void
copy_value (const AtelierMember *member,
            gconstpointer        from,
            const AtelierMember *target,
            gpointer             to)
{
  guint pair[2];

  if (member->type == ATELIER_MEMBER_REAL)
    atelier_member_set_real (target, to, atelier_member_get_real (member, from) + 0.0);
  else if (member->type == ATELIER_MEMBER_PAIR)
    {
      atelier_member_get_pair (member, from, pair);
      atelier_member_set_pair (target, to, pair);
    }
  else
    atelier_member_set_integer (target, to, atelier_member_get_integer (member, from));
  if (has_pair (member, from))
    copy_value (member->pair, from, target->pair, to);
  else if (member->pair != NULL)
    atelier_member_set_default (target->pair, to);
}

void
atelier_member_copy (const AtelierMember *member,
                     gconstpointer        from,
                     gpointer             to)
{
  g_return_if_fail (member != NULL && from != NULL && to != NULL);

  copy_value (member, from, member, to);
}

static gboolean
values_are_equal (const AtelierMember *first,
                  gconstpointer        a,
                  const AtelierMember *second,
                  gconstpointer        b)
{
  guint p[2], q[2];

  if (first->type == ATELIER_MEMBER_REAL)
    return atelier_member_get_real (first, a) == atelier_member_get_real (second, b);
  if (first->type != ATELIER_MEMBER_PAIR)
    return atelier_member_get_integer (first, a) == atelier_member_get_integer (second, b)
           && (!has_pair (first, a) || values_are_equal (first->pair, a, second->pair, b));
  atelier_member_get_pair (first, a, p);
  atelier_member_get_pair (second, b, q);
  return p[0] == q[0] && p[1] == q[1];
}

gboolean
atelier_member_equal (const AtelierMember *member,
                      gconstpointer        a,
                      gconstpointer        b)
{
  g_return_val_if_fail (member != NULL && a != NULL && b != NULL, FALSE);

  return values_are_equal (member, a, member, b);
}

/* ---- Defaults ---- */

static double
get_default_real (const AtelierMember *member,
                  gconstpointer        values)
{
  return member->find_default != NULL ? member->find_default (values) : member->default_real;
}

/* The member whose value is the default of @member. */
static AtelierMember
get_model (const AtelierMember *member)
{
  AtelierMember model = *member;

  model.offset = member->default_like;
  return model;
}

void
atelier_member_set_default (const AtelierMember *member,
                            gpointer             values)
{
  const guint integer = (guint) member->default_integer;
  const guint pair[] = { integer, integer };

  if (member->default_like != 0)
    {
      const AtelierMember model = get_model (member);

      copy_value (&model, values, member, values);
    }
  else if (member->type == ATELIER_MEMBER_REAL)
    atelier_member_set_real (member, values, get_default_real (member, values));
  else if (member->type == ATELIER_MEMBER_PAIR)
    atelier_member_set_pair (member, values, pair);
  else
    atelier_member_set_integer (member, values, member->default_integer);
  if (member->pair != NULL)
    atelier_member_set_default (member->pair, values);
}

gboolean
atelier_member_is_default (const AtelierMember *member,
                           gconstpointer        values)
{
  guint pair[2];

  if (member->default_like != 0)
    {
      const AtelierMember model = get_model (member);

      return values_are_equal (&model, values, member, values);
    }
  if (member->type == ATELIER_MEMBER_REAL)
    return atelier_member_get_real (member, values) == get_default_real (member, values);
  if (member->type != ATELIER_MEMBER_PAIR)
    return atelier_member_get_integer (member, values) == member->default_integer;
  atelier_member_get_pair (member, values, pair);
  return pair[0] == member->default_integer && pair[1] == member->default_integer;
}

/* ---- Ranges ---- */

static guint
count_choices (const AtelierMember *member)
{
  guint n = 0;

  while (member->choices[n].word != NULL)
    n++;
  return n;
}

static gboolean
is_in_integers (const AtelierMember *member,
                guint64              value)
{
  return value >= member->lowest && value <= member->highest;
}

static gboolean
is_in_reals (const AtelierMember *member,
             double               value)
{
  const float rounded = (float) value;

  return (member->excludes_min ? rounded > (float) member->min : value >= member->min)
         && (member->excludes_max ? rounded < (float) member->max : value <= member->max);
}

gboolean
atelier_member_is_good (const AtelierMember *member,
                        gconstpointer        values)
{
  guint pair[2];

  switch (member->type)
    {
    case ATELIER_MEMBER_UINT:
    case ATELIER_MEMBER_UINT64:
      return is_in_integers (member, atelier_member_get_integer (member, values));
    case ATELIER_MEMBER_REAL:
      return is_in_reals (member, atelier_member_get_real (member, values));
    case ATELIER_MEMBER_CHOICE:
      return atelier_member_get_integer (member, values) < count_choices (member)
             && (!has_pair (member, values) || atelier_member_is_good (member->pair, values));
    case ATELIER_MEMBER_PAIR:
      atelier_member_get_pair (member, values, pair);
      return is_in_integers (member, pair[0]) && is_in_integers (member, pair[1]);
    case ATELIER_MEMBER_FLAG:
    default:
      return TRUE;
    }
}

static char *
describe_choices (const AtelierMember *member)
{
  const guint n_words = atelier_member_count_words (member);
  g_autofree char *range = NULL;
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < n_words; i++)
    g_string_append_printf (text, "%s“%s”", i > 0 ? ", " : "", member->choices[i].word);
  if (member->pair != NULL)
    {
      range = atelier_member_describe_range (member->pair);
      /* Translators: quoted words, then what a number may be: “valid”, “same”, or 0 to 9 */
      g_string_append_printf (text, _(", or %s"), range);
    }
  return g_string_free (text, FALSE);
}

/* The format of a 64-bit number differs between machines, so it cannot be in a translated
 * string. */
static char *
describe_integers (const AtelierMember *member)
{
  g_autofree char *lowest = g_strdup_printf ("%" G_GUINT64_FORMAT, member->lowest);
  g_autofree char *highest = g_strdup_printf ("%" G_GUINT64_FORMAT, member->highest);

  /* Translators: what a number may be, both ends included */
  return g_strdup_printf (_("%s to %s"), lowest, highest);
}

static char *
describe_reals (const AtelierMember *member)
{
  g_autofree char *min = g_strdup_printf ("%g", member->min);
  g_autofree char *max = g_strdup_printf ("%g", member->max);

  if (member->excludes_min && member->excludes_max)
    return g_strdup_printf (_("more than %s, below %s"), min, max);
  if (member->excludes_min)
    return g_strdup_printf (_("more than %s, at most %s"), min, max);
  if (member->excludes_max)
    return g_strdup_printf (_("%s to below %s"), min, max);
  return g_strdup_printf (_("%s to %s"), min, max);
}

char *
atelier_member_describe_range (const AtelierMember *member)
{
  g_return_val_if_fail (member != NULL, NULL);

  switch (member->type)
    {
    case ATELIER_MEMBER_CHOICE:
      return describe_choices (member);
    case ATELIER_MEMBER_REAL:
      return describe_reals (member);
    case ATELIER_MEMBER_FLAG:
      return g_strdup (_("true or false"));
    case ATELIER_MEMBER_UINT:
    case ATELIER_MEMBER_UINT64:
    case ATELIER_MEMBER_PAIR:
    default:
      return describe_integers (member);
    }
}

/* ---- Choices with numbers ---- */

guint
atelier_member_count_words (const AtelierMember *member)
{
  g_return_val_if_fail (member != NULL && member->type == ATELIER_MEMBER_CHOICE, 0);

  return count_choices (member) - (member->pair != NULL ? 1 : 0);
}

const AtelierMember *
atelier_member_get_pair_member (const AtelierMember *member,
                                gconstpointer        values)
{
  g_return_val_if_fail (member != NULL && values != NULL, NULL);

  if (member->pair == NULL
      || atelier_member_get_integer (member, values) != atelier_member_count_words (member))
    return NULL;
  return member->pair;
}

/* ---- Words ---- */

char *
atelier_member_to_text (const AtelierMember *member,
                        gconstpointer        values)
{
  guint64 integer;
  guint pair[2];

  g_return_val_if_fail (member != NULL && values != NULL, NULL);

  if (member->type == ATELIER_MEMBER_REAL)
    return g_strdup_printf ("%g", atelier_member_get_real (member, values));
  if (member->type == ATELIER_MEMBER_PAIR)
    {
      atelier_member_get_pair (member, values, pair);
      return g_strdup_printf ("[%u, %u]", pair[0], pair[1]);
    }
  if (has_pair (member, values))
    return atelier_member_to_text (member->pair, values);
  integer = atelier_member_get_integer (member, values);
  if (member->type == ATELIER_MEMBER_CHOICE && integer < count_choices (member))
    return g_strdup (member->choices[integer].word);
  if (member->type == ATELIER_MEMBER_FLAG)
    return g_strdup (integer != 0 ? "true" : "false");
  return g_strdup_printf ("%" G_GUINT64_FORMAT, integer);
}

char *
atelier_member_describe (const AtelierMember *member,
                         gconstpointer        values)
{
  guint pair[2];

  g_return_val_if_fail (member != NULL && values != NULL, NULL);

  if (member->describe != NULL)
    return member->describe (values);
  if (has_pair (member, values))
    return atelier_member_describe (member->pair, values);
  if (member->type == ATELIER_MEMBER_CHOICE && atelier_member_is_good (member, values))
    return g_strdup (_(member->choices[atelier_member_get_integer (member, values)].label));
  if (member->type == ATELIER_MEMBER_FLAG)
    return g_strdup (atelier_member_get_integer (member, values) != 0 ? _("yes") : _("no"));
  if (member->type == ATELIER_MEMBER_PAIR)
    {
      atelier_member_get_pair (member, values, pair);
      return g_strdup_printf ("%u×%u", pair[0], pair[1]);
    }
  return atelier_member_to_text (member, values);
}

/* ---- Tables ---- */

gboolean
atelier_member_applies (const AtelierMembers *table,
                        const AtelierMember  *member,
                        gconstpointer         values)
{
  const AtelierMember *choice;
  guint64 value;

  g_return_val_if_fail (table != NULL && member != NULL && values != NULL, FALSE);

  if (member->where == NULL)
    return TRUE;
  choice = atelier_members_find (table, member->where);
  g_return_val_if_fail (choice != NULL && choice->type == ATELIER_MEMBER_CHOICE, FALSE);
  value = atelier_member_get_integer (choice, values);
  return value < 32 && (member->where_choices & 1u << value) != 0;
}

gboolean
atelier_member_is_meant (const AtelierMembers *table,
                         const AtelierMember  *member,
                         gconstpointer         values)
{
  g_return_val_if_fail (table != NULL && member != NULL && values != NULL, FALSE);

  if (atelier_member_applies (table, member, values))
    return TRUE;
  if (member->presence == ATELIER_MEMBER_OPTIONAL
      || atelier_members_find (table, member->name) != member)
    return FALSE;
  for (guint i = 0; i < table->n_members; i++)
    if (strcmp (table->members[i].name, member->name) == 0
        && atelier_member_applies (table, &table->members[i], values))
      return FALSE;
  return TRUE;
}

const AtelierMember *
atelier_members_find_meant (const AtelierMembers *table,
                            const char           *name,
                            gconstpointer         values)
{
  g_return_val_if_fail (table != NULL && name != NULL && values != NULL, NULL);

  for (guint i = 0; i < table->n_members; i++)
    if (strcmp (table->members[i].name, name) == 0
        && atelier_member_is_meant (table, &table->members[i], values))
      return &table->members[i];
  return atelier_members_find (table, name);
}

void
atelier_members_init (const AtelierMembers *table,
                      gpointer              values)
{
  g_return_if_fail (table != NULL && values != NULL);

  for (guint i = 0; i < table->n_members; i++)
    atelier_member_set_default (&table->members[i], values);
}

void
atelier_members_normalize (const AtelierMembers *table,
                           gconstpointer         from,
                           gpointer              to)
{
  g_return_if_fail (table != NULL && from != NULL && to != NULL);

  for (guint i = 0; i < table->n_members; i++)
    {
      const AtelierMember *member = &table->members[i];

      if (atelier_member_is_meant (table, member, from))
        copy_value (member, from, member, to);
      else
        atelier_member_set_default (member, to);
    }
}

gboolean
atelier_members_equal (const AtelierMembers *table,
                       gconstpointer         a,
                       gconstpointer         b)
{
  g_return_val_if_fail (table != NULL && a != NULL && b != NULL, FALSE);

  for (guint i = 0; i < table->n_members; i++)
    if (!values_are_equal (&table->members[i], a, &table->members[i], b))
      return FALSE;
  return TRUE;
}

char *
atelier_members_check (const AtelierMembers *table,
                       gconstpointer         values)
{
  g_return_val_if_fail (table != NULL && values != NULL, NULL);

  for (guint i = 0; i < table->n_members; i++)
    {
      const AtelierMember *member = &table->members[i];
      g_autofree char *found = NULL;
      g_autofree char *range = NULL;

      if (atelier_member_is_good (member, values)
          || !atelier_member_is_meant (table, member, values))
        continue;
      found = atelier_member_to_text (member, values);
      range = atelier_member_describe_range (member);
      /* Translators: a member's name, the value that it has, what it should be */
      return g_strdup_printf (_("“%s” is %s, expected %s"), member->name, found, range);
    }
  return NULL;
}
