/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Counter-based random numbers: a value is a hash of its key and counter, so it does not depend on
 * the order of work.  The mixing function is the finaliser of SplitMix64 (Steele, Lea and Flood
 * 2014, variant 13 of Stafford).
 */

#include "nn.h"

static uint64_t
mix (uint64_t x)
{
  x ^= x >> 30;
  x *= UINT64_C (0xbf58476d1ce4e5b9);
  x ^= x >> 27;
  x *= UINT64_C (0x94d049bb133111eb);
  x ^= x >> 31;
  return x;
}

uint32_t
nn_random (uint64_t        seed,
           NnRandomPurpose purpose,
           uint64_t        stream,
           uint64_t        counter)
{
  uint64_t x = mix (seed + UINT64_C (0x9e3779b97f4a7c15) * (uint64_t) (purpose + 1));

  x = mix (x ^ (stream + UINT64_C (0xd1b54a32d192ed03)));
  x = mix (x ^ (counter + UINT64_C (0x8cb92ba72f3d8dd7)));
  return (uint32_t) (x >> 32);
}

/* The high half of random * i is uniform in 0 .. i - 1, up to a bias of at most i / 2^32. */
void
nn_shuffle (uint64_t  seed,
            uint64_t  epoch,
            uint32_t *order,
            size_t    n)
{
  for (size_t i = 0; i < n; i++)
    order[i] = (uint32_t) i;
  for (size_t i = n; i > 1; i--)
    {
      size_t j = (size_t) (((uint64_t) nn_random (seed, NN_RANDOM_SHUFFLE, epoch, i) * i) >> 32);
      uint32_t swapped = order[i - 1];

      order[i - 1] = order[j];
      order[j] = swapped;
    }
}
