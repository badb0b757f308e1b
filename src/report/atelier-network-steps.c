/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The layers of a network as steps of its picture.
 *
 * A network is first turned into rows, so that there is one way for both.  All texts are in one
 * string chunk.  The label of a box is short: what the layer is described by up to the first dot.
 * A plate has no shape beside it, and room for all of the description.
 */

#include "config.h"

#include "atelier-network-steps.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "atelier-export.h"
#include "base/atelier-file-write.h"
#include "base/atelier-format.h"

#define SEPARATOR " · "

struct _AtelierNetworkSteps
{
  /* Owned */
  char               *name;
  AtelierNetworkStep *steps; /* [n]; the first is the input */
  const char        **words; /* [n] */
  GStringChunk       *strings;

  guint               n;
};

G_DEFINE_BOXED_TYPE (AtelierNetworkSteps, atelier_network_steps, atelier_network_steps_ref,
                     atelier_network_steps_unref)

/* ---- Texts ---- */

static char *
format_shape (guint height,
              guint width,
              guint channels)
{
  if (height == 1 && width == 1)
    return atelier_format_count (channels);

  return g_strdup_printf ("%u × %u × %u", height, width, channels);
}

static const char *
keep_title (AtelierNetworkSteps *steps,
            const char          *words,
            gboolean             is_short)
{
  const char *end = is_short ? strstr (words, SEPARATOR) : NULL;

  return g_string_chunk_insert_len (steps->strings, words,
                                    end != NULL ? end - words : (gssize) strlen (words));
}

/* @info: NULL where nothing is known but the words. */
static const char *
keep_words (AtelierNetworkSteps    *steps,
            const char             *words,
            const char             *shape,
            const AtelierLayerInfo *info)
{
  GString *text = g_string_new (words);
  const char *kept;

  g_string_append_printf (text, "\n%s", shape);
  if (info != NULL)
    {
      g_autofree char *n_parameters = atelier_format_count (info->n_parameters);
      g_autofree char *n_multiply_adds = atelier_format_count (info->n_multiply_adds);

      g_string_append_c (text, '\n');
      g_string_append_printf (text,
                              ngettext ("%s parameter", "%s parameters",
                                        (gulong) MIN (info->n_parameters, G_MAXINT)),
                              n_parameters);
      g_string_append_c (text, '\n');
      g_string_append_printf (text,
                              ngettext ("%s multiply-add per image", "%s multiply-adds per image",
                                        (gulong) MIN (info->n_multiply_adds, G_MAXINT)),
                              n_multiply_adds);
    }
  kept = g_string_chunk_insert (steps->strings, text->str);
  g_string_free (text, TRUE);

  return kept;
}

/* ---- Making ---- */

static AtelierNetworkSteps *
create (const char *name,
        guint       height,
        guint       width,
        guint       channels,
        guint       n_layers)
{
  AtelierNetworkSteps *steps = g_atomic_rc_box_new0 (AtelierNetworkSteps);
  g_autofree char *shape = format_shape (height, width, channels);
  g_autofree char *words = g_strdup_printf ("%s\n%s", _("Input"), shape);

  steps->name = g_strdup (name);
  steps->strings = g_string_chunk_new (1024);
  steps->n = n_layers + 1;
  steps->steps = g_new0 (AtelierNetworkStep, steps->n);
  steps->words = g_new0 (const char *, steps->n);
  steps->steps[0] = (AtelierNetworkStep) {
    .height = height,
    .width = width,
    .channels = channels,
    .title = g_string_chunk_insert (steps->strings, _("Input")),
    .detail = g_string_chunk_insert (steps->strings, shape),
  };
  steps->words[0] = g_string_chunk_insert (steps->strings, words);

  return steps;
}

static AtelierStepKind
get_kind (const AtelierNetworkStepRow *row)
{
  if (atelier_layer_has_trait (&row->layer, ATELIER_TRAIT_HOLDS_LAYERS))
    return ATELIER_STEP_BLOCK;
  if (atelier_layer_has_trait (&row->layer, ATELIER_TRAIT_KEEPS_SHAPE))
    return ATELIER_STEP_THROUGH;

  return ATELIER_STEP_VALUES;
}

static void
set_step (AtelierNetworkSteps         *steps,
          guint                        i_step,
          const AtelierNetworkStepRow *row,
          gboolean                     is_last)
{
  const AtelierStepKind kind = get_kind (row);
  g_autofree char *words = atelier_layer_describe (&row->layer, is_last);
  g_autofree char *shape
    = row->fits ? format_shape (row->info.height, row->info.width, row->info.channels)
                : g_strdup (_("does not fit"));
  const gboolean has_detail = kind != ATELIER_STEP_THROUGH || !row->fits;

  steps->steps[i_step] = (AtelierNetworkStep) {
    .kind = kind,
    .height = row->info.height,
    .width = row->info.width,
    .channels = row->info.channels,
    .title = keep_title (steps, words, has_detail),
    .detail = has_detail ? g_string_chunk_insert (steps->strings, shape) : NULL,
    .n_body = row->layer.n_body,
    .n_shortcut = row->layer.n_shortcut,
    .is_misfit = !row->fits,
  };
  steps->words[i_step] = keep_words (steps, words, shape, row->fits ? &row->info : NULL);
}

AtelierNetworkSteps *
atelier_network_steps_new_for_rows (const char                  *name,
                                    guint                        height,
                                    guint                        width,
                                    guint                        channels,
                                    const AtelierNetworkStepRow *rows,
                                    guint                        n_rows)
{
  AtelierNetworkSteps *steps;

  g_return_val_if_fail (name != NULL && (rows != NULL || n_rows == 0), NULL);

  steps = create (name, height, width, channels, n_rows);
  for (guint i = 0; i < n_rows; i++)
    set_step (steps, i + 1, &rows[i],
              i + 1 == n_rows && rows[i].fits && atelier_layer_is_logits (&rows[i].layer));

  return steps;
}

AtelierNetworkSteps *
atelier_network_steps_new (const AtelierNetwork *network)
{
  g_autofree AtelierNetworkStepRow *rows = NULL;
  guint n_layers, height, width, channels;

  g_return_val_if_fail (network != NULL, NULL);

  n_layers = atelier_network_get_n_layers (network);
  rows = g_new0 (AtelierNetworkStepRow, n_layers);
  for (guint i = 0; i < n_layers; i++)
    rows[i] = (AtelierNetworkStepRow) {
      .layer = *atelier_network_get_layer (network, i),
      .info = *atelier_network_get_layer_info (network, i),
      .fits = TRUE,
    };
  atelier_network_get_input (network, &height, &width, &channels);

  return atelier_network_steps_new_for_rows (atelier_network_get_name (network), height, width,
                                             channels, rows, n_layers);
}

AtelierNetworkSteps *
atelier_network_steps_ref (AtelierNetworkSteps *steps)
{
  g_return_val_if_fail (steps != NULL, NULL);

  return g_atomic_rc_box_acquire (steps);
}

static void
clear_steps (gpointer data)
{
  AtelierNetworkSteps *steps = data;

  g_free (steps->name);
  g_free (steps->steps);
  g_free (steps->words);
  g_string_chunk_free (steps->strings);
}

void
atelier_network_steps_unref (AtelierNetworkSteps *steps)
{
  g_return_if_fail (steps != NULL);

  g_atomic_rc_box_release_full (steps, clear_steps);
}

/* ---- Reading ---- */

const char *
atelier_network_steps_get_name (const AtelierNetworkSteps *steps)
{
  g_return_val_if_fail (steps != NULL, NULL);

  return steps->name;
}

guint
atelier_network_steps_get_n (const AtelierNetworkSteps *steps)
{
  g_return_val_if_fail (steps != NULL, 0);

  return steps->n;
}

void
atelier_network_steps_get_picture (const AtelierNetworkSteps *steps,
                                   AtelierNetworkPicture     *picture)
{
  g_return_if_fail (steps != NULL && picture != NULL);

  *picture = (AtelierNetworkPicture) {
    .steps = steps->steps,
    .n_steps = steps->n,
    .i_selected = ATELIER_NO_STEP,
    .i_hovered = ATELIER_NO_STEP,
    .has_caption = TRUE,
  };
}

const char *
atelier_network_steps_get_words (const AtelierNetworkSteps *steps,
                                 guint                      i_step)
{
  g_return_val_if_fail (steps != NULL && i_step < steps->n, NULL);

  return steps->words[i_step];
}

gboolean
atelier_network_steps_save (const AtelierNetworkSteps  *steps,
                            const char                 *path,
                            GError                    **error)
{
  AtelierNetworkPicture picture;

  g_return_val_if_fail (steps != NULL && path != NULL, FALSE);

  atelier_network_steps_get_picture (steps, &picture);

  return atelier_export_network (&picture, path, atelier_file_write, error);
}
