/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Each mend: a layer that does not fit, what the button says, and that it fits then. */

#include <locale.h>

#include "model/atelier-network-draft.h"

#define N_CLASSES 10

typedef struct
{
  const char   *name;
  const char   *mend;    /* of the row with the problem; NULL: there is none */
  guint         i_row;
  guint         n_after; /* how many layers there are then */
  guint         n;
  AtelierLayer  layers[5];
} Case;

#define CONV(n, k, p) \
  { .kind = ATELIER_LAYER_CONV2D, .units = n, .kernel_height = k, .kernel_width = k, \
    .stride_height = 1, .stride_width = 1, .groups = 1, .padding = ATELIER_PADDING_##p }
#define POOL(k) \
  { .kind = ATELIER_LAYER_MAX_POOL2D, .kernel_height = k, .kernel_width = k, \
    .stride_height = k, .stride_width = k }
#define DENSE(n, f) \
  { .kind = ATELIER_LAYER_DENSE, .units = n, .activation = ATELIER_ACTIVATION_##f }
#define FLATTEN { .kind = ATELIER_LAYER_FLATTEN }
#define DROPOUT { .kind = ATELIER_LAYER_DROPOUT, .rate = 0.5 }
#define MEAN { .kind = ATELIER_LAYER_GLOBAL_AVERAGE_POOL2D }
#define BLOCK(b, s) { .kind = ATELIER_LAYER_RESIDUAL, .n_body = b, .n_shortcut = s }

/* The images are 8 x 8 x 3. */
static const Case cases[] = {
  { "pool-over-one", "Remove", 1, 3, 4, { MEAN, POOL (2), FLATTEN, DENSE (10, LINEAR) } },
  { "dense-of-picture", "Add Flatten", 0, 3, 2, { DENSE (32, RELU), DENSE (10, LINEAR) } },
  { "last-of-picture", "Add Flatten", 1, 3, 2, { CONV (4, 3, SAME), DENSE (10, LINEAR) } },
  { "large-window", "Pad to Keep the Size", 1, 4, 4,
    { POOL (4), CONV (4, 3, VALID), FLATTEN, DENSE (10, LINEAR) } },
  { "large-padding", "Do Not Pad", 0, 3, 3,
    { { .kind = ATELIER_LAYER_MAX_POOL2D, .kernel_height = 2, .kernel_width = 2,
        .stride_height = 2, .stride_width = 2, .padding = ATELIER_PADDING_NUMBER,
        .pad_height = 2, .pad_width = 2 }, FLATTEN, DENSE (10, LINEAR) } },
  { "groups", "Use One Group", 0, 3, 3,
    { { .kind = ATELIER_LAYER_CONV2D, .units = 4, .kernel_height = 1, .kernel_width = 1,
        .stride_height = 1, .stride_width = 1, .groups = 2 }, FLATTEN, DENSE (10, LINEAR) } },
  { "shapes-of-block", "Pad to Keep the Size", 0, 4, 4,
    { BLOCK (1, 0), CONV (4, 4, VALID), MEAN, DENSE (10, LINEAR) } },
  { "shapes-of-shortcut", "Empty the Shortcut", 0, 4, 5,
    { BLOCK (1, 1), CONV (4, 3, SAME), CONV (5, 1, VALID), MEAN, DENSE (10, LINEAR) } },
  { "empty-block", "Remove", 0, 2, 3, { BLOCK (0, 0), MEAN, DENSE (10, LINEAR) } },
  { "in-a-block", "Pad to Keep the Size", 1, 4, 4,
    { BLOCK (1, 0), CONV (3, 9, VALID), MEAN, DENSE (10, LINEAR) } },
  { "huge-window", "Use a Window of 8×8", 0, 3, 3,
    { CONV (3, 5000, SAME), FLATTEN, DENSE (10, LINEAR) } },
  { "too-few-units", "Use 10 Units", 1, 2, 2, { FLATTEN, DENSE (3, LINEAR) } },
  { "one-unit", "Use 10 Units", 1, 2, 2, { FLATTEN, DENSE (1, LINEAR) } },
  { "last-is-not-linear", "Make It Linear", 1, 2, 2, { FLATTEN, DENSE (10, RELU) } },
  { "last-is-neither", "Use 10 Linear Units", 1, 2, 2, { FLATTEN, DENSE (32, RELU) } },
  { "behind-the-logits", "Remove", 2, 2, 3, { FLATTEN, DENSE (10, LINEAR), DROPOUT } },
  { "no-logits", "Add Dense 10", 1, 3, 2, { FLATTEN, DROPOUT } },
  { "no-logits-of-picture", "Add Flatten and Dense 10", 0, 3, 1, { CONV (4, 3, SAME) } },
  { "too-many-units", "Remove", 1, 2, 3, { FLATTEN, DENSE (1000000, RELU), DENSE (10, LINEAR) } },
};

/* A draft with any layers, whether they fit or not: one edit after the other. */
static AtelierNetworkDraft *
make_draft (const Case *test)
{
  AtelierNetworkDraft *draft = atelier_network_draft_new ();
  AtelierDraftPlace place = { .block = ATELIER_NO_LAYER };
  guint n_left = 0;

  atelier_network_draft_set_target (draft, 8, 8, 3, N_CLASSES);
  for (guint i = 0; i < test->n; i++)
    {
      const AtelierLayer *layer = &test->layers[i];
      const AtelierMembers *table = &atelier_layer_class_get (layer->kind)->members;
      const guint i_row = atelier_network_draft_insert (draft, &place, layer->kind);

      g_assert_cmpuint (i_row, ==, i);
      while (atelier_network_draft_get_n_rows (draft) > i + 1)
        atelier_network_draft_remove (draft, i + 1);
      for (guint k = 0; k < table->n_members; k++)
        g_assert_true (
          atelier_network_draft_set_member (draft, i, &table->members[k], layer));
      if (layer->kind == ATELIER_LAYER_RESIDUAL)
        n_left = layer->n_body + layer->n_shortcut;
      place.index++;
      if (n_left > 0 && layer->kind == ATELIER_LAYER_RESIDUAL)
        place = (AtelierDraftPlace) { .block = i };
      else if (n_left > 0 && --n_left == 0)
        place = (AtelierDraftPlace) { .block = ATELIER_NO_LAYER, .index = place.block + 1 };
      else if (n_left > 0 && place.index == test->layers[place.block].n_body
               && !place.is_shortcut)
        place = (AtelierDraftPlace) { .block = place.block, .is_shortcut = TRUE };
    }
  return draft;
}

static void
test_mend (gconstpointer data)
{
  const Case *test = data;
  g_autoptr (AtelierNetworkDraft) draft = make_draft (test);
  const guint n_before = atelier_network_draft_get_n_problems (draft);
  const AtelierDraftRow *row;
  guint id;

  g_assert_cmpuint (atelier_network_draft_get_n_rows (draft), ==, test->n);
  for (guint i = 0; i < test->n; i++)
    {
      row = atelier_network_draft_get_row (draft, i);
      g_test_message ("%u: %ux%ux%u %s [%s]", i, row->height, row->width, row->channels,
                      row->problem, row->mend);
    }
  row = atelier_network_draft_get_row (draft, test->i_row);
  g_assert_cmpuint (n_before, ==, 1);
  g_assert_null (atelier_network_draft_get_network (draft));
  g_assert_nonnull (row->problem);
  g_assert_cmpstr (row->mend, ==, test->mend);

  id = row->id;
  atelier_network_draft_mend (draft, test->i_row);
  g_assert_cmpuint (atelier_network_draft_get_n_problems (draft), ==, 0);
  g_assert_nonnull (atelier_network_draft_get_network (draft));
  g_assert_cmpuint (atelier_network_draft_get_n_rows (draft), ==, test->n_after);
  /* The layer is still the same one, unless it was removed. */
  g_assert_cmpint (atelier_network_draft_find_row (draft, id) == ATELIER_NO_LAYER, ==,
                   g_str_equal (test->mend, "Remove"));
  atelier_network_draft_undo (draft);
  g_assert_cmpuint (atelier_network_draft_get_n_problems (draft), ==, 1);
}

int
main (int   argc,
      char *argv[])
{
  setlocale (LC_ALL, "");
  g_test_init (&argc, &argv, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strconcat ("/core/network-draft-mends/", cases[i].name, NULL);

      g_test_add_data_func (path, &cases[i], test_mend);
    }

  return g_test_run ();
}
