/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Rows are in flow boxes: numbers and switches two in a line where there is room, and choices,
 * whose words are long, alone.  Beside a picture each has a line.  A flow box with one child must
 * not have room for two, or the child would not be as wide as the line.  Main thread.
 */

#include "config.h"

#include "network/atelier-recipe-group.h"

struct _AtelierRecipeGroup
{
  GtkWidget    parent_instance;

  /* Borrowed */
  GtkFlowBox  *last_flow; /* to which numbers are added; NULL: to a new one */
  GtkWidget   *aside;     /* nullable */

  /* Template children */
  GtkWidget   *main_box;
  GtkWidget   *heading;
  GtkLabel    *title_label;
  GtkLabel    *caption_label;
  GtkExpander *expander;
  GtkLabel    *fold_title_label;
  GtkLabel    *fold_caption_label;
  GtkWidget   *card;
  GtkBox      *line;
  GtkBox      *rows_box;
  GtkWidget   *advice_box;
  GtkLabel    *advice_label;
};

G_DEFINE_FINAL_TYPE (AtelierRecipeGroup, atelier_recipe_group, GTK_TYPE_WIDGET)

static GtkFlowBox *
add_flow (AtelierRecipeGroup *self,
          guint               n_columns)
{
  GtkWidget *flow = gtk_flow_box_new ();

  gtk_flow_box_set_selection_mode (GTK_FLOW_BOX (flow), GTK_SELECTION_NONE);
  gtk_flow_box_set_min_children_per_line (GTK_FLOW_BOX (flow), 1);
  gtk_flow_box_set_max_children_per_line (GTK_FLOW_BOX (flow), n_columns);
  gtk_box_append (self->rows_box, flow);

  return GTK_FLOW_BOX (flow);
}

static void
atelier_recipe_group_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), ATELIER_TYPE_RECIPE_GROUP);

  G_OBJECT_CLASS (atelier_recipe_group_parent_class)->dispose (object);
}

static void
atelier_recipe_group_class_init (AtelierRecipeGroupClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = atelier_recipe_group_dispose;

  gtk_widget_class_set_template_from_resource (
    widget_class, "/io/github/atelier_nn/Atelier/network/atelier-recipe-group.ui");
  gtk_widget_class_bind_template_child (widget_class, AtelierRecipeGroup, main_box);
  gtk_widget_class_bind_template_child (widget_class, AtelierRecipeGroup, heading);
  gtk_widget_class_bind_template_child (widget_class, AtelierRecipeGroup, title_label);
  gtk_widget_class_bind_template_child (widget_class, AtelierRecipeGroup, caption_label);
  gtk_widget_class_bind_template_child (widget_class, AtelierRecipeGroup, expander);
  gtk_widget_class_bind_template_child (widget_class, AtelierRecipeGroup, fold_title_label);
  gtk_widget_class_bind_template_child (widget_class, AtelierRecipeGroup, fold_caption_label);
  gtk_widget_class_bind_template_child (widget_class, AtelierRecipeGroup, card);
  gtk_widget_class_bind_template_child (widget_class, AtelierRecipeGroup, line);
  gtk_widget_class_bind_template_child (widget_class, AtelierRecipeGroup, rows_box);
  gtk_widget_class_bind_template_child (widget_class, AtelierRecipeGroup, advice_box);
  gtk_widget_class_bind_template_child (widget_class, AtelierRecipeGroup, advice_label);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "recipegroup");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
}

static void
atelier_recipe_group_init (AtelierRecipeGroup *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/* The heading is the expander's, which holds the card then. */
static void
fold (AtelierRecipeGroup *self)
{
  g_autoptr (GtkWidget) card = g_object_ref (self->card);

  gtk_widget_set_visible (self->heading, FALSE);
  gtk_widget_set_visible (GTK_WIDGET (self->expander), TRUE);
  gtk_box_remove (GTK_BOX (self->main_box), card);
  gtk_expander_set_child (self->expander, card);
}

GtkWidget *
atelier_recipe_group_new (const char *title,
                          gboolean    is_folded,
                          GtkWidget  *aside)
{
  AtelierRecipeGroup *self = g_object_new (ATELIER_TYPE_RECIPE_GROUP, NULL);

  gtk_label_set_label (self->title_label, title);
  gtk_label_set_label (self->fold_title_label, title);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, title, -1);
  self->aside = aside;
  if (aside)
    gtk_box_append (self->line, aside);
  if (is_folded)
    fold (self);

  return GTK_WIDGET (self);
}

void
atelier_recipe_group_add (AtelierRecipeGroup *self,
                          AtelierRecipeRow   *row)
{
  g_return_if_fail (ATELIER_IS_RECIPE_GROUP (self));
  g_return_if_fail (ATELIER_IS_RECIPE_ROW (row));

  if (atelier_recipe_row_get_member (row)->type == ATELIER_MEMBER_CHOICE)
    {
      gtk_flow_box_append (add_flow (self, 1), GTK_WIDGET (row));
      self->last_flow = NULL;
      return;
    }
  if (self->last_flow == NULL)
    self->last_flow = add_flow (self, 1);
  else if (self->aside == NULL)
    gtk_flow_box_set_max_children_per_line (self->last_flow, 2);
  gtk_flow_box_append (self->last_flow, GTK_WIDGET (row));
}

void
atelier_recipe_group_set_caption (AtelierRecipeGroup *self,
                                  const char         *caption)
{
  g_return_if_fail (ATELIER_IS_RECIPE_GROUP (self));

  gtk_label_set_label (self->caption_label, caption);
  gtk_label_set_label (self->fold_caption_label, caption);
}

void
atelier_recipe_group_set_advice (AtelierRecipeGroup *self,
                                 const char         *advice)
{
  g_return_if_fail (ATELIER_IS_RECIPE_GROUP (self));

  gtk_label_set_label (self->advice_label, advice ? advice : "");
  gtk_widget_set_visible (self->advice_box, advice != NULL);
}

void
atelier_recipe_group_unfold (AtelierRecipeGroup *self)
{
  g_return_if_fail (ATELIER_IS_RECIPE_GROUP (self));

  gtk_expander_set_expanded (self->expander, TRUE);
}
