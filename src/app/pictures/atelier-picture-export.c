/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A file's name holds the split, the picture's number in it, the true class, and the predicted
 * class where that is wrong.  Files hold the data's own pixels, neither enlarged nor coloured, so
 * that they can be read back; so does the clipboard for one picture.  Several pictures are copied
 * as one sheet with captions, to paste into a report.
 */

#include "config.h"

#include "pictures/atelier-picture-export.h"

#include <glib/gi18n.h>

#include "atelier-contact-sheet.h"
#include "base/atelier-format.h"
#include "kit/atelier-data-texture.h"
#include "kit/atelier-path-chooser.h"
#include "kit/atelier-toast.h"
#include "picture/atelier-picture.h"

/* "name-2.png" up to "name-1000.png" are tried. */
#define MAX_COPIES 1000

struct _AtelierPictureExport
{
  guint               n;
  AtelierDataset     *dataset;     /* the splits' */

  /* Owned */
  AtelierSplits      *splits;
  AtelierPredictions *predictions; /* nullable */
  guint              *pictures;    /* [n]: their numbers in the data set */
  char               *path;        /* once it is being written */
};

/* Kept while the file dialog is open. */
typedef struct
{
  AtelierPictureExport *picture_export; /* Owned */
  GtkWidget            *widget;         /* weak */
} Pending;

/* Names */

static const char *
get_class_name (AtelierPictureExport *self,
                guint                 i_class)
{
  return atelier_dataset_get_class_names (self->dataset)[i_class];
}

/* "T-shirt/top" becomes "t-shirt-top"; letters of all scripts stay. */
static void
append_slug (GString    *name,
             const char *words)
{
  g_autofree char *lower = g_utf8_strdown (words, -1);
  gboolean is_gap = FALSE;

  for (const char *at = lower; *at; at = g_utf8_next_char (at))
    {
      gunichar letter = g_utf8_get_char (at);

      if (!g_unichar_isalnum (letter))
        {
          is_gap = TRUE;
          continue;
        }
      if (is_gap && name->len > 0 && name->str[name->len - 1] != '-')
        g_string_append_c (name, '-');
      is_gap = FALSE;
      g_string_append_unichar (name, letter);
    }
}

static gboolean
find_answer (AtelierPictureExport *self,
             guint                 picture,
             guint                *i)
{
  return self->predictions && atelier_predictions_find (self->predictions, picture, i);
}

/* Sheet */

static char *
describe_truth (AtelierPictureExport *self,
                guint                 i_truth,
                guint                 i_class)
{
  if (i_truth == i_class)
    return g_strdup (C_ ("prediction", "right"));

  return g_strdup_printf (_("true %s"),
                          atelier_class_name_translate (get_class_name (self, i_truth)));
}

static void
fill_sheet_picture (AtelierPictureExport *self,
                    guint                 number,
                    AtelierSheetPicture  *picture,
                    GStringChunk         *words)
{
  guint i_truth = atelier_dataset_get_label (self->dataset, number);
  const char *truth = atelier_class_name_translate (get_class_name (self, i_truth));
  g_autofree char *caption = NULL;
  g_autofree char *note = NULL;
  guint i, i_class;

  picture->pixels = atelier_dataset_get_image (self->dataset, number);
  if (!find_answer (self, number, &i))
    {
      picture->caption = truth;
      return;
    }

  i_class = atelier_predictions_get_class (self->predictions, i);
  caption = g_strdup_printf ("%s %.2f",
                             atelier_class_name_translate (get_class_name (self, i_class)),
                             atelier_predictions_get_score (self->predictions, i));
  note = describe_truth (self, i_truth, i_class);
  picture->caption = g_string_chunk_insert (words, caption);
  picture->note = g_string_chunk_insert (words, note);
}

static GdkTexture *
create_texture (cairo_surface_t *surface)
{
  gsize stride = (gsize) cairo_image_surface_get_stride (surface);
  int height = cairo_image_surface_get_height (surface);
  g_autoptr (GBytes) bytes = NULL;

  cairo_surface_flush (surface);
  bytes = g_bytes_new (cairo_image_surface_get_data (surface), stride * (gsize) height);

  return gdk_memory_texture_new (cairo_image_surface_get_width (surface), height,
                                 GDK_MEMORY_DEFAULT, bytes, stride);
}

/* On white paper whatever the theme is: the sheet is pasted into other programs. */
static GdkTexture *
draw_sheet (AtelierPictureExport *self)
{
  guint n = MIN (self->n, ATELIER_PICTURE_EXPORT_MAX_SHEET);
  g_autofree AtelierSheetPicture *pictures = g_new0 (AtelierSheetPicture, n);
  GStringChunk *words = g_string_chunk_new (1024);
  const AtelierContactSheet sheet = {
    .pictures = pictures,
    .n = n,
    .width = atelier_dataset_get_width (self->dataset),
    .height = atelier_dataset_get_height (self->dataset),
    .channels = atelier_dataset_get_channels (self->dataset),
  };
  cairo_surface_t *surface;
  GdkTexture *texture;
  cairo_t *cr;
  int width, height;

  for (guint i = 0; i < n; i++)
    fill_sheet_picture (self, self->pictures[i], &pictures[i], words);
  atelier_contact_sheet_get_size (&sheet, &width, &height);
  surface = cairo_image_surface_create (CAIRO_FORMAT_ARGB32, width, height);
  cr = cairo_create (surface);
  atelier_contact_sheet_draw (&sheet, &atelier_palette_light, cr);
  texture = create_texture (surface);

  cairo_destroy (cr);
  cairo_surface_destroy (surface);
  g_string_chunk_free (words);

  return texture;
}

/* Files; in a thread of GTask's pool */

static gboolean
save_picture (AtelierPictureExport  *self,
              guint                  i,
              const char            *path,
              GError               **error)
{
  return atelier_picture_save_png (
    atelier_dataset_get_image (self->dataset, self->pictures[i]),
    atelier_dataset_get_width (self->dataset), atelier_dataset_get_height (self->dataset),
    atelier_dataset_get_channels (self->dataset), path, error);
}

/* The name, with "-2", "-3" and so on added where a file of that name exists. */
static char *
find_free_path (const char *folder,
                const char *name)
{
  g_autofree char *stem = g_strndup (name, strlen (name) - strlen (".png"));
  char *path = g_build_filename (folder, name, NULL);

  for (guint i = 2; i < MAX_COPIES && g_file_test (path, G_FILE_TEST_EXISTS); i++)
    {
      g_autofree char *copy = g_strdup_printf ("%s-%u.png", stem, i);

      g_free (path);
      path = g_build_filename (folder, copy, NULL);
    }

  return path;
}

static gboolean
save_in_folder (AtelierPictureExport  *self,
                GCancellable          *cancellable,
                GError               **error)
{
  for (guint i = 0; i < self->n; i++)
    {
      g_autofree char *name = atelier_picture_export_get_name (self, i);
      g_autofree char *path = find_free_path (self->path, name);

      if (g_cancellable_set_error_if_cancelled (cancellable, error)
          || !save_picture (self, i, path, error))
        return FALSE;
    }

  return TRUE;
}

static void
save_in_thread (GTask        *task,
                gpointer      source,
                gpointer      task_data,
                GCancellable *cancellable)
{
  AtelierPictureExport *self = task_data;
  GError *error = NULL;
  gboolean is_saved = self->n == 1 ? save_picture (self, 0, self->path, &error)
                                   : save_in_folder (self, cancellable, &error);

  if (is_saved)
    g_task_return_int (task, self->n);
  else
    g_task_return_error (task, error);
}

/* Commands */

static void
on_saved_cb (GObject      *source,
             GAsyncResult *result,
             gpointer      user_data)
{
  g_autoptr (GtkWidget) widget = user_data;
  g_autoptr (GError) error = NULL;
  AtelierPictureExport *self = g_task_get_task_data (G_TASK (result));
  gssize n = atelier_picture_export_save_finish (result, &error);
  g_autofree char *name = g_filename_display_basename (self->path);
  g_autofree char *count = atelier_format_count ((guint64) MAX (n, 0));
  g_autofree char *text = NULL;

  if (error)
    text = g_strdup (error->message);
  else if (self->n == 1)
    /* Translators: a file. */
    text = g_strdup_printf (_("Saved %s"), name);
  else
    /* Translators: a number of pictures, a folder. */
    text = g_strdup_printf (ngettext ("Saved %s picture in %s", "Saved %s pictures in %s",
                                      (gulong) n),
                            count, name);
  atelier_toast_show (widget, text);
}

static void
pending_free (Pending *pending)
{
  g_clear_pointer (&pending->picture_export, atelier_picture_export_free);
  g_clear_weak_pointer (&pending->widget);
  g_free (pending);
}

static void
on_path_chosen_cb (GtkWindow  *parent,
                   const char *path,
                   gpointer    user_data)
{
  Pending *pending = user_data;

  if (pending->widget)
    atelier_picture_export_save_async (g_steal_pointer (&pending->picture_export), path, NULL,
                                       on_saved_cb, g_object_ref (pending->widget));
}

AtelierPictureExport *
atelier_picture_export_new (AtelierSplits      *splits,
                            AtelierPredictions *predictions,
                            const guint        *pictures,
                            guint               n)
{
  AtelierPictureExport *self;

  g_return_val_if_fail (splits != NULL && pictures != NULL && n > 0, NULL);

  self = g_new0 (AtelierPictureExport, 1);
  self->n = n;
  self->splits = atelier_splits_ref (splits);
  self->dataset = atelier_splits_get_dataset (splits);
  self->predictions = predictions ? atelier_predictions_ref (predictions) : NULL;
  self->pictures = g_memdup2 (pictures, n * sizeof *pictures);

  return self;
}

AtelierPictureExport *
atelier_picture_export_new_from_list (AtelierPictureList *list,
                                      GtkBitset          *positions)
{
  g_autoptr (GArray) pictures = g_array_new (FALSE, FALSE, sizeof (guint));
  GtkBitsetIter iter;
  guint position;

  g_return_val_if_fail (ATELIER_IS_PICTURE_LIST (list), NULL);

  for (gboolean is_valid = gtk_bitset_iter_init_first (&iter, positions, &position); is_valid;
       is_valid = gtk_bitset_iter_next (&iter, &position))
    {
      guint picture = atelier_picture_list_get_picture (list, position);

      g_array_append_val (pictures, picture);
    }
  if (pictures->len == 0 || atelier_picture_list_get_splits (list) == NULL)
    return NULL;

  return atelier_picture_export_new (atelier_picture_list_get_splits (list),
                                     atelier_picture_list_get_predictions (list),
                                     &g_array_index (pictures, guint, 0), pictures->len);
}

void
atelier_picture_export_free (AtelierPictureExport *self)
{
  if (self == NULL)
    return;

  atelier_splits_unref (self->splits);
  g_clear_pointer (&self->predictions, atelier_predictions_unref);
  g_free (self->pictures);
  g_free (self->path);
  g_free (self);
}

guint
atelier_picture_export_get_n (AtelierPictureExport *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->n;
}

char *
atelier_picture_export_get_name (AtelierPictureExport *self,
                                 guint                 i)
{
  AtelierSplit split = ATELIER_SPLIT_TRAIN;
  GString *name;
  guint i_truth, i_answer, i_image;

  g_return_val_if_fail (self != NULL && i < self->n, NULL);

  i_image = self->pictures[i];
  atelier_splits_find (self->splits, self->pictures[i], &split, &i_image);
  i_truth = atelier_dataset_get_label (self->dataset, self->pictures[i]);
  name = g_string_new (atelier_split_get_id (split));
  g_string_append_printf (name, "-%05u-", i_image);
  append_slug (name, get_class_name (self, i_truth));
  if (find_answer (self, self->pictures[i], &i_answer)
      && atelier_predictions_get_class (self->predictions, i_answer) != i_truth)
    {
      g_string_append (name, "-called-");
      append_slug (name, get_class_name (
                           self, atelier_predictions_get_class (self->predictions, i_answer)));
    }
  g_string_append (name, ".png");

  return g_string_free (name, FALSE);
}

GdkTexture *
atelier_picture_export_draw (AtelierPictureExport *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  if (self->n > 1)
    return draw_sheet (self);

  return atelier_data_texture_create (self->dataset, self->pictures[0],
                                      (int) atelier_dataset_get_width (self->dataset));
}

void
atelier_picture_export_save_async (AtelierPictureExport *self,
                                   const char           *path,
                                   GCancellable         *cancellable,
                                   GAsyncReadyCallback   callback,
                                   gpointer              user_data)
{
  g_autoptr (GTask) task = NULL;

  g_return_if_fail (self != NULL && path != NULL);

  g_free (self->path);
  self->path = g_strdup (path);
  task = g_task_new (NULL, cancellable, callback, user_data);
  g_task_set_source_tag (task, atelier_picture_export_save_async);
  g_task_set_task_data (task, self, (GDestroyNotify) atelier_picture_export_free);
  g_task_run_in_thread (task, save_in_thread);
}

gssize
atelier_picture_export_save_finish (GAsyncResult  *result,
                                    GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, NULL), -1);

  return g_task_propagate_int (G_TASK (result), error);
}

void
atelier_picture_export_copy (AtelierPictureExport *self,
                             GtkWidget            *widget)
{
  g_autoptr (AtelierPictureExport) owned = self;
  g_autoptr (GdkTexture) texture = NULL;
  g_autofree char *text = NULL;

  g_return_if_fail (self != NULL);

  texture = atelier_picture_export_draw (self);
  gdk_clipboard_set_texture (gtk_widget_get_clipboard (widget), texture);
  if (self->n > ATELIER_PICTURE_EXPORT_MAX_SHEET)
    text = g_strdup_printf (_("Copied the first %u pictures as one sheet"),
                            ATELIER_PICTURE_EXPORT_MAX_SHEET);
  else if (self->n > 1)
    text = g_strdup_printf (ngettext ("Copied %u picture as one sheet",
                                      "Copied %u pictures as one sheet", self->n),
                            self->n);
  else
    text = g_strdup (_("Copied the picture"));
  atelier_toast_show (widget, text);
}

void
atelier_picture_export_ask (AtelierPictureExport *self,
                            GtkWidget            *widget)
{
  GtkWindow *parent = GTK_WINDOW (gtk_widget_get_root (widget));
  g_autofree char *name = NULL;
  Pending *pending;

  g_return_if_fail (self != NULL);

  name = self->n == 1 ? atelier_picture_export_get_name (self, 0) : NULL;
  pending = g_new0 (Pending, 1);
  pending->picture_export = self;
  g_set_weak_pointer (&pending->widget, widget);
  atelier_path_chooser_ask (parent,
                            &(AtelierPathRequest) {
                              .purpose = ATELIER_PATH_EXPORTS,
                              .title = self->n == 1 ? _("Save the Picture")
                                                    : _("Choose a Folder for the Pictures"),
                              .accept_label = _("_Save"),
                              .action = self->n == 1 ? GTK_FILE_CHOOSER_ACTION_SAVE
                                                     : GTK_FILE_CHOOSER_ACTION_SELECT_FOLDER,
                              .suggested_name = name,
                            },
                            on_path_chosen_cb, pending, (GDestroyNotify) pending_free);
}
