/* SPDX-License-Identifier: GPL-3.0-or-later */

/* AtelierDataFacts - what a data set is: its name, source, sizes and hash, and whether it is the
 * published one; with a button that chooses another. */

#pragma once

#include <adwaita.h>

#include "session/atelier-session.h"

G_BEGIN_DECLS

#define ATELIER_TYPE_DATA_FACTS (atelier_data_facts_get_type ())
G_DECLARE_FINAL_TYPE (AtelierDataFacts, atelier_data_facts, ATELIER, DATA_FACTS, GtkWidget)

/* Property "session" (AtelierSession, nullable): whose data set is shown. */

/* Gives the focus to the button that chooses data; FALSE where that cannot be used now. */
gboolean atelier_data_facts_take_focus (AtelierDataFacts *facts);

G_END_DECLS
