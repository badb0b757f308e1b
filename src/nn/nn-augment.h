/* SPDX-License-Identifier: GPL-3.0-or-later */

/* nn-augment.h - for the engine's own files. */

#pragma once

#include "nn-private.h"

/* INVALID where a setting is out of range. */
NnStatus nn_augmentation_check (const NnAugmentation *augmentation,
                                NnError              *error);
