/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Rows are created when the classes change; drawing a stroke only sets their scores.  A GtkListView
 * was rejected: ten rows need no recycling, and it would need an object for each score.
 */

#include "config.h"

#include "kit/atelier-score-bars.h"

#include <math.h>

#include "data/atelier-dataset.h"
#include "kit/atelier-score-row.h"

/* Less is shown as 0.000. */
#define LEAST_SPOKEN 0.0005

struct _AtelierScoreBars
{
  GtkWidget parent_instance;

  /* Owned */
  GStrv      class_names; /* nullable */
  GPtrArray *rows;        /* of AtelierScoreRow, which the widget owns */

  /* Template children */
  GtkSizeGroup *name_group;
  GtkSizeGroup *value_group;

  int i_best;
};

G_DEFINE_FINAL_TYPE (AtelierScoreBars, atelier_score_bars, GTK_TYPE_WIDGET)

static void
remove_rows (AtelierScoreBars *self)
{
  for (guint i = 0; i < self->rows->len; i++)
    gtk_widget_unparent (g_ptr_array_index (self->rows, i));
  g_ptr_array_set_size (self->rows, 0);
  self->i_best = -1;
}

static void
atelier_score_bars_dispose (GObject *object)
{
  AtelierScoreBars *self = ATELIER_SCORE_BARS (object);

  remove_rows (self);
  gtk_widget_dispose_template (GTK_WIDGET (self), ATELIER_TYPE_SCORE_BARS);
  G_OBJECT_CLASS (atelier_score_bars_parent_class)->dispose (object);
}

static void
atelier_score_bars_finalize (GObject *object)
{
  AtelierScoreBars *self = ATELIER_SCORE_BARS (object);

  g_strfreev (self->class_names);
  g_ptr_array_unref (self->rows);
  G_OBJECT_CLASS (atelier_score_bars_parent_class)->finalize (object);
}

static void
atelier_score_bars_class_init (AtelierScoreBarsClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = atelier_score_bars_dispose;
  object_class->finalize = atelier_score_bars_finalize;

  gtk_widget_class_set_css_name (widget_class, "scorebars");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_LIST);
  gtk_widget_class_set_template_from_resource (
    widget_class, "/io/github/atelier_nn/Atelier/kit/atelier-score-bars.ui");
  gtk_widget_class_bind_template_child (widget_class, AtelierScoreBars, name_group);
  gtk_widget_class_bind_template_child (widget_class, AtelierScoreBars, value_group);
}

static void
atelier_score_bars_init (AtelierScoreBars *self)
{
  self->rows = g_ptr_array_new ();
  self->i_best = -1;
  gtk_widget_init_template (GTK_WIDGET (self));
}

void
atelier_score_bars_set_class_names (AtelierScoreBars   *self,
                                    const char * const *class_names)
{
  g_return_if_fail (ATELIER_IS_SCORE_BARS (self));
  g_return_if_fail (class_names != NULL);

  if (self->class_names && g_strv_equal ((const char * const *) self->class_names, class_names))
    return;
  remove_rows (self);
  g_strfreev (self->class_names);
  self->class_names = g_strdupv ((char **) class_names);
  for (guint i = 0; class_names[i]; i++)
    {
      GtkWidget *row = atelier_score_row_new (atelier_class_name_translate (class_names[i]),
                                              self->name_group, self->value_group);

      gtk_widget_set_parent (row, GTK_WIDGET (self));
      g_ptr_array_add (self->rows, row);
    }
}

void
atelier_score_bars_set_scores (AtelierScoreBars *self,
                               const float      *scores)
{
  g_return_if_fail (ATELIER_IS_SCORE_BARS (self));

  self->i_best = scores && self->rows->len > 0 ? 0 : -1;
  for (guint i = 1; scores && i < self->rows->len; i++)
    if (scores[i] > scores[self->i_best])
      self->i_best = (int) i;
  for (guint i = 0; i < self->rows->len; i++)
    atelier_score_row_set_score (g_ptr_array_index (self->rows, i),
                                 scores ? (double) scores[i] : NAN, (int) i == self->i_best);
}

guint
atelier_score_bars_get_n_classes (AtelierScoreBars *self)
{
  g_return_val_if_fail (ATELIER_IS_SCORE_BARS (self), 0);

  return self->rows->len;
}

double
atelier_score_bars_get_score (AtelierScoreBars *self,
                              guint             i_class)
{
  g_return_val_if_fail (ATELIER_IS_SCORE_BARS (self), NAN);
  g_return_val_if_fail (i_class < self->rows->len, NAN);

  return atelier_score_row_get_score (g_ptr_array_index (self->rows, i_class));
}

int
atelier_score_bars_get_best (AtelierScoreBars *self)
{
  g_return_val_if_fail (ATELIER_IS_SCORE_BARS (self), -1);

  return self->i_best;
}

static int
compare_scores (gconstpointer a,
                gconstpointer b)
{
  double score_a = atelier_score_row_get_score (*(AtelierScoreRow *const *) a);
  double score_b = atelier_score_row_get_score (*(AtelierScoreRow *const *) b);

  return (score_a < score_b) - (score_a > score_b);
}

char *
atelier_score_bars_describe_others (AtelierScoreBars *self)
{
  g_autoptr (GPtrArray) rows = NULL;
  g_autoptr (GStrvBuilder) texts = g_strv_builder_new ();
  g_auto (GStrv) all = NULL;

  g_return_val_if_fail (ATELIER_IS_SCORE_BARS (self), NULL);

  if (self->i_best < 0)
    return NULL;
  rows = g_ptr_array_copy (self->rows, NULL, NULL);
  g_ptr_array_remove_index (rows, (guint) self->i_best);
  g_ptr_array_sort (rows, compare_scores);
  for (guint i = 0; i < rows->len; i++)
    if (atelier_score_row_get_score (g_ptr_array_index (rows, i)) >= LEAST_SPOKEN)
      g_strv_builder_add (texts, atelier_score_row_get_words (g_ptr_array_index (rows, i)));
  all = g_strv_builder_end (texts);

  return *all ? g_strjoinv (", ", all) : NULL;
}
