/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The action "matrix.show", for widgets that are tested without the page whose action it is. */

#pragma once

#include <gtk/gtk.h>

#include "focus/atelier-selection.h"

typedef struct
{
  AtelierSelection selection; /* of the last activation */
  guint            n_asked;
} ShowAction;

/* @action is cleared, and must outlive @widget. */
void show_action_add (GtkWidget  *widget,
                      ShowAction *action);
