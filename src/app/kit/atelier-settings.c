/* SPDX-License-Identifier: GPL-3.0-or-later */

/* GSettings ends the process when a schema is missing, as it is for a program that was built but
 * not installed.  So the schema is looked up first, and without it nothing is stored.
 */

#include "config.h"

#include "kit/atelier-settings.h"

GSettings *
atelier_settings_new_for_curves (void)
{
  GSettingsSchemaSource *source = g_settings_schema_source_get_default ();
  g_autoptr (GSettingsSchema) schema =
    source ? g_settings_schema_source_lookup (source, ATELIER_APP_ID ".Curves", TRUE) : NULL;

  return schema ? g_settings_new_full (schema, NULL, NULL) : NULL;
}
