/* SPDX-License-Identifier: GPL-3.0-or-later */

/* GSettings ends the process where a schema is missing, which it is for a program that was built
 * and not installed.  Such a program works and forgets.  Main thread.
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
