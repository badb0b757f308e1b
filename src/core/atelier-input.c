/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The pipeline as a value: presets, comparison, JSON.  Its run is in atelier-input-run.c.  Pure; any thread. */

#include "config.h"

#include "atelier-input.h"

#include <glib/gi18n-lib.h>

#include "atelier-error.h"

#define MAX_SIDE 1024

static const char *const invert_names[] = { "auto", "never", "always" };
static const char *const center_names[] = { "box", "mass" };

static const char *const stage_names[ATELIER_N_STAGES] = {
  [ATELIER_STAGE_ORIGINAL] = N_("Original"),
  [ATELIER_STAGE_GREY] = N_("Grey"),
  [ATELIER_STAGE_INVERT] = N_("Inverted"),
  [ATELIER_STAGE_TRIM] = N_("Trimmed"),
  [ATELIER_STAGE_SCALE] = N_("Scaled"),
  [ATELIER_STAGE_SHARPEN] = N_("Sharpened"),
  [ATELIER_STAGE_CENTER] = N_("Centred"),
  [ATELIER_STAGE_RESULT] = N_("What the network sees"),
};

/* The members of the JSON object, in the order in which they are written. */
typedef enum
{
  MEMBER_SIZE,   /* guint, 1 to MAX_SIDE */
  MEMBER_SWITCH, /* gboolean */
  MEMBER_CHOICE, /* an enum, written as one of names */
} MemberKind;

typedef struct
{
  const char        *name;
  MemberKind         kind;
  gsize              offset;
  const char *const *names;
  guint              n_names;
} Member;

static const Member members[] = {
  { "width", MEMBER_SIZE, G_STRUCT_OFFSET (AtelierInput, width), NULL, 0 },
  { "height", MEMBER_SIZE, G_STRUCT_OFFSET (AtelierInput, height), NULL, 0 },
  { "grey", MEMBER_SWITCH, G_STRUCT_OFFSET (AtelierInput, grey), NULL, 0 },
  { "invert", MEMBER_CHOICE, G_STRUCT_OFFSET (AtelierInput, invert), invert_names, G_N_ELEMENTS (invert_names) },
  { "trim", MEMBER_SWITCH, G_STRUCT_OFFSET (AtelierInput, trim), NULL, 0 },
  { "scale", MEMBER_SWITCH, G_STRUCT_OFFSET (AtelierInput, scale), NULL, 0 },
  { "box", MEMBER_SIZE, G_STRUCT_OFFSET (AtelierInput, box), NULL, 0 },
  { "sharpen", MEMBER_SWITCH, G_STRUCT_OFFSET (AtelierInput, sharpen), NULL, 0 },
  { "center", MEMBER_SWITCH, G_STRUCT_OFFSET (AtelierInput, center), NULL, 0 },
  { "center_on", MEMBER_CHOICE, G_STRUCT_OFFSET (AtelierInput, center_on), center_names, G_N_ELEMENTS (center_names) },
};

/* Every member is four bytes of int, guint, gboolean or enum. */
G_STATIC_ASSERT (sizeof (AtelierInvert) == sizeof (int));
G_STATIC_ASSERT (sizeof (AtelierCenter) == sizeof (int));

static int
get_member (const AtelierInput *input,
            const Member       *member)
{
  return G_STRUCT_MEMBER (int, input, member->offset);
}

static void
set_member (AtelierInput *input,
            const Member *member,
            int           value)
{
  G_STRUCT_MEMBER (int, input, member->offset) = value;
}

static const Member *
find_member (const char *name)
{
  for (gsize i = 0; i < G_N_ELEMENTS (members); i++)
    if (g_str_equal (members[i].name, name))
      return &members[i];
  return NULL;
}

static gboolean
read_size (JsonNode *node,
           int      *value)
{
  gint64 size;

  if (!JSON_NODE_HOLDS_VALUE (node) || json_node_get_value_type (node) != G_TYPE_INT64)
    return FALSE;
  size = json_node_get_int (node);
  if (size < 1 || size > MAX_SIDE)
    return FALSE;
  *value = (int) size;
  return TRUE;
}

static gboolean
read_switch (JsonNode *node,
             int      *value)
{
  if (!JSON_NODE_HOLDS_VALUE (node) || json_node_get_value_type (node) != G_TYPE_BOOLEAN)
    return FALSE;
  *value = json_node_get_boolean (node) ? TRUE : FALSE;
  return TRUE;
}

static gboolean
read_choice (const Member *member,
             JsonNode     *node,
             int          *value)
{
  if (!JSON_NODE_HOLDS_VALUE (node) || json_node_get_value_type (node) != G_TYPE_STRING)
    return FALSE;
  for (guint i = 0; i < member->n_names; i++)
    if (g_str_equal (member->names[i], json_node_get_string (node)))
      {
        *value = (int) i;
        return TRUE;
      }
  return FALSE;
}

static gboolean
read_member (AtelierInput *input,
             const Member *member,
             JsonNode     *node,
             const char   *origin,
             GError      **error)
{
  gboolean is_good = FALSE;
  int value = 0;

  switch (member->kind)
    {
    case MEMBER_SIZE:
      is_good = read_size (node, &value);
      break;
    case MEMBER_SWITCH:
      is_good = read_switch (node, &value);
      break;
    case MEMBER_CHOICE:
      is_good = read_choice (member, node, &value);
      break;
    default:
      g_assert_not_reached ();
    }
  if (!is_good)
    {
      g_set_error (error, ATELIER_ERROR, ATELIER_ERROR_FORMAT,
                   _("%s: “%s” of the input pipeline has a value that is not allowed"), origin, member->name);
      return FALSE;
    }
  set_member (input, member, value);
  return TRUE;
}

static gboolean
check_member_names (JsonObject *object,
                    const char *origin,
                    GError    **error)
{
  g_autoptr (GList) names = json_object_get_members (object);

  for (GList *link = names; link != NULL; link = link->next)
    if (find_member (link->data) == NULL)
      {
        g_set_error (error, ATELIER_ERROR, ATELIER_ERROR_FORMAT,
                     _("%s: the input pipeline has an unknown member “%s”"), origin, (const char *) link->data);
        return FALSE;
      }
  return TRUE;
}

/* The way Fashion-MNIST was made, for what a network of @height x @width sees, each 1 to 1,024. */
void
atelier_input_init_fashion (AtelierInput *input,
                            guint         height,
                            guint         width)
{
  g_return_if_fail (input != NULL);
  g_return_if_fail (width >= 1 && width <= MAX_SIDE && height >= 1 && height <= MAX_SIDE);

  *input = (AtelierInput) {
    .width = width,
    .height = height,
    .grey = TRUE,
    .invert = ATELIER_INVERT_AUTO,
    .trim = TRUE,
    .scale = TRUE,
    .box = MAX (width, height),
    .sharpen = TRUE,
    .center = TRUE,
    .center_on = ATELIER_CENTER_BOX,
  };
}

void
atelier_input_init_mnist (AtelierInput *input,
                          guint         height,
                          guint         width)
{
  g_return_if_fail (input != NULL);
  g_return_if_fail (width >= 1 && width <= MAX_SIDE && height >= 1 && height <= MAX_SIDE);

  atelier_input_init_fashion (input, height, width);
  input->box = MAX (1, (MAX (width, height) * 20 + 14) / 28);
  input->sharpen = FALSE;
  input->center_on = ATELIER_CENTER_MASS;
}

gboolean
atelier_input_equal (const AtelierInput *a,
                     const AtelierInput *b)
{
  g_return_val_if_fail (a != NULL && b != NULL, FALSE);

  for (gsize i = 0; i < G_N_ELEMENTS (members); i++)
    {
      int value_a = get_member (a, &members[i]);
      int value_b = get_member (b, &members[i]);

      if (members[i].kind == MEMBER_SWITCH ? !value_a != !value_b : value_a != value_b)
        return FALSE;
    }
  return TRUE;
}

/* Transfer full: an object of width, height, grey, invert ("auto", "never", "always"), trim, scale, box, sharpen, center
 * and center_on ("box", "mass"). */
JsonNode *
atelier_input_to_json (const AtelierInput *input)
{
  JsonObject *object;
  JsonNode *node;

  g_return_val_if_fail (input != NULL, NULL);

  object = json_object_new ();
  for (gsize i = 0; i < G_N_ELEMENTS (members); i++)
    {
      const Member *member = &members[i];
      int value = get_member (input, member);

      if (member->kind == MEMBER_SIZE)
        json_object_set_int_member (object, member->name, value);
      else if (member->kind == MEMBER_SWITCH)
        json_object_set_boolean_member (object, member->name, value != FALSE);
      else
        json_object_set_string_member (object, member->name, member->names[value]);
    }
  node = json_node_new (JSON_NODE_OBJECT);
  json_node_take_object (node, object);
  return node;
}

/* Strict: every member must be there, none may be unknown.  FORMAT; UNSUPPORTED for "grey": false.  @origin names the
 * file in the message; @input is untouched on failure. */
gboolean
atelier_input_from_json (AtelierInput *input,
                         JsonNode     *node,
                         const char   *origin,
                         GError      **error)
{
  AtelierInput read = { 0 };
  JsonObject *object;

  g_return_val_if_fail (input != NULL && node != NULL && origin != NULL, FALSE);

  if (!JSON_NODE_HOLDS_OBJECT (node))
    {
      g_set_error (error, ATELIER_ERROR, ATELIER_ERROR_FORMAT, _("%s: the input pipeline is not a JSON object"), origin);
      return FALSE;
    }
  object = json_node_get_object (node);
  if (!check_member_names (object, origin, error))
    return FALSE;
  for (gsize i = 0; i < G_N_ELEMENTS (members); i++)
    {
      JsonNode *value = json_object_get_member (object, members[i].name);

      if (value == NULL)
        {
          g_set_error (error, ATELIER_ERROR, ATELIER_ERROR_FORMAT, _("%s: the input pipeline lacks “%s”"), origin,
                       members[i].name);
          return FALSE;
        }
      if (!read_member (&read, &members[i], value, origin, error))
        return FALSE;
    }
  if (!read.grey)
    {
      g_set_error (error, ATELIER_ERROR, ATELIER_ERROR_UNSUPPORTED,
                   _("%s: the input pipeline keeps colours, but only grey pictures can be used"), origin);
      return FALSE;
    }
  *input = read;
  return TRUE;
}

const char *
atelier_stage_get_name (AtelierStage stage)
{
  g_return_val_if_fail (stage < ATELIER_N_STAGES, NULL);

  return _(stage_names[stage]);
}
