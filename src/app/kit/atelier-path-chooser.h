/* SPDX-License-Identifier: GPL-3.0-or-later */

/* All file dialogs of the program: to open files, to save one, to choose a folder.  Main thread. */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

typedef void (*AtelierPathCallback) (GtkWindow  *parent,
                                     const char *path,
                                     gpointer    user_data);
/* @files: of GFile, one or more; some may not be on this computer. */
typedef void (*AtelierFilesCallback) (GtkWidget  *widget,
                                      GListModel *files,
                                      gpointer    user_data);

/* What the files are; a dialog opens in the folder that was used last for the same. */
typedef enum
{
  ATELIER_PATH_DATA,
  ATELIER_PATH_NETWORKS,
  ATELIER_PATH_MODELS,
  ATELIER_PATH_PICTURES,
  ATELIER_PATH_EXPORTS,
} AtelierPathPurpose;

typedef struct
{
  AtelierPathPurpose   purpose;
  const char          *title;
  const char          *accept_label; /* NULL: GTK's own word for @action */
  GtkFileChooserAction action;
  gboolean             is_multiple;    /* several files can be chosen at once */
  const char          *suggested_name; /* nullable; when saving */
  const char          *filter_name;    /* NULL: all files are shown */
  const char          *filter_suffix;  /* "json"; NULL: all pictures that gdk-pixbuf reads */
} AtelierPathRequest;

/* Asks for one path on this computer.  Calls @callback when one was chosen, and never when the
 * dialog was cancelled or @parent closed.  A second request of the same @parent replaces the first.
 * @user_data is freed with @destroy (nullable) together with the dialog, after a callback if there
 * is one. */
void atelier_path_chooser_ask       (GtkWindow                *parent,
                                     const AtelierPathRequest *request,
                                     AtelierPathCallback       callback,
                                     gpointer                  user_data,
                                     GDestroyNotify            destroy);
/* Asks for files, which may be on another computer.  @widget is inside a window and owns the
 * dialog: there is no callback after @widget is destroyed, and a second request of @widget
 * replaces the first. */
void atelier_path_chooser_ask_files (GtkWidget                *widget,
                                     const AtelierPathRequest *request,
                                     AtelierFilesCallback      callback,
                                     gpointer                  user_data,
                                     GDestroyNotify            destroy);

G_END_DECLS
