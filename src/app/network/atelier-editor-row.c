/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The fields of a layer are made when its row is opened for the first time, from the table of its
 * members.  A row keeps what it shows, so that an edit of one layer touches no row in which nothing
 * changes.  Main thread.
 */

#include "config.h"

#include "network/atelier-editor-row.h"

#include <glib/gi18n.h>
#include <string.h>

#include "base/atelier-format.h"
#include "kit/atelier-number-order.h"
#include "kit/atelier-progress-line.h"
#include "kit/atelier-tooltip.h"
#include "network/atelier-layer-menu.h"
#include "network/atelier-member-field.h"

struct _AtelierEditorRow
{
  GtkListBoxRow        parent_instance;

  guint                id;
  gboolean             is_open;
  guint                n_changes;

  /* What is shown; its texts are not kept. */
  AtelierDraftRow      shown;

  /* Owned */
  char                *words;
  char                *problem;
  char                *mend;
  GPtrArray           *fields; /* of AtelierMemberField, borrowed; NULL before it was open */

  /* Template children */
  GtkWidget           *top_box;
  GtkWidget           *handle;
  GtkImage            *expander;
  GtkLabel            *name_label;
  GtkLabel            *problem_label;
  GtkLabel            *output_label;
  GtkLabel            *parameters_label;
  GtkWidget           *share_box;
  AtelierProgressLine *share_line;
  GtkButton           *mend_button;
  GtkWidget           *detail_box;
  GtkFlowBox          *fields_box;
  GtkMenuButton       *shortcut_button;
  GtkMenuButton       *behind_button;
  GtkButton           *duplicate_button;
  GtkButton           *remove_button;
  GtkMenuButton       *add_button;
};

G_DEFINE_FINAL_TYPE (AtelierEditorRow, atelier_editor_row, GTK_TYPE_LIST_BOX_ROW)

enum
{
  MEMBER_CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

/* Fields */

static void
on_field_changed_cb (AtelierEditorRow   *self,
                     AtelierMemberField *field)
{
  AtelierLayer layer = self->shown.layer;

  atelier_member_field_read (field, &layer);
  g_signal_emit (self, signals[MEMBER_CHANGED], 0, atelier_member_field_get_member (field),
                 &layer);
}

/* A field that does not apply leaves no gap. */
static void
on_field_visible_notify_cb (GtkWidget *field)
{
  GtkWidget *child = gtk_widget_get_parent (field);

  if (GTK_IS_FLOW_BOX_CHILD (child))
    gtk_widget_set_visible (child, gtk_widget_get_visible (field));
}

static void
add_fields (AtelierEditorRow *self)
{
  const AtelierMembers *table = &atelier_layer_class_get (self->shown.layer.kind)->members;

  self->fields = g_ptr_array_new ();
  for (guint i = 0; i < table->n_members; i++)
    {
      GtkWidget *field = atelier_member_field_new (table, &table->members[i]);

      g_signal_connect_swapped (field, "changed", G_CALLBACK (on_field_changed_cb), self);
      g_signal_connect (field, "notify::visible", G_CALLBACK (on_field_visible_notify_cb), NULL);
      gtk_flow_box_append (self->fields_box, field);
      gtk_widget_set_focusable (gtk_widget_get_parent (field), FALSE);
      g_ptr_array_add (self->fields, field);
    }
  gtk_widget_set_visible (GTK_WIDGET (self->fields_box), table->n_members > 0);
}

static void
show_fields (AtelierEditorRow *self)
{
  if (!self->is_open)
    return;
  if (self->fields == NULL)
    add_fields (self);
  for (guint i = 0; i < self->fields->len; i++)
    atelier_member_field_show (g_ptr_array_index (self->fields, i), &self->shown.layer);
}

static void
on_detail_pressed_cb (GtkGesture *gesture)
{
  gtk_gesture_set_state (gesture, GTK_EVENT_SEQUENCE_CLAIMED);
}

/* Figures */

static char *
format_output (guint height,
               guint width,
               guint channels)
{
  if (height == 1 && width == 1)
    return g_strdup_printf ("%u", channels);

  return g_strdup_printf ("%u×%u×%u", height, width, channels);
}

static void
set_css_class (AtelierEditorRow *self,
               const char       *name,
               gboolean          is_set)
{
  if (is_set)
    gtk_widget_add_css_class (GTK_WIDGET (self), name);
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self), name);
}

static void
show_figures (AtelierEditorRow *self)
{
  const AtelierDraftRow *row = &self->shown;
  const gboolean keeps_shape = atelier_layer_has_trait (&row->layer, ATELIER_TRAIT_KEEPS_SHAPE);
  g_autofree char *output = format_output (row->height, row->width, row->channels);
  g_autofree char *parameters = atelier_format_count (row->n_parameters);
  g_autofree char *share = atelier_format_percent (row->share, 1);
  g_autofree char *multiply_adds = atelier_format_count (row->n_multiply_adds);
  /* Translators: a number, and a share in percent. */
  g_autofree char *tooltip
    = g_strdup_printf (_("%s multiply-adds for one picture, %s of all"), multiply_adds, share);

  atelier_number_order_set_label (self->output_label,
                                  row->has_output && !keeps_shape ? output : "");
  gtk_label_set_label (self->parameters_label, row->n_parameters > 0 ? parameters : "");
  atelier_progress_line_set_fraction (self->share_line, row->share);
  gtk_widget_set_visible (GTK_WIDGET (self->share_line), row->n_multiply_adds > 0);
  atelier_tooltip_set_text (self->share_box, row->n_multiply_adds > 0 ? tooltip : NULL);
}

/* A row with a problem says that in place of its figures. */
static void
show_problem (AtelierEditorRow *self)
{
  const gboolean fits = self->problem == NULL;

  set_css_class (self, "misfit", !fits);
  gtk_label_set_label (self->problem_label, fits ? "" : self->problem);
  gtk_widget_set_visible (GTK_WIDGET (self->problem_label), !fits);
  gtk_widget_set_visible (GTK_WIDGET (self->output_label), fits);
  gtk_widget_set_visible (GTK_WIDGET (self->parameters_label), fits);
  gtk_widget_set_visible (self->share_box, fits);
  gtk_button_set_label (self->mend_button, self->mend ? self->mend : "");
  gtk_widget_set_visible (GTK_WIDGET (self->mend_button), self->mend != NULL);
}

static void
describe_row (AtelierEditorRow *self)
{
  const AtelierDraftRow *row = &self->shown;
  g_autofree char *output = format_output (row->height, row->width, row->channels);
  g_autofree char *parameters = atelier_format_count (row->n_parameters);
  g_autofree char *words = NULL;

  if (self->problem)
    /* Translators: a layer, and why it does not fit. */
    words = g_strdup_printf (_("%s does not fit: %s"), self->words, self->problem);
  else
    /* Translators: a layer's description, the shape of its output, its number of parameters. */
    words = g_strdup_printf (_("%s, output %s, %s parameters"), self->words, output, parameters);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, words, -1);
  atelier_tooltip_set_text (GTK_WIDGET (self->name_label), self->words);
}

static void
set_menus (AtelierEditorRow *self,
           gboolean          is_block)
{
  const gboolean can_be_block = self->id == ATELIER_EDITOR_INPUT
                                || (!is_block && self->shown.block == ATELIER_NO_LAYER);
  g_autoptr (GMenuModel) below
    = atelier_layer_menu_new (self->id, ATELIER_ADD_BELOW, can_be_block);
  g_autoptr (GMenuModel) shortcut
    = atelier_layer_menu_new (self->id, ATELIER_ADD_SHORTCUT, FALSE);
  g_autoptr (GMenuModel) behind = atelier_layer_menu_new (self->id, ATELIER_ADD_BEHIND, TRUE);

  gtk_menu_button_set_menu_model (self->add_button, below);
  if (!is_block)
    return;
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->add_button), _("Add a Layer to the Block"));
  gtk_menu_button_set_menu_model (self->shortcut_button, shortcut);
  gtk_menu_button_set_menu_model (self->behind_button, behind);
  gtk_widget_set_visible (GTK_WIDGET (self->shortcut_button), TRUE);
  gtk_widget_set_visible (GTK_WIDGET (self->behind_button), TRUE);
}

static gboolean
has_news (AtelierEditorRow      *self,
          const AtelierDraftRow *layer,
          const char            *words)
{
  const AtelierDraftRow *shown = &self->shown;

  return self->words == NULL || !g_str_equal (self->words, words)
         || g_strcmp0 (self->problem, layer->problem) != 0
         || g_strcmp0 (self->mend, layer->mend) != 0
         || !atelier_layer_equal (&shown->layer, &layer->layer)
         || (shown->block == ATELIER_NO_LAYER) != (layer->block == ATELIER_NO_LAYER)
         || shown->has_output != layer->has_output || shown->height != layer->height
         || shown->width != layer->width || shown->channels != layer->channels
         || shown->n_parameters != layer->n_parameters
         || shown->n_multiply_adds != layer->n_multiply_adds || shown->share != layer->share;
}

static void
replace_text (char       **text,
              const char  *value)
{
  char *copy = g_strdup (value);

  g_free (*text);
  *text = copy;
}

static void
atelier_editor_row_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), ATELIER_TYPE_EDITOR_ROW);

  G_OBJECT_CLASS (atelier_editor_row_parent_class)->dispose (object);
}

static void
atelier_editor_row_finalize (GObject *object)
{
  AtelierEditorRow *self = ATELIER_EDITOR_ROW (object);

  g_free (self->words);
  g_free (self->problem);
  g_free (self->mend);
  g_clear_pointer (&self->fields, g_ptr_array_unref);

  G_OBJECT_CLASS (atelier_editor_row_parent_class)->finalize (object);
}

static void
atelier_editor_row_class_init (AtelierEditorRowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = atelier_editor_row_dispose;
  object_class->finalize = atelier_editor_row_finalize;

  signals[MEMBER_CHANGED] = g_signal_new ("member-changed", G_TYPE_FROM_CLASS (klass),
                                          G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 2,
                                          G_TYPE_POINTER, G_TYPE_POINTER);

  g_type_ensure (ATELIER_TYPE_PROGRESS_LINE);
  gtk_widget_class_set_template_from_resource (
    widget_class, "/io/github/atelier_nn/Atelier/network/atelier-editor-row.ui");
  gtk_widget_class_bind_template_child (widget_class, AtelierEditorRow, top_box);
  gtk_widget_class_bind_template_child (widget_class, AtelierEditorRow, handle);
  gtk_widget_class_bind_template_child (widget_class, AtelierEditorRow, expander);
  gtk_widget_class_bind_template_child (widget_class, AtelierEditorRow, name_label);
  gtk_widget_class_bind_template_child (widget_class, AtelierEditorRow, problem_label);
  gtk_widget_class_bind_template_child (widget_class, AtelierEditorRow, output_label);
  gtk_widget_class_bind_template_child (widget_class, AtelierEditorRow, parameters_label);
  gtk_widget_class_bind_template_child (widget_class, AtelierEditorRow, share_box);
  gtk_widget_class_bind_template_child (widget_class, AtelierEditorRow, share_line);
  gtk_widget_class_bind_template_child (widget_class, AtelierEditorRow, mend_button);
  gtk_widget_class_bind_template_child (widget_class, AtelierEditorRow, detail_box);
  gtk_widget_class_bind_template_child (widget_class, AtelierEditorRow, fields_box);
  gtk_widget_class_bind_template_child (widget_class, AtelierEditorRow, shortcut_button);
  gtk_widget_class_bind_template_child (widget_class, AtelierEditorRow, behind_button);
  gtk_widget_class_bind_template_child (widget_class, AtelierEditorRow, duplicate_button);
  gtk_widget_class_bind_template_child (widget_class, AtelierEditorRow, remove_button);
  gtk_widget_class_bind_template_child (widget_class, AtelierEditorRow, add_button);
}

static void
atelier_editor_row_init (AtelierEditorRow *self)
{
  GtkGesture *click = gtk_gesture_click_new ();

  gtk_widget_init_template (GTK_WIDGET (self));
  /* A click between the fields does not close the row. */
  g_signal_connect (click, "pressed", G_CALLBACK (on_detail_pressed_cb), NULL);
  gtk_widget_add_controller (self->detail_box, GTK_EVENT_CONTROLLER (click));
}

/* Public */

GtkWidget *
atelier_editor_row_new (guint                 id,
                        GtkSizeGroup * const *columns)
{
  AtelierEditorRow *self = g_object_new (ATELIER_TYPE_EDITOR_ROW, NULL);
  GtkActionable *buttons[] = {
    GTK_ACTIONABLE (self->mend_button),
    GTK_ACTIONABLE (self->duplicate_button),
    GTK_ACTIONABLE (self->remove_button),
  };

  self->id = id;
  for (guint i = 0; i < G_N_ELEMENTS (buttons); i++)
    gtk_actionable_set_action_target (buttons[i], "u", id);
  gtk_size_group_add_widget (columns[0], GTK_WIDGET (self->output_label));
  gtk_size_group_add_widget (columns[1], GTK_WIDGET (self->parameters_label));
  gtk_size_group_add_widget (columns[2], self->share_box);

  return GTK_WIDGET (self);
}

guint
atelier_editor_row_get_id (AtelierEditorRow *self)
{
  g_return_val_if_fail (ATELIER_IS_EDITOR_ROW (self), ATELIER_EDITOR_INPUT);

  return self->id;
}

void
atelier_editor_row_show (AtelierEditorRow      *self,
                         const AtelierDraftRow *layer,
                         const char            *words)
{
  gboolean is_first, is_moved;

  g_return_if_fail (ATELIER_IS_EDITOR_ROW (self));
  g_return_if_fail (layer != NULL && words != NULL);

  if (!has_news (self, layer, words))
    return;

  is_first = self->words == NULL;
  is_moved = (self->shown.block == ATELIER_NO_LAYER) != (layer->block == ATELIER_NO_LAYER);
  self->shown = *layer;
  self->shown.problem = NULL;
  self->shown.mend = NULL;
  replace_text (&self->words, words);
  replace_text (&self->problem, layer->problem);
  replace_text (&self->mend, layer->mend);
  self->n_changes++;

  atelier_number_order_set_label (self->name_label, words);
  set_css_class (self, "in-block", layer->block != ATELIER_NO_LAYER);
  set_css_class (self, "block",
                 atelier_layer_has_trait (&layer->layer, ATELIER_TRAIT_HOLDS_LAYERS));
  show_figures (self);
  show_problem (self);
  describe_row (self);
  show_fields (self);
  if (is_first)
    gtk_accessible_update_state (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_STATE_EXPANDED,
                                 self->is_open, -1);
  if (is_first || is_moved)
    set_menus (self, atelier_layer_has_trait (&layer->layer, ATELIER_TRAIT_HOLDS_LAYERS));
}

void
atelier_editor_row_show_input (AtelierEditorRow *self,
                               guint             height,
                               guint             width,
                               guint             channels)
{
  g_autofree char *output = g_strdup_printf ("%u×%u×%u", height, width, channels);
  g_autofree char *words = NULL;

  g_return_if_fail (ATELIER_IS_EDITOR_ROW (self));

  /* Translators: the shape of the pictures that the network is given. */
  words = g_strdup_printf (_("Input, %s"), output);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, words, -1);
  gtk_label_set_label (self->name_label, _("Input"));
  gtk_widget_add_css_class (GTK_WIDGET (self->name_label), "dim-label");
  atelier_number_order_set_label (self->output_label, output);
  gtk_widget_set_visible (GTK_WIDGET (self->share_line), FALSE);
  /* Their place stays, so that the names stand below each other. */
  gtk_widget_set_opacity (self->handle, 0.0);
  gtk_widget_set_opacity (GTK_WIDGET (self->expander), 0.0);
  gtk_widget_set_tooltip_text (self->handle, NULL);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (self), FALSE);
  set_menus (self, FALSE);
}

void
atelier_editor_row_set_open (AtelierEditorRow *self,
                             gboolean          is_open)
{
  g_return_if_fail (ATELIER_IS_EDITOR_ROW (self));

  if (self->is_open == is_open)
    return;

  self->is_open = is_open;
  show_fields (self);
  gtk_widget_set_visible (self->detail_box, is_open);
  gtk_image_set_from_icon_name (self->expander,
                                is_open ? "pan-down-symbolic" : "pan-end-symbolic");
  set_css_class (self, "open", is_open);
  gtk_accessible_update_state (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_STATE_EXPANDED, is_open, -1);
}

gboolean
atelier_editor_row_get_open (AtelierEditorRow *self)
{
  g_return_val_if_fail (ATELIER_IS_EDITOR_ROW (self), FALSE);

  return self->is_open;
}

guint
atelier_editor_row_get_n_changes (AtelierEditorRow *self)
{
  g_return_val_if_fail (ATELIER_IS_EDITOR_ROW (self), 0);

  return self->n_changes;
}

void
atelier_editor_row_pop_up (AtelierEditorRow *self)
{
  g_return_if_fail (ATELIER_IS_EDITOR_ROW (self));

  gtk_menu_button_popup (self->add_button);
}

gboolean
atelier_editor_row_is_handle (AtelierEditorRow *self,
                              double            x,
                              double            y)
{
  GtkWidget *picked;

  g_return_val_if_fail (ATELIER_IS_EDITOR_ROW (self), FALSE);

  picked = gtk_widget_pick (GTK_WIDGET (self), x, y, GTK_PICK_DEFAULT);

  return picked == self->handle && self->id != ATELIER_EDITOR_INPUT;
}
