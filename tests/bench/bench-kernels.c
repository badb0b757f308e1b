/* SPDX-License-Identifier: GPL-3.0-or-later */

/* GFLOP/s of each product kernel on one core, for shapes that occur in networks, and the share of
 * the core's peak rate of fused products.  The peak is measured in turn with the kernel, since the
 * speed of a shared machine changes from one second to the next.  Where libopenblas is installed,
 * its sgemm is timed on a matrix of the same size; a convolution would also need an im2col first,
 * which is not counted.
 *
 *   bench-kernels [--isa scalar|avx2|avx512|avx512-zen4|neon]
 */

#include <dlfcn.h>
#include <glib.h>
#include <math.h>
#include <stdio.h>

#include "nn-private.h"

#define MIN_US 10000
#define N_ROUNDS 7

typedef void (*Sgemm) (int order,
                       int trans_a,
                       int trans_b,
                       int m,
                       int n,
                       int k,
                       float alpha,
                       const float *a,
                       int lda,
                       const float *b,
                       int ldb,
                       float beta,
                       float *c,
                       int ldc);

static Sgemm
find_openblas (void)
{
  void *library = dlopen ("libopenblas.so.0", RTLD_NOW);
  void (*set_threads) (int);

  if (library == NULL)
    return NULL;
  *(void **) &set_threads = dlsym (library, "openblas_set_num_threads");
  if (set_threads != NULL)
    set_threads (1);
  return (Sgemm) (void *) dlsym (library, "cblas_sgemm");
}

typedef void (*Work) (gpointer data);

/* The number of calls that take at least MIN_US. */
static guint
count_calls (Work work,
             gpointer data)
{
  for (guint n = 1;; n *= 4)
    {
      gint64 start = g_get_monotonic_time ();

      for (guint i = 0; i < n; i++)
        work (data);
      if (g_get_monotonic_time () - start >= MIN_US)
        return n;
    }
}

/* Seconds of one call. */
static double
time_calls (Work work,
            gpointer data,
            guint n)
{
  gint64 start = g_get_monotonic_time ();

  for (guint i = 0; i < n; i++)
    work (data);
  return (double) (g_get_monotonic_time () - start) / 1e6 / n;
}

typedef struct
{
  const NnKernels *kernels;
  NnGemm gemm;
  NnOuter outer;
  Sgemm sgemm;
  int m, n, k;
  gboolean is_transposed;
  double n_spun;
} Bench;

static void
run_gemm (gpointer data)
{
  Bench *bench = data;

  bench->kernels->gemm (&bench->gemm);
}

static void
run_outer (gpointer data)
{
  Bench *bench = data;

  bench->kernels->outer (&bench->outer);
}

static void
run_sgemm (gpointer data)
{
  Bench *bench = data;
  enum { ROW_MAJOR = 101, NO_TRANSPOSE = 111, TRANSPOSE = 112 };

  bench->sgemm (ROW_MAJOR, bench->is_transposed ? TRANSPOSE : NO_TRANSPOSE, NO_TRANSPOSE, bench->m,
                bench->n, bench->k, 1.0f, bench->outer.a,
                bench->is_transposed ? bench->m : bench->k, bench->gemm.b, bench->n, 0.0f,
                bench->gemm.c, bench->n);
}

static void
run_spin (gpointer data)
{
  Bench *bench = data;

  bench->n_spun = bench->kernels->spin (20000);
}

static float *
make_floats (size_t n)
{
  float *floats = g_new (float, n);

  for (size_t i = 0; i < n; i++)
    floats[i] = (float) (nn_random (1, NN_RANDOM_PICTURES, n, i) >> 8) * 0x1p-23f - 1.0f;
  return floats;
}

typedef struct
{
  double kernel; /* FLOP/s */
  double peak;
  double openblas; /* 0: not installed, or not comparable */
} Rates;

/* Runs the kernel, the peak and OpenBLAS in turn, and takes the best round of each. */
static Rates
measure (Bench *bench,
         Work work)
{
  const double n_flops = 2.0 * bench->m * bench->n * bench->k;
  const guint n_calls = count_calls (work, bench);
  const guint n_spins = count_calls (run_spin, bench);
  const guint n_blas = bench->sgemm != NULL ? count_calls (run_sgemm, bench) : 0;
  Rates best = { 0 };

  for (guint i = 0; i < N_ROUNDS; i++)
    {
      best.kernel = MAX (best.kernel, n_flops / time_calls (work, bench, n_calls));
      best.peak = MAX (best.peak, 2.0 * bench->n_spun / time_calls (run_spin, bench, n_spins));
      if (n_blas > 0)
        best.openblas = MAX (best.openblas, n_flops / time_calls (run_sgemm, bench, n_blas));
    }
  return best;
}

static void
report (Bench *bench,
        const char *name,
        Work work)
{
  const Rates rates = measure (bench, work);

  printf ("{\"kernel\": \"%s\", \"gflops\": %.1f, \"peak_gflops\": %.1f, \"peak_share\": %.2f",
          name, rates.kernel / 1e9, rates.peak / 1e9, rates.kernel / rates.peak);
  if (rates.openblas > 0.0)
    printf (", \"openblas_gflops\": %.1f", rates.openblas / 1e9);
  printf ("}\n");
  fflush (stdout);
}

/* The sizes of the product: n_rows x k by k x n_columns. */
static void
set_sizes (Bench *bench,
           guint n_rows,
           guint n_columns,
           guint k,
           gboolean is_transposed)
{
  bench->m = (int) n_rows;
  bench->n = (int) n_columns;
  bench->k = (int) k;
  bench->is_transposed = is_transposed;
}

/* @blas_a: what OpenBLAS takes as the result of im2col, [n_pixels, k]. */
static void
report_convolution (Bench *bench,
                    const char *name,
                    const float *blas_a,
                    guint n_pixels,
                    guint k)
{
  g_autofree char *forward = g_strconcat (name, ", forward", NULL);
  g_autofree char *weight = g_strconcat (name, ", weight gradient", NULL);
  const guint n_filters = (guint) bench->gemm.n_columns;
  const float *image = bench->outer.a;
  Sgemm sgemm = bench->sgemm;

  set_sizes (bench, n_pixels, n_filters, k, FALSE);
  bench->outer.a = blas_a;
  report (bench, forward, run_gemm);
  bench->outer.a = image;

  /* Without OpenBLAS, which would need the matrix from im2col; the forward line compares both. */
  set_sizes (bench, k, n_filters, n_pixels, TRUE);
  bench->sgemm = NULL;
  report (bench, weight, run_outer);
  bench->sgemm = sgemm;
}

/* A convolution with "same" padding: @channels x @side x @side to @filters, with a kernel of
 * side @kernel and stride @stride. */
static void
bench_convolution (Bench *bench,
                   guint side,
                   guint channels,
                   guint kernel,
                   guint stride,
                   guint filters)
{
  const guint out = (side + stride - 1) / stride;
  const guint padded = (out - 1) * stride + kernel;
  const guint k = kernel * kernel * channels;
  const guint n_padded = (filters + 15) / 16 * 16;
  g_autofree float *image = make_floats ((gsize) padded * padded * channels + k);
  g_autofree float *weights = make_floats ((gsize) k * n_padded);
  g_autofree float *bias = make_floats (n_padded);
  g_autofree float *output = make_floats ((gsize) out * out * n_padded);
  g_autofree float *blas_a = make_floats ((gsize) out * out * k);
  g_autofree float *result = make_floats (MAX ((gsize) out * out, k) * n_padded);
  g_autofree guint32 *offsets = g_new (guint32, out * out);
  g_autofree guint32 *taps = g_new (guint32, k);
  g_autofree char *name = g_strdup_printf ("conv %ux%u/%u %u->%u at %ux%u", kernel, kernel, stride,
                                           channels, filters, side, side);

  for (guint y = 0; y < out; y++)
    for (guint x = 0; x < out; x++)
      offsets[y * out + x] = (y * padded + x) * stride * channels;
  for (guint t = 0; t < k; t++)
    taps[t] = t / (kernel * channels) * padded * channels + t % (kernel * channels);

  bench->gemm = (NnGemm) {
    .n_rows = out * out,
    .n_columns = filters,
    .a = image,
    .a_offsets = offsets,
    .n_segments = kernel,
    .segment_length = kernel * channels,
    .segment_stride = padded * channels,
    .b = weights,
    .bias = bias,
    .c = result,
    .c_stride = filters,
  };
  bench->outer = (NnOuter) {
    .n_rows = out * out,
    .n_taps = k,
    .n_columns = filters,
    .a = image,
    .a_offsets = offsets,
    .taps = taps,
    .d = output,
    .d_stride = filters,
    .g = result,
    .panel_stride = (gsize) k * 16,
  };

  report_convolution (bench, name, blas_a, out * out, k);
}

static void
bench_dense (Bench *bench,
             guint batch,
             guint inputs,
             guint outputs)
{
  const guint n_padded = (outputs + 15) / 16 * 16;
  const guint x_stride = (guint) nn_image_stride (inputs);
  const guint d_stride = (guint) nn_image_stride (outputs);
  g_autofree float *x = make_floats ((gsize) batch * x_stride);
  g_autofree float *weights = make_floats ((gsize) inputs * n_padded);
  g_autofree float *bias = make_floats (n_padded);
  g_autofree float *d = make_floats (MAX ((gsize) batch * d_stride, (gsize) inputs * n_padded));
  g_autofree float *result = make_floats (MAX (batch, inputs) * (gsize) n_padded);
  g_autofree char *forward = g_strdup_printf ("dense %u x %u->%u, forward", batch, inputs, outputs);
  g_autofree char *weight =
    g_strdup_printf ("dense %u x %u->%u, weight gradient", batch, inputs, outputs);

  bench->gemm = (NnGemm) {
    .n_rows = batch,
    .n_columns = outputs,
    .a = x,
    .a_stride = x_stride,
    .n_segments = 1,
    .segment_length = inputs,
    .b = weights,
    .bias = bias,
    .c = result,
    .c_stride = outputs,
  };
  bench->outer = (NnOuter) {
    .n_rows = batch,
    .n_taps = inputs,
    .n_columns = outputs,
    .a = x,
    .a_stride = x_stride,
    .d = d,
    .d_stride = d_stride,
    .g = result,
    .panel_stride = (gsize) inputs * 16,
  };
  set_sizes (bench, batch, outputs, inputs, FALSE);
  report (bench, forward, run_gemm);
  set_sizes (bench, inputs, outputs, batch, TRUE);
  report (bench, weight, run_outer);
}

int
main (int argc,
      char *argv[])
{
  g_autofree char *isa = NULL;
  const GOptionEntry entries[] = {
    { "isa", 0, 0, G_OPTION_ARG_STRING, &isa, "Instruction set", "NAME" },
    { NULL },
  };
  g_autoptr (GOptionContext) context = g_option_context_new (NULL);
  g_autoptr (GError) error = NULL;
  Bench bench = { 0 };

  g_option_context_add_main_entries (context, entries, NULL);
  if (!g_option_context_parse (context, &argc, &argv, &error))
    {
      g_printerr ("%s\n", error->message);
      return 2;
    }
  bench.kernels = isa != NULL ? nn_kernels_get_by_name (isa) : nn_kernels_get ();
  if (bench.kernels == NULL)
    {
      g_printerr ("This processor or build has no instruction set \"%s\"\n", isa);
      return 2;
    }
  bench.sgemm = find_openblas ();

  printf ("{\"isa\": \"%s\", \"openblas\": %s}\n", bench.kernels->name,
          bench.sgemm != NULL ? "true" : "false");

  bench_convolution (&bench, 28, 1, 3, 1, 32);
  bench_convolution (&bench, 14, 32, 3, 1, 16);
  bench_convolution (&bench, 14, 16, 3, 1, 32); /* the input gradient of the one above */
  bench_convolution (&bench, 14, 32, 1, 1, 64);
  bench_convolution (&bench, 14, 32, 5, 1, 32);
  bench_convolution (&bench, 28, 16, 3, 2, 32);
  bench_convolution (&bench, 14, 7, 3, 1, 13);
  bench_convolution (&bench, 14, 8, 3, 1, 16);
  bench_convolution (&bench, 14, 32, 3, 1, 8);
  bench_convolution (&bench, 7, 64, 3, 1, 64);
  bench_dense (&bench, 32, 784, 300);
  bench_dense (&bench, 32, 784, 32);
  bench_dense (&bench, 1, 784, 300);
  bench_dense (&bench, 7, 301, 299);
  bench_dense (&bench, 1024, 1024, 1024);
  return 0;
}
