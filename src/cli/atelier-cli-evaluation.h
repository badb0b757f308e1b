/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The result of evaluating a model on a split, and how the commands print it. */

#pragma once

#include <json-glib/json-glib.h>

#include "inference/atelier-predictor.h"

G_BEGIN_DECLS

#define ATELIER_CLI_N_WORST_PAIRS 3

/* All borrowed. */
typedef struct
{
  AtelierModel      *model;
  AtelierSplits     *splits;
  AtelierEvaluation *evaluation;
  AtelierSplit       split;
  gboolean           raw_pixels;   /* --raw-pixels was given */
  guint              n_test_looks; /* at the data set's test images, this one included; 0: it is
                                    * none */
} AtelierCliEvaluation;

/* Parses the value of --split.  A NULL @text leaves @split unchanged.  G_OPTION_ERROR_BAD_VALUE. */
gboolean atelier_cli_parse_split         (const char   *text,
                                          AtelierSplit *split,
                                          GError      **error);
/* Warns on standard error if the model was trained on other data. */
void     atelier_cli_evaluation_warn     (AtelierModel   *model,
                                          AtelierDataset *dataset);
/* Counts a look at the test images with @model's weights, and says it; returns how many there were
 * with it. */
guint    atelier_cli_count_test_look     (AtelierDataset *dataset,
                                          AtelierModel   *model);
/* Prints on standard error how often the test images were looked at. */
void     atelier_cli_say_test_looks      (AtelierDataset *dataset,
                                          guint           n_looks);
/* Prints accuracy, loss and penalty on standard output. */
void     atelier_cli_evaluation_print    (const AtelierCliEvaluation *all);
/* Adds all figures as members of an object. */
void     atelier_cli_evaluation_add_json (const AtelierCliEvaluation *all,
                                          JsonBuilder                *builder);
/* Adds the most confused pairs as the member "most_confused".  @names: the classes,
 * untranslated. */
void     atelier_cli_add_json_pairs      (JsonBuilder        *builder,
                                          AtelierConfusion   *confusion,
                                          const char * const *names);

G_END_DECLS
