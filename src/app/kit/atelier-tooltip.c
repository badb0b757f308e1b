/* SPDX-License-Identifier: GPL-3.0-or-later */

/* gtk_widget_set_tooltip_text() asks the display server where the pointer is, and waits for the
 * answer, in case the tooltip is on the screen.  For a hundred widgets that is several milliseconds
 * of the main thread, and as long again until the answers come.  So the text is kept here, and GTK
 * asks for it when it shows the tooltip.  Main thread.
 */

#include "config.h"

#include "kit/atelier-tooltip.h"

static GQuark
get_quark (void)
{
  return g_quark_from_static_string ("atelier-tooltip");
}

static gboolean
on_query_tooltip_cb (GtkWidget  *widget,
                     int         x,
                     int         y,
                     gboolean    is_keyboard,
                     GtkTooltip *tooltip)
{
  const char *text = atelier_tooltip_get_text (widget);

  gtk_tooltip_set_text (tooltip, text);

  return text != NULL;
}

void
atelier_tooltip_set_text (GtkWidget  *widget,
                          const char *text)
{
  g_return_if_fail (GTK_IS_WIDGET (widget));

  if (g_strcmp0 (atelier_tooltip_get_text (widget), text) == 0)
    return;

  if (!gtk_widget_get_has_tooltip (widget))
    {
      g_signal_connect (widget, "query-tooltip", G_CALLBACK (on_query_tooltip_cb), NULL);
      gtk_widget_set_has_tooltip (widget, TRUE);
    }
  g_object_set_qdata_full (G_OBJECT (widget), get_quark (), g_strdup (text), g_free);
}

const char *
atelier_tooltip_get_text (GtkWidget *widget)
{
  g_return_val_if_fail (GTK_IS_WIDGET (widget), NULL);

  return g_object_get_qdata (G_OBJECT (widget), get_quark ());
}
