/* SPDX-License-Identifier: GPL-3.0-or-later */

/* GTK 4.8 gives many widgets no name that a person would understand.  A screen reader hears the
 * name of a type where GTK has none ("GtkToggleButton" for the inner button of a menu button or a
 * drop-down, "GtkImage" for a button with an icon, "GtkListItemWidget" for a cell), and hears
 * a name twice where a label and its mnemonic both give it ("_Open… Open…").
 *
 * So each widget is looked at when it is realised, by a hook on that signal: it reaches the parts
 * that templates and GTK create by themselves, in menus and dialogs too, which no list of our own
 * widgets would.  A name is the label that the .ui file gives for it, or the text of the widget, or
 * the tooltip; without any, it is empty.  What a tooltip says besides, else the keys of the action,
 * and what is selected become the description.  Both follow when a text changes.
 *
 * Only GTK's functions for tests tell whether an attribute was set; they work in any process.
 * Main thread.
 */

#include "config.h"

#include "kit/atelier-spoken-names.h"

#include <adwaita.h>
#include <glib/gi18n.h>

#define IS_NAMED_KEY "atelier-is-named"

typedef enum
{
  IS_KNOWN = 1 << 0,    /* the widget was named before */
  HAS_OWN_NAME = 1 << 1 /* its .ui file or its class gives the name */
} NameFlags;

static gboolean
is_given (GtkWidget *widget)
{
  return gtk_test_accessible_has_property (GTK_ACCESSIBLE (widget),
                                           GTK_ACCESSIBLE_PROPERTY_LABEL);
}

/* Nothing is given where accessibility is switched off, and then nothing may be compared. */
static gboolean
is_called (GtkWidget  *widget,
           const char *name)
{
  g_autofree char *difference = NULL;

  if (!is_given (widget))
    return FALSE;
  difference = gtk_test_accessible_check_property (GTK_ACCESSIBLE (widget),
                                                   GTK_ACCESSIBLE_PROPERTY_LABEL, name);

  return difference == NULL;
}

static gboolean
has_label (GtkWidget *widget)
{
  return is_given (widget) && !is_called (widget, "");
}

/* "_Open…" is spoken "Open…"; two underscores are one.  Transfer full. */
static char *
strip_mnemonic (const char *text)
{
  GString *plain = g_string_new (NULL);

  for (const char *character = text; *character; character++)
    {
      if (*character == '_' && character[1] != '\0')
        character++;
      g_string_append_c (plain, *character);
    }

  return g_string_free (plain, FALSE);
}

/* Adds the labels below @widget that have a text, in the order in which they are seen. */
static void
collect_labels (GtkWidget *widget,
                GPtrArray *labels)
{
  if (GTK_IS_LABEL (widget) && gtk_widget_get_visible (widget)
      && *gtk_label_get_text (GTK_LABEL (widget)))
    g_ptr_array_add (labels, widget);

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child;
       child = gtk_widget_get_next_sibling (child))
    if (!GTK_IS_NATIVE (child))
      collect_labels (child, labels);
}

static void name_widget (GtkWidget *widget);

/* Names @widget again when @property of @object, which is or lies below it, changes. */
static void
follow (GtkWidget  *widget,
        gpointer    object,
        const char *property)
{
  const GSignalMatchType match =
    G_SIGNAL_MATCH_ID | G_SIGNAL_MATCH_DETAIL | G_SIGNAL_MATCH_FUNC | G_SIGNAL_MATCH_DATA;
  g_autofree char *signal = g_strconcat ("notify::", property, NULL);

  if (g_signal_handler_find (object, match, g_signal_lookup ("notify", G_TYPE_OBJECT),
                             g_quark_from_string (property), NULL, name_widget, widget) == 0)
    g_signal_connect_object (object, signal, G_CALLBACK (name_widget), widget, G_CONNECT_SWAPPED);
}

/* The texts of the labels below @widget, each once, with commas between them; NULL where there are
 * none.  Transfer full. */
static char *
read_labels (GtkWidget *widget)
{
  g_autoptr (GPtrArray) labels = g_ptr_array_new ();
  g_autoptr (GPtrArray) texts = g_ptr_array_new ();

  collect_labels (widget, labels);
  if (labels->len == 0)
    return NULL;

  for (guint i = 0; i < labels->len; i++)
    {
      const char *text = gtk_label_get_text (g_ptr_array_index (labels, i));

      follow (widget, g_ptr_array_index (labels, i), "label");
      if (!g_ptr_array_find_with_equal_func (texts, text, g_str_equal, NULL))
        g_ptr_array_add (texts, (char *) text);
    }
  g_ptr_array_add (texts, NULL);

  return g_strjoinv (", ", (char **) texts->pdata);
}

/* Looked at once, before a name is given here. */
static gboolean
has_own_name (GtkWidget *widget)
{
  NameFlags flags = GPOINTER_TO_UINT (g_object_get_data (G_OBJECT (widget), IS_NAMED_KEY));

  if (!(flags & IS_KNOWN))
    flags = IS_KNOWN | (has_label (widget) ? HAS_OWN_NAME : 0);
  g_object_set_data (G_OBJECT (widget), IS_NAMED_KEY, GUINT_TO_POINTER (flags));

  return (flags & HAS_OWN_NAME) != 0;
}

static void
set_name (GtkWidget  *widget,
          const char *name)
{
  gtk_accessible_reset_relation (GTK_ACCESSIBLE (widget), GTK_ACCESSIBLE_RELATION_LABELLED_BY);
  gtk_accessible_update_property (GTK_ACCESSIBLE (widget), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  name ? name : "", -1);
}

/* @first and @second may each be NULL or empty. */
static void
set_description (GtkWidget  *widget,
                 const char *first,
                 const char *second)
{
  g_autofree char *words = NULL;

  if (first && *first && second && *second)
    words = g_strdup_printf ("%s. %s", first, second);
  else
    words = g_strdup (first && *first ? first : second);

  gtk_accessible_reset_relation (GTK_ACCESSIBLE (widget), GTK_ACCESSIBLE_RELATION_DESCRIBED_BY);
  if (words && *words)
    gtk_accessible_update_property (GTK_ACCESSIBLE (widget), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                    words, -1);
  else
    gtk_accessible_reset_property (GTK_ACCESSIBLE (widget), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION);
}

/* NULL where the tooltip is the name already; borrowed. */
static const char *
find_more_words (GtkWidget *named)
{
  const char *tooltip = gtk_widget_get_tooltip_text (named);

  return tooltip && !is_called (named, tooltip) ? tooltip : NULL;
}

/* The first key of a widget's action, as it is written in menus; NULL without one.  Transfer
 * full. */
static char *
find_keys (GtkWidget *widget)
{
  GtkActionable *actionable = GTK_IS_ACTIONABLE (widget) ? GTK_ACTIONABLE (widget) : NULL;
  const char *name = actionable ? gtk_actionable_get_action_name (actionable) : NULL;
  GApplication *application = g_application_get_default ();
  g_autofree char *detailed = NULL;
  g_auto (GStrv) accels = NULL;
  GdkModifierType modifiers;
  guint key;

  if (name == NULL || !GTK_IS_APPLICATION (application))
    return NULL;

  detailed =
    g_action_print_detailed_name (name, gtk_actionable_get_action_target_value (actionable));
  accels = gtk_application_get_accels_for_action (GTK_APPLICATION (application), detailed);
  if (accels[0] == NULL || !gtk_accelerator_parse (accels[0], &key, &modifiers))
    return NULL;

  return gtk_accelerator_get_label (key, modifiers);
}

/* GTK's and libadwaita's buttons with an icon and no tooltip; NULL for an icon that says nothing
 * here. */
static const char *
read_icon (GtkWidget *widget)
{
  const char *icon = GTK_IS_BUTTON (widget) ? gtk_button_get_icon_name (GTK_BUTTON (widget)) : NULL;

  if (g_strcmp0 (icon, "window-close-symbolic") == 0)
    return _("Close");
  if (g_strcmp0 (icon, "go-previous-symbolic") == 0)
    return _("Back");
  if (g_strcmp0 (icon, "edit-find-symbolic") == 0)
    return _("Search");

  return NULL;
}

/* The name of a button, a check button or a menu button with this label; NULL for none, and for
 * one that has its own.  Transfer full. */
static char *
find_button_name (GtkWidget  *widget,
                  const char *label,
                  gboolean    is_mnemonic)
{
  gboolean is_own = label == NULL && has_own_name (widget);
  char *name = NULL;

  if (label && *label)
    return is_mnemonic ? strip_mnemonic (label) : g_strdup (label);
  if (is_own)
    return NULL;
  name = read_labels (widget);
  if (name == NULL)
    name = g_strdup (gtk_widget_get_tooltip_text (widget));
  if (name == NULL)
    name = g_strdup (read_icon (widget));

  return name;
}

static void
name_button (GtkWidget  *widget,
             const char *label,
             gboolean    is_mnemonic)
{
  g_autofree char *name = find_button_name (widget, label, is_mnemonic);
  g_autofree char *keys = find_keys (widget);
  const char *words;

  if (name)
    set_name (widget, name);
  /* GTK has told the tooltip already.  With keys behind it, it would be told again. */
  words = find_more_words (widget);
  if (gtk_widget_get_tooltip_text (widget) || keys)
    set_description (widget, words ? words : keys, NULL);
  follow (widget, widget, "label");
  follow (widget, widget, "tooltip-text");
}

/* The focus goes to the button inside.  Its label does not give the menu button a name. */
static void
name_menu_button (GtkMenuButton *menu_button)
{
  GtkWidget *widget = GTK_WIDGET (menu_button);
  GtkWidget *button = gtk_widget_get_first_child (widget);
  const char *label = has_own_name (widget) ? NULL : gtk_menu_button_get_label (menu_button);
  g_autofree char *name =
    find_button_name (widget, label, gtk_menu_button_get_use_underline (menu_button));

  if (name)
    set_name (widget, name);
  gtk_accessible_update_relation (GTK_ACCESSIBLE (button),
                                  GTK_ACCESSIBLE_RELATION_LABELLED_BY, widget, NULL, -1);
  set_description (button, find_more_words (widget),
                   gtk_menu_button_get_primary (menu_button) ? "F10" : NULL);
  follow (widget, widget, "label");
  follow (widget, widget, "icon-name");
  follow (widget, widget, "tooltip-text");
}

/* Transfer full. */
static char *
read_item (gpointer       item,       /* nullable */
           GtkExpression *expression) /* nullable */
{
  g_auto (GValue) value = G_VALUE_INIT;

  if (GTK_IS_STRING_OBJECT (item))
    return g_strdup (gtk_string_object_get_string (item));
  if (item && expression && gtk_expression_evaluate (expression, item, &value)
      && G_VALUE_HOLDS_STRING (&value))
    return g_value_dup_string (&value);

  return NULL;
}

/* The same; what is selected is told too.  A drop-down needs a label in its .ui file, or a tooltip:
 * the button inside can be called as the drop-down is, but not as the label beside it. */
static void
name_drop_down (GtkDropDown *drop_down)
{
  GtkWidget *widget = GTK_WIDGET (drop_down);
  GtkWidget *button = gtk_widget_get_first_child (widget);
  g_autofree char *selected = read_item (gtk_drop_down_get_selected_item (drop_down),
                                         gtk_drop_down_get_expression (drop_down));

  if (!has_own_name (widget) && gtk_widget_get_tooltip_text (widget))
    set_name (widget, gtk_widget_get_tooltip_text (widget));
  gtk_accessible_update_relation (GTK_ACCESSIBLE (button),
                                  GTK_ACCESSIBLE_RELATION_LABELLED_BY, widget, NULL, -1);
  set_description (button, selected, find_more_words (widget));
  follow (widget, widget, "selected-item");
  follow (widget, widget, "tooltip-text");
}

static void
describe_combo_row (AdwComboRow *row)
{
  GtkWidget *widget = GTK_WIDGET (row);
  g_autofree char *selected =
    read_item (adw_combo_row_get_selected_item (row), adw_combo_row_get_expression (row));

  set_description (widget, selected, gtk_widget_get_tooltip_text (widget));
  follow (widget, widget, "selected-item");
  follow (widget, widget, "tooltip-text");
}

/* A cell or a row is called as its child is, or as the labels in it. */
static void
name_by_content (GtkWidget *widget)
{
  g_autoptr (GPtrArray) labels = g_ptr_array_new ();
  GtkWidget *child = gtk_widget_get_first_child (widget);
  GtkAccessibleRelation relation = GTK_ACCESSIBLE_RELATION_LABELLED_BY;
  g_auto (GValue) value = G_VALUE_INIT;
  GList *names = NULL;

  if (child == NULL)
    return;
  if (!has_label (child))
    collect_labels (widget, labels);
  for (guint i = 0; i < labels->len; i++)
    names = g_list_append (names, g_ptr_array_index (labels, i));
  if (names == NULL)
    names = g_list_append (NULL, child);

  /* The list becomes GTK's. */
  gtk_accessible_relation_init_value (relation, &value);
  g_value_set_pointer (&value, names);
  gtk_accessible_update_relation_value (GTK_ACCESSIBLE (widget), 1, &relation, &value);
}

/* What holds much, or is typed into, is not called by what is in it. */
static gboolean
is_called_by_content (GtkWidget *widget)
{
  return gtk_widget_get_focusable (widget) && !has_label (widget)
         && !gtk_test_accessible_has_relation (GTK_ACCESSIBLE (widget),
                                               GTK_ACCESSIBLE_RELATION_LABELLED_BY)
         && !GTK_IS_NATIVE (widget) && !GTK_IS_SCROLLABLE (widget) && !GTK_IS_EDITABLE (widget)
         && !GTK_IS_SCROLLED_WINDOW (widget);
}

/* Something without a name of its own, nor a label beside it, would be called by its type. */
static void
silence_type (GtkAccessible *accessible)
{
  if (!gtk_test_accessible_has_property (accessible, GTK_ACCESSIBLE_PROPERTY_LABEL)
      && !gtk_test_accessible_has_relation (accessible, GTK_ACCESSIBLE_RELATION_LABELLED_BY))
    gtk_accessible_update_property (accessible, GTK_ACCESSIBLE_PROPERTY_LABEL, "", -1);
}

static void
silence_pages (GtkStack *stack)
{
  g_autoptr (GListModel) pages = G_LIST_MODEL (gtk_stack_get_pages (stack));

  for (guint i = 0; i < g_list_model_get_n_items (pages); i++)
    {
      g_autoptr (GObject) page = g_list_model_get_item (pages, i);

      silence_type (GTK_ACCESSIBLE (page));
    }
}

/* GTK speaks both the name that a widget was given and the label beside it. */
static void
drop_second_name (GtkWidget *widget)
{
  if (has_label (widget))
    gtk_accessible_reset_relation (GTK_ACCESSIBLE (widget), GTK_ACCESSIBLE_RELATION_LABELLED_BY);
}

static void
name_message_dialog (AdwMessageDialog *dialog)
{
  GtkWidget *widget = GTK_WIDGET (dialog);

  set_name (widget, adw_message_dialog_get_heading (dialog));
  set_description (widget, adw_message_dialog_get_body (dialog), NULL);
  follow (widget, widget, "heading");
  follow (widget, widget, "body");
}

static void
name_widget (GtkWidget *widget)
{
  GtkWidget *parent = gtk_widget_get_parent (widget);

  if (GTK_IS_MENU_BUTTON (widget))
    name_menu_button (GTK_MENU_BUTTON (widget));
  else if (GTK_IS_DROP_DOWN (widget))
    name_drop_down (GTK_DROP_DOWN (widget));
  else if (ADW_IS_COMBO_ROW (widget))
    describe_combo_row (ADW_COMBO_ROW (widget));
  else if (GTK_IS_BUTTON (widget) && (GTK_IS_MENU_BUTTON (parent) || GTK_IS_DROP_DOWN (parent)))
    return;
  else if (GTK_IS_BUTTON (widget))
    name_button (widget, gtk_button_get_label (GTK_BUTTON (widget)),
                 gtk_button_get_use_underline (GTK_BUTTON (widget)));
  else if (GTK_IS_CHECK_BUTTON (widget))
    name_button (widget, gtk_check_button_get_label (GTK_CHECK_BUTTON (widget)),
                 gtk_check_button_get_use_underline (GTK_CHECK_BUTTON (widget)));
  else if (ADW_IS_MESSAGE_DIALOG (widget))
    name_message_dialog (ADW_MESSAGE_DIALOG (widget));
  else if (is_called_by_content (widget))
    name_by_content (widget);

  if (GTK_IS_STACK (widget))
    silence_pages (GTK_STACK (widget));
  drop_second_name (widget);
  silence_type (GTK_ACCESSIBLE (widget));
}

static gboolean
on_realize_cb (GSignalInvocationHint *hint,
               guint                  n_values,
               const GValue          *values,
               gpointer               user_data)
{
  name_widget (g_value_get_object (&values[0]));

  return TRUE;
}

void
atelier_spoken_names_start (void)
{
  static gboolean is_started;

  if (is_started)
    return;

  is_started = TRUE;
  g_type_class_unref (g_type_class_ref (GTK_TYPE_WIDGET));
  g_signal_add_emission_hook (g_signal_lookup ("realize", GTK_TYPE_WIDGET), 0, on_realize_cb, NULL,
                              NULL);
}
