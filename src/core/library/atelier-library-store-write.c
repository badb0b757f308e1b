/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Writing news of a run.
 *
 * Files first, then one transaction with the rows that name them.  Whoever is killed in between
 * leaves files that no row names, which tidying deletes; never a row without its file.
 */

#include "config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "base/atelier-error.h"
#include "library/atelier-library-pack.h"
#include "library/atelier-library-store-private.h"
#include "library/atelier-library-weights.h"
#include "model/atelier-model-file.h"

/* A model file that was written. */
typedef struct
{
  char   *hash; /* Owned; NULL: none */
  guint64 size;
  guint   epoch;
  guint   n_batches;
  gboolean has_state;
} Written;

static void
clear_written (Written *written)
{
  g_free (written->hash);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Written, clear_written)

/* ---- Files ---- */

/* @model: nullable. */
static gboolean
write_model (AtelierLibraryStore  *store,
             AtelierModel         *model,
             Written              *written,
             GError              **error)
{
  const AtelierTrainingState *state = model != NULL ? atelier_model_get_state (model) : NULL;
  g_autoptr (GBytes) bytes = NULL;

  if (model == NULL)
    return TRUE;
  bytes = atelier_model_file_to_bytes (model);
  written->size = g_bytes_get_size (bytes);
  written->has_state = state != NULL;
  written->epoch = state != NULL ? state->n_epochs : atelier_model_get_n_epochs (model);
  written->n_batches = state != NULL ? state->n_batches : 0;
  return atelier_library_weights_write (store->folder, bytes, &written->hash, error);
}

static gboolean
insert_weights (AtelierLibraryStore  *store,
                const char           *id,
                const Written        *written,
                GError              **error)
{
  return written->hash == NULL
         || atelier_library_sql_run (store->sql, error,
                                     "INSERT OR REPLACE INTO weights VALUES (?, ?, ?, ?, ?, ?)",
                                     "siiisi", id, (gint64) written->epoch,
                                     (gint64) written->n_batches,
                                     (gint64) (written->has_state ? 1 : 0), written->hash,
                                     (gint64) written->size);
}

/* ---- Rows ---- */

static char *
recipe_to_text (AtelierRecipe *recipe)
{
  g_autoptr (JsonNode) node = atelier_recipe_to_json (recipe);

  return json_to_string (node, FALSE);
}

static gboolean
insert_run (AtelierLibraryStore       *store,
            const AtelierLibraryNews  *news,
            GError                   **error)
{
  const AtelierRecipeValues *values = atelier_recipe_get_values (news->recipe);
  const gint64 now = g_get_real_time ();
  g_autofree char *network = atelier_network_to_json (news->network, FALSE);
  g_autofree char *recipe = recipe_to_text (news->recipe);

  return atelier_library_sql_run (
    store->sql, error,
    "INSERT OR IGNORE INTO runs (id, name, group_id, state, edited_us, updated_us, started_us,"
    "  network, recipe, network_name, n_parameters, seed, judged_by_accuracy, dataset_name,"
    "  dataset_sha256, parent, parent_epoch, host, isa, n_threads, batches_per_epoch,"
    "  n_epochs_planned)"
    " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
    "sssiiiisssiiisssissiii", news->id, news->name, news->group != NULL ? news->group : "",
    (gint64) news->state, now, now, news->started_us, network, recipe,
    atelier_network_get_name (news->network),
    (gint64) atelier_network_get_n_parameters (news->network), (gint64) values->seed,
    (gint64) (values->judged_by == ATELIER_JUDGED_BY_ACCURACY ? 1 : 0), news->dataset_name,
    news->dataset_sha256, news->parent != NULL ? news->parent : "", (gint64) news->parent_epoch,
    news->host, news->isa, (gint64) news->n_threads, (gint64) news->batches_per_epoch,
    (gint64) news->n_epochs_planned);
}

static gboolean
update_run (AtelierLibraryStore       *store,
            const AtelierLibraryNews  *news,
            GError                   **error)
{
  g_autofree char *recipe = recipe_to_text (news->recipe);

  return atelier_library_sql_run (store->sql, error,
                                  "UPDATE runs SET state = ?, n_epochs_planned = ?, recipe = ?,"
                                  " updated_us = max (updated_us + 1, ?) WHERE id = ?",
                                  "iisis", (gint64) news->state, (gint64) news->n_epochs_planned,
                                  recipe, g_get_real_time (), news->id);
}

/* Times count from those of what is left. */
static void
get_base (AtelierLibraryStore *store,
          const char          *id,
          double              *seconds,
          double              *elapsed)
{
  g_autoptr (AtelierLibraryStatement) statement =
    atelier_library_sql_prepare (store->sql, NULL,
                                 "SELECT base_seconds, base_elapsed FROM runs WHERE id = ?", "s",
                                 id);

  *seconds = *elapsed = 0;
  if (statement == NULL || !atelier_library_sql_step (store->sql, statement, NULL))
    return;
  *seconds = sqlite3_column_double (statement, 0);
  *elapsed = sqlite3_column_double (statement, 1);
}

static gboolean
insert_epoch (AtelierLibraryStore        *store,
              const char                 *id,
              const AtelierEpochFigures  *figures,
              double                      base,
              GError                    **error)
{
  return atelier_library_sql_run (store->sql, error,
                                  "INSERT OR REPLACE INTO epochs"
                                  " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                                  "siddddddddddd", id, (gint64) figures->epoch, figures->loss,
                                  figures->accuracy, figures->penalty, figures->objective,
                                  figures->train_eval_loss, figures->train_eval_accuracy,
                                  figures->validation_loss, figures->validation_accuracy,
                                  figures->seconds, figures->images_per_second,
                                  base + figures->elapsed_seconds);
}

/* What predictions share is kept once, under the hash of all that it says. */
static gboolean
insert_images (AtelierLibraryStore  *store,
               AtelierPredictions   *predictions,
               char                **hash,
               GError              **error)
{
  g_autoptr (GBytes) labels = atelier_library_pack_labels (predictions);
  g_autoptr (GBytes) pictures = atelier_library_pack_pictures (predictions);
  g_autoptr (GChecksum) checksum = g_checksum_new (G_CHECKSUM_SHA256);
  const gint64 split = atelier_predictions_get_split (predictions);
  const gint64 is_sample = atelier_predictions_is_sample (predictions) ? 1 : 0;
  const gint64 n_classes = atelier_predictions_get_n_classes (predictions);
  const gint64 n = atelier_predictions_get_n (predictions);
  g_autofree char *head =
    g_strdup_printf ("%" G_GINT64_FORMAT " %" G_GINT64_FORMAT " %" G_GINT64_FORMAT
                     " %" G_GINT64_FORMAT " ",
                     split, is_sample, n_classes, n);

  g_checksum_update (checksum, (const guchar *) head, -1);
  g_checksum_update (checksum, g_bytes_get_data (labels, NULL), (gssize) g_bytes_get_size (labels));
  g_checksum_update (checksum, g_bytes_get_data (pictures, NULL),
                     (gssize) g_bytes_get_size (pictures));
  *hash = g_strdup (g_checksum_get_string (checksum));
  return atelier_library_sql_run (store->sql, error,
                                  "INSERT OR IGNORE INTO images VALUES (?, ?, ?, ?, ?, ?, ?)",
                                  "siiiibb", *hash, split, is_sample, n_classes, n, labels,
                                  pictures);
}

/* @predictions: nullable. */
static gboolean
insert_predictions (AtelierLibraryStore  *store,
                    const char           *id,
                    guint                 epoch,
                    AtelierPredictions   *predictions,
                    GError              **error)
{
  g_autofree char *hash = NULL;
  g_autoptr (GBytes) data = NULL;

  if (predictions == NULL)
    return TRUE;
  if (!insert_images (store, predictions, &hash, error))
    return FALSE;
  data = atelier_library_pack_predictions (predictions);
  return atelier_library_sql_run (store->sql, error,
                                  "INSERT OR REPLACE INTO predictions VALUES (?, ?, ?, ?, ?)",
                                  "siisb", id, (gint64) epoch,
                                  (gint64) atelier_predictions_get_split (predictions), hash,
                                  data);
}

static gboolean
insert_epochs (AtelierLibraryStore       *store,
               const AtelierLibraryNews  *news,
               double                     base,
               GError                   **error)
{
  for (guint i = 0; i < news->epochs->len; i++)
    {
      AtelierEpoch *epoch = g_ptr_array_index (news->epochs, i);
      const AtelierEpochFigures *figures = atelier_epoch_get_figures (epoch);

      if (!insert_epoch (store, news->id, figures, base, error)
          || !insert_predictions (
            store, news->id, figures->epoch,
            atelier_epoch_get_predictions_of (epoch, ATELIER_SPLIT_VALIDATION), error)
          || !insert_predictions (store, news->id, figures->epoch,
                                  atelier_epoch_get_predictions_of (epoch, ATELIER_SPLIT_TRAIN),
                                  error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
insert_batches (AtelierLibraryStore       *store,
                const AtelierLibraryNews  *news,
                double                     base,
                GError                   **error)
{
  const guint n = news->batches->len / 3;
  g_autofree float *values = g_memdup2 (news->batches->data, 3 * n * sizeof (float));
  g_autoptr (GBytes) data = NULL;

  if (n == 0)
    return TRUE;
  for (guint i = 2 * n; i < 3 * n; i++)
    values[i] = (float) (values[i] + base);
  data = atelier_library_pack_floats (values, 3 * (gsize) n);
  return atelier_library_sql_run (store->sql, error,
                                  "INSERT OR REPLACE INTO batches VALUES (?, ?, ?, ?)", "siib",
                                  news->id, (gint64) news->first_batch, (gint64) n, data);
}

static gboolean
insert_looks_and_marks (AtelierLibraryStore       *store,
                        const AtelierLibraryNews  *news,
                        GError                   **error)
{
  for (guint i = 0; i < news->looks->len; i++)
    {
      const AtelierTestLook *look = &g_array_index (news->looks, AtelierTestLook, i);

      if (!atelier_library_sql_run (store->sql, error,
                                    "INSERT INTO looks SELECT ?1, ifnull (max (number) + 1, 0),"
                                    " ?2, ?3, ?4, ?5 FROM looks WHERE run = ?1",
                                    "siddi", news->id, (gint64) look->epoch, look->loss,
                                    look->accuracy, (gint64) look->weights))
        return FALSE;
    }
  for (guint i = 0; i < news->marks->len; i++)
    {
      const AtelierMark *mark = &g_array_index (news->marks, AtelierMark, i);

      if (!atelier_library_sql_run (store->sql, error,
                                    "INSERT INTO marks SELECT ?1, ifnull (max (number) + 1, 0),"
                                    " ?2, ?3, ?4, ?5 FROM marks WHERE run = ?1",
                                    "sisss", news->id, (gint64) mark->batch, mark->member,
                                    mark->from, mark->to))
        return FALSE;
    }
  return TRUE;
}

/* What a table of runs shows of the figures.  The best epoch is chosen as
 * atelier_history_get_best () does. */
static gboolean
summarise (AtelierLibraryStore  *store,
           const char           *id,
           GError              **error)
{
  static const char best[] =
    "UPDATE runs SET best_epoch = ifnull ((SELECT epoch FROM epochs JOIN runs AS r ON r.id = run,"
    "   (SELECT count (validation_loss) > 0 AS has_validation FROM epochs WHERE run = ?1)"
    "  WHERE run = ?1 AND abs (CASE WHEN NOT has_validation THEN loss"
    "     WHEN r.judged_by_accuracy THEN validation_accuracy ELSE validation_loss END) < 9e999"
    "  ORDER BY CASE WHEN NOT has_validation THEN loss"
    "     WHEN r.judged_by_accuracy THEN -validation_accuracy ELSE validation_loss END, epoch"
    "  LIMIT 1), 0) WHERE id = ?1";
  static const char rest[] =
    "UPDATE runs SET"
    " n_epochs = (SELECT count (*) FROM epochs WHERE run = ?1),"
    " n_batches = (SELECT ifnull (max (first + n), 0) FROM batches WHERE run = ?1),"
    " best_accuracy = (SELECT validation_accuracy FROM epochs"
    "   WHERE run = ?1 AND epoch = best_epoch),"
    " best_loss = (SELECT ifnull (validation_loss, loss) FROM epochs"
    "   WHERE run = ?1 AND epoch = best_epoch),"
    " newest_loss = (SELECT loss FROM epochs WHERE run = ?1 ORDER BY epoch DESC LIMIT 1),"
    " seconds = ifnull ((SELECT max (elapsed_seconds) FROM epochs WHERE run = ?1), 0),"
    " n_validation = ifnull ((SELECT n FROM images JOIN predictions ON images = hash"
    "   WHERE run = ?1 AND predictions.split = ?2 LIMIT 1), 0)"
    " WHERE id = ?1";

  return atelier_library_sql_run (store->sql, error, best, "s", id)
         && atelier_library_sql_run (store->sql, error, rest, "si", id,
                                     (gint64) ATELIER_SPLIT_VALIDATION);
}

/* ---- Going on ---- */

/* Keeps the first @n_kept of the batches that begin at @first. */
static gboolean
shorten_batches (AtelierLibraryStore  *store,
                 const char           *id,
                 gint64                first,
                 gint64                n,
                 GBytes               *packed,
                 gint64                n_kept,
                 GError              **error)
{
  g_autofree float *values =
    atelier_library_unpack_floats (packed, 3 * (gsize) n, store->sql->path, error);
  g_autofree float *kept = NULL;
  g_autoptr (GBytes) data = NULL;

  if (values == NULL)
    return FALSE;
  kept = g_new (float, 3 * n_kept);
  for (int i = 0; i < 3; i++)
    memcpy (kept + i * n_kept, values + i * n, (gsize) n_kept * sizeof *kept);
  data = atelier_library_pack_floats (kept, 3 * (gsize) n_kept);
  return atelier_library_sql_run (store->sql, error,
                                  "UPDATE batches SET n = ?, data = ? WHERE run = ? AND first = ?",
                                  "ibsi", n_kept, data, id, first)
         && atelier_library_sql_run (store->sql, error,
                                     "UPDATE runs SET base_seconds = ? WHERE id = ?", "ds",
                                     (double) kept[3 * n_kept - 1], id);
}

/* The batches in which the cut falls, or which end there. */
static gboolean
cut_batches (AtelierLibraryStore  *store,
             const char           *id,
             gint64                n_batches,
             GError              **error)
{
  g_autoptr (AtelierLibraryStatement) statement = NULL;
  g_autoptr (GBytes) packed = NULL;
  gint64 first, n;

  if (!atelier_library_sql_run (store->sql, error,
                                "DELETE FROM batches WHERE run = ? AND first >= ?", "si", id,
                                n_batches)
      || !atelier_library_sql_run (store->sql, error,
                                   "UPDATE runs SET base_seconds = 0 WHERE id = ?", "s", id))
    return FALSE;
  statement = atelier_library_sql_prepare (store->sql, error,
                                           "SELECT first, n, data FROM batches WHERE run = ?"
                                           " ORDER BY first DESC LIMIT 1",
                                           "s", id);
  if (statement == NULL)
    return FALSE;
  if (!atelier_library_sql_step (store->sql, statement, NULL))
    return TRUE;
  first = sqlite3_column_int64 (statement, 0);
  n = sqlite3_column_int64 (statement, 1);
  packed = atelier_library_column_bytes (statement, 2);
  g_clear_pointer (&statement, atelier_library_statement_free);
  if (n < 1 || n > G_MAXINT32 || first < 0 || first >= n_batches)
    return atelier_library_sql_fail (store->sql, SQLITE_CORRUPT, error);
  return shorten_batches (store, id, first, n, packed, MIN (n, n_batches - first), error);
}

static gboolean
cut (AtelierLibraryStore       *store,
     const AtelierLibraryNews  *news,
     GError                   **error)
{
  static const char * const deletions[] = {
    "DELETE FROM epochs WHERE run = ? AND epoch > ?",
    "DELETE FROM predictions WHERE run = ? AND epoch > ?",
    "DELETE FROM weights WHERE run = ? AND epoch > ?",
  };
  const gint64 n_batches =
    (gint64) news->cut_epoch * news->batches_per_epoch + news->cut_n_batches;

  for (guint i = 0; i < G_N_ELEMENTS (deletions); i++)
    if (!atelier_library_sql_run (store->sql, error, deletions[i], "si", news->id,
                                  (gint64) news->cut_epoch))
      return FALSE;
  return atelier_library_sql_run (store->sql, error,
                                  "DELETE FROM weights WHERE run = ? AND epoch = ?"
                                  " AND n_batches > ?",
                                  "sii", news->id, (gint64) news->cut_epoch,
                                  (gint64) news->cut_n_batches)
         && atelier_library_sql_run (store->sql, error,
                                     "DELETE FROM marks WHERE run = ? AND batch >= ?", "si",
                                     news->id, n_batches)
         && cut_batches (store, news->id, n_batches, error)
         && atelier_library_sql_run (store->sql, error,
                                     "UPDATE runs SET base_elapsed ="
                                     " ifnull ((SELECT max (elapsed_seconds) FROM epochs"
                                     "          WHERE run = ?1), 0) WHERE id = ?1",
                                     "s", news->id);
}

/* ---- All of it ---- */

static gboolean
write_rows (AtelierLibraryStore       *store,
            const AtelierLibraryNews  *news,
            const Written             *newest,
            const Written             *best,
            GError                   **error)
{
  double seconds, elapsed;

  if (!insert_run (store, news, error) || !update_run (store, news, error)
      || (news->is_cut && !cut (store, news, error)))
    return FALSE;
  get_base (store, news->id, &seconds, &elapsed);
  return insert_epochs (store, news, elapsed, error)
         && insert_batches (store, news, seconds, error)
         && insert_looks_and_marks (store, news, error)
         && insert_weights (store, news->id, newest, error)
         && insert_weights (store, news->id, best, error)
         && summarise (store, news->id, error);
}

/* Figures are worth more than weights: where these have no room, the others are written alone. */
static gboolean
write_all (AtelierLibraryStore       *store,
           const AtelierLibraryNews  *news,
           GError                   **weights_error,
           GError                   **error)
{
  g_autoptr (AtelierLibraryClaim) lock = NULL;
  g_auto (Written) newest = { 0 };
  g_auto (Written) best = { 0 };

  lock = atelier_library_weights_lock (store->folder, FALSE, error);
  if (lock == NULL)
    return FALSE;
  if (write_model (store, news->newest, &newest, weights_error))
    write_model (store, news->best, &best, weights_error);
  if (!atelier_library_sql_begin (store->sql, error))
    return FALSE;
  return atelier_library_sql_end (store->sql, write_rows (store, news, &newest, &best, error),
                                  error);
}

static gboolean
claim (AtelierLibraryStore  *store,
       const char           *id,
       GError              **error)
{
  g_autofree char *name = g_strconcat (id, ".lock", NULL);
  g_autofree char *path = g_build_filename (store->folder, "running", name, NULL);
  AtelierLibraryClaim *found;
  GError *claim_error = NULL;

  if (g_hash_table_contains (store->claims, id))
    return TRUE;
  found = atelier_library_claim_new (path, &claim_error);
  if (found != NULL)
    {
      g_hash_table_insert (store->claims, g_strdup (id), found);
      return TRUE;
    }
  if (claim_error != NULL)
    g_propagate_error (error, claim_error);
  else
    g_set_error (error, ATELIER_ERROR, ATELIER_ERROR_FAILED,
                 /* Translators: the id of a run */
                 _("The run “%s” is going on in another window or command"), id);
  return FALSE;
}

gboolean
atelier_library_store_write (AtelierLibraryStore       *store,
                             const AtelierLibraryNews  *news,
                             GError                   **weights_error,
                             GError                   **error)
{
  if (store->is_read_only)
    return atelier_library_sql_fail (store->sql, SQLITE_READONLY, error);
  if (!claim (store, news->id, error) || !write_all (store, news, weights_error, error))
    return FALSE;
  if (news->state != ATELIER_LIBRARY_RUNNING)
    {
      gpointer key, ended;

      if (g_hash_table_steal_extended (store->claims, news->id, &key, &ended))
        {
          g_free (key);
          atelier_library_claim_remove (ended);
        }
    }
  return TRUE;
}
