/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The engine's status codes as errors of the core. */

#include "base/atelier-error.h"
#include "model/atelier-nn-private.h"

#include <string.h>

static void
test_ok (void)
{
  const NnError stale = { NN_STATUS_SHAPE, 0, "an old failure" };
  g_autoptr (GError) error = NULL;

  g_assert_true (atelier_error_check_nn (NN_STATUS_OK, &stale, "Training", &error));
  g_assert_no_error (error);
}

static void
test_codes (void)
{
  static const struct
  {
    NnStatus status;
    AtelierError code;
  } rows[] = {
    { NN_STATUS_INVALID, ATELIER_ERROR_NETWORK },
    { NN_STATUS_SHAPE, ATELIER_ERROR_NETWORK },
    { NN_STATUS_TOO_LARGE, ATELIER_ERROR_TOO_LARGE },
    { NN_STATUS_NO_MEMORY, ATELIER_ERROR_NO_MEMORY },
    { NN_STATUS_NOT_FINITE, ATELIER_ERROR_NOT_FINITE },
    { NN_STATUS_NO_THREAD, ATELIER_ERROR_FAILED },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_false (atelier_error_check_nn (rows[i].status, NULL, "Training", &error));
      g_assert_error (error, ATELIER_ERROR, (int) rows[i].code);
      g_assert_true (g_str_has_prefix (error->message, "Training: "));
      g_assert_cmpuint (strlen (error->message), >, strlen ("Training: "));
    }
}

static void
test_text (void)
{
  const NnError nn_error = { NN_STATUS_SHAPE, 2, "layer 3 (max_pool2d): 9x9 does not fit 7x7" };
  g_autoptr (GError) error = NULL;

  g_assert_false (atelier_error_check_nn (NN_STATUS_SHAPE, &nn_error, "Network", &error));
  g_assert_cmpstr (error->message, ==, "Network: layer 3 (max_pool2d): 9x9 does not fit 7x7");
}

static void
test_stale_text (void)
{
  const NnError stale = { NN_STATUS_SHAPE, 2, "an old failure" };
  g_autoptr (GError) error = NULL;

  g_assert_false (atelier_error_check_nn (NN_STATUS_NO_MEMORY, &stale, "Training", &error));
  g_assert_error (error, ATELIER_ERROR, ATELIER_ERROR_NO_MEMORY);
  g_assert_null (strstr (error->message, "an old failure"));
}

static void
test_no_error_wanted (void)
{
  g_assert_false (atelier_error_check_nn (NN_STATUS_INVALID, NULL, "Training", NULL));
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/core/engine-error/ok", test_ok);
  g_test_add_func ("/core/engine-error/codes", test_codes);
  g_test_add_func ("/core/engine-error/text", test_text);
  g_test_add_func ("/core/engine-error/stale-text", test_stale_text);
  g_test_add_func ("/core/engine-error/no-error-wanted", test_no_error_wanted);

  return g_test_run ();
}
