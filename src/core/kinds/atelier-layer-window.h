/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What layers with a window that moves over the picture have in common.  Private to these files. */

#pragma once

#include "kinds/atelier-layer-private.h"

G_BEGIN_DECLS

/* By AtelierPadding, and the numbers that the last needs. */
extern const AtelierChoice atelier_padding_choices[];
extern const AtelierMember atelier_padding_pair;

/* Members of such a layer; the first is to be completed with its name. */
#define ATELIER_WINDOW_SIZE_MEMBER                                                             \
  .type = ATELIER_MEMBER_PAIR, .offset = G_STRUCT_OFFSET (AtelierLayer, kernel_height),        \
  .lowest = 1, .highest = ATELIER_MEMBER_MAX_UINT
#define ATELIER_WINDOW_STRIDE_MEMBER                                                           \
  .name = "stride", .type = ATELIER_MEMBER_PAIR, .presence = ATELIER_MEMBER_WRITTEN,           \
  .offset = G_STRUCT_OFFSET (AtelierLayer, stride_height), .lowest = 1,                        \
  .highest = ATELIER_MEMBER_MAX_UINT
#define ATELIER_WINDOW_PADDING_MEMBER                                                          \
  .name = "padding", .type = ATELIER_MEMBER_CHOICE, .presence = ATELIER_MEMBER_WRITTEN,        \
  .offset = G_STRUCT_OFFSET (AtelierLayer, padding), .choices = atelier_padding_choices,       \
  .pair = &atelier_padding_pair

void  atelier_window_append_stride  (const AtelierLayer *layer,
                                     GString            *text);
/* Where the padding is not @usual. */
void  atelier_window_append_padding (const AtelierLayer *layer,
                                     AtelierPadding      usual,
                                     GString            *text);
/* Kernel, stride and padding. */
void  atelier_window_to_nn          (const AtelierLayer *layer,
                                     NnLayerSpec        *spec);
char *atelier_window_explain_misfit (const AtelierLayer *layer,
                                     const NnShape      *shape);

/* The members of pools: size, stride and padding. */
#define ATELIER_POOL_N_MEMBERS 3
extern const AtelierMember atelier_pool_members[ATELIER_POOL_N_MEMBERS];
/* A pool is expected to move by its own size: only what differs from that is said. */
void atelier_pool_append_movement (const AtelierLayer *layer,
                                   GString            *text);

G_END_DECLS
