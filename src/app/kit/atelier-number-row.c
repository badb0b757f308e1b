/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A number in a narrow sidebar.
 *
 * libadwaita 1.2 has no AdwSpinRow.  A spin button was rejected: its two buttons leave no room for
 * "0.0001", and a learning rate is stepped by factors, not by sums.  This row is an entry that
 * reads "0.001", "1e-3" and "0,001" in every locale, and writes the locale's decimal sign.  Up and
 * Down change whole numbers by one and others along 1-2-5.  While the text is not a number in
 * range, the row shows the range and keeps the last valid value.  It never corrects the text by
 * itself.  Main thread.
 */

#include "config.h"

#include "kit/atelier-number-row.h"

#include <glib/gi18n.h>
#include <locale.h>
#include <math.h>

#define SMALLEST_STEP 1e-5 /* Up from 0, where fractions are allowed */

struct _AtelierNumberRow
{
  AdwActionRow parent_instance;

  double       value;
  double       lower;
  double       upper;
  gboolean     is_integral;
  gboolean     is_valid;

  /* Owned */
  char        *hint;

  /* Template children */
  GtkEntry    *entry;
};

G_DEFINE_FINAL_TYPE (AtelierNumberRow, atelier_number_row, ADW_TYPE_ACTION_ROW)

enum
{
  PROP_VALUE = 1,
  PROP_LOWER,
  PROP_UPPER,
  PROP_INTEGRAL,
  PROP_HINT,
  PROP_IS_VALID,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

static char *
format_number (AtelierNumberRow *self,
               double            value)
{
  return g_strdup_printf (self->is_integral ? "%.0f" : "%.6g", value);
}

static gboolean
parse_number (AtelierNumberRow *self,
              const char       *text,
              double           *value)
{
  g_autoptr (GString) number = g_string_new (text);
  char *plain;
  char *end;
  double parsed;

  g_string_replace (number, localeconv ()->decimal_point, ".", 0);
  plain = g_strdelimit (g_strstrip (number->str), ",", '.');
  parsed = g_ascii_strtod (plain, &end);
  if (end == plain || *end != '\0' || !isfinite (parsed))
    return FALSE;
  if (parsed < self->lower || parsed > self->upper
      || (self->is_integral && parsed != floor (parsed)))
    return FALSE;

  *value = parsed;

  return TRUE;
}

/* What may be typed, while something else is; else the row's tooltip. */
static void
describe_entry (AtelierNumberRow *self)
{
  const char *words = adw_action_row_get_subtitle (ADW_ACTION_ROW (self));

  if (self->is_valid)
    words = gtk_widget_get_tooltip_text (GTK_WIDGET (self));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->entry),
                                  GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, words ? words : "", -1);
}

static void
show_validity (AtelierNumberRow *self)
{
  g_autofree char *lower = format_number (self, self->lower);
  g_autofree char *upper = format_number (self, self->upper);
  /* Translators: "From 1 to 4096": the numbers that may be typed. */
  g_autofree char *range = g_strdup_printf (
    self->is_integral ? _("A whole number from %s to %s") : _("From %s to %s"), lower, upper);

  adw_action_row_set_subtitle (ADW_ACTION_ROW (self),
                               self->is_valid ? "" : self->hint ? self->hint : range);
  describe_entry (self);
  if (self->is_valid)
    gtk_widget_remove_css_class (GTK_WIDGET (self), "error");
  else
    gtk_widget_add_css_class (GTK_WIDGET (self), "error");
  gtk_accessible_update_state (
    GTK_ACCESSIBLE (self->entry), GTK_ACCESSIBLE_STATE_INVALID,
    self->is_valid ? GTK_ACCESSIBLE_INVALID_FALSE : GTK_ACCESSIBLE_INVALID_TRUE, -1);
}

static void
take_number (AtelierNumberRow *self,
             gboolean          is_valid,
             double            value)
{
  if (is_valid && self->value != value)
    {
      self->value = value;
      g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_VALUE]);
    }
  if (self->is_valid != is_valid)
    {
      self->is_valid = is_valid;
      show_validity (self);
      g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_IS_VALID]);
    }
}

/* The next value above or below in ... 0.001, 0.002, 0.005, 0.01 ... */
static double
step_ladder (double   value,
             gboolean is_up)
{
  const double rungs[] = { 1.0, 2.0, 5.0, 10.0 };
  double decade;

  if (value <= 0.0)
    return is_up ? SMALLEST_STEP : 0.0;

  decade = pow (10.0, floor (log10 (value) + 1e-9));
  if (is_up)
    {
      for (guint i = 1; i < G_N_ELEMENTS (rungs); i++)
        if (value < rungs[i] * decade * (1.0 - 1e-9))
          return rungs[i] * decade;
      return 10.0 * decade;
    }
  for (int i = G_N_ELEMENTS (rungs) - 2; i >= 0; i--)
    if (value > rungs[i] * decade * (1.0 + 1e-9))
      return rungs[i] * decade;

  return decade / 2.0;
}

static void
on_entry_changed_cb (AtelierNumberRow *self)
{
  double value = self->value;
  gboolean is_valid =
    parse_number (self, gtk_editable_get_text (GTK_EDITABLE (self->entry)), &value);

  take_number (self, is_valid, value);
}

static gboolean
on_entry_step_cb (GtkWidget *entry,
                  GVariant  *args,
                  gpointer   user_data)
{
  AtelierNumberRow *self =
    ATELIER_NUMBER_ROW (gtk_widget_get_ancestor (entry, ATELIER_TYPE_NUMBER_ROW));
  gboolean is_up = g_variant_get_boolean (args);
  double stepped =
    self->is_integral ? self->value + (is_up ? 1.0 : -1.0) : step_ladder (self->value, is_up);
  g_autofree char *text = NULL;

  if (!is_up && !self->is_integral && stepped < SMALLEST_STEP && self->lower == 0.0)
    stepped = 0.0;
  text = format_number (self, CLAMP (stepped, self->lower, self->upper));
  gtk_editable_set_text (GTK_EDITABLE (self->entry), text);
  gtk_editable_set_position (GTK_EDITABLE (self->entry), -1);

  return TRUE;
}

static void
on_tooltip_notify_cb (AtelierNumberRow *self)
{
  describe_entry (self);
}

static void
atelier_number_row_get_property (GObject    *object,
                                 guint       property_id,
                                 GValue     *value,
                                 GParamSpec *pspec)
{
  AtelierNumberRow *self = ATELIER_NUMBER_ROW (object);

  switch (property_id)
    {
    case PROP_VALUE:
      g_value_set_double (value, self->value);
      break;
    case PROP_LOWER:
      g_value_set_double (value, self->lower);
      break;
    case PROP_UPPER:
      g_value_set_double (value, self->upper);
      break;
    case PROP_INTEGRAL:
      g_value_set_boolean (value, self->is_integral);
      break;
    case PROP_HINT:
      g_value_set_string (value, self->hint);
      break;
    case PROP_IS_VALID:
      g_value_set_boolean (value, self->is_valid);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
atelier_number_row_set_property (GObject      *object,
                                 guint         property_id,
                                 const GValue *value,
                                 GParamSpec   *pspec)
{
  AtelierNumberRow *self = ATELIER_NUMBER_ROW (object);

  switch (property_id)
    {
    case PROP_VALUE:
      atelier_number_row_set_value (self, g_value_get_double (value));
      break;
    case PROP_LOWER:
      self->lower = g_value_get_double (value);
      break;
    case PROP_UPPER:
      self->upper = g_value_get_double (value);
      break;
    case PROP_INTEGRAL:
      self->is_integral = g_value_get_boolean (value);
      break;
    case PROP_HINT:
      self->hint = g_value_dup_string (value);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
add_entry_keys (AtelierNumberRow *self)
{
  const guint keys[] = { GDK_KEY_Up, GDK_KEY_Down };
  GtkEventController *controller = gtk_shortcut_controller_new ();

  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    {
      GtkShortcut *shortcut =
        gtk_shortcut_new (gtk_keyval_trigger_new (keys[i], 0),
                          gtk_callback_action_new (on_entry_step_cb, NULL, NULL));

      gtk_shortcut_set_arguments (shortcut, g_variant_new_boolean (keys[i] == GDK_KEY_Up));
      gtk_shortcut_controller_add_shortcut (GTK_SHORTCUT_CONTROLLER (controller), shortcut);
    }
  gtk_widget_add_controller (GTK_WIDGET (self->entry), controller);
}

static void
atelier_number_row_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), ATELIER_TYPE_NUMBER_ROW);

  G_OBJECT_CLASS (atelier_number_row_parent_class)->dispose (object);
}

static void
atelier_number_row_finalize (GObject *object)
{
  g_free (ATELIER_NUMBER_ROW (object)->hint);

  G_OBJECT_CLASS (atelier_number_row_parent_class)->finalize (object);
}

static void
atelier_number_row_class_init (AtelierNumberRowClass *klass)
{
  const GParamFlags flags = G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS;
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = atelier_number_row_get_property;
  object_class->set_property = atelier_number_row_set_property;
  object_class->dispose = atelier_number_row_dispose;
  object_class->finalize = atelier_number_row_finalize;

  properties[PROP_VALUE] = g_param_spec_double ("value", NULL, NULL, -G_MAXDOUBLE, G_MAXDOUBLE, 0.0,
                                                flags | G_PARAM_EXPLICIT_NOTIFY);
  properties[PROP_LOWER] = g_param_spec_double ("lower", NULL, NULL, -G_MAXDOUBLE, G_MAXDOUBLE, 0.0,
                                                flags | G_PARAM_CONSTRUCT_ONLY);
  properties[PROP_UPPER] = g_param_spec_double ("upper", NULL, NULL, -G_MAXDOUBLE, G_MAXDOUBLE, 1.0,
                                                flags | G_PARAM_CONSTRUCT_ONLY);
  properties[PROP_INTEGRAL] =
    g_param_spec_boolean ("integral", NULL, NULL, FALSE, flags | G_PARAM_CONSTRUCT_ONLY);
  /* Shown in place of the range, where "From 1e-37 to 10" would help nobody. */
  properties[PROP_HINT] =
    g_param_spec_string ("hint", NULL, NULL, NULL, flags | G_PARAM_CONSTRUCT_ONLY);
  properties[PROP_IS_VALID] =
    g_param_spec_boolean ("is-valid", NULL, NULL, TRUE, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  gtk_widget_class_set_template_from_resource (
    widget_class, "/io/github/atelier_nn/Atelier/kit/atelier-number-row.ui");
  gtk_widget_class_bind_template_child (widget_class, AtelierNumberRow, entry);
  gtk_widget_class_bind_template_callback (widget_class, on_entry_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_tooltip_notify_cb);
}

static void
atelier_number_row_init (AtelierNumberRow *self)
{
  self->is_valid = TRUE;
  gtk_widget_init_template (GTK_WIDGET (self));
  add_entry_keys (self);
}

double
atelier_number_row_get_value (AtelierNumberRow *self)
{
  g_return_val_if_fail (ATELIER_IS_NUMBER_ROW (self), 0.0);

  return self->value;
}

void
atelier_number_row_set_value (AtelierNumberRow *self,
                              double            value)
{
  g_autofree char *text = NULL;

  g_return_if_fail (ATELIER_IS_NUMBER_ROW (self));

  text = format_number (self, value);
  g_signal_handlers_block_by_func (self->entry, on_entry_changed_cb, self);
  gtk_editable_set_text (GTK_EDITABLE (self->entry), text);
  g_signal_handlers_unblock_by_func (self->entry, on_entry_changed_cb, self);
  take_number (self, TRUE, value);
}

gboolean
atelier_number_row_get_is_valid (AtelierNumberRow *self)
{
  g_return_val_if_fail (ATELIER_IS_NUMBER_ROW (self), FALSE);

  return self->is_valid;
}

void
atelier_number_row_set_text (AtelierNumberRow *self,
                             const char       *text)
{
  g_return_if_fail (ATELIER_IS_NUMBER_ROW (self));

  gtk_editable_set_text (GTK_EDITABLE (self->entry), text);
}
