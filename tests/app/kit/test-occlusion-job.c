/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Occlusion maps in the background: only the newest request is answered, and the former map stays
 * until then. */

#include "config.h"

#include "app-window.h"
#include "base/atelier-error.h"
#include "kit/atelier-occlusion-job.h"
#include "model-fixture.h"

#define N_PIXELS 9

typedef struct
{
  AtelierOcclusionJob *job;
  AtelierModel        *models[2]; /* after 7 and after 8 epochs */
  GBytes              *pixels[2];
  GBytes              *too_few_pixels;

  /* From the signal. */
  guint   n_finished;
  GError *error;
} Fixture;

static void
on_finished_cb (Fixture *fixture,
                GError  *error)
{
  fixture->n_finished++;
  g_clear_error (&fixture->error);
  fixture->error = error ? g_error_copy (error) : NULL;
}

static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  static const guint8 bytes[2][N_PIXELS] = { { 0, 0, 0, 0, 250, 0, 0, 0, 0 },
                                             { 9, 80, 200, 0, 0, 0, 250, 0, 0 } };
  g_auto (ModelFixture) models = { 0 };
  g_autoptr (GError) error = NULL;

  model_fixture_init (&models);
  for (guint i = 0; i < 2; i++)
    {
      models.parts.n_epochs = 7 + i;
      fixture->models[i] = atelier_model_new (&models.parts, &error);
      g_assert_no_error (error);
      fixture->pixels[i] = g_bytes_new_static (bytes[i], N_PIXELS);
    }
  fixture->too_few_pixels = g_bytes_new_static (bytes[0], N_PIXELS - 1);
  fixture->job = atelier_occlusion_job_new ();
  g_signal_connect_swapped (fixture->job, "finished", G_CALLBACK (on_finished_cb), fixture);
}

/* A request holds a reference to the job, so no request is left when the job is freed. */
static void
release_job (Fixture *fixture)
{
  gpointer job = fixture->job;

  if (!job)
    return;
  g_object_add_weak_pointer (job, &job);
  g_clear_object (&fixture->job);
  app_wait_until (!job);
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  release_job (fixture);
  for (guint i = 0; i < 2; i++)
    {
      atelier_model_unref (fixture->models[i]);
      g_bytes_unref (fixture->pixels[i]);
    }
  g_bytes_unref (fixture->too_few_pixels);
  g_clear_error (&fixture->error);
}

static void
assert_has_map (Fixture      *fixture,
                AtelierModel *model,
                GBytes       *pixels)
{
  AtelierOcclusion *occlusion = atelier_occlusion_job_get_occlusion (fixture->job);
  g_autoptr (AtelierOcclusion) expected =
    atelier_occlusion_new (model, g_bytes_get_data (pixels, NULL), NULL, NULL);

  g_assert_nonnull (occlusion);
  g_assert_cmpmem (atelier_occlusion_get_drops (occlusion), N_PIXELS * sizeof (float),
                   atelier_occlusion_get_drops (expected), N_PIXELS * sizeof (float));
  g_assert_true (atelier_occlusion_job_get_model (fixture->job) == model);
}

static void
test_map (Fixture       *fixture,
          gconstpointer  data)
{
  g_assert_null (atelier_occlusion_job_get_occlusion (fixture->job));
  atelier_occlusion_job_start (fixture->job, fixture->models[0], fixture->pixels[0], 0);
  g_assert_true (atelier_occlusion_job_get_is_busy (fixture->job));
  app_wait_until (fixture->n_finished == 1);
  g_assert_no_error (fixture->error);
  g_assert_false (atelier_occlusion_job_get_is_busy (fixture->job));
  assert_has_map (fixture, fixture->models[0], fixture->pixels[0]);

  atelier_occlusion_job_clear (fixture->job);
  g_assert_null (atelier_occlusion_job_get_occlusion (fixture->job));
  g_assert_null (atelier_occlusion_job_get_model (fixture->job));
}

static void
test_newest_wins (Fixture       *fixture,
                  gconstpointer  data)
{
  atelier_occlusion_job_start (fixture->job, fixture->models[0], fixture->pixels[0], 0);
  atelier_occlusion_job_start (fixture->job, fixture->models[1], fixture->pixels[1], 0);
  app_wait_until (fixture->n_finished == 1);
  assert_has_map (fixture, fixture->models[1], fixture->pixels[1]);
  release_job (fixture);
  g_assert_cmpuint (fixture->n_finished, ==, 1);
}

static void
test_former_map_stays (Fixture       *fixture,
                       gconstpointer  data)
{
  atelier_occlusion_job_start (fixture->job, fixture->models[0], fixture->pixels[0], 0);
  app_wait_until (fixture->n_finished == 1);
  atelier_occlusion_job_start (fixture->job, fixture->models[1], fixture->pixels[1], 0);
  assert_has_map (fixture, fixture->models[0], fixture->pixels[0]);
  app_wait_until (fixture->n_finished == 2);
  assert_has_map (fixture, fixture->models[1], fixture->pixels[1]);
}

static void
test_cancel (Fixture       *fixture,
             gconstpointer  data)
{
  atelier_occlusion_job_start (fixture->job, fixture->models[0], fixture->pixels[0], 0);
  app_wait_until (fixture->n_finished == 1);
  atelier_occlusion_job_start (fixture->job, fixture->models[1], fixture->pixels[1], 0);
  atelier_occlusion_job_cancel (fixture->job);
  g_assert_false (atelier_occlusion_job_get_is_busy (fixture->job));
  assert_has_map (fixture, fixture->models[0], fixture->pixels[0]);
  release_job (fixture);
  g_assert_cmpuint (fixture->n_finished, ==, 1);
}

static void
test_delay (Fixture       *fixture,
            gconstpointer  data)
{
  const guint long_ms = 24 * 60 * 60 * 1000;

  /* The first request does not begin within the time of a test. */
  atelier_occlusion_job_start (fixture->job, fixture->models[0], fixture->pixels[0], long_ms);
  g_assert_false (atelier_occlusion_job_get_is_busy (fixture->job));
  atelier_occlusion_job_start (fixture->job, fixture->models[1], fixture->pixels[1], 1);
  g_assert_false (atelier_occlusion_job_get_is_busy (fixture->job));
  app_wait_until (fixture->n_finished == 1);
  assert_has_map (fixture, fixture->models[1], fixture->pixels[1]);

  atelier_occlusion_job_start (fixture->job, fixture->models[0], fixture->pixels[0], long_ms);
  atelier_occlusion_job_start (fixture->job, fixture->models[0], fixture->pixels[0], 0);
  app_wait_until (fixture->n_finished == 2);
  assert_has_map (fixture, fixture->models[0], fixture->pixels[0]);
}

static void
test_wrong_size (Fixture       *fixture,
                 gconstpointer  data)
{
  atelier_occlusion_job_start (fixture->job, fixture->models[0], fixture->pixels[0], 0);
  app_wait_until (fixture->n_finished == 1);
  atelier_occlusion_job_start (fixture->job, fixture->models[0], fixture->too_few_pixels, 0);
  app_wait_until (fixture->n_finished == 2);
  g_assert_error (fixture->error, ATELIER_ERROR, ATELIER_ERROR_MISMATCH);
  g_assert_null (atelier_occlusion_job_get_occlusion (fixture->job));
  g_assert_false (atelier_occlusion_job_get_is_busy (fixture->job));
}

#define ADD_TEST(path, function) \
  g_test_add ("/app/kit/occlusion-job/" path, Fixture, NULL, set_up, function, tear_down)

int
main (int   argc,
      char *argv[])
{
  app_test_init (&argc, &argv);
  ADD_TEST ("map", test_map);
  ADD_TEST ("newest-wins", test_newest_wins);
  ADD_TEST ("former-map-stays", test_former_map_stays);
  ADD_TEST ("cancel", test_cancel);
  ADD_TEST ("delay", test_delay);
  ADD_TEST ("wrong-size", test_wrong_size);

  return g_test_run ();
}
