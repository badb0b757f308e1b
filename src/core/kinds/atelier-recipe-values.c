/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The table of a recipe's members, in the order in which files have them.  The defaults are those
 * of the preset report-2.  Any thread. */

#include "config.h"

#include "kinds/atelier-recipe-values.h"

#include <glib/gi18n-lib.h>

static char *
describe_batch_size (gconstpointer values)
{
  const guint n = ((const AtelierRecipeValues *) values)->batch_size;

  return g_strdup_printf (ngettext ("%u image", "%u images", n), n);
}

static char *
describe_raw_pixels (gconstpointer values)
{
  return g_strdup (((const AtelierRecipeValues *) values)->raw_pixels ? _("0 to 255, undivided")
                                                                      : _("0 to 1"));
}

static char *
describe_patience (gconstpointer values)
{
  const guint n = ((const AtelierRecipeValues *) values)->patience;

  if (n == 0)
    return g_strdup (_("off"));
  return g_strdup_printf (ngettext ("after %u epoch without a new best",
                                    "after %u epochs without a new best", n), n);
}

static const AtelierChoice splits[] = {
  [ATELIER_SPLIT_BY_DATA] = { "data", N_("As the data set says") },
  [ATELIER_SPLIT_BY_FIRST] = { "first", N_("The first") },
  [ATELIER_SPLIT_BY_LAST] = { "last", N_("The last") },
  [ATELIER_SPLIT_BY_CLASS] = { "stratified", N_("Some of each class, at random") },
  { NULL, NULL },
};

static const AtelierChoice judges[] = {
  [ATELIER_JUDGED_BY_LOSS] = { "validation_loss", N_("Validation loss") },
  [ATELIER_JUDGED_BY_ACCURACY] = { "validation_accuracy", N_("Validation accuracy") },
  { NULL, NULL },
};

/* An average is what the newest are where there is one. */
static const AtelierChoice kept_weights[] = {
  [ATELIER_WEIGHTS_NEWEST] = { "newest", N_("Newest") },
  [ATELIER_WEIGHTS_BEST] = { "best", N_("Of the best epoch") },
  { NULL, NULL },
};

/* Before the optimisers' own members. */
static const AtelierMember head[] = {
  { .name = "optimizer",
    .type = ATELIER_MEMBER_CHOICE,
    .offset = G_STRUCT_OFFSET (AtelierRecipeValues, optimizer),
    .choices = atelier_optimizer_choices,
    .label = N_("Optimiser"),
    .group = N_("Optimiser"),
    .option = "optimizer",
    .letter = 'o',
    .placeholder = N_("NAME"),
    .help = N_("How a gradient becomes a step") },
  { .name = "learning_rate",
    .type = ATELIER_MEMBER_REAL,
    .offset = G_STRUCT_OFFSET (AtelierRecipeValues, learning_rate),
    .min = 0.0,
    .max = 10.0,
    .excludes_min = TRUE,
    .default_real = 0.001,
    .label = N_("Learning rate"),
    .group = N_("Optimiser"),
    .option = "rate",
    .letter = 'r',
    .placeholder = "R",
    .help = N_("Learning rate: the size of each step") },
};

/* After them. */
static const AtelierMember tail[] = {
  { .name = "batch_size",
    .type = ATELIER_MEMBER_UINT,
    .offset = G_STRUCT_OFFSET (AtelierRecipeValues, batch_size),
    .lowest = 1,
    .highest = 4096,
    .default_integer = 32,
    .label = N_("Batch"),
    .group = N_("Training"),
    .describe = describe_batch_size,
    .option = "batch",
    .letter = 'b',
    .placeholder = "N",
    .help = N_("Images in a training step") },
  { .name = "epochs",
    .type = ATELIER_MEMBER_UINT,
    .offset = G_STRUCT_OFFSET (AtelierRecipeValues, n_epochs),
    .lowest = 1,
    .highest = 10000,
    .default_integer = 10,
    .label = N_("Epochs"),
    .group = N_("Training"),
    .option = "epochs",
    .letter = 'e',
    .placeholder = "N",
    .help = N_("Number of passes over the training images") },
  { .name = "l2",
    .type = ATELIER_MEMBER_REAL,
    .offset = G_STRUCT_OFFSET (AtelierRecipeValues, l2),
    .min = 0.0,
    .max = 1.0,
    .default_real = 0.0001,
    .label = N_("Penalty"),
    .group = N_("Training"),
    .option = "l2",
    .placeholder = "X",
    .help = N_("Penalty: this times the sum of squared weights") },
  { .name = "seed",
    .type = ATELIER_MEMBER_UINT64,
    .offset = G_STRUCT_OFFSET (AtelierRecipeValues, seed),
    .lowest = 0,
    .highest = G_MAXINT64,
    .default_integer = 1,
    .label = N_("Seed"),
    .group = N_("Training"),
    .option = "seed",
    .letter = 's',
    .placeholder = "S",
    .help = N_("The same seed gives the same weights, whatever the number of threads") },
  { .name = "raw_pixels",
    .type = ATELIER_MEMBER_FLAG,
    .offset = G_STRUCT_OFFSET (AtelierRecipeValues, raw_pixels),
    .label = N_("Pixels"),
    .group = N_("Training"),
    .describe = describe_raw_pixels,
    .option = "raw-pixels",
    .help = N_("Do not divide pixels by 255") },
  { .name = "weight_decay",
    .type = ATELIER_MEMBER_REAL,
    .presence = ATELIER_MEMBER_OPTIONAL,
    .offset = G_STRUCT_OFFSET (AtelierRecipeValues, weight_decay),
    .min = 0.0,
    .max = 1.0,
    .where = "optimizer",
    .where_choices = (1u << ATELIER_N_OPTIMIZERS) - 1,
    .label = N_("Weight decay"),
    .group = N_("Training"),
    .option = "weight-decay",
    .placeholder = "X",
    .help = N_("Shrink weights by this times the rate before each step, apart from the gradient") },
  { .name = "clip_norm",
    .type = ATELIER_MEMBER_REAL,
    .presence = ATELIER_MEMBER_OPTIONAL,
    .offset = G_STRUCT_OFFSET (AtelierRecipeValues, clip_norm),
    .min = 0.0,
    .max = 1000.0,
    .label = N_("Largest gradient"),
    .group = N_("Training"),
    .option = "clip-norm",
    .placeholder = "X",
    .help = N_("Scale a gradient down to this norm where it is larger; 0, the default: never") },
  { .name = "average_decay",
    .type = ATELIER_MEMBER_REAL,
    .presence = ATELIER_MEMBER_OPTIONAL,
    .offset = G_STRUCT_OFFSET (AtelierRecipeValues, average_decay),
    .min = 0.0,
    .max = 1.0,
    .excludes_max = TRUE,
    .label = N_("Weights averaged"),
    .group = N_("Training"),
    .option = "average-decay",
    .placeholder = "D",
    .help = N_("Judge and save a running average of the weights that keeps this share in a step; "
               "0, the default: those of the last step") },
  { .name = "label_smoothing",
    .type = ATELIER_MEMBER_REAL,
    .presence = ATELIER_MEMBER_OPTIONAL,
    .offset = G_STRUCT_OFFSET (AtelierRecipeValues, label_smoothing),
    .min = 0.0,
    .max = 1.0,
    .excludes_max = TRUE,
    .label = N_("Labels smoothed"),
    .group = N_("Training"),
    .option = "label-smoothing",
    .placeholder = "E",
    .help = N_("Spread this share of each target over all classes") },
  { .name = "split",
    .type = ATELIER_MEMBER_CHOICE,
    .presence = ATELIER_MEMBER_OPTIONAL,
    .offset = G_STRUCT_OFFSET (AtelierRecipeValues, split),
    .choices = splits,
    .label = N_("Validation"),
    .group = N_("Data"),
    .option = "split",
    .placeholder = N_("HOW"),
    .help = N_("Which of the images to learn from are for validation") },
  { .name = "validation",
    .type = ATELIER_MEMBER_UINT,
    .presence = ATELIER_MEMBER_OPTIONAL,
    .offset = G_STRUCT_OFFSET (AtelierRecipeValues, n_validation),
    .lowest = 0,
    .highest = 100000000,
    .default_integer = 5000,
    .where = "split",
    .where_choices
    = 1u << ATELIER_SPLIT_BY_FIRST | 1u << ATELIER_SPLIT_BY_LAST | 1u << ATELIER_SPLIT_BY_CLASS,
    .label = N_("Validation images"),
    .group = N_("Data"),
    .option = "validation",
    .placeholder = "N",
    .help = N_("How many images are for validation") },
  { .name = "split_seed",
    .type = ATELIER_MEMBER_UINT64,
    .presence = ATELIER_MEMBER_OPTIONAL,
    .offset = G_STRUCT_OFFSET (AtelierRecipeValues, split_seed),
    .lowest = 0,
    .highest = G_MAXINT64,
    .default_integer = 1,
    .where = "split",
    .where_choices = 1u << ATELIER_SPLIT_BY_CLASS,
    .label = N_("Seed of the split"),
    .group = N_("Data"),
    .option = "split-seed",
    .placeholder = "S",
    .help = N_("The same seed draws the same images, whatever the seed of the weights") },
  { .name = "standardize",
    .type = ATELIER_MEMBER_FLAG,
    .presence = ATELIER_MEMBER_OPTIONAL,
    .offset = G_STRUCT_OFFSET (AtelierRecipeValues, standardizes),
    .label = N_("Standardised"),
    .group = N_("Data"),
    .option = "standardize",
    .help = N_("Subtract the training images' mean from pixels, and divide by their deviation") },
  { .name = "judged_by",
    .type = ATELIER_MEMBER_CHOICE,
    .presence = ATELIER_MEMBER_OPTIONAL,
    .offset = G_STRUCT_OFFSET (AtelierRecipeValues, judged_by),
    .choices = judges,
    .label = N_("Judged by"),
    .group = N_("Ending"),
    .option = "judged-by",
    .placeholder = N_("FIGURE"),
    .help = N_("Which figure says which epoch is the best") },
  { .name = "patience",
    .type = ATELIER_MEMBER_UINT,
    .presence = ATELIER_MEMBER_OPTIONAL,
    .offset = G_STRUCT_OFFSET (AtelierRecipeValues, patience),
    .lowest = 0,
    .highest = 10000,
    .label = N_("Early stopping"),
    .group = N_("Ending"),
    .describe = describe_patience,
    .option = "patience",
    .placeholder = "N",
    .help = N_("Stop after so many epochs without a new best; 0, the default: never") },
  { .name = "weights",
    .type = ATELIER_MEMBER_CHOICE,
    .presence = ATELIER_MEMBER_OPTIONAL,
    .offset = G_STRUCT_OFFSET (AtelierRecipeValues, weights),
    .choices = kept_weights,
    .label = N_("Weights kept"),
    .group = N_("Ending"),
    .option = "weights",
    .placeholder = N_("WHICH"),
    .help = N_("Which weights a model file is for") },
};

/* The default is 0, which changes nothing. */
#define AUGMENTATION(field, highest, name_text, option_text, help_text) \
  { .name = #field,                                                     \
    .type = ATELIER_MEMBER_REAL,                                        \
    .presence = ATELIER_MEMBER_OPTIONAL,                                \
    .offset = G_STRUCT_OFFSET (AtelierRecipeValues, field),             \
    .min = 0.0,                                                         \
    .max = highest,                                                     \
    .label = name_text,                                                 \
    .group = N_("Augmentation"),                                        \
    .option = option_text,                                              \
    .placeholder = "X",                                                 \
    .help = help_text }

static const AtelierMember augmentation[] = {
  AUGMENTATION (augment_mirror, 1.0, N_("Mirrored"), "augment-mirror",
                N_("Mirror training images with this probability")),
  AUGMENTATION (augment_shift, 1.0, N_("Shifted"), "augment-shift",
                N_("Shift training images by up to this share of their size")),
  AUGMENTATION (augment_rotation, 180.0, N_("Turned"), "augment-rotation",
                N_("Turn training images by up to so many degrees")),
  AUGMENTATION (augment_scale, 0.9, N_("Scaled"), "augment-scale",
                N_("Enlarge or reduce training images by up to this share")),
  AUGMENTATION (augment_brightness, 1.0, N_("Brightness"), "augment-brightness",
                N_("Make training images brighter or darker by up to this share")),
  AUGMENTATION (augment_erase, 1.0, N_("Erased"), "augment-erase",
                N_("Make a rectangle of training images black with this probability")),
};

/* Between these are the schedules' own. */
static const AtelierMember schedule = {
  .name = "schedule",
  .type = ATELIER_MEMBER_CHOICE,
  .presence = ATELIER_MEMBER_OPTIONAL,
  .offset = G_STRUCT_OFFSET (AtelierRecipeValues, schedule),
  .choices = atelier_schedule_choices,
  .label = N_("Schedule"),
  .group = N_("Schedule"),
  .describe = atelier_schedule_describe,
  .option = "schedule",
  .placeholder = N_("NAME"),
  .help = N_("How the rate changes from batch to batch"),
};

static const AtelierMember horizon = {
  .name = "horizon",
  .type = ATELIER_MEMBER_UINT,
  .presence = ATELIER_MEMBER_OPTIONAL,
  .offset = G_STRUCT_OFFSET (AtelierRecipeValues, horizon),
  .lowest = 0,
  .highest = 10000,
  .where = "schedule",
  .label = N_("Horizon"),
  .group = N_("Schedule"),
  .option = "horizon",
  .placeholder = "N",
  .help = N_("Epochs at whose end the schedule ends; 0: as many as --epochs at the start"),
};

static void
add_schedules (GArray *members)
{
  AtelierMember last = horizon;

  g_array_append_val (members, schedule);
  for (guint i = 0; i < ATELIER_N_SCHEDULES; i++)
    {
      const AtelierScheduleClass *class = atelier_schedule_class_get (i);

      if (class->members.n_members > 0)
        g_array_append_vals (members, class->members.members, class->members.n_members);
      if (class->has_horizon)
        last.where_choices |= 1u << i;
    }
  g_array_append_val (members, last);
}

/* A member of all recipes that some optimisers have as their own applies for the others. */
static void
add_common (GArray              *members,
            const AtelierMember *common,
            guint                n_common)
{
  for (guint i = 0; i < n_common; i++)
    {
      AtelierMember member = common[i];

      for (guint k = 0; member.where != NULL && k < members->len; k++)
        {
          const AtelierMember *own = &g_array_index (members, AtelierMember, k);

          if (g_str_equal (own->name, member.name))
            member.where_choices &= ~own->where_choices;
        }
      g_array_append_val (members, member);
    }
}

static gpointer
make_table (gpointer user_data)
{
  GArray *members = g_array_new (FALSE, FALSE, sizeof (AtelierMember));
  AtelierMembers *table = g_new0 (AtelierMembers, 1);

  g_array_append_vals (members, head, G_N_ELEMENTS (head));
  for (guint i = 0; i < ATELIER_N_OPTIMIZERS; i++)
    {
      const AtelierMembers *own = &atelier_optimizer_class_get (i)->members;

      g_array_append_vals (members, own->members, own->n_members);
    }
  add_common (members, tail, G_N_ELEMENTS (tail));
  add_schedules (members);
  g_array_append_vals (members, augmentation, G_N_ELEMENTS (augmentation));
  table->n_members = members->len;
  table->members = (const AtelierMember *) g_array_free (members, FALSE);
  return table;
}

const AtelierMembers *
atelier_recipe_values_get_members (void)
{
  static GOnce once = G_ONCE_INIT;

  return g_once (&once, make_table, NULL);
}

void
atelier_recipe_values_init (AtelierRecipeValues *values)
{
  g_return_if_fail (values != NULL);

  *values = (AtelierRecipeValues) { 0 };
  atelier_members_init (atelier_recipe_values_get_members (), values);
}
