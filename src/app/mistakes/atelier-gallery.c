/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The gallery: a heading that says which pictures are shown, and a view of them.
 *
 * An open inspector and the view follow each other: a picture selected here is shown there, and the
 * inspector's arrows move the selection here.  When another epoch or another cell brings a list
 * without the inspected picture, the inspector keeps it, so that one picture can be followed
 * through the epochs. The arrows then continue from where it was in the old list.  Main thread.
 */

#include "config.h"

#include "mistakes/atelier-gallery.h"

#include <glib/gi18n.h>

#include "results/atelier-image-story.h"

struct _AtelierGallery
{
  GtkWidget           parent_instance;

  guint               order;
  guint               opened; /* index of the inspector's picture, now or when it was last listed */

  /* Owned */
  AtelierFocus       *focus; /* NULL until it is set */
  AtelierTrainer     *trainer;
  AtelierInspector   *inspector; /* GTK also holds a reference until it is destroyed */

  /* Template children */
  GtkWidget          *controls_box;
  GtkLabel           *title_label;
  GtkLabel           *subtitle_label;
  GtkStack           *stack;
  GtkInscription     *empty_label;
  AtelierPictureView *view;
};

G_DEFINE_FINAL_TYPE (AtelierGallery, atelier_gallery, GTK_TYPE_WIDGET)

enum
{
  PROP_ORDER = 1,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

static const AtelierSelection no_selection = { .kind = ATELIER_SELECT_MISTAKES };

static AtelierPredictions *
get_predictions (AtelierGallery *self)
{
  return self->focus ? atelier_focus_get_predictions (self->focus) : NULL;
}

static AtelierPictureList *
get_list (AtelierGallery *self)
{
  return atelier_picture_view_get_list (self->view);
}

static guint
count_listed (AtelierGallery *self)
{
  return g_list_model_get_n_items (G_LIST_MODEL (get_list (self)));
}

static void
update_heading (AtelierGallery *self)
{
  AtelierPredictions *predictions = get_predictions (self);
  const AtelierSelection *selection;
  const char * const *class_names;
  g_autofree char *title = NULL;
  g_autofree char *description = NULL;
  g_autofree char *subtitle = NULL;

  gtk_widget_set_visible (self->controls_box, predictions != NULL);
  gtk_widget_set_visible (GTK_WIDGET (self->subtitle_label), predictions != NULL);
  if (predictions == NULL)
    {
      gtk_label_set_label (self->title_label, _("Pictures"));
      return;
    }

  selection = atelier_focus_get_selection (self->focus);
  class_names = atelier_dataset_get_class_names (atelier_focus_get_dataset (self->focus));
  title = atelier_selection_title (selection, class_names);
  description = atelier_selection_describe (selection, atelier_focus_get_confusion (self->focus),
                                            class_names);
  /* Translators: "82 of 493 true Shirt · validation, epoch 7". */
  subtitle = g_strdup_printf (_("%s · %s, epoch %u"), description,
                              atelier_split_get_name (atelier_predictions_get_split (predictions)),
                              atelier_focus_get_epoch (self->focus));
  gtk_label_set_label (self->title_label, title);
  gtk_label_set_label (self->subtitle_label, subtitle);
}

/* The inspector */

static gboolean
is_inspecting (AtelierGallery *self)
{
  return self->inspector && gtk_widget_get_visible (GTK_WIDGET (self->inspector));
}

static void
inspect (AtelierGallery *self,
         guint           position)
{
  self->opened = position;
  atelier_inspector_set_picture (self->inspector,
                                 atelier_picture_list_get_picture (get_list (self), position));
}

/* Starts from where the picture is, or was before it left the list. */
static guint
get_step_target (AtelierGallery *self,
                 int             step)
{
  guint n = count_listed (self);
  gboolean is_listed =
    atelier_picture_list_find (get_list (self), atelier_inspector_get_picture (self->inspector),
                               &self->opened);

  if (step < 0)
    return self->opened > 0 ? MIN (self->opened, n) - 1 : 0;

  return MIN (is_listed ? self->opened + 1 : self->opened, n - 1);
}

static void
on_inspector_step_cb (AtelierGallery *self,
                      int             step)
{
  guint position;

  if (count_listed (self) == 0)
    return;

  position = get_step_target (self, step);
  inspect (self, position);
  atelier_picture_view_go_to (self->view, position, FALSE);
}

static void
on_inspector_hide_cb (AtelierGallery *self)
{
  guint position;

  if (gtk_widget_get_mapped (GTK_WIDGET (self))
      && atelier_picture_list_find (get_list (self),
                                    atelier_inspector_get_picture (self->inspector), &position))
    atelier_picture_view_go_to (self->view, position, TRUE);
}

static void
ensure_inspector (AtelierGallery *self)
{
  if (self->inspector)
    return;

  self->inspector = g_object_ref (
    atelier_inspector_new (GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self))), self->focus));
  atelier_inspector_set_trainer (self->inspector, self->trainer);
  g_signal_connect_object (self->inspector, "step", G_CALLBACK (on_inspector_step_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->inspector, "hide", G_CALLBACK (on_inspector_hide_cb), self,
                           G_CONNECT_SWAPPED);
}

static void
on_view_open_cb (AtelierGallery *self,
                 guint           position)
{
  ensure_inspector (self);
  inspect (self, position);
  gtk_window_present (GTK_WINDOW (self->inspector));
}

/* If the inspector is open, it shows the newly selected picture. */
static void
on_selection_changed_cb (AtelierGallery *self)
{
  g_autoptr (GtkBitset) selected = atelier_picture_list_get_selected (get_list (self));

  if (is_inspecting (self) && gtk_bitset_get_size (selected) == 1)
    inspect (self, gtk_bitset_get_minimum (selected));
}

/* The list */

static const char *
explain_emptiness (AtelierGallery *self)
{
  AtelierHistory *history = self->focus ? atelier_focus_get_history (self->focus) : NULL;

  if (get_predictions (self))
    return _("No picture: the network gave no such answer in this epoch.");
  if (history && atelier_focus_get_split (self->focus) == ATELIER_SPLIT_TEST)
    return atelier_focus_get_test (self->focus, NULL, NULL)
             ? _("The test set was looked at in another epoch. Its pictures are shown there.")
             : _("The test set is locked. Its pictures appear here once you have looked at it.");
  if (history && atelier_history_get_n_epochs (history) > 0)
    return _("These pictures were not classified in this epoch.");
  if (history)
    return _("The pictures that the network gets wrong appear here after the first epoch.");

  return _("After the first epoch, the pictures that the network got wrong appear here. "
           "Choose a number in the matrix to see the pictures behind it.");
}

/* Counted over all epochs of the run so far, whatever epoch is shown; NULL unless the order needs
 * it. */
static guint *
count_flips (AtelierGallery *self)
{
  AtelierPredictions *predictions = get_predictions (self);
  g_autofree guint *flips = NULL;
  guint n;

  if (self->order != ATELIER_ORDER_MOST_FLIPPED || predictions == NULL)
    return NULL;

  flips = atelier_history_count_flips (atelier_focus_get_history (self->focus),
                                       atelier_predictions_get_split (predictions), &n);

  return n == atelier_predictions_get_n (predictions) ? g_steal_pointer (&flips) : NULL;
}

static void
update_list (AtelierGallery *self)
{
  g_autofree guint *flips = count_flips (self);
  const AtelierSelection *selection =
    self->focus ? atelier_focus_get_selection (self->focus) : &no_selection;
  AtelierSplits *splits = self->focus ? atelier_focus_get_splits (self->focus) : NULL;

  g_object_set (self->view, "says-truth", selection->kind != ATELIER_SELECT_CELL, NULL);
  atelier_picture_list_fill (get_list (self), splits, get_predictions (self), selection,
                             self->order, flips);
  gtk_inscription_set_text (self->empty_label, explain_emptiness (self));
  gtk_stack_set_visible_child_name (self->stack, count_listed (self) > 0 ? "pictures" : "empty");
}

static void
show_focus (AtelierGallery *self)
{
  update_heading (self);
  update_list (self);
}

static void
atelier_gallery_get_property (GObject    *object,
                              guint       property_id,
                              GValue     *value,
                              GParamSpec *pspec)
{
  AtelierGallery *self = ATELIER_GALLERY (object);

  switch (property_id)
    {
    case PROP_ORDER:
      g_value_set_uint (value, self->order);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
atelier_gallery_set_property (GObject      *object,
                              guint         property_id,
                              const GValue *value,
                              GParamSpec   *pspec)
{
  AtelierGallery *self = ATELIER_GALLERY (object);

  switch (property_id)
    {
    case PROP_ORDER:
      if (self->order == g_value_get_uint (value))
        break;
      self->order = g_value_get_uint (value);
      update_list (self);
      g_object_notify_by_pspec (object, pspec);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
destroy_inspector (AtelierGallery *self)
{
  if (self->inspector)
    {
      g_signal_handlers_disconnect_by_data (self->inspector, self);
      gtk_window_destroy (GTK_WINDOW (self->inspector));
    }
  g_clear_object (&self->inspector);
}

/* Destroys the inspector while its parent window still exists: the gallery may outlive that
 * window. */
static void
atelier_gallery_unroot (GtkWidget *widget)
{
  destroy_inspector (ATELIER_GALLERY (widget));

  GTK_WIDGET_CLASS (atelier_gallery_parent_class)->unroot (widget);
}

static void
atelier_gallery_dispose (GObject *object)
{
  AtelierGallery *self = ATELIER_GALLERY (object);
  GtkWidget *child;

  destroy_inspector (self);
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self))))
    gtk_widget_unparent (child);
  gtk_widget_dispose_template (GTK_WIDGET (self), ATELIER_TYPE_GALLERY);
  g_clear_object (&self->focus);
  g_clear_object (&self->trainer);

  G_OBJECT_CLASS (atelier_gallery_parent_class)->dispose (object);
}

static void
atelier_gallery_class_init (AtelierGalleryClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = atelier_gallery_get_property;
  object_class->set_property = atelier_gallery_set_property;
  object_class->dispose = atelier_gallery_dispose;
  widget_class->unroot = atelier_gallery_unroot;

  properties[PROP_ORDER] =
    g_param_spec_uint ("order", NULL, NULL, 0, ATELIER_N_ORDERS - 1, ATELIER_ORDER_MOST_CERTAIN,
                       G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  g_type_ensure (ATELIER_TYPE_PICTURE_VIEW);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/atelier_nn/Atelier/mistakes/"
                                               "atelier-gallery.ui");
  gtk_widget_class_bind_template_child (widget_class, AtelierGallery, controls_box);
  gtk_widget_class_bind_template_child (widget_class, AtelierGallery, title_label);
  gtk_widget_class_bind_template_child (widget_class, AtelierGallery, subtitle_label);
  gtk_widget_class_bind_template_child (widget_class, AtelierGallery, stack);
  gtk_widget_class_bind_template_child (widget_class, AtelierGallery, empty_label);
  gtk_widget_class_bind_template_child (widget_class, AtelierGallery, view);
  gtk_widget_class_bind_template_callback (widget_class, on_view_open_cb);
  gtk_widget_class_set_css_name (widget_class, "gallery");
}

static void
atelier_gallery_init (AtelierGallery *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));

  gtk_widget_insert_action_group (GTK_WIDGET (self), "pictures",
                                  atelier_picture_view_get_actions (self->view));
  g_signal_connect_object (get_list (self), "selection-changed",
                           G_CALLBACK (on_selection_changed_cb), self, G_CONNECT_SWAPPED);
  show_focus (self);
}

void
atelier_gallery_set_focus (AtelierGallery *self,
                           AtelierFocus   *focus)
{
  g_return_if_fail (ATELIER_IS_GALLERY (self));
  g_return_if_fail (ATELIER_IS_FOCUS (focus));
  g_return_if_fail (self->focus == NULL);

  self->focus = g_object_ref (focus);
  g_signal_connect_object (focus, "changed", G_CALLBACK (show_focus), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (focus, "selection-changed", G_CALLBACK (show_focus), self,
                           G_CONNECT_SWAPPED);
  show_focus (self);
}

void
atelier_gallery_set_trainer (AtelierGallery *self,
                             AtelierTrainer *trainer)
{
  g_return_if_fail (ATELIER_IS_GALLERY (self));
  g_return_if_fail (trainer == NULL || ATELIER_IS_TRAINER (trainer));

  g_set_object (&self->trainer, trainer);
  if (self->inspector)
    atelier_inspector_set_trainer (self->inspector, trainer);
}

AtelierPictureView *
atelier_gallery_get_view (AtelierGallery *self)
{
  g_return_val_if_fail (ATELIER_IS_GALLERY (self), NULL);

  return self->view;
}

AtelierPictureList *
atelier_gallery_get_list (AtelierGallery *self)
{
  g_return_val_if_fail (ATELIER_IS_GALLERY (self), NULL);

  return get_list (self);
}

AtelierInspector *
atelier_gallery_get_inspector (AtelierGallery *self)
{
  g_return_val_if_fail (ATELIER_IS_GALLERY (self), NULL);

  return self->inspector;
}
