/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What all kinds of optimisers have in common: members with ranges and defaults.
 *
 * The tables of the set of kernels in use serve for this too: names, ranges and defaults are the
 * same in all sets.
 */

#include "nn-optimizer.h"
#include "nn-private.h"

const NnOptimizer nn_optimizer_default = {
  .kind = NN_OPTIMIZER_ADAM,
  .learning_rate = 0.001f,
  .beta_1 = 0.9f,
  .beta_2 = 0.999f,
  .epsilon = 1e-7f,
};

static const NnOptimizerMember common_members[] = {
  NN_OPTIMIZER_MEMBER (l2, 0.0f, NN_ANY_FINITE, 0.0f),
  NN_OPTIMIZER_MEMBER (label_smoothing, 0.0f, NN_BELOW_1, 0.0f),
  NN_OPTIMIZER_MEMBER (clip_norm, 0.0f, NN_ANY_FINITE, 0.0f),
  NN_OPTIMIZER_MEMBER (weight_decay, 0.0f, NN_ANY_FINITE, 0.0f),
  NN_OPTIMIZER_MEMBER (average_decay, 0.0f, NN_BELOW_1, 0.0f),
};

#define N_COMMON (sizeof common_members / sizeof *common_members)

const NnOptimizerOps *
nn_optimizer_get_ops (NnOptimizerKind kind)
{
  return (unsigned) kind < NN_N_OPTIMIZERS ? nn_kernels_get ()->optimizers[kind] : NULL;
}

static NnStatus
check_members (const NnOptimizer       *optimizer,
               const NnOptimizerMember *members,
               size_t                   n_members,
               NnError                 *error)
{
  for (size_t i = 0; i < n_members; i++)
    {
      float value;

      memcpy (&value, (const char *) optimizer + members[i].offset, sizeof value);
      if (!(value >= members[i].lowest && value <= members[i].highest))
        return nn_fail (error, NN_STATUS_INVALID, NN_NONE,
                        "The optimiser's %s of %g is out of range", members[i].name,
                        (double) value);
    }
  return NN_STATUS_OK;
}

NnStatus
nn_optimizer_check (const NnOptimizer *optimizer,
                    NnError           *error)
{
  const NnOptimizerOps *ops = nn_optimizer_get_ops (optimizer->kind);
  NnStatus status;

  if (ops == NULL)
    return nn_fail (error, NN_STATUS_INVALID, NN_NONE, "The kind of optimiser is unknown");
  status = check_members (optimizer, ops->members, ops->n_members, error);
  if (status == NN_STATUS_OK)
    status = check_members (optimizer, common_members, N_COMMON, error);
  return status;
}

NnOptimizer
nn_optimizer_get_default (NnOptimizerKind kind)
{
  const NnOptimizerOps *ops = nn_optimizer_get_ops (kind);
  NnOptimizer optimizer = { .kind = kind };

  for (size_t i = 0; i < ops->n_members; i++)
    memcpy ((char *) &optimizer + ops->members[i].offset, &ops->members[i].standard,
            sizeof (float));
  return optimizer;
}

const char *
nn_optimizer_get_name (NnOptimizerKind kind)
{
  const NnOptimizerOps *ops = nn_optimizer_get_ops (kind);

  return ops != NULL ? ops->name : NULL;
}

unsigned
nn_optimizer_get_n_moments (NnOptimizerKind kind)
{
  const NnOptimizerOps *ops = nn_optimizer_get_ops (kind);

  return ops != NULL ? ops->n_moments : 0;
}
