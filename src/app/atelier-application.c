/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "atelier-application.h"

struct _AtelierApplication
{
  AdwApplication parent_instance;
};

G_DEFINE_FINAL_TYPE (AtelierApplication, atelier_application, ADW_TYPE_APPLICATION)

static void
atelier_application_class_init (AtelierApplicationClass *klass)
{
}

static void
atelier_application_init (AtelierApplication *self)
{
}

AtelierApplication *
atelier_application_new (void)
{
  return g_object_new (ATELIER_TYPE_APPLICATION, "application-id", ATELIER_APP_ID, NULL);
}
