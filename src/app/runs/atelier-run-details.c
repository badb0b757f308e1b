/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Main thread. */

#include "config.h"

#include "runs/atelier-run-details.h"

#include <string.h>

/* As in the core: names are at most 256 bytes. */
#define MAX_LENGTH 200

struct _AtelierRunDetails
{
  GtkPopover         parent_instance;

  /* Owned */
  AtelierLibrary    *library;
  AtelierLibraryRun *run;

  /* Template children */
  GtkEditable       *name_entry;
  GtkEditable       *note_entry;
};

G_DEFINE_FINAL_TYPE (AtelierRunDetails, atelier_run_details, GTK_TYPE_POPOVER)

static void
on_activate_cb (AtelierRunDetails *self)
{
  const AtelierLibraryRunValues *values = atelier_library_run_get_values (self->run);
  g_autofree char *name = g_strdup (gtk_editable_get_text (self->name_entry));
  const char *note = gtk_editable_get_text (self->note_entry);

  g_strstrip (name);
  if (*name != '\0' && !g_str_equal (name, values->name))
    atelier_library_set_name (self->library, values->id, name);
  if (!g_str_equal (note, values->note))
    atelier_library_set_note (self->library, values->id, note);
  gtk_popover_popdown (GTK_POPOVER (self));
}

static void
atelier_run_details_dispose (GObject *object)
{
  AtelierRunDetails *self = ATELIER_RUN_DETAILS (object);

  g_clear_object (&self->library);
  g_clear_object (&self->run);

  G_OBJECT_CLASS (atelier_run_details_parent_class)->dispose (object);
}

static void
atelier_run_details_class_init (AtelierRunDetailsClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = atelier_run_details_dispose;

  gtk_widget_class_set_template_from_resource (
    widget_class, "/io/github/atelier_nn/Atelier/runs/atelier-run-details.ui");
  gtk_widget_class_bind_template_child (widget_class, AtelierRunDetails, name_entry);
  gtk_widget_class_bind_template_child (widget_class, AtelierRunDetails, note_entry);
  gtk_widget_class_bind_template_callback (widget_class, on_activate_cb);
}

static void
atelier_run_details_init (AtelierRunDetails *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_entry_set_max_length (GTK_ENTRY (self->name_entry), MAX_LENGTH);
}

GtkWidget *
atelier_run_details_new (GtkWidget *parent)
{
  GtkWidget *self = g_object_new (ATELIER_TYPE_RUN_DETAILS, NULL);

  gtk_widget_set_parent (self, parent);
  return self;
}

void
atelier_run_details_open (AtelierRunDetails  *self,
                          const GdkRectangle *place,
                          AtelierLibrary     *library,
                          AtelierLibraryRun  *run)
{
  const AtelierLibraryRunValues *values;

  g_return_if_fail (ATELIER_IS_RUN_DETAILS (self));

  values = atelier_library_run_get_values (run);
  g_set_object (&self->library, library);
  g_set_object (&self->run, run);
  gtk_editable_set_text (self->name_entry, values->name);
  gtk_editable_set_text (self->note_entry, values->note);
  gtk_popover_set_pointing_to (GTK_POPOVER (self), place);
  gtk_popover_popup (GTK_POPOVER (self));
  gtk_widget_grab_focus (GTK_WIDGET (self->name_entry));
}
