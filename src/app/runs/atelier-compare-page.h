/* SPDX-License-Identifier: GPL-3.0-or-later */

/* AtelierComparePage - two runs on the same validation pictures: what may be concluded, which
 * pictures only one has right, and how often each called what.  Main thread. */

#pragma once

#include <gtk/gtk.h>

#include "library/atelier-library.h"
#include "results/atelier-comparison.h"
#include "runs/atelier-run-list.h"

G_BEGIN_DECLS

#define ATELIER_TYPE_COMPARE_PAGE (atelier_compare_page_get_type ())
G_DECLARE_FINAL_TYPE (AtelierComparePage, atelier_compare_page, ATELIER, COMPARE_PAGE, GtkWidget)

/* Property "subtitle" (string, read only, with notify: "Fashion-MNIST, the same 5,000 validation
 * pictures"). */

/* The pictures are shown where they are those that both runs were judged on; nullable. */
void               atelier_compare_page_set_dataset    (AtelierComparePage *page,
                                                        AtelierDataset     *dataset);
/* Reads both runs of @library and shows them; the last request replaces those before.  @list has
 * their names. */
void               atelier_compare_page_compare        (AtelierComparePage *page,
                                                        AtelierLibrary     *library,
                                                        AtelierRunList     *list,
                                                        const char         *first,
                                                        const char         *second);
/* Borrowed; NULL until both are read, and where they cannot be compared. */
AtelierComparison *atelier_compare_page_get_comparison (AtelierComparePage *page);

G_END_DECLS
