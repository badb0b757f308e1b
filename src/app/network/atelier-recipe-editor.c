/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A recipe as rows.
 *
 * The rows' ranges are the core's, written down in the .ui file so that a row can say its own; the
 * trainer checks the recipe again when it starts.  What has no row (raw pixels; the momentum, which
 * only SGD has) is kept as it came.  The number of threads
 * stands among the rows although it is no part of a recipe: it changes how long training takes and
 * no bit of the result.  Main thread.
 */

#include "config.h"

#include "network/atelier-recipe-editor.h"

#include <adwaita.h>

#include "kit/atelier-number-row.h"

struct _AtelierRecipeEditor
{
  GtkWidget         parent_instance;

  gboolean          is_valid;

  /* Owned */
  AtelierRecipe    *recipe; /* as it was set, for what has no row */

  /* Template children */
  GtkWidget        *list_box;
  AdwComboRow      *optimizer_row;
  AtelierNumberRow *momentum_row;
  AtelierNumberRow *learning_rate_row;
  AtelierNumberRow *batch_row;
  AtelierNumberRow *epochs_row;
  AtelierNumberRow *l2_row;
  AtelierNumberRow *seed_row;
  AtelierNumberRow *threads_row;
};

G_DEFINE_FINAL_TYPE (AtelierRecipeEditor, atelier_recipe_editor, GTK_TYPE_WIDGET)

enum
{
  PROP_IS_VALID = 1,
  N_PROPS
};

enum
{
  CHANGED,
  N_SIGNALS
};

static GParamSpec *properties[N_PROPS];
static guint signals[N_SIGNALS];

static gboolean
has_momentum (AtelierRecipeEditor *self)
{
  return adw_combo_row_get_selected (self->optimizer_row) == ATELIER_OPTIMIZER_SGD;
}

static gboolean
are_rows_valid (AtelierRecipeEditor *self)
{
  AtelierNumberRow *rows[] = {
    self->learning_rate_row, self->batch_row, self->epochs_row,
    self->l2_row, self->seed_row, self->threads_row,
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    if (!atelier_number_row_get_is_valid (rows[i]))
      return FALSE;

  return !has_momentum (self) || atelier_number_row_get_is_valid (self->momentum_row);
}

static void
on_row_valid_notify_cb (AtelierRecipeEditor *self)
{
  gboolean is_valid = are_rows_valid (self);

  if (self->is_valid == is_valid)
    return;

  self->is_valid = is_valid;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_IS_VALID]);
}

static void
on_value_notify_cb (AtelierRecipeEditor *self)
{
  g_signal_emit (self, signals[CHANGED], 0);
}

static void
on_optimizer_notify_cb (AtelierRecipeEditor *self)
{
  /* While the template is being built. */
  if (self->momentum_row == NULL)
    return;

  gtk_widget_set_visible (GTK_WIDGET (self->momentum_row), has_momentum (self));
  on_row_valid_notify_cb (self);
  g_signal_emit (self, signals[CHANGED], 0);
}

static void
atelier_recipe_editor_get_property (GObject    *object,
                                    guint       property_id,
                                    GValue     *value,
                                    GParamSpec *pspec)
{
  switch (property_id)
    {
    case PROP_IS_VALID:
      g_value_set_boolean (value, ATELIER_RECIPE_EDITOR (object)->is_valid);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
atelier_recipe_editor_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), ATELIER_TYPE_RECIPE_EDITOR);

  G_OBJECT_CLASS (atelier_recipe_editor_parent_class)->dispose (object);
}

static void
atelier_recipe_editor_finalize (GObject *object)
{
  g_clear_pointer (&ATELIER_RECIPE_EDITOR (object)->recipe, atelier_recipe_unref);

  G_OBJECT_CLASS (atelier_recipe_editor_parent_class)->finalize (object);
}

static void
atelier_recipe_editor_class_init (AtelierRecipeEditorClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = atelier_recipe_editor_get_property;
  object_class->dispose = atelier_recipe_editor_dispose;
  object_class->finalize = atelier_recipe_editor_finalize;

  properties[PROP_IS_VALID] =
    g_param_spec_boolean ("is-valid", NULL, NULL, TRUE, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  signals[CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST,
                                   0, NULL, NULL, NULL, G_TYPE_NONE, 0);

  g_type_ensure (ATELIER_TYPE_NUMBER_ROW);
  gtk_widget_class_set_template_from_resource (
    widget_class, "/io/github/atelier_nn/Atelier/network/atelier-recipe-editor.ui");
  gtk_widget_class_bind_template_child (widget_class, AtelierRecipeEditor, list_box);
  gtk_widget_class_bind_template_child (widget_class, AtelierRecipeEditor, optimizer_row);
  gtk_widget_class_bind_template_child (widget_class, AtelierRecipeEditor, momentum_row);
  gtk_widget_class_bind_template_child (widget_class, AtelierRecipeEditor, learning_rate_row);
  gtk_widget_class_bind_template_child (widget_class, AtelierRecipeEditor, batch_row);
  gtk_widget_class_bind_template_child (widget_class, AtelierRecipeEditor, epochs_row);
  gtk_widget_class_bind_template_child (widget_class, AtelierRecipeEditor, l2_row);
  gtk_widget_class_bind_template_child (widget_class, AtelierRecipeEditor, seed_row);
  gtk_widget_class_bind_template_child (widget_class, AtelierRecipeEditor, threads_row);
  gtk_widget_class_bind_template_callback (widget_class, on_row_valid_notify_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_value_notify_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_optimizer_notify_cb);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
}

static void
atelier_recipe_editor_init (AtelierRecipeEditor *self)
{
  g_autoptr (AtelierRecipe) recipe = atelier_recipe_new_preset ("report-2");

  self->is_valid = TRUE;
  gtk_widget_init_template (GTK_WIDGET (self));

  atelier_recipe_editor_set_recipe (self, recipe);
  atelier_number_row_set_value (self->threads_row, g_get_num_processors ());
}

gboolean
atelier_recipe_editor_get_is_valid (AtelierRecipeEditor *self)
{
  g_return_val_if_fail (ATELIER_IS_RECIPE_EDITOR (self), FALSE);

  return self->is_valid;
}

void
atelier_recipe_editor_set_recipe (AtelierRecipeEditor *self,
                                  AtelierRecipe       *recipe)
{
  const AtelierRecipeValues *values;

  g_return_if_fail (ATELIER_IS_RECIPE_EDITOR (self));
  g_return_if_fail (recipe != NULL);

  atelier_recipe_ref (recipe);
  g_clear_pointer (&self->recipe, atelier_recipe_unref);
  self->recipe = recipe;

  values = atelier_recipe_get_values (recipe);
  adw_combo_row_set_selected (self->optimizer_row, values->optimizer);
  atelier_number_row_set_value (self->momentum_row, values->momentum);
  atelier_number_row_set_value (self->learning_rate_row, values->learning_rate);
  atelier_number_row_set_value (self->batch_row, values->batch_size);
  atelier_number_row_set_value (self->epochs_row, values->n_epochs);
  atelier_number_row_set_value (self->l2_row, values->l2);
  atelier_number_row_set_value (self->seed_row, (double) values->seed);
}

AtelierRecipe *
atelier_recipe_editor_dup_recipe (AtelierRecipeEditor *self)
{
  AtelierRecipeValues values;

  g_return_val_if_fail (ATELIER_IS_RECIPE_EDITOR (self), NULL);

  values = *atelier_recipe_get_values (self->recipe);
  values.optimizer = adw_combo_row_get_selected (self->optimizer_row);
  if (has_momentum (self))
    values.momentum = atelier_number_row_get_value (self->momentum_row);
  values.learning_rate = atelier_number_row_get_value (self->learning_rate_row);
  values.batch_size = (guint) atelier_number_row_get_value (self->batch_row);
  values.n_epochs = (guint) atelier_number_row_get_value (self->epochs_row);
  values.l2 = atelier_number_row_get_value (self->l2_row);
  values.seed = (guint64) atelier_number_row_get_value (self->seed_row);
  return atelier_recipe_new (&values, NULL);
}

guint
atelier_recipe_editor_get_n_threads (AtelierRecipeEditor *self)
{
  g_return_val_if_fail (ATELIER_IS_RECIPE_EDITOR (self), 0);

  return (guint) atelier_number_row_get_value (self->threads_row);
}
