/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Networks from the text of a test. */

#pragma once

#include "base/atelier-error.h"
#include "model/atelier-network.h"

/* The text must be right.  Transfer full. */
AtelierNetwork *parse_network  (const char   *json);
/* The text is refused with @code, and the message holds @piece. */
void            refuse_network (const char   *json,
                                AtelierError  code,
                                const char   *piece);
