/* SPDX-License-Identifier: GPL-3.0-or-later */

/* GSettings ends the process when a schema is missing, as it is for a program that was built but
 * not installed.  So the schema is looked up first, and without it nothing is stored.
 */

#include "config.h"

#include "kit/atelier-settings.h"

static GSettings *
new_for (const char *id)
{
  GSettingsSchemaSource *source = g_settings_schema_source_get_default ();
  g_autoptr (GSettingsSchema) schema =
    source ? g_settings_schema_source_lookup (source, id, TRUE) : NULL;

  return schema ? g_settings_new_full (schema, NULL, NULL) : NULL;
}

GSettings *
atelier_settings_new (void)
{
  return new_for (ATELIER_APP_ID);
}

GSettings *
atelier_settings_new_for_curves (void)
{
  return new_for (ATELIER_APP_ID ".Curves");
}
