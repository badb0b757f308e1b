/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The grid in the .ui has the stages in the order of AtelierStage, except the last one, which is
 * shown large above it.  Their names come from core, so that the window and the terminal name them
 * alike.  A step that cannot be switched now, as one for photographs where a drawing is shown, is
 * hidden, and the others move up.  The original is always there; where it is an opened picture, it
 * is a button, to point at the ground in it.
 */

#include "config.h"

#include "draw/stages/atelier-stage-card.h"

#include <glib/gi18n.h>

#include "draw/stages/atelier-ground-popover.h"
#include "draw/stages/atelier-occlusion-row.h"
#include "draw/stages/atelier-stage-view.h"
#include "kit/atelier-number-order.h"

struct _AtelierStageCard
{
  GtkWidget parent_instance;

  /* Template children */
  GtkLabel         *source_label;
  AtelierStageView *seen_view;
  GtkGrid          *grid;
  AtelierStageView *stages[ATELIER_STAGE_RESULT];
  AtelierOcclusionRow *occlusion_row;
  AtelierGroundPopover *ground_popover;
};

#define N_COLUMNS 4

G_DEFINE_FINAL_TYPE (AtelierStageCard, atelier_stage_card, GTK_TYPE_WIDGET)

/* The caption of the last stage is its size: "28 × 28". */
static void
name_result (AtelierStageCard          *self,
             const AtelierStagePicture *picture)
{
  /* Translators: a picture's width and height in pixels. */
  g_autofree char *size = g_strdup_printf (_("%u × %u"), picture->width, picture->height);
  g_autofree char *caption = atelier_number_order_keep (GTK_WIDGET (self), size);

  atelier_stage_view_set_caption (self->seen_view, caption);
  atelier_stage_view_set_label (self->seen_view, _("What the network sees"));
}

/* The widget in the grid: the view itself or the button that it is in. */
static GtkWidget *
get_cell (AtelierStageCard *self,
          guint             i_stage)
{
  GtkWidget *parent = gtk_widget_get_parent (GTK_WIDGET (self->stages[i_stage]));

  return GTK_IS_BUTTON (parent) ? parent : GTK_WIDGET (self->stages[i_stage]);
}

static void
place_stages (AtelierStageCard *self)
{
  GtkLayoutManager *layout = gtk_widget_get_layout_manager (GTK_WIDGET (self->grid));
  int n_shown = 0;

  for (guint i = 0; i < ATELIER_STAGE_RESULT; i++)
    {
      GtkWidget *cell = get_cell (self, i);
      gboolean is_shown = !GTK_IS_TOGGLE_BUTTON (cell) || gtk_widget_get_sensitive (cell);

      gtk_widget_set_visible (cell, is_shown);
      if (!is_shown)
        continue;
      g_object_set (gtk_layout_manager_get_layout_child (layout, cell),
                    "column", n_shown % N_COLUMNS, "row", n_shown / N_COLUMNS, NULL);
      n_shown++;
    }
}

static void
atelier_stage_card_dispose (GObject *object)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (object))))
    gtk_widget_unparent (child);
  gtk_widget_dispose_template (GTK_WIDGET (object), ATELIER_TYPE_STAGE_CARD);
  G_OBJECT_CLASS (atelier_stage_card_parent_class)->dispose (object);
}

static void
atelier_stage_card_class_init (AtelierStageCardClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = atelier_stage_card_dispose;

  g_type_ensure (ATELIER_TYPE_GROUND_POPOVER);
  g_type_ensure (ATELIER_TYPE_OCCLUSION_ROW);
  g_type_ensure (ATELIER_TYPE_STAGE_VIEW);
  gtk_widget_class_set_css_name (widget_class, "stagecard");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
  gtk_widget_class_set_template_from_resource (
    widget_class, "/io/github/atelier_nn/Atelier/draw/stages/atelier-stage-card.ui");
  gtk_widget_class_bind_template_child (widget_class, AtelierStageCard, source_label);
  gtk_widget_class_bind_template_child (widget_class, AtelierStageCard, seen_view);
  gtk_widget_class_bind_template_child (widget_class, AtelierStageCard, grid);
  gtk_widget_class_bind_template_child (widget_class, AtelierStageCard, occlusion_row);
  gtk_widget_class_bind_template_child (widget_class, AtelierStageCard, ground_popover);
  for (guint i = 0; i < ATELIER_STAGE_RESULT; i++)
    {
      g_autofree char *name = g_strdup_printf ("stage_%u", i);
      gssize offset =
        G_STRUCT_OFFSET (AtelierStageCard, stages) + (gssize) (i * sizeof (AtelierStageView *));

      gtk_widget_class_bind_template_child_full (widget_class, name, FALSE, offset);
    }
}

static void
atelier_stage_card_init (AtelierStageCard *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  atelier_occlusion_row_set_view (self->occlusion_row, self->seen_view);
  for (guint i = 0; i < ATELIER_STAGE_RESULT; i++)
    {
      atelier_stage_view_set_caption (self->stages[i], atelier_stage_get_name ((AtelierStage) i));
      g_signal_connect_object (get_cell (self, i), "notify::sensitive", G_CALLBACK (place_stages),
                               self, G_CONNECT_SWAPPED);
    }
  place_stages (self);
  atelier_stage_view_set_label (self->seen_view, _("What the network sees"));
}

void
atelier_stage_card_set_source (AtelierStageCard *self,
                               const char       *source)
{
  g_return_if_fail (ATELIER_IS_STAGE_CARD (self));

  atelier_number_order_set_label (self->source_label, source);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->source_label), source);
}

void
atelier_stage_card_set_result (AtelierStageCard         *self,
                               const AtelierInputResult *result)
{
  g_return_if_fail (ATELIER_IS_STAGE_CARD (self));

  atelier_stage_view_set_picture (self->seen_view,
                                  result ? &result->stages[ATELIER_STAGE_RESULT] : NULL);
  if (result)
    name_result (self, &result->stages[ATELIER_STAGE_RESULT]);
  for (guint i = 0; i < ATELIER_STAGE_RESULT; i++)
    {
      const AtelierStagePicture *picture = result ? &result->stages[i] : NULL;
      gboolean was_idle = i != ATELIER_STAGE_ORIGINAL && picture && !picture->was_applied;

      atelier_stage_view_set_picture (self->stages[i], picture);
      atelier_stage_view_set_dim (self->stages[i], was_idle);
    }
}

void
atelier_stage_card_set_picture (AtelierStageCard         *self,
                                const AtelierInput       *done,
                                const AtelierInputResult *result)
{
  g_return_if_fail (ATELIER_IS_STAGE_CARD (self));
  g_return_if_fail (done != NULL && result != NULL);

  atelier_stage_card_set_result (self, result);
  atelier_ground_popover_set_result (self->ground_popover, done, result);
}

void
atelier_stage_card_set_wanted (AtelierStageCard   *self,
                               const AtelierInput *wanted)
{
  g_return_if_fail (ATELIER_IS_STAGE_CARD (self));

  atelier_ground_popover_set_input (self->ground_popover, wanted);
}

void
atelier_stage_card_point_at_ground (AtelierStageCard *self)
{
  graphene_rect_t bounds;

  g_return_if_fail (ATELIER_IS_STAGE_CARD (self));

  if (gtk_widget_compute_bounds (get_cell (self, ATELIER_STAGE_ORIGINAL), GTK_WIDGET (self),
                                 &bounds))
    gtk_popover_set_pointing_to (GTK_POPOVER (self->ground_popover),
                                 &(GdkRectangle) { (int) bounds.origin.x, (int) bounds.origin.y,
                                                   (int) bounds.size.width,
                                                   (int) bounds.size.height });
  gtk_popover_popup (GTK_POPOVER (self->ground_popover));
}

void
atelier_stage_card_set_answering (AtelierStageCard *self,
                                  AtelierModel     *model,
                                  const guint8     *pixels)
{
  g_return_if_fail (ATELIER_IS_STAGE_CARD (self));

  atelier_occlusion_row_set_picture (self->occlusion_row, model, pixels);
}
