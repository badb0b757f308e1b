/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The stripes are drawn through the mask in the widget's own pixels, so that they are as wide on a
 * small picture as on a large one.  They alternate between dark and light: one of them is seen on
 * any ground, in both themes and without colours.
 */

#include "config.h"

#include "draw/stages/atelier-ground-view.h"

#include <glib/gi18n.h>
#include <math.h>
#include <string.h>

#define SIDE 320
/* From this enlargement on pixels are shown as squares. */
#define SQUARE_SCALE 4.0
/* Steps of the cross along the longer side, and how many Ctrl makes of one. */
#define N_STEPS 64
#define LARGE_STEP 8
/* The cross keeps this part of the picture's sides away from them, to be seen. */
#define LEAST 0.01
#define STRIPE 7.0
#define MARK_RADIUS 7.0
#define CROSS_GAP 4.0

struct _AtelierGroundView
{
  GtkWidget parent_instance;

  /* Owned */
  cairo_surface_t *original; /* NULL: nothing to show */
  cairo_surface_t *mask;     /* as large as original; nullable */

  AtelierGroundPick pick;
  AtelierGroundPick cursor;
  gboolean          has_pick;
  gboolean          has_cursor; /* the keyboard was used last */
};

G_DEFINE_FINAL_TYPE (AtelierGroundView, atelier_ground_view, GTK_TYPE_WIDGET)

/* Where the picture lies in the widget. */
typedef struct
{
  double x;
  double y;
  double width;
  double height;
  double scale;
} Frame;

static void
get_frame (AtelierGroundView *self,
           Frame             *frame)
{
  double width = gtk_widget_get_width (GTK_WIDGET (self));
  double height = gtk_widget_get_height (GTK_WIDGET (self));
  int n_columns = cairo_image_surface_get_width (self->original);
  int n_rows = cairo_image_surface_get_height (self->original);

  frame->scale = MIN (width / n_columns, height / n_rows);
  if (frame->scale >= SQUARE_SCALE)
    frame->scale = floor (frame->scale);
  frame->width = n_columns * frame->scale;
  frame->height = n_rows * frame->scale;
  frame->x = round ((width - frame->width) / 2.0);
  frame->y = round ((height - frame->height) / 2.0);
}

/* FALSE outside of the picture. */
static gboolean
find_place (AtelierGroundView *self,
            double             x,
            double             y,
            AtelierGroundPick *place)
{
  Frame frame;

  if (!self->original)
    return FALSE;
  get_frame (self, &frame);
  place->x = (x - frame.x) / frame.width;
  place->y = (y - frame.y) / frame.height;
  return place->x >= 0.0 && place->x < 1.0 && place->y >= 0.0 && place->y < 1.0;
}

static gboolean
is_on_ground (AtelierGroundView       *self,
              const AtelierGroundPick *place)
{
  int width = cairo_image_surface_get_width (self->mask);
  int height = cairo_image_surface_get_height (self->mask);
  int column = MIN ((int) (place->x * width), width - 1);
  int row = MIN ((int) (place->y * height), height - 1);

  return cairo_image_surface_get_data (self->mask)[row * cairo_image_surface_get_stride (self->mask)
                                                   + column] != 0;
}

/* Sets the accessible description to the cross's place. */
static void
describe_cursor (AtelierGroundView *self)
{
  g_autofree char *text = NULL;
  guint x = (guint) (self->cursor.x * 100 + 0.5);
  guint y = (guint) (self->cursor.y * 100 + 0.5);

  if (!self->mask)
    /* Translators: where the cross is in the picture, in percent of its width and height. */
    text = g_strdup_printf (_("%u %% from the left, %u %% from the top"), x, y);
  else if (is_on_ground (self, &self->cursor))
    text = g_strdup_printf (_("%u %% from the left, %u %% from the top, counts as ground"), x, y);
  else
    text = g_strdup_printf (_("%u %% from the left, %u %% from the top, counts as garment"), x, y);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, text,
                                  -1);
}

static void
pick (AtelierGroundView       *self,
      const AtelierGroundPick *place)
{
  self->cursor = *place;
  gtk_widget_activate_action (GTK_WIDGET (self), "draw.pick-ground", "(dd)", place->x, place->y);
}

/* Pointer and touch */

static void
on_pressed_cb (AtelierGroundView *self,
               int                n_press,
               double             x,
               double             y)
{
  AtelierGroundPick place;

  gtk_widget_grab_focus (GTK_WIDGET (self));
  self->has_cursor = FALSE;
  if (find_place (self, x, y, &place))
    pick (self, &place);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

/* Keyboard */

static gboolean
get_direction (guint  keyval,
               int   *d_x,
               int   *d_y)
{
  *d_x = (keyval == GDK_KEY_Right || keyval == GDK_KEY_KP_Right)
         - (keyval == GDK_KEY_Left || keyval == GDK_KEY_KP_Left);
  *d_y = (keyval == GDK_KEY_Down || keyval == GDK_KEY_KP_Down)
         - (keyval == GDK_KEY_Up || keyval == GDK_KEY_KP_Up);
  return *d_x != 0 || *d_y != 0;
}

static gboolean
is_picking_key (guint keyval)
{
  return keyval == GDK_KEY_Return || keyval == GDK_KEY_KP_Enter || keyval == GDK_KEY_ISO_Enter
         || keyval == GDK_KEY_space || keyval == GDK_KEY_KP_Space;
}

static gboolean
is_forgetting_key (guint keyval)
{
  return keyval == GDK_KEY_Delete || keyval == GDK_KEY_KP_Delete || keyval == GDK_KEY_BackSpace;
}

/* Equal steps on the screen, whatever the picture's proportions. */
static void
move_cursor (AtelierGroundView *self,
             double             d_x,
             double             d_y)
{
  Frame frame;
  double step;

  get_frame (self, &frame);
  step = MAX (frame.width, frame.height) / N_STEPS;
  self->cursor.x = CLAMP (self->cursor.x + d_x * step / frame.width, LEAST, 1.0 - LEAST);
  self->cursor.y = CLAMP (self->cursor.y + d_y * step / frame.height, LEAST, 1.0 - LEAST);
}

static gboolean
on_key_pressed_cb (AtelierGroundView *self,
                   guint              keyval,
                   guint              keycode,
                   GdkModifierType    modifiers)
{
  int step = modifiers & GDK_CONTROL_MASK ? LARGE_STEP : 1;
  int d_x;
  int d_y;

  if (!self->original)
    return GDK_EVENT_PROPAGATE;
  if (get_direction (keyval, &d_x, &d_y))
    move_cursor (self, d_x * step, d_y * step);
  else if (is_picking_key (keyval))
    pick (self, &self->cursor);
  else if (is_forgetting_key (keyval))
    gtk_widget_activate_action (GTK_WIDGET (self), "draw.forget-ground", NULL);
  else
    return GDK_EVENT_PROPAGATE;
  self->has_cursor = TRUE;
  describe_cursor (self);
  gtk_widget_queue_draw (GTK_WIDGET (self));
  return GDK_EVENT_STOP;
}

static void
on_focus_enter_cb (AtelierGroundView *self)
{
  self->has_cursor = gtk_widget_has_visible_focus (GTK_WIDGET (self));
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

/* Drawing */

static void
draw_original (AtelierGroundView *self,
               const Frame       *frame,
               cairo_t           *cr)
{
  cairo_filter_t filter =
    frame->scale >= SQUARE_SCALE ? CAIRO_FILTER_NEAREST : CAIRO_FILTER_GOOD;

  cairo_save (cr);
  cairo_scale (cr, frame->scale, frame->scale);
  cairo_set_source_surface (cr, self->original, 0.0, 0.0);
  cairo_pattern_set_filter (cairo_get_source (cr), filter);
  cairo_pattern_set_extend (cairo_get_source (cr), CAIRO_EXTEND_PAD);
  cairo_rectangle (cr, 0.0, 0.0, frame->width / frame->scale, frame->height / frame->scale);
  cairo_fill (cr);
  cairo_restore (cr);
}

static void
draw_stripes (AtelierGroundView *self,
              const Frame       *frame,
              cairo_t           *cr)
{
  cairo_pattern_t *stripes = cairo_pattern_create_linear (0.0, 0.0, STRIPE, STRIPE);
  cairo_pattern_t *mask = cairo_pattern_create_for_surface (self->mask);
  cairo_matrix_t matrix;

  cairo_pattern_add_color_stop_rgba (stripes, 0.0, 0.10, 0.13, 0.20, 0.62);
  cairo_pattern_add_color_stop_rgba (stripes, 0.5, 0.10, 0.13, 0.20, 0.62);
  cairo_pattern_add_color_stop_rgba (stripes, 0.5, 0.80, 0.86, 0.96, 0.62);
  cairo_pattern_add_color_stop_rgba (stripes, 1.0, 0.80, 0.86, 0.96, 0.62);
  cairo_pattern_set_extend (stripes, CAIRO_EXTEND_REPEAT);
  cairo_matrix_init_scale (&matrix, 1.0 / frame->scale, 1.0 / frame->scale);
  cairo_pattern_set_matrix (mask, &matrix);
  cairo_pattern_set_filter (mask, frame->scale > 1.0 ? CAIRO_FILTER_NEAREST : CAIRO_FILTER_GOOD);
  cairo_set_source (cr, stripes);
  cairo_mask (cr, mask);
  cairo_pattern_destroy (mask);
  cairo_pattern_destroy (stripes);
}

/* A light line on a wider dark one, seen on any picture. */
static void
stroke_contrast (cairo_t *cr)
{
  cairo_set_source_rgba (cr, 0.0, 0.0, 0.0, 0.8);
  cairo_set_line_width (cr, 4.0);
  cairo_stroke_preserve (cr);
  cairo_set_source_rgb (cr, 1.0, 1.0, 1.0);
  cairo_set_line_width (cr, 2.0);
  cairo_stroke (cr);
}

static void
draw_mark (const AtelierGroundPick *place,
           const Frame             *frame,
           cairo_t                 *cr)
{
  double x = place->x * frame->width;
  double y = place->y * frame->height;

  cairo_new_sub_path (cr);
  cairo_arc (cr, x, y, MARK_RADIUS, 0.0, 2.0 * G_PI);
  cairo_new_sub_path (cr);
  cairo_arc (cr, x, y, 0.5, 0.0, 2.0 * G_PI);
  stroke_contrast (cr);
}

/* From edge to edge, so that it is found at once; open where it points to. */
static void
draw_cross (const AtelierGroundPick *place,
            const Frame             *frame,
            cairo_t                 *cr)
{
  double x = round (place->x * frame->width);
  double y = round (place->y * frame->height);

  cairo_move_to (cr, 0.0, y);
  cairo_line_to (cr, x - CROSS_GAP, y);
  cairo_move_to (cr, x + CROSS_GAP, y);
  cairo_line_to (cr, frame->width, y);
  cairo_move_to (cr, x, 0.0);
  cairo_line_to (cr, x, y - CROSS_GAP);
  cairo_move_to (cr, x, y + CROSS_GAP);
  cairo_line_to (cr, x, frame->height);
  stroke_contrast (cr);
}

static void
atelier_ground_view_snapshot (GtkWidget   *widget,
                              GtkSnapshot *snapshot)
{
  AtelierGroundView *self = ATELIER_GROUND_VIEW (widget);
  Frame frame;
  cairo_t *cr;

  if (!self->original)
    return;
  get_frame (self, &frame);
  cr = gtk_snapshot_append_cairo (snapshot,
                                  &GRAPHENE_RECT_INIT (0, 0, gtk_widget_get_width (widget),
                                                       gtk_widget_get_height (widget)));
  cairo_translate (cr, frame.x, frame.y);
  draw_original (self, &frame, cr);
  if (self->mask)
    draw_stripes (self, &frame, cr);
  cairo_rectangle (cr, 0.0, 0.0, frame.width, frame.height);
  cairo_clip (cr);
  if (self->has_cursor && gtk_widget_has_focus (widget))
    draw_cross (&self->cursor, &frame, cr);
  if (self->has_pick)
    draw_mark (&self->pick, &frame, cr);
  cairo_destroy (cr);
}

/* Overrides */

/* The cross begins where the person pointed before. */
static void
atelier_ground_view_map (GtkWidget *widget)
{
  AtelierGroundView *self = ATELIER_GROUND_VIEW (widget);

  self->cursor = self->has_pick ? self->pick : (AtelierGroundPick) { 0.5, 0.5 };
  GTK_WIDGET_CLASS (atelier_ground_view_parent_class)->map (widget);
}

static void
atelier_ground_view_measure (GtkWidget      *widget,
                             GtkOrientation  orientation,
                             int             for_size,
                             int            *minimum,
                             int            *natural,
                             int            *minimum_baseline,
                             int            *natural_baseline)
{
  *minimum = SIDE;
  *natural = SIDE;
}

static void
atelier_ground_view_dispose (GObject *object)
{
  AtelierGroundView *self = ATELIER_GROUND_VIEW (object);

  g_clear_pointer (&self->original, cairo_surface_destroy);
  g_clear_pointer (&self->mask, cairo_surface_destroy);
  gtk_widget_dispose_template (GTK_WIDGET (object), ATELIER_TYPE_GROUND_VIEW);
  G_OBJECT_CLASS (atelier_ground_view_parent_class)->dispose (object);
}

static void
atelier_ground_view_class_init (AtelierGroundViewClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = atelier_ground_view_dispose;
  widget_class->snapshot = atelier_ground_view_snapshot;
  widget_class->measure = atelier_ground_view_measure;
  widget_class->map = atelier_ground_view_map;

  gtk_widget_class_set_css_name (widget_class, "groundview");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_IMG);
  gtk_widget_class_set_template_from_resource (
    widget_class, "/io/github/atelier_nn/Atelier/draw/stages/atelier-ground-view.ui");
  gtk_widget_class_bind_template_callback (widget_class, on_pressed_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_key_pressed_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_focus_enter_cb);
}

static void
atelier_ground_view_init (AtelierGroundView *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/* Over white where it is transparent. */
static cairo_surface_t *
make_original (const AtelierStagePicture *picture)
{
  cairo_surface_t *surface =
    cairo_image_surface_create (CAIRO_FORMAT_RGB24, (int) picture->width, (int) picture->height);
  guchar *rows = cairo_image_surface_get_data (surface);
  gsize stride = (gsize) cairo_image_surface_get_stride (surface);

  for (guint y = 0; y < picture->height; y++)
    for (guint x = 0; x < picture->width; x++)
      {
        const guint8 *pixel = picture->pixels + ((gsize) y * picture->width + x) * 4;
        guint32 color = 0;

        for (guint i = 0; i < 3; i++)
          color = color << 8 | (pixel[i] * pixel[3] + 255u * (255u - pixel[3]) + 127) / 255;
        memcpy (rows + y * stride + (gsize) x * 4, &color, sizeof color);
      }
  cairo_surface_mark_dirty (surface);
  return surface;
}

static cairo_surface_t *
make_mask (const guint8 *mask,
           guint         width,
           guint         height)
{
  cairo_surface_t *surface =
    cairo_image_surface_create (CAIRO_FORMAT_A8, (int) width, (int) height);
  guchar *rows = cairo_image_surface_get_data (surface);
  gsize stride = (gsize) cairo_image_surface_get_stride (surface);

  for (guint y = 0; y < height; y++)
    memcpy (rows + y * stride, mask + (gsize) y * width, width);
  cairo_surface_mark_dirty (surface);
  return surface;
}

void
atelier_ground_view_set_picture (AtelierGroundView        *self,
                                 const AtelierInputResult *result,
                                 const guint8             *mask)
{
  const AtelierStagePicture *original;

  g_return_if_fail (ATELIER_IS_GROUND_VIEW (self));
  g_return_if_fail (result != NULL);

  original = &result->stages[ATELIER_STAGE_ORIGINAL];
  g_clear_pointer (&self->original, cairo_surface_destroy);
  g_clear_pointer (&self->mask, cairo_surface_destroy);
  self->original = make_original (original);
  if (mask)
    self->mask = make_mask (mask, original->width, original->height);
  if (self->has_cursor)
    describe_cursor (self);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

void
atelier_ground_view_set_pick (AtelierGroundView       *self,
                              const AtelierGroundPick *pick)
{
  g_return_if_fail (ATELIER_IS_GROUND_VIEW (self));

  self->has_pick = pick != NULL;
  if (pick)
    self->pick = *pick;
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

void
atelier_ground_view_find_point (AtelierGroundView       *self,
                                const AtelierGroundPick *place,
                                double                  *x,
                                double                  *y)
{
  Frame frame;

  g_return_if_fail (ATELIER_IS_GROUND_VIEW (self));
  g_return_if_fail (self->original != NULL);

  get_frame (self, &frame);
  *x = frame.x + place->x * frame.width;
  *y = frame.y + place->y * frame.height;
}
