/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Schedules: the rates of PyTorch's schedulers, computed by hand from their documented formulas;
 * the horizon, and what every schedule has in common. */

#include <math.h>
#include <string.h>

#include "kinds/atelier-schedule-private.h"
#include "model/atelier-recipe.h"
#include "small-runs.h"

#define N_STEPS 2 /* of an epoch */

static void
init_values (AtelierRecipeValues *values,
             AtelierSchedule      schedule,
             guint                n_epochs)
{
  atelier_recipe_values_init (values);
  values->schedule = schedule;
  values->learning_rate = 0.1;
  values->n_epochs = n_epochs;
}

static void
set_real (AtelierRecipeValues *values,
          const char          *name,
          double               value)
{
  atelier_member_set_real (
    atelier_members_find_meant (atelier_recipe_values_get_members (), name, values), values, value);
}

static double
get_rate (const AtelierRecipeValues *values,
          guint64                    i_step)
{
  return atelier_schedule_get_rate (values, NULL, i_step, N_STEPS);
}

static void
assert_rates (const AtelierRecipeValues *values,
              const double              *expected,
              guint                      n)
{
  for (guint i = 0; i < n; i++)
    g_assert_cmpfloat_with_epsilon (get_rate (values, i), expected[i],
                                    1e-15);
}

static void
test_constant (void)
{
  const double expected[] = { 0.1, 0.1, 0.1, 0.1 };
  AtelierRecipeValues values;

  init_values (&values, ATELIER_SCHEDULE_CONSTANT, 1);
  assert_rates (&values, expected, G_N_ELEMENTS (expected));
}

/* StepLR (step_size=2, gamma=0.5), stepped after each epoch. */
static void
test_step (void)
{
  const double expected[] = { 0.1, 0.1, 0.1, 0.1, 0.05, 0.05, 0.05, 0.05, 0.025, 0.025 };
  AtelierRecipeValues values;

  init_values (&values, ATELIER_SCHEDULE_STEP, 5);
  set_real (&values, "gamma", 0.5);
  atelier_member_set_integer (
    atelier_members_find (atelier_recipe_values_get_members (), "step_epochs"), &values, 2);
  assert_rates (&values, expected, G_N_ELEMENTS (expected));
}

/* ExponentialLR (gamma=0.5), stepped after each epoch. */
static void
test_exponential (void)
{
  const double expected[] = { 0.1, 0.1, 0.05, 0.05, 0.025, 0.025, 0.0125, 0.0125 };
  AtelierRecipeValues values;

  init_values (&values, ATELIER_SCHEDULE_EXPONENTIAL, 1);
  set_real (&values, "gamma", 0.5);
  assert_rates (&values, expected, G_N_ELEMENTS (expected));
}

/* CosineAnnealingLR (T_max=10, eta_min=0.01), stepped after each batch; cos (pi / 5) is
 * (1 + sqrt 5) / 4. */
static void
test_cosine (void)
{
  AtelierRecipeValues values;

  init_values (&values, ATELIER_SCHEDULE_COSINE, 5);
  set_real (&values, "lowest_rate", 0.01);
  g_assert_cmpfloat (get_rate (&values, 0), ==, 0.1);
  g_assert_cmpfloat_with_epsilon (get_rate (&values, 2),
                                  0.09140576474687263, 1e-15);
  g_assert_cmpfloat_with_epsilon (get_rate (&values, 5), 0.055, 1e-15);
  g_assert_cmpfloat_with_epsilon (get_rate (&values, 8),
                                  0.01859423525312737, 1e-15);
  g_assert_cmpfloat (get_rate (&values, 10), ==, 0.01);
  g_assert_cmpfloat (get_rate (&values, 11), ==, 0.01);
}

/* OneCycleLR (max_lr=0.1, total_steps=10, three_phase=False), whose phases end at steps 2 and 9. */
static void
test_one_cycle (void)
{
  AtelierRecipeValues values;

  init_values (&values, ATELIER_SCHEDULE_ONE_CYCLE, 5);
  g_assert_cmpfloat_with_epsilon (get_rate (&values, 0), 0.004, 1e-15);
  g_assert_cmpfloat_with_epsilon (get_rate (&values, 1), 0.052, 1e-15);
  g_assert_cmpfloat_with_epsilon (get_rate (&values, 2), 0.1, 1e-15);
  g_assert_cmpfloat_with_epsilon (get_rate (&values, 5),
                                  0.06112620219362893, 1e-15);
  g_assert_cmpfloat_with_epsilon (get_rate (&values, 9), 4e-7, 1e-15);
  g_assert_cmpfloat_with_epsilon (get_rate (&values, 99), 4e-7, 1e-15);
}

/* The rates of epochs that were judged by @figures. */
static void
assert_plateau (AtelierRecipeValues *values,
                const double        *figures,
                guint                n,
                const double        *expected) /* [n + 1] */
{
  AtelierScheduleState state = { 0 };

  for (guint i = 0; i <= n; i++)
    {
      g_assert_cmpfloat_with_epsilon (
        atelier_schedule_get_rate (values, &state, (guint64) i * N_STEPS, N_STEPS), expected[i],
        1e-15);
      if (i < n)
        atelier_schedule_note_epoch (values, &state, figures[i]);
    }
}

/* ReduceLROnPlateau (factor=0.5, patience=1, min_lr=0.01), and with mode="max", factor=0.1. */
static void
test_plateau (void)
{
  const double losses[] = { 1.0,     0.9, 0.9, 0.95, 0.89995, 0.8, 0.8, 0.79993,
                            0.79991, 0.8, 0.8, 0.8,  0.8,     0.8, 0.8 };
  const double of_losses[] = { 0.1,   0.1,   0.1,    0.1,    0.05, 0.05, 0.05, 0.05,
                               0.025, 0.025, 0.025,  0.0125, 0.0125, 0.01, 0.01, 0.01 };
  const double accuracies[] = { 0.5, 0.6, 0.6, 0.55, 0.60005, 0.60007, 0.7, 0.7, 0.7, 0.7 };
  const double of_accuracies[] = { 0.1, 0.1, 0.1, 0.1, 0.01, 0.01, 0.01, 0.01, 0.01, 0.001, 0.001 };
  const AtelierMembers *members = atelier_recipe_values_get_members ();
  AtelierRecipeValues values;

  init_values (&values, ATELIER_SCHEDULE_PLATEAU, 20);
  atelier_member_set_integer (atelier_members_find (members, "plateau_patience"), &values, 1);
  set_real (&values, "plateau_factor", 0.5);
  set_real (&values, "lowest_rate", 0.01);
  assert_plateau (&values, losses, G_N_ELEMENTS (losses), of_losses);
  values.judged_by = ATELIER_JUDGED_BY_ACCURACY;
  set_real (&values, "plateau_factor", 0.1);
  set_real (&values, "lowest_rate", 0.0);
  assert_plateau (&values, accuracies, G_N_ELEMENTS (accuracies), of_accuracies);
}

/* Without patience, and where only a tenth less is better. */
static void
test_plateau_threshold (void)
{
  const double losses[] = { 1.0, 0.9, 0.9, 0.95, 0.8, 0.8 };
  const double expected[] = { 0.1, 0.1, 0.05, 0.025, 0.0125, 0.0125, 0.00625 };
  AtelierRecipeValues values;

  init_values (&values, ATELIER_SCHEDULE_PLATEAU, 20);
  atelier_member_set_integer (
    atelier_members_find (atelier_recipe_values_get_members (), "plateau_patience"), &values, 0);
  set_real (&values, "plateau_factor", 0.5);
  set_real (&values, "plateau_threshold", 0.1);
  assert_plateau (&values, losses, G_N_ELEMENTS (losses), expected);
}

/* No warm-up, one of a single step, and a horizon of a single step. */
static void
test_short_cycles (void)
{
  AtelierRecipeValues values;

  init_values (&values, ATELIER_SCHEDULE_ONE_CYCLE, 5);
  set_real (&values, "warm_up", 0.0);
  g_assert_cmpfloat (get_rate (&values, 0), <, 0.1);
  set_real (&values, "warm_up", 0.125);
  g_assert_cmpfloat_with_epsilon (atelier_schedule_get_rate (&values, NULL, 0, 8), 0.004, 1e-15);
  values.horizon = 1;
  g_assert_cmpfloat_with_epsilon (atelier_schedule_get_rate (&values, NULL, 0, 8), 0.1, 1e-15);
  set_real (&values, "warm_up", 0.3);
  g_assert_cmpfloat_with_epsilon (atelier_schedule_get_rate (&values, NULL, 0, 1), 4e-7, 1e-15);
}

static void
test_horizon (void)
{
  AtelierRecipeValues values, longer;
  g_autoptr (AtelierRecipe) recipe = NULL;
  g_autoptr (AtelierRecipe) begun = NULL;
  g_autoptr (AtelierRecipe) more = NULL;
  g_autoptr (AtelierRecipe) constant = NULL;
  g_autoptr (AtelierRecipe) same = NULL;

  init_values (&values, ATELIER_SCHEDULE_COSINE, 5);
  longer = values;
  longer.n_epochs = 10;
  g_assert_cmpfloat (atelier_schedule_get_rate (&longer, NULL, 5, 1), >,
                     atelier_schedule_get_rate (&values, NULL, 5, 1));
  recipe = recipe_of (&values);
  begun = atelier_recipe_freeze (recipe);
  more = atelier_recipe_new_with_epochs (begun, 10, NULL);
  g_assert_cmpuint (atelier_recipe_get_values (more)->horizon, ==, 5);
  for (guint i = 0; i < 12; i++)
    g_assert_cmpfloat (atelier_schedule_get_rate (atelier_recipe_get_values (more), NULL, i, 1), ==,
                       atelier_schedule_get_rate (&values, NULL, i, 1));
  values.schedule = ATELIER_SCHEDULE_CONSTANT;
  constant = recipe_of (&values);
  same = atelier_recipe_freeze (constant);
  g_assert_true (same == constant);
}

/* All rates can be those of an optimiser, and where there is a horizon, it is one. */
static void
test_all (void)
{
  for (guint i = 0; i < ATELIER_N_SCHEDULES; i++)
    {
      const AtelierScheduleClass *class = atelier_schedule_class_get (i);
      g_autofree char *words = NULL;
      AtelierRecipeValues values;

      init_values (&values, i, 3);
      words = atelier_schedule_describe (&values);
      g_test_message ("%s: %s", atelier_schedule_choices[i].word, words);
      g_assert_cmpstr (words, !=, "");
      for (guint k = 0; k < 20; k++)
        {
          const double rate = atelier_schedule_get_rate (&values, NULL, k, 5);

          g_assert_true (rate >= 0.0 && rate <= 0.1);
        }
      if (class->has_horizon)
        g_assert_cmpfloat (atelier_schedule_get_rate (&values, NULL, 15, 5), ==,
                           atelier_schedule_get_rate (&values, NULL, 10000, 5));
      for (guint k = 0; k < class->members.n_members; k++)
        {
          g_assert_cmpstr (class->members.members[k].where, ==, "schedule");
          g_assert_cmpuint (class->members.members[k].where_choices, ==, 1u << i);
        }
    }
  g_assert_null (atelier_schedule_choices[ATELIER_N_SCHEDULES].word);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/core/schedules/constant", test_constant);
  g_test_add_func ("/core/schedules/step", test_step);
  g_test_add_func ("/core/schedules/exponential", test_exponential);
  g_test_add_func ("/core/schedules/cosine", test_cosine);
  g_test_add_func ("/core/schedules/one-cycle", test_one_cycle);
  g_test_add_func ("/core/schedules/plateau", test_plateau);
  g_test_add_func ("/core/schedules/plateau/threshold", test_plateau_threshold);
  g_test_add_func ("/core/schedules/short-cycles", test_short_cycles);
  g_test_add_func ("/core/schedules/horizon", test_horizon);
  g_test_add_func ("/core/schedules/all", test_all);
  return g_test_run ();
}
