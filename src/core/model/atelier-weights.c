/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The names of weights.  A whole sentence piece for each, since languages place the number
 * differently.  Any thread.
 */

#include "config.h"

#include "model/atelier-weights.h"

#include <glib/gi18n-lib.h>

static const char * const ids[ATELIER_N_WEIGHTS] = {
  [ATELIER_WEIGHTS_NEWEST] = "newest",
  [ATELIER_WEIGHTS_BEST] = "best",
  [ATELIER_WEIGHTS_AVERAGED] = "averaged",
};

const char *
atelier_weights_get_id (AtelierWeights weights)
{
  g_return_val_if_fail (weights < ATELIER_N_WEIGHTS, NULL);

  return ids[weights];
}

gboolean
atelier_weights_from_id (const char     *id,
                         AtelierWeights *weights)
{
  g_return_val_if_fail (id != NULL && weights != NULL, FALSE);

  for (guint i = 0; i < ATELIER_N_WEIGHTS; i++)
    if (g_str_equal (id, ids[i]))
      {
        *weights = i;
        return TRUE;
      }

  return FALSE;
}

char *
atelier_weights_describe (AtelierWeights weights,
                          guint          n_epochs)
{
  switch (weights)
    {
    case ATELIER_WEIGHTS_BEST:
      /* Translators: a run's weights: those of its best epoch, and that epoch's number */
      return g_strdup_printf (_("best, epoch %u"), n_epochs);
    case ATELIER_WEIGHTS_AVERAGED:
      /* Translators: a run's weights: their running average, and the newest finished epoch */
      return g_strdup_printf (_("averaged, epoch %u"), n_epochs);
    case ATELIER_WEIGHTS_NEWEST:
    case ATELIER_N_WEIGHTS:
    default:
      /* Translators: a run's weights: those of its last step, and the newest finished epoch */
      return g_strdup_printf (_("newest, epoch %u"), n_epochs);
    }
}
