/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The first bytes decide, and for JSON, which networks and recipes share, its members.  Only a file
 * of JSON is read whole; it has at most 1 MiB.
 */

#include "config.h"

#include "model/atelier-file-kind.h"

#include <glib/gi18n-lib.h>
#include <string.h>
#include <zlib.h>

#include "base/atelier-error.h"
#include "base/atelier-file.h"
#include "base/atelier-json.h"
#include "data/atelier-idx-folder.h"
#include "data/atelier-idx-names.h"
#include "model/atelier-plan.h"
#include "picture/atelier-picture.h"

#define HEAD_BYTES 512
#define IDX_MAX_RANK 4

/* Two zeros, a type of values, and how many dimensions. */
static gboolean
is_idx (const guint8 *head,
        gsize         size)
{
  return size >= 4 && head[0] == 0 && head[1] == 0 && head[2] >= 0x08 && head[2] <= 0x0e
         && head[3] >= 1 && head[3] <= IDX_MAX_RANK;
}

static gboolean
is_packed_idx (const guint8 *head,
               gsize         size)
{
  guint8 start[4];
  z_stream zlib = { .next_in = (guint8 *) head, .avail_in = (uInt) size,
                    .next_out = start, .avail_out = sizeof start };

  if (size < 2 || head[0] != 0x1f || head[1] != 0x8b || inflateInit2 (&zlib, 15 + 16) != Z_OK)
    return FALSE;
  inflate (&zlib, Z_SYNC_FLUSH);
  inflateEnd (&zlib);
  return is_idx (start, sizeof start - zlib.avail_out);
}

/* The length of the JSON before the tensors, of which no model has a 2^48th byte. */
static gboolean
is_model (const guint8 *head,
          gsize         size)
{
  return size >= 9 && head[6] == 0 && head[7] == 0 && head[8] == '{';
}

static gboolean
is_json (const guint8 *head,
         gsize         size)
{
  gsize i = 0;

  while (i < size && g_ascii_isspace (head[i]))
    i++;
  return i < size && head[i] == '{';
}

static gboolean
has_any (JsonObject         *object,
         const char * const *names)
{
  for (guint i = 0; names[i] != NULL; i++)
    if (json_object_has_member (object, names[i]))
      return TRUE;
  return FALSE;
}

static gboolean
has_all (JsonObject         *object,
         const char * const *names)
{
  for (guint i = 0; names[i] != NULL; i++)
    if (!json_object_has_member (object, names[i]))
      return FALSE;
  return TRUE;
}

static gboolean
fail_unsupported (const char  *origin,
                  GError     **error)
{
  g_set_error (error, ATELIER_ERROR, ATELIER_ERROR_UNSUPPORTED,
               _("“%s” is no model, network, recipe, picture or IDX file"), origin);
  return FALSE;
}

/* A network or a recipe; a file with a misspelt member is still told by the others. */
static gboolean
find_in_json (const char       *path,
              const char       *origin,
              AtelierFileKind  *kind,
              GError          **error)
{
  static const char * const of_networks[] = { "layers", "input", "network", NULL };
  static const char * const of_recipes[] = {
    "optimizer", "learning_rate", "batch_size", "epochs", "recipe", NULL
  };
  g_autoptr (GBytes) bytes = atelier_file_read (path, ATELIER_JSON_MAX_LENGTH, error);
  g_autoptr (JsonNode) node = NULL;
  JsonObject *object;
  const char *text;
  gsize length;

  if (bytes == NULL)
    return FALSE;
  text = g_bytes_get_data (bytes, &length);
  node = atelier_json_parse (text != NULL ? text : "", (gssize) length, origin, error);
  if (node == NULL)
    return FALSE;
  object = JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
  if (object != NULL && has_all (object, atelier_plan_parts))
    *kind = ATELIER_FILE_PLAN;
  else if (object != NULL && has_any (object, of_networks))
    *kind = ATELIER_FILE_NETWORK;
  else if (object != NULL && has_any (object, of_recipes))
    *kind = ATELIER_FILE_RECIPE;
  else
    return fail_unsupported (origin, error);
  return TRUE;
}

static gboolean
check_regular (const char  *path,
               const char  *origin,
               GError     **error)
{
  if (!g_file_test (path, G_FILE_TEST_EXISTS))
    {
      g_set_error (error, ATELIER_ERROR, ATELIER_ERROR_NOT_FOUND,
                   _("There is no file “%s”"), origin);
      return FALSE;
    }
  if (!g_file_test (path, G_FILE_TEST_IS_REGULAR))
    {
      g_set_error (error, ATELIER_ERROR, ATELIER_ERROR_FORMAT,
                   _("“%s” is neither a file nor a folder"), origin);
      return FALSE;
    }
  return TRUE;
}

gboolean
atelier_file_kind_find (const char       *path,
                        AtelierFileKind  *kind,
                        GError          **error)
{
  g_autofree char *origin = NULL;
  guint8 head[HEAD_BYTES];
  gssize size;

  g_return_val_if_fail (path != NULL && kind != NULL, FALSE);

  origin = g_filename_display_name (path);
  if (g_file_test (path, G_FILE_TEST_IS_DIR))
    {
      *kind = ATELIER_FILE_DATA;
      return TRUE;
    }
  if (!check_regular (path, origin, error))
    return FALSE;
  size = atelier_file_read_head (path, head, sizeof head);
  if (size < 0)
    {
      g_set_error (error, ATELIER_ERROR, ATELIER_ERROR_FAILED, _("“%s” cannot be read"), origin);
      return FALSE;
    }

  if (is_model (head, (gsize) size))
    *kind = ATELIER_FILE_MODEL;
  else if (is_idx (head, (gsize) size) || is_packed_idx (head, (gsize) size))
    *kind = ATELIER_FILE_DATA;
  else if (is_json (head, (gsize) size))
    return find_in_json (path, origin, kind, error);
  else if (atelier_picture_looks_right (path))
    *kind = ATELIER_FILE_PICTURE;
  else
    return fail_unsupported (origin, error);
  return TRUE;
}

static gboolean
has_file (const AtelierIdxNames *names,
          const char            *path)
{
  for (guint i = 0; i < ATELIER_IDX_N_FILES; i++)
    if (names->paths[i] != NULL && strcmp (names->paths[i], path) == 0)
      return TRUE;
  return FALSE;
}

char *
atelier_file_kind_dup_data_spec (const char *path)
{
  g_autofree char *folder = NULL;
  g_autoptr (GPtrArray) all = NULL;

  g_return_val_if_fail (path != NULL, NULL);

  if (g_file_test (path, G_FILE_TEST_IS_DIR))
    return g_strdup (path);

  folder = g_path_get_dirname (path);
  all = atelier_idx_names_list (folder);
  for (guint i = 0; i < all->len; i++)
    {
      const AtelierIdxNames *names = all->pdata[i];

      if (*names->prefix != '\0' && has_file (names, path))
        return g_build_filename (folder, names->prefix, NULL);
    }
  /* Loading the folder says what it lacks. */
  return g_steal_pointer (&folder);
}
