/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What widget a member has follows from its type in the table, so a kind of layer that is added has
 * its fields here without a line of code.
 *
 * A choice that may be numbers instead has an entry for these below its list.  Entries keep no undo
 * of their own: Ctrl+Z undoes the change of the network.  Up and Down change a number.  A text that
 * is no value in the range is said to be wrong while it is typed, and gone when the field is left.
 * Main thread.
 */

#include "config.h"

#include "network/atelier-member-field.h"

#include <glib/gi18n.h>
#include <locale.h>
#include <math.h>
#include <string.h>

#include "kinds/atelier-layer.h"
#include "kinds/atelier-recipe-values.h"

#define MAX_VALUES 128 /* numbers of 8 bytes: as large as the largest struct with members */

G_STATIC_ASSERT (sizeof (guint64[MAX_VALUES]) >= sizeof (AtelierRecipeValues));
G_STATIC_ASSERT (sizeof (guint64[MAX_VALUES]) >= sizeof (AtelierLayer));

struct _AtelierMemberField
{
  GtkWidget             parent_instance;

  gboolean              is_showing; /* a value is being shown, and not entered */
  gboolean              has_value;  /* something was shown */
  gboolean              is_bare;

  /* Borrowed */
  const AtelierMembers *table;
  const AtelierMember  *member;
  GtkWidget            *label;
  GtkWidget            *entry;      /* NULL where nothing can be typed */
  GtkWidget            *drop_down;  /* NULL where it is no choice */
  GtkWidget            *toggle;     /* NULL where it is no flag */
  GtkWidget            *hint;

  /* Owned */
  char                 *problem;    /* nullable */

  guint64               values[MAX_VALUES]; /* a struct with the member, the others as shown */
};

G_DEFINE_FINAL_TYPE (AtelierMemberField, atelier_member_field, GTK_TYPE_WIDGET)

enum
{
  CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

enum
{
  PROP_PROBLEM = 1,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

/* The member that is typed: the field's, or the numbers that its choice needs. */
static const AtelierMember *
get_typed (AtelierMemberField *self)
{
  return self->member->pair ? self->member->pair : self->member;
}

/* Text */

/* "1e-8", and not "1e-08". */
static char *
format_real (double value)
{
  g_autoptr (GString) text = g_string_new (NULL);

  g_string_printf (text, "%.6g", value);
  g_string_replace (text, "e-0", "e-", 0);
  g_string_replace (text, "e+0", "e", 0);
  g_string_replace (text, "e+", "e", 0);

  return g_string_free (g_steal_pointer (&text), FALSE);
}

static char *
format_value (AtelierMemberField *self)
{
  const AtelierMember *member = get_typed (self);
  guint pair[2];

  if (member->type == ATELIER_MEMBER_REAL)
    return format_real (atelier_member_get_real (member, self->values));
  if (member->type != ATELIER_MEMBER_PAIR)
    return g_strdup_printf ("%" G_GUINT64_FORMAT,
                            atelier_member_get_integer (member, self->values));
  atelier_member_get_pair (member, self->values, pair);

  return g_strdup_printf ("%u × %u", pair[0], pair[1]);
}

static gboolean
parse_real (const char *text,
            double     *value)
{
  g_autoptr (GString) number = g_string_new (text);
  const char *plain;
  char *end;

  g_string_replace (number, localeconv ()->decimal_point, ".", 0);
  plain = g_strdelimit (g_strstrip (number->str), ",", '.');
  *value = g_ascii_strtod (plain, &end);

  return end != plain && *end == '\0' && isfinite (*value);
}

/* "3", "3 × 3", "3x3", "3, 3": one number stands for two. */
static gboolean
parse_integers (const char *text,
                guint64    *numbers,
                guint       n_max,
                guint      *n)
{
  g_autoptr (GString) list = g_string_new (text);
  g_auto (GStrv) pieces = NULL;

  g_string_replace (list, "×", " ", 0);
  g_strdelimit (list->str, "xX*,;", ' ');
  pieces = g_strsplit (list->str, " ", -1);
  *n = 0;
  for (guint i = 0; pieces[i]; i++)
    if (*pieces[i] == '\0')
      continue;
    else if (*n == n_max
             || !g_ascii_string_to_unsigned (pieces[i], 10, 0, G_MAXUINT64, &numbers[(*n)++], NULL))
      return FALSE;

  return *n > 0;
}

/* Puts what is typed into @values. */
static gboolean
parse (AtelierMemberField *self,
       const char         *text,
       gpointer            values)
{
  const AtelierMember *member = get_typed (self);
  const gboolean is_pair = member->type == ATELIER_MEMBER_PAIR;
  guint64 numbers[2];
  double real;
  guint n;

  if (member->type == ATELIER_MEMBER_REAL)
    {
      if (!parse_real (text, &real))
        return FALSE;
      atelier_member_set_real (member, values, real);
      return atelier_member_is_good (member, values);
    }
  if (!parse_integers (text, numbers, is_pair ? 2 : 1, &n) || numbers[0] > member->highest
      || numbers[n - 1] > member->highest)
    return FALSE;
  if (is_pair)
    atelier_member_set_pair (member, values, (guint[]) { (guint) numbers[0],
                                                         (guint) numbers[n - 1] });
  else
    atelier_member_set_integer (member, values, numbers[0]);

  return atelier_member_is_good (member, values);
}

/* What may be typed. */
static char *
describe_range (AtelierMemberField *self)
{
  const AtelierMember *member = get_typed (self);

  if (member->type != ATELIER_MEMBER_REAL && member->highest == ATELIER_MEMBER_MAX_UINT)
    /* Translators: what a whole number may be: "1 or more" */
    return g_strdup_printf (_("%u or more"), (guint) member->lowest);

  return atelier_member_describe_range (member);
}

/* A row that shows the name shows the help as its tooltip. */
static const char *
get_help (AtelierMemberField *self)
{
  return self->is_bare && self->member->help ? _(self->member->help) : "";
}

static void
show_validity (AtelierMemberField *self,
               gboolean            is_valid)
{
  g_autofree char *range = is_valid ? NULL : describe_range (self);

  gtk_label_set_label (GTK_LABEL (self->hint), range ? range : "");
  gtk_widget_set_visible (self->hint, !is_valid && !self->is_bare);
  if (is_valid)
    gtk_widget_remove_css_class (self->entry, "error");
  else
    gtk_widget_add_css_class (self->entry, "error");
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->entry),
                                  GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                  range ? range : get_help (self), -1);
  gtk_accessible_update_state (
    GTK_ACCESSIBLE (self->entry), GTK_ACCESSIBLE_STATE_INVALID,
    is_valid ? GTK_ACCESSIBLE_INVALID_FALSE : GTK_ACCESSIBLE_INVALID_TRUE, -1);
  if (g_strcmp0 (self->problem, range) == 0)
    return;

  g_free (self->problem);
  self->problem = g_steal_pointer (&range);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_PROBLEM]);
}

static void
show_text (AtelierMemberField *self)
{
  g_autofree char *text = format_value (self);

  self->is_showing = TRUE;
  gtk_editable_set_text (GTK_EDITABLE (self->entry), text);
  self->is_showing = FALSE;
  show_validity (self, TRUE);
}

/* Input */

static void
on_entry_changed_cb (AtelierMemberField *self)
{
  guint64 values[MAX_VALUES];

  if (self->is_showing)
    return;

  memcpy (values, self->values, sizeof values);
  if (!parse (self, gtk_editable_get_text (GTK_EDITABLE (self->entry)), values))
    {
      show_validity (self, FALSE);
      return;
    }
  show_validity (self, TRUE);
  memcpy (self->values, values, sizeof values);
  g_signal_emit (self, signals[CHANGED], 0);
}

/* One in the last digit; of a number with an exponent, one in that. */
static void
step_real (AtelierMemberField *self,
           gboolean            is_up)
{
  const AtelierMember *member = get_typed (self);
  const double value = atelier_member_get_real (member, self->values);
  g_autofree char *text = format_value (self);
  const char *point = strchr (text, '.');
  const double step = point ? pow (10.0, -(double) strlen (point + 1)) : 1.0;
  double stepped = value + (is_up ? step : -step);
  char digits[G_ASCII_DTOSTR_BUF_SIZE];

  if (strchr (text, 'e'))
    stepped = is_up ? value * 10.0 : value / 10.0;
  else if (point == NULL && member->max <= 1.0)
    stepped = value + (is_up ? 0.1 : -0.1);
  /* 0.3, and not 0.30000000000000004. */
  g_ascii_formatd (digits, sizeof digits, "%.9g", stepped);
  atelier_member_set_real (member, self->values, g_ascii_strtod (digits, NULL));
}

static void
step_integers (AtelierMemberField *self,
               gboolean            is_up)
{
  const AtelierMember *member = get_typed (self);
  const guint change = is_up ? 1 : (guint) -1;
  guint pair[2];

  if (member->type != ATELIER_MEMBER_PAIR)
    {
      atelier_member_set_integer (member, self->values,
                                  atelier_member_get_integer (member, self->values)
                                    + (is_up ? 1 : -(guint64) 1));
      return;
    }
  atelier_member_get_pair (member, self->values, pair);
  atelier_member_set_pair (member, self->values, (guint[]) { pair[0] + change, pair[1] + change });
}

/* A step that would leave the range is none. */
static gboolean
on_step_cb (GtkWidget *entry,
            GVariant  *args,
            gpointer   user_data)
{
  AtelierMemberField *self = user_data;
  const AtelierMember *member = get_typed (self);
  guint64 before[MAX_VALUES];

  memcpy (before, self->values, sizeof before);
  if (member->type == ATELIER_MEMBER_REAL)
    step_real (self, g_variant_get_boolean (args));
  else
    step_integers (self, g_variant_get_boolean (args));
  if (!atelier_member_is_good (member, self->values))
    {
      memcpy (self->values, before, sizeof before);
      return TRUE;
    }
  show_text (self);
  gtk_editable_set_position (GTK_EDITABLE (entry), -1);
  g_signal_emit (self, signals[CHANGED], 0);

  return TRUE;
}

static void
on_entry_left_cb (AtelierMemberField *self)
{
  if (!self->is_bare)
    show_text (self);
}

static void
on_selected_notify_cb (AtelierMemberField *self)
{
  const guint selected = gtk_drop_down_get_selected (GTK_DROP_DOWN (self->drop_down));

  if (self->is_showing || selected == GTK_INVALID_LIST_POSITION)
    return;

  atelier_member_set_integer (self->member, self->values, selected);
  if (self->entry)
    gtk_widget_set_visible (self->entry,
                            atelier_member_get_pair_member (self->member, self->values) != NULL);
  g_signal_emit (self, signals[CHANGED], 0);
}

static void
on_active_notify_cb (AtelierMemberField *self)
{
  if (self->is_showing)
    return;

  atelier_member_set_integer (self->member, self->values,
                              gtk_switch_get_active (GTK_SWITCH (self->toggle)) ? 1 : 0);
  g_signal_emit (self, signals[CHANGED], 0);
}

/* Widgets */

static void
add_step_keys (AtelierMemberField *self,
               GtkWidget          *entry)
{
  const guint keys[] = { GDK_KEY_Up, GDK_KEY_Down };
  GtkEventController *controller = gtk_shortcut_controller_new ();

  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    {
      GtkShortcut *shortcut = gtk_shortcut_new (gtk_keyval_trigger_new (keys[i], 0),
                                                gtk_callback_action_new (on_step_cb, self, NULL));

      gtk_shortcut_set_arguments (shortcut, g_variant_new_boolean (keys[i] == GDK_KEY_Up));
      gtk_shortcut_controller_add_shortcut (GTK_SHORTCUT_CONTROLLER (controller), shortcut);
    }
  gtk_widget_add_controller (entry, controller);
}

static GtkWidget *
add_entry (AtelierMemberField *self)
{
  GtkWidget *entry = gtk_entry_new ();
  GtkEventController *focus = gtk_event_controller_focus_new ();
  const int n_chars = self->member->type == ATELIER_MEMBER_UINT ? 6
                      : self->member->type == ATELIER_MEMBER_UINT64 ? 8
                      : self->is_bare ? 6 : 7;

  gtk_editable_set_enable_undo (GTK_EDITABLE (entry), FALSE);
  gtk_editable_set_width_chars (GTK_EDITABLE (entry), n_chars);
  gtk_editable_set_max_width_chars (GTK_EDITABLE (entry), n_chars);
  gtk_widget_add_css_class (entry, "numeric");
  if (self->is_bare)
    {
      gtk_entry_set_has_frame (GTK_ENTRY (entry), FALSE);
      gtk_editable_set_alignment (GTK_EDITABLE (entry), 1.0f);
    }
  g_signal_connect_swapped (entry, "changed", G_CALLBACK (on_entry_changed_cb), self);
  g_signal_connect_swapped (focus, "leave", G_CALLBACK (on_entry_left_cb), self);
  gtk_widget_add_controller (entry, focus);
  add_step_keys (self, entry);

  return entry;
}

static GtkWidget *
add_drop_down (AtelierMemberField *self)
{
  GtkStringList *labels = gtk_string_list_new (NULL);
  GtkWidget *drop_down;

  for (const AtelierChoice *choice = self->member->choices; choice->word; choice++)
    gtk_string_list_append (labels, _(choice->label));
  drop_down = gtk_drop_down_new (G_LIST_MODEL (labels), NULL);
  g_signal_connect_swapped (drop_down, "notify::selected", G_CALLBACK (on_selected_notify_cb),
                            self);

  return drop_down;
}

static void
add_child (AtelierMemberField *self,
           GtkWidget          *child)
{
  gtk_widget_set_halign (child, self->is_bare ? GTK_ALIGN_END : GTK_ALIGN_START);
  gtk_widget_set_parent (child, GTK_WIDGET (self));
  gtk_accessible_update_property (GTK_ACCESSIBLE (child), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  gtk_label_get_label (GTK_LABEL (self->label)),
                                  GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, get_help (self), -1);
}

static void
build (AtelierMemberField *self)
{
  self->label = gtk_label_new (_(self->member->label));
  gtk_label_set_xalign (GTK_LABEL (self->label), 0.0f);
  gtk_widget_add_css_class (self->label, "caption");
  gtk_widget_add_css_class (self->label, "dim-label");
  gtk_widget_set_visible (self->label, !self->is_bare);
  gtk_widget_set_parent (self->label, GTK_WIDGET (self));
  if (self->member->type == ATELIER_MEMBER_CHOICE)
    add_child (self, self->drop_down = add_drop_down (self));
  if (self->member->type == ATELIER_MEMBER_FLAG)
    {
      add_child (self, self->toggle = gtk_switch_new ());
      g_signal_connect_swapped (self->toggle, "notify::active", G_CALLBACK (on_active_notify_cb),
                                self);
    }
  if (self->member->pair || (!self->drop_down && !self->toggle))
    add_child (self, self->entry = add_entry (self));

  self->hint = gtk_label_new ("");
  gtk_label_set_xalign (GTK_LABEL (self->hint), 0.0f);
  gtk_widget_add_css_class (self->hint, "caption");
  gtk_widget_add_css_class (self->hint, "error");
  gtk_widget_set_visible (self->hint, FALSE);
  gtk_widget_set_parent (self->hint, GTK_WIDGET (self));
}

static void
atelier_member_field_dispose (GObject *object)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (object))))
    gtk_widget_unparent (child);

  G_OBJECT_CLASS (atelier_member_field_parent_class)->dispose (object);
}

static void
atelier_member_field_finalize (GObject *object)
{
  g_free (ATELIER_MEMBER_FIELD (object)->problem);

  G_OBJECT_CLASS (atelier_member_field_parent_class)->finalize (object);
}

static void
atelier_member_field_get_property (GObject    *object,
                                   guint       property_id,
                                   GValue     *value,
                                   GParamSpec *pspec)
{
  switch (property_id)
    {
    case PROP_PROBLEM:
      g_value_set_string (value, ATELIER_MEMBER_FIELD (object)->problem);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
atelier_member_field_class_init (AtelierMemberFieldClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = atelier_member_field_dispose;
  G_OBJECT_CLASS (klass)->finalize = atelier_member_field_finalize;
  G_OBJECT_CLASS (klass)->get_property = atelier_member_field_get_property;

  properties[PROP_PROBLEM]
    = g_param_spec_string ("problem", NULL, NULL, NULL,
                           G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (G_OBJECT_CLASS (klass), N_PROPS, properties);
  signals[CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                                   NULL, NULL, NULL, G_TYPE_NONE, 0);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BOX_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "memberfield");
}

static void
atelier_member_field_init (AtelierMemberField *self)
{
  GtkLayoutManager *layout = gtk_widget_get_layout_manager (GTK_WIDGET (self));

  gtk_orientable_set_orientation (GTK_ORIENTABLE (layout), GTK_ORIENTATION_VERTICAL);
  gtk_box_layout_set_spacing (GTK_BOX_LAYOUT (layout), 2);
}

static GtkWidget *
new_field (const AtelierMembers *table,
           const AtelierMember  *member,
           gboolean              is_bare)
{
  AtelierMemberField *self;

  g_return_val_if_fail (table != NULL && member != NULL, NULL);

  self = g_object_new (ATELIER_TYPE_MEMBER_FIELD, NULL);
  self->table = table;
  self->member = member;
  self->is_bare = is_bare;
  build (self);

  return GTK_WIDGET (self);
}

GtkWidget *
atelier_member_field_new (const AtelierMembers *table,
                          const AtelierMember  *member)
{
  return new_field (table, member, FALSE);
}

GtkWidget *
atelier_member_field_new_bare (const AtelierMembers *table,
                               const AtelierMember  *member)
{
  return new_field (table, member, TRUE);
}

const AtelierMember *
atelier_member_field_get_member (AtelierMemberField *self)
{
  g_return_val_if_fail (ATELIER_IS_MEMBER_FIELD (self), NULL);

  return self->member;
}

/* Whether the text says the value already. */
static gboolean
is_typed (AtelierMemberField *self)
{
  guint64 typed[MAX_VALUES];

  memcpy (typed, self->values, sizeof typed);

  return parse (self, gtk_editable_get_text (GTK_EDITABLE (self->entry)), typed)
         && memcmp (typed, self->values, sizeof typed) == 0;
}

static void
show_entry (AtelierMemberField *self,
            const char         *before)
{
  g_autofree char *after = format_value (self);

  if (self->member->pair)
    gtk_widget_set_visible (self->entry,
                            atelier_member_get_pair_member (self->member, self->values) != NULL);
  if ((!self->has_value || !g_str_equal (before, after)) && !is_typed (self))
    show_text (self);
}

void
atelier_member_field_show (AtelierMemberField *self,
                           gconstpointer       values)
{
  g_autofree char *before = NULL;

  g_return_if_fail (ATELIER_IS_MEMBER_FIELD (self));
  g_return_if_fail (values != NULL);

  before = format_value (self);
  /* All members: a default may follow from others. */
  atelier_members_normalize (self->table, values, self->values);
  gtk_widget_set_visible (GTK_WIDGET (self),
                          atelier_member_applies (self->table, self->member, values));
  self->is_showing = TRUE;
  if (self->drop_down)
    gtk_drop_down_set_selected (GTK_DROP_DOWN (self->drop_down),
                                (guint) atelier_member_get_integer (self->member, self->values));
  if (self->toggle)
    gtk_switch_set_active (GTK_SWITCH (self->toggle),
                           atelier_member_get_integer (self->member, self->values) != 0);
  self->is_showing = FALSE;
  if (self->entry)
    show_entry (self, before);
  self->has_value = TRUE;
}

void
atelier_member_field_read (AtelierMemberField *self,
                           gpointer            values)
{
  g_return_if_fail (ATELIER_IS_MEMBER_FIELD (self));
  g_return_if_fail (values != NULL);

  atelier_member_copy (self->member, self->values, values);
}

void
atelier_member_field_restore (AtelierMemberField *self)
{
  g_return_if_fail (ATELIER_IS_MEMBER_FIELD (self));

  if (self->problem)
    show_text (self);
}

const char *
atelier_member_field_get_problem (AtelierMemberField *self)
{
  g_return_val_if_fail (ATELIER_IS_MEMBER_FIELD (self), NULL);

  return self->problem;
}

void
atelier_member_field_set_text (AtelierMemberField *self,
                               const char         *text)
{
  g_return_if_fail (ATELIER_IS_MEMBER_FIELD (self));
  g_return_if_fail (self->entry != NULL);

  gtk_editable_set_text (GTK_EDITABLE (self->entry), text);
}
