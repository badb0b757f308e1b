/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Taking out of a record what the library does not have yet. */

#include "config.h"

#include "library/atelier-library-news.h"

static void
clear_mark (gpointer data)
{
  AtelierMark *mark = data;

  g_free ((char *) mark->member);
  g_free ((char *) mark->from);
  g_free ((char *) mark->to);
}

static void
copy_what_it_is (AtelierLibraryNews *news,
                 AtelierRunRecord   *record)
{
  const AtelierRunCircumstances *circumstances = atelier_run_record_get_circumstances (record);

  news->name = g_strdup (atelier_run_record_get_name (record));
  news->network = atelier_network_ref (atelier_run_record_get_network (record));
  news->recipe = atelier_recipe_ref (atelier_run_record_get_recipe (record));
  news->dataset_name = g_strdup (atelier_run_record_get_dataset_name (record));
  news->dataset_sha256 = g_strdup (atelier_run_record_get_dataset_sha256 (record));
  news->parent = g_strdup (atelier_run_record_get_parent (record, &news->parent_epoch));
  news->host = g_strdup (circumstances->host != NULL ? circumstances->host : "");
  news->isa = g_strdup (circumstances->isa != NULL ? circumstances->isa : "");
  news->n_threads = circumstances->n_threads;
  news->started_us = circumstances->started_at != NULL
                       ? g_date_time_to_unix (circumstances->started_at) * G_USEC_PER_SEC
                           + g_date_time_get_microsecond (circumstances->started_at)
                       : g_get_real_time ();
}

static void
copy_batches (AtelierLibraryNews *news,
              AtelierHistory     *history,
              guint               n_written)
{
  const guint n = atelier_history_get_n_batches (history) - n_written;

  news->batches = g_array_new (FALSE, FALSE, sizeof (float));
  news->first_batch = (guint64) atelier_history_get_first_batch (history) + n_written;
  if (n == 0)
    return;
  g_array_append_vals (news->batches, atelier_history_get_batch_losses (history) + n_written, n);
  g_array_append_vals (news->batches, atelier_history_get_batch_accuracies (history) + n_written,
                       n);
  g_array_append_vals (news->batches, atelier_history_get_batch_seconds (history) + n_written, n);
}

static void
copy_epochs (AtelierLibraryNews *news,
             AtelierHistory     *history,
             guint               n_written)
{
  news->epochs = g_ptr_array_new_with_free_func (g_object_unref);
  for (guint i = n_written; i < atelier_history_get_n_epochs (history); i++)
    g_ptr_array_add (news->epochs, g_object_ref (atelier_history_get_epoch (history, i)));
}

static void
copy_looks (AtelierLibraryNews *news,
            AtelierHistory     *history,
            guint               n_written)
{
  news->looks = g_array_new (FALSE, FALSE, sizeof (AtelierTestLook));
  news->first_look = n_written;
  for (guint i = n_written; i < atelier_history_get_n_test_looks (history); i++)
    g_array_append_vals (news->looks, atelier_history_get_test_look (history, i), 1);
}

static void
copy_marks (AtelierLibraryNews *news,
            AtelierRunRecord   *record,
            guint               n_written)
{
  news->marks = g_array_new (FALSE, FALSE, sizeof (AtelierMark));
  g_array_set_clear_func (news->marks, clear_mark);
  news->first_mark = n_written;
  for (guint i = n_written; i < atelier_run_record_get_n_marks (record); i++)
    {
      const AtelierMark *mark = atelier_run_record_get_mark (record, i);
      AtelierMark copy = { mark->batch, g_strdup (mark->member), g_strdup (mark->from),
                           g_strdup (mark->to) };

      g_array_append_val (news->marks, copy);
    }
}

AtelierLibraryNews *
atelier_library_news_new (const char                  *id,
                          AtelierRunRecord            *record,
                          AtelierLibraryState          state,
                          const AtelierLibraryWritten *written)
{
  AtelierHistory *history = atelier_run_record_get_history (record);
  AtelierLibraryNews *news = g_new0 (AtelierLibraryNews, 1);

  news->id = g_strdup (id);
  news->state = state;
  copy_what_it_is (news, record);
  news->batches_per_epoch = atelier_history_get_batches_per_epoch (history);
  news->n_epochs_planned = atelier_history_get_n_epochs_planned (history);
  copy_batches (news, history, written->n_batches);
  copy_epochs (news, history, written->n_epochs);
  copy_looks (news, history, written->n_looks);
  copy_marks (news, record, written->n_marks);
  return news;
}

void
atelier_library_news_free (AtelierLibraryNews *news)
{
  if (news == NULL)
    return;

  g_free (news->id);
  g_free (news->name);
  g_free (news->group);
  atelier_network_unref (news->network);
  atelier_recipe_unref (news->recipe);
  g_free (news->dataset_name);
  g_free (news->dataset_sha256);
  g_free (news->parent);
  g_free (news->host);
  g_free (news->isa);
  g_ptr_array_unref (news->epochs);
  g_array_unref (news->batches);
  g_array_unref (news->looks);
  g_array_unref (news->marks);
  g_clear_pointer (&news->newest, atelier_model_unref);
  g_clear_pointer (&news->best, atelier_model_unref);
  g_free (news);
}

void
atelier_library_news_count (AtelierRunRecord      *record,
                            AtelierLibraryWritten *written)
{
  AtelierHistory *history = atelier_run_record_get_history (record);

  *written = (AtelierLibraryWritten) {
    .n_epochs = atelier_history_get_n_epochs (history),
    .n_batches = atelier_history_get_n_batches (history),
    .n_looks = atelier_history_get_n_test_looks (history),
    .n_marks = atelier_run_record_get_n_marks (record),
  };
}
