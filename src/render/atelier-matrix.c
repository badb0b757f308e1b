/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The confusion matrix: the colours and words of its cells, which the window uses too, and the
 * picture for export.
 *
 * The diagonal has a pale colour: right answers are many, and would otherwise hide the mistakes
 * that one is looking for.  The fill of a mistake follows the square root of its share of the
 * class, from a first step that is visible, and is full from a quarter of the class on.  It is the
 * same in all three modes, so that only the words of the cells change with the mode.  Letters have
 * the colour that is readable on what is drawn below them.  Cells without a picture stay empty.  In
 * the picture all sizes follow from the page: names are measured, the names of columns stand
 * upright where they are too long to lie, and figures shrink with their cells.  Any thread.
 */

#include "config.h"

#include "atelier-matrix.h"

#include "atelier-text.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <pango/pangocairo.h>
#include <string.h>

#define DEFAULT_FONT_SIZE 11.0

/* Letters smaller than this are left out: they could not be read on an enlarged page either. */
#define SMALLEST_FONT_SIZE 2.5

/* The first step of the ramp, and the share of the class from which on it is full. */
#define FAINTEST_FILL 0.10
#define FULL_SHARE 0.25

/* The names have at most this share of the page. */
#define NAMES_SHARE 0.3

static guint
get_count (const AtelierMatrix *matrix,
           guint                truth,
           guint                prediction)
{
  return matrix->counts[(gsize) truth * matrix->n_classes + prediction];
}

static guint64
sum_truth (const AtelierMatrix *matrix,
           guint                truth)
{
  guint64 sum = 0;

  for (guint i = 0; i < matrix->n_classes; i++)
    sum += get_count (matrix, truth, i);

  return sum;
}

static guint64
sum_prediction (const AtelierMatrix *matrix,
                guint                prediction)
{
  guint64 sum = 0;

  for (guint i = 0; i < matrix->n_classes; i++)
    sum += get_count (matrix, i, prediction);

  return sum;
}

static const char *
get_name (const AtelierMatrix *matrix,
          guint                i)
{
  return matrix->class_names[i] != NULL ? matrix->class_names[i] : "";
}

/* Cells */

void
atelier_matrix_get_cell_colors (const AtelierMatrix  *matrix,
                                const AtelierPalette *palette,
                                guint                 truth,
                                guint                 prediction,
                                AtelierColor         *fill,
                                AtelierColor         *text)
{
  guint count;

  g_return_if_fail (matrix != NULL && palette != NULL && fill != NULL && text != NULL);
  g_return_if_fail (truth < matrix->n_classes && prediction < matrix->n_classes);

  count = get_count (matrix, truth, prediction);
  if (count > 0 && truth != prediction)
    {
      double share = (double) count / (double) sum_truth (matrix, truth);
      double amount = FAINTEST_FILL + (1.0 - FAINTEST_FILL) * sqrt (MIN (share / FULL_SHARE, 1.0));

      *fill = atelier_color_mix (&palette->background, &palette->ramp, amount);
      *text = atelier_color_get_readable (fill);
      return;
    }

  *fill = truth == prediction ? palette->diagonal : palette->background;
  *text = atelier_color_get_contrast (&palette->dim_text, fill) >= 4.5
              ? palette->dim_text
              : atelier_color_get_readable (fill);
}

char *
atelier_matrix_get_cell_text (const AtelierMatrix *matrix,
                              guint                truth,
                              guint                prediction)
{
  guint count;
  guint64 whole;

  g_return_val_if_fail (matrix != NULL, NULL);
  g_return_val_if_fail (truth < matrix->n_classes && prediction < matrix->n_classes, NULL);

  count = get_count (matrix, truth, prediction);
  if (count == 0)
    return g_strdup ("");
  if (matrix->mode == ATELIER_MATRIX_COUNTS)
    return g_strdup_printf ("%u", count);

  whole = matrix->mode == ATELIER_MATRIX_PERCENT_OF_TRUTH ? sum_truth (matrix, truth)
                                                          : sum_prediction (matrix, prediction);
  if (count == whole)
    return g_strdup ("100");

  /* 99.96 does not read as all. */
  return g_strdup_printf ("%.1f", MIN (100.0 * count / (double) whole, 99.9));
}

/* The last word of several: that is the noun, and the number of "class 1" and "class 2". */
static const char *
find_last_word (const char *name)
{
  const char *word = name;

  for (const char *p = name; *p != '\0'; p = g_utf8_next_char (p))
    if (g_unichar_isspace (g_utf8_get_char (p)))
      {
        const char *next = g_utf8_next_char (p);

        if (*next != '\0' && !g_unichar_isspace (g_utf8_get_char (next)))
          word = next;
      }

  return word;
}

/* The end of at most @max_chars characters; marks that combine with the character before them do
 * not count. */
static const char *
find_cut (const char *word,
          guint       max_chars)
{
  const char *p = word;
  guint n = 0;

  for (; *p != '\0'; p = g_utf8_next_char (p))
    if (!g_unichar_iszerowidth (g_utf8_get_char (p)) && ++n > max_chars)
      break;

  return p;
}

char *
atelier_matrix_abbreviate (const char *name,
                           guint       max_chars)
{
  g_autofree char *mended = NULL, *initial = NULL;
  const char *word, *rest, *end;

  g_return_val_if_fail (name != NULL, NULL);

  mended = g_strstrip (g_utf8_make_valid (name, -1));
  if (*find_cut (mended, max_chars) == '\0')
    return g_steal_pointer (&mended);
  if (max_chars == 0)
    return g_strdup ("");

  word = find_last_word (mended);
  rest = g_utf8_next_char (word);
  initial = g_utf8_strup (word, rest - word);
  end = find_cut (word, max_chars);

  /* No hyphen or slash is left at the end. */
  while (end > rest && g_unichar_ispunct (g_utf8_get_char (g_utf8_prev_char (end))))
    end = g_utf8_prev_char (end);

  /* Some letters become two as capitals, as the German sharp s does. */
  if (g_utf8_strlen (initial, -1) != 1)
    return g_strndup (word, end - word);

  return g_strdup_printf ("%s%.*s", initial, (int) (end - rest), rest);
}

/* The picture */

typedef struct
{
  const AtelierMatrix  *matrix;  /* Borrowed */
  const AtelierPalette *palette; /* Borrowed */
  cairo_t              *cr;      /* Borrowed */
  AtelierText          *text;    /* Borrowed */
  double                font_size;
  double                x;            /* of the first cell */
  double                y;
  double                cell_width;
  double                cell_height;
  double                name_size;    /* of the letters of names */
  double                figure_size;  /* and of the cells' figures */
  double                row_names_width;
  double                column_names_height;
  gboolean              has_upright_names;
  double                caption_height;
} Ink;

/* The width of the widest name, "total" among them, in letters of @size. */
static double
measure_names (const Ink *ink,
               double     size)
{
  double widest;

  atelier_text_set (ink->text, _("total"), size, FALSE);
  widest = atelier_text_get_width (ink->text);

  for (guint i = 0; i < ink->matrix->n_classes; i++)
    {
      atelier_text_set (ink->text, get_name (ink->matrix, i), size, FALSE);
      widest = MAX (widest, atelier_text_get_width (ink->text));
    }

  return widest;
}

/* The width of the widest figure in a cell, totals included, in letters of @size. */
static double
measure_figures (const Ink *ink,
                 double     size)
{
  const AtelierMatrix *matrix = ink->matrix;
  guint64 total = 0;
  g_autofree char *total_text = NULL;
  double widest;

  for (guint i = 0; i < matrix->n_classes; i++)
    total += sum_truth (matrix, i);
  total_text = g_strdup_printf ("%" G_GUINT64_FORMAT, total);
  atelier_text_set (ink->text, total_text, size, TRUE);
  widest = atelier_text_get_width (ink->text);

  for (guint truth = 0; truth < matrix->n_classes; truth++)
    for (guint prediction = 0; prediction < matrix->n_classes; prediction++)
      {
        g_autofree char *figure = atelier_matrix_get_cell_text (matrix, truth, prediction);

        atelier_text_set (ink->text, figure, size, FALSE);
        widest = MAX (widest, atelier_text_get_width (ink->text));
      }

  return widest;
}

static double
measure_height (const Ink *ink,
                double     size)
{
  atelier_text_set (ink->text, "0", size, FALSE);

  return atelier_text_get_height (ink->text);
}

/* Shares the page among title, names, caption and cells; the cells have what the words leave. */
static void
lay_out (Ink    *ink,
         double  width,
         double  height)
{
  const AtelierMatrix *matrix = ink->matrix;
  double margin = ink->font_size, line = measure_height (ink, ink->font_size);
  double top = margin, n_cells = matrix->n_classes + 1.0, names_width, room, free_height;

  if (matrix->title != NULL)
    top += measure_height (ink, ink->font_size * 1.3) + 0.6 * ink->font_size;
  if (matrix->caption != NULL)
    {
      atelier_text_set (ink->text, matrix->caption, ink->font_size, FALSE);
      atelier_text_wrap (ink->text, width - 2.0 * margin);
      ink->caption_height = atelier_text_get_height (ink->text);
    }

  /* The words "truth" and "prediction" have a line each. */
  ink->name_size = ink->font_size;
  names_width = MIN (measure_names (ink, ink->name_size), width * NAMES_SHARE);
  ink->row_names_width = names_width;
  room = width - 2.0 * margin - 1.4 * line - names_width - 0.6 * ink->font_size;
  ink->cell_width = MAX (room, 0.0) / n_cells;

  ink->has_upright_names = names_width > ink->cell_width - 4.0;
  ink->column_names_height = ink->has_upright_names ? MIN (names_width, height * NAMES_SHARE)
                                                    : line;

  ink->y = top + 1.4 * line + ink->column_names_height + 0.4 * ink->font_size;
  free_height = height - ink->y - margin
                - (ink->caption_height > 0.0 ? ink->caption_height + 0.8 * ink->font_size : 0.0);
  ink->cell_height = MAX (MIN (free_height / n_cells, ink->cell_width), 0.0);
  ink->cell_width = MIN (ink->cell_width, ink->cell_height * 1.5);
  ink->x = margin + 1.4 * line + names_width + 0.6 * ink->font_size
           + (room - ink->cell_width * n_cells) / 2.0;

  ink->name_size = MIN (ink->name_size, ink->cell_height * 0.8);
  ink->figure_size = MIN (ink->font_size, ink->cell_height * 0.6);
  ink->figure_size *= MIN (1.0, ink->cell_width * 0.88
                                    / MAX (measure_figures (ink, ink->figure_size), 1e-6));
}

static void
draw_centred (const Ink          *ink,
              const char         *string,
              double              size,
              gboolean            is_bold,
              double              x,
              double              y,
              const AtelierColor *color)
{
  if (size < SMALLEST_FONT_SIZE || string[0] == '\0')
    return;

  atelier_text_set (ink->text, string, size, is_bold);
  atelier_text_show (ink->text, ink->cr, x, y - atelier_text_get_height (ink->text) / 2.0, 0.5,
                     color);
}

static void
draw_cell (const Ink *ink,
           guint      truth,
           guint      prediction)
{
  g_autofree char *figure = atelier_matrix_get_cell_text (ink->matrix, truth, prediction);
  double x = ink->x + prediction * ink->cell_width, y = ink->y + truth * ink->cell_height;
  double gap = MIN (1.0, ink->cell_height * 0.06);
  AtelierColor fill, text;

  atelier_matrix_get_cell_colors (ink->matrix, ink->palette, truth, prediction, &fill, &text);
  atelier_color_set_source (&fill, ink->cr, 1.0);
  cairo_rectangle (ink->cr, x + gap, y + gap, ink->cell_width - 2.0 * gap,
                   ink->cell_height - 2.0 * gap);
  cairo_fill (ink->cr);
  draw_centred (ink, figure, ink->figure_size, FALSE, x + ink->cell_width / 2.0,
                y + ink->cell_height / 2.0, &text);
}

/* A thin frame around the cells, since most of them are empty. */
static void
draw_frame (const Ink *ink)
{
  double n = ink->matrix->n_classes;

  atelier_color_set_source (&ink->palette->grid, ink->cr, 1.0);
  cairo_set_line_width (ink->cr, 1.0);
  cairo_rectangle (ink->cr, ink->x - 0.5, ink->y - 0.5, ink->cell_width * n + 1.0,
                   ink->cell_height * n + 1.0);
  cairo_stroke (ink->cr);
}

static void
draw_totals (const Ink *ink)
{
  guint n = ink->matrix->n_classes;
  double right = ink->x + (n + 0.5) * ink->cell_width,
         bottom = ink->y + (n + 0.5) * ink->cell_height;
  guint64 total = 0;
  g_autofree char *total_text = NULL;

  for (guint i = 0; i < n; i++)
    {
      g_autofree char *truth = g_strdup_printf ("%" G_GUINT64_FORMAT, sum_truth (ink->matrix, i));
      g_autofree char *prediction = g_strdup_printf ("%" G_GUINT64_FORMAT,
                                                     sum_prediction (ink->matrix, i));

      total += sum_truth (ink->matrix, i);
      draw_centred (ink, truth, ink->figure_size, FALSE,
                    right, ink->y + (i + 0.5) * ink->cell_height, &ink->palette->dim_text);
      draw_centred (ink, prediction, ink->figure_size, FALSE,
                    ink->x + (i + 0.5) * ink->cell_width, bottom, &ink->palette->dim_text);
    }

  total_text = g_strdup_printf ("%" G_GUINT64_FORMAT, total);
  draw_centred (ink, total_text, ink->figure_size, TRUE, right, bottom, &ink->palette->text);
}

static void
draw_row_name (const Ink          *ink,
               const char         *name,
               guint               row,
               const AtelierColor *color)
{
  atelier_text_set (ink->text, name, ink->name_size, FALSE);
  atelier_text_ellipsize (ink->text, ink->row_names_width);
  atelier_text_show (ink->text, ink->cr, ink->x - 0.6 * ink->font_size,
                     ink->y + (row + 0.5) * ink->cell_height
                         - atelier_text_get_height (ink->text) / 2.0,
                     1.0, color);
}

static void
draw_column_name (const Ink          *ink,
                  const char         *name,
                  guint               column,
                  const AtelierColor *color)
{
  double x = ink->x + (column + 0.5) * ink->cell_width, y = ink->y - 0.4 * ink->font_size;

  atelier_text_set (ink->text, name, ink->name_size, FALSE);
  if (!ink->has_upright_names)
    {
      atelier_text_show (ink->text, ink->cr, x, y - atelier_text_get_height (ink->text), 0.5,
                         color);
      return;
    }

  atelier_text_ellipsize (ink->text, ink->column_names_height);
  cairo_save (ink->cr);
  cairo_translate (ink->cr, x - atelier_text_get_height (ink->text) / 2.0, y);
  cairo_rotate (ink->cr, -G_PI_2);
  pango_cairo_update_layout (ink->cr, ink->text->layout);
  atelier_text_show (ink->text, ink->cr, 0.0, 0.0, 0.0, color);
  cairo_restore (ink->cr);
  pango_cairo_update_layout (ink->cr, ink->text->layout);
}

static void
draw_names (const Ink *ink)
{
  guint n = ink->matrix->n_classes;

  if (ink->name_size < SMALLEST_FONT_SIZE)
    return;

  for (guint i = 0; i < n; i++)
    {
      draw_row_name (ink, get_name (ink->matrix, i), i, &ink->palette->text);
      draw_column_name (ink, get_name (ink->matrix, i), i, &ink->palette->text);
    }
  /* Translators: the head of the row and the column that hold sums. */
  draw_row_name (ink, _("total"), n, &ink->palette->dim_text);
  draw_column_name (ink, _("total"), n, &ink->palette->dim_text);
}

static void
draw_axis_titles (const Ink *ink)
{
  double n = ink->matrix->n_classes;
  double line = measure_height (ink, ink->font_size);

  /* Translators: the axes of a confusion matrix: what the network said (columns), and what is
   * right (rows). */
  atelier_text_set (ink->text, _("prediction"), ink->font_size, TRUE);
  atelier_text_show (ink->text, ink->cr, ink->x + ink->cell_width * n / 2.0,
                     ink->y - 0.4 * ink->font_size - ink->column_names_height - 1.4 * line, 0.5,
                     &ink->palette->dim_text);

  cairo_save (ink->cr);
  cairo_translate (ink->cr, ink->x - 0.6 * ink->font_size - ink->row_names_width - 1.4 * line,
                   ink->y + ink->cell_height * n / 2.0);
  cairo_rotate (ink->cr, -G_PI_2);
  atelier_text_set (ink->text, _("truth"), ink->font_size, TRUE);
  pango_cairo_update_layout (ink->cr, ink->text->layout);
  atelier_text_show (ink->text, ink->cr, 0.0, 0.0, 0.5, &ink->palette->dim_text);
  cairo_restore (ink->cr);
  pango_cairo_update_layout (ink->cr, ink->text->layout);
}

static void
draw_title_and_caption (const Ink *ink,
                        double     width,
                        double     height)
{
  double margin = ink->font_size;

  if (ink->matrix->title != NULL)
    {
      atelier_text_set (ink->text, ink->matrix->title, ink->font_size * 1.3, TRUE);
      atelier_text_ellipsize (ink->text, width - 2.0 * margin);
      atelier_text_show (ink->text, ink->cr, margin, margin, 0.0, &ink->palette->text);
    }
  if (ink->matrix->caption != NULL)
    {
      atelier_text_set (ink->text, ink->matrix->caption, ink->font_size, FALSE);
      atelier_text_wrap (ink->text, width - 2.0 * margin);
      atelier_text_show (ink->text, ink->cr, margin, height - margin - ink->caption_height, 0.0,
                         &ink->palette->dim_text);
    }
}

void
atelier_matrix_draw (const AtelierMatrix  *matrix,
                     const AtelierPalette *palette,
                     cairo_t              *cr,
                     double                width,
                     double                height)
{
  g_auto (AtelierText) text = { NULL };
  Ink ink = { .matrix = matrix, .palette = palette, .cr = cr, .text = &text };

  g_return_if_fail (matrix != NULL && palette != NULL && cr != NULL);
  g_return_if_fail (matrix->n_classes == 0
                    || (matrix->counts != NULL && matrix->class_names != NULL));

  if (!(width >= 1.0) || !(height >= 1.0) || cairo_status (cr) != CAIRO_STATUS_SUCCESS)
    return;

  ink.font_size = matrix->font_size > 0.0 ? matrix->font_size : DEFAULT_FONT_SIZE;
  atelier_text_init (&text, cr, NULL);
  lay_out (&ink, width, height);

  cairo_save (cr);
  cairo_new_path (cr);
  draw_title_and_caption (&ink, width, height);
  if (matrix->n_classes > 0)
    {
      for (guint truth = 0; truth < matrix->n_classes; truth++)
        for (guint prediction = 0; prediction < matrix->n_classes; prediction++)
          draw_cell (&ink, truth, prediction);
      draw_frame (&ink);
      draw_totals (&ink);
      draw_names (&ink);
      draw_axis_titles (&ink);
    }
  cairo_restore (cr);
}
