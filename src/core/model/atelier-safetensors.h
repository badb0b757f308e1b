/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The safetensors container: named tensors and strings <-> bytes, without a thought of what they
 * mean.
 *
 *   u64 little endian N | N bytes of JSON, padded with spaces to a multiple of 8 | tensors
 *
 * Reading does every check that the format asks for (sorted by place the tensors follow one
 * another from 0 to the end, without a hole or an overlap; each is as long as its shape says; no
 * name twice; strings only in the metadata), and has limits of its own.  Only files of the core
 * and their tests include this header.  Any thread.
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define ATELIER_SAFETENSORS_MAX_HEADER (1024 * 1024) /* bytes */
#define ATELIER_SAFETENSORS_MAX_TENSORS 4096
#define ATELIER_SAFETENSORS_MAX_RANK 8
#define ATELIER_SAFETENSORS_MAX_NAME 256             /* bytes */

typedef enum
{
  ATELIER_DTYPE_BOOL,
  ATELIER_DTYPE_U8,
  ATELIER_DTYPE_I8,
  ATELIER_DTYPE_F8_E5M2,
  ATELIER_DTYPE_F8_E4M3,
  ATELIER_DTYPE_I16,
  ATELIER_DTYPE_U16,
  ATELIER_DTYPE_F16,
  ATELIER_DTYPE_BF16,
  ATELIER_DTYPE_I32,
  ATELIER_DTYPE_U32,
  ATELIER_DTYPE_F32,
  ATELIER_DTYPE_C64,
  ATELIER_DTYPE_F64,
  ATELIER_DTYPE_I64,
  ATELIER_DTYPE_U64,
  ATELIER_N_DTYPES
} AtelierDtype;

const char *atelier_dtype_get_name (AtelierDtype dtype); /* "F32" */
guint       atelier_dtype_get_size (AtelierDtype dtype); /* bytes of one value */

typedef struct
{
  char        *name;                                /* Owned */
  AtelierDtype dtype;
  guint        rank;                                /* 0 for a scalar */
  guint64      shape[ATELIER_SAFETENSORS_MAX_RANK];
  GBytes      *data;                                /* Owned; little endian, C order */
} AtelierSafetensor;

typedef struct _AtelierSafetensors AtelierSafetensors;

AtelierSafetensors      *atelier_safetensors_new           (void);
void                     atelier_safetensors_free          (AtelierSafetensors *file);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (AtelierSafetensors, atelier_safetensors_free)

/* Strings are written in the order in which they were added, before the tensors.  Keys and names
 * are new and UTF-8. */
void                     atelier_safetensors_add_metadata  (AtelierSafetensors *file,
                                                            const char         *key,
                                                            const char         *value);
void                     atelier_safetensors_add_tensor    (AtelierSafetensors *file,
                                                            const char         *name,
                                                            AtelierDtype        dtype,
                                                            const guint64      *shape,
                                                            guint               rank,
                                                            GBytes             *data);

/* NULL where there is none. */
const char              *atelier_safetensors_get_metadata  (AtelierSafetensors *file,
                                                            const char         *key);
guint                    atelier_safetensors_get_n_tensors (AtelierSafetensors *file);
/* After reading, in the order in which they lie in the file. */
const AtelierSafetensor *atelier_safetensors_get_tensor    (AtelierSafetensors *file,
                                                            guint               i_tensor);
/* NULL where there is none. */
const AtelierSafetensor *atelier_safetensors_find_tensor   (AtelierSafetensors *file,
                                                            const char         *name);

/* As the format's own writer: the widest types first, then by name.  The same content gives the
 * same bytes. */
GBytes                  *atelier_safetensors_to_bytes      (AtelierSafetensors *file);
/* Tensors share @bytes.  @origin stands for the path in messages.  FORMAT (syntax, holes,
 * overlaps, names twice), TRUNCATED, TRAILING, MISMATCH (shape against size), TOO_LARGE (a
 * limit, an overflow), UNSUPPORTED (unknown types). */
AtelierSafetensors      *atelier_safetensors_from_bytes    (GBytes             *bytes,
                                                            const char         *origin,
                                                            GError            **error);

/* As from_bytes, for the first bytes of a file of @file_size bytes: all of them, or at least
 * ATELIER_SAFETENSORS_MAX_HEADER + 8.  Tensors have no bytes. */
AtelierSafetensors      *atelier_safetensors_from_head     (GBytes             *head,
                                                            guint64             file_size,
                                                            const char         *origin,
                                                            GError            **error);

G_END_DECLS
