/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Asking for one path: to a folder, to a file that is there, to a file to be written. */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

typedef void (*AtelierPathCallback) (GtkWindow  *parent,
                                     const char *path,
                                     gpointer    user_data);

typedef struct
{
  const char          *title;
  const char          *accept_label;
  GtkFileChooserAction action;
  const char          *suggested_name; /* nullable; when saving */
  const char          *filter_name;    /* nullable; with filter_suffix */
  const char          *filter_suffix;  /* "json" */
} AtelierPathRequest;

/* Calls @callback once a path was chosen, and never when the dialog was cancelled.  A second
 * request of the same @parent replaces the first.  @user_data is the dialog's, which frees it with
 * @destroy (nullable) when it goes: after the callback, or without one. */
void atelier_path_chooser_ask (GtkWindow                *parent,
                               const AtelierPathRequest *request,
                               AtelierPathCallback       callback,
                               gpointer                  user_data,
                               GDestroyNotify            destroy);

G_END_DECLS
