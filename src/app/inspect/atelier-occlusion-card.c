/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Weights are published twice a second while a network trains.  A map of each would keep a core
 * busy that the training wants, so a new one is made for another picture and for another epoch's
 * weights only; the words say whose they are.
 */

#include "config.h"

#include "inspect/atelier-occlusion-card.h"

#include <glib/gi18n.h>

#include "kit/atelier-occlusion-overlay.h"
#include "kit/atelier-theme.h"

struct _AtelierOcclusionCard
{
  GtkWidget         parent_instance;

  gboolean          is_active;
  AtelierSplit      split;
  guint             i_image;
  guint             n_epochs; /* of the weights that the map is or will be of */

  /* Owned */
  AtelierPixels    *pixels;
  AtelierModel     *model;       /* nullable */
  AtelierDataset   *dataset;     /* nullable */
  AtelierOcclusion *occlusion;   /* nullable */
  GCancellable     *cancellable; /* while a map is being computed */

  /* Template children */
  GtkSpinner       *spinner;
  GtkRevealer      *revealer;
  GtkWidget        *legend_box;
  GtkWidget        *ramp;
  GtkLabel         *highest_label;
  GtkLabel         *words_label;
};

G_DEFINE_FINAL_TYPE (AtelierOcclusionCard, atelier_occlusion_card, GTK_TYPE_WIDGET)

enum
{
  PROP_ACTIVE = 1,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

static void
draw_ramp (GtkDrawingArea *area,
           cairo_t        *cr,
           int             width,
           int             height,
           gpointer        user_data)
{
  cairo_pattern_t *pattern = cairo_pattern_create_linear (0.0, 0.0, width, 0.0);
  AtelierPalette palette;

  atelier_theme_get_palette (GTK_WIDGET (area), &palette);
  cairo_pattern_add_color_stop_rgba (pattern, 0.0, palette.validation.red,
                                     palette.validation.green, palette.validation.blue, 0.0);
  cairo_pattern_add_color_stop_rgba (pattern, 1.0, palette.validation.red,
                                     palette.validation.green, palette.validation.blue,
                                     ATELIER_OCCLUSION_HIGHEST_ALPHA);
  cairo_set_source (cr, pattern);
  cairo_paint (cr);
  cairo_pattern_destroy (pattern);
}

/* Showing */

static void
show_overlay (AtelierOcclusionCard *self)
{
  g_autoptr (GdkTexture) overlay = NULL;

  if (self->pixels == NULL)
    return;

  if (self->is_active && self->occlusion)
    overlay = atelier_occlusion_overlay_new (self->occlusion, GTK_WIDGET (self));
  atelier_pixels_set_overlay (self->pixels, overlay);
}

static char *
describe (AtelierOcclusionCard *self)
{
  const char * const *class_names = atelier_model_get_class_names (self->model);
  const char *name =
    atelier_class_name_translate (class_names[atelier_occlusion_get_class (self->occlusion)]);
  g_autofree char *words = atelier_occlusion_describe (self->occlusion);

  /* Translators: a class; an epoch's number; a sentence about what the answer rests on. */
  return g_strdup_printf (_("%s, by the weights after epoch %u. %s"), name, self->n_epochs, words);
}

static void
show_words (AtelierOcclusionCard *self)
{
  g_autofree char *words = NULL;
  g_autofree char *highest = NULL;

  gtk_revealer_set_reveal_child (self->revealer, self->is_active);
  gtk_widget_set_visible (self->legend_box, self->occlusion != NULL);
  if (self->occlusion)
    {
      highest = g_strdup_printf ("%.2f", atelier_occlusion_overlay_get_range (self->occlusion));
      gtk_label_set_label (self->highest_label, highest);
      words = describe (self);
    }
  else if (self->model == NULL)
    words = g_strdup (_("There are no weights to ask."));
  gtk_label_set_label (self->words_label, words ? words : "");
  if (self->pixels)
    gtk_accessible_update_property (GTK_ACCESSIBLE (self->pixels),
                                    GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                    self->is_active && words ? words : "", -1);
}

static void
show (AtelierOcclusionCard *self)
{
  show_overlay (self);
  show_words (self);
}

/* Computing */

static void
cancel (AtelierOcclusionCard *self)
{
  if (self->cancellable)
    g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  gtk_spinner_stop (self->spinner);
}

static void
on_ready_cb (GObject      *source,
             GAsyncResult *result,
             gpointer      user_data)
{
  g_autoptr (AtelierOcclusionCard) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (AtelierOcclusion) occlusion = atelier_occlusion_finish (result, &error);

  /* Another picture has taken over, or the card is gone. */
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  g_clear_object (&self->cancellable);
  gtk_spinner_stop (self->spinner);
  g_clear_pointer (&self->occlusion, atelier_occlusion_unref);
  self->occlusion = g_steal_pointer (&occlusion);
  show (self);
  if (error)
    gtk_label_set_label (self->words_label, error->message);
}

static void
compute (AtelierOcclusionCard *self)
{
  g_autoptr (GBytes) pixels = NULL;

  cancel (self);
  if (!self->is_active || self->model == NULL || self->dataset == NULL)
    return;

  self->n_epochs = atelier_model_get_n_epochs (self->model);
  self->cancellable = g_cancellable_new ();
  gtk_spinner_start (self->spinner);
  pixels = g_bytes_new (atelier_dataset_get_image (self->dataset, self->split, self->i_image),
                        atelier_dataset_get_image_size (self->dataset));
  atelier_occlusion_async (self->model, pixels, self->cancellable, on_ready_cb,
                           g_object_ref (self));
}

static void
set_active (AtelierOcclusionCard *self,
            gboolean              is_active)
{
  if (self->is_active == is_active)
    return;

  self->is_active = is_active;
  if (is_active && self->occlusion == NULL)
    compute (self);
  else if (!is_active)
    cancel (self);
  show (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_ACTIVE]);
}

/* Overrides */

static void
atelier_occlusion_card_get_property (GObject    *object,
                                     guint       property_id,
                                     GValue     *value,
                                     GParamSpec *pspec)
{
  AtelierOcclusionCard *self = ATELIER_OCCLUSION_CARD (object);

  switch (property_id)
    {
    case PROP_ACTIVE:
      g_value_set_boolean (value, self->is_active);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
atelier_occlusion_card_set_property (GObject      *object,
                                     guint         property_id,
                                     const GValue *value,
                                     GParamSpec   *pspec)
{
  switch (property_id)
    {
    case PROP_ACTIVE:
      set_active (ATELIER_OCCLUSION_CARD (object), g_value_get_boolean (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
atelier_occlusion_card_dispose (GObject *object)
{
  AtelierOcclusionCard *self = ATELIER_OCCLUSION_CARD (object);
  GtkWidget *child;

  if (self->cancellable)
    g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self))))
    gtk_widget_unparent (child);
  gtk_widget_dispose_template (GTK_WIDGET (self), ATELIER_TYPE_OCCLUSION_CARD);
  g_clear_object (&self->pixels);
  g_clear_pointer (&self->model, atelier_model_unref);
  g_clear_pointer (&self->dataset, atelier_dataset_unref);
  g_clear_pointer (&self->occlusion, atelier_occlusion_unref);

  G_OBJECT_CLASS (atelier_occlusion_card_parent_class)->dispose (object);
}

static void
atelier_occlusion_card_class_init (AtelierOcclusionCardClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = atelier_occlusion_card_get_property;
  object_class->set_property = atelier_occlusion_card_set_property;
  object_class->dispose = atelier_occlusion_card_dispose;

  properties[PROP_ACTIVE] =
    g_param_spec_boolean ("active", NULL, NULL, FALSE,
                          G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  gtk_widget_class_set_template_from_resource (
    widget_class, "/io/github/atelier_nn/Atelier/inspect/atelier-occlusion-card.ui");
  gtk_widget_class_bind_template_child (widget_class, AtelierOcclusionCard, spinner);
  gtk_widget_class_bind_template_child (widget_class, AtelierOcclusionCard, revealer);
  gtk_widget_class_bind_template_child (widget_class, AtelierOcclusionCard, legend_box);
  gtk_widget_class_bind_template_child (widget_class, AtelierOcclusionCard, ramp);
  gtk_widget_class_bind_template_child (widget_class, AtelierOcclusionCard, highest_label);
  gtk_widget_class_bind_template_child (widget_class, AtelierOcclusionCard, words_label);
  gtk_widget_class_set_css_name (widget_class, "occlusioncard");
}

static void
on_theme_changed_cb (GtkWidget *widget)
{
  show_overlay (ATELIER_OCCLUSION_CARD (widget));
  gtk_widget_queue_draw (ATELIER_OCCLUSION_CARD (widget)->ramp);
}

static void
atelier_occlusion_card_init (AtelierOcclusionCard *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_drawing_area_set_draw_func (GTK_DRAWING_AREA (self->ramp), draw_ramp, NULL, NULL);
  atelier_theme_watch (GTK_WIDGET (self), on_theme_changed_cb);
}

void
atelier_occlusion_card_set_pixels (AtelierOcclusionCard *self,
                                   AtelierPixels        *pixels)
{
  g_return_if_fail (ATELIER_IS_OCCLUSION_CARD (self));
  g_return_if_fail (ATELIER_IS_PIXELS (pixels));

  g_set_object (&self->pixels, pixels);
}

void
atelier_occlusion_card_set_picture (AtelierOcclusionCard *self,
                                    AtelierModel         *model,
                                    AtelierDataset       *dataset,
                                    AtelierSplit          split,
                                    guint                 i_image)
{
  gboolean is_same_picture, is_same;

  g_return_if_fail (ATELIER_IS_OCCLUSION_CARD (self));

  is_same_picture =
    dataset == self->dataset && split == self->split && i_image == self->i_image;
  is_same = is_same_picture && (model != NULL) == (self->model != NULL)
            && (model == NULL || atelier_model_get_n_epochs (model) == self->n_epochs);
  if (is_same && (self->occlusion || self->cancellable))
    return;

  if (dataset)
    atelier_dataset_ref (dataset);
  g_clear_pointer (&self->dataset, atelier_dataset_unref);
  self->dataset = dataset;
  if (model)
    atelier_model_ref (model);
  g_clear_pointer (&self->model, atelier_model_unref);
  self->model = model;
  self->split = split;
  self->i_image = i_image;
  /* The map of other weights stays until the new one is there; that of another picture goes. */
  if (!is_same_picture || model == NULL)
    g_clear_pointer (&self->occlusion, atelier_occlusion_unref);
  compute (self);
  show (self);
}

AtelierOcclusion *
atelier_occlusion_card_get_occlusion (AtelierOcclusionCard *self)
{
  g_return_val_if_fail (ATELIER_IS_OCCLUSION_CARD (self), NULL);

  return self->is_active ? self->occlusion : NULL;
}
