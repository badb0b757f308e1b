/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Options for the members of a table.  Texts are kept as given and read at the end, since whether a
 * member applies is known only then.  Main thread. */

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
  gboolean             *flags;
};

AtelierCliMembers *
atelier_cli_members_new (const AtelierMembers *table)
{
  AtelierCliMembers *members = g_new0 (AtelierCliMembers, 1);

  members->table = table;
  members->texts = g_new0 (char *, table->n_members);
  members->names = g_new0 (char *, table->n_members + 1);
  members->flags = g_new0 (gboolean, table->n_members);
  for (guint i = 0; i < table->n_members; i++)
    members->names[i] = g_strdup_printf ("--%s", table->members[i].option);
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
        member->help, member->placeholder
      };

      if (member->option != NULL)
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
    if (!apply_member (members, i, values, error))
      return FALSE;
  for (guint i = 0; i < members->table->n_members; i++)
    {
      const AtelierMember *member = &members->table->members[i];

      if (is_given (members, i) && !atelier_member_applies (members->table, member, values))
        {
          const AtelierMember *choice = atelier_members_find (members->table, member->where);
          g_autofree char *words = join_choices (choice, member->where_choices);

          g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE,
                       /* Translators: an option, another option and its value */
                       _("%s is for --%s %s"), members->names[i], choice->option, words);
          return FALSE;
        }
    }
  return TRUE;
}
