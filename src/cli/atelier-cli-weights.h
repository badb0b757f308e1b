/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The option --weights of the commands that ask a saved model: which of the weights that its file
 * has. */

#pragma once

#include "model/atelier-model.h"

G_BEGIN_DECLS

#define ATELIER_CLI_WEIGHTS_ENTRY(text)                                                            \
  { "weights", 'w', 0, G_OPTION_ARG_STRING, text,                                                  \
    N_("best, newest or averaged, of those that the file has; else those that it is for"),         \
    N_("WHICH") }

/* Checks the option's value before a model is read.  @text: nullable.  G_OPTION_ERROR_BAD_VALUE. */
gboolean      atelier_cli_weights_check (const char    *text,
                                         GError       **error);
/* The model with the weights @text, or as it is for NULL; check it first.  MISMATCH, with those
 * that there are, where the file at @path has no such.  Transfer full. */
AtelierModel *atelier_cli_weights_pick  (AtelierModel  *model,
                                         const char    *text,
                                         const char    *path,
                                         GError       **error);

G_END_DECLS
