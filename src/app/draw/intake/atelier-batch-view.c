/* SPDX-License-Identifier: GPL-3.0-or-later */

/* GTK recycles rows: a row listens to "changed" of the item that it is bound to.
 */

#include "config.h"

#include "draw/intake/atelier-batch-view.h"

#include <glib/gi18n.h>

#include "draw/stages/atelier-stage-view.h"

#define THUMBNAIL_SIZE 42

struct _AtelierBatchView
{
  GtkWidget parent_instance;

  /* Owned */
  AtelierPictureBatch *batch;

  /* Template children */
  GtkLabel           *title_label;
  GtkListView        *list_view;
  GtkNoSelection     *selection;
};

G_DEFINE_FINAL_TYPE (AtelierBatchView, atelier_batch_view, GTK_TYPE_WIDGET)

enum
{
  SIGNAL_OPEN,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

/* The widgets of a row, from left to right. */
typedef struct
{
  AtelierStageView *thumbnail;
  GtkLabel         *name;
  GtkLabel         *answer;
  GtkLabel         *score;
} Row;

static GtkLabel *
append_label (GtkWidget  *box,
              const char *css_class)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (label), 0.0f);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_widget_add_css_class (label, css_class);
  gtk_box_append (GTK_BOX (box), label);
  return GTK_LABEL (label);
}

static void
on_setup_cb (GtkSignalListItemFactory *factory,
             GtkListItem              *list_item)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 10);
  GtkWidget *words = gtk_box_new (GTK_ORIENTATION_VERTICAL, 2);
  Row *row = g_new0 (Row, 1);

  row->thumbnail = g_object_new (ATELIER_TYPE_STAGE_VIEW, "size", THUMBNAIL_SIZE, NULL);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (row->thumbnail));
  gtk_widget_set_hexpand (words, TRUE);
  gtk_widget_set_valign (words, GTK_ALIGN_CENTER);
  gtk_box_append (GTK_BOX (box), words);
  row->name = append_label (words, "caption");
  row->answer = append_label (words, "heading");
  row->score = append_label (box, "numeric");
  gtk_label_set_ellipsize (row->score, PANGO_ELLIPSIZE_NONE);
  g_object_set_data_full (G_OBJECT (list_item), "row", row, g_free);
  gtk_list_item_set_child (list_item, box);
}

static void
show_item (GtkListItem      *list_item,
           AtelierBatchItem *item)
{
  Row *row = g_object_get_data (G_OBJECT (list_item), "row");
  const char *error = atelier_batch_item_get_error (item);
  AtelierStagePicture picture = { .n_channels = 1 };
  g_autofree char *score_text = NULL;
  const char *answer;
  double score;

  picture.pixels = (guint8 *) atelier_batch_item_get_pixels (item, &picture.width,
                                                             &picture.height);
  atelier_stage_view_set_picture (row->thumbnail, picture.pixels ? &picture : NULL);
  gtk_label_set_label (row->name, atelier_batch_item_get_name (item));
  gtk_widget_set_tooltip_text (gtk_list_item_get_child (list_item),
                               error ? error : atelier_batch_item_get_name (item));
  answer = atelier_batch_item_get_answer (item, &score);
  score_text = answer ? g_strdup_printf ("%.3f", score) : g_strdup ("");
  gtk_label_set_label (row->score, score_text);
  if (error)
    gtk_label_set_label (row->answer, error);
  else if (answer)
    gtk_label_set_label (row->answer, answer);
  else
    gtk_label_set_label (row->answer, picture.pixels ? _("No answer") : "…");
  /* An error message may need several lines; an answer is one word. */
  gtk_label_set_wrap (row->answer, error != NULL);
  gtk_label_set_ellipsize (row->answer, error ? PANGO_ELLIPSIZE_NONE : PANGO_ELLIPSIZE_END);
  if (error)
    {
      gtk_widget_remove_css_class (GTK_WIDGET (row->answer), "heading");
      gtk_widget_add_css_class (GTK_WIDGET (row->answer), "caption");
      gtk_widget_add_css_class (GTK_WIDGET (row->answer), "error");
    }
  else
    {
      gtk_widget_add_css_class (GTK_WIDGET (row->answer), "heading");
      gtk_widget_remove_css_class (GTK_WIDGET (row->answer), "caption");
      gtk_widget_remove_css_class (GTK_WIDGET (row->answer), "error");
    }
}

static void
on_bind_cb (GtkSignalListItemFactory *factory,
            GtkListItem              *list_item)
{
  AtelierBatchItem *item = gtk_list_item_get_item (list_item);

  show_item (list_item, item);
  g_signal_connect_object (item, "changed", G_CALLBACK (show_item), list_item, G_CONNECT_SWAPPED);
}

static void
on_unbind_cb (GtkSignalListItemFactory *factory,
              GtkListItem              *list_item)
{
  g_signal_handlers_disconnect_by_func (gtk_list_item_get_item (list_item), show_item, list_item);
}

/* A picture with an error is not opened: it would fail again. */
static void
on_activate_cb (AtelierBatchView *self,
                guint             position)
{
  g_autoptr (AtelierBatchItem) item =
    g_list_model_get_item (atelier_picture_batch_get_items (self->batch), position);

  if (item && !atelier_batch_item_get_error (item))
    g_signal_emit (self, signals[SIGNAL_OPEN], 0, item);
}

static void
on_batch_changed_cb (AtelierBatchView *self)
{
  guint n_items = g_list_model_get_n_items (atelier_picture_batch_get_items (self->batch));
  guint n_pending = atelier_picture_batch_get_n_pending (self->batch);
  g_autofree char *title = NULL;
  g_autofree char *pending = NULL;

  title = g_strdup_printf (ngettext ("%u picture", "%u pictures", n_items), n_items);
  if (n_pending > 0)
    /* Translators: how many pictures are not read yet; comes after "12 pictures". */
    pending = g_strdup_printf (ngettext (", %u to go", ", %u to go", n_pending), n_pending);
  if (pending)
    {
      g_autofree char *both = g_strconcat (title, pending, NULL);

      gtk_label_set_label (self->title_label, both);
      return;
    }
  gtk_label_set_label (self->title_label, title);
}

static void
atelier_batch_view_dispose (GObject *object)
{
  AtelierBatchView *self = ATELIER_BATCH_VIEW (object);
  GtkWidget *child;

  if (self->batch)
    g_signal_handlers_disconnect_by_data (self->batch, self);
  if (self->batch)
    g_object_run_dispose (G_OBJECT (self->batch));
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self))))
    gtk_widget_unparent (child);
  gtk_widget_dispose_template (GTK_WIDGET (self), ATELIER_TYPE_BATCH_VIEW);
  g_clear_object (&self->batch);
  G_OBJECT_CLASS (atelier_batch_view_parent_class)->dispose (object);
}

static void
atelier_batch_view_class_init (AtelierBatchViewClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = atelier_batch_view_dispose;

  signals[SIGNAL_OPEN] = g_signal_new ("open", ATELIER_TYPE_BATCH_VIEW, G_SIGNAL_RUN_LAST, 0, NULL,
                                       NULL, NULL, G_TYPE_NONE, 1, ATELIER_TYPE_BATCH_ITEM);

  g_type_ensure (ATELIER_TYPE_STAGE_VIEW);
  gtk_widget_class_set_css_name (widget_class, "batchview");
  gtk_widget_class_set_template_from_resource (
    widget_class, "/io/github/atelier_nn/Atelier/draw/intake/atelier-batch-view.ui");
  gtk_widget_class_bind_template_child (widget_class, AtelierBatchView, title_label);
  gtk_widget_class_bind_template_child (widget_class, AtelierBatchView, list_view);
  gtk_widget_class_bind_template_child (widget_class, AtelierBatchView, selection);
  gtk_widget_class_bind_template_callback (widget_class, on_setup_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_bind_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_unbind_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_activate_cb);
}

static void
atelier_batch_view_init (AtelierBatchView *self)
{
  self->batch = atelier_picture_batch_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_no_selection_set_model (self->selection, atelier_picture_batch_get_items (self->batch));
  g_signal_connect_swapped (self->batch, "changed", G_CALLBACK (on_batch_changed_cb), self);
}

AtelierPictureBatch *
atelier_batch_view_get_batch (AtelierBatchView *self)
{
  g_return_val_if_fail (ATELIER_IS_BATCH_VIEW (self), NULL);

  return self->batch;
}
