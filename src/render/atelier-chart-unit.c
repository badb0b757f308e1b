/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What a chart's x can count: epochs, images, seconds of training, or learning rates.
 *
 * A unit decides which steps are round (60 seconds, not 50) and how a place is written: short on
 * the axis, where many labels stand side by side, and in full at the cursor.  Images are written as
 * thousands with a "k" as soon as the axis reaches five digits, and as whole numbers again where a
 * zoom is so deep that the "k" would need more digits than it saves.  Pure functions; any thread.
 */

#include "config.h"

#include "atelier-chart-private.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#define MINUTE 60.0
#define HOUR 3600.0
#define DAY 86400.0

/* More digits than this after the point are too many to read on an axis. */
#define MAX_SHORT_DECIMALS 3

const char *
atelier_chart_unit_get_title (AtelierChartUnit unit)
{
  switch (unit)
    {
    case ATELIER_X_IMAGES:
      /* Translators: the title of a chart's axis: how many images were trained on so far */
      return C_("axis", "images");
    case ATELIER_X_SECONDS:
      return C_("axis", "training time");
    case ATELIER_X_RATES:
      return C_("axis", "learning rate");
    case ATELIER_X_EPOCHS:
    default:
      return C_("axis", "epoch");
    }
}

double
atelier_chart_unit_round_step (AtelierChartUnit unit,
                               double           raw)
{
  static const double steps[] = {
    1.0,           2.0,           5.0,           10.0,           15.0,           30.0,
    MINUTE,        2.0 * MINUTE,  5.0 * MINUTE,  10.0 * MINUTE,  15.0 * MINUTE,  30.0 * MINUTE,
    HOUR,          2.0 * HOUR,    4.0 * HOUR,    6.0 * HOUR,     12.0 * HOUR,    DAY,
  };

  if (unit == ATELIER_X_RATES)
    return MAX (1.0, atelier_axis_round_step (raw));
  if (unit != ATELIER_X_SECONDS || !(raw > 0.5))
    return atelier_axis_round_step (raw);

  for (guint i = 0; i < G_N_ELEMENTS (steps); i++)
    if (raw <= steps[i])
      return steps[i];

  return DAY * atelier_axis_round_step (raw / DAY);
}

static char *
format_images_tick (double value,
                    double step,
                    double farthest)
{
  double scale = farthest >= 1e9 ? 1e9 : farthest >= 1e6 ? 1e6 : farthest >= 1e4 ? 1e3 : 1.0;
  int decimals = atelier_axis_count_decimals (step / scale);

  if (value == 0.0)
    return g_strdup ("0");
  if (scale == 1.0 || decimals > MAX_SHORT_DECIMALS)
    return g_strdup_printf ("%'.*f", atelier_axis_count_decimals (step), value);
  if (scale == 1e3)
    /* Translators: thousands of images on an axis, as in "55k" */
    return g_strdup_printf (_("%.*fk"), decimals, value / scale);
  if (scale == 1e6)
    /* Translators: millions of images on an axis, as in "1.1M" */
    return g_strdup_printf (_("%.*fM"), decimals, value / scale);

  /* Translators: thousands of millions of images on an axis, as in "1.1G" */
  return g_strdup_printf (_("%.*fG"), decimals, value / scale);
}

/* "1:20", "1:06:40"; @decimals of the seconds. */
static char *
format_clock (double seconds,
              int    decimals)
{
  double hours, minutes;
  int width = decimals > 0 ? decimals + 3 : 2;

  /* Rounded first, so that 59.96 reads "1:00.0" and not "0:60.0". */
  seconds = round (seconds * pow (10.0, decimals)) / pow (10.0, decimals);
  hours = floor (seconds / HOUR);
  minutes = floor ((seconds - hours * HOUR) / MINUTE);
  seconds -= hours * HOUR + minutes * MINUTE;

  if (hours > 0.0)
    return g_strdup_printf ("%.0f:%02.0f:%0*.*f", hours, minutes, width, decimals, seconds);

  return g_strdup_printf ("%.0f:%0*.*f", minutes, width, decimals, seconds);
}

static char *
format_seconds (double value,
                int    decimals,
                double farthest)
{
  decimals = MIN (decimals, MAX_SHORT_DECIMALS);
  if (value >= 0.0 && farthest >= MINUTE)
    return format_clock (value, decimals);

  /* Translators: seconds, as in "20 s"; the space is a no-break space. */
  return g_strdup_printf (_("%.*f\u00a0s"), decimals, value);
}

/* A power of ten, written out where that is short. */
static char *
format_rate_tick (double exponent)
{
  return exponent < -3.5 ? g_strdup_printf ("1e%.0f", exponent)
                         : g_strdup_printf ("%g", pow (10.0, exponent));
}

char *
atelier_chart_unit_format_tick (AtelierChartUnit unit,
                                double           value,
                                double           step,
                                double           farthest)
{
  if (unit == ATELIER_X_IMAGES)
    return format_images_tick (value, step, farthest);
  if (unit == ATELIER_X_RATES)
    return format_rate_tick (value);

  return format_seconds (value, atelier_axis_count_decimals (step), farthest);
}

char *
atelier_chart_unit_format (AtelierChartUnit unit,
                           double           value)
{
  g_autofree char *number = NULL;

  switch (unit)
    {
    case ATELIER_X_IMAGES:
      number = g_strdup_printf ("%'.0f", value);
      return g_strdup_printf (ngettext ("%s image", "%s images",
                                        (gulong) CLAMP (value, 0.0, (double) G_MAXINT32)),
                              number);

    case ATELIER_X_SECONDS:
      return format_seconds (value, value < 10.0 ? 1 : 0, round (value));

    case ATELIER_X_RATES:
      /* Translators: a learning rate at a chart's cursor */
      return g_strdup_printf (C_("chart cursor", "rate %.2g"), pow (10.0, value));

    case ATELIER_X_EPOCHS:
    default:
      if (fabs (value - round (value)) < 1e-6)
        number = g_strdup_printf ("%.0f", value);
      else
        number = g_strdup_printf ("%.2f", value);
      /* Translators: the head of the values at a chart's cursor, as in "epoch 7" */
      return g_strdup_printf (C_("chart cursor", "epoch %s"), number);
    }
}
