/* SPDX-License-Identifier: GPL-3.0-or-later */

/* AtelierOcclusionJob - computes the occlusion map of the picture that a widget shows, and keeps
 * the newest one.
 *
 * One map is computed at a time, in a thread; a newer request cancels it, and cancelled work is not
 * reported.  A finished map stays until the next one is there or it is cleared.  Main thread.
 */

#pragma once

#include <glib-object.h>

#include "inference/atelier-occlusion.h"

G_BEGIN_DECLS

#define ATELIER_TYPE_OCCLUSION_JOB (atelier_occlusion_job_get_type ())
G_DECLARE_FINAL_TYPE (AtelierOcclusionJob, atelier_occlusion_job, ATELIER, OCCLUSION_JOB, GObject)

/* Property "is-busy" (boolean, read only): a map is being computed.
 *
 * Signal "finished" (GError *, nullable): the newest request has its map, or there is none because
 * of the error. */
AtelierOcclusionJob *atelier_occlusion_job_new           (void);
/* @pixels: [height, width, channels] of @model's input size.  Begins after @delay_ms without a
 * newer request; 0: at once. */
void                 atelier_occlusion_job_start         (AtelierOcclusionJob *job,
                                                          AtelierModel        *model,
                                                          GBytes              *pixels,
                                                          guint                delay_ms);
/* Gives up the newest request; a finished map stays. */
void                 atelier_occlusion_job_cancel        (AtelierOcclusionJob *job);
/* Drops the finished map. */
void                 atelier_occlusion_job_clear         (AtelierOcclusionJob *job);
gboolean             atelier_occlusion_job_get_is_busy   (AtelierOcclusionJob *job);
/* The finished map, and the model whose weights it is of; borrowed, NULL where there is none. */
AtelierOcclusion    *atelier_occlusion_job_get_occlusion (AtelierOcclusionJob *job);
AtelierModel        *atelier_occlusion_job_get_model     (AtelierOcclusionJob *job);

G_END_DECLS
