/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The points, at most one for each epoch, are copied from the story when it changes, and librender
 * draws them.  Click, drag and tooltip find the nearest point with the same function.
 */

#include "config.h"

#include "inspect/atelier-story-line.h"

#include <glib/gi18n.h>

#include "atelier-spark.h"
#include "kit/atelier-theme.h"

#define MIN_WIDTH 160
#define HEIGHT 112

struct _AtelierStoryLine
{
  GtkWidget           parent_instance;

  /* Owned */
  AtelierFocus       *focus;  /* NULL until it is set */
  AtelierImageStory  *story;  /* nullable */
  AtelierSparkPoint  *points; /* [n_points] of the story */

  /* Borrowed from the data set */
  const char * const *class_names;
};

G_DEFINE_FINAL_TYPE (AtelierStoryLine, atelier_story_line, GTK_TYPE_WIDGET)

static guint
get_n_points (AtelierStoryLine *self)
{
  return self->story ? atelier_image_story_get_n_points (self->story) : 0;
}

/* The point of the focused epoch; -1: it has no answer for the picture. */
static int
find_point (AtelierStoryLine *self,
            guint             epoch)
{
  for (guint i = 0; i < get_n_points (self); i++)
    if (self->points[i].epoch == epoch)
      return (int) i;

  return -1;
}

static int
get_cursor (AtelierStoryLine *self)
{
  return self->focus ? find_point (self, atelier_focus_get_epoch (self->focus)) : -1;
}

static AtelierSpark
get_spark (AtelierStoryLine *self)
{
  PangoContext *context = gtk_widget_get_pango_context (GTK_WIDGET (self));

  return (AtelierSpark) {
    .points = self->points,
    .n = get_n_points (self),
    .i_cursor = get_cursor (self),
    .font =
      pango_font_description_get_family (pango_context_get_font_description (context)),
    .scale = MAX (atelier_theme_get_text_scale (GTK_WIDGET (self)), 1.0),
  };
}

/* "Epoch 4: called Coat, 0.62; truth 0.31" */
static char *
describe_point (AtelierStoryLine *self,
                guint             i)
{
  const AtelierStoryPoint *point = &atelier_image_story_get_points (self->story)[i];

  if (!self->points[i].is_wrong)
    /* Translators: an epoch's number, a score between 0 and 1. */
    return g_strdup_printf (_("Epoch %u: right, %.3f"), point->epoch, point->truth_score);

  /* Translators: an epoch's number, a class, its score, the score of the true class. */
  return g_strdup_printf (_("Epoch %u: called %s, %.3f; truth %.3f"), point->epoch,
                          atelier_class_name_translate (self->class_names[point->predicted]),
                          point->score, point->truth_score);
}

static void
update_accessible (AtelierStoryLine *self)
{
  guint n = get_n_points (self);
  int i_cursor = get_cursor (self);
  g_autofree char *text = i_cursor >= 0 ? describe_point (self, (guint) i_cursor) : NULL;

  gtk_accessible_update_property (GTK_ACCESSIBLE (self),
                                  GTK_ACCESSIBLE_PROPERTY_VALUE_MIN,
                                  n > 0 ? (double) self->points[0].epoch : 0.0,
                                  GTK_ACCESSIBLE_PROPERTY_VALUE_MAX,
                                  n > 0 ? (double) self->points[n - 1].epoch : 0.0,
                                  GTK_ACCESSIBLE_PROPERTY_VALUE_NOW,
                                  i_cursor >= 0 ? (double) self->points[i_cursor].epoch : 0.0,
                                  GTK_ACCESSIBLE_PROPERTY_VALUE_TEXT,
                                  text ? text : _("No epoch"),
                                  -1);
}

static void
on_focus_changed_cb (AtelierStoryLine *self)
{
  update_accessible (self);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static void
go_to_point (AtelierStoryLine *self,
             int               i)
{
  int n = (int) get_n_points (self);

  if (n > 0)
    atelier_focus_set_epoch (self->focus, self->points[CLAMP (i, 0, n - 1)].epoch);
}

static void
go_to_place (AtelierStoryLine *self,
             double            x)
{
  AtelierSpark spark = get_spark (self);

  if (spark.n > 0)
    go_to_point (self,
                 (int) atelier_spark_find (&spark, gtk_widget_get_width (GTK_WIDGET (self)), x));
}

static void
on_drag_begin_cb (AtelierStoryLine *self,
                  double            x,
                  double            y,
                  GtkGesture       *gesture)
{
  gtk_widget_grab_focus (GTK_WIDGET (self));
  go_to_place (self, x);
}

static void
on_drag_update_cb (AtelierStoryLine *self,
                   double            x_offset,
                   double            y_offset,
                   GtkGestureDrag   *gesture)
{
  double x, y;

  if (gtk_gesture_drag_get_start_point (gesture, &x, &y))
    go_to_place (self, x + x_offset);
}

static gboolean
on_key_pressed_cb (AtelierStoryLine *self,
                   guint             keyval,
                   guint             keycode,
                   GdkModifierType   modifiers)
{
  int ahead = gtk_widget_get_direction (GTK_WIDGET (self)) == GTK_TEXT_DIR_RTL ? -1 : 1;
  int n = (int) get_n_points (self);
  int i_cursor = get_cursor (self);

  if (modifiers & gtk_accelerator_get_default_mod_mask ())
    return GDK_EVENT_PROPAGATE;

  switch (keyval)
    {
    case GDK_KEY_Left:
    case GDK_KEY_KP_Left:
      go_to_point (self, i_cursor - ahead);
      return GDK_EVENT_STOP;
    case GDK_KEY_Right:
    case GDK_KEY_KP_Right:
      go_to_point (self, i_cursor + ahead);
      return GDK_EVENT_STOP;
    case GDK_KEY_Home:
      go_to_point (self, 0);
      return GDK_EVENT_STOP;
    case GDK_KEY_End:
      go_to_point (self, n - 1);
      return GDK_EVENT_STOP;
    default:
      return GDK_EVENT_PROPAGATE;
    }
}

/* Overrides */

static gboolean
atelier_story_line_query_tooltip (GtkWidget  *widget,
                                  int         x,
                                  int         y,
                                  gboolean    is_keyboard,
                                  GtkTooltip *tooltip)
{
  AtelierStoryLine *self = ATELIER_STORY_LINE (widget);
  AtelierSpark spark = get_spark (self);
  int i = spark.i_cursor;
  g_autofree char *text = NULL;

  if (spark.n == 0)
    return FALSE;
  if (!is_keyboard)
    i = (int) atelier_spark_find (&spark, gtk_widget_get_width (widget), x);
  if (i < 0)
    return FALSE;

  text = describe_point (self, (guint) i);
  gtk_tooltip_set_text (tooltip, text);

  return TRUE;
}

static void
atelier_story_line_measure (GtkWidget      *widget,
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
atelier_story_line_snapshot (GtkWidget   *widget,
                             GtkSnapshot *snapshot)
{
  AtelierStoryLine *self = ATELIER_STORY_LINE (widget);
  AtelierSpark spark = get_spark (self);
  int width = gtk_widget_get_width (widget);
  int height = gtk_widget_get_height (widget);
  AtelierPalette palette;
  cairo_t *cr;

  atelier_theme_get_palette (widget, &palette);
  cr = gtk_snapshot_append_cairo (snapshot, &GRAPHENE_RECT_INIT (0, 0, width, height));
  atelier_spark_draw (&spark, &palette, cr, width, height);
  cairo_destroy (cr);
}

static void
atelier_story_line_dispose (GObject *object)
{
  AtelierStoryLine *self = ATELIER_STORY_LINE (object);

  gtk_widget_dispose_template (GTK_WIDGET (self), ATELIER_TYPE_STORY_LINE);
  g_clear_object (&self->focus);
  g_clear_pointer (&self->story, atelier_image_story_unref);
  g_clear_pointer (&self->points, g_free);

  G_OBJECT_CLASS (atelier_story_line_parent_class)->dispose (object);
}

static void
atelier_story_line_class_init (AtelierStoryLineClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = atelier_story_line_dispose;
  widget_class->measure = atelier_story_line_measure;
  widget_class->snapshot = atelier_story_line_snapshot;
  widget_class->query_tooltip = atelier_story_line_query_tooltip;

  gtk_widget_class_set_template_from_resource (
    widget_class, "/io/github/atelier_nn/Atelier/inspect/atelier-story-line.ui");
  gtk_widget_class_bind_template_callback (widget_class, on_drag_begin_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_drag_update_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_key_pressed_cb);
  gtk_widget_class_set_css_name (widget_class, "storyline");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_SLIDER);
}

static void
atelier_story_line_init (AtelierStoryLine *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  atelier_theme_watch (GTK_WIDGET (self), gtk_widget_queue_draw);
}

void
atelier_story_line_set_focus (AtelierStoryLine *self,
                              AtelierFocus     *focus)
{
  g_return_if_fail (ATELIER_IS_STORY_LINE (self));
  g_return_if_fail (ATELIER_IS_FOCUS (focus));
  g_return_if_fail (self->focus == NULL);

  self->focus = g_object_ref (focus);
  g_signal_connect_object (focus, "changed", G_CALLBACK (on_focus_changed_cb), self,
                           G_CONNECT_SWAPPED);
}

void
atelier_story_line_set_story (AtelierStoryLine   *self,
                              AtelierImageStory  *story,
                              const char * const *class_names)
{
  guint n;

  g_return_if_fail (ATELIER_IS_STORY_LINE (self));

  if (story)
    atelier_image_story_ref (story);
  g_clear_pointer (&self->story, atelier_image_story_unref);
  self->story = story;
  self->class_names = class_names;

  n = get_n_points (self);
  g_free (self->points);
  self->points = g_new (AtelierSparkPoint, n);
  for (guint i = 0; i < n; i++)
    {
      const AtelierStoryPoint *point = &atelier_image_story_get_points (story)[i];

      self->points[i] = (AtelierSparkPoint) {
        .epoch = point->epoch,
        .score = point->truth_score,
        .is_wrong = point->predicted != atelier_image_story_get_label (story),
      };
    }
  on_focus_changed_cb (self);
}

gboolean
atelier_story_line_get_place (AtelierStoryLine *self,
                              guint             epoch,
                              double           *x,
                              double           *y)
{
  AtelierSpark spark;
  int i;

  g_return_val_if_fail (ATELIER_IS_STORY_LINE (self), FALSE);

  spark = get_spark (self);
  i = find_point (self, epoch);
  if (i < 0)
    return FALSE;
  atelier_spark_place (&spark, (guint) i, gtk_widget_get_width (GTK_WIDGET (self)),
                       gtk_widget_get_height (GTK_WIDGET (self)), x, y);

  return TRUE;
}
