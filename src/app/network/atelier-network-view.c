/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The picture of a network in the window.
 *
 * AtelierNetworkSteps has the words and shapes, librender the layout and the drawing.  The layout
 * is kept until the size, the steps or the typeface change, so that hovering and selecting only
 * draw.  The text is as large as the widget's own, and so follows the size that the user wants.
 * Steps are counted from the input, layers from the step after it.
 */

#include "config.h"

#include "network/atelier-network-view.h"

#include <glib/gi18n.h>
#include <math.h>
#include <string.h>

#include "kit/atelier-export-job.h"
#include "kit/atelier-theme.h"

#define NATURAL_WIDTH 380
#define FONT_SHARE 0.9     /* of the widget's own font size */
#define PAGE_LAYERS 5      /* how far Page Up and Page Down go */
#define SCROLL_MARGIN 12.0 /* that is shown around the selected layer */

struct _AtelierNetworkView
{
  GtkWidget             parent_instance;

  guint                 i_selected; /* a step, or ATELIER_NO_STEP; so is i_hovered */
  guint                 i_hovered;
  double                font_size;  /* of the layout */

  /* Owned */
  AtelierNetwork       *network;    /* NULL while rows are shown */
  AtelierNetworkSteps  *steps;      /* NULL before anything is shown */
  AtelierNetworkLayout *layout;     /* NULL until it is needed */
  char                 *font;       /* of the layout */

  /* Template children */
  GtkPopover           *menu;
};

enum
{
  PROP_NETWORK = 1,
  PROP_SELECTED,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (AtelierNetworkView, atelier_network_view, GTK_TYPE_WIDGET)

/* Layout */

static double
get_font_size (AtelierNetworkView *self)
{
  PangoContext *context = gtk_widget_get_pango_context (GTK_WIDGET (self));
  const PangoFontDescription *font = pango_context_get_font_description (context);
  double size = (double) pango_font_description_get_size (font) / PANGO_SCALE;

  if (!pango_font_description_get_size_is_absolute (font))
    size *= pango_cairo_context_get_resolution (context) / 72.0;

  return FONT_SHARE * size;
}

/* The picture, without or with what the pointer and the keys have marked. */
static void
get_picture (AtelierNetworkView    *self,
             AtelierNetworkPicture *picture)
{
  GtkWidget *widget = GTK_WIDGET (self);

  atelier_network_steps_get_picture (self->steps, picture);
  picture->i_selected = self->i_selected;
  picture->i_hovered = self->i_hovered;
  picture->has_focus
    = (gtk_widget_get_state_flags (widget) & GTK_STATE_FLAG_FOCUS_VISIBLE) != 0;
  picture->font = pango_font_description_get_family (
    pango_context_get_font_description (gtk_widget_get_pango_context (widget)));
  picture->font_size = get_font_size (self);
}

static void
drop_layout (AtelierNetworkView *self)
{
  g_clear_pointer (&self->layout, atelier_network_layout_free);
}

/* Makes sure that there is a layout for the present size and typeface. */
static void
ensure_layout (AtelierNetworkView          *self,
               const AtelierNetworkPicture *picture)
{
  if (self->font_size != picture->font_size || g_strcmp0 (self->font, picture->font) != 0)
    drop_layout (self);
  if (self->layout != NULL)
    return;

  self->font_size = picture->font_size;
  g_free (self->font);
  self->font = g_strdup (picture->font);
  self->layout = atelier_network_layout_new (picture, gtk_widget_get_width (GTK_WIDGET (self)),
                                             gtk_widget_get_height (GTK_WIDGET (self)));
}

static guint
find_step (AtelierNetworkView *self,
           double              x,
           double              y)
{
  return self->layout != NULL ? atelier_network_layout_find (self->layout, x, y)
                              : ATELIER_NO_STEP;
}

/* Words */

static guint
get_n_steps (AtelierNetworkView *self)
{
  return self->steps != NULL ? atelier_network_steps_get_n (self->steps) : 0;
}

/* For screen readers: the selected layer, or else the whole network. */
static char *
describe (AtelierNetworkView *self)
{
  AtelierNetworkPicture picture;
  g_auto (GStrv) lines = NULL;
  g_autofree char *words = NULL;

  if (self->steps == NULL)
    return g_strdup ("");
  if (self->i_selected == ATELIER_NO_STEP)
    {
      atelier_network_steps_get_picture (self->steps, &picture);
      return atelier_network_picture_describe (&picture);
    }
  lines = g_strsplit (atelier_network_steps_get_words (self->steps, self->i_selected), "\n", -1);
  words = g_strjoinv (", ", lines);

  /* Translators: the place of a layer in the list, how many there are, and what it is */
  return g_strdup_printf (_("%u of %u: %s"), self->i_selected, get_n_steps (self) - 1, words);
}

static void
update (AtelierNetworkView *self)
{
  g_autofree char *words = describe (self);

  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                  words, -1);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

/* Selection */

/* Scrolls so that the selected layer is seen; of a block its head. */
static void
show_selected (AtelierNetworkView *self)
{
  GtkWidget *viewport = gtk_widget_get_ancestor (GTK_WIDGET (self), GTK_TYPE_VIEWPORT);
  const AtelierNetworkSpot *spot;
  GtkAdjustment *adjustment;
  double top, foot, x, y;

  if (viewport == NULL || self->layout == NULL || self->i_selected >= self->layout->n_spots)
    return;

  spot = &self->layout->spots[self->i_selected];
  top = spot->label.y;
  foot = spot->label.y + spot->label.height;
  if (spot->frame.width <= 0.0)
    {
      top = MIN (top, spot->shape.y);
      foot = MAX (foot, spot->shape.y + spot->shape.height);
    }
  /* Where it is in all that is scrolled, which does not depend on how far it is scrolled. */
  gtk_widget_translate_coordinates (GTK_WIDGET (self),
                                    gtk_viewport_get_child (GTK_VIEWPORT (viewport)), 0.0, top,
                                    &x, &y);
  adjustment = gtk_scrollable_get_vadjustment (GTK_SCROLLABLE (viewport));
  gtk_adjustment_clamp_page (adjustment, y - SCROLL_MARGIN, y + foot - top + SCROLL_MARGIN);
}

/* @i_step: a layer's, or else it selects nothing. */
static void
select_step (AtelierNetworkView *self,
             guint               i_step)
{
  if (i_step == 0 || i_step >= get_n_steps (self))
    i_step = ATELIER_NO_STEP;
  if (self->i_selected == i_step)
    return;

  self->i_selected = i_step;
  update (self);
  show_selected (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SELECTED]);
}

/* @steps: transfer full, nullable. */
static void
take_steps (AtelierNetworkView  *self,
            AtelierNetworkSteps *steps)
{
  g_clear_pointer (&self->steps, atelier_network_steps_unref);
  self->steps = steps;
  self->i_hovered = ATELIER_NO_STEP;
  drop_layout (self);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "network.save", steps != NULL);
  gtk_widget_queue_resize (GTK_WIDGET (self));
  select_step (self, self->i_selected);
  update (self);
}

/* Pointer */

static void
set_hovered (AtelierNetworkView *self,
             guint               i_step)
{
  if (self->i_hovered == i_step)
    return;

  self->i_hovered = i_step;
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static void
on_motion_cb (AtelierNetworkView *self,
              double              x,
              double              y)
{
  set_hovered (self, find_step (self, x, y));
}

static void
on_leave_cb (AtelierNetworkView *self)
{
  set_hovered (self, ATELIER_NO_STEP);
}

static void
on_pressed_cb (AtelierNetworkView *self,
               int                 n_press,
               double              x,
               double              y)
{
  gtk_widget_grab_focus (GTK_WIDGET (self));
  select_step (self, find_step (self, x, y));
}

static void
show_menu (AtelierNetworkView *self,
           double              x,
           double              y)
{
  if (self->steps == NULL)
    return;

  gtk_popover_set_pointing_to (self->menu, &(GdkRectangle) { (int) x, (int) y, 1, 1 });
  gtk_popover_popup (self->menu);
}

static void
on_menu_pressed_cb (AtelierNetworkView *self,
                    int                 n_press,
                    double              x,
                    double              y)
{
  show_menu (self, x, y);
}

/* Keys */

static gboolean
on_move_cb (GtkWidget *widget,
            GVariant  *args,
            gpointer   user_data)
{
  AtelierNetworkView *self = ATELIER_NETWORK_VIEW (widget);
  const int step = g_variant_get_int32 (args);
  const int n = (int) get_n_steps (self);
  int i = (int) self->i_selected;

  if (n < 2)
    return FALSE;

  /* Without a selection, the first key selects the first layer, or the last from below. */
  if (self->i_selected == ATELIER_NO_STEP)
    i = step == -1 || step == G_MAXINT16 ? n - 1 : 1;
  else
    i = CLAMP (i + step, 1, n - 1);
  select_step (self, (guint) i);

  return TRUE;
}

static gboolean
on_deselect_cb (GtkWidget *widget,
                GVariant  *args,
                gpointer   user_data)
{
  AtelierNetworkView *self = ATELIER_NETWORK_VIEW (widget);

  if (self->i_selected == ATELIER_NO_STEP)
    return FALSE;

  select_step (self, ATELIER_NO_STEP);

  return TRUE;
}

static void
on_menu_action_cb (GtkWidget  *widget,
                   const char *action_name,
                   GVariant   *parameter)
{
  AtelierNetworkView *self = ATELIER_NETWORK_VIEW (widget);
  graphene_rect_t place = GRAPHENE_RECT_INIT (0, 0, gtk_widget_get_width (widget), 0);

  if (self->i_selected != ATELIER_NO_STEP)
    atelier_network_view_get_place (self, self->i_selected - 1, &place);
  show_menu (self, place.origin.x + place.size.width / 2, place.origin.y + place.size.height / 2);
}

/* Saving */

static gboolean
write_steps (gpointer     data,
             const char  *path,
             GError     **error)
{
  return atelier_network_steps_save (data, path, error);
}

static void
on_save_action_cb (GtkWidget  *widget,
                   const char *action_name,
                   GVariant   *parameter)
{
  atelier_network_view_save (ATELIER_NETWORK_VIEW (widget), g_variant_get_string (parameter, NULL));
}

/* Overrides */

static GtkSizeRequestMode
atelier_network_view_get_request_mode (GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

static void
atelier_network_view_measure (GtkWidget      *widget,
                              GtkOrientation  orientation,
                              int             for_size,
                              int            *minimum,
                              int            *natural,
                              int            *minimum_baseline,
                              int            *natural_baseline)
{
  AtelierNetworkView *self = ATELIER_NETWORK_VIEW (widget);
  AtelierNetworkPicture picture;
  double least, lowest, usual;

  *minimum = *natural = 0;
  if (self->steps == NULL)
    return;

  get_picture (self, &picture);
  least = atelier_network_picture_get_width (&picture);
  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    {
      *minimum = (int) least;
      *natural = MAX (*minimum, NATURAL_WIDTH);
      return;
    }
  atelier_network_picture_get_heights (&picture, MAX (for_size, least), &lowest, &usual);
  *minimum = (int) lowest;
  *natural = (int) usual;
}

static void
atelier_network_view_size_allocate (GtkWidget *widget,
                                    int        width,
                                    int        height,
                                    int        baseline)
{
  AtelierNetworkView *self = ATELIER_NETWORK_VIEW (widget);
  AtelierNetworkPicture picture;

  drop_layout (self);
  gtk_popover_present (self->menu);
  if (self->steps == NULL)
    return;

  get_picture (self, &picture);
  ensure_layout (self, &picture);
}

static void
atelier_network_view_snapshot (GtkWidget   *widget,
                               GtkSnapshot *snapshot)
{
  AtelierNetworkView *self = ATELIER_NETWORK_VIEW (widget);
  AtelierNetworkPicture picture;
  AtelierPalette palette;
  cairo_t *cr;

  if (self->steps == NULL)
    return;

  get_picture (self, &picture);
  ensure_layout (self, &picture);
  atelier_theme_get_palette (widget, &palette);
  cr = gtk_snapshot_append_cairo (snapshot,
                                  &GRAPHENE_RECT_INIT (0, 0, gtk_widget_get_width (widget),
                                                       gtk_widget_get_height (widget)));
  atelier_network_picture_draw (&picture, self->layout, &palette, cr);
  cairo_destroy (cr);
}

static gboolean
atelier_network_view_query_tooltip (GtkWidget  *widget,
                                    int         x,
                                    int         y,
                                    gboolean    is_keyboard,
                                    GtkTooltip *tooltip)
{
  AtelierNetworkView *self = ATELIER_NETWORK_VIEW (widget);
  const guint i_step = is_keyboard ? self->i_selected : find_step (self, x, y);
  AtelierNetworkArea row;

  if (i_step >= get_n_steps (self) || self->layout == NULL)
    return FALSE;

  row = atelier_network_layout_get_row (self->layout, i_step);
  gtk_tooltip_set_text (tooltip, atelier_network_steps_get_words (self->steps, i_step));
  gtk_tooltip_set_tip_area (tooltip,
                            &(GdkRectangle) { (int) row.x, (int) row.y, (int) ceil (row.width),
                                              (int) ceil (row.height) });

  return TRUE;
}

static void
atelier_network_view_state_flags_changed (GtkWidget     *widget,
                                          GtkStateFlags  old_flags)
{
  GTK_WIDGET_CLASS (atelier_network_view_parent_class)->state_flags_changed (widget, old_flags);
  gtk_widget_queue_draw (widget);
}

static void
atelier_network_view_get_property (GObject    *object,
                                   guint       property_id,
                                   GValue     *value,
                                   GParamSpec *pspec)
{
  AtelierNetworkView *self = ATELIER_NETWORK_VIEW (object);

  switch (property_id)
    {
    case PROP_NETWORK:
      g_value_set_boxed (value, self->network);
      break;
    case PROP_SELECTED:
      g_value_set_uint (value, atelier_network_view_get_selected (self));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
atelier_network_view_set_property (GObject      *object,
                                   guint         property_id,
                                   const GValue *value,
                                   GParamSpec   *pspec)
{
  AtelierNetworkView *self = ATELIER_NETWORK_VIEW (object);

  switch (property_id)
    {
    case PROP_NETWORK:
      atelier_network_view_set_network (self, g_value_get_boxed (value));
      break;
    case PROP_SELECTED:
      atelier_network_view_set_selected (self, g_value_get_uint (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
atelier_network_view_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), ATELIER_TYPE_NETWORK_VIEW);

  G_OBJECT_CLASS (atelier_network_view_parent_class)->dispose (object);
}

static void
atelier_network_view_finalize (GObject *object)
{
  AtelierNetworkView *self = ATELIER_NETWORK_VIEW (object);

  g_clear_pointer (&self->network, atelier_network_unref);
  g_clear_pointer (&self->steps, atelier_network_steps_unref);
  drop_layout (self);
  g_free (self->font);

  G_OBJECT_CLASS (atelier_network_view_parent_class)->finalize (object);
}

static void
add_keys (GtkWidgetClass *widget_class)
{
  static const struct { guint keyval; int step; } keys[] = {
    { GDK_KEY_Up, -1 }, { GDK_KEY_KP_Up, -1 },
    { GDK_KEY_Down, 1 }, { GDK_KEY_KP_Down, 1 },
    { GDK_KEY_Left, -1 }, { GDK_KEY_KP_Left, -1 },
    { GDK_KEY_Right, 1 }, { GDK_KEY_KP_Right, 1 },
    { GDK_KEY_Page_Up, -PAGE_LAYERS }, { GDK_KEY_KP_Page_Up, -PAGE_LAYERS },
    { GDK_KEY_Page_Down, PAGE_LAYERS }, { GDK_KEY_KP_Page_Down, PAGE_LAYERS },
    { GDK_KEY_Home, -G_MAXINT16 }, { GDK_KEY_KP_Home, -G_MAXINT16 },
    { GDK_KEY_End, G_MAXINT16 }, { GDK_KEY_KP_End, G_MAXINT16 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    gtk_widget_class_add_binding (widget_class, keys[i].keyval, 0, on_move_cb, "i",
                                  keys[i].step);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_Escape, 0, on_deselect_cb, NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Menu, 0, "network.menu", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_F10, GDK_SHIFT_MASK, "network.menu",
                                       NULL);
}

static void
bind_template (GtkWidgetClass *widget_class)
{
  gtk_widget_class_set_template_from_resource (
    widget_class, "/io/github/atelier_nn/Atelier/network/atelier-network-view.ui");
  gtk_widget_class_bind_template_child (widget_class, AtelierNetworkView, menu);
  gtk_widget_class_bind_template_callback (widget_class, on_motion_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_leave_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_pressed_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_menu_pressed_cb);
}

static void
atelier_network_view_class_init (AtelierNetworkViewClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = atelier_network_view_get_property;
  object_class->set_property = atelier_network_view_set_property;
  object_class->dispose = atelier_network_view_dispose;
  object_class->finalize = atelier_network_view_finalize;
  widget_class->get_request_mode = atelier_network_view_get_request_mode;
  widget_class->measure = atelier_network_view_measure;
  widget_class->size_allocate = atelier_network_view_size_allocate;
  widget_class->snapshot = atelier_network_view_snapshot;
  widget_class->query_tooltip = atelier_network_view_query_tooltip;
  widget_class->state_flags_changed = atelier_network_view_state_flags_changed;

  properties[PROP_NETWORK] =
    g_param_spec_boxed ("network", NULL, NULL, ATELIER_TYPE_NETWORK,
                        G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  properties[PROP_SELECTED] =
    g_param_spec_uint ("selected", NULL, NULL, 0, G_MAXUINT, ATELIER_NO_LAYER,
                       G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  gtk_widget_class_install_action (widget_class, "network.save", "s", on_save_action_cb);
  gtk_widget_class_install_action (widget_class, "network.menu", NULL, on_menu_action_cb);
  add_keys (widget_class);
  bind_template (widget_class);
  gtk_widget_class_set_css_name (widget_class, "networkview");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_IMG);
}

static void
atelier_network_view_init (AtelierNetworkView *self)
{
  self->i_selected = self->i_hovered = ATELIER_NO_STEP;
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "network.save", FALSE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _("Picture of the network"), -1);
  atelier_theme_watch (GTK_WIDGET (self), gtk_widget_queue_draw);
}

/* Public */

GtkWidget *
atelier_network_view_new (void)
{
  return g_object_new (ATELIER_TYPE_NETWORK_VIEW, NULL);
}

AtelierNetwork *
atelier_network_view_get_network (AtelierNetworkView *self)
{
  g_return_val_if_fail (ATELIER_IS_NETWORK_VIEW (self), NULL);

  return self->network;
}

void
atelier_network_view_set_network (AtelierNetworkView *self,
                                  AtelierNetwork     *network)
{
  g_return_if_fail (ATELIER_IS_NETWORK_VIEW (self));

  if (self->network == network && (network != NULL || self->steps == NULL))
    return;

  g_clear_pointer (&self->network, atelier_network_unref);
  if (network != NULL)
    self->network = atelier_network_ref (network);
  take_steps (self, network != NULL ? atelier_network_steps_new (network) : NULL);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_NETWORK]);
}

void
atelier_network_view_set_rows (AtelierNetworkView          *self,
                               const char                  *name,
                               guint                        height,
                               guint                        width,
                               guint                        channels,
                               const AtelierNetworkStepRow *rows,
                               guint                        n_rows)
{
  const gboolean had_network = ATELIER_IS_NETWORK_VIEW (self) && self->network != NULL;

  g_return_if_fail (ATELIER_IS_NETWORK_VIEW (self));
  g_return_if_fail (name != NULL && (rows != NULL || n_rows == 0));

  g_clear_pointer (&self->network, atelier_network_unref);
  take_steps (self, atelier_network_steps_new_for_rows (name, height, width, channels, rows,
                                                        n_rows));
  if (had_network)
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_NETWORK]);
}

guint
atelier_network_view_get_selected (AtelierNetworkView *self)
{
  g_return_val_if_fail (ATELIER_IS_NETWORK_VIEW (self), ATELIER_NO_LAYER);

  return self->i_selected == ATELIER_NO_STEP ? ATELIER_NO_LAYER : self->i_selected - 1;
}

void
atelier_network_view_set_selected (AtelierNetworkView *self,
                                   guint               i_layer)
{
  g_return_if_fail (ATELIER_IS_NETWORK_VIEW (self));

  select_step (self, i_layer == ATELIER_NO_LAYER ? ATELIER_NO_STEP : i_layer + 1);
}

gboolean
atelier_network_view_get_place (AtelierNetworkView *self,
                                guint               i_layer,
                                graphene_rect_t    *place)
{
  AtelierNetworkArea row;

  g_return_val_if_fail (ATELIER_IS_NETWORK_VIEW (self) && place != NULL, FALSE);

  if (self->layout == NULL || i_layer >= self->layout->n_spots - 1)
    return FALSE;

  row = atelier_network_layout_get_row (self->layout, i_layer + 1);
  *place = GRAPHENE_RECT_INIT ((float) row.x, (float) row.y, (float) row.width,
                               (float) row.height);

  return TRUE;
}

void
atelier_network_view_save (AtelierNetworkView *self,
                           const char         *suffix)
{
  g_autofree char *name = NULL;
  AtelierExportJob job = {
    .title = _("Save the Picture"),
    .suffix = suffix,
    .failure = _("The Picture Could Not Be Saved"),
    .write = write_steps,
  };

  g_return_if_fail (ATELIER_IS_NETWORK_VIEW (self) && suffix != NULL);

  if (self->steps == NULL)
    return;

  /* Translators: a file's name; %s is a network's name. */
  name = g_strdup_printf (_("%s, picture"), atelier_network_steps_get_name (self->steps));
  job.suggested_name = name;
  atelier_export_job_ask (GTK_WIDGET (self), &job, atelier_network_steps_ref (self->steps),
                          (GDestroyNotify) atelier_network_steps_unref);
}
