/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The mark is where the person wants it, at once; the stripes and the pictures beside them follow
 * when the picture has been prepared again.
 */

#include "config.h"

#include "draw/stages/atelier-ground-popover.h"

#include <glib/gi18n.h>

#include "draw/stages/atelier-ground-mask.h"
#include "draw/stages/atelier-ground-view.h"
#include "draw/stages/atelier-stage-view.h"
#include "kit/atelier-announcement.h"
#include "kit/atelier-number-order.h"

struct _AtelierGroundPopover
{
  GtkPopover parent_instance;

  /* Template children */
  AtelierGroundView *view;
  AtelierStageView  *garment_view;
  AtelierStageView  *seen_view;
  GtkLabel          *status_label;
};

G_DEFINE_FINAL_TYPE (AtelierGroundPopover, atelier_ground_popover, GTK_TYPE_POPOVER)

/* @share: the part of the picture that is ground.  Transfer full. */
static char *
describe (const AtelierInput       *done,
          const AtelierInputResult *result,
          double                    share)
{
  if (result->had_alpha)
    return g_strdup (_("The ground is what is transparent in this picture."));
  if (result->is_empty && share > 0)
    return g_strdup (_("All of the picture counts as ground."));
  if (result->stages[ATELIER_STAGE_GROUND].was_applied)
    /* Translators: a part of the picture, in percent. */
    return g_strdup_printf (_("%u %% of the picture counts as ground."),
                            (guint) (share * 100 + 0.5));
  if (!done->ground)
    return g_strdup (_("The ground is not looked for; pointing at it switches that on."));
  if (done->has_pick)
    return g_strdup (_("What lies around this place is too uneven for a ground."));
  return g_strdup (_("No ground is found: point at it."));
}

static void
show_status (AtelierGroundPopover *self,
             const char           *status)
{
  g_autofree char *ordered = atelier_number_order_keep (GTK_WIDGET (self->status_label), status);

  if (g_strcmp0 (gtk_label_get_label (self->status_label), ordered) == 0)
    return;
  gtk_label_set_label (self->status_label, ordered);
  if (gtk_widget_get_mapped (GTK_WIDGET (self)))
    atelier_announce (status);
}

static void
atelier_ground_popover_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), ATELIER_TYPE_GROUND_POPOVER);
  G_OBJECT_CLASS (atelier_ground_popover_parent_class)->dispose (object);
}

static void
atelier_ground_popover_class_init (AtelierGroundPopoverClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = atelier_ground_popover_dispose;

  g_type_ensure (ATELIER_TYPE_GROUND_VIEW);
  g_type_ensure (ATELIER_TYPE_STAGE_VIEW);
  gtk_widget_class_set_template_from_resource (
    widget_class, "/io/github/atelier_nn/Atelier/draw/stages/atelier-ground-popover.ui");
  gtk_widget_class_bind_template_child (widget_class, AtelierGroundPopover, view);
  gtk_widget_class_bind_template_child (widget_class, AtelierGroundPopover, garment_view);
  gtk_widget_class_bind_template_child (widget_class, AtelierGroundPopover, seen_view);
  gtk_widget_class_bind_template_child (widget_class, AtelierGroundPopover, status_label);
}

static void
atelier_ground_popover_init (AtelierGroundPopover *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  atelier_stage_view_set_caption (self->garment_view,
                                  atelier_stage_get_name (ATELIER_STAGE_GROUND));
}

void
atelier_ground_popover_set_input (AtelierGroundPopover *self,
                                  const AtelierInput   *input)
{
  g_return_if_fail (ATELIER_IS_GROUND_POPOVER (self));

  if (!input)
    {
      gtk_popover_popdown (GTK_POPOVER (self));
      return;
    }
  atelier_ground_view_set_pick (
    self->view,
    input->has_pick ? &(AtelierGroundPick) { input->pick_x, input->pick_y } : NULL);
}

void
atelier_ground_popover_set_result (AtelierGroundPopover     *self,
                                   const AtelierInput       *done,
                                   const AtelierInputResult *result)
{
  g_autofree guint8 *mask = NULL;
  g_autofree char *status = NULL;
  double share;

  g_return_if_fail (ATELIER_IS_GROUND_POPOVER (self));
  g_return_if_fail (result != NULL);

  mask = atelier_ground_mask_new (result, &share);
  atelier_ground_view_set_picture (self->view, result, mask);
  atelier_stage_view_set_picture (self->garment_view, &result->stages[ATELIER_STAGE_GROUND]);
  atelier_stage_view_set_dim (self->garment_view,
                              !result->stages[ATELIER_STAGE_GROUND].was_applied);
  atelier_stage_view_set_picture (self->seen_view, &result->stages[ATELIER_STAGE_RESULT]);
  status = describe (done, result, share);
  show_status (self, status);
}
