/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The pipeline as a value: presets, comparison, JSON.  atelier-input-run.c runs it.  Pure; any
 * thread. */

#include "config.h"

#include "picture/atelier-input.h"

#include <glib/gi18n-lib.h>

#include "base/atelier-json.h"

#define MAX_SIDE 1024

/* NULL-terminated, in the order of the enums. */
static const char *const invert_names[] = { "auto", "never", "always", NULL };
static const char *const center_names[] = { "box", "mass", NULL };
static const char *const mirror_names[] = { "never", "surer", "always", NULL };

/* The members of the JSON object, in the order in which they are written. */
static const char *const member_names[] = {
  "width", "height", "grey", "ground", "invert", "levels", "trim", "scale", "box", "sharpen",
  "center", "center_on", "mirror", NULL,
};

static const char *const stage_names[ATELIER_N_STAGES] = {
  [ATELIER_STAGE_ORIGINAL] = N_("Original"),
  [ATELIER_STAGE_GREY] = N_("Grey"),
  [ATELIER_STAGE_GROUND] = N_("Garment"),
  [ATELIER_STAGE_INVERT] = N_("Inverted"),
  [ATELIER_STAGE_LEVELS] = N_("Levelled"),
  [ATELIER_STAGE_TRIM] = N_("Trimmed"),
  [ATELIER_STAGE_SCALE] = N_("Scaled"),
  [ATELIER_STAGE_SHARPEN] = N_("Sharpened"),
  [ATELIER_STAGE_CENTER] = N_("Centred"),
  [ATELIER_STAGE_MIRROR] = N_("Mirrored"),
  [ATELIER_STAGE_RESULT] = N_("What the network sees"),
};

static gboolean
read_choice (AtelierJsonReader  *reader,
             const char         *name,
             gboolean            is_required,
             const char *const  *choices,
             int                *value,
             GError            **error)
{
  guint choice = 0;

  if (!atelier_json_reader_get_choice (reader, name, is_required, choices, &choice, error))
    return FALSE;
  *value = (int) choice;
  return TRUE;
}

static gboolean
read_members (AtelierJsonReader  *reader,
              AtelierInput       *input,
              GError            **error)
{
  int invert = 0;
  int center_on = 0;
  int mirror = ATELIER_MIRROR_NEVER;

  if (!atelier_json_reader_get_uint (reader, "width", TRUE, 1, MAX_SIDE, &input->width, error)
      || !atelier_json_reader_get_uint (reader, "height", TRUE, 1, MAX_SIDE, &input->height, error)
      || !atelier_json_reader_get_boolean (reader, "grey", TRUE, &input->grey, error)
      || !atelier_json_reader_get_boolean (reader, "ground", FALSE, &input->ground, error)
      || !read_choice (reader, "invert", TRUE, invert_names, &invert, error)
      || !atelier_json_reader_get_boolean (reader, "levels", FALSE, &input->levels, error)
      || !atelier_json_reader_get_boolean (reader, "trim", TRUE, &input->trim, error)
      || !atelier_json_reader_get_boolean (reader, "scale", TRUE, &input->scale, error)
      || !atelier_json_reader_get_uint (reader, "box", TRUE, 1, MAX_SIDE, &input->box, error)
      || !atelier_json_reader_get_boolean (reader, "sharpen", TRUE, &input->sharpen, error)
      || !atelier_json_reader_get_boolean (reader, "center", TRUE, &input->center, error)
      || !read_choice (reader, "center_on", TRUE, center_names, &center_on, error)
      || !read_choice (reader, "mirror", FALSE, mirror_names, &mirror, error))
    return FALSE;
  input->invert = (AtelierInvert) invert;
  input->center_on = (AtelierCenter) center_on;
  input->mirror = (AtelierMirror) mirror;
  return TRUE;
}

/* Fashion-MNIST's steps, for a network whose input is @height x @width, each 1 to 1,024. */
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
    .ground = TRUE,
    .invert = ATELIER_INVERT_AUTO,
    .levels = TRUE,
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

void
atelier_input_adapt_to_drawing (AtelierInput *input,
                                gboolean      fits)
{
  g_return_if_fail (input != NULL);

  input->ground = FALSE;
  input->invert = ATELIER_INVERT_NEVER;
  input->levels = FALSE;
  input->mirror = ATELIER_MIRROR_NEVER;
  if (fits)
    return;
  input->trim = FALSE;
  input->scale = FALSE;
  input->center = FALSE;
}

gboolean
atelier_input_equal (const AtelierInput *a,
                     const AtelierInput *b)
{
  g_return_val_if_fail (a != NULL && b != NULL, FALSE);

  return a->width == b->width && a->height == b->height && !a->grey == !b->grey
         && !a->ground == !b->ground && a->invert == b->invert && !a->levels == !b->levels
         && !a->trim == !b->trim && !a->scale == !b->scale && a->box == b->box
         && !a->sharpen == !b->sharpen
         && !a->center == !b->center && a->center_on == b->center_on
         && a->mirror == b->mirror && !a->has_pick == !b->has_pick
         && (!a->has_pick || (a->pick_x == b->pick_x && a->pick_y == b->pick_y));
}

/* Transfer full: an object of width, height, grey, ground (left out where it is FALSE), invert
 * ("auto", "never", "always"), levels, trim, scale, box, sharpen, center, center_on ("box", "mass")
 * and mirror ("surer", "always"; left out for never). */
JsonNode *
atelier_input_to_json (const AtelierInput *input)
{
  JsonObject *object;
  JsonNode *node;

  g_return_val_if_fail (input != NULL, NULL);

  object = json_object_new ();
  json_object_set_int_member (object, "width", input->width);
  json_object_set_int_member (object, "height", input->height);
  json_object_set_boolean_member (object, "grey", input->grey);
  if (input->ground)
    json_object_set_boolean_member (object, "ground", TRUE);
  json_object_set_string_member (object, "invert", invert_names[input->invert]);
  json_object_set_boolean_member (object, "levels", input->levels);
  json_object_set_boolean_member (object, "trim", input->trim);
  json_object_set_boolean_member (object, "scale", input->scale);
  json_object_set_int_member (object, "box", input->box);
  json_object_set_boolean_member (object, "sharpen", input->sharpen);
  json_object_set_boolean_member (object, "center", input->center);
  json_object_set_string_member (object, "center_on", center_names[input->center_on]);
  if (input->mirror != ATELIER_MIRROR_NEVER)
    json_object_set_string_member (object, "mirror", mirror_names[input->mirror]);
  node = json_node_new (JSON_NODE_OBJECT);
  json_node_take_object (node, object);
  return node;
}

/* Strict: every member must be there, and no other.  Only "ground", "levels" and "mirror" may be
 * missing, because older files do not have them; they are read without those steps.  FORMAT;
 * UNSUPPORTED for "grey": false.  @origin names the file in the message; @input is not changed on
 * failure. */
gboolean
atelier_input_from_json (AtelierInput  *input,
                         JsonNode      *node,
                         const char    *origin,
                         GError       **error)
{
  AtelierInput read = { 0 };
  AtelierJsonReader reader;

  g_return_val_if_fail (input != NULL && node != NULL && origin != NULL, FALSE);

  /* Translators: what turns a picture into what a network sees; the place of an error in a file */
  if (!atelier_json_reader_init (&reader, node, origin, _("input"), ATELIER_ERROR_FORMAT, error)
      || !atelier_json_reader_check_names (&reader, member_names, error)
      || !read_members (&reader, &read, error))
    return FALSE;
  if (!read.grey)
    {
      reader.code = ATELIER_ERROR_UNSUPPORTED;
      atelier_json_reader_fail (&reader, error,
                                _("colours cannot be kept, only grey pictures can be used"));
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
