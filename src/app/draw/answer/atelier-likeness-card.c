/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Five tiles are created once and only get other pictures, so that no widget is built during a
 * stroke.  Without neighbours a text takes the same space, so that nothing moves when they arrive.
 */

#include "config.h"

#include "draw/answer/atelier-likeness-card.h"

#include <glib/gi18n.h>

#include "draw/answer/atelier-neighbor-finder.h"
#include "inspect/atelier-inspector.h"
#include "kit/atelier-pixels.h"

#define TILE_SIDE 56

typedef struct
{
  GtkWidget     *button;
  AtelierPixels *pixels;
  GtkLabel      *label;
} Tile;

struct _AtelierLikenessCard
{
  GtkWidget parent_instance;

  Tile        tiles[ATELIER_N_NEIGHBORS]; /* owned by the box */
  gboolean    has_pixels;
  const char *words;
  guint       inspected[ATELIER_N_NEIGHBORS]; /* pictures that the inspector steps through */
  guint       n_inspected;

  /* Owned */
  AtelierNeighborFinder *finder;
  AtelierModel          *model;     /* nullable */
  AtelierTrainer        *trainer;   /* nullable */
  AtelierFocus          *focus;     /* the inspector's; nullable */
  AtelierInspector      *inspector; /* GTK holds it too until it is destroyed; nullable */

  /* Template children */
  GtkStack *stack;
  GtkBox   *tile_box;
  GtkLabel *words_label;
};

G_DEFINE_FINAL_TYPE (AtelierLikenessCard, atelier_likeness_card, GTK_TYPE_WIDGET)

enum
{
  PROP_WORDS = 1,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

enum
{
  SIGNAL_CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

/* Showing */

static void
show_tile (AtelierLikenessCard   *self,
           const Tile            *tile,
           const AtelierNeighbor *neighbor)
{
  AtelierSplits *splits = atelier_neighbor_finder_get_splits (self->finder);
  AtelierDataset *dataset = atelier_splits_get_dataset (splits);
  guint label = atelier_dataset_get_label (dataset, neighbor->picture);
  const char * const *class_names = atelier_dataset_get_class_names (dataset);
  const char *name = atelier_class_name_translate (class_names[label]);
  g_autofree char *place = atelier_splits_format_place (splits, neighbor->picture);
  g_autofree char *words = NULL;

  /* Translators: where a picture is ("Training, picture 1,204"), its class, and how far it is from
   * the drawing. */
  words = g_strdup_printf (_("%s: %s, distance %.2f"), place, name, neighbor->distance);
  atelier_pixels_set_picture (tile->pixels, dataset, neighbor->picture);
  gtk_label_set_label (tile->label, name);
  gtk_widget_set_tooltip_text (tile->button, words);
  gtk_accessible_update_property (GTK_ACCESSIBLE (tile->button), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  words, -1);
}

static void
set_words (AtelierLikenessCard *self,
           const char          *words)
{
  if (self->words == words)
    return;
  self->words = words;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_WORDS]);
}

static const char *
describe_absence (AtelierLikenessCard *self)
{
  const GError *error = atelier_neighbor_finder_get_error (self->finder);

  if (!self->model || !self->has_pixels)
    return "";
  if (!atelier_neighbor_finder_get_splits (self->finder))
    return _("The pictures that this network was trained on are not open.");
  return error ? error->message : _("Comparing…");
}

static void
show (AtelierLikenessCard *self)
{
  const AtelierNeighborhood *found = atelier_neighbor_finder_get_neighborhood (self->finder);

  if (!found || !self->has_pixels)
    {
      gtk_label_set_label (self->words_label, describe_absence (self));
      gtk_stack_set_visible_child_name (self->stack, "words");
      set_words (self, NULL);
      g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
      return;
    }
  for (guint i = 0; i < ATELIER_N_NEIGHBORS; i++)
    {
      gtk_widget_set_visible (self->tiles[i].button, i < found->n_neighbors);
      if (i < found->n_neighbors)
        show_tile (self, &self->tiles[i], &found->neighbors[i]);
    }
  gtk_stack_set_visible_child_name (self->stack, "tiles");
  set_words (self, atelier_likeness_describe (found->likeness));
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

/* The inspector */

static void
destroy_inspector (AtelierLikenessCard *self)
{
  if (self->inspector)
    {
      g_signal_handlers_disconnect_by_data (self->inspector, self);
      gtk_window_destroy (GTK_WINDOW (self->inspector));
    }
  g_clear_object (&self->inspector);
  g_clear_object (&self->focus);
}

static void
on_inspector_step_cb (AtelierLikenessCard *self,
                      int                  step)
{
  guint picture = atelier_inspector_get_picture (self->inspector);

  for (guint i = 0; i < self->n_inspected; i++)
    if (self->inspected[i] == picture && (step < 0 ? i > 0 : i + 1 < self->n_inspected))
      {
        atelier_inspector_set_picture (self->inspector,
                                       self->inspected[step < 0 ? i - 1 : i + 1]);
        return;
      }
}

/* The run on the same data set, which alone has answers for these pictures; else one of the model
 * that never ran here, with an empty history. */
static AtelierRunRecord *
create_record (AtelierLikenessCard *self,
               AtelierSplits       *splits)
{
  g_autoptr (AtelierHistory) history = NULL;
  AtelierModel *model = atelier_neighbor_finder_get_model (self->finder);

  if (self->trainer && atelier_trainer_get_splits (self->trainer) == splits
      && atelier_trainer_get_record (self->trainer))
    return g_object_ref (atelier_trainer_get_record (self->trainer));

  history = atelier_history_new (1, 1);
  return atelier_run_record_new (&(AtelierRunRecordParts) {
    .network = atelier_model_get_network (model),
    .recipe = atelier_model_get_recipe (model),
    .dataset = atelier_splits_get_dataset (splits),
    .history = history,
  });
}

static void
create_inspector (AtelierLikenessCard *self,
                  AtelierSplits       *splits)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  g_autoptr (AtelierRunRecord) record = create_record (self, splits);

  destroy_inspector (self);
  self->focus = atelier_focus_new ();
  atelier_focus_set_run (self->focus, record, splits);
  atelier_focus_set_split (self->focus, ATELIER_SPLIT_TRAIN);
  self->inspector = g_object_ref (atelier_inspector_new (GTK_WINDOW (root), self->focus));
  atelier_inspector_set_trainer (self->inspector, self->trainer);
  g_signal_connect_object (self->inspector, "step", G_CALLBACK (on_inspector_step_cb), self,
                           G_CONNECT_SWAPPED);
}

static void
on_tile_clicked_cb (AtelierLikenessCard *self,
                    GtkWidget           *button)
{
  for (guint i = 0; i < ATELIER_N_NEIGHBORS; i++)
    if (self->tiles[i].button == button)
      atelier_likeness_card_inspect (self, i);
}

/* Overrides */

static void
atelier_likeness_card_map (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (atelier_likeness_card_parent_class)->map (widget);
  atelier_neighbor_finder_set_active (ATELIER_LIKENESS_CARD (widget)->finder, TRUE);
}

/* Nothing is computed while the page is not visible. */
static void
atelier_likeness_card_unmap (GtkWidget *widget)
{
  atelier_neighbor_finder_set_active (ATELIER_LIKENESS_CARD (widget)->finder, FALSE);
  GTK_WIDGET_CLASS (atelier_likeness_card_parent_class)->unmap (widget);
}

static void
atelier_likeness_card_get_property (GObject    *object,
                                    guint       property_id,
                                    GValue     *value,
                                    GParamSpec *pspec)
{
  AtelierLikenessCard *self = ATELIER_LIKENESS_CARD (object);

  switch (property_id)
    {
    case PROP_WORDS:
      g_value_set_string (value, self->words);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
atelier_likeness_card_dispose (GObject *object)
{
  AtelierLikenessCard *self = ATELIER_LIKENESS_CARD (object);
  GtkWidget *child;

  destroy_inspector (self);
  if (self->finder)
    g_signal_handlers_disconnect_by_data (self->finder, self);
  if (self->finder)
    g_object_run_dispose (G_OBJECT (self->finder));
  g_clear_object (&self->finder);
  g_clear_object (&self->trainer);
  g_clear_pointer (&self->model, atelier_model_unref);
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self))))
    gtk_widget_unparent (child);
  gtk_widget_dispose_template (GTK_WIDGET (self), ATELIER_TYPE_LIKENESS_CARD);
  G_OBJECT_CLASS (atelier_likeness_card_parent_class)->dispose (object);
}

static void
atelier_likeness_card_class_init (AtelierLikenessCardClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = atelier_likeness_card_get_property;
  object_class->dispose = atelier_likeness_card_dispose;
  widget_class->map = atelier_likeness_card_map;
  widget_class->unmap = atelier_likeness_card_unmap;

  properties[PROP_WORDS] =
    g_param_spec_string ("words", NULL, NULL, NULL,
                         G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  signals[SIGNAL_CHANGED] = g_signal_new ("changed", ATELIER_TYPE_LIKENESS_CARD,
                                          G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);

  gtk_widget_class_set_css_name (widget_class, "likenesscard");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
  gtk_widget_class_set_template_from_resource (
    widget_class, "/io/github/atelier_nn/Atelier/draw/answer/atelier-likeness-card.ui");
  gtk_widget_class_bind_template_child (widget_class, AtelierLikenessCard, stack);
  gtk_widget_class_bind_template_child (widget_class, AtelierLikenessCard, tile_box);
  gtk_widget_class_bind_template_child (widget_class, AtelierLikenessCard, words_label);
}

static void
add_tile (AtelierLikenessCard *self,
          Tile                *tile)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 2);

  tile->button = gtk_button_new ();
  tile->pixels = g_object_new (ATELIER_TYPE_PIXELS, "side", TILE_SIDE, NULL);
  tile->label = GTK_LABEL (gtk_label_new (NULL));
  gtk_label_set_ellipsize (tile->label, PANGO_ELLIPSIZE_END);
  gtk_label_set_max_width_chars (tile->label, 1);
  gtk_widget_add_css_class (GTK_WIDGET (tile->label), "caption");
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (tile->pixels));
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (tile->label));
  gtk_button_set_child (GTK_BUTTON (tile->button), box);
  gtk_widget_add_css_class (tile->button, "flat");
  gtk_box_append (self->tile_box, tile->button);
  g_signal_connect_object (tile->button, "clicked", G_CALLBACK (on_tile_clicked_cb), self,
                           G_CONNECT_SWAPPED);
}

static void
atelier_likeness_card_init (AtelierLikenessCard *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  for (guint i = 0; i < ATELIER_N_NEIGHBORS; i++)
    add_tile (self, &self->tiles[i]);
  self->finder = atelier_neighbor_finder_new ();
  g_signal_connect_swapped (self->finder, "changed", G_CALLBACK (show), self);
}

const char *
atelier_likeness_card_get_words (AtelierLikenessCard *self)
{
  g_return_val_if_fail (ATELIER_IS_LIKENESS_CARD (self), NULL);

  return self->words;
}

void
atelier_likeness_card_set_trainer (AtelierLikenessCard *self,
                                   AtelierTrainer      *trainer)
{
  g_return_if_fail (ATELIER_IS_LIKENESS_CARD (self));

  g_set_object (&self->trainer, trainer);
}

void
atelier_likeness_card_set_source (AtelierLikenessCard *self,
                                  AtelierModel        *model,
                                  AtelierSplits       *splits)
{
  g_return_if_fail (ATELIER_IS_LIKENESS_CARD (self));

  if (model)
    atelier_model_ref (model);
  g_clear_pointer (&self->model, atelier_model_unref);
  self->model = model;
  atelier_neighbor_finder_set_source (self->finder, splits ? model : NULL,
                                      model ? splits : NULL);
}

void
atelier_likeness_card_look (AtelierLikenessCard *self,
                            const guint8        *pixels)
{
  g_return_if_fail (ATELIER_IS_LIKENESS_CARD (self));

  self->has_pixels = pixels != NULL;
  atelier_neighbor_finder_look (self->finder, pixels);
  if (!atelier_neighbor_finder_get_neighborhood (self->finder))
    show (self);
}

gboolean
atelier_likeness_card_get_is_settled (AtelierLikenessCard *self)
{
  g_return_val_if_fail (ATELIER_IS_LIKENESS_CARD (self), FALSE);

  return atelier_neighbor_finder_get_is_settled (self->finder);
}

const AtelierNeighborhood *
atelier_likeness_card_get_neighborhood (AtelierLikenessCard *self)
{
  g_return_val_if_fail (ATELIER_IS_LIKENESS_CARD (self), NULL);

  return atelier_neighbor_finder_get_neighborhood (self->finder);
}

void
atelier_likeness_card_inspect (AtelierLikenessCard *self,
                               guint                i)
{
  const AtelierNeighborhood *found;

  g_return_if_fail (ATELIER_IS_LIKENESS_CARD (self));

  found = atelier_neighbor_finder_get_neighborhood (self->finder);
  if (!found || i >= found->n_neighbors || !GTK_IS_WINDOW (gtk_widget_get_root (GTK_WIDGET (self))))
    return;
  self->n_inspected = found->n_neighbors;
  for (guint k = 0; k < found->n_neighbors; k++)
    self->inspected[k] = found->neighbors[k].picture;
  create_inspector (self, atelier_neighbor_finder_get_splits (self->finder));
  atelier_inspector_set_picture (self->inspector, self->inspected[i]);
  gtk_window_present (GTK_WINDOW (self->inspector));
}
