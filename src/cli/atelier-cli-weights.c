/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A file made to go on from has the weights of a run beside each other; others have one set.  Which
 * of them there are is known only once the file is read, so that a wish it cannot fulfil is a
 * failure, and only a word that means none is a wrong command line.  Main thread.
 */

#include "config.h"

#include "atelier-cli-weights.h"

#include <glib/gi18n.h>

#include "base/atelier-error.h"
#include "model/atelier-weights.h"

gboolean
atelier_cli_weights_check (const char  *text,
                           GError     **error)
{
  AtelierWeights weights;

  if (text == NULL || atelier_weights_from_id (text, &weights))
    return TRUE;
  g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE,
               _("There are no weights “%s”; there are: best, newest, averaged"), text);
  return FALSE;
}

/* "newest, best"; transfer full. */
static char *
list_ids (AtelierModel *model)
{
  g_autoptr (GStrvBuilder) ids = g_strv_builder_new ();
  g_auto (GStrv) strv = NULL;

  for (guint i = 0; i < ATELIER_N_WEIGHTS; i++)
    {
      g_autoptr (AtelierModel) picked = atelier_model_pick (model, i);

      if (picked != NULL)
        g_strv_builder_add (ids, atelier_weights_get_id (i));
    }
  strv = g_strv_builder_end (ids);

  return g_strjoinv (", ", strv);
}

AtelierModel *
atelier_cli_weights_pick (AtelierModel  *model,
                          const char    *text,
                          const char    *path,
                          GError       **error)
{
  g_autoptr (AtelierModel) picked = NULL;
  g_autofree char *ids = NULL;
  g_autofree char *name = NULL;
  AtelierWeights weights;

  if (text == NULL || !atelier_weights_from_id (text, &weights))
    return atelier_model_ref (model);
  picked = atelier_model_pick (model, weights);
  if (picked != NULL)
    return g_steal_pointer (&picked);

  ids = list_ids (model);
  name = g_filename_display_name (path);
  g_set_error (error, ATELIER_ERROR, ATELIER_ERROR_MISMATCH,
               /* Translators: a file, a word for weights, and the words for those that it has */
               _("“%s” has no weights “%s”; it has: %s"), name, text, ids);
  return NULL;
}
