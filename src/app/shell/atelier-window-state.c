/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Each change is stored at once, so that the state comes back after any end of the program.
 *
 * The data set that the program would find by itself is stored as none: when a better one is
 * installed later, that one is found.  A path that is not UTF-8 cannot be in the settings, and is
 * stored as none, too.
 */

#include "config.h"

#include "shell/atelier-window-state.h"

#include "data/atelier-dataset-finder.h"
#include "kit/atelier-settings.h"

struct _AtelierWindowState
{
  GObject         parent_instance;

  /* Owned */
  GSettings      *settings;
  AtelierSession *session;
  char           *draft;   /* JSON of one that does not fit, until all is opened; nullable */
};

G_DEFINE_FINAL_TYPE (AtelierWindowState, atelier_window_state, G_TYPE_OBJECT)

static void
store (AtelierWindowState *self,
       const char         *key,
       const char         *value)
{
  g_autofree char *stored = g_settings_get_string (self->settings, key);

  if (!g_utf8_validate (value, -1, NULL))
    value = "";
  if (!g_str_equal (stored, value))
    g_settings_set_string (self->settings, key, value);
}

static void
store_data (AtelierWindowState *self)
{
  const char *spec = atelier_session_get_data_spec (self->session);
  g_autoptr (GPtrArray) places = atelier_dataset_finder_list ();
  const AtelierDatasetPlace *first = g_ptr_array_index (places, 0);

  store (self, "data", g_str_equal (spec, first->id) ? "" : spec);
}

static void
store_network (AtelierWindowState *self)
{
  const char *preset = atelier_session_get_preset (self->session);
  const char *path = atelier_session_get_network_path (self->session);
  g_autofree char *json = NULL;

  if (*preset == '\0' && *path == '\0')
    json = atelier_network_to_json (atelier_session_get_network (self->session), FALSE);
  store (self, "network", *preset ? preset : path);
  store (self, "edited-network", json ? json : "");
}

static void
store_as_json (AtelierWindowState *self,
               const char         *key,
               AtelierRecipe      *recipe)
{
  g_autoptr (JsonNode) node = atelier_recipe_to_json (recipe);
  g_autofree char *json = json_to_string (node, FALSE);

  store (self, key, json);
}

static void
store_recipe (AtelierWindowState *self)
{
  store_as_json (self, "recipe", atelier_session_get_recipe (self->session));
}

static void
store_base_recipe (AtelierWindowState *self)
{
  AtelierNetworkDraft *draft = atelier_session_get_draft (self->session);
  g_autoptr (AtelierRecipe) base
    = atelier_recipe_new (atelier_network_draft_get_base_recipe (draft), NULL);

  g_return_if_fail (base != NULL);

  store_as_json (self, "base-recipe", base);
}

/* One that does not fit is kept beside the network that did; until it has come back, it stays. */
static void
store_draft (AtelierWindowState *self)
{
  AtelierNetworkDraft *draft = atelier_session_get_draft (self->session);
  g_autofree char *json = NULL;

  if (self->draft)
    return;
  if (atelier_network_draft_get_network (draft) == NULL)
    json = atelier_network_draft_to_json (draft);
  store (self, "unfit-network", json ? json : "");
}

/* Data and network set the draft when they arrive; what was edited is over them. */
static void
on_is_opening_notify_cb (AtelierWindowState *self)
{
  AtelierNetworkDraft *draft = atelier_session_get_draft (self->session);
  g_autofree char *json = NULL;
  g_autoptr (GError) error = NULL;

  if (self->draft == NULL || atelier_session_get_is_opening (self->session))
    return;

  json = g_steal_pointer (&self->draft);
  if (!atelier_network_draft_can_undo (draft) && !atelier_session_get_is_locked (self->session)
      && !atelier_network_draft_begin_from_json (draft, json, "GSettings", &error))
    g_message ("%s", error->message);
  store_draft (self);
}

/* What could not come back is forgotten; while nothing is loaded, the session looks for other data
 * by itself. */
static void
on_session_failed_cb (AtelierWindowState *self,
                      AtelierSessionTask  task,
                      const GError       *error)
{
  if (task == ATELIER_SESSION_OPEN_NETWORK)
    store_network (self);
  else if (task == ATELIER_SESSION_LOAD_DATA)
    store_data (self);
}

static void
atelier_window_state_dispose (GObject *object)
{
  AtelierWindowState *self = ATELIER_WINDOW_STATE (object);

  if (self->session)
    g_signal_handlers_disconnect_by_data (self->session, self);
  g_clear_object (&self->session);
  g_clear_object (&self->settings);
  g_clear_pointer (&self->draft, g_free);

  G_OBJECT_CLASS (atelier_window_state_parent_class)->dispose (object);
}

static void
atelier_window_state_class_init (AtelierWindowStateClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = atelier_window_state_dispose;
}

static void
atelier_window_state_init (AtelierWindowState *self)
{
}

AtelierWindowState *
atelier_window_state_new (AtelierSession *session)
{
  g_autoptr (GSettings) settings = atelier_settings_new ();
  AtelierWindowState *self;

  g_return_val_if_fail (ATELIER_IS_SESSION (session), NULL);

  if (settings == NULL)
    return NULL;

  self = g_object_new (ATELIER_TYPE_WINDOW_STATE, NULL);
  self->settings = g_steal_pointer (&settings);
  self->session = g_object_ref (session);
  g_signal_connect_swapped (session, "notify::data-spec", G_CALLBACK (store_data), self);
  g_signal_connect_swapped (session, "notify::preset", G_CALLBACK (store_network), self);
  g_signal_connect_swapped (session, "notify::network-path", G_CALLBACK (store_network), self);
  g_signal_connect_swapped (session, "notify::recipe", G_CALLBACK (store_recipe), self);
  g_signal_connect_object (atelier_session_get_draft (session), "changed",
                           G_CALLBACK (store_base_recipe), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (atelier_session_get_draft (session), "changed",
                           G_CALLBACK (store_draft), self, G_CONNECT_SWAPPED);
  g_signal_connect_swapped (session, "notify::is-opening", G_CALLBACK (on_is_opening_notify_cb),
                            self);
  g_signal_connect_swapped (session, "failed", G_CALLBACK (on_session_failed_cb), self);

  return self;
}

void
atelier_window_state_bind (AtelierWindowState *self,
                           const char         *key,
                           gpointer            object,
                           const char         *property)
{
  g_return_if_fail (ATELIER_IS_WINDOW_STATE (self));

  g_settings_bind (self->settings, key, object, property, G_SETTINGS_BIND_DEFAULT);
}

/* Written by this program; what is wrong in it is no matter for a person. */
static AtelierRecipe *
read_recipe (const char *json)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) node = json_from_string (json, &error);
  AtelierRecipe *recipe = node ? atelier_recipe_from_json (node, "GSettings", &error) : NULL;

  if (recipe == NULL)
    g_message ("%s", error ? error->message : json);

  return recipe;
}

/* The same of a network. */
static AtelierNetwork *
read_network (const char *json)
{
  g_autoptr (GError) error = NULL;
  AtelierNetwork *network = atelier_network_from_json (json, -1, "GSettings", &error);

  if (network == NULL)
    g_message ("%s", error->message);

  return network;
}

void
atelier_window_state_restore (AtelierWindowState *self,
                              const char         *spec)
{
  g_autofree char *data = NULL;
  g_autofree char *network = NULL;
  g_autofree char *json = NULL;
  g_autofree char *base_json = NULL;
  g_autofree char *edited_json = NULL;
  g_autoptr (AtelierRecipe) recipe = NULL;
  g_autoptr (AtelierRecipe) base = NULL;
  g_autoptr (AtelierNetwork) edited = NULL;

  g_return_if_fail (ATELIER_IS_WINDOW_STATE (self));

  /* First: the functions below store what they change. */
  data = g_settings_get_string (self->settings, "data");
  network = g_settings_get_string (self->settings, "network");
  json = g_settings_get_string (self->settings, "recipe");
  base_json = g_settings_get_string (self->settings, "base-recipe");
  edited_json = g_settings_get_string (self->settings, "edited-network");
  self->draft = g_settings_get_string (self->settings, "unfit-network");
  if (*self->draft == '\0')
    g_clear_pointer (&self->draft, g_free);
  if (*json)
    recipe = read_recipe (json);
  if (*base_json)
    base = read_recipe (base_json);
  if (*edited_json)
    edited = read_network (edited_json);

  if (spec == NULL)
    spec = *data ? data : "auto";
  atelier_session_load_data (self->session, spec);
  /* A network of a file waits for the data. */
  if (g_path_is_absolute (network))
    atelier_session_open_network (self->session, network);
  else if (*network)
    atelier_session_use_preset (self->session, network);
  else if (edited)
    atelier_session_set_network (self->session, edited);
  if (recipe)
    atelier_session_restore_recipe (self->session, base, recipe);
}
