/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Three rectangles in the colours that the curves have for the same splits.
 *
 * The numbers stand beside the bar, so that nobody has to tell the splits by colour alone; the bar
 * itself is hidden from screen readers.  Drawn with render nodes, because a rectangle needs no
 * texture, and cairo would make one.  Main thread.
 */

#include "config.h"

#include "kit/atelier-count-bar.h"

#include "kit/atelier-theme.h"

#define HEIGHT 10
#define MIN_WIDTH 10
#define CORNER_RADIUS 3
#define GAP 1

struct _AtelierCountBar
{
  GtkWidget parent_instance;

  int       swatch;
  guint     counts[ATELIER_N_SPLITS];
  guint     whole;
};

G_DEFINE_FINAL_TYPE (AtelierCountBar, atelier_count_bar, GTK_TYPE_WIDGET)

enum
{
  PROP_SWATCH = 1,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

static void
get_color (AtelierCountBar *self,
           AtelierSplit     split,
           GdkRGBA         *rgba)
{
  AtelierPalette palette;
  AtelierColor color;

  atelier_theme_get_palette (GTK_WIDGET (self), &palette);
  if (split == ATELIER_SPLIT_TRAIN)
    color = palette.training;
  else if (split == ATELIER_SPLIT_VALIDATION)
    color = palette.validation;
  else
    color = palette.dim_text;
  atelier_theme_to_rgba (&color, rgba);
}

static void
append_part (AtelierCountBar *self,
             GtkSnapshot     *snapshot,
             AtelierSplit     split,
             double           start,
             double           end)
{
  int width = gtk_widget_get_width (GTK_WIDGET (self));
  gboolean is_mirrored = gtk_widget_get_direction (GTK_WIDGET (self)) == GTK_TEXT_DIR_RTL;
  GdkRGBA color;

  get_color (self, split, &color);
  gtk_snapshot_append_color (snapshot, &color,
                             &GRAPHENE_RECT_INIT ((float) (is_mirrored ? width - end : start), 0,
                                                  (float) (end - start),
                                                  gtk_widget_get_height (GTK_WIDGET (self))));
}

static void
append_counts (AtelierCountBar *self,
               GtkSnapshot     *snapshot)
{
  double scale = (double) gtk_widget_get_width (GTK_WIDGET (self)) / self->whole;
  guint sum = 0;

  for (guint split = 0; split < ATELIER_N_SPLITS; split++)
    {
      double start = sum * scale + (sum > 0 ? GAP : 0);
      double end;

      sum += self->counts[split];
      end = sum * scale;
      if (end > start)
        append_part (self, snapshot, split, start, end);
    }
}

static guint
get_sum (AtelierCountBar *self)
{
  guint sum = 0;

  for (guint split = 0; split < ATELIER_N_SPLITS; split++)
    sum += self->counts[split];

  return sum;
}

static void
atelier_count_bar_snapshot (GtkWidget   *widget,
                            GtkSnapshot *snapshot)
{
  AtelierCountBar *self = ATELIER_COUNT_BAR (widget);
  int width = gtk_widget_get_width (widget);
  int height = gtk_widget_get_height (widget);
  graphene_rect_t bounds = GRAPHENE_RECT_INIT (0, 0, width, height);
  GskRoundedRect outline;

  if (self->swatch < 0 && self->whole == 0)
    return;
  if (self->swatch < 0)
    {
      bounds.size.width = (float) ((double) width * get_sum (self) / self->whole);
      if (gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL)
        bounds.origin.x = (float) width - bounds.size.width;
    }

  gsk_rounded_rect_init_from_rect (&outline, &bounds, CORNER_RADIUS);
  gtk_snapshot_push_rounded_clip (snapshot, &outline);
  if (self->swatch >= 0)
    append_part (self, snapshot, self->swatch, 0, width);
  else
    append_counts (self, snapshot);
  gtk_snapshot_pop (snapshot);
}

static void
atelier_count_bar_measure (GtkWidget      *widget,
                           GtkOrientation  orientation,
                           int             for_size,
                           int            *minimum,
                           int            *natural,
                           int            *minimum_baseline,
                           int            *natural_baseline)
{
  *minimum = *natural = orientation == GTK_ORIENTATION_HORIZONTAL ? MIN_WIDTH : HEIGHT;
}

static void
atelier_count_bar_get_property (GObject    *object,
                                guint       property_id,
                                GValue     *value,
                                GParamSpec *pspec)
{
  AtelierCountBar *self = ATELIER_COUNT_BAR (object);

  switch (property_id)
    {
    case PROP_SWATCH:
      g_value_set_int (value, self->swatch);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
atelier_count_bar_set_property (GObject      *object,
                                guint         property_id,
                                const GValue *value,
                                GParamSpec   *pspec)
{
  AtelierCountBar *self = ATELIER_COUNT_BAR (object);

  switch (property_id)
    {
    case PROP_SWATCH:
      if (self->swatch == g_value_get_int (value))
        break;
      self->swatch = g_value_get_int (value);
      gtk_widget_queue_draw (GTK_WIDGET (self));
      g_object_notify_by_pspec (object, pspec);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
atelier_count_bar_class_init (AtelierCountBarClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = atelier_count_bar_get_property;
  object_class->set_property = atelier_count_bar_set_property;
  widget_class->measure = atelier_count_bar_measure;
  widget_class->snapshot = atelier_count_bar_snapshot;

  properties[PROP_SWATCH] =
    g_param_spec_int ("swatch", NULL, NULL, -1, ATELIER_N_SPLITS - 1, -1,
                      G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  gtk_widget_class_set_css_name (widget_class, "countbar");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_PRESENTATION);
}

static void
atelier_count_bar_init (AtelierCountBar *self)
{
  self->swatch = -1;
  atelier_theme_watch (GTK_WIDGET (self), gtk_widget_queue_draw);
}

void
atelier_count_bar_set_counts (AtelierCountBar *self,
                              const guint     *counts,
                              guint            whole)
{
  g_return_if_fail (ATELIER_IS_COUNT_BAR (self));

  memcpy (self->counts, counts, sizeof self->counts);
  self->whole = whole;
  gtk_widget_queue_draw (GTK_WIDGET (self));
}
