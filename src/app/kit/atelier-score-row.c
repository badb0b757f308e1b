/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A GtkLevelBar draws the bar, so that it follows the theme and high contrast.  Its offsets for low
 * and high levels are removed, because they would colour a low score as a warning.
 */

#include "config.h"

#include "kit/atelier-score-row.h"

#include <glib/gi18n.h>
#include <math.h>

struct _AtelierScoreRow
{
  GtkWidget parent_instance;

  /* Template children */
  GtkLabel    *name_label;
  GtkLevelBar *bar;
  GtkLabel    *value_label;

  /* Owned */
  char *words; /* that a screen reader says */

  double   score;
  gboolean is_best;
};

G_DEFINE_FINAL_TYPE (AtelierScoreRow, atelier_score_row, GTK_TYPE_WIDGET)

static void
show_score (AtelierScoreRow *self)
{
  const char *name = gtk_label_get_label (self->name_label);
  gboolean has_score = !isnan (self->score);
  g_autofree char *value = has_score ? g_strdup_printf ("%.3f", self->score) : g_strdup ("–");

  g_free (self->words);
  /* Translators: a class and its score, as in "Bag: 0.978". */
  self->words = has_score ? g_strdup_printf (_("%s: %s"), name, value) : g_strdup (name);
  gtk_level_bar_set_value (self->bar, has_score ? CLAMP (self->score, 0.0, 1.0) : 0.0);
  gtk_label_set_label (self->value_label, value);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, self->words,
                                  -1);
}

static void
atelier_score_row_dispose (GObject *object)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (object))))
    gtk_widget_unparent (child);
  gtk_widget_dispose_template (GTK_WIDGET (object), ATELIER_TYPE_SCORE_ROW);
  G_OBJECT_CLASS (atelier_score_row_parent_class)->dispose (object);
}

static void
atelier_score_row_finalize (GObject *object)
{
  g_free (ATELIER_SCORE_ROW (object)->words);

  G_OBJECT_CLASS (atelier_score_row_parent_class)->finalize (object);
}

static void
atelier_score_row_class_init (AtelierScoreRowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = atelier_score_row_dispose;
  object_class->finalize = atelier_score_row_finalize;

  gtk_widget_class_set_css_name (widget_class, "scorerow");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_LIST_ITEM);
  gtk_widget_class_set_template_from_resource (
    widget_class, "/io/github/atelier_nn/Atelier/kit/atelier-score-row.ui");
  gtk_widget_class_bind_template_child (widget_class, AtelierScoreRow, name_label);
  gtk_widget_class_bind_template_child (widget_class, AtelierScoreRow, bar);
  gtk_widget_class_bind_template_child (widget_class, AtelierScoreRow, value_label);
}

static void
atelier_score_row_init (AtelierScoreRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_level_bar_remove_offset_value (self->bar, GTK_LEVEL_BAR_OFFSET_LOW);
  gtk_level_bar_remove_offset_value (self->bar, GTK_LEVEL_BAR_OFFSET_HIGH);
  gtk_level_bar_remove_offset_value (self->bar, GTK_LEVEL_BAR_OFFSET_FULL);
  self->score = NAN;
}

GtkWidget *
atelier_score_row_new (const char   *name,
                       GtkSizeGroup *name_group,
                       GtkSizeGroup *value_group)
{
  AtelierScoreRow *self = g_object_new (ATELIER_TYPE_SCORE_ROW, NULL);

  gtk_label_set_label (self->name_label, name);
  gtk_size_group_add_widget (name_group, GTK_WIDGET (self->name_label));
  gtk_size_group_add_widget (value_group, GTK_WIDGET (self->value_label));
  show_score (self);
  return GTK_WIDGET (self);
}

const char *
atelier_score_row_get_name (AtelierScoreRow *self)
{
  g_return_val_if_fail (ATELIER_IS_SCORE_ROW (self), NULL);

  return gtk_label_get_label (self->name_label);
}

const char *
atelier_score_row_get_words (AtelierScoreRow *self)
{
  g_return_val_if_fail (ATELIER_IS_SCORE_ROW (self), NULL);

  return self->words;
}

double
atelier_score_row_get_score (AtelierScoreRow *self)
{
  g_return_val_if_fail (ATELIER_IS_SCORE_ROW (self), NAN);

  return self->score;
}

void
atelier_score_row_set_score (AtelierScoreRow *self,
                             double           score,
                             gboolean         is_best)
{
  g_return_if_fail (ATELIER_IS_SCORE_ROW (self));

  if (self->is_best != is_best)
    {
      self->is_best = is_best;
      if (is_best)
        gtk_widget_add_css_class (GTK_WIDGET (self), "best");
      else
        gtk_widget_remove_css_class (GTK_WIDGET (self), "best");
    }
  if (self->score == score || (isnan (self->score) && isnan (score)))
    return;
  self->score = score;
  show_score (self);
}
