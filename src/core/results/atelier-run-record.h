/* SPDX-License-Identifier: GPL-3.0-or-later */

/* AtelierRunRecord - what a training run is, apart from the thread that computes it.
 *
 * What decides its result: the network, the recipe, the data set's hash, the run it came from, and
 * the marks, which are changes made while it went on.  What it gave: the history, with every look
 * at the test set.  Apart from both, its circumstances (when, where, on how many threads): they
 * change no bit of the result and never enter a model file.
 *
 * The trainer makes one for each run; report, words and pages take it, and none of them has to ask
 * the trainer.  Identity and circumstances never change; name, marks and history may.  Main thread.
 */

#pragma once

#include "data/atelier-dataset.h"
#include "model/atelier-model.h"
#include "model/atelier-network.h"
#include "model/atelier-recipe.h"
#include "results/atelier-history.h"

G_BEGIN_DECLS

/* A change made before a batch (counted from 0 over the whole run): a member's name and its values
 * before and after, each in the form that it has in JSON. */
typedef struct
{
  guint64     batch;
  const char *member;
  const char *from;
  const char *to;
} AtelierMark;

/* When and where a run was computed. */
typedef struct
{
  GDateTime  *started_at; /* NULL: now */
  const char *host;       /* NULL: this machine's name */
  const char *isa;        /* the instruction set in words for people; NULL: not known */
  guint       n_threads;
} AtelierRunCircumstances;

/* Strings are copied, and references are taken. */
typedef struct
{
  const char             *id;            /* NULL: a new random one */
  const char             *name;          /* for people; NULL: the network's */
  const char             *parent;        /* digest of the weights that it went on from, see
                                            atelier_model_dup_digest; NULL: new weights */
  guint                   parent_epoch;  /* finished epochs behind these */
  AtelierNetwork         *network;
  AtelierRecipe          *recipe;
  AtelierDataset         *dataset;       /* whose name and hash are kept; it is not */
  const char             *dataset_name;  /* these instead, where there is no data set at hand */
  const char             *dataset_sha256;
  AtelierHistory         *history;
  AtelierRunCircumstances circumstances;
} AtelierRunRecordParts;

#define ATELIER_TYPE_RUN_RECORD (atelier_run_record_get_type ())
G_DECLARE_FINAL_TYPE (AtelierRunRecord, atelier_run_record, ATELIER, RUN_RECORD, GObject)

/* Properties, with notify: "name" (string) and, read only, "n-marks" (uint).  Transfer full. */
AtelierRunRecord  *atelier_run_record_new                (const AtelierRunRecordParts *parts);

/* That of a saved model, of which no circumstances are known: no time, host and instruction set
 * (NULL), and 0 threads.  Transfer full. */
AtelierRunRecord  *atelier_run_record_new_of_model       (AtelierModel                *model,
                                                          AtelierHistory              *history);

/* Borrowed. */
const char        *atelier_run_record_get_id             (AtelierRunRecord *record);
const char        *atelier_run_record_get_name           (AtelierRunRecord *record);
void               atelier_run_record_set_name           (AtelierRunRecord *record,
                                                          const char       *name);
/* NULL for a run that began with new weights; @epoch is nullable, and then untouched. */
const char        *atelier_run_record_get_parent         (AtelierRunRecord *record,
                                                          guint            *epoch);
AtelierNetwork    *atelier_run_record_get_network        (AtelierRunRecord *record);
AtelierRecipe     *atelier_run_record_get_recipe         (AtelierRunRecord *record);
const char        *atelier_run_record_get_dataset_name   (AtelierRunRecord *record);
const char        *atelier_run_record_get_dataset_sha256 (AtelierRunRecord *record);
AtelierHistory    *atelier_run_record_get_history        (AtelierRunRecord *record);
/* The number (from 1) of the best epoch, as atelier_history_get_best finds it; 0 before the
 * first. */
guint              atelier_run_record_get_best_epoch     (AtelierRunRecord *record);
const AtelierRunCircumstances *
                   atelier_run_record_get_circumstances  (AtelierRunRecord *record);

/* Marks come in the order of their batches. */
void               atelier_run_record_add_mark           (AtelierRunRecord  *record,
                                                          const AtelierMark *mark);
guint              atelier_run_record_get_n_marks        (AtelierRunRecord  *record);
/* Borrowed, until another is added; @i_mark counts from 0. */
const AtelierMark *atelier_run_record_get_mark           (AtelierRunRecord  *record,
                                                          guint              i_mark);

G_END_DECLS
