/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The rates are the schedule's own, of some steps that are spread over all epochs, and librender
 * draws them.  A schedule that waits for what epochs bring cannot be foreseen: its curve is that of
 * a run in which it never has to lower the rate, and the words say when it does.
 */

#include "config.h"

#include "network/atelier-rate-view.h"

#include <glib/gi18n.h>

#include "atelier-rate-line.h"
#include "kit/atelier-theme.h"

#define N_RATES 241
#define N_STEPS_UNKNOWN 100 /* of an epoch */
#define N_NEAR 2000 /* steps that are looked at on the way from one rate to the next */
#define MIN_WIDTH 130
#define HEIGHT 96

struct _AtelierRateView
{
  GtkWidget  parent_instance;

  double     rates[N_RATES];
  double     peak;
  double     peak_at;
  guint      n_epochs; /* 0: nothing was shown */

  /* Owned */
  char      *label;
  char      *words;
};

G_DEFINE_FINAL_TYPE (AtelierRateView, atelier_rate_view, GTK_TYPE_WIDGET)

static guint64
get_step (guint   i,
          guint64 n_all)
{
  return (guint64) ((double) i / (N_RATES - 1) * (double) (n_all - 1) + 0.5);
}

/* The highest rate lies between the neighbours of the highest of some. */
static guint64
find_peak (AtelierRateView           *self,
           const AtelierRecipeValues *values,
           guint                      n_steps,
           guint64                    n_all)
{
  guint highest = 0;
  guint64 first, last, found;

  for (guint i = 1; i < N_RATES; i++)
    if (self->rates[i] > self->rates[highest])
      highest = i;
  first = get_step (highest > 0 ? highest - 1 : 0, n_all);
  last = get_step (MIN (highest + 1, N_RATES - 1), n_all);
  found = get_step (highest, n_all);
  self->peak = self->rates[highest];
  for (guint64 step = first; step <= last; step += 1 + (last - first) / N_NEAR)
    {
      const double rate = atelier_schedule_get_rate (values, NULL, step, n_steps);

      if (rate > self->peak || (rate == self->peak && step < found))
        {
          self->peak = rate;
          found = step;
        }
    }

  return found;
}

static void
describe (AtelierRateView           *self,
          const AtelierRecipeValues *values,
          guint                      peak_epoch)
{
  g_autofree char *schedule = atelier_schedule_describe (values);
  const double first = self->rates[0];
  const double last = self->rates[N_RATES - 1];

  g_free (self->label);
  g_free (self->words);
  if (first == last && first == self->peak)
    {
      self->label = g_strdup_printf ("%.3g", first);
      /* Translators: a schedule such as "Constant"; %.3g is a learning rate */
      self->words = g_strdup_printf (_("%s: %.3g from the first epoch to the last"), schedule,
                                     first);
      return;
    }
  /* Translators: the highest learning rate, in a small chart */
  self->label = g_strdup_printf (_("%.3g, epoch %u"), self->peak, peak_epoch);
  /* Translators: a schedule such as "Cosine to 0 over 10 epochs"; the numbers are learning rates */
  self->words = g_strdup_printf (_("%s: from %.3g, at most %.3g in epoch %u, at the end %.3g"),
                                 schedule, first, self->peak, peak_epoch, last);
}

static void
atelier_rate_view_measure (GtkWidget      *widget,
                           GtkOrientation  orientation,
                           int             for_size,
                           int            *minimum,
                           int            *natural,
                           int            *minimum_baseline,
                           int            *natural_baseline)
{
  const double scale = MAX (atelier_theme_get_text_scale (widget), 1.0);

  *minimum = *natural
    = (int) ((orientation == GTK_ORIENTATION_HORIZONTAL ? MIN_WIDTH : HEIGHT) * scale);
}

static void
atelier_rate_view_snapshot (GtkWidget   *widget,
                            GtkSnapshot *snapshot)
{
  AtelierRateView *self = ATELIER_RATE_VIEW (widget);
  const PangoFontDescription *font
    = pango_context_get_font_description (gtk_widget_get_pango_context (widget));
  const int width = gtk_widget_get_width (widget);
  const int height = gtk_widget_get_height (widget);
  const AtelierRateLine line = {
    .rates = self->rates,
    .n = self->n_epochs > 0 ? N_RATES : 0,
    .n_epochs = self->n_epochs,
    .peak = self->peak,
    .peak_at = self->peak_at,
    .label = self->label,
    .font = pango_font_description_get_family (font),
    .scale = MAX (atelier_theme_get_text_scale (widget), 1.0),
  };
  AtelierPalette palette;
  cairo_t *cr;

  atelier_theme_get_palette (widget, &palette);
  cr = gtk_snapshot_append_cairo (snapshot, &GRAPHENE_RECT_INIT (0, 0, width, height));
  atelier_rate_line_draw (&line, &palette, cr, width, height);
  cairo_destroy (cr);
}

static void
atelier_rate_view_finalize (GObject *object)
{
  AtelierRateView *self = ATELIER_RATE_VIEW (object);

  g_free (self->label);
  g_free (self->words);

  G_OBJECT_CLASS (atelier_rate_view_parent_class)->finalize (object);
}

static void
atelier_rate_view_class_init (AtelierRateViewClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = atelier_rate_view_finalize;
  widget_class->measure = atelier_rate_view_measure;
  widget_class->snapshot = atelier_rate_view_snapshot;
  gtk_widget_class_set_css_name (widget_class, "rateview");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_IMG);
}

static void
atelier_rate_view_init (AtelierRateView *self)
{
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _("Learning rate over the epochs"), -1);
  atelier_theme_watch (GTK_WIDGET (self), gtk_widget_queue_draw);
}

void
atelier_rate_view_show (AtelierRateView           *self,
                        const AtelierRecipeValues *values,
                        guint                      n_images)
{
  guint n_steps = N_STEPS_UNKNOWN;
  guint64 n_all, peak;

  g_return_if_fail (ATELIER_IS_RATE_VIEW (self));
  g_return_if_fail (values != NULL);

  if (n_images > 0)
    n_steps = (n_images + values->batch_size - 1) / values->batch_size;
  n_all = (guint64) n_steps * values->n_epochs;
  for (guint i = 0; i < N_RATES; i++)
    self->rates[i] = atelier_schedule_get_rate (values, NULL, get_step (i, n_all), n_steps);
  peak = find_peak (self, values, n_steps, n_all);
  self->peak_at = n_all > 1 ? (double) peak / (double) (n_all - 1) : 0.0;
  self->n_epochs = values->n_epochs;
  describe (self, values, (guint) (peak / n_steps) + 1);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                  self->words, -1);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self), self->words);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

const char *
atelier_rate_view_get_words (AtelierRateView *self)
{
  g_return_val_if_fail (ATELIER_IS_RATE_VIEW (self), NULL);

  return self->words;
}
