/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Fuzzes pasting: a clipboard of its own offers some formats, each with the same bytes, and the
 * request ends once, with a picture, with a list of several files, or with an error that says why.
 * What formats are offered is the first two bytes of the input, a bit a format; an offer without
 * data, or one that its owner takes back while it is read, is among the rest of the second byte.
 *
 * Needs a display, though nothing is shown on it. */

#include "config.h"

#include <gtk/gtk.h>
#include <stdint.h>
#include <stdlib.h>

#include "base/atelier-error.h"
#include "draw/intake/atelier-picture-intake.h"

static const char *const formats[] = {
  "image/png",       "image/tiff",    "image/bmp",
  "image/webp",      "image/svg+xml", "image/gif",
  "image/jpeg",      "text/uri-list", "application/vnd.portal.files",
  "text/plain;charset=utf-8",
};

/* The bits above those of the formats */
#define IS_TAKEN_BACK (1u << 14)
#define IS_CANCELLED  (1u << 15)

/* The pipeline's time goes with the pixels; larger pictures only repeat what smaller ones do. */
#define MAX_BYTES (64 * 1024)

int LLVMFuzzerTestOneInput (const uint8_t *data,
                            size_t         size);

typedef struct
{
  AtelierIntake *intake;
  GError        *error;
  guint          n_ends;
} Answer;

static GdkDisplay *
open_display (void)
{
  GdkDisplay *display = NULL;

  /* Names of files lead to this machine alone. */
  g_setenv ("GIO_USE_VFS", "local", TRUE);
  if (gtk_init_check ())
    display = gdk_display_get_default ();
  if (!display)
    {
      g_printerr ("The fuzzer of the clipboard needs a display: xvfb-run -a ...\n");
      exit (2);
    }
  return display;
}

static void
on_read_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  Answer *answer = user_data;

  answer->intake = atelier_intake_finish (result, &answer->error);
  answer->n_ends++;
}

static GdkContentProvider *
new_offer (guint   bits,
           GBytes *bytes)
{
  GdkContentProvider *offers[G_N_ELEMENTS (formats)];
  gsize n_offers = 0;

  for (guint i = 0; i < G_N_ELEMENTS (formats); i++)
    if (bits & (1u << i))
      offers[n_offers++] = gdk_content_provider_new_for_bytes (formats[i], bytes);
  return gdk_content_provider_new_union (offers, n_offers);
}

static void
check_answer (const Answer *answer)
{
  g_assert_cmpuint (answer->n_ends, ==, 1);
  g_assert_true ((answer->intake != NULL) == (answer->error == NULL));
  if (!answer->intake)
    {
      g_assert_nonnull (answer->error->message);
      g_assert_cmpstr (answer->error->message, !=, "");
    }
  else if (answer->intake->files)
    {
      g_assert_cmpuint (g_list_model_get_n_items (answer->intake->files), >=, 2);
      g_assert_null (answer->intake->picture);
      g_assert_null (answer->intake->result);
    }
  else
    {
      g_assert_nonnull (answer->intake->picture);
      g_assert_nonnull (answer->intake->result);
    }
}

int
LLVMFuzzerTestOneInput (const uint8_t *data,
                        size_t         size)
{
  static GdkDisplay *display;
  g_autoptr (GdkClipboard) clipboard = NULL;
  g_autoptr (GdkContentProvider) offer = NULL;
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GBytes) bytes = NULL;
  AtelierInput input;
  Answer answer = { NULL };
  guint bits;

  if (size < 2 || size > MAX_BYTES)
    return 0;
  if (!display)
    display = open_display ();
  bits = data[0] | (guint) data[1] << 8;
  bytes = g_bytes_new (data + 2, size - 2);
  offer = new_offer (bits, bytes);
  clipboard = g_object_new (GDK_TYPE_CLIPBOARD, "display", display, NULL);
  gdk_clipboard_set_content (clipboard, offer);

  atelier_input_init_fashion (&input, 28, 28);
  atelier_intake_read_clipboard_async (clipboard, &input, cancellable, on_read_cb, &answer);
  if (bits & IS_TAKEN_BACK)
    gdk_clipboard_set_content (clipboard, NULL);
  if (bits & IS_CANCELLED)
    g_cancellable_cancel (cancellable);
  while (answer.n_ends == 0)
    g_main_context_iteration (NULL, TRUE);
  /* A second end would come now. */
  while (g_main_context_iteration (NULL, FALSE))
    ;
  check_answer (&answer);
  g_clear_pointer (&answer.intake, atelier_intake_free);
  g_clear_error (&answer.error);
  return 0;
}
