/* SPDX-License-Identifier: GPL-3.0-or-later */

/* nn-kernels-lanes.h - the kernels for channels in lanes, for any vector instruction set; included
 * by nn-kernels-vector.h.
 *
 * The lanes are in the outer loop: two vectors of them at a time, whose coefficients or sums stay
 * in registers for the whole run of values.  Sums are in doubles, so a vector of floats has two
 * vectors of sums.
 */

#pragma once

#define LANE_VECS 2

/* @is_whole: a whole vector; else its first @n_last lanes, and zeros. */
INLINE Vec
load_lanes (const float *p,
            const bool is_whole,
            size_t n_last)
{
  return is_whole ? vec_load (p) : vec_load_part (p, n_last);
}

/* ---- sum_products ---- */

/* Adds to the sums of @n_vecs vectors of lanes, of which the last has @n_last lanes.  @a, @b: the
 * first values of these lanes; @n: values from there on. */
INLINE void
sum_lanes (const float *a,
           const float *b,
           size_t n,
           size_t n_lanes,
           double *sums,
           double *products,
           const int n_vecs,
           const bool is_whole,
           size_t n_last)
{
  Dbl s[2 * LANE_VECS];
  Dbl p[2 * LANE_VECS];

  UNROLL
  for (int v = 0; v < 2 * n_vecs; v++)
    {
      s[v] = dbl_load (sums + v * (VEC_LANES / 2));
      p[v] = dbl_load (products + v * (VEC_LANES / 2));
    }
  for (size_t i = 0; i < n; i += n_lanes)
    UNROLL
    for (int v = 0; v < n_vecs; v++)
      {
        const size_t at = i + (size_t) v * VEC_LANES;
        const Vec x = load_lanes (a + at, is_whole, n_last);
        const Vec y = load_lanes (b + at, is_whole, n_last);

        s[2 * v] = dbl_add (s[2 * v], vec_low (x));
        s[2 * v + 1] = dbl_add (s[2 * v + 1], vec_high (x));
        p[2 * v] = dbl_fma (vec_low (x), vec_low (y), p[2 * v]);
        p[2 * v + 1] = dbl_fma (vec_high (x), vec_high (y), p[2 * v + 1]);
      }
  UNROLL
  for (int v = 0; v < 2 * n_vecs; v++)
    {
      dbl_store (sums + v * (VEC_LANES / 2), s[v]);
      dbl_store (products + v * (VEC_LANES / 2), p[v]);
    }
}

/* The last lanes, fewer than a vector; or a run that ends among the lanes. */
INLINE void
sum_last_lanes (const float *a,
                const float *b,
                size_t n,
                size_t n_lanes,
                double *sums,
                double *products,
                size_t n_last)
{
  double s[VEC_LANES] = { 0.0 };
  double p[VEC_LANES] = { 0.0 };

  memcpy (s, sums, n_last * sizeof *s);
  memcpy (p, products, n_last * sizeof *p);
  sum_lanes (a, b, n, n_lanes, s, p, 1, false, n_last);
  memcpy (sums, s, n_last * sizeof *s);
  memcpy (products, p, n_last * sizeof *p);
}

static void
sum_products_vector (const float *a,
                     const float *b,
                     size_t n,
                     size_t n_lanes,
                     double *sums,
                     double *products)
{
  const size_t n_whole = n / n_lanes * n_lanes;
  size_t l = 0;

  for (; l + LANE_VECS * VEC_LANES <= n_lanes; l += LANE_VECS * VEC_LANES)
    if (n_whole > 0)
      sum_lanes (a + l, b + l, n_whole - l, n_lanes, sums + l, products + l, LANE_VECS, true, 0);
  for (; l + VEC_LANES <= n_lanes; l += VEC_LANES)
    if (n_whole > 0)
      sum_lanes (a + l, b + l, n_whole - l, n_lanes, sums + l, products + l, 1, true, 0);
  if (l < n_lanes && n_whole > 0)
    sum_last_lanes (a + l, b + l, n_whole - l, n_lanes, sums + l, products + l, n_lanes - l);
  for (l = 0; n_whole + l < n; l += VEC_LANES)
    sum_last_lanes (a + n_whole + l, b + n_whole + l, n - n_whole - l, n_lanes, sums + l,
                    products + l, least (n - n_whole - l, VEC_LANES));
}

/* ---- scale_lanes and mix_lanes ---- */

/* What both do with a value: value * c[0] + c[1], or with inputs
 * value * c[0] + (input * c[1] + c[2]). */
typedef struct
{
  float *target;
  const float *values;
  const float *inputs; /* or NULL */
  const float *c[3];
  size_t n;
  size_t n_lanes;
  float floor;         /* where there are no inputs: smaller results become this */
} Lanes;

INLINE void
map_vector (const Lanes *lanes,
            size_t at,
            const Vec c[3],
            const bool is_mix,
            const bool is_whole,
            size_t n_last)
{
  Vec x = load_lanes (lanes->values + at, is_whole, n_last);

  if (is_mix)
    x = vec_fma (x, c[0],
                 vec_fma (load_lanes (lanes->inputs + at, is_whole, n_last), c[1], c[2]));
  else
    x = vec_floor (vec_set1 (lanes->floor), vec_fma (x, c[0], c[1]));
  if (is_whole)
    vec_store (lanes->target + at, x);
  else
    vec_store_part (lanes->target + at, x, n_last);
}

INLINE void
map_lanes (const Lanes *lanes,
           size_t begin,
           size_t end,
           size_t lane,
           const int n_vecs,
           const bool is_mix,
           const bool is_whole,
           size_t n_last)
{
  Vec c[LANE_VECS][3];

  UNROLL
  for (int v = 0; v < n_vecs; v++)
    {
      const size_t at = lane + (size_t) v * VEC_LANES;

      c[v][0] = load_lanes (lanes->c[0] + at, is_whole, n_last);
      c[v][1] = load_lanes (lanes->c[1] + at, is_whole, n_last);
      c[v][2] = is_mix ? load_lanes (lanes->c[2] + at, is_whole, n_last) : vec_zero ();
    }
  for (size_t i = begin + lane; i < end; i += lanes->n_lanes)
    UNROLL
    for (int v = 0; v < n_vecs; v++)
      map_vector (lanes, i + (size_t) v * VEC_LANES, c[v], is_mix, is_whole, n_last);
}

INLINE void
map_all_lanes (const Lanes *lanes,
               const bool is_mix)
{
  const size_t n_lanes = lanes->n_lanes;
  const size_t n_whole = lanes->n / n_lanes * n_lanes;
  size_t l = 0;

  for (; l + LANE_VECS * VEC_LANES <= n_lanes; l += LANE_VECS * VEC_LANES)
    map_lanes (lanes, 0, n_whole, l, LANE_VECS, is_mix, true, 0);
  for (; l + VEC_LANES <= n_lanes; l += VEC_LANES)
    map_lanes (lanes, 0, n_whole, l, 1, is_mix, true, 0);
  if (l < n_lanes)
    map_lanes (lanes, 0, n_whole, l, 1, is_mix, false, n_lanes - l);
  for (l = 0; n_whole + l < lanes->n; l += VEC_LANES)
    map_lanes (lanes, n_whole, lanes->n, l, 1, is_mix, false,
               least (lanes->n - n_whole - l, VEC_LANES));
}

static void
scale_lanes_vector (float *target,
                    const float *source,
                    size_t n,
                    size_t n_lanes,
                    const float *scale,
                    const float *shift,
                    bool is_relu)
{
  const Lanes lanes = {
    target, source, NULL, { scale, shift, NULL }, n, n_lanes, is_relu ? 0.0f : -INFINITY
  };

  map_all_lanes (&lanes, false);
}

static void
mix_lanes_vector (float *target,
                  const float *gradients,
                  const float *inputs,
                  size_t n,
                  size_t n_lanes,
                  const float *c)
{
  const Lanes lanes = {
    target, gradients, inputs, { c, c + n_lanes, c + 2 * n_lanes }, n, n_lanes, 0.0f
  };

  map_all_lanes (&lanes, true);
}
