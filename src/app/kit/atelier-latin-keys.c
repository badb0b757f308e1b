/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The keys' own handler runs last, in the bubble phase of the window, so that a shortcut for the
 * character itself and a text that takes the character come first.  GTK cannot make events, so the
 * shortcuts are looked through here: an application's accelerators, those of ui files and those of
 * widget classes are all in controllers of widgets. */

#include "config.h"

#include "kit/atelier-latin-keys.h"

#define FIRST_KEYCODE 10

/* What a US keyboard has at the places from FIRST_KEYCODE on, without Shift: X11's keycodes, which
 * Wayland has too.  A blank stands for a key without a character. */
static const char us_keys[] = "1234567890-=  qwertyuiop[]  asdfghjkl;'` \\zxcvbnm,./";

/* What a key press means, besides the character that it gives. */
typedef struct
{
  guint           keyval;
  GdkModifierType modifiers;
  gboolean        ignores_shift; /* Shift may have been needed for the digit */
} Meaning;

static gboolean
is_keypad (guint keyval)
{
  return keyval >= GDK_KEY_KP_Space && keyval <= GDK_KEY_KP_9;
}

static gboolean
is_foreign_letter (gunichar character)
{
  GUnicodeScript script = g_unichar_get_script (character);

  return character >= 0x80 && script != G_UNICODE_SCRIPT_LATIN && script != G_UNICODE_SCRIPT_COMMON
         && script != G_UNICODE_SCRIPT_INHERITED;
}

/* GDK_KEY_VoidSymbol where none of the key's characters in this layout is a digit. */
static guint
find_digit (GdkDisplay *display,
            guint       keycode,
            guint       layout)
{
  g_autofree GdkKeymapKey *keys = NULL;
  g_autofree guint *keyvals = NULL;
  int n_keys = 0;

  if (!gdk_display_map_keycode (display, keycode, &keys, &keyvals, &n_keys))
    return GDK_KEY_VoidSymbol;
  for (int i = 0; i < n_keys; i++)
    if (keys[i].group == (int) layout && keyvals[i] >= GDK_KEY_0 && keyvals[i] <= GDK_KEY_9)
      return keyvals[i];
  return GDK_KEY_VoidSymbol;
}

/* GDK_KEY_VoidSymbol where the key means its character alone. */
static guint
find_keyval (GdkEvent *event)
{
  guint keyval = gdk_key_event_get_keyval (event);
  guint keycode = gdk_key_event_get_keycode (event);
  gunichar character = gdk_keyval_to_unicode (keyval);
  gsize place = keycode - FIRST_KEYCODE;

  if (character == 0)
    return GDK_KEY_VoidSymbol;
  if (g_unichar_isdigit (character))
    return GDK_KEY_0 + (guint) g_unichar_digit_value (character);
  if (is_keypad (keyval))
    return gdk_unicode_to_keyval (character);
  if (is_foreign_letter (character))
    return keycode >= FIRST_KEYCODE && place < sizeof us_keys - 1 && us_keys[place] != ' '
      ? gdk_unicode_to_keyval ((guint32) us_keys[place]) : GDK_KEY_VoidSymbol;
  return find_digit (gdk_event_get_display (event), keycode, gdk_key_event_get_layout (event));
}

static gboolean
is_triggered (GtkShortcutTrigger *trigger,
              const Meaning      *meaning)
{
  GtkKeyvalTrigger *key;
  GdkModifierType modifiers = meaning->modifiers;

  if (GTK_IS_ALTERNATIVE_TRIGGER (trigger))
    {
      GtkAlternativeTrigger *either = GTK_ALTERNATIVE_TRIGGER (trigger);

      return is_triggered (gtk_alternative_trigger_get_first (either), meaning)
             || is_triggered (gtk_alternative_trigger_get_second (either), meaning);
    }
  if (!GTK_IS_KEYVAL_TRIGGER (trigger))
    return FALSE;
  key = GTK_KEYVAL_TRIGGER (trigger);
  if (meaning->ignores_shift)
    modifiers = (modifiers & ~GDK_SHIFT_MASK)
                | (gtk_keyval_trigger_get_modifiers (key) & GDK_SHIFT_MASK);
  return gtk_keyval_trigger_get_keyval (key) == meaning->keyval
         && gtk_keyval_trigger_get_modifiers (key) == modifiers;
}

static gboolean
try_controller (GtkWidget     *widget,
                GListModel    *shortcuts,
                const Meaning *meaning)
{
  for (guint i = 0; i < g_list_model_get_n_items (shortcuts); i++)
    {
      g_autoptr (GtkShortcut) shortcut = g_list_model_get_item (shortcuts, i);

      if (is_triggered (gtk_shortcut_get_trigger (shortcut), meaning)
          && gtk_shortcut_action_activate (gtk_shortcut_get_action (shortcut), 0, widget,
                                           gtk_shortcut_get_arguments (shortcut)))
        return TRUE;
    }
  return FALSE;
}

/* @is_in_focus: @widget has or contains the focus; otherwise only its global shortcuts count. */
static gboolean
try_widget (GtkWidget     *widget,
            gboolean       is_in_focus,
            const Meaning *meaning)
{
  g_autoptr (GListModel) controllers = gtk_widget_observe_controllers (widget);

  for (guint i = 0; i < g_list_model_get_n_items (controllers); i++)
    {
      g_autoptr (GtkEventController) controller = g_list_model_get_item (controllers, i);
      gboolean is_global;

      if (!GTK_IS_SHORTCUT_CONTROLLER (controller))
        continue;
      is_global = gtk_shortcut_controller_get_scope (GTK_SHORTCUT_CONTROLLER (controller))
                  == GTK_SHORTCUT_SCOPE_GLOBAL;
      if (is_global != is_in_focus && try_controller (widget, G_LIST_MODEL (controller), meaning))
        return TRUE;
    }
  return FALSE;
}

static gboolean
try_global (GtkWidget     *widget,
            const Meaning *meaning)
{
  if (!gtk_widget_get_mapped (widget) || !gtk_widget_is_sensitive (widget))
    return FALSE;
  if (try_widget (widget, FALSE, meaning))
    return TRUE;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child;
       child = gtk_widget_get_next_sibling (child))
    if (try_global (child, meaning))
      return TRUE;
  return FALSE;
}

static gboolean
on_key_pressed_cb (GtkEventControllerKey *controller,
                   guint                  keyval,
                   guint                  keycode,
                   GdkModifierType        state,
                   GtkWindow             *window)
{
  GdkEvent *event = gtk_event_controller_get_current_event (GTK_EVENT_CONTROLLER (controller));
  GtkWidget *focus = gtk_window_get_focus (window);
  const Meaning meaning = {
    .keyval = find_keyval (event),
    .modifiers = state & gtk_accelerator_get_default_mod_mask (),
    .ignores_shift = !is_foreign_letter (gdk_keyval_to_unicode (keyval)),
  };

  if (meaning.keyval == GDK_KEY_VoidSymbol || meaning.keyval == keyval)
    return FALSE;
  for (GtkWidget *widget = focus ? focus : GTK_WIDGET (window); widget;
       widget = gtk_widget_get_parent (widget))
    if (try_widget (widget, TRUE, &meaning))
      return TRUE;
  return try_global (GTK_WIDGET (window), &meaning);
}

void
atelier_latin_keys_watch (GtkWindow *window)
{
  GtkEventController *controller;

  g_return_if_fail (GTK_IS_WINDOW (window));

  controller = gtk_event_controller_key_new ();
  g_signal_connect (controller, "key-pressed", G_CALLBACK (on_key_pressed_cb), window);
  gtk_widget_add_controller (GTK_WIDGET (window), controller);
}
