/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Writing pictures and figures to files.
 *
 * cairo writes into memory, and only a whole picture is given to the caller's function to write.
 * Letting cairo write the file itself was rejected, because its errors name no cause.  cairo tells
 * an error only to those who ask: every context and surface is asked, and the file's beginning and
 * end are looked at, before anything is written.  Files carry no date, so that equal figures give
 * equal PDF, PNG and CSV files; SVG files are equal but for the numbers of cairo's symbols, which
 * it counts up as long as the program runs.  Messages name the file.  Any thread.
 */

#include "config.h"

#include "atelier-export.h"

#include <cairo-pdf.h>
#include <cairo-svg.h>
#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

/* Pixels of a PNG for each point. */
#define PNG_SCALE 2.0

/* The longest side that cairo's pictures can have. */
#define LARGEST_PIXELS 32767.0

typedef struct
{
  const char         *ending;
  AtelierExportFormat format;
} Ending;

static const Ending endings[] = {
  { ".pdf", ATELIER_EXPORT_PDF },
  { ".svg", ATELIER_EXPORT_SVG },
  { ".png", ATELIER_EXPORT_PNG },
  { ".csv", ATELIER_EXPORT_CSV },
};

gboolean
atelier_export_format_from_path (const char           *path,
                                 AtelierExportFormat  *format,
                                 GError              **error)
{
  g_autofree char *lower = NULL, *name = NULL;

  g_return_val_if_fail (path != NULL && format != NULL, FALSE);

  lower = g_ascii_strdown (path, -1);
  for (guint i = 0; i < G_N_ELEMENTS (endings); i++)
    if (g_str_has_suffix (lower, endings[i].ending))
      {
        *format = endings[i].format;
        return TRUE;
      }

  name = g_filename_display_name (path);
  g_set_error (error, G_IO_ERROR, G_IO_ERROR_NOT_SUPPORTED,
               _("“%s” does not say what kind of file it should be: its name has to end in .pdf, "
                  ".svg, .png or .csv"),
               name);

  return FALSE;
}

static cairo_status_t
append_bytes (void                *closure,
              const unsigned char *data,
              unsigned int         length)
{
  GByteArray *bytes = closure;

  if (length > G_MAXINT32 - bytes->len)
    return CAIRO_STATUS_NO_MEMORY;
  g_byte_array_append (bytes, data, length);

  return CAIRO_STATUS_SUCCESS;
}

static cairo_surface_t *
create_surface (AtelierExportFormat  format,
                double               width,
                double               height,
                GByteArray          *bytes)
{
  cairo_surface_t *surface;

  switch (format)
    {
    case ATELIER_EXPORT_PDF:
      surface = cairo_pdf_surface_create_for_stream (append_bytes, bytes, width, height);
      cairo_pdf_surface_set_metadata (surface, CAIRO_PDF_METADATA_CREATOR, "Atelier");
      /* An empty date: without one cairo would write the current time. */
      cairo_pdf_surface_set_metadata (surface, CAIRO_PDF_METADATA_CREATE_DATE, "");
      return surface;

    case ATELIER_EXPORT_SVG:
      surface = cairo_svg_surface_create_for_stream (append_bytes, bytes, width, height);
      cairo_svg_surface_set_document_unit (surface, CAIRO_SVG_UNIT_PT);
      return surface;

    case ATELIER_EXPORT_PNG:
      surface = cairo_image_surface_create (CAIRO_FORMAT_RGB24, (int) ceil (width * PNG_SCALE),
                                            (int) ceil (height * PNG_SCALE));
      cairo_surface_set_device_scale (surface, PNG_SCALE, PNG_SCALE);
      return surface;

    case ATELIER_EXPORT_CSV:
    default:
      g_return_val_if_reached (NULL);
    }
}

static void
set_metadata (cairo_surface_t             *surface,
              const AtelierExportMetadata *metadata)
{
  const struct
  {
    cairo_pdf_metadata_t what;
    const char          *text;
  } entries[] = {
    { CAIRO_PDF_METADATA_TITLE, metadata->title },
    { CAIRO_PDF_METADATA_SUBJECT, metadata->subject },
    { CAIRO_PDF_METADATA_CREATOR, metadata->creator },
    { CAIRO_PDF_METADATA_CREATE_DATE, metadata->date_iso },
  };

  for (guint i = 0; i < G_N_ELEMENTS (entries); i++)
    if (entries[i].text != NULL)
      cairo_pdf_surface_set_metadata (surface, entries[i].what, entries[i].text);
}

/* Ends the file in @bytes, and the surface. */
static cairo_status_t
finish_surface (cairo_surface_t     *surface,
                cairo_t             *cr,
                AtelierExportFormat  format,
                GByteArray          *bytes)
{
  cairo_status_t status = cairo_status (cr);

  cairo_destroy (cr);
  if (status == CAIRO_STATUS_SUCCESS)
    status = cairo_surface_status (surface);
  if (status == CAIRO_STATUS_SUCCESS && format == ATELIER_EXPORT_PNG)
    status = cairo_surface_write_to_png_stream (surface, append_bytes, bytes);
  cairo_surface_finish (surface);
  if (status == CAIRO_STATUS_SUCCESS)
    status = cairo_surface_status (surface);
  cairo_surface_destroy (surface);

  return status;
}

/* Draws the whole file into @bytes. */
static cairo_status_t
render_page (AtelierExportFormat  format,
             double               width,
             double               height,
             AtelierExportDraw    draw,
             gpointer             user_data,
             GByteArray          *bytes)
{
  cairo_surface_t *surface = create_surface (format, width, height, bytes);
  cairo_t *cr = cairo_create (surface);
  const AtelierColor *paper = &atelier_palette_light.background;

  /* The background is painted: a transparent picture could not be read on a dark page. */
  cairo_set_source_rgb (cr, paper->red, paper->green, paper->blue);
  cairo_paint (cr);
  draw (cr, width, height, user_data);
  cairo_show_page (cr);

  return finish_surface (surface, cr, format, bytes);
}

/* Whether @bytes begin and end as a file of the format does. */
static gboolean
is_whole (AtelierExportFormat  format,
          const GByteArray    *bytes)
{
  static const struct
  {
    const char *start;
    gsize       n_start;
    const char *end;
    gsize       n_end;
  } marks[] = {
    [ATELIER_EXPORT_PDF] = { "%PDF-", 5, "%%EOF\n", 6 },
    [ATELIER_EXPORT_SVG] = { "<?xml", 5, "</svg>\n", 7 },
    [ATELIER_EXPORT_PNG] = { "\x89PNG", 4, "IEND\xae\x42\x60\x82", 8 },
  };

  return bytes->len >= marks[format].n_start + marks[format].n_end
         && memcmp (bytes->data, marks[format].start, marks[format].n_start) == 0
         && memcmp (bytes->data + bytes->len - marks[format].n_end, marks[format].end,
                    marks[format].n_end) == 0;
}

static gboolean
write_drawing (const char           *path,
               AtelierExportFormat   format,
               cairo_status_t        status,
               GByteArray           *bytes,
               AtelierExportWrite    write,
               GError              **error)
{
  g_autofree char *name = NULL;
  g_autoptr (GBytes) whole = NULL;

  if (status == CAIRO_STATUS_SUCCESS && !is_whole (format, bytes))
    status = CAIRO_STATUS_WRITE_ERROR;
  if (status == CAIRO_STATUS_SUCCESS)
    {
      whole = g_bytes_new (bytes->data, bytes->len);
      return write (path, whole, error);
    }

  name = g_filename_display_name (path);
  g_set_error (error, G_IO_ERROR, G_IO_ERROR_FAILED,
               _("“%s” could not be drawn: %s"), name, cairo_status_to_string (status));

  return FALSE;
}

gboolean
atelier_export_drawing (const char          *path,
                        double               width,
                        double               height,
                        AtelierExportDraw    draw,
                        gpointer             user_data,
                        AtelierExportWrite   write,
                        GError             **error)
{
  g_autoptr (GByteArray) bytes = NULL;
  g_autofree char *name = NULL;
  AtelierExportFormat format;
  cairo_status_t status;

  g_return_val_if_fail (path != NULL && draw != NULL && write != NULL, FALSE);
  g_return_val_if_fail (width >= 1.0 && height >= 1.0, FALSE);
  g_return_val_if_fail (MAX (width, height) * PNG_SCALE <= LARGEST_PIXELS, FALSE);

  if (!atelier_export_format_from_path (path, &format, error))
    return FALSE;

  name = g_filename_display_name (path);
  if (format == ATELIER_EXPORT_CSV)
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_NOT_SUPPORTED,
                   _("“%s” cannot hold a picture: its name has to end in .pdf, .svg or .png"),
                   name);
      return FALSE;
    }

  bytes = g_byte_array_new ();
  status = render_page (format, width, height, draw, user_data, bytes);

  return write_drawing (path, format, status, bytes, write, error);
}

gboolean
atelier_export_document (const char                   *path,
                         double                        width,
                         double                        height,
                         const AtelierExportMetadata  *metadata,
                         AtelierExportDraw             draw,
                         gpointer                      user_data,
                         AtelierExportWrite            write,
                         GError                      **error)
{
  g_autoptr (GByteArray) bytes = NULL;
  g_autofree char *name = NULL;
  AtelierExportFormat format;
  cairo_surface_t *surface;
  cairo_t *cr;

  g_return_val_if_fail (path != NULL && metadata != NULL && draw != NULL && write != NULL, FALSE);

  if (!atelier_export_format_from_path (path, &format, NULL) || format != ATELIER_EXPORT_PDF)
    {
      name = g_filename_display_name (path);
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_NOT_SUPPORTED,
                   _("“%s” cannot hold pages: its name has to end in .pdf"), name);
      return FALSE;
    }

  bytes = g_byte_array_new ();
  surface = create_surface (ATELIER_EXPORT_PDF, width, height, bytes);
  set_metadata (surface, metadata);
  cr = cairo_create (surface);
  draw (cr, width, height, user_data);

  return write_drawing (path, format, finish_surface (surface, cr, format, bytes), bytes, write,
                        error);
}

/* A field as in RFC 4180: in quotes where it has a quote, a comma or a line end. */
static void
append_csv_field (GString    *csv,
                  const char *field)
{
  if (field[strcspn (field, "\",\r\n")] == '\0')
    {
      g_string_append (csv, field);
      return;
    }

  g_string_append_c (csv, '"');
  for (const char *p = field; *p != '\0'; p++)
    {
      if (*p == '"')
        g_string_append_c (csv, '"');
      g_string_append_c (csv, *p);
    }
  g_string_append_c (csv, '"');
}

/* The first field of the first line is not translated: programs read it. */
static GString *
build_csv (const AtelierMatrix *matrix)
{
  GString *csv = g_string_new ("truth");

  for (guint i = 0; i < matrix->n_classes; i++)
    {
      g_string_append_c (csv, ',');
      append_csv_field (csv, matrix->class_names[i]);
    }
  g_string_append (csv, "\r\n");

  for (guint truth = 0; truth < matrix->n_classes; truth++)
    {
      append_csv_field (csv, matrix->class_names[truth]);
      for (guint prediction = 0; prediction < matrix->n_classes; prediction++)
        g_string_append_printf (csv, ",%u",
                                matrix->counts[(gsize) truth * matrix->n_classes + prediction]);
      g_string_append (csv, "\r\n");
    }

  return csv;
}

static void
draw_matrix (cairo_t  *cr,
             double    width,
             double    height,
             gpointer  user_data)
{
  atelier_matrix_draw (user_data, &atelier_palette_light, cr, width, height);
}

gboolean
atelier_export_matrix (const AtelierMatrix  *matrix,
                       const char           *path,
                       AtelierExportWrite    write,
                       GError              **error)
{
  AtelierExportFormat format;
  double side;

  g_return_val_if_fail (matrix != NULL && path != NULL && write != NULL, FALSE);

  if (!atelier_export_format_from_path (path, &format, error))
    return FALSE;

  if (format == ATELIER_EXPORT_CSV)
    {
      g_autoptr (GBytes) csv = g_string_free_to_bytes (build_csv (matrix));

      return write (path, csv, error);
    }

  /* Room for the words, and for each class a cell that has room for five digits; many classes share
   * the width of a page. */
  side = 170.0 + (matrix->n_classes + 1.0) * CLAMP (1400.0 / (matrix->n_classes + 1.0), 20.0, 36.0);
  side = CLAMP (side, 320.0, 4000.0);

  return atelier_export_drawing (path, side, side, draw_matrix, (gpointer) matrix, write,
                                 error);
}
