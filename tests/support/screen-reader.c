/* SPDX-License-Identifier: GPL-3.0-or-later */

/* GTK's side of the conversation runs in this process's main loop too, so that each question is
 * asked without waiting, and the loop runs until the answer is there. */

#include "config.h"

#include "screen-reader.h"

#include "app-window.h"

#define ACCESSIBLE "org.a11y.atspi.Accessible"
#define MAX_STOPS 100

#ifdef __SANITIZE_ADDRESS__
/* Talking to a screen reader takes more than 2,048 of GLib's quarks, and GLib lets its table go
 * when it needs a larger one.  LeakSanitizer sees no function of GLib's in the stack of it, and so
 * cannot suppress it alone. */
int __lsan_is_turned_off (void);

int
__lsan_is_turned_off (void)
{
  return 1;
}
#endif

typedef struct
{
  char *role;
  char *name;
} NameEvent;

/* Owned until the program ends */
static GDBusConnection *connection;
static char *focus_sender;
static char *focus_path;
static guint n_focused;
static GPtrArray *name_events;

/* The bits of AT-SPI's states that are spoken. */
static const struct { guint bit; const char *name; } state_names[] = {
  { 4, "checked" },
  { 9, "expandable" },
  { 10, "expanded" },
  { 20, "pressed" },
  { 23, "selected" },
  { 32, "indeterminate" },
};

void
screen_reader_object_free (ScreenReaderObject *object)
{
  g_free (object->path);
  g_free (object->role);
  g_free (object->name);
  g_free (object->description);
  g_free (object->value);
  g_free (object->states);
  g_free (object);
}

static void
name_event_free (gpointer data)
{
  NameEvent *event = data;

  g_free (event->role);
  g_free (event->name);
  g_free (event);
}

typedef struct
{
  gboolean  is_done;
  GVariant *answer; /* nullable, where there is none */
} Question;

static void
on_answer_cb (GObject      *source,
              GAsyncResult *result,
              gpointer      user_data)
{
  Question *question = user_data;

  question->answer = g_dbus_connection_call_finish (G_DBUS_CONNECTION (source), result, NULL);
  question->is_done = TRUE;
}

/* NULL where the object is gone or does not know the question; transfer full. */
static GVariant *
ask (const char *sender,
     const char *path,
     const char *interface,
     const char *method,
     GVariant   *parameters)
{
  Question question = { FALSE };

  g_dbus_connection_call (connection, sender, path, interface, method, parameters, NULL,
                          G_DBUS_CALL_FLAGS_NONE, -1, NULL, on_answer_cb, &question);
  app_wait_until (question.is_done);

  return question.answer;
}

/* The same; GTK answers for its first objects only after it has greeted the bus.  Fails the test
 * where it never does. */
static GVariant *
ask_first (const char *sender,
           const char *path,
           const char *method)
{
  gint64 deadline = g_get_monotonic_time () + APP_WAIT_SECONDS * G_USEC_PER_SEC;
  GVariant *answer = NULL;

  while (answer == NULL && g_get_monotonic_time () < deadline)
    answer = ask (sender, path, ACCESSIBLE, method, NULL);
  g_assert_nonnull (answer);

  return answer;
}

/* Transfer full. */
static GVariant *
ask_property (const char *sender,
              const char *path,
              const char *interface,
              const char *property)
{
  g_autoptr (GVariant) answer = ask (sender, path, "org.freedesktop.DBus.Properties", "Get",
                                     g_variant_new ("(ss)", interface, property));
  g_autoptr (GVariant) inner = NULL;

  if (!answer)
    return NULL;
  g_variant_get (answer, "(v)", &inner);

  return g_steal_pointer (&inner);
}

static char *
ask_text (const char *sender,
          const char *path,
          const char *property)
{
  g_autoptr (GVariant) text = ask_property (sender, path, ACCESSIBLE, property);

  return g_strdup (text ? g_variant_get_string (text, NULL) : "");
}

static char *
ask_role (const char *sender,
          const char *path)
{
  g_autoptr (GVariant) answer = ask_first (sender, path, "GetRoleName");
  char *role = NULL;

  g_variant_get (answer, "(s)", &role);

  return role;
}

static char *
ask_states (const char *sender,
            const char *path)
{
  g_autoptr (GVariant) answer = ask (sender, path, ACCESSIBLE, "GetState", NULL);
  g_autoptr (GVariantIter) words = NULL;
  g_autoptr (GPtrArray) names = g_ptr_array_new ();
  guint32 low = 0;
  guint32 high = 0;

  if (!answer)
    return g_strdup ("");
  g_variant_get (answer, "(au)", &words);
  g_variant_iter_next (words, "u", &low);
  g_variant_iter_next (words, "u", &high);
  for (guint i = 0; i < G_N_ELEMENTS (state_names); i++)
    if ((state_names[i].bit < 32 ? low >> state_names[i].bit : high >> (state_names[i].bit - 32))
        & 1)
      g_ptr_array_add (names, (char *) state_names[i].name);
  g_ptr_array_add (names, NULL);

  return g_strjoinv (", ", (char **) names->pdata);
}

static char *
ask_value (const char *sender,
           const char *path,
           const char *role)
{
  g_autoptr (GVariant) value =
    ask_property (sender, path, "org.a11y.atspi.Value", "CurrentValue");
  g_autoptr (GVariant) text = NULL;
  char *characters = NULL;

  if (value)
    return g_strdup_printf ("%g", g_variant_get_double (value));
  if (!g_str_equal (role, "text box"))
    return g_strdup ("");

  text = ask (sender, path, "org.a11y.atspi.Text", "GetText",
              g_variant_new ("(ii)", 0, G_MAXINT32));
  if (!text)
    return g_strdup ("");
  g_variant_get (text, "(s)", &characters);

  return characters;
}

static void
on_focused_cb (GDBusConnection *bus,
               const char      *sender,
               const char      *path,
               const char      *interface,
               const char      *signal,
               GVariant        *parameters,
               gpointer         user_data)
{
  const char *state;
  int is_set;

  g_variant_get_child (parameters, 0, "&s", &state);
  g_variant_get_child (parameters, 1, "i", &is_set);
  if (!g_str_equal (state, "focused") || !is_set)
    return;
  g_free (focus_sender);
  g_free (focus_path);
  focus_sender = g_strdup (sender);
  focus_path = g_strdup (path);
  n_focused++;
}

static void
on_renamed_role_cb (GObject      *source,
                    GAsyncResult *result,
                    gpointer      user_data)
{
  g_autofree char *name = user_data;
  g_autoptr (GVariant) answer =
    g_dbus_connection_call_finish (G_DBUS_CONNECTION (source), result, NULL);
  NameEvent *event;

  if (!answer)
    return;
  event = g_new0 (NameEvent, 1);
  g_variant_get (answer, "(s)", &event->role);
  event->name = g_steal_pointer (&name);
  g_ptr_array_add (name_events, event);
}

static void
on_property_change_cb (GDBusConnection *bus,
                       const char      *sender,
                       const char      *path,
                       const char      *interface,
                       const char      *signal,
                       GVariant        *parameters,
                       gpointer         user_data)
{
  g_autoptr (GVariant) value = NULL;
  const char *property;

  g_variant_get_child (parameters, 0, "&s", &property);
  if (!g_str_equal (property, "accessible-name"))
    return;
  g_variant_get_child (parameters, 3, "v", &value);
  g_dbus_connection_call (connection, sender, path, ACCESSIBLE, "GetRoleName", NULL, NULL,
                          G_DBUS_CALL_FLAGS_NONE, -1, NULL, on_renamed_role_cb,
                          g_variant_dup_string (value, NULL));
}

static void
skip (const char *reason)
{
  g_print ("1..0 # SKIP %s\n", reason);
  exit (0);
}

/* Transfer full. */
static char *
find_bus (void)
{
  g_autoptr (GDBusConnection) session = g_bus_get_sync (G_BUS_TYPE_SESSION, NULL, NULL);
  g_autoptr (GVariant) answer = NULL;
  char *address = NULL;

  if (session)
    answer = g_dbus_connection_call_sync (session, "org.a11y.Bus", "/org/a11y/bus", "org.a11y.Bus",
                                          "GetAddress", NULL, NULL, G_DBUS_CALL_FLAGS_NONE, -1,
                                          NULL, NULL);
  if (answer)
    g_variant_get (answer, "(s)", &address);

  return address;
}

static void
listen (const char               *signal,
        GDBusSignalCallback       callback)
{
  g_dbus_connection_signal_subscribe (connection, NULL, "org.a11y.atspi.Event.Object", signal, NULL,
                                      NULL, G_DBUS_SIGNAL_FLAGS_NONE, callback, NULL, NULL);
}

void
screen_reader_test_init (int    *argc,
                         char ***argv)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *address = NULL;

  if (!g_getenv ("ATELIER_TEST_DISPLAY"))
    skip ("the display is not the test's own");
  address = find_bus ();
  if (!address)
    skip ("there is no bus for screen readers");

  g_setenv ("GTK_A11Y", "atspi", TRUE);
  g_setenv ("AT_SPI_BUS_ADDRESS", address, TRUE);
  app_test_init (argc, argv);
  connection =
    g_dbus_connection_new_for_address_sync (address,
                                            G_DBUS_CONNECTION_FLAGS_AUTHENTICATION_CLIENT
                                              | G_DBUS_CONNECTION_FLAGS_MESSAGE_BUS_CONNECTION,
                                            NULL, NULL, &error);
  g_assert_no_error (error);
  name_events = g_ptr_array_new_with_free_func (name_event_free);
  listen ("StateChanged", on_focused_cb);
  listen ("PropertyChange", on_property_change_cb);
}

/* Asks for all that is below an object. */
static guint
explore (const char *sender,
         const char *path)
{
  g_autoptr (GVariant) answer = ask (sender, path, ACCESSIBLE, "GetChildren", NULL);
  g_autoptr (GVariantIter) children = NULL;
  const char *child_sender;
  const char *child_path;
  guint n = 1;

  if (!answer)
    return 0;
  g_variant_get (answer, "(a(so))", &children);
  while (g_variant_iter_next (children, "(&s&o)", &child_sender, &child_path))
    n += explore (child_sender, child_path);

  return n;
}

guint
screen_reader_explore (void)
{
  g_autoptr (GVariant) answer = NULL;
  const char *sender;
  const char *path;

  app_wait_until (focus_path != NULL);
  answer = ask_first (focus_sender, focus_path, "GetApplication");
  g_variant_get (answer, "((&s&o))", &sender, &path);

  return explore (sender, path);
}

/* The path of the parent; NULL for the program.  Transfer full. */
static char *
ask_parent (const char *sender,
            const char *path)
{
  g_autoptr (GVariant) parent = ask_property (sender, path, ACCESSIBLE, "Parent");
  const char *parent_path;

  if (!parent)
    return NULL;
  g_variant_get (parent, "(&s&o)", NULL, &parent_path);

  return g_str_has_suffix (parent_path, "/root") || g_str_has_suffix (parent_path, "/null")
           ? NULL : g_strdup (parent_path);
}

char *
screen_reader_describe_place (const ScreenReaderObject *object)
{
  g_autofree char *path = ask_parent (focus_sender, object->path);
  GString *place = g_string_new (NULL);

  while (path)
    {
      g_autofree char *child = g_steal_pointer (&path);
      g_autofree char *name = ask_text (focus_sender, child, "Name");

      if (*name)
        g_string_append_printf (place, "%s%s", place->len > 0 ? " in " : "", name);
      path = ask_parent (focus_sender, child);
    }

  return g_string_free (place, FALSE);
}

static void
on_pressed_cb (GObject      *source,
               GAsyncResult *result,
               gpointer      user_data)
{
  g_autoptr (GError) error = NULL;

  g_subprocess_wait_check_finish (G_SUBPROCESS (source), result, &error);
  g_assert_no_error (error);
  *(gboolean *) user_data = TRUE;
}

ScreenReaderObject *
screen_reader_move (const char *key)
{
  const guint n_before = n_focused;
  gboolean is_pressed = FALSE;
  g_autoptr (GError) error = NULL;
  g_autoptr (GSubprocess) process =
    g_subprocess_new (G_SUBPROCESS_FLAGS_NONE, &error, "xdotool", "key", key, NULL);

  g_assert_no_error (error);
  g_subprocess_wait_check_async (process, NULL, on_pressed_cb, &is_pressed);
  app_wait_until (is_pressed && n_focused > n_before);

  return screen_reader_dup_focus ();
}

void
screen_reader_go_to (const char *name)
{
  for (guint i = 0; i < MAX_STOPS; i++)
    {
      g_autoptr (ScreenReaderObject) object = screen_reader_move ("Tab");

      g_test_message ("%s, %s", object->role, object->name);
      if (g_str_has_prefix (object->name, name))
        return;
    }
  g_error ("Tab does not come to “%s”", name);
}

ScreenReaderObject *
screen_reader_dup_focus (void)
{
  ScreenReaderObject *object;
  g_autofree char *sender = g_strdup (focus_sender);
  g_autofree char *path = g_strdup (focus_path);

  if (!path)
    return NULL;
  object = g_new0 (ScreenReaderObject, 1);
  object->path = g_strdup (path);
  object->role = ask_role (sender, path);
  object->name = ask_text (sender, path, "Name");
  object->description = ask_text (sender, path, "Description");
  object->value = ask_value (sender, path, object->role);
  object->states = ask_states (sender, path);

  return object;
}

guint
screen_reader_count_names (const char *role,
                           const char *text)
{
  guint n = 0;

  for (guint i = 0; i < name_events->len; i++)
    {
      const NameEvent *event = g_ptr_array_index (name_events, i);

      n += (role == NULL || g_str_equal (event->role, role)) && strstr (event->name, text);
    }

  return n;
}

void
screen_reader_forget (void)
{
  g_ptr_array_set_size (name_events, 0);
}
