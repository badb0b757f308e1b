/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The errors of the core: one domain, and one code for each cause that a user can tell apart. */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define ATELIER_ERROR (atelier_error_quark ())

typedef enum
{
  ATELIER_ERROR_FAILED,
  ATELIER_ERROR_NOT_FOUND,   /* a file or a data set does not exist */
  ATELIER_ERROR_FORMAT,      /* a file has the wrong format (magic, header, syntax) */
  ATELIER_ERROR_TRUNCATED,   /* a file ends too early */
  ATELIER_ERROR_TRAILING,    /* a file has bytes after its end */
  ATELIER_ERROR_MISMATCH,    /* two things do not belong together (counts, shapes, classes) */
  ATELIER_ERROR_TOO_LARGE,   /* exceeds a limit of the program */
  ATELIER_ERROR_UNSUPPORTED, /* valid, but not supported by the program */
  ATELIER_ERROR_NETWORK,     /* a network's layers do not fit, or its description is wrong */
  ATELIER_ERROR_RECIPE,      /* a recipe's value is out of range */
  ATELIER_ERROR_NO_MEMORY,
  ATELIER_ERROR_NOT_FINITE,  /* infinity or NaN, from training or in a file */
} AtelierError;

GQuark atelier_error_quark (void);

G_END_DECLS
