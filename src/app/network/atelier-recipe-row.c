/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A child of a flow box, so that short rows stand side by side where there is room.  The field
 * makes the widget that suits the member; the row says what the table says of it.  Main thread.
 */

#include "config.h"

#include "network/atelier-recipe-row.h"

#include <glib/gi18n.h>

#include "network/atelier-member-field.h"

struct _AtelierRecipeRow
{
  GtkFlowBoxChild       parent_instance;

  gboolean              is_changed;

  /* Borrowed */
  const AtelierMembers *table;
  const AtelierMember  *member;
  AtelierMemberField   *field;

  /* Template children */
  GtkBox               *line;
  GtkLabel             *name_label;
  GtkWidget            *mark;
  GtkWidget            *reset_button;
  GtkLabel             *meaning_label;
  GtkLabel             *problem_label;
};

G_DEFINE_FINAL_TYPE (AtelierRecipeRow, atelier_recipe_row, GTK_TYPE_FLOW_BOX_CHILD)

enum
{
  CHANGED,
  RESET,
  VALIDITY_CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static void
on_field_changed_cb (AtelierRecipeRow *self)
{
  g_signal_emit (self, signals[CHANGED], 0);
}

static void
on_field_problem_notify_cb (AtelierRecipeRow *self)
{
  const char *problem = atelier_member_field_get_problem (self->field);

  gtk_label_set_label (self->problem_label, problem ? problem : "");
  gtk_widget_set_visible (GTK_WIDGET (self->problem_label), problem != NULL);
  if (problem)
    gtk_widget_add_css_class (GTK_WIDGET (self), "refused");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self), "refused");
  g_signal_emit (self, signals[VALIDITY_CHANGED], 0);
}

/* The button goes with the click; what was reset is the next thing to look at. */
static void
on_reset_clicked_cb (AtelierRecipeRow *self)
{
  gtk_widget_child_focus (GTK_WIDGET (self->field), GTK_DIR_TAB_FORWARD);
  g_signal_emit (self, signals[RESET], 0);
}

static void
show_change (AtelierRecipeRow *self,
             gconstpointer     base)
{
  g_autofree char *before = base ? atelier_member_describe (self->member, base) : NULL;
  /* Translators: the value that a changed value had: "Back to 0.001" */
  g_autofree char *back = g_strdup_printf (_("Back to %s"), before ? before : "");
  /* Translators: the same with the name: "Learning rate: back to 0.001" */
  g_autofree char *name = g_strdup_printf (_("%s: back to %s"), _(self->member->label),
                                           before ? before : "");

  gtk_widget_set_visible (self->mark, self->is_changed);
  gtk_widget_set_visible (self->reset_button, self->is_changed);
  gtk_widget_set_tooltip_text (self->reset_button, back);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->reset_button),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
}

/* What on and off are, where they are not yes and no. */
static void
show_meaning (AtelierRecipeRow *self,
              gconstpointer     values)
{
  g_autofree char *meaning = NULL;

  if (self->member->type != ATELIER_MEMBER_FLAG || self->member->describe == NULL)
    return;

  meaning = atelier_member_describe (self->member, values);
  gtk_label_set_label (self->meaning_label, meaning);
  gtk_widget_set_visible (GTK_WIDGET (self->meaning_label), TRUE);
}

static void
build (AtelierRecipeRow *self)
{
  self->field = ATELIER_MEMBER_FIELD (atelier_member_field_new_bare (self->table, self->member));
  gtk_widget_set_valign (GTK_WIDGET (self->field), GTK_ALIGN_CENTER);
  gtk_widget_set_halign (GTK_WIDGET (self->field), GTK_ALIGN_END);
  gtk_widget_set_hexpand (GTK_WIDGET (self->field), TRUE);
  gtk_box_insert_child_after (self->line, GTK_WIDGET (self->field), self->mark);
  gtk_label_set_label (self->name_label, _(self->member->label));
  gtk_widget_set_tooltip_text (GTK_WIDGET (self), _(self->member->help));
  g_signal_connect_swapped (self->field, "changed", G_CALLBACK (on_field_changed_cb), self);
  g_signal_connect_swapped (self->field, "notify::problem",
                            G_CALLBACK (on_field_problem_notify_cb), self);
}

static void
atelier_recipe_row_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), ATELIER_TYPE_RECIPE_ROW);

  G_OBJECT_CLASS (atelier_recipe_row_parent_class)->dispose (object);
}

static void
atelier_recipe_row_class_init (AtelierRecipeRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = atelier_recipe_row_dispose;

  signals[CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                                   NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[RESET] = g_signal_new ("reset", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                                 NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[VALIDITY_CHANGED] = g_signal_new ("validity-changed", G_TYPE_FROM_CLASS (klass),
                                            G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  gtk_widget_class_set_template_from_resource (
    widget_class, "/io/github/atelier_nn/Atelier/network/atelier-recipe-row.ui");
  gtk_widget_class_bind_template_child (widget_class, AtelierRecipeRow, line);
  gtk_widget_class_bind_template_child (widget_class, AtelierRecipeRow, name_label);
  gtk_widget_class_bind_template_child (widget_class, AtelierRecipeRow, mark);
  gtk_widget_class_bind_template_child (widget_class, AtelierRecipeRow, reset_button);
  gtk_widget_class_bind_template_child (widget_class, AtelierRecipeRow, meaning_label);
  gtk_widget_class_bind_template_child (widget_class, AtelierRecipeRow, problem_label);
  gtk_widget_class_bind_template_callback (widget_class, on_reset_clicked_cb);
}

static void
atelier_recipe_row_init (AtelierRecipeRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
atelier_recipe_row_new (const AtelierMembers *table,
                        const AtelierMember  *member)
{
  AtelierRecipeRow *self;

  g_return_val_if_fail (table != NULL && member != NULL, NULL);

  self = g_object_new (ATELIER_TYPE_RECIPE_ROW, NULL);
  self->table = table;
  self->member = member;
  build (self);

  return GTK_WIDGET (self);
}

const AtelierMember *
atelier_recipe_row_get_member (AtelierRecipeRow *self)
{
  g_return_val_if_fail (ATELIER_IS_RECIPE_ROW (self), NULL);

  return self->member;
}

void
atelier_recipe_row_show (AtelierRecipeRow *self,
                         gconstpointer     values,
                         gconstpointer     base)
{
  const gboolean applies = atelier_member_applies (self->table, self->member, values);

  g_return_if_fail (ATELIER_IS_RECIPE_ROW (self));
  g_return_if_fail (values != NULL);

  atelier_member_field_show (self->field, values);
  gtk_widget_set_visible (GTK_WIDGET (self), applies);
  if (!applies)
    atelier_member_field_restore (self->field);
  self->is_changed = applies && base && !atelier_member_equal (self->member, values, base);
  show_change (self, base);
  show_meaning (self, values);
}

void
atelier_recipe_row_read (AtelierRecipeRow *self,
                         gpointer          values)
{
  g_return_if_fail (ATELIER_IS_RECIPE_ROW (self));

  atelier_member_field_read (self->field, values);
}

void
atelier_recipe_row_restore (AtelierRecipeRow *self)
{
  g_return_if_fail (ATELIER_IS_RECIPE_ROW (self));

  atelier_member_field_restore (self->field);
}

void
atelier_recipe_row_set_text (AtelierRecipeRow *self,
                             const char       *text)
{
  g_return_if_fail (ATELIER_IS_RECIPE_ROW (self));

  atelier_member_field_set_text (self->field, text);
}

gboolean
atelier_recipe_row_get_is_valid (AtelierRecipeRow *self)
{
  g_return_val_if_fail (ATELIER_IS_RECIPE_ROW (self), FALSE);

  return atelier_member_field_get_problem (self->field) == NULL;
}

gboolean
atelier_recipe_row_get_is_changed (AtelierRecipeRow *self)
{
  g_return_val_if_fail (ATELIER_IS_RECIPE_ROW (self), FALSE);

  return self->is_changed;
}
