/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Small networks, data sets and recipes that train in milliseconds, for the tests of runs. */

#pragma once

#include "data/atelier-splits.h"
#include "model/atelier-model.h"
#include "model/atelier-network.h"
#include "model/atelier-recipe.h"
#include "training/atelier-learner-private.h"
#include "training/atelier-trainer.h"

#define SMALL_N_TRAIN 264 /* 220 to train on: batches of 64 leave a short last one */
#define SMALL_N_TEST 60
#define SMALL_N_BATCHES 4

/* Sketched garments, split as they advise; the same ones at each call.  Transfer full. */
AtelierSplits  *small_splits_new   (void);
/* The same pictures, the first @n_validation of them for validation.  Transfer full. */
AtelierSplits  *small_splits_new_first (guint n_validation);
/* Other Sketched garments, and a data set of @parts, which must be right; both split as they
 * advise.  Transfer full. */
AtelierSplits  *garment_splits_new (guint64 seed,
                                    guint   n_train,
                                    guint   n_test);
AtelierSplits  *splits_of_parts    (const AtelierDatasetParts *parts);
/* A convolution, a pool, dropout and a dense layer. */
AtelierNetwork *small_network_new  (void);
/* The same for images of another size: fits no small data set. */
AtelierNetwork *other_network_new  (void);
/* Adam, batches of 64, a penalty. */
void            small_recipe_init  (AtelierRecipeValues *values,
                                    guint                n_epochs);
/* The preset's values. */
void            preset_recipe_init (AtelierRecipeValues *values,
                                    const char          *id);
/* A recipe of @values, which must be valid.  Transfer full. */
AtelierRecipe  *recipe_of          (const AtelierRecipeValues *values);
/* Starts @trainer with a recipe of @values. */
gboolean        start_with_values  (AtelierTrainer            *trainer,
                                    AtelierNetwork            *network,
                                    const AtelierRecipeValues *values,
                                    AtelierSplits             *splits,
                                    guint                      n_threads,
                                    GError                   **error);
/* A record of a small network, a preset's recipe and the data set of @splits.  Transfer full. */
AtelierRunRecord *record_of        (AtelierHistory            *history,
                                    AtelierSplits             *splits);
/* A learner with a recipe of @values.  Transfer full. */
AtelierLearner *learner_of         (AtelierNetwork            *network,
                                    const AtelierRecipeValues *values,
                                    AtelierSplits             *splits,
                                    guint                      n_threads,
                                    GError                   **error);
