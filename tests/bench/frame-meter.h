/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Measures how smoothly a window moves.  One at a time; main thread. */

#pragma once

#include <gtk/gtk.h>

typedef struct
{
  guint  n;
  double p50_ms;
  double p99_ms;
  double max_ms;
} FrameTimes;

typedef struct
{
  FrameTimes frames;    /* the main thread's time for a frame that was painted */
  FrameTimes intervals; /* from one tick of the frame clock to the next */
  FrameTimes stalls;    /* from one look for events to the next: what a click may have to wait */
  guint      n_late;    /* intervals in which a tick was left out */
} FrameReport;

void frame_meter_begin (GtkWidget   *window);
void frame_meter_end   (FrameReport *report);
