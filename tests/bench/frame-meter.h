/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Measures how smoothly a window runs.  Main thread; one measurement at a time. */

#pragma once

#include <gtk/gtk.h>

typedef struct
{
  guint  n;
  double p50_ms;
  double p95_ms;
  double p99_ms;
  double max_ms;
} FrameTimes;

typedef struct
{
  FrameTimes frames;     /* the main thread's time for a frame that was painted */
  FrameTimes intervals;  /* from one tick of the frame clock to the next */
  FrameTimes stalls;     /* from the end of one poll to the next: how long an event may wait */
  FrameTimes cpu_frames; /* as frames, but what the main thread computed in that time */
  FrameTimes cpu_stalls; /* as stalls, likewise */
  double     cpu_share;  /* of the whole time, what the main thread computed */
  guint      n_late;     /* intervals in which a tick is missing */
} FrameReport;

/* What the calling thread has computed so far.  Unlike the time that passes, this hardly depends on
 * what else the machine does. */
gint64 frame_meter_get_cpu_us (void);

void frame_meter_begin (GtkWidget   *window);
void frame_meter_end   (FrameReport *report);
