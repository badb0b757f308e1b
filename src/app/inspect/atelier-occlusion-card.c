/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A network in training publishes its weights twice a second.  Computing a map of each would take a
 * core away from the training, so a new map is computed only when the picture or the epoch of the
 * weights changes.  The text names the epoch.
 *
 * The card is always as high as with a map, so that nothing below it moves when a map is switched
 * on or is ready.
 */

#include "config.h"

#include "inspect/atelier-occlusion-card.h"

#include <glib/gi18n.h>

#include "kit/atelier-occlusion-job.h"
#include "kit/atelier-occlusion-overlay.h"
#include "kit/atelier-theme.h"

struct _AtelierOcclusionCard
{
  GtkWidget parent_instance;

  gboolean     is_active;
  guint        picture;
  guint        n_epochs; /* of the weights that a map was last requested for */

  /* Owned */
  AtelierOcclusionJob *job;
  AtelierPixels       *pixels;
  AtelierModel        *model;   /* nullable */
  AtelierDataset      *dataset; /* nullable */

  /* Template children */
  GtkSpinner     *spinner;
  GtkStack       *stack; /* always as high as its higher page */
  GtkWidget      *legend_box;
  GtkWidget      *ramp;
  GtkLabel       *highest_label;
  GtkInscription *words;
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
  AtelierOcclusion *occlusion = atelier_occlusion_card_get_occlusion (self);
  g_autoptr (GdkTexture) overlay = NULL;

  if (self->pixels == NULL)
    return;

  if (occlusion)
    overlay = atelier_occlusion_overlay_new (occlusion, GTK_WIDGET (self));
  atelier_pixels_set_overlay (self->pixels, overlay);
}

static char *
describe (AtelierOcclusion *occlusion,
          AtelierModel     *model)
{
  const char * const *class_names = atelier_model_get_class_names (model);
  const char *name =
    atelier_class_name_translate (class_names[atelier_occlusion_get_class (occlusion)]);
  g_autofree char *words = atelier_occlusion_describe (occlusion);

  /* Translators: a class; an epoch's number; a sentence about what the answer rests on. */
  return g_strdup_printf (_("%s, by the weights after epoch %u. %s"), name,
                          atelier_model_get_n_epochs (model), words);
}

/* The words have room for five lines; the tooltip has what is longer. */
static void
set_words (AtelierOcclusionCard *self,
           const char           *words)
{
  gtk_inscription_set_text (self->words, words);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->words), *words ? words : NULL);
}

static void
show_words (AtelierOcclusionCard *self)
{
  AtelierOcclusion *occlusion = atelier_occlusion_job_get_occlusion (self->job);
  g_autofree char *words = NULL;
  g_autofree char *highest = NULL;

  gtk_stack_set_visible_child_name (self->stack, self->is_active ? "map" : "hint");
  /* It keeps its room. */
  gtk_widget_set_child_visible (self->legend_box, occlusion != NULL);
  if (occlusion)
    {
      highest = g_strdup_printf ("%.2f", atelier_occlusion_overlay_get_range (occlusion));
      gtk_label_set_label (self->highest_label, highest);
      words = describe (occlusion, atelier_occlusion_job_get_model (self->job));
    }
  else if (self->model == NULL)
    words = g_strdup (_("There are no trained weights yet."));
  set_words (self, words ? words : "");
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
on_job_finished_cb (AtelierOcclusionCard *self,
                    GError               *error)
{
  show (self);
  if (error)
    set_words (self, error->message);
}

static void
compute (AtelierOcclusionCard *self)
{
  g_autoptr (GBytes) pixels = NULL;

  if (!self->is_active || self->model == NULL || self->dataset == NULL)
    {
      atelier_occlusion_job_cancel (self->job);
      return;
    }

  self->n_epochs = atelier_model_get_n_epochs (self->model);
  pixels = g_bytes_new (atelier_dataset_get_image (self->dataset, self->picture),
                        atelier_dataset_get_image_size (self->dataset));
  atelier_occlusion_job_start (self->job, self->model, pixels, 0);
}

static void
set_active (AtelierOcclusionCard *self,
            gboolean              is_active)
{
  if (self->is_active == is_active)
    return;

  self->is_active = is_active;
  if (!is_active || atelier_occlusion_job_get_occlusion (self->job) == NULL)
    compute (self);
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

  atelier_occlusion_job_cancel (self->job);
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self))))
    gtk_widget_unparent (child);
  gtk_widget_dispose_template (GTK_WIDGET (self), ATELIER_TYPE_OCCLUSION_CARD);
  g_clear_object (&self->pixels);
  g_clear_pointer (&self->model, atelier_model_unref);
  g_clear_pointer (&self->dataset, atelier_dataset_unref);

  G_OBJECT_CLASS (atelier_occlusion_card_parent_class)->dispose (object);
}

static void
atelier_occlusion_card_finalize (GObject *object)
{
  g_object_unref (ATELIER_OCCLUSION_CARD (object)->job);

  G_OBJECT_CLASS (atelier_occlusion_card_parent_class)->finalize (object);
}

static void
atelier_occlusion_card_class_init (AtelierOcclusionCardClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = atelier_occlusion_card_get_property;
  object_class->set_property = atelier_occlusion_card_set_property;
  object_class->dispose = atelier_occlusion_card_dispose;
  object_class->finalize = atelier_occlusion_card_finalize;

  properties[PROP_ACTIVE] =
    g_param_spec_boolean ("active", NULL, NULL, FALSE,
                          G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  gtk_widget_class_set_template_from_resource (
    widget_class, "/io/github/atelier_nn/Atelier/inspect/atelier-occlusion-card.ui");
  gtk_widget_class_bind_template_child (widget_class, AtelierOcclusionCard, spinner);
  gtk_widget_class_bind_template_child (widget_class, AtelierOcclusionCard, stack);
  gtk_widget_class_bind_template_child (widget_class, AtelierOcclusionCard, legend_box);
  gtk_widget_class_bind_template_child (widget_class, AtelierOcclusionCard, ramp);
  gtk_widget_class_bind_template_child (widget_class, AtelierOcclusionCard, highest_label);
  gtk_widget_class_bind_template_child (widget_class, AtelierOcclusionCard, words);
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
  self->job = atelier_occlusion_job_new ();
  g_signal_connect_object (self->job, "finished", G_CALLBACK (on_job_finished_cb), self,
                           G_CONNECT_SWAPPED);
  g_object_bind_property (self->job, "is-busy", self->spinner, "spinning", G_BINDING_DEFAULT);
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
                                    guint                 picture)
{
  gboolean is_same_picture, is_same, has_map;

  g_return_if_fail (ATELIER_IS_OCCLUSION_CARD (self));

  is_same_picture =
    dataset == self->dataset && picture == self->picture;
  is_same = is_same_picture && (model != NULL) == (self->model != NULL)
            && (model == NULL || atelier_model_get_n_epochs (model) == self->n_epochs);
  has_map = atelier_occlusion_job_get_occlusion (self->job) != NULL
            || atelier_occlusion_job_get_is_busy (self->job);
  if (is_same && has_map)
    return;

  if (dataset)
    atelier_dataset_ref (dataset);
  g_clear_pointer (&self->dataset, atelier_dataset_unref);
  self->dataset = dataset;
  if (model)
    atelier_model_ref (model);
  g_clear_pointer (&self->model, atelier_model_unref);
  self->model = model;
  self->picture = picture;
  /* A map of older weights stays until the new one is ready; one of another picture does not. */
  if (!is_same_picture || model == NULL)
    atelier_occlusion_job_clear (self->job);
  compute (self);
  show (self);
}

AtelierOcclusion *
atelier_occlusion_card_get_occlusion (AtelierOcclusionCard *self)
{
  g_return_val_if_fail (ATELIER_IS_OCCLUSION_CARD (self), NULL);

  return self->is_active ? atelier_occlusion_job_get_occlusion (self->job) : NULL;
}
