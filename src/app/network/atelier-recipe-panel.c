/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A row for each member of the recipe's table, so that a member that is added has its own without a
 * line here.  The table's groups say where, but for the few members in @elsewhere.
 *
 * What is typed becomes the session's recipe at once, as a step that can be undone; a recipe that
 * others set is shown in the rows.  While the text of a row that applies is no value in its range,
 * the session is told that the recipe is not valid, and keeps the last valid one.
 *
 * The number of threads has a table of its own with one member: it is no part of a recipe, and
 * cannot be undone.  Main thread.
 */

#include "config.h"

#include "network/atelier-recipe-panel.h"

#include <glib/gi18n.h>

#include "model/atelier-recipe-advice.h"
#include "network/atelier-augment-view.h"
#include "network/atelier-rate-view.h"
#include "network/atelier-recipe-group.h"
#include "network/atelier-recipe-row.h"

typedef enum
{
  GROUP_OPTIMIZER,
  GROUP_RATE,
  GROUP_TRAINING,
  GROUP_AUGMENTATION,
  GROUP_ENDING,
  GROUP_RARE, /* all that is of no other */
  N_GROUPS
} Group;

/* The heading, and the table's group whose members are here. */
static const struct
{
  const char *title;
  const char *group;
} groups[N_GROUPS] = {
  [GROUP_OPTIMIZER] = { N_("Optimiser"), "Optimiser" },
  [GROUP_RATE] = { N_("Learning Rate"), "Schedule" },
  [GROUP_TRAINING] = { N_("Training"), "Training" },
  [GROUP_AUGMENTATION] = { N_("Augmentation"), "Augmentation" },
  [GROUP_ENDING] = { N_("Ending"), "Ending" },
  [GROUP_RARE] = { N_("Rarely Changed"), NULL },
};

static const struct
{
  const char *name;
  Group       group;
} elsewhere[] = {
  { "learning_rate", GROUP_RATE },
  { "seed", GROUP_RARE },
  { "raw_pixels", GROUP_RARE },
};

static const AtelierMember thread_members[] = {
  { .name = "threads",
    .type = ATELIER_MEMBER_UINT,
    .lowest = 1,
    .highest = 1024,
    .label = N_("Threads"),
    .help = N_("How many processors train; the weights are the same with any number") },
};

static const AtelierMembers thread_table = { thread_members, G_N_ELEMENTS (thread_members), NULL };

struct _AtelierRecipePanel
{
  GtkWidget           parent_instance;

  gboolean            is_updating; /* one of rows and session is being set from the other */

  /* Owned */
  AtelierSession     *session;     /* nullable */
  GPtrArray          *rows;        /* of AtelierRecipeRow, in the table's order; borrowed */

  /* Borrowed */
  AtelierRecipeRow   *threads_row;
  AtelierRecipeGroup *groups[N_GROUPS];
  AtelierRateView    *rate_view;
  AtelierAugmentView *augment_view;
  GtkWidget          *augment_button;

  /* Template children */
  GtkWidget          *main_box;
  GtkLabel           *changes_label;
  GtkWidget          *reset_button;
  GtkMenuButton      *preset_button;
  GtkBox             *groups_box;
};

G_DEFINE_FINAL_TYPE (AtelierRecipePanel, atelier_recipe_panel, GTK_TYPE_WIDGET)

enum
{
  PROP_SESSION = 1,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

static Group
find_group (const AtelierMember *member)
{
  for (guint i = 0; i < G_N_ELEMENTS (elsewhere); i++)
    if (g_str_equal (member->name, elsewhere[i].name))
      return elsewhere[i].group;
  for (guint i = 0; i < N_GROUPS; i++)
    if (member->group && g_strcmp0 (member->group, groups[i].group) == 0)
      return (Group) i;

  return GROUP_RARE;
}

static const AtelierRecipeValues *
get_values (AtelierRecipePanel *self)
{
  return atelier_recipe_get_values (atelier_session_get_recipe (self->session));
}

static const AtelierRecipeValues *
get_base (AtelierRecipePanel *self)
{
  return atelier_network_draft_get_base_recipe (atelier_session_get_draft (self->session));
}

/* What there is to say */

static void
tell_validity (AtelierRecipePanel *self)
{
  gboolean is_valid = atelier_recipe_row_get_is_valid (self->threads_row);

  for (guint i = 0; i < self->rows->len; i++)
    if (!atelier_recipe_row_get_is_valid (g_ptr_array_index (self->rows, i)))
      {
        AtelierRecipeRow *row = g_ptr_array_index (self->rows, i);

        is_valid = FALSE;
        if (find_group (atelier_recipe_row_get_member (row)) == GROUP_RARE)
          atelier_recipe_group_unfold (self->groups[GROUP_RARE]);
      }
  atelier_session_set_is_recipe_valid (self->session, is_valid);
}

static char *
describe_changes (guint n)
{
  return g_strdup_printf (ngettext ("%u change", "%u changes", n), n);
}

static void
show_changes (AtelierRecipePanel *self)
{
  guint n = 0, n_rare = 0;
  g_autofree char *words = NULL;
  g_autofree char *rare = NULL;

  for (guint i = 0; i < self->rows->len; i++)
    {
      AtelierRecipeRow *row = g_ptr_array_index (self->rows, i);

      if (!atelier_recipe_row_get_is_changed (row))
        continue;
      n++;
      if (find_group (atelier_recipe_row_get_member (row)) == GROUP_RARE)
        n_rare++;
    }
  words = describe_changes (n);
  gtk_label_set_label (self->changes_label, words);
  gtk_widget_set_visible (GTK_WIDGET (self->changes_label), n > 0);
  gtk_widget_set_visible (self->reset_button, n > 0);
  rare = n_rare > 0 ? describe_changes (n_rare) : g_strdup (_("Data, pixels, seed, threads"));
  atelier_recipe_group_set_caption (self->groups[GROUP_RARE], rare);
}

/* All that is said of members of one group is one text. */
static void
show_advice (AtelierRecipePanel *self)
{
  g_autoptr (GPtrArray) all = atelier_recipe_advise (atelier_session_get_recipe (self->session),
                                                     atelier_session_get_network (self->session),
                                                     atelier_session_get_splits (self->session));

  for (guint i = 0; i < N_GROUPS; i++)
    {
      g_autoptr (GString) words = g_string_new (NULL);

      for (guint k = 0; k < all->len; k++)
        {
          const AtelierRecipeAdvice *advice = g_ptr_array_index (all, k);

          if (find_group (advice->member) == (Group) i)
            g_string_append_printf (words, "%s%s", words->len > 0 ? "\n" : "", advice->words);
        }
      atelier_recipe_group_set_advice (self->groups[i], words->len > 0 ? words->str : NULL);
    }
}

static void
show_pictures (AtelierRecipePanel *self)
{
  AtelierRecipe *recipe = atelier_session_get_recipe (self->session);
  AtelierSplits *splits = atelier_session_get_splits (self->session);

  atelier_rate_view_show (self->rate_view, get_values (self),
                          splits ? atelier_splits_get_n (splits, ATELIER_SPLIT_TRAIN) : 0);
  atelier_augment_view_show (self->augment_view, recipe, splits);
}

static void
show_epoch (AtelierRecipePanel *self)
{
  const guint epoch = atelier_augment_view_get_epoch (self->augment_view);
  /* Translators: nine small pictures */
  g_autofree char *caption = g_strdup_printf (_("As the network sees them in epoch %u"), epoch);
  g_autofree char *label
    = g_strdup_printf (_("Training images as the network sees them in epoch %u"), epoch);

  atelier_recipe_group_set_caption (self->groups[GROUP_AUGMENTATION], caption);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->augment_button),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
}

/* From the session to the rows */

static void
show_rows (AtelierRecipePanel *self)
{
  self->is_updating = TRUE;
  for (guint i = 0; i < self->rows->len; i++)
    atelier_recipe_row_show (g_ptr_array_index (self->rows, i), get_values (self),
                             get_base (self));
  self->is_updating = FALSE;
  show_changes (self);
  show_advice (self);
  show_pictures (self);
}

static void
on_session_recipe_notify_cb (AtelierRecipePanel *self)
{
  if (self->is_updating)
    return;

  self->is_updating = TRUE;
  for (guint i = 0; i < self->rows->len; i++)
    atelier_recipe_row_restore (g_ptr_array_index (self->rows, i));
  self->is_updating = FALSE;
  show_rows (self);
  tell_validity (self);
}

/* The recipe that changes are counted from may be another. */
static void
on_draft_changed_cb (AtelierRecipePanel *self)
{
  if (!self->is_updating)
    show_rows (self);
}

static void
on_session_splits_notify_cb (AtelierRecipePanel *self)
{
  show_advice (self);
  show_pictures (self);
}

static void
on_session_n_threads_notify_cb (AtelierRecipePanel *self)
{
  guint n_threads = atelier_session_get_n_threads (self->session);

  if (self->is_updating)
    return;

  self->is_updating = TRUE;
  atelier_recipe_row_restore (self->threads_row);
  atelier_recipe_row_show (self->threads_row, &n_threads, NULL);
  self->is_updating = FALSE;
  tell_validity (self);
}

static void
connect_session (AtelierRecipePanel *self)
{
  static const struct { const char *signal; GCallback callback; } connections[] = {
    { "notify::recipe", G_CALLBACK (on_session_recipe_notify_cb) },
    { "notify::network", G_CALLBACK (show_advice) },
    { "notify::splits", G_CALLBACK (on_session_splits_notify_cb) },
    { "notify::n-threads", G_CALLBACK (on_session_n_threads_notify_cb) },
  };

  for (guint i = 0; i < G_N_ELEMENTS (connections); i++)
    g_signal_connect_object (self->session, connections[i].signal, connections[i].callback, self,
                             G_CONNECT_SWAPPED);
  g_signal_connect_object (atelier_session_get_draft (self->session), "changed",
                           G_CALLBACK (on_draft_changed_cb), self, G_CONNECT_SWAPPED);
}

static void
set_session (AtelierRecipePanel *self,
             AtelierSession     *session)
{
  /* A window has one session all its life. */
  if (self->session || session == NULL)
    return;

  self->session = g_object_ref (session);
  connect_session (self);
  on_session_recipe_notify_cb (self);
  on_session_n_threads_notify_cb (self);
  show_epoch (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SESSION]);
}

/* From the rows to the session */

static void
set_recipe (AtelierRecipePanel        *self,
            const AtelierRecipeValues *values,
            gboolean                   is_typed)
{
  g_autoptr (AtelierRecipe) recipe = atelier_recipe_new (values, NULL);

  g_return_if_fail (recipe != NULL);

  self->is_updating = TRUE;
  atelier_session_edit_recipe (self->session, recipe, is_typed);
  self->is_updating = FALSE;
  show_rows (self);
  tell_validity (self);
}

static void
on_row_changed_cb (AtelierRecipePanel *self,
                   AtelierRecipeRow   *row)
{
  AtelierRecipeValues values;

  if (self->session == NULL || self->is_updating)
    return;

  values = *get_values (self);
  atelier_recipe_row_read (row, &values);
  set_recipe (self, &values, TRUE);
}

static void
on_row_reset_cb (AtelierRecipePanel *self,
                 AtelierRecipeRow   *row)
{
  AtelierRecipeValues values = *get_values (self);

  atelier_recipe_row_restore (row);
  atelier_member_copy (atelier_recipe_row_get_member (row), get_base (self), &values);
  set_recipe (self, &values, FALSE);
}

static void
on_row_validity_changed_cb (AtelierRecipePanel *self)
{
  if (self->session && !self->is_updating)
    tell_validity (self);
}

static void
on_threads_changed_cb (AtelierRecipePanel *self)
{
  guint n_threads;

  if (self->session == NULL || self->is_updating)
    return;

  atelier_recipe_row_read (self->threads_row, &n_threads);
  self->is_updating = TRUE;
  atelier_session_set_n_threads (self->session, n_threads);
  self->is_updating = FALSE;
}

/* The button goes with the click, and its focus to the first row. */
static void
on_reset_clicked_cb (AtelierRecipePanel *self)
{
  const AtelierRecipeValues base = *get_base (self);

  gtk_widget_child_focus (GTK_WIDGET (self->groups_box), GTK_DIR_TAB_FORWARD);
  for (guint i = 0; i < self->rows->len; i++)
    atelier_recipe_row_restore (g_ptr_array_index (self->rows, i));
  set_recipe (self, &base, FALSE);
}

/* The rows follow; the network stays. */
static void
on_use_preset_action_cb (GtkWidget  *widget,
                         const char *action_name,
                         GVariant   *parameter)
{
  AtelierRecipePanel *self = ATELIER_RECIPE_PANEL (widget);
  g_autoptr (AtelierRecipe) recipe
    = atelier_recipe_new_preset (g_variant_get_string (parameter, NULL));

  if (recipe == NULL || self->session == NULL || atelier_session_get_is_locked (self->session))
    return;
  atelier_session_use_recipe (self->session, recipe);
}

/* "Report 2, convolutional (rate 0.001, 10 epochs)", one item each. */
static void
fill_presets (AtelierRecipePanel *self)
{
  const char * const *ids = atelier_network_list_presets ();
  g_autoptr (GMenu) menu = g_menu_new ();

  for (guint i = 0; ids[i]; i++)
    {
      g_autoptr (AtelierNetwork) network = atelier_network_new_preset (ids[i]);
      g_autoptr (AtelierRecipe) recipe = atelier_recipe_new_preset (ids[i]);
      const AtelierRecipeValues *values = atelier_recipe_get_values (recipe);
      g_autofree char *rate = g_strdup_printf ("%g", values->learning_rate);
      /* Translators: a preset's name, and its learning rate and number of epochs */
      g_autofree char *label
        = g_strdup_printf (ngettext ("%s (rate %s, %u epoch)", "%s (rate %s, %u epochs)",
                                     values->n_epochs),
                           atelier_network_get_name (network), rate, values->n_epochs);
      g_autoptr (GMenuItem) item = g_menu_item_new (label, NULL);

      g_menu_item_set_action_and_target (item, "recipe.use-preset", "s", ids[i]);
      g_menu_append_item (menu, item);
    }
  gtk_menu_button_set_menu_model (self->preset_button, G_MENU_MODEL (menu));
}

static void
on_augment_clicked_cb (AtelierRecipePanel *self)
{
  atelier_augment_view_draw_again (self->augment_view);
  show_epoch (self);
}

/* For the .ui file, which cannot negate a boolean. */
static gboolean
can_change (AtelierRecipePanel *self,
            gboolean            is_locked)
{
  return !is_locked;
}

/* Groups and rows */

static GtkWidget *
create_rate_view (AtelierRecipePanel *self)
{
  self->rate_view = g_object_new (ATELIER_TYPE_RATE_VIEW, NULL);
  gtk_widget_set_hexpand (GTK_WIDGET (self->rate_view), TRUE);

  return GTK_WIDGET (self->rate_view);
}

static GtkWidget *
create_augment_button (AtelierRecipePanel *self)
{
  self->augment_view = g_object_new (ATELIER_TYPE_AUGMENT_VIEW, NULL);
  self->augment_button = gtk_button_new ();
  gtk_button_set_child (GTK_BUTTON (self->augment_button), GTK_WIDGET (self->augment_view));
  gtk_widget_add_css_class (self->augment_button, "flat");
  gtk_widget_set_valign (self->augment_button, GTK_ALIGN_CENTER);
  gtk_widget_set_tooltip_text (self->augment_button, _("Show the next epoch"));
  g_signal_connect_swapped (self->augment_button, "clicked", G_CALLBACK (on_augment_clicked_cb),
                            self);

  return self->augment_button;
}

static void
create_groups (AtelierRecipePanel *self)
{
  GtkWidget *asides[N_GROUPS] = {
    [GROUP_RATE] = create_rate_view (self),
    [GROUP_AUGMENTATION] = create_augment_button (self),
  };

  for (guint i = 0; i < N_GROUPS; i++)
    {
      GtkWidget *group = atelier_recipe_group_new (_(groups[i].title), i == GROUP_RARE, asides[i]);

      self->groups[i] = ATELIER_RECIPE_GROUP (group);
      gtk_box_append (self->groups_box, group);
    }
}

static AtelierRecipeRow *
add_row (AtelierRecipePanel   *self,
         const AtelierMembers *table,
         const AtelierMember  *member)
{
  AtelierRecipeRow *row = ATELIER_RECIPE_ROW (atelier_recipe_row_new (table, member));

  g_signal_connect_swapped (row, "validity-changed", G_CALLBACK (on_row_validity_changed_cb),
                            self);
  atelier_recipe_group_add (self->groups[find_group (member)], row);

  return row;
}

static void
create_rows (AtelierRecipePanel *self)
{
  const AtelierMembers *table = atelier_recipe_values_get_members ();

  self->rows = g_ptr_array_new ();
  for (guint i = 0; i < table->n_members; i++)
    {
      AtelierRecipeRow *row = add_row (self, table, &table->members[i]);

      g_signal_connect_swapped (row, "changed", G_CALLBACK (on_row_changed_cb), self);
      g_signal_connect_swapped (row, "reset", G_CALLBACK (on_row_reset_cb), self);
      g_ptr_array_add (self->rows, row);
    }
  self->threads_row = add_row (self, &thread_table, &thread_members[0]);
  g_signal_connect_swapped (self->threads_row, "changed", G_CALLBACK (on_threads_changed_cb), self);
}

static void
atelier_recipe_panel_get_property (GObject    *object,
                                   guint       property_id,
                                   GValue     *value,
                                   GParamSpec *pspec)
{
  switch (property_id)
    {
    case PROP_SESSION:
      g_value_set_object (value, ATELIER_RECIPE_PANEL (object)->session);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
atelier_recipe_panel_set_property (GObject      *object,
                                   guint         property_id,
                                   const GValue *value,
                                   GParamSpec   *pspec)
{
  switch (property_id)
    {
    case PROP_SESSION:
      set_session (ATELIER_RECIPE_PANEL (object), g_value_get_object (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
atelier_recipe_panel_dispose (GObject *object)
{
  AtelierRecipePanel *self = ATELIER_RECIPE_PANEL (object);

  gtk_widget_dispose_template (GTK_WIDGET (self), ATELIER_TYPE_RECIPE_PANEL);
  g_clear_pointer (&self->rows, g_ptr_array_unref);
  g_clear_object (&self->session);

  G_OBJECT_CLASS (atelier_recipe_panel_parent_class)->dispose (object);
}

static void
atelier_recipe_panel_class_init (AtelierRecipePanelClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = atelier_recipe_panel_get_property;
  object_class->set_property = atelier_recipe_panel_set_property;
  object_class->dispose = atelier_recipe_panel_dispose;

  properties[PROP_SESSION]
    = g_param_spec_object ("session", NULL, NULL, ATELIER_TYPE_SESSION,
                           G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  gtk_widget_class_set_template_from_resource (
    widget_class, "/io/github/atelier_nn/Atelier/network/atelier-recipe-panel.ui");
  gtk_widget_class_bind_template_child (widget_class, AtelierRecipePanel, main_box);
  gtk_widget_class_bind_template_child (widget_class, AtelierRecipePanel, changes_label);
  gtk_widget_class_bind_template_child (widget_class, AtelierRecipePanel, reset_button);
  gtk_widget_class_bind_template_child (widget_class, AtelierRecipePanel, preset_button);
  gtk_widget_class_bind_template_child (widget_class, AtelierRecipePanel, groups_box);
  gtk_widget_class_bind_template_callback (widget_class, on_reset_clicked_cb);
  gtk_widget_class_bind_template_callback (widget_class, can_change);
  gtk_widget_class_install_action (widget_class, "recipe.use-preset", "s",
                                   on_use_preset_action_cb);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "recipepanel");
}

static void
atelier_recipe_panel_init (AtelierRecipePanel *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  fill_presets (self);
  create_groups (self);
  create_rows (self);
}
