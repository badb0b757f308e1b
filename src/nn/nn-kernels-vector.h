/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The kernels for any vector instruction set.  A set's source defines the vector type and some
 * thirty one-line operations (vec_*, int_*, mask_*), then includes this file; meson compiles it
 * with the set's own flags.
 *
 * How the product is tiled.  A tile is ROWS x VECS accumulators that stay in registers while the
 * sum runs.  Each step loads VECS vectors of weights, broadcasts one input per row to a vector, and
 * does ROWS x VECS fused products.  With 16 registers of 8 floats the best tile is 6 x 2: 12
 * accumulators, 2 weights, 1 input.  Its 12 products hide the latency of 2 units x 4 cycles, and
 * need 8 loads in a time in which 12 are possible.  With a 7th row the compiler spills registers.
 * With 32 registers of 16 floats the best tile is 14 x 1 or 14 x 2.  A product of few rows, such as
 * a batch of one, uses tiles with fewer rows and more vectors, so that there are still enough
 * independent products to hide the latency.
 *
 * Every result is one chain of fused products, in the order that nn-kernels.h defines.
 */

#pragma once

#include "nn-kernels-elementwise.h"

#define INLINE static inline __attribute__ ((always_inline))
#define UNROLL _Pragma ("GCC unroll 32")

#define VECS_PER_PANEL (NN_PANEL / VEC_LANES)
#define VECS_PER_NARROW (VEC_LANES < 8 ? 8 / VEC_LANES : 1)
#define MAX_VECS 8
#define MAX_ROWS 14
#define ROWS_AT_ONCE 256 /* rows of an outer product per pass: 16 KiB of a panel's columns */

/* ---- gemm ---- */

/* The part of a product that one tile computes. */
typedef struct
{
  const float *a[MAX_ROWS];
  float *c[MAX_ROWS];
  const float *b;      /* the first of the panels */
  size_t panel_stride; /* floats */
  size_t b_stride;     /* floats from one row of a panel to the next: 16 or 8 */
  const float *bias;   /* or NULL */
  size_t n_columns;    /* columns of the matrix in this tile */
  size_t n_segments;
  size_t segment_length;
  size_t segment_stride;
  bool is_relu;
} Tile;

INLINE const float *
get_b (const Tile *tile,
       int vec)
{
  return tile->b + (size_t) (vec / VECS_PER_PANEL) * tile->panel_stride
         + (size_t) (vec % VECS_PER_PANEL) * VEC_LANES;
}

INLINE void
store_columns (float *target,
               Vec value,
               size_t column,
               size_t n_columns)
{
  if (column + VEC_LANES <= n_columns)
    vec_store (target + column, value);
  else if (column < n_columns)
    vec_store_part (target + column, value, n_columns - column);
}

INLINE Vec
load_columns (const float *source,
              size_t column,
              size_t n_columns)
{
  if (column + VEC_LANES <= n_columns)
    return vec_load (source + column);
  return column < n_columns ? vec_load_part (source + column, n_columns - column) : vec_zero ();
}

/* Products with few inputs, such as those of a first layer, spend much of their time here. */
INLINE void
store_tile (const Tile *tile,
            Vec sums[MAX_ROWS][MAX_VECS],
            const int n_rows,
            const int n_vecs)
{
  const Vec floor = vec_set1 (tile->is_relu ? 0.0f : -INFINITY);

  if (tile->n_columns >= (size_t) n_vecs * VEC_LANES)
    {
      UNROLL
      for (int r = 0; r < n_rows; r++)
        UNROLL
        for (int v = 0; v < n_vecs; v++)
          vec_store (tile->c[r] + v * VEC_LANES, vec_floor (floor, sums[r][v]));
      return;
    }
  UNROLL
  for (int r = 0; r < n_rows; r++)
    UNROLL
    for (int v = 0; v < n_vecs; v++)
      store_columns (tile->c[r], vec_floor (floor, sums[r][v]), (size_t) v * VEC_LANES,
                     tile->n_columns);
}

INLINE void
run_tile (const Tile *tile,
          const int n_rows,
          const int n_vecs,
          const bool is_narrow /* a panel of 8 columns in vectors of 16 */)
{
  Vec sums[MAX_ROWS][MAX_VECS];
  const float *b[MAX_VECS];
  size_t offset = 0;

  UNROLL
  for (int v = 0; v < n_vecs; v++)
    {
      const float *bias = tile->bias + v * VEC_LANES;
      Vec start = tile->bias == NULL ? vec_zero ()
                  : is_narrow        ? vec_load_part (bias, 8)
                                     : vec_load (bias);

      b[v] = get_b (tile, v);
      UNROLL
      for (int r = 0; r < n_rows; r++)
        sums[r][v] = start;
    }

  for (size_t s = 0; s < tile->n_segments; s++, offset += tile->segment_stride)
    for (size_t t = offset; t < offset + tile->segment_length; t++)
      {
        Vec weights[MAX_VECS];

        UNROLL
        for (int v = 0; v < n_vecs; v++)
          {
            weights[v] = is_narrow ? vec_load_part (b[v], 8) : vec_load (b[v]);
            b[v] += tile->b_stride;
          }
        UNROLL
        for (int r = 0; r < n_rows; r++)
          {
            Vec input = vec_set1 (tile->a[r][t]);

            UNROLL
            for (int v = 0; v < n_vecs; v++)
              sums[r][v] = vec_fma (input, weights[v], sums[r][v]);
          }
      }

  store_tile (tile, sums, n_rows, n_vecs);
}

typedef void (*RunTile) (const Tile *tile);

/* tile_6x2 is 6 rows of 2 vectors; tile_narrow_6 is 6 rows of a panel of 8 columns. */
#define DEFINE_TILE(rows, vecs)                       \
  static void tile_##rows##x##vecs (const Tile *tile) \
  {                                                   \
    run_tile (tile, rows, vecs, false);               \
  }
#define DEFINE_NARROW_TILE(rows)                           \
  static void tile_narrow_##rows (const Tile *tile)        \
  {                                                        \
    run_tile (tile, rows, VECS_PER_NARROW, VEC_LANES > 8); \
  }

/* The tiles of an instruction set that take n_panels panels (1, 2, 4 or 8) at once.  tiles[r]
 * computes r rows, up to max_rows. */
typedef struct
{
  size_t n_panels;
  size_t max_rows;
  bool takes_all_rows; /* false: only for products of at most max_rows rows */
  RunTile tiles[MAX_ROWS + 1];
} TileFamily;

/* For a panel of 8 columns every set has tiles of up to 12 rows: 12 rows of one vector of 8
 * floats are as many sums as 6 rows of two. */
DEFINE_NARROW_TILE (1)
DEFINE_NARROW_TILE (2)
DEFINE_NARROW_TILE (3)
DEFINE_NARROW_TILE (4)
DEFINE_NARROW_TILE (5)
DEFINE_NARROW_TILE (6)
DEFINE_NARROW_TILE (7)
DEFINE_NARROW_TILE (8)
DEFINE_NARROW_TILE (9)
DEFINE_NARROW_TILE (10)
DEFINE_NARROW_TILE (11)
DEFINE_NARROW_TILE (12)

static const TileFamily narrow_family = {
  1, 12, true,
  { NULL, tile_narrow_1, tile_narrow_2, tile_narrow_3, tile_narrow_4, tile_narrow_5, tile_narrow_6,
    tile_narrow_7, tile_narrow_8, tile_narrow_9, tile_narrow_10, tile_narrow_11, tile_narrow_12 },
};

INLINE size_t
least (size_t a,
       size_t b)
{
  return a < b ? a : b;
}

INLINE void
run_family (const NnGemm *gemm,
            const TileFamily *family,
            Tile *tile,
            size_t column)
{
  /* Tiles of nearly equal height: a last tile of one or two rows would not hide the latency. */
  const size_t n_tiles = (gemm->n_rows + family->max_rows - 1) / family->max_rows;
  size_t row = 0;

  for (size_t i_tile = 0; i_tile < n_tiles; i_tile++)
    {
      const size_t n_rows = (gemm->n_rows - row + n_tiles - i_tile - 1) / (n_tiles - i_tile);

      for (size_t r = 0; r < n_rows; r++)
        {
          const size_t i = row + r;

          tile->a[r] =
            gemm->a + (gemm->a_offsets != NULL ? gemm->a_offsets[i] : i * gemm->a_stride);
          tile->c[r] =
            gemm->c + (gemm->c_offsets != NULL ? gemm->c_offsets[i] : i * gemm->c_stride) + column;
        }
      family->tiles[n_rows] (tile);
      row += n_rows;
    }
}

/* Panels in the outer loop, rows in the inner one, so that a panel stays in the first-level
 * cache for all rows.  The first of @families takes the most panels at once, and the fewest rows.
 * The last takes 1 panel, and any number of rows. */
INLINE void
run_gemm (const NnGemm *gemm,
          const TileFamily *families)
{
  const size_t k = gemm->n_segments * gemm->segment_length;
  Tile tile = {
    .panel_stride = k * NN_PANEL,
    .b_stride = NN_PANEL,
    .n_segments = gemm->n_segments,
    .segment_length = gemm->segment_length,
    .segment_stride = gemm->segment_stride,
    .is_relu = gemm->is_relu,
  };
  size_t column = 0;

  while (column < gemm->n_columns)
    {
      const size_t n_left = gemm->n_columns - column;
      /* 0 if only a last panel of up to 8 columns is left. */
      const size_t n_panels = (n_left + 7) / NN_PANEL;
      const TileFamily *family = families;

      while (family->n_panels > 1
             && (family->n_panels > n_panels
                 || (gemm->n_rows > family->max_rows && !family->takes_all_rows)))
        family++;
      if (n_panels == 0)
        {
          family = &narrow_family;
          tile.b_stride = 8;
        }
      tile.b = gemm->b + column * k;
      tile.bias = gemm->bias != NULL ? gemm->bias + column : NULL;
      tile.n_columns = least (family->n_panels * NN_PANEL, n_left);
      run_family (gemm, family, &tile, column);
      column += family->n_panels * NN_PANEL;
    }
}

/* ---- outer ---- */

INLINE size_t
get_tap (const NnOuter *outer,
         size_t i_tap)
{
  return outer->taps != NULL ? outer->taps[i_tap] : i_tap;
}

/* A tile of n_taps x n_vecs sums over all rows of A and D.  Its rows are the taps. */
INLINE void
run_outer_tile (const NnOuter *outer,
                size_t first_tap,
                const int n_taps,
                const int n_vecs,
                const bool is_whole /* the panels have 16 columns of the matrix */,
                const bool is_run /* the taps are consecutive, so that one pointer is enough */)
{
  const size_t width = outer->n_columns > 8 ? 16 : 8;
  float *first = outer->g + first_tap * width;
  float *g[2 * VECS_PER_PANEL];
  const float *a[MAX_ROWS];
  Vec sums[MAX_ROWS][2 * VECS_PER_PANEL];

  UNROLL
  for (int v = 0; v < n_vecs; v++)
    g[v] = first + (size_t) (v / VECS_PER_PANEL) * outer->panel_stride
           + (size_t) (v % VECS_PER_PANEL) * VEC_LANES;
  UNROLL
  for (int k = 0; k < n_taps; k++)
    {
      a[k] = is_run && k > 0 ? a[0] + k : outer->a + get_tap (outer, first_tap + (size_t) k);
      UNROLL
      for (int v = 0; v < n_vecs; v++)
        sums[k][v] = outer->starts_at_zero ? vec_zero ()
                     : width < VEC_LANES   ? vec_load_part (g[v] + (size_t) k * width, width)
                                           : vec_load (g[v] + (size_t) k * width);
    }

  for (size_t r = 0; r < outer->n_rows; r++)
    {
      const size_t a_offset = outer->a_offsets != NULL ? outer->a_offsets[r] : r * outer->a_stride;
      const float *d =
        outer->d + (outer->d_offsets != NULL ? outer->d_offsets[r] : r * outer->d_stride);
      Vec gradients[2 * VECS_PER_PANEL];

      UNROLL
      for (int v = 0; v < n_vecs; v++)
        gradients[v] = is_whole ? vec_load (d + v * VEC_LANES)
                                : load_columns (d, (size_t) v * VEC_LANES, outer->n_columns);
      UNROLL
      for (int k = 0; k < n_taps; k++)
        {
          Vec input = vec_set1 (a[k][a_offset]);

          UNROLL
          for (int v = 0; v < n_vecs; v++)
            sums[k][v] = vec_fma (input, gradients[v], sums[k][v]);
        }
    }

  UNROLL
  for (int k = 0; k < n_taps; k++)
    UNROLL
    for (int v = 0; v < n_vecs; v++)
      if (width < VEC_LANES)
        vec_store_part (g[v] + (size_t) k * width, sums[k][v], width);
      else
        vec_store (g[v] + (size_t) k * width, sums[k][v]);
}

INLINE void
run_outer_tiles (const NnOuter *outer,
                 size_t first_tap,
                 const int n_taps,
                 const int n_vecs,
                 const bool is_whole)
{
  const size_t last = first_tap + (size_t) n_taps - 1;

  /* Taps are in ascending order. */
  if (get_tap (outer, last) - get_tap (outer, first_tap) == (size_t) n_taps - 1)
    run_outer_tile (outer, first_tap, n_taps, n_vecs, is_whole, true);
  else
    run_outer_tile (outer, first_tap, n_taps, n_vecs, is_whole, false);
}

typedef void (*RunOuter) (const NnOuter *outer, size_t first_tap);

#define DEFINE_OUTER(taps)                                                 \
  static void outer_##taps (const NnOuter *outer, size_t first_tap)        \
  {                                                                        \
    run_outer_tiles (outer, first_tap, taps, VECS_PER_PANEL, true);        \
  }                                                                        \
  static void outer_part_##taps (const NnOuter *outer, size_t first_tap)   \
  {                                                                        \
    run_outer_tiles (outer, first_tap, taps, VECS_PER_PANEL, false);       \
  }                                                                        \
  static void outer_narrow_##taps (const NnOuter *outer, size_t first_tap) \
  {                                                                        \
    run_outer_tiles (outer, first_tap, taps, VECS_PER_NARROW, false);      \
  }
#define DEFINE_OUTER_PAIR(taps)                                            \
  static void outer_pair_##taps (const NnOuter *outer, size_t first_tap)   \
  {                                                                        \
    run_outer_tiles (outer, first_tap, taps, 2 * VECS_PER_PANEL, true);    \
  }

/* The tiles of an instruction set: tiles[n] takes n taps, up to max_taps. */
typedef struct
{
  size_t max_taps;
  const RunOuter *pairs;  /* of two whole panels at once; NULL: there are none */
  const RunOuter *tiles;  /* of a whole panel */
  const RunOuter *parts;  /* of a panel of 9 to 15 columns */
  const RunOuter *narrow; /* of up to 8 columns */
} OuterFamily;

INLINE void
run_outer_rows (const NnOuter *outer,
                const RunOuter *chosen,
                size_t max_taps)
{
  const size_t n_tiles = (outer->n_taps + max_taps - 1) / max_taps;
  size_t tap = 0;

  for (size_t i_tile = 0; i_tile < n_tiles; i_tile++)
    {
      const size_t n_taps = (outer->n_taps - tap + n_tiles - i_tile - 1) / (n_tiles - i_tile);

      chosen[n_taps](outer, tap);
      tap += n_taps;
    }
}

/* One panel, or a pair.  Takes so many rows per pass that they stay in the first-level cache for
 * all taps.  Later passes continue the sums. */
INLINE void
run_outer_panels (const NnOuter *outer,
                  const RunOuter *chosen,
                  size_t max_taps,
                  size_t rows_at_once)
{
  for (size_t row = 0; row < outer->n_rows; row += rows_at_once)
    {
      NnOuter part = *outer;

      part.n_rows = least (outer->n_rows - row, rows_at_once);
      part.starts_at_zero = outer->starts_at_zero && row == 0;
      if (outer->a_offsets != NULL)
        part.a_offsets += row;
      else
        part.a += row * outer->a_stride;
      if (outer->d_offsets != NULL)
        part.d_offsets += row;
      else
        part.d += row * outer->d_stride;
      run_outer_rows (&part, chosen, max_taps);
    }
}

INLINE void
run_outer (const NnOuter *outer,
           const OuterFamily *family)
{
  NnOuter part = *outer;
  size_t n_left = outer->n_columns;

  for (; family->pairs != NULL && n_left >= 2 * NN_PANEL; n_left -= 2 * NN_PANEL)
    {
      part.n_columns = 2 * NN_PANEL;
      run_outer_panels (&part, family->pairs, family->max_taps, ROWS_AT_ONCE / 2);
      part.d += 2 * NN_PANEL;
      part.g += 2 * outer->panel_stride;
    }
  while (n_left > 0)
    {
      part.n_columns = least (n_left, NN_PANEL);
      run_outer_panels (&part,
                        n_left >= NN_PANEL ? family->tiles
                        : n_left > 8       ? family->parts
                                           : family->narrow,
                        family->max_taps, ROWS_AT_ONCE);
      part.d += NN_PANEL;
      part.g += outer->panel_stride;
      n_left -= part.n_columns;
    }
}

/* ---- combine ---- */

/* Adds all weighted strips to @n_vecs vectors of the target, which stay in registers meanwhile. */
INLINE void
combine_vectors (const NnCombine *combine,
                 const float *source,
                 float *target,
                 const int n_vecs)
{
  Vec sums[12];

  UNROLL
  for (int v = 0; v < n_vecs; v++)
    sums[v] = vec_load (target + v * VEC_LANES);
  for (size_t i = 0; i < combine->n; i++)
    {
      const float *strip = source + combine->offsets[i];
      Vec weight = vec_set1 (combine->weights[i]);

      UNROLL
      for (int v = 0; v < n_vecs; v++)
        sums[v] = vec_fma (weight, vec_load (strip + v * VEC_LANES), sums[v]);
    }
  UNROLL
  for (int v = 0; v < n_vecs; v++)
    vec_store (target + v * VEC_LANES, sums[v]);
}

INLINE void
combine_part (const NnCombine *combine,
              const float *source,
              float *target,
              size_t n)
{
  Vec sum = vec_load_part (target, n);

  for (size_t i = 0; i < combine->n; i++)
    sum = vec_fma (vec_set1 (combine->weights[i]), vec_load_part (source + combine->offsets[i], n),
                   sum);
  vec_store_part (target, sum, n);
}

static void
combine_vector (const NnCombine *combine)
{
  for (size_t s = 0; s < combine->n_segments; s++)
    {
      const float *source = combine->source + s * combine->source_stride;
      float *target = combine->target + s * combine->target_stride;
      const size_t n = combine->segment_length;
      size_t t = 0;

      for (; t + 12 * VEC_LANES <= n; t += 12 * VEC_LANES)
        combine_vectors (combine, source + t, target + t, 12);
      if (t + 6 * VEC_LANES <= n)
        {
          combine_vectors (combine, source + t, target + t, 6);
          t += 6 * VEC_LANES;
        }
      for (; t + 3 * VEC_LANES <= n; t += 3 * VEC_LANES)
        combine_vectors (combine, source + t, target + t, 3);
      for (; t + VEC_LANES <= n; t += VEC_LANES)
        combine_vectors (combine, source + t, target + t, 1);
      if (t < n)
        combine_part (combine, source + t, target + t, n - t);
    }
}

/* ---- pool_row ---- */

static void
pool_row_vector (const NnPoolRow *row)
{
  const Vec zero = vec_zero ();

  for (size_t i = 0; i < row->n_positions; i++)
    for (size_t c = 0; c < row->n_channels; c += VEC_LANES)
      {
        const float *source = row->source + i * row->position_stride + c;
        const size_t place = i * row->n_channels + c;
        const size_t n = least (row->n_channels - c, VEC_LANES);
        const bool is_whole = n == VEC_LANES;
        size_t tap = 0;
        Vec largest;
        IntVec winner = int_set1 (0);

        if (row->continues)
          {
            largest = is_whole ? vec_load (row->target + place)
                               : vec_load_part (row->target + place, n);
            if (row->winners != NULL)
              winner = int_load_u16_part (row->winners + place, n);
          }
        else
          {
            largest = is_whole ? vec_load (source + row->taps[0])
                               : vec_load_part (source + row->taps[0], n);
            winner = int_set1 (row->tap_names[0]);
            tap = 1;
          }

        for (; tap < row->n_taps; tap++)
          {
            Vec value = is_whole ? vec_load (source + row->taps[tap])
                                 : vec_load_part (source + row->taps[tap], n);
            Mask wins = vec_is_greater (value, largest);

            largest = vec_select (wins, value, largest);
            winner = int_select (wins, int_set1 (row->tap_names[tap]), winner);
          }
        if (row->cuts_at_zero)
          {
            Mask is_cut = vec_is_at_most (largest, zero);

            largest = vec_select (is_cut, zero, largest);
            winner = int_select (is_cut, int_set1 (NN_NO_WINNER), winner);
          }

        if (is_whole)
          vec_store (row->target + place, largest);
        else
          vec_store_part (row->target + place, largest, n);
        if (row->winners != NULL)
          int_store_u16_part (row->winners + place, winner, n);
      }
}

/* ---- spread_row and list_place ---- */

static void
spread_row_vector (const NnSpreadRow *row)
{
  const Vec zero = vec_zero ();

  for (size_t i = 0; i < row->n_positions; i++)
    for (size_t c = 0; c < row->n_channels; c += VEC_LANES)
      {
        const size_t place = i * row->n_channels + c;
        const size_t n = least (row->n_channels - c, VEC_LANES);
        const bool is_whole = n == VEC_LANES;
        Vec gradient = is_whole ? vec_load (row->gradients + place)
                                : vec_load_part (row->gradients + place, n);
        IntVec winner = int_load_u16_part (row->winners + place, n);

        for (size_t tap = 0; tap < row->n_taps; tap++)
          {
            float *target = row->target + i * row->position_stride + row->taps[tap] + c;
            Vec value =
              vec_select (int_is_equal (winner, int_set1 (row->tap_names[tap])), gradient, zero);

            if (is_whole)
              vec_store (target, value);
            else
              vec_store_part (target, value, n);
          }
      }
}

static size_t
list_place_vector (const NnListPlace *list)
{
  const IntVec place = int_set1 (list->place);
  size_t n = 0;

  for (size_t c = 0; c < list->n_channels; c += VEC_LANES)
    {
      const size_t n_lanes = least (list->n_channels - c, VEC_LANES);
      Vec gradient = n_lanes == VEC_LANES ? vec_load (list->gradients + c)
                                          : vec_load_part (list->gradients + c, n_lanes);
      uint32_t bits =
        mask_bits (int_is_equal (int_load_u16_part (list->winners + c, n_lanes), place))
        & mask_bits (vec_is_not_zero (gradient)); /* lanes beyond the last are 0 */

      for (; bits != 0; bits &= bits - 1)
        {
          const size_t channel = c + (size_t) __builtin_ctz (bits);

          list->offsets[n] = (uint32_t) channel * list->stride;
          list->weights[n++] = list->gradients[channel];
        }
    }
  return n;
}

/* ---- dropout ---- */

INLINE IntVec
hash_vector (IntVec key,
             IntVec counter)
{
  IntVec x = int_add (int_multiply (counter, int_set1 (0x9e3779b9u)), key);

  x = int_xor (x, int_shift_right (x, 16));
  x = int_multiply (x, int_set1 (0x7feb352du));
  x = int_xor (x, int_shift_right (x, 15));
  x = int_multiply (x, int_set1 (0x846ca68bu));
  return int_xor (x, int_shift_right (x, 16));
}

/* Drops VEC_LANES values by random numbers below 65536. */
INLINE void
drop_lanes (float *target,
            const float *source,
            uint8_t *mask,
            IntVec random,
            IntVec threshold,
            Vec scale)
{
  Mask is_kept = int_is_greater (random, threshold);

  vec_store (target, vec_select (is_kept, vec_multiply (vec_load (source), scale), vec_zero ()));
  mask_store_bytes (mask, is_kept);
}

static void
dropout_vector (float *target,
                const float *source,
                uint8_t *mask,
                size_t n,
                uint32_t key,
                uint32_t counter,
                uint32_t threshold,
                float scale)
{
  /* A value is kept where random > threshold - 1, as signed numbers. */
  const IntVec last_dropped = int_set1 ((int) threshold - 1);
  const Vec factor = vec_set1 (scale);
  size_t i = 0;

  for (; i + 32 <= n; i += 32, counter += 16)
    for (size_t lane = 0; lane < 16; lane += VEC_LANES)
      {
        IntVec random = hash_vector (
          int_set1 (key), int_add (int_set1 (counter + (uint32_t) lane), int_lane_numbers ()));

        drop_lanes (target + i + lane, source + i + lane, mask + i + lane,
                    int_and (random, int_set1 (0xffff)), last_dropped, factor);
        drop_lanes (target + i + 16 + lane, source + i + 16 + lane, mask + i + 16 + lane,
                    int_shift_right (random, 16), last_dropped, factor);
      }
  if (i < n)
    elementwise_dropout (target + i, source + i, mask + i, n - i, key, counter, threshold, scale);
}

/* ---- spin ---- */

/* Reaches the peak rate of one core: there are enough independent chains to hide the latency, and
 * no memory is read or written. */
static double
spin_vector (size_t n_rounds)
{
  Vec sums[12];
  Vec factor = vec_set1 (0.999f);
  Vec term = vec_set1 (0.001f);
  float result[VEC_LANES];
  volatile float sink;

  UNROLL
  for (int i = 0; i < 12; i++)
    sums[i] = vec_set1 ((float) i);
  for (size_t round = 0; round < n_rounds; round++)
    {
      UNROLL
      for (int i = 0; i < 12; i++)
        {
          sums[i] = vec_fma (sums[i], factor, term);
          vec_keep (sums[i]); /* so that the compiler does not merge rounds */
        }
    }
  UNROLL
  for (int i = 1; i < 12; i++)
    sums[0] = vec_fma (sums[i], factor, sums[0]);
  vec_store (result, sums[0]);
  sink = result[0];
  (void) sink;
  return 12.0 * VEC_LANES * (double) n_rounds;
}

#include "nn-kernels-depthwise.h"
#include "nn-kernels-lanes.h"

INLINE void
fill_vector (NnKernels *kernels)
{
  elementwise_fill (kernels);
  kernels->combine = combine_vector;
  kernels->pool_row = pool_row_vector;
  kernels->spread_row = spread_row_vector;
  kernels->list_place = list_place_vector;
  kernels->dropout = dropout_vector;
  kernels->grouped_forward = grouped_forward_vector;
  kernels->grouped_weights = grouped_weights_vector;
  kernels->grouped_inputs = grouped_inputs_vector;
  kernels->sum_products = sum_products_vector;
  kernels->scale_lanes = scale_lanes_vector;
  kernels->mix_lanes = mix_lanes_vector;
  kernels->spin = spin_vector;
}
