/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The pointer is moved by xdotool.  Each step is a process of its own, and the window draws twice
 * before the next step begins. */

#include "pointer.h"

#include "app-window.h"

/* From a widget's coordinates to the display's: the window lies at 0, 0 of its own display, and a
 * popover at its place in that. */
static void
translate_to_display (GtkWidget *widget,
                      double    *x,
                      double    *y)
{
  GtkNative *native = gtk_widget_get_native (widget);
  double surface_x;
  double surface_y;

  gtk_native_get_surface_transform (native, &surface_x, &surface_y);
  gtk_widget_translate_coordinates (widget, GTK_WIDGET (native), *x, *y, x, y);
  *x += surface_x;
  *y += surface_y;
  for (GdkSurface *surface = gtk_native_get_surface (native); GDK_IS_POPUP (surface);
       surface = gdk_popup_get_parent (GDK_POPUP (surface)))
    {
      *x += gdk_popup_get_position_x (GDK_POPUP (surface));
      *y += gdk_popup_get_position_y (GDK_POPUP (surface));
    }
}

char *
pointer_format_place (GtkWidget *widget,
                      double     x,
                      double     y)
{
  translate_to_display (widget, &x, &y);

  return g_strdup_printf ("mousemove --sync %.0f %.0f", x, y);
}

/* xdotool waits for the pointer to move, many seconds where it is at the place already.  So it is
 * put beside the place first. */
void
pointer_put (GtkWidget *widget,
             double     x,
             double     y)
{
  g_autofree char *commands = NULL;

  translate_to_display (widget, &x, &y);
  commands = g_strdup_printf ("mousemove %.0f %.0f mousemove --sync %.0f %.0f", x + 2.0, y, x, y);
  pointer_do (widget, commands);
}

static void
on_pointer_done_cb (GObject      *source,
                    GAsyncResult *result,
                    gpointer      data)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (g_subprocess_wait_check_finish (G_SUBPROCESS (source), result, &error));
  g_assert_no_error (error);
  *(gboolean *) data = TRUE;
}

void
pointer_do (GtkWidget  *widget,
            const char *commands)
{
  g_autofree char *line = g_strdup_printf ("xdotool %s", commands);
  g_auto (GStrv) arguments = g_strsplit (line, " ", -1);
  g_autoptr (GSubprocess) process = NULL;
  g_autoptr (GError) error = NULL;
  gboolean is_done_pointing = FALSE;

  process = g_subprocess_newv ((const char * const *) arguments, G_SUBPROCESS_FLAGS_NONE, &error);
  g_assert_no_error (error);
  g_subprocess_wait_check_async (process, NULL, on_pointer_done_cb, &is_done_pointing);
  app_wait_until (is_done_pointing);
  app_wait_for_frame (widget);
  app_wait_for_frame (widget);
}

gboolean
pointer_can_be_moved (void)
{
  g_autofree char *program = g_find_program_in_path ("xdotool");

  /* A person's own pointer is left alone. */
  if (!g_getenv ("ATELIER_TEST_DISPLAY"))
    g_test_skip ("the display is not the test's own");
  else if (!program)
    g_test_skip ("xdotool is not installed");
  else
    return TRUE;
  return FALSE;
}
