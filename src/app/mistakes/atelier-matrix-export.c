/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The confusion matrix on the screen, for saving to a file.
 *
 * It keeps the matrix, which is immutable, and copies the texts.  So the file shows the epoch that
 * was shown when the dialog was opened, however long the dialog stays open.  PDF, SVG and PNG have
 * the translated class names and the mode that is shown.  CSV is read by programs: it has counts,
 * from which all rates follow, and the data set's own class names.  Any thread, one at a time.
 */

#include "config.h"

#include "mistakes/atelier-matrix-export.h"

#include <glib/gi18n.h>

#include "atelier-export.h"
#include "base/atelier-file-write.h"
#include "data/atelier-dataset.h"
#include "kit/atelier-csv-file.h"

struct _AtelierMatrixExport
{
  AtelierMatrixMode  mode;

  /* Owned */
  AtelierConfusion  *confusion;
  char             **class_names;
  char              *title;
};

/* Transfer container; the strings belong to @self or to the translation. */
static const char **
get_names (AtelierMatrixExport *self,
           AtelierExportFormat  format)
{
  guint n = g_strv_length (self->class_names);
  const char **names = g_new0 (const char *, n + 1);

  for (guint i = 0; i < n; i++)
    names[i] = format == ATELIER_EXPORT_CSV ? self->class_names[i]
                                            : atelier_class_name_translate (self->class_names[i]);

  return names;
}

static const char *
get_caption (AtelierMatrixMode mode)
{
  switch (mode)
    {
    case ATELIER_MATRIX_PERCENT_OF_TRUTH:
      return _("Percent of the pictures that truly are of the row's class");
    case ATELIER_MATRIX_PERCENT_OF_PREDICTION:
      return _("Percent of the pictures that were predicted as the column's class");
    case ATELIER_MATRIX_COUNTS:
    default:
      return _("Numbers of pictures");
    }
}

AtelierMatrixExport *
atelier_matrix_export_new (AtelierConfusion   *confusion,
                           const char * const *class_names,
                           AtelierMatrixMode   mode,
                           const char         *title)
{
  AtelierMatrixExport *self;

  g_return_val_if_fail (confusion != NULL && class_names != NULL, NULL);

  self = g_new0 (AtelierMatrixExport, 1);
  self->mode = mode;
  self->confusion = atelier_confusion_ref (confusion);
  self->class_names = g_strdupv ((char **) class_names);
  self->title = g_strdup (title);

  return self;
}

void
atelier_matrix_export_free (AtelierMatrixExport *self)
{
  if (self == NULL)
    return;

  atelier_confusion_unref (self->confusion);
  g_strfreev (self->class_names);
  g_free (self->title);
  g_free (self);
}

gboolean
atelier_matrix_export_write (AtelierMatrixExport  *self,
                             const char           *path,
                             GError              **error)
{
  g_autofree const char **names = NULL;
  AtelierExportFormat format;
  AtelierMatrix matrix = {
    .counts = atelier_confusion_get_counts (self->confusion),
    .n_classes = atelier_confusion_get_n_classes (self->confusion),
    .mode = self->mode,
    .title = self->title,
    .caption = get_caption (self->mode),
  };

  if (!atelier_export_format_from_path (path, &format, error))
    return FALSE;

  names = get_names (self, format);
  matrix.class_names = names;

  return atelier_export_matrix (&matrix, path, atelier_file_write, error);
}

gboolean
atelier_matrix_export_write_classes (AtelierMatrixExport  *self,
                                     const char           *path,
                                     GError              **error)
{
  g_autofree char *csv = NULL;

  g_return_val_if_fail (self != NULL && path != NULL, FALSE);

  csv = atelier_confusion_classes_to_csv (self->confusion,
                                          (const char * const *) self->class_names);

  return atelier_csv_file_write (csv, path, error);
}
