/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Times frames by the signals of the frame clock.  The clock is kept ticking even if nothing
 * changes, so that a missing tick is noticed; only frames in which something was painted count.
 * Any other work of the main thread between two polls of the main loop delays input just as much,
 * so the meter also replaces the main context's poll function, and measures the time from one poll
 * to the next.
 *
 * Each of these is measured by two clocks: the time that passed, which says what a person sees but
 * counts the work of other threads and programs too, and the time for which the main thread
 * computed, which says which of its work is too much.
 */

#include "frame-meter.h"

#include <stdlib.h>
#include <time.h>

typedef struct
{
  gint64 passed_us;
  gint64 cpu_us;
} Moment;

static GdkFrameClock *meter_clock;
static gulong handlers[3];
static GPollFunc real_poll;

static GArray *frames;    /* of gint64, us */
static GArray *intervals;
static GArray *stalls;
static GArray *cpu_frames;
static GArray *cpu_stalls;
static Moment meter_began;
static Moment frame_began;
static Moment woke_up;
static gboolean is_painted;

static Moment
get_moment (void)
{
  return (Moment) { g_get_monotonic_time (), frame_meter_get_cpu_us () };
}

static void
note_since (const Moment *begin,
            GArray       *passed,
            GArray       *cpu)
{
  Moment now = get_moment ();
  gint64 passed_us = now.passed_us - begin->passed_us;
  gint64 cpu_us = now.cpu_us - begin->cpu_us;

  g_array_append_val (passed, passed_us);
  g_array_append_val (cpu, cpu_us);
}

static void
on_before_paint_cb (GdkFrameClock *clock)
{
  Moment now = get_moment ();
  gint64 interval_us = now.passed_us - frame_began.passed_us;

  if (frame_began.passed_us != 0)
    g_array_append_val (intervals, interval_us);
  frame_began = now;
  is_painted = FALSE;
}

static void
on_paint_cb (GdkFrameClock *clock)
{
  is_painted = TRUE;
}

static void
on_after_paint_cb (GdkFrameClock *clock)
{
  if (is_painted)
    note_since (&frame_began, frames, cpu_frames);
}

static int
poll_and_note (GPollFD *fds,
               guint    n_fds,
               int      timeout)
{
  int n_ready;

  if (woke_up.passed_us != 0)
    note_since (&woke_up, stalls, cpu_stalls);
  n_ready = real_poll (fds, n_fds, timeout);
  woke_up = get_moment ();

  return n_ready;
}

static int
compare_times (gconstpointer a,
               gconstpointer b)
{
  gint64 x = *(const gint64 *) a, y = *(const gint64 *) b;

  return (x > y) - (x < y);
}

static double
get_quantile_ms (GArray *times_us,
                 guint   percent)
{
  guint i = (times_us->len - 1) * percent / 100;

  return g_array_index (times_us, gint64, i) / 1e3;
}

static FrameTimes
sum_up (GArray *times_us)
{
  FrameTimes result = { times_us->len, 0, 0, 0, 0 };

  if (times_us->len == 0)
    return result;

  g_array_sort (times_us, compare_times);
  result.p50_ms = get_quantile_ms (times_us, 50);
  result.p95_ms = get_quantile_ms (times_us, 95);
  result.p99_ms = get_quantile_ms (times_us, 99);
  result.max_ms = get_quantile_ms (times_us, 100);

  return result;
}

/* A tick is late if another one would have fitted before it. */
static guint
count_late (GArray *times_us,
            gint64  refresh_us)
{
  guint n = 0;

  for (guint i = 0; i < times_us->len; i++)
    n += g_array_index (times_us, gint64, i) > 2 * refresh_us;

  return n;
}

static void
sum_up_cpu (FrameReport *report)
{
  Moment now = get_moment ();

  report->cpu_frames = sum_up (cpu_frames);
  report->cpu_stalls = sum_up (cpu_stalls);
  report->cpu_share = (double) (now.cpu_us - meter_began.cpu_us)
                      / (double) (now.passed_us - meter_began.passed_us);
}

gint64
frame_meter_get_cpu_us (void)
{
  struct timespec time;

  clock_gettime (CLOCK_THREAD_CPUTIME_ID, &time);

  return time.tv_sec * G_USEC_PER_SEC + time.tv_nsec / 1000;
}

void
frame_meter_begin (GtkWidget *window)
{
  g_assert (meter_clock == NULL);

  meter_clock = g_object_ref (gtk_widget_get_frame_clock (window));
  frames = g_array_new (FALSE, FALSE, sizeof (gint64));
  intervals = g_array_new (FALSE, FALSE, sizeof (gint64));
  stalls = g_array_new (FALSE, FALSE, sizeof (gint64));
  cpu_frames = g_array_new (FALSE, FALSE, sizeof (gint64));
  cpu_stalls = g_array_new (FALSE, FALSE, sizeof (gint64));
  frame_began = woke_up = (Moment) { 0, 0 };

  handlers[0] =
    g_signal_connect (meter_clock, "before-paint", G_CALLBACK (on_before_paint_cb), NULL);
  handlers[1] = g_signal_connect (meter_clock, "paint", G_CALLBACK (on_paint_cb), NULL);
  handlers[2] =
    g_signal_connect_after (meter_clock, "after-paint", G_CALLBACK (on_after_paint_cb), NULL);
  gdk_frame_clock_begin_updating (meter_clock);
  real_poll = g_main_context_get_poll_func (NULL);
  g_main_context_set_poll_func (NULL, poll_and_note);
  meter_began = get_moment ();
}

void
frame_meter_end (FrameReport *report)
{
  gint64 refresh_us = 0;

  g_assert (meter_clock != NULL);

  g_main_context_set_poll_func (NULL, real_poll);
  gdk_frame_clock_end_updating (meter_clock);
  gdk_frame_clock_get_refresh_info (meter_clock, 0, &refresh_us, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (handlers); i++)
    g_signal_handler_disconnect (meter_clock, handlers[i]);
  g_clear_object (&meter_clock);

  report->n_late = count_late (intervals, refresh_us);
  report->frames = sum_up (frames);
  report->intervals = sum_up (intervals);
  report->stalls = sum_up (stalls);
  sum_up_cpu (report);
  g_clear_pointer (&frames, g_array_unref);
  g_clear_pointer (&intervals, g_array_unref);
  g_clear_pointer (&stalls, g_array_unref);
  g_clear_pointer (&cpu_frames, g_array_unref);
  g_clear_pointer (&cpu_stalls, g_array_unref);
}
