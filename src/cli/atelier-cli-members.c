/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Options for the members of a table.  Texts are kept as given and read at the end, since whether a
 * member applies is known only then.  Members of the same name share the option of the first, which
 * sets the one that its name means then.  Main thread. */

#include "config.h"

#include "atelier-cli-members.h"

#include <glib/gi18n.h>

#include "atelier-cli.h"

struct _AtelierCliMembers
{
  const AtelierMembers *table; /* Borrowed */

  /* Owned; [n_members] */
  char                **texts; /* NULL: not given; of flags always */
  char                **names; /* "--rate" */
  char                **helps; /* translated; NULL where the option is another member's */
  gboolean             *flags;
};

static char *
join_choices (const AtelierMember *member,
              guint                choices) /* 1 << index */
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; member->choices[i].word != NULL; i++)
    if ((choices & 1u << i) != 0)
      g_string_append_printf (text, "%s%s", text->len > 0 ? ", " : "", member->choices[i].word);
  return g_string_free (text, FALSE);
}

/* "adam (0.9), adamw (0.9)": for which choices there is a member of this name, and its default. */
static char *
describe_where (const AtelierMembers *table,
                const AtelierMember  *first)
{
  const AtelierMember *choice = atelier_members_find (table, first->where);
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < table->n_members; i++)
    {
      const AtelierMember *member = &table->members[i];
      g_autofree char *words = NULL;

      if (!g_str_equal (member->name, first->name))
        continue;
      words = join_choices (choice, member->where_choices);
      g_string_append_printf (text, "%s%s", text->len > 0 ? ", " : "", words);
      if (member->type == ATELIER_MEMBER_REAL)
        g_string_append_printf (text, " (%g)", member->default_real);
      else if (member->type == ATELIER_MEMBER_UINT)
        g_string_append_printf (text, " (%u)", (guint) member->default_integer);
    }
  return g_string_free (text, FALSE);
}

/* The help of @first's option.  Transfer full. */
static char *
make_help (const AtelierMembers *table,
           const AtelierMember  *first)
{
  g_autofree char *words = NULL;

  if (first->where != NULL)
    words = describe_where (table, first);
  else if (first->type == ATELIER_MEMBER_CHOICE)
    words = join_choices (first, G_MAXUINT);
  if (words == NULL)
    return g_strdup (_(first->help));
  /* Translators: what an option does; a list of words, some with a default in brackets */
  return g_strdup_printf (_("%s: %s"), _(first->help), words);
}

AtelierCliMembers *
atelier_cli_members_new (const AtelierMembers *table)
{
  AtelierCliMembers *members = g_new0 (AtelierCliMembers, 1);

  members->table = table;
  members->texts = g_new0 (char *, table->n_members);
  members->names = g_new0 (char *, table->n_members + 1);
  members->helps = g_new0 (char *, table->n_members);
  members->flags = g_new0 (gboolean, table->n_members);
  for (guint i = 0; i < table->n_members; i++)
    {
      members->names[i] = g_strdup_printf ("--%s", table->members[i].option);
      if (atelier_members_find (table, table->members[i].name) == &table->members[i])
        members->helps[i] = make_help (table, &table->members[i]);
    }
  return members;
}

void
atelier_cli_members_free (AtelierCliMembers *members)
{
  if (members == NULL)
    return;

  for (guint i = 0; i < members->table->n_members; i++)
    g_free (members->texts[i]);
  g_free (members->texts);
  g_strfreev (members->names);
  for (guint i = 0; i < members->table->n_members; i++)
    g_free (members->helps[i]);
  g_free (members->helps);
  g_free (members->flags);
  g_free (members);
}

void
atelier_cli_members_add_entries (AtelierCliMembers *members,
                                 GArray            *entries)
{
  for (guint i = 0; i < members->table->n_members; i++)
    {
      const AtelierMember *member = &members->table->members[i];
      const gboolean is_flag = member->type == ATELIER_MEMBER_FLAG;
      const GOptionEntry entry = {
        member->option, member->letter, 0, is_flag ? G_OPTION_ARG_NONE : G_OPTION_ARG_STRING,
        is_flag ? (gpointer) &members->flags[i] : (gpointer) &members->texts[i],
        members->helps[i], member->placeholder
      };

      if (member->option != NULL && members->helps[i] != NULL)
        g_array_append_val (entries, entry);
    }
}

static gboolean
is_given (AtelierCliMembers *members,
          guint              i_member)
{
  return members->texts[i_member] != NULL || members->flags[i_member];
}

char *
atelier_cli_members_find_given (AtelierCliMembers *members,
                                const char        *but)
{
  for (guint i = 0; i < members->table->n_members; i++)
    if (is_given (members, i) && g_strcmp0 (members->table->members[i].name, but) != 0)
      return g_strdup (members->names[i]);
  return NULL;
}

/* ---- Reading ---- */

static gboolean
apply_choice (const AtelierMember  *member,
              const char           *name,
              const char           *text,
              gpointer              values,
              GError              **error)
{
  g_autofree char *known = NULL;

  for (guint i = 0; member->choices[i].word != NULL; i++)
    if (g_str_equal (member->choices[i].word, text))
      {
        atelier_member_set_integer (member, values, i);
        return TRUE;
      }
  known = join_choices (member, G_MAXUINT);
  g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE,
               /* Translators: an option's name, what was given, a list of words */
               _("%s: there is no “%s”; there are: %s"), name, text, known);
  return FALSE;
}

/* A pair is one number for both, or two with an x between. */
static gboolean
apply_pair (const AtelierMember  *member,
            const char           *name,
            const char           *text,
            gpointer              values,
            GError              **error)
{
  g_auto (GStrv) parts = g_strsplit (text, "x", 2);
  guint pair[2] = { 0, 0 };

  if (!atelier_cli_parse_count (name, parts[0] != NULL ? parts[0] : "", (guint) member->lowest,
                                (guint) member->highest, &pair[0], error))
    return FALSE;
  pair[1] = pair[0];
  if (parts[1] != NULL
      && !atelier_cli_parse_count (name, parts[1], (guint) member->lowest,
                                   (guint) member->highest, &pair[1], error))
    return FALSE;
  atelier_member_set_pair (member, values, pair);
  return TRUE;
}

static gboolean
apply_number (const AtelierMember  *member,
              const char           *name,
              const char           *text,
              gpointer              values,
              GError              **error)
{
  guint64 wide = 0;
  guint count = 0;
  double real = 0.0;

  if (member->type == ATELIER_MEMBER_REAL)
    {
      if (!atelier_cli_parse_number (name, text, &real, error))
        return FALSE;
      atelier_member_set_real (member, values, real);
      return TRUE;
    }
  if (member->type == ATELIER_MEMBER_UINT64 ? !atelier_cli_parse_seed (name, text, &wide, error)
      : !atelier_cli_parse_count (name, text, (guint) member->lowest, (guint) member->highest,
                                  &count, error))
    return FALSE;
  atelier_member_set_integer (member, values,
                              member->type == ATELIER_MEMBER_UINT64 ? wide : count);
  return TRUE;
}

static gboolean
apply_member (AtelierCliMembers  *members,
              guint               i_member,
              gpointer            values,
              GError            **error)
{
  const AtelierMember *member = &members->table->members[i_member];
  const char *name = members->names[i_member];
  const char *text = members->texts[i_member];

  if (!is_given (members, i_member))
    return TRUE;
  member = atelier_members_find_meant (members->table, member->name, values);
  switch (member->type)
    {
    case ATELIER_MEMBER_FLAG:
      atelier_member_set_integer (member, values, 1);
      return TRUE;
    case ATELIER_MEMBER_CHOICE:
      return apply_choice (member, name, text, values, error);
    case ATELIER_MEMBER_PAIR:
      return apply_pair (member, name, text, values, error);
    case ATELIER_MEMBER_UINT:
    case ATELIER_MEMBER_UINT64:
    case ATELIER_MEMBER_REAL:
    default:
      return apply_number (member, name, text, values, error);
    }
}

static gboolean
check_applies (AtelierCliMembers  *members,
               guint               i_member,
               gconstpointer       values,
               GError            **error)
{
  const AtelierMembers *table = members->table;
  const AtelierMember *first = &table->members[i_member];
  const AtelierMember *choice;
  g_autofree char *words = NULL;
  guint choices = 0;

  if (atelier_member_applies (table, atelier_members_find_meant (table, first->name, values),
                              values))
    return TRUE;
  for (guint i = 0; i < table->n_members; i++)
    if (g_str_equal (table->members[i].name, first->name))
      choices |= table->members[i].where_choices;
  choice = atelier_members_find (table, first->where);
  words = join_choices (choice, choices);
  g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE,
               /* Translators: an option, another option and its value */
               _("%s is for --%s %s"), members->names[i_member], choice->option, words);
  return FALSE;
}

gboolean
atelier_cli_members_apply_one (AtelierCliMembers  *members,
                               const char         *name,
                               gpointer            values,
                               GError            **error)
{
  for (guint i = 0; i < members->table->n_members; i++)
    if (g_str_equal (members->table->members[i].name, name))
      return apply_member (members, i, values, error);
  g_return_val_if_reached (TRUE);
}

gboolean
atelier_cli_members_apply (AtelierCliMembers  *members,
                           gpointer            values,
                           GError            **error)
{
  for (guint i = 0; i < members->table->n_members; i++)
    if (!apply_member (members, i, values, error)
        || (is_given (members, i) && !check_applies (members, i, values, error)))
      return FALSE;
  return TRUE;
}
