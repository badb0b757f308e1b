/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Chooses the kernels once per process, from the sets that the build has and the processor
 * supports.
 *
 * Every table starts as the scalar one, and a set replaces the kernels that it has.  So a new set
 * can begin with a single kernel.
 */

#include "nn-kernels.h"

#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef struct
{
  const char *name;
  bool (*is_there) (void);
  bool (*is_best) (void); /* better than the sets before it, where the processor supports it */
  void (*fill) (NnKernels *kernels);
} Set;

static bool
is_always (void)
{
  return true;
}

#ifdef NN_HAVE_X86
static bool
is_avx2_there (void)
{
  return __builtin_cpu_supports ("avx2") && __builtin_cpu_supports ("fma");
}

static bool
is_avx512_there (void)
{
  return is_avx2_there () && __builtin_cpu_supports ("avx512f")
         && __builtin_cpu_supports ("avx512bw") && __builtin_cpu_supports ("avx512dq")
         && __builtin_cpu_supports ("avx512vl");
}

/* Family 19h is Zen 3 and Zen 4.  Only Zen 4 has AVX-512. */
static bool
is_zen4 (void)
{
  return __builtin_cpu_is ("amdfam19h");
}
#endif

/* From the slowest to the fastest. */
static const Set sets[] = {
  { "scalar", is_always, is_always, nn_kernels_fill_scalar },
#ifdef NN_HAVE_X86
  { "avx2", is_avx2_there, is_always, nn_kernels_fill_avx2 },
  { "avx512", is_avx512_there, is_always, nn_kernels_fill_avx512 },
  { "avx512-zen4", is_avx512_there, is_zen4, nn_kernels_fill_avx512_zen4 },
#endif
#ifdef NN_HAVE_NEON
  { "neon", is_always, is_always, nn_kernels_fill_neon },
#endif
};

#define N_SETS (sizeof sets / sizeof sets[0])

static pthread_once_t once = PTHREAD_ONCE_INIT;
static NnKernels tables[N_SETS];
static bool is_there[N_SETS];
static const NnKernels *chosen;
static char complaint[120];

static void
choose (void)
{
  const char *wish = getenv ("NN_ISA");
  bool is_met = wish == NULL || *wish == '\0';

  for (size_t i = 0; i < N_SETS; i++)
    {
      is_there[i] = sets[i].is_there ();
      if (!is_there[i])
        continue;
      nn_kernels_fill_scalar (&tables[i]);
      sets[i].fill (&tables[i]);
      tables[i].name = sets[i].name;
      if (sets[i].is_best ())
        chosen = &tables[i];
    }
  for (size_t i = 0; i < N_SETS && !is_met; i++)
    if (is_there[i] && strcmp (wish, sets[i].name) == 0)
      {
        chosen = &tables[i];
        is_met = true;
      }
  if (!is_met)
    snprintf (complaint, sizeof complaint,
              "NN_ISA is \"%.30s\", which this processor or build does not have; using %s", wish,
              chosen->name);
}

const NnKernels *
nn_kernels_get (void)
{
  pthread_once (&once, choose);
  return chosen;
}

const NnKernels *
nn_kernels_get_by_name (const char *name)
{
  pthread_once (&once, choose);
  for (size_t i = 0; i < N_SETS; i++)
    if (is_there[i] && strcmp (name, sets[i].name) == 0)
      return &tables[i];
  return NULL;
}

const char *
nn_isa_get_name (void)
{
  return nn_kernels_get ()->name;
}

const char *
nn_isa_get_complaint (void)
{
  pthread_once (&once, choose);
  return complaint[0] != '\0' ? complaint : NULL;
}
