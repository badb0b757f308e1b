/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Networks that are being edited: each edit, its figures, and the way back. */

#include <locale.h>
#include <string.h>

#include "base/atelier-error.h"
#include "model/atelier-network-draft.h"
#include "network-text.h"

#define TOP(i) (&(AtelierDraftPlace) { .block = ATELIER_NO_LAYER, .index = (i) })
#define IN_BODY(b, i) (&(AtelierDraftPlace) { .block = (b), .index = (i) })
#define IN_SHORTCUT(b, i) \
  (&(AtelierDraftPlace) { .block = (b), .is_shortcut = TRUE, .index = (i) })

static AtelierNetworkDraft *
begin_preset (const char *id)
{
  g_autoptr (AtelierNetwork) network = atelier_network_new_preset (id);
  AtelierNetworkDraft *draft = atelier_network_draft_new ();

  atelier_network_draft_set_target (draft, 28, 28, 1, 10);
  atelier_network_draft_begin (draft, network);
  return draft;
}

/* All that a draft holds, as bytes. */
static GByteArray *
dump (AtelierNetworkDraft *draft)
{
  GByteArray *bytes = g_byte_array_new ();
  const char *name = atelier_network_draft_get_name (draft);

  g_byte_array_append (bytes, (const guint8 *) name, (guint) strlen (name));
  for (guint i = 0; i < atelier_network_draft_get_n_rows (draft); i++)
    {
      const AtelierDraftRow *row = atelier_network_draft_get_row (draft, i);

      g_byte_array_append (bytes, (const guint8 *) &row->id, sizeof row->id);
      g_byte_array_append (bytes, (const guint8 *) &row->layer, sizeof row->layer);
    }
  return bytes;
}

static void
assert_dump (AtelierNetworkDraft *draft,
             GByteArray          *bytes)
{
  g_autoptr (GByteArray) found = dump (draft);

  g_assert_cmpmem (found->data, found->len, bytes->data, bytes->len);
}

/* Sets one member of a row; TRUE where it was taken. */
static gboolean
set_integer (AtelierNetworkDraft *draft,
             guint                i_row,
             const char          *name,
             guint64              value)
{
  AtelierLayer layer = atelier_network_draft_get_row (draft, i_row)->layer;
  const AtelierMember *member
    = atelier_members_find (&atelier_layer_class_get (layer.kind)->members, name);

  g_assert_nonnull (member);
  if (member->type == ATELIER_MEMBER_PAIR)
    atelier_member_set_pair (member, &layer, (guint[]) { (guint) value, (guint) value });
  else
    atelier_member_set_integer (member, &layer, value);
  return atelier_network_draft_set_member (draft, i_row, member, &layer);
}

static void
assert_kinds (AtelierNetworkDraft *draft,
              const char          *words)
{
  g_autoptr (GString) found = g_string_new (NULL);

  for (guint i = 0; i < atelier_network_draft_get_n_rows (draft); i++)
    {
      const AtelierDraftRow *row = atelier_network_draft_get_row (draft, i);

      g_string_append_printf (found, "%s%s%s", i > 0 ? " " : "",
                              row->block == ATELIER_NO_LAYER ? "" : row->is_shortcut ? "/" : ".",
                              atelier_layer_class_get (row->layer.kind)->word);
    }
  g_assert_cmpstr (found->str, ==, words);
}

/* ---- Figures ---- */

/* The figures of a draft that fits are those of its network. */
static void
assert_figures (AtelierNetwork *network)
{
  g_autoptr (AtelierNetworkDraft) draft = atelier_network_draft_new ();
  guint height, width, channels;

  atelier_network_get_input (network, &height, &width, &channels);
  atelier_network_draft_set_target (draft, height, width, channels, 0);
  atelier_network_draft_begin (draft, network);
  g_assert_nonnull (atelier_network_draft_get_network (draft));
  g_assert_true (atelier_network_equal (network, atelier_network_draft_get_network (draft)));
  g_assert_cmpuint (atelier_network_draft_get_n_problems (draft), ==, 0);
  g_assert_cmpuint (atelier_network_draft_get_n_parameters (draft), ==,
                    atelier_network_get_n_parameters (network));
  g_assert_cmpuint (atelier_network_draft_get_n_multiply_adds (draft), ==,
                    atelier_network_get_n_multiply_adds (network));
  for (guint i = 0; i < atelier_network_get_n_layers (network); i++)
    {
      const AtelierLayerInfo *info = atelier_network_get_layer_info (network, i);
      const AtelierDraftRow *row = atelier_network_draft_get_row (draft, i);
      g_autofree char *words = atelier_network_describe_row (network, i);
      g_autofree char *drafted = atelier_network_draft_describe_row (draft, i);

      g_assert_null (row->problem);
      g_assert_cmpstr (words, ==, drafted);
      g_assert_true (row->has_output);
      g_assert_cmpuint (row->height, ==, info->height);
      g_assert_cmpuint (row->width, ==, info->width);
      g_assert_cmpuint (row->channels, ==, info->channels);
      g_assert_cmpuint (row->block, ==, info->parent);
      if (!atelier_layer_has_trait (&row->layer, ATELIER_TRAIT_HOLDS_LAYERS))
        g_assert_cmpuint (row->n_parameters, ==, info->n_parameters);
    }
}

static void
test_figures (void)
{
  const char * const *ids = atelier_network_list_presets ();
  g_autofree char *folder = g_test_build_filename (G_TEST_DIST, "fixtures", "networks", NULL);
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;
  guint n = 0;

  for (guint i = 0; ids[i] != NULL; i++)
    {
      g_autoptr (AtelierNetwork) network = atelier_network_new_preset (ids[i]);

      assert_figures (network);
    }
  g_assert_nonnull (dir);
  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);
      g_autoptr (AtelierNetwork) network = atelier_network_load (path, NULL);

      if (network == NULL)
        continue;
      g_test_message ("%s", name);
      assert_figures (network);
      n++;
    }
  g_assert_cmpuint (n, >, 5);
}

static void
test_shares (void)
{
  g_autoptr (AtelierNetworkDraft) draft = begin_preset ("report-2");
  double sum = 0.0;

  for (guint i = 0; i < atelier_network_draft_get_n_rows (draft); i++)
    sum += atelier_network_draft_get_row (draft, i)->share;
  g_assert_cmpfloat_with_epsilon (sum, 1.0, 1e-9);
}

/* A layer that does not fit leaves the figures of all others as they are. */
static void
test_others_keep_their_figures (void)
{
  g_autoptr (AtelierNetworkDraft) draft = begin_preset ("report-2");
  const guint64 n_parameters = atelier_network_draft_get_n_parameters (draft);
  guint i_pool = atelier_network_draft_insert (draft, TOP (7), ATELIER_LAYER_MAX_POOL2D);

  g_assert_cmpuint (i_pool, ==, 7);
  g_assert_nonnull (atelier_network_draft_get_row (draft, 7)->problem);
  g_assert_cmpstr (atelier_network_draft_get_row (draft, 7)->mend, ==, "Remove");
  g_assert_cmpuint (atelier_network_draft_get_n_problems (draft), ==, 1);
  g_assert_null (atelier_network_draft_get_network (draft));
  g_assert_cmpuint (atelier_network_draft_get_n_parameters (draft), ==, n_parameters);
  for (guint i = 8; i < 10; i++)
    g_assert_null (atelier_network_draft_get_row (draft, i)->problem);
}

static void
test_target (void)
{
  g_autoptr (AtelierNetworkDraft) draft = begin_preset ("report-2");

  atelier_network_draft_set_target (draft, 28, 28, 1, 7);
  g_assert_cmpuint (atelier_network_draft_get_n_problems (draft), ==, 1);
  g_assert_cmpstr (atelier_network_draft_get_row (draft, 8)->mend, ==, "Use 7 Units");
  g_assert_false (atelier_network_draft_can_undo (draft));
  atelier_network_draft_set_target (draft, 28, 28, 3, 10);
  g_assert_cmpuint (atelier_network_draft_get_n_problems (draft), ==, 0);
  g_assert_cmpuint (atelier_network_draft_get_row (draft, 0)->n_parameters, ==, 32 * 28);
}

/* ---- Edits ---- */

static void
test_from_nothing (void)
{
  g_autoptr (AtelierNetworkDraft) draft = atelier_network_draft_new ();
  g_autoptr (AtelierNetwork) preset = atelier_network_new_preset ("report-2");
  const AtelierLayerKind kinds[] = {
    ATELIER_LAYER_CONV2D, ATELIER_LAYER_MAX_POOL2D, ATELIER_LAYER_DROPOUT, ATELIER_LAYER_CONV2D,
    ATELIER_LAYER_MAX_POOL2D, ATELIER_LAYER_DROPOUT, ATELIER_LAYER_FLATTEN, ATELIER_LAYER_DENSE,
  };

  g_assert_cmpstr (atelier_network_draft_get_problem (draft), ==, "There are no layers");
  atelier_network_draft_set_target (draft, 28, 28, 1, 10);
  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    g_assert_cmpuint (atelier_network_draft_insert (draft, TOP (i), kinds[i]), ==, i);
  g_assert_cmpuint (atelier_network_draft_insert (draft, TOP (7), ATELIER_LAYER_DENSE), ==, 7);
  g_assert_true (set_integer (draft, 0, "filters", 32));
  g_assert_true (atelier_network_draft_rename (draft, atelier_network_get_name (preset)));
  g_assert_true (atelier_network_equal (atelier_network_draft_get_network (draft), preset));
}

static void
test_each_kind (void)
{
  for (AtelierLayerKind kind = 0; kind < ATELIER_N_LAYER_KINDS; kind++)
    {
      g_autoptr (AtelierNetworkDraft) draft = begin_preset ("report-2");
      g_autoptr (GByteArray) start = dump (draft);
      g_autoptr (GByteArray) end = NULL;
      const guint i = atelier_network_draft_insert (draft, TOP (1), kind);

      g_assert_cmpuint (i, ==, 1);
      g_assert_cmpuint (atelier_network_draft_get_row (draft, 1)->layer.kind, ==, kind);
      /* Flatten and the pools over all places leave no picture for those behind. */
      g_test_message ("%s: %u", atelier_layer_class_get (kind)->word,
                      atelier_network_draft_get_n_problems (draft));
      if (kind != ATELIER_LAYER_DENSE)
        g_assert_null (atelier_network_draft_get_row (draft, 1)->problem);
      atelier_network_draft_duplicate (draft, 1);
      g_assert_cmpuint (atelier_network_draft_insert (draft, TOP (0), kind), ==, 0);
      end = dump (draft);
      for (guint k = 0; k < 3; k++)
        atelier_network_draft_undo (draft);
      assert_dump (draft, start);
      for (guint k = 0; k < 3; k++)
        atelier_network_draft_redo (draft);
      assert_dump (draft, end);
    }
}

static void
test_merged_steps (void)
{
  g_autoptr (AtelierNetworkDraft) draft = begin_preset ("report-2");

  /* The same value is no step, and begins none. */
  g_assert_true (set_integer (draft, 0, "filters", 32));
  g_assert_false (atelier_network_draft_can_undo (draft));
  g_assert_true (set_integer (draft, 0, "filters", 3));
  g_assert_true (set_integer (draft, 0, "filters", 36));
  g_assert_true (set_integer (draft, 3, "filters", 8));
  g_assert_false (set_integer (draft, 3, "filters", 0));
  atelier_network_draft_undo (draft);
  g_assert_cmpuint (atelier_network_draft_get_row (draft, 0)->layer.units, ==, 36);
  atelier_network_draft_undo (draft);
  g_assert_cmpuint (atelier_network_draft_get_row (draft, 0)->layer.units, ==, 32);
  g_assert_false (atelier_network_draft_can_undo (draft));
  /* There and back again. */
  g_assert_true (set_integer (draft, 0, "filters", 33));
  g_assert_true (set_integer (draft, 0, "filters", 32));
  g_assert_false (atelier_network_draft_can_undo (draft));
  g_assert_false (atelier_network_draft_can_redo (draft));
}

/* What follows from another member goes on to do so. */
static void
test_followers (void)
{
  g_autoptr (AtelierNetworkDraft) draft = begin_preset ("report-2");

  g_assert_true (set_integer (draft, 1, "size", 3));
  g_assert_cmpuint (atelier_network_draft_get_row (draft, 1)->layer.stride_width, ==, 3);
  g_assert_true (set_integer (draft, 1, "stride", 1));
  g_assert_true (set_integer (draft, 1, "size", 4));
  g_assert_cmpuint (atelier_network_draft_get_row (draft, 1)->layer.stride_width, ==, 1);
  g_assert_true (set_integer (draft, 0, "activation", ATELIER_ACTIVATION_LEAKY_RELU));
  g_assert_cmpfloat (atelier_network_draft_get_row (draft, 0)->layer.slope, ==, 0.01);
}

static void
test_blocks (void)
{
  g_autoptr (AtelierNetworkDraft) draft = begin_preset ("report-2");
  const guint pool = 1;
  guint block = atelier_network_draft_insert (draft, TOP (2), ATELIER_LAYER_RESIDUAL);

  g_assert_cmpuint (block, ==, 2);
  g_assert_cmpuint (atelier_network_draft_get_n_problems (draft), ==, 0);
  g_assert_cmpuint (atelier_network_draft_get_row (draft, 2)->n_parameters, ==, 2 * 9248);
  g_assert_cmpuint (atelier_network_draft_get_row (draft, 4)->channels, ==, 32);
  /* Blocks do not nest. */
  g_assert_cmpuint (atelier_network_draft_insert (draft, IN_BODY (2, 0), ATELIER_LAYER_RESIDUAL),
                    ==, ATELIER_NO_LAYER);
  g_assert_cmpuint (atelier_network_draft_move (draft, 2, IN_BODY (2, 0)), ==, ATELIER_NO_LAYER);
  /* A layer goes down through a block: into its body, past both layers, out of it. */
  for (guint i = 1; i < 5; i++)
    g_assert_cmpuint (atelier_network_draft_move_by_one (draft, i == 1 ? pool : i, TRUE), ==,
                      i < 4 ? i + 1 : 4);
  assert_kinds (draft, "conv2d residual .conv2d .conv2d max_pool2d dropout conv2d max_pool2d "
                       "dropout flatten dense dense");
  g_assert_cmpuint (atelier_network_draft_move_by_one (draft, 4, FALSE), ==, 4);
  assert_kinds (draft, "conv2d residual .conv2d .conv2d .max_pool2d dropout conv2d max_pool2d "
                       "dropout flatten dense dense");
  /* A shortcut of its own, and the block over all of it. */
  g_assert_cmpuint (atelier_network_draft_move (draft, 5, IN_SHORTCUT (1, 0)), ==, 5);
  g_assert_cmpuint (atelier_network_draft_move (draft, 1, TOP (4)), ==, 3);
  assert_kinds (draft, "conv2d conv2d max_pool2d residual .conv2d .conv2d .max_pool2d /dropout "
                       "dropout flatten dense dense");
  atelier_network_draft_remove (draft, 3);
  assert_kinds (draft, "conv2d conv2d max_pool2d dropout flatten dense dense");
}

/* A block from which all was taken stays, and says so. */
static void
test_empty_block (void)
{
  g_autoptr (AtelierNetworkDraft) draft = begin_preset ("report-2");

  atelier_network_draft_insert (draft, TOP (1), ATELIER_LAYER_RESIDUAL);
  atelier_network_draft_remove (draft, 3);
  atelier_network_draft_remove (draft, 2);
  g_assert_cmpstr (atelier_network_draft_get_row (draft, 1)->problem, ==, "it holds no layers");
  g_assert_cmpuint (atelier_network_draft_insert (draft, IN_BODY (1, 0), ATELIER_LAYER_CONV2D), ==,
                    2);
  g_assert_cmpuint (atelier_network_draft_get_n_problems (draft), ==, 0);
}

static void
test_full (void)
{
  g_autoptr (AtelierNetworkDraft) draft = begin_preset ("report-2");

  while (!atelier_network_draft_is_full (draft))
    g_assert_cmpuint (atelier_network_draft_duplicate (draft, 2), ==, 3);
  g_assert_cmpuint (atelier_network_draft_get_n_rows (draft), ==, 64);
  g_assert_nonnull (atelier_network_draft_get_network (draft));
  g_assert_cmpuint (atelier_network_draft_duplicate (draft, 2), ==, ATELIER_NO_LAYER);
  g_assert_cmpuint (atelier_network_draft_insert (draft, TOP (0), ATELIER_LAYER_FLATTEN), ==,
                    ATELIER_NO_LAYER);
  g_assert_cmpuint (atelier_network_draft_get_n_rows (draft), ==, 64);
}

/* What no row is to blame for alone. */
static void
test_too_large (void)
{
  g_autoptr (AtelierNetworkDraft) draft = begin_preset ("report-1");

  for (guint i = 0; i < 2; i++)
    {
      g_assert_cmpuint (atelier_network_draft_insert (draft, TOP (1), ATELIER_LAYER_DENSE), ==, 1);
      g_assert_true (set_integer (draft, 1, "units", 10000));
    }
  g_assert_cmpuint (atelier_network_draft_get_n_problems (draft), ==, 0);
  g_assert_nonnull (atelier_network_draft_get_network (draft));
  g_assert_cmpuint (atelier_network_draft_duplicate (draft, 2), ==, 3);
  g_assert_null (atelier_network_draft_get_network (draft));
  g_assert_nonnull (strstr (atelier_network_draft_get_problem (draft), "memory"));
  g_assert_true (set_integer (draft, 1, "units", 100000));
  g_assert_nonnull (atelier_network_draft_get_row (draft, 1)->problem);
}

static void
test_names (void)
{
  g_autoptr (AtelierNetworkDraft) draft = begin_preset ("report-1");

  g_assert_false (atelier_network_draft_rename (draft, ""));
  g_assert_false (atelier_network_draft_rename (draft, "two\nlines"));
  g_assert_true (atelier_network_draft_rename (draft, "M"));
  g_assert_true (atelier_network_draft_rename (draft, "Mine"));
  g_assert_cmpstr (atelier_network_draft_get_name (draft), ==, "Mine");
  g_assert_nonnull (atelier_network_draft_get_network (draft));
  atelier_network_draft_undo (draft);
  g_assert_false (atelier_network_draft_can_undo (draft));
}

/* ---- Anything, and back ---- */

static AtelierDraftPlace
choose_place (GRand *rand,
              guint  n)
{
  return (AtelierDraftPlace) {
    .block = g_rand_boolean (rand) ? ATELIER_NO_LAYER : (guint) g_rand_int_range (rand, 0, 20),
    .is_shortcut = g_rand_boolean (rand),
    .index = (guint) g_rand_int_range (rand, 0, (gint32) n + 2),
  };
}

static void
change_member (AtelierNetworkDraft *draft,
               GRand               *rand,
               guint                i_row)
{
  AtelierLayer layer = atelier_network_draft_get_row (draft, i_row)->layer;
  const AtelierMembers *table = &atelier_layer_class_get (layer.kind)->members;
  const AtelierMember *member;
  const guint value = (guint) g_rand_int_range (rand, 0, 9);

  if (table->n_members == 0)
    return;
  member = &table->members[g_rand_int_range (rand, 0, (gint32) table->n_members)];
  if (member->type == ATELIER_MEMBER_REAL)
    atelier_member_set_real (member, &layer, value / 4.0);
  else if (member->type == ATELIER_MEMBER_PAIR)
    atelier_member_set_pair (member, &layer, (guint[]) { value, value });
  else
    atelier_member_set_integer (member, &layer, value);
  atelier_network_draft_set_member (draft, i_row, member, &layer);
}

static void
edit (AtelierNetworkDraft *draft,
      GRand               *rand)
{
  const guint n = atelier_network_draft_get_n_rows (draft);
  const AtelierDraftPlace place = choose_place (rand, n);
  const guint i = n > 0 ? (guint) g_rand_int_range (rand, 0, (gint32) n) : 0;
  const int what = n > 0 ? g_rand_int_range (rand, 0, 9) : 0;

  if (what <= 1)
    atelier_network_draft_insert (
      draft, &place, (AtelierLayerKind) g_rand_int_range (rand, 0, ATELIER_N_LAYER_KINDS));
  else if (what == 2)
    atelier_network_draft_remove (draft, i);
  else if (what == 3)
    atelier_network_draft_duplicate (draft, i);
  else if (what == 4)
    atelier_network_draft_move (draft, i, &place);
  else if (what == 5)
    atelier_network_draft_move_by_one (draft, i, g_rand_boolean (rand));
  else if (what == 6)
    atelier_network_draft_mend (draft, i);
  else
    change_member (draft, rand, i);
}

/* Each row has an id of its own and a shape, or a problem; all fit, or there is no network. */
static void
assert_sound (AtelierNetworkDraft *draft)
{
  const guint n = atelier_network_draft_get_n_rows (draft);
  guint n_problems = 0;

  g_assert_cmpuint (n, <=, 64);
  for (guint i = 0; i < n; i++)
    {
      const AtelierDraftRow *row = atelier_network_draft_get_row (draft, i);

      g_assert_cmpuint (atelier_network_draft_find_row (draft, row->id), ==, i);
      g_assert_true (row->has_output || row->problem != NULL);
      g_assert_true (row->mend == NULL || row->problem != NULL);
      n_problems += row->problem != NULL;
    }
  g_assert_cmpuint (n_problems, ==, atelier_network_draft_get_n_problems (draft));
  g_assert_cmpint (atelier_network_draft_get_network (draft) != NULL, ==,
                   n_problems == 0 && atelier_network_draft_get_problem (draft) == NULL);
}

static void
test_random_edits (void)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (g_test_rand_int ());

  for (guint k = 0; k < 20; k++)
    {
      g_autoptr (AtelierNetworkDraft) draft = begin_preset (k % 2 ? "report-1" : "report-2");
      g_autoptr (GByteArray) start = dump (draft);
      g_autoptr (GByteArray) end = NULL;

      for (guint i = 0; i < 150; i++)
        {
          edit (draft, rand);
          assert_sound (draft);
        }
      end = dump (draft);
      while (atelier_network_draft_can_undo (draft))
        atelier_network_draft_undo (draft);
      assert_dump (draft, start);
      while (atelier_network_draft_can_redo (draft))
        atelier_network_draft_redo (draft);
      assert_dump (draft, end);
    }
}

static void
set_rate (AtelierNetworkDraft *draft,
          double               rate)
{
  AtelierRecipeValues values = *atelier_network_draft_get_recipe (draft);

  values.learning_rate = rate;
  atelier_network_draft_set_recipe (draft, &values, TRUE);
}

/* Recipe and layers are undone in the order in which they were changed. */
static void
test_recipe (void)
{
  g_autoptr (AtelierNetwork) network = atelier_network_new_preset ("report-1");
  g_autoptr (AtelierNetworkDraft) draft = atelier_network_draft_new ();
  AtelierRecipeValues values = *atelier_network_draft_get_recipe (draft);

  values.n_epochs = 23;
  atelier_network_draft_replace_recipe (draft, network, &values);
  atelier_network_draft_forget (draft);
  g_assert_false (atelier_network_draft_can_undo (draft));
  g_assert_cmpuint (atelier_network_draft_get_base_recipe (draft)->n_epochs, ==, 23);

  set_rate (draft, 0.5);
  set_rate (draft, 0.25);
  atelier_network_draft_remove (draft, 0);
  values = *atelier_network_draft_get_recipe (draft);
  values.n_epochs = 2;
  atelier_network_draft_set_recipe (draft, &values, TRUE);
  values.n_epochs = 3;
  atelier_network_draft_set_recipe (draft, &values, FALSE);
  g_assert_cmpuint (atelier_network_draft_get_base_recipe (draft)->n_epochs, ==, 23);
  values.n_epochs = 7;
  atelier_network_draft_replace_recipe (draft, NULL, &values);
  g_assert_cmpuint (atelier_network_draft_get_base_recipe (draft)->n_epochs, ==, 7);

  atelier_network_draft_undo (draft);
  g_assert_cmpuint (atelier_network_draft_get_base_recipe (draft)->n_epochs, ==, 23);
  g_assert_cmpuint (atelier_network_draft_get_recipe (draft)->n_epochs, ==, 3);
  atelier_network_draft_undo (draft);
  g_assert_cmpuint (atelier_network_draft_get_recipe (draft)->n_epochs, ==, 2);
  atelier_network_draft_undo (draft);
  g_assert_cmpuint (atelier_network_draft_get_recipe (draft)->n_epochs, ==, 23);
  g_assert_cmpuint (atelier_network_draft_get_n_rows (draft), ==, 6);
  atelier_network_draft_undo (draft);
  g_assert_cmpuint (atelier_network_draft_get_n_rows (draft), ==, 7);
  g_assert_cmpfloat (atelier_network_draft_get_recipe (draft)->learning_rate, ==, 0.25);
  atelier_network_draft_undo (draft);
  g_assert_cmpfloat (atelier_network_draft_get_recipe (draft)->learning_rate, ==, 0.001);
  g_assert_false (atelier_network_draft_can_undo (draft));
  while (atelier_network_draft_can_redo (draft))
    atelier_network_draft_redo (draft);
  /* Networks come and go without it. */
  atelier_network_draft_replace (draft, network);
  g_assert_cmpuint (atelier_network_draft_get_recipe (draft)->n_epochs, ==, 7);
  atelier_network_draft_begin (draft, network);
  g_assert_cmpuint (atelier_network_draft_get_base_recipe (draft)->n_epochs, ==, 7);
  g_assert_cmpuint (atelier_network_draft_get_recipe (draft)->n_epochs, ==, 7);
  g_assert_cmpfloat (atelier_network_draft_get_recipe (draft)->learning_rate, ==, 0.25);
}

/* Settings that others wrote change nothing, and stop nothing. */
static void
test_json (void)
{
  static const char * const bad[] = {
    "", "[]", "{}", "{\"name\":\"a\"}", "{\"name\":\"\",\"layers\":[]}",
    "{\"name\":\"a\",\"layers\":[{}]}",
    "{\"name\":\"a\",\"layers\":[{\"body\":0,\"shortcut\":0}]}",
    "{\"name\":\"a\",\"layers\":[{\"layer\":{\"type\":\"flatten\"},\"body\":1,\"shortcut\":0}]}",
    "{\"name\":\"a\",\"layers\":[{\"layer\":{\"type\":\"residual\"},\"body\":1,\"shortcut\":0}]}",
    "{\"name\":\"a\",\"layers\":[{\"layer\":{\"type\":\"dropout\",\"rate\":2},\"body\":0,"
    "\"shortcut\":0}]}",
    "{\"name\":\"a\",\"layers\":[{\"layer\":{\"type\":\"residual\"},\"body\":1,\"shortcut\":0},"
    "{\"layer\":{\"type\":\"residual\"},\"body\":0,\"shortcut\":0}]}",
  };
  g_autoptr (AtelierNetworkDraft) draft = begin_preset ("report-2");
  g_autoptr (AtelierNetworkDraft) other = begin_preset ("report-1");
  g_autoptr (GByteArray) before = NULL;
  g_autofree char *json = NULL;
  g_autofree char *again = NULL;

  atelier_network_draft_insert (draft, TOP (1), ATELIER_LAYER_RESIDUAL);
  atelier_network_draft_remove (draft, 2);
  atelier_network_draft_remove (draft, 2);
  g_assert_null (atelier_network_draft_get_network (draft));
  json = atelier_network_draft_to_json (draft);
  before = dump (draft);
  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_false (atelier_network_draft_begin_from_json (draft, bad[i], "test", &error));
      g_assert_true (error != NULL && error->domain == ATELIER_ERROR);
      assert_dump (draft, before);
    }
  g_assert_true (atelier_network_draft_begin_from_json (other, json, "test", NULL));
  again = atelier_network_draft_to_json (other);
  g_assert_cmpstr (again, ==, json);
  g_assert_false (atelier_network_draft_can_undo (other));
}

int
main (int   argc,
      char *argv[])
{
  setlocale (LC_ALL, "");
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/core/network-draft/figures", test_figures);
  g_test_add_func ("/core/network-draft/shares", test_shares);
  g_test_add_func ("/core/network-draft/others-keep-their-figures",
                   test_others_keep_their_figures);
  g_test_add_func ("/core/network-draft/target", test_target);
  g_test_add_func ("/core/network-draft/from-nothing", test_from_nothing);
  g_test_add_func ("/core/network-draft/each-kind", test_each_kind);
  g_test_add_func ("/core/network-draft/merged-steps", test_merged_steps);
  g_test_add_func ("/core/network-draft/followers", test_followers);
  g_test_add_func ("/core/network-draft/blocks", test_blocks);
  g_test_add_func ("/core/network-draft/empty-block", test_empty_block);
  g_test_add_func ("/core/network-draft/full", test_full);
  g_test_add_func ("/core/network-draft/too-large", test_too_large);
  g_test_add_func ("/core/network-draft/names", test_names);
  g_test_add_func ("/core/network-draft/json", test_json);
  g_test_add_func ("/core/network-draft/recipe", test_recipe);
  g_test_add_func ("/core/network-draft/random-edits", test_random_edits);

  return g_test_run ();
}
