/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What is typed is the name at once, all of it one step that can be undone, so that a run that is
 * started meanwhile has it.  A text that can be no name is marked, and the name stays; when the
 * entry is left, it shows the name again.  Main thread.
 */

#include "config.h"

#include "network/atelier-name-entry.h"

#include <glib/gi18n.h>

struct _AtelierNameEntry
{
  GtkEntry             parent_instance;

  gboolean             is_updating; /* one of entry and draft is being set from the other */

  /* Owned */
  AtelierSession      *session;     /* nullable */
  AtelierNetworkDraft *draft;       /* the session's */
};

G_DEFINE_FINAL_TYPE (AtelierNameEntry, atelier_name_entry, GTK_TYPE_ENTRY)

enum
{
  PROP_SESSION = 1,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

static void
mark (AtelierNameEntry *self,
      gboolean          is_good)
{
  if (is_good)
    gtk_widget_remove_css_class (GTK_WIDGET (self), "error");
  else
    gtk_widget_add_css_class (GTK_WIDGET (self), "error");
  gtk_widget_set_tooltip_text (GTK_WIDGET (self),
                               is_good ? _("Runs, reports and models have it too")
                                       : _("A name is plain text of at most 256 bytes"));
  gtk_accessible_update_state (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_STATE_INVALID,
                               is_good ? GTK_ACCESSIBLE_INVALID_FALSE
                                       : GTK_ACCESSIBLE_INVALID_TRUE, -1);
}

/* The session's network has the name, with a mark where it is no longer the preset's or the file's;
 * while the draft does not fit, it is still the one before.  Transfer full. */
static char *
dup_name (AtelierNameEntry *self)
{
  const char *trained = atelier_network_get_name (atelier_session_get_network (self->session));
  const char *drafted = atelier_network_draft_get_name (self->draft);
  gboolean is_of_others = *atelier_session_get_preset (self->session) != '\0'
                          || *atelier_session_get_network_path (self->session) != '\0';
  /* Translators: the name of a network that was changed. */
  g_autofree char *edited = g_strdup_printf (_("%s, edited"), drafted);

  if (atelier_session_get_is_network_valid (self->session))
    return g_strdup (trained);
  if (g_str_equal (trained, edited) || (is_of_others && g_str_equal (trained, drafted)))
    return g_steal_pointer (&edited);

  return g_strdup (drafted);
}

static void
show (AtelierNameEntry *self)
{
  g_autofree char *name = NULL;

  if (self->is_updating || self->session == NULL)
    return;

  name = dup_name (self);
  mark (self, TRUE);
  if (g_str_equal (gtk_editable_get_text (GTK_EDITABLE (self)), name))
    return;
  self->is_updating = TRUE;
  gtk_editable_set_text (GTK_EDITABLE (self), name);
  self->is_updating = FALSE;
}

static void
on_changed_cb (AtelierNameEntry *self)
{
  const char *text = gtk_editable_get_text (GTK_EDITABLE (self));
  gboolean is_good = TRUE;

  if (self->is_updating || self->session == NULL)
    return;

  self->is_updating = TRUE;
  if (!g_str_equal (text, atelier_network_draft_get_name (self->draft)))
    is_good = atelier_network_draft_rename (self->draft, text);
  self->is_updating = FALSE;
  mark (self, is_good);
}

static void
on_is_locked_notify_cb (AtelierNameEntry *self)
{
  gtk_widget_set_sensitive (GTK_WIDGET (self), !atelier_session_get_is_locked (self->session));
}

static void
set_session (AtelierNameEntry *self,
             AtelierSession   *session)
{
  /* A window has one session all its life. */
  if (self->session || session == NULL)
    return;

  self->session = g_object_ref (session);
  self->draft = g_object_ref (atelier_session_get_draft (session));
  g_signal_connect_object (self->draft, "changed", G_CALLBACK (show), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (session, "notify::network", G_CALLBACK (show), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (session, "notify::is-network-valid", G_CALLBACK (show), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (session, "notify::is-locked", G_CALLBACK (on_is_locked_notify_cb), self,
                           G_CONNECT_SWAPPED);
  on_is_locked_notify_cb (self);
  show (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SESSION]);
}

static void
atelier_name_entry_get_property (GObject    *object,
                                 guint       property_id,
                                 GValue     *value,
                                 GParamSpec *pspec)
{
  switch (property_id)
    {
    case PROP_SESSION:
      g_value_set_object (value, ATELIER_NAME_ENTRY (object)->session);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
atelier_name_entry_set_property (GObject      *object,
                                 guint         property_id,
                                 const GValue *value,
                                 GParamSpec   *pspec)
{
  switch (property_id)
    {
    case PROP_SESSION:
      set_session (ATELIER_NAME_ENTRY (object), g_value_get_object (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
atelier_name_entry_dispose (GObject *object)
{
  AtelierNameEntry *self = ATELIER_NAME_ENTRY (object);

  g_clear_object (&self->draft);
  g_clear_object (&self->session);

  G_OBJECT_CLASS (atelier_name_entry_parent_class)->dispose (object);
}

static void
atelier_name_entry_class_init (AtelierNameEntryClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = atelier_name_entry_get_property;
  object_class->set_property = atelier_name_entry_set_property;
  object_class->dispose = atelier_name_entry_dispose;

  properties[PROP_SESSION]
    = g_param_spec_object ("session", NULL, NULL, ATELIER_TYPE_SESSION,
                           G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
atelier_name_entry_init (AtelierNameEntry *self)
{
  GtkEventController *focus = gtk_event_controller_focus_new ();

  g_signal_connect_swapped (focus, "leave", G_CALLBACK (show), self);
  gtk_widget_add_controller (GTK_WIDGET (self), focus);
  g_signal_connect (self, "changed", G_CALLBACK (on_changed_cb), NULL);
  /* Ctrl+Z undoes the change of the network. */
  gtk_editable_set_enable_undo (GTK_EDITABLE (self), FALSE);
  gtk_editable_set_width_chars (GTK_EDITABLE (self), 8);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _("Name of the Network"), -1);
  mark (self, TRUE);
}
