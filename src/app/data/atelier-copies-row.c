/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A group of copies, and its row in the list: the picture (once, since all are equal), its labels,
 * and where the copies are.  A row is reused for other groups while the list scrolls, so one
 * function sets everything that it shows.  Main thread.
 */

#include "config.h"

#include "data/atelier-copies-row.h"

#include <glib/gi18n.h>

#include "base/atelier-format.h"
#include "kit/atelier-pixels.h"

struct _AtelierCopyGroup
{
  GObject              parent_instance;

  guint                i_group;

  /* Owned */
  AtelierDataOverview *overview;
};

G_DEFINE_FINAL_TYPE (AtelierCopyGroup, atelier_copy_group, G_TYPE_OBJECT)

static void
atelier_copy_group_finalize (GObject *object)
{
  g_clear_pointer (&ATELIER_COPY_GROUP (object)->overview, atelier_data_overview_unref);

  G_OBJECT_CLASS (atelier_copy_group_parent_class)->finalize (object);
}

static void
atelier_copy_group_class_init (AtelierCopyGroupClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = atelier_copy_group_finalize;
}

static void
atelier_copy_group_init (AtelierCopyGroup *self)
{
}

AtelierCopyGroup *
atelier_copy_group_new (AtelierDataOverview *overview,
                        guint                i_group)
{
  AtelierCopyGroup *self = g_object_new (ATELIER_TYPE_COPY_GROUP, NULL);

  self->overview = atelier_data_overview_ref (overview);
  self->i_group = i_group;

  return self;
}

AtelierSplits *
atelier_copy_group_get_splits (AtelierCopyGroup *self)
{
  g_return_val_if_fail (ATELIER_IS_COPY_GROUP (self), NULL);

  return atelier_data_overview_get_splits (self->overview);
}

const AtelierDataPicture *
atelier_copy_group_get_pictures (AtelierCopyGroup *self,
                                 guint            *n_pictures)
{
  g_return_val_if_fail (ATELIER_IS_COPY_GROUP (self), NULL);

  return atelier_data_overview_get_group (self->overview, self->i_group, n_pictures);
}

char *
atelier_copy_group_dup_title (AtelierCopyGroup *self)
{
  const char * const *names;
  const AtelierDataPicture *pictures;
  GString *title;
  guint n = 0;

  g_return_val_if_fail (ATELIER_IS_COPY_GROUP (self), NULL);

  names = atelier_dataset_get_class_names (atelier_data_overview_get_dataset (self->overview));
  pictures = atelier_copy_group_get_pictures (self, &n);
  title = g_string_new (NULL);
  for (guint label = 0; names[label]; label++)
    {
      gboolean has_label = FALSE;

      for (guint i = 0; i < n && !has_label; i++)
        has_label = pictures[i].label == label;
      if (has_label && title->len > 0)
        g_string_append (title, ", ");
      if (has_label)
        g_string_append (title, atelier_class_name_translate (names[label]));
    }

  return g_string_free (title, FALSE);
}

char *
atelier_copy_group_dup_places (AtelierCopyGroup *self)
{
  const AtelierDataPicture *pictures;
  guint counts[ATELIER_N_SPLITS] = { 0 };
  GString *places;
  guint n = 0;

  g_return_val_if_fail (ATELIER_IS_COPY_GROUP (self), NULL);

  pictures = atelier_copy_group_get_pictures (self, &n);
  for (guint i = 0; i < n; i++)
    counts[pictures[i].split]++;

  places = g_string_new (NULL);
  for (guint split = 0; split < ATELIER_N_SPLITS; split++)
    {
      g_autofree char *count = atelier_format_count (counts[split]);

      if (counts[split] == 0)
        continue;
      if (places->len > 0)
        g_string_append (places, " · ");
      g_string_append_printf (places, "%s %s", atelier_split_get_name (split), count);
    }

  return g_string_free (places, FALSE);
}

struct _AtelierCopiesRow
{
  GtkWidget      parent_instance;

  /* Template children */
  AtelierPixels *pixels;
  GtkLabel      *title_label;
  GtkLabel      *places_label;
  GtkWidget     *warning_image;
};

G_DEFINE_FINAL_TYPE (AtelierCopiesRow, atelier_copies_row, GTK_TYPE_WIDGET)

static void
atelier_copies_row_dispose (GObject *object)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (object))))
    gtk_widget_unparent (child);
  gtk_widget_dispose_template (GTK_WIDGET (object), ATELIER_TYPE_COPIES_ROW);

  G_OBJECT_CLASS (atelier_copies_row_parent_class)->dispose (object);
}

static void
atelier_copies_row_class_init (AtelierCopiesRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = atelier_copies_row_dispose;

  g_type_ensure (ATELIER_TYPE_PIXELS);
  gtk_widget_class_set_template_from_resource (
    widget_class, "/io/github/atelier_nn/Atelier/data/atelier-copies-row.ui");
  gtk_widget_class_bind_template_child (widget_class, AtelierCopiesRow, pixels);
  gtk_widget_class_bind_template_child (widget_class, AtelierCopiesRow, title_label);
  gtk_widget_class_bind_template_child (widget_class, AtelierCopiesRow, places_label);
  gtk_widget_class_bind_template_child (widget_class, AtelierCopiesRow, warning_image);
  gtk_widget_class_set_css_name (widget_class, "copiesrow");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
}

static void
atelier_copies_row_init (AtelierCopiesRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

void
atelier_copies_row_set_group (AtelierCopiesRow *self,
                              AtelierCopyGroup *group)
{
  const AtelierDataPicture *pictures;
  g_autofree char *title = atelier_copy_group_dup_title (group);
  g_autofree char *places = atelier_copy_group_dup_places (group);
  /* Translators: a group of copies: its labels, and where they are: "Shirt, Coat: Training 2". */
  g_autofree char *words = g_strdup_printf (_("%s: %s"), title, places);
  guint n = 0;

  g_return_if_fail (ATELIER_IS_COPIES_ROW (self));

  pictures = atelier_copy_group_get_pictures (group, &n);
  atelier_pixels_set_picture (self->pixels, atelier_data_overview_get_dataset (group->overview),
                              pictures[0].picture);
  gtk_label_set_label (self->title_label, title);
  gtk_label_set_label (self->places_label, places);
  gtk_widget_set_visible (self->warning_image,
                          atelier_data_overview_has_labels (group->overview, group->i_group));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, words, -1);
}
