/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The session's recipe as rows that can be edited.
 *
 * What a person types becomes the session's recipe at once.  A recipe that is set by others, such
 * as a preset, is written into the rows.  While the text of a row is no number in its range, the
 * session is told that the recipe is not valid, and keeps the last valid one.
 *
 * The rows' ranges are the core's, repeated in the .ui file so that a row can name its own.  Raw
 * pixels have no row, and momentum has one only with SGD: without a row a value stays as it was set
 * by others.  The number of threads is among the rows although it is not part of a recipe: it
 * changes how long training takes, and no bit of the result.  Main thread.
 */

#include "config.h"

#include "network/atelier-recipe-editor.h"

#include <adwaita.h>
#include <glib/gi18n.h>

#include "kit/atelier-number-row.h"

struct _AtelierRecipeEditor
{
  GtkWidget         parent_instance;

  gboolean          is_updating; /* one of rows and session is being set from the other */

  /* Owned */
  AtelierSession   *session; /* nullable */
  AtelierRecipe    *origin;  /* the last that was set by others; has the values without rows */

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
  PROP_SESSION = 1,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

static gboolean
has_momentum (AtelierRecipeEditor *self)
{
  const AtelierMembers *table = atelier_recipe_values_get_members ();
  const AtelierRecipeValues values = {
    .optimizer = adw_combo_row_get_selected (self->optimizer_row)
  };

  return atelier_member_applies (table, atelier_members_find (table, "momentum"), &values);
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

/* The recipe of the rows; each has its last valid value.  Transfer full. */
static AtelierRecipe *
create_recipe (AtelierRecipeEditor *self)
{
  AtelierRecipeValues values = *atelier_recipe_get_values (self->origin);

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

static void
show_recipe (AtelierRecipeEditor *self)
{
  const AtelierRecipeValues *values = atelier_recipe_get_values (self->origin);

  adw_combo_row_set_selected (self->optimizer_row, values->optimizer);
  atelier_number_row_set_value (self->momentum_row, values->momentum);
  atelier_number_row_set_value (self->learning_rate_row, values->learning_rate);
  atelier_number_row_set_value (self->batch_row, values->batch_size);
  atelier_number_row_set_value (self->epochs_row, values->n_epochs);
  atelier_number_row_set_value (self->l2_row, values->l2);
  atelier_number_row_set_value (self->seed_row, (double) values->seed);
  gtk_widget_set_visible (GTK_WIDGET (self->momentum_row), has_momentum (self));
}

static void
tell_validity (AtelierRecipeEditor *self)
{
  atelier_session_set_is_recipe_valid (self->session, are_rows_valid (self));
}

/* From the session to the rows */

static void
on_session_recipe_notify_cb (AtelierRecipeEditor *self)
{
  if (self->is_updating)
    return;

  g_clear_pointer (&self->origin, atelier_recipe_unref);
  self->origin = atelier_recipe_ref (atelier_session_get_recipe (self->session));
  self->is_updating = TRUE;
  show_recipe (self);
  self->is_updating = FALSE;
  tell_validity (self);
}

static void
on_session_n_threads_notify_cb (AtelierRecipeEditor *self)
{
  if (self->is_updating)
    return;

  self->is_updating = TRUE;
  atelier_number_row_set_value (self->threads_row, atelier_session_get_n_threads (self->session));
  self->is_updating = FALSE;
  tell_validity (self);
}

static void
set_session (AtelierRecipeEditor *self,
             AtelierSession      *session)
{
  if (self->session == session)
    return;

  if (self->session)
    g_signal_handlers_disconnect_by_data (self->session, self);
  g_set_object (&self->session, session);
  if (session)
    {
      g_signal_connect_swapped (session, "notify::recipe",
                                G_CALLBACK (on_session_recipe_notify_cb), self);
      g_signal_connect_swapped (session, "notify::n-threads",
                                G_CALLBACK (on_session_n_threads_notify_cb), self);
      on_session_recipe_notify_cb (self);
      on_session_n_threads_notify_cb (self);
    }
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SESSION]);
}

/* From the rows to the session */

static void
on_row_valid_notify_cb (AtelierRecipeEditor *self)
{
  if (self->session && !self->is_updating)
    tell_validity (self);
}

static void
on_value_notify_cb (AtelierRecipeEditor *self)
{
  g_autoptr (AtelierRecipe) recipe = NULL;

  if (self->session == NULL || self->is_updating)
    return;

  recipe = create_recipe (self);
  g_return_if_fail (recipe != NULL);
  self->is_updating = TRUE;
  atelier_session_edit_recipe (self->session, recipe, TRUE);
  self->is_updating = FALSE;
}

static void
on_threads_notify_cb (AtelierRecipeEditor *self)
{
  if (self->session == NULL || self->is_updating)
    return;

  self->is_updating = TRUE;
  atelier_session_set_n_threads (self->session,
                                 (guint) atelier_number_row_get_value (self->threads_row));
  self->is_updating = FALSE;
}

static void
on_optimizer_notify_cb (AtelierRecipeEditor *self)
{
  if (self->session == NULL || self->is_updating)
    return;

  gtk_widget_set_visible (GTK_WIDGET (self->momentum_row), has_momentum (self));
  tell_validity (self);
  on_value_notify_cb (self);
}

static void
atelier_recipe_editor_get_property (GObject    *object,
                                    guint       property_id,
                                    GValue     *value,
                                    GParamSpec *pspec)
{
  switch (property_id)
    {
    case PROP_SESSION:
      g_value_set_object (value, ATELIER_RECIPE_EDITOR (object)->session);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
atelier_recipe_editor_set_property (GObject      *object,
                                    guint         property_id,
                                    const GValue *value,
                                    GParamSpec   *pspec)
{
  switch (property_id)
    {
    case PROP_SESSION:
      set_session (ATELIER_RECIPE_EDITOR (object), g_value_get_object (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
atelier_recipe_editor_dispose (GObject *object)
{
  AtelierRecipeEditor *self = ATELIER_RECIPE_EDITOR (object);

  if (self->session)
    g_signal_handlers_disconnect_by_data (self->session, self);
  g_clear_object (&self->session);
  gtk_widget_dispose_template (GTK_WIDGET (self), ATELIER_TYPE_RECIPE_EDITOR);

  G_OBJECT_CLASS (atelier_recipe_editor_parent_class)->dispose (object);
}

static void
atelier_recipe_editor_finalize (GObject *object)
{
  g_clear_pointer (&ATELIER_RECIPE_EDITOR (object)->origin, atelier_recipe_unref);

  G_OBJECT_CLASS (atelier_recipe_editor_parent_class)->finalize (object);
}

static void
bind_template (GtkWidgetClass *widget_class)
{
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
  gtk_widget_class_bind_template_callback (widget_class, on_threads_notify_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_optimizer_notify_cb);
}

static void
atelier_recipe_editor_class_init (AtelierRecipeEditorClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = atelier_recipe_editor_get_property;
  object_class->set_property = atelier_recipe_editor_set_property;
  object_class->dispose = atelier_recipe_editor_dispose;
  object_class->finalize = atelier_recipe_editor_finalize;

  properties[PROP_SESSION] =
    g_param_spec_object ("session", NULL, NULL, ATELIER_TYPE_SESSION,
                         G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  g_type_ensure (ATELIER_TYPE_NUMBER_ROW);
  bind_template (widget_class);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
}

static void
atelier_recipe_editor_init (AtelierRecipeEditor *self)
{
  g_autoptr (GtkStringList) optimizers = gtk_string_list_new (NULL);

  gtk_widget_init_template (GTK_WIDGET (self));
  for (guint i = 0; i < ATELIER_N_OPTIMIZERS; i++)
    gtk_string_list_append (optimizers, _(atelier_optimizer_choices[i].label));
  adw_combo_row_set_model (self->optimizer_row, G_LIST_MODEL (optimizers));
}
