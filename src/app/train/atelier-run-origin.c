/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Compares a run with the session, part by part.  A part that differs but has the same name, such
 * as a network that was changed, is called another of that name.  Main thread.
 */

#include "config.h"

#include "train/atelier-run-origin.h"

#include <glib/gi18n.h>

#include "model/atelier-engine.h"

static void
take_part (GPtrArray *parts,
           char      *part)
{
  g_ptr_array_insert (parts, -1, part);
}

static void
compare_network (GPtrArray      *parts,
                 AtelierNetwork *network,
                 AtelierNetwork *present)
{
  const char *name = atelier_network_get_name (network);

  if (atelier_network_equal (network, present))
    return;

  if (g_str_equal (name, atelier_network_get_name (present)))
    /* Translators: a network that was changed, and its name. */
    take_part (parts, g_strdup_printf (_("another “%s”"), name));
  else
    take_part (parts, g_strdup (name));
}

static void
compare_data (GPtrArray        *parts,
              AtelierRunRecord *record,
              AtelierDataset   *present) /* nullable */
{
  const char *name = atelier_run_record_get_dataset_name (record);

  if (present
      && g_str_equal (atelier_dataset_get_sha256 (present),
                      atelier_run_record_get_dataset_sha256 (record)))
    return;

  if (present && g_str_equal (name, atelier_dataset_get_name (present)))
    /* Translators: a data set with other pictures, and its name. */
    take_part (parts, g_strdup_printf (_("other data “%s”"), name));
  else
    take_part (parts, g_strdup (name));
}

static void
compare_recipe (GPtrArray     *parts,
                AtelierRecipe *recipe,
                AtelierRecipe *present)
{
  const AtelierMembers *table = atelier_recipe_values_get_members ();
  const AtelierRecipeValues *values = atelier_recipe_get_values (recipe);
  const AtelierRecipeValues *present_values = atelier_recipe_get_values (present);

  for (guint i = 0; i < table->n_members; i++)
    {
      const AtelierMember *member = &table->members[i];
      g_autofree char *value = NULL;
      g_autofree char *present_value = NULL;

      if (member->label == NULL || !atelier_member_is_meant (table, member, values))
        continue;

      value = atelier_member_describe (member, values);
      present_value = atelier_member_describe (member, present_values);
      if (!g_str_equal (value, present_value)
          || !atelier_member_is_meant (table, member, present_values))
        /* Translators: a member of the recipe and its value, "Learning rate 0.001". */
        take_part (parts, g_strdup_printf (_("%s %s"), _(member->label), value));
    }
}

char *
atelier_run_origin_describe (AtelierRunRecord *record,
                             AtelierSession   *session)
{
  g_autoptr (GPtrArray) parts = g_ptr_array_new_with_free_func (g_free);
  g_autofree char *words = NULL;

  g_return_val_if_fail (ATELIER_IS_RUN_RECORD (record), NULL);
  g_return_val_if_fail (ATELIER_IS_SESSION (session), NULL);

  compare_network (parts, atelier_run_record_get_network (record),
                   atelier_session_get_network (session));
  compare_data (parts, record, atelier_session_get_dataset (session));
  compare_recipe (parts, atelier_run_record_get_recipe (record),
                  atelier_session_get_recipe (session));
  if (parts->len == 0)
    return NULL;

  g_ptr_array_add (parts, NULL);
  words = g_strjoinv (" · ", (char **) parts->pdata);

  /* Translators: what the shown run was trained with, as far as it is not what is chosen now:
   * "These curves are of a run with Report 1, fully connected · Seed 1". */
  return g_strdup_printf (_("These curves are of a run with %s"), words);
}

char *
atelier_run_origin_add_data (const char     *origin,
                             AtelierTrainer *trainer)
{
  AtelierModel *opened;
  AtelierDataset *dataset;
  const char *name;

  g_return_val_if_fail (ATELIER_IS_TRAINER (trainer), NULL);

  opened = atelier_trainer_get_opened (trainer);
  dataset = atelier_trainer_get_dataset (trainer);
  if (origin == NULL || opened == NULL || dataset == NULL
      || atelier_trainer_get_own_history (trainer) != NULL)
    return g_strdup (origin);

  name = atelier_dataset_get_name (dataset);
  if (!atelier_engine_check_fit (atelier_model_get_network (opened), dataset, NULL))
    /* Translators: "These curves are of a run with ..."; a data set. */
    return g_strdup_printf (_("%s. Its network does not fit “%s”"), origin, name);

  /* Translators: "These curves are of a run with ..."; a data set. */
  return g_strdup_printf (_("%s. The mistakes are measured on “%s”"), origin, name);
}
