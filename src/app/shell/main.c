/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The program with the window: sets the language, then runs the application. */

#include "config.h"

#include <glib/gi18n.h>
#include <locale.h>

#include "shell/atelier-application.h"

int
main (int   argc,
      char *argv[])
{
  g_autoptr (AtelierApplication) application = NULL;

  setlocale (LC_ALL, "");
  bindtextdomain (GETTEXT_PACKAGE, LOCALEDIR);
  bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
  textdomain (GETTEXT_PACKAGE);

  application = atelier_application_new ();

  return atelier_application_run (application, argc, argv);
}
