/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The predictions that are compared are those of each run's best epoch, whose accuracies stand in
 * the table of runs.  Main thread. */

#include "config.h"

#include "runs/atelier-compare-page.h"

#include <glib/gi18n.h>
#include <math.h>

#include "base/atelier-format.h"
#include "kit/atelier-cards-layout.h"
#include "runs/atelier-change-grid.h"
#include "runs/atelier-difference-bar.h"
#include "runs/atelier-pair-tile.h"

struct _AtelierComparePage
{
  GtkWidget             parent_instance;

  AtelierPair           pair;      /* whose pictures are shown; or a cell's: */
  gboolean              is_cell;
  guint                 truth;
  guint                 prediction;

  /* Owned */
  AtelierDataset       *dataset;   /* nullable */
  AtelierRunRecord     *records[2]; /* NULL until they are read */
  char                 *names[2];
  GCancellable         *cancellable;
  AtelierComparison    *comparison; /* nullable */
  char                **class_names;
  char                 *subtitle;

  /* Template children */
  GtkWidget            *main_box;
  GtkStack             *stack;
  GtkLabel             *problem_label;
  GtkLabel             *first_label;
  GtkLabel             *second_label;
  GtkLabel             *verdict_label;
  GtkLabel             *limits_label;
  GtkLabel             *left_out_label;
  GtkToggleButton      *pair_buttons[ATELIER_N_PAIRS];
  GtkLabel             *pair_labels[ATELIER_N_PAIRS];
  AtelierDifferenceBar *difference_bar;
  AtelierChangeGrid    *change_grid;
  GtkLabel             *pictures_title;
  GtkLabel             *pictures_label;
  GtkGridView          *grid_view;
};

G_DEFINE_FINAL_TYPE (AtelierComparePage, atelier_compare_page, GTK_TYPE_WIDGET)

enum
{
  PROP_SUBTITLE = 1,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

/* ---- Pictures ---- */

static gboolean
has_pictures (AtelierComparePage *self)
{
  return self->dataset && self->records[0]
         && g_str_equal (atelier_dataset_get_sha256 (self->dataset),
                         atelier_run_record_get_dataset_sha256 (self->records[0]));
}

static void
on_tile_setup_cb (GtkSignalListItemFactory *factory,
                  GtkListItem              *list_item,
                  gpointer                  user_data)
{
  gtk_list_item_set_child (list_item, atelier_pair_tile_new ());
}

static void
on_tile_bind_cb (GtkSignalListItemFactory *factory,
                 GtkListItem              *list_item,
                 AtelierComparePage       *self)
{
  atelier_pair_tile_show (ATELIER_PAIR_TILE (gtk_list_item_get_child (list_item)),
                          self->comparison, gtk_list_item_get_item (list_item),
                          has_pictures (self) ? self->dataset : NULL,
                          (const char * const *) self->class_names);
}

static void
show_list (AtelierComparePage *self,
           const char         *title,
           GListModel         *list) /* Taken */
{
  const guint n = g_list_model_get_n_items (list);
  g_autofree char *count = atelier_format_count (n);
  g_autofree char *total = atelier_format_count (atelier_comparison_get_n (self->comparison));
  /* Translators: two numbers of pictures */
  g_autofree char *words = g_strdup_printf (_("%s of %s validation pictures"), count, total);
  g_autoptr (GtkSelectionModel) selection = GTK_SELECTION_MODEL (gtk_no_selection_new (list));

  gtk_label_set_label (self->pictures_title, title);
  gtk_label_set_label (self->pictures_label, words);
  gtk_grid_view_set_model (self->grid_view, selection);
}

static const char *
get_pair_title (AtelierPair pair)
{
  static const char * const titles[ATELIER_N_PAIRS] = {
    [ATELIER_PAIR_BOTH_RIGHT] = N_("Both Right"),
    [ATELIER_PAIR_ONLY_FIRST] = N_("Only A Right"),
    [ATELIER_PAIR_ONLY_SECOND] = N_("Only B Right"),
    [ATELIER_PAIR_BOTH_WRONG] = N_("Both Wrong"),
  };

  return _(titles[pair]);
}

static void
show_pictures (AtelierComparePage *self)
{
  if (!self->comparison)
    return;
  if (self->is_cell)
    {
      g_autofree char *title = g_strdup_printf (
        _("%s Called %s by One of Them"),
        atelier_class_name_translate (self->class_names[self->truth]),
        atelier_class_name_translate (self->class_names[self->prediction]));

      show_list (self, title,
                 atelier_pair_list_new_of_cell (self->comparison, self->truth, self->prediction));
    }
  else
    show_list (self, get_pair_title (self->pair),
               atelier_pair_list_new (self->comparison, self->pair));
}

static void
on_pair_toggled_cb (AtelierComparePage *self,
                    GtkToggleButton    *button)
{
  if (!gtk_toggle_button_get_active (button))
    return;
  for (guint i = 0; i < ATELIER_N_PAIRS; i++)
    if (self->pair_buttons[i] == button)
      self->pair = i;
  self->is_cell = FALSE;
  show_pictures (self);
}

static void
on_cell_cb (AtelierComparePage *self,
            guint               truth,
            guint               prediction)
{
  for (guint i = 0; i < ATELIER_N_PAIRS; i++)
    gtk_toggle_button_set_active (self->pair_buttons[i], FALSE);
  self->is_cell = TRUE;
  self->truth = truth;
  self->prediction = prediction;
  show_pictures (self);
}

/* ---- What was compared ---- */

static void
take_subtitle (AtelierComparePage *self,
               char               *subtitle) /* Taken */
{
  g_free (self->subtitle);
  self->subtitle = subtitle;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SUBTITLE]);
}

static void
show_words (AtelierComparePage *self)
{
  g_autofree char *n = atelier_format_count (atelier_comparison_get_n (self->comparison));
  g_autofree char *verdict = atelier_comparison_describe (self->comparison, "A", "B");
  g_autofree char *limits = atelier_comparison_describe_limits (self->comparison);
  g_autofree char *left_out = atelier_comparison_describe_left_out (self->comparison);

  gtk_label_set_label (self->verdict_label, verdict);
  gtk_label_set_label (self->limits_label, limits);
  gtk_label_set_label (self->left_out_label, left_out ? left_out : "");
  gtk_widget_set_visible (GTK_WIDGET (self->left_out_label), left_out != NULL);
  /* Translators: the name of a data set, and a number. */
  take_subtitle (self, g_strdup_printf (_("%s, the same %s validation pictures"),
                                        atelier_run_record_get_dataset_name (self->records[0]),
                                        n));
}

static void
show_pairs (AtelierComparePage *self)
{
  const guint n = atelier_comparison_get_n (self->comparison);

  for (guint i = 0; i < ATELIER_N_PAIRS; i++)
    {
      const guint count = atelier_comparison_count (self->comparison, i);
      g_autofree char *figure = atelier_format_count (count);
      g_autofree char *share = atelier_format_percent ((double) count / n, 1);
      g_autofree char *markup
        = g_markup_printf_escaped ("<span size='x-large' weight='bold'>%s</span>\n%s\n"
                                   "<span size='small'>%s</span>",
                                   figure, get_pair_title (i), share);

      gtk_label_set_markup (self->pair_labels[i], markup);
    }
}

static AtelierPredictions *
get_predictions (AtelierRunRecord *record)
{
  AtelierHistory *history = atelier_run_record_get_history (record);
  const int best = atelier_history_get_best (history);

  return best >= 0
         ? atelier_epoch_get_predictions (atelier_history_get_epoch (history, (guint) best))
         : NULL;
}

/* Those of the data set where it is at hand, else numbers. */
static char **
list_class_names (AtelierComparePage *self,
                  guint               n_classes)
{
  char **names = g_new0 (char *, n_classes + 1);

  for (guint i = 0; i < n_classes; i++)
    names[i] = has_pictures (self) && i < atelier_dataset_get_n_classes (self->dataset)
               ? g_strdup (atelier_dataset_get_class_names (self->dataset)[i])
               : g_strdup_printf (_("Class %u"), i + 1);
  return names;
}

static void
show_problem (AtelierComparePage *self,
              const char         *problem)
{
  gtk_label_set_label (self->problem_label, problem);
  gtk_stack_set_visible_child_name (self->stack, "problem");
}

static AtelierComparison *
compare_records (AtelierComparePage  *self,
                 GError             **error)
{
  AtelierPredictions *first = get_predictions (self->records[0]);
  AtelierPredictions *second = get_predictions (self->records[1]);

  if (!g_str_equal (atelier_run_record_get_dataset_sha256 (self->records[0]),
                    atelier_run_record_get_dataset_sha256 (self->records[1])))
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_FAILED,
                   _("One run is of %s, the other of %s: there are no pictures that both were "
                     "judged on."),
                   atelier_run_record_get_dataset_name (self->records[0]),
                   atelier_run_record_get_dataset_name (self->records[1]));
      return NULL;
    }
  if (first && second)
    return atelier_comparison_new (first, second, error);
  g_set_error (error, G_IO_ERROR, G_IO_ERROR_FAILED,
               _("“%s” has no predictions of validation pictures at its best epoch."),
               self->names[first ? 1 : 0]);
  return NULL;
}

static void
show_comparison (AtelierComparePage *self)
{
  g_autoptr (GError) error = NULL;
  double low, high, difference;

  if (!self->records[0] || !self->records[1])
    return;
  g_clear_pointer (&self->comparison, atelier_comparison_unref);
  gtk_grid_view_set_model (self->grid_view, NULL);
  self->comparison = compare_records (self, &error);
  if (!self->comparison)
    {
      show_problem (self, error->message);
      return;
    }
  g_strfreev (self->class_names);
  self->class_names = list_class_names (
    self, atelier_predictions_get_n_classes (atelier_comparison_get_first (self->comparison)));
  difference = atelier_comparison_get_difference (self->comparison, &low, &high);
  atelier_difference_bar_set (self->difference_bar, difference, low, high);
  atelier_change_grid_set_comparison (self->change_grid, self->comparison,
                                      (const char * const *) self->class_names);
  show_words (self);
  show_pairs (self);
  gtk_stack_set_visible_child_name (self->stack, "comparison");
  self->is_cell = FALSE;
  if (gtk_toggle_button_get_active (self->pair_buttons[ATELIER_PAIR_ONLY_SECOND]))
    show_pictures (self);
  else
    gtk_toggle_button_set_active (self->pair_buttons[ATELIER_PAIR_ONLY_SECOND], TRUE);
}

/* ---- Reading ---- */

typedef struct
{
  AtelierComparePage *self; /* Owned */
  GCancellable       *cancellable; /* Owned: of which request */
  guint               i;
} Request;

static void
free_request (Request *request)
{
  g_object_unref (request->self);
  g_object_unref (request->cancellable);
  g_free (request);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Request, free_request)

static void
on_record_cb (GObject      *source,
              GAsyncResult *result,
              gpointer      user_data)
{
  g_autoptr (Request) request = user_data;
  AtelierComparePage *self = request->self;
  g_autoptr (GError) error = NULL;
  g_autoptr (AtelierRunRecord) record
    = atelier_library_load_record_finish (ATELIER_LIBRARY (source), result, &error);

  if (self->cancellable != request->cancellable)
    return;
  if (!record)
    {
      show_problem (self, error->message);
      return;
    }
  g_set_object (&self->records[request->i], record);
  show_comparison (self);
}

static void
show_run (AtelierComparePage *self,
          AtelierRunItem     *item, /* nullable */
          guint               i)
{
  GtkLabel *label = i == 0 ? self->first_label : self->second_label;
  g_autofree char *accuracy
    = item ? atelier_run_item_describe_accuracy (item, NULL) : g_strdup ("");
  g_autofree char *text = NULL;

  g_free (self->names[i]);
  self->names[i] = g_strdup (item ? atelier_run_item_get_values (item)->name : "");
  text = g_strdup_printf ("%s  %s", self->names[i], accuracy);
  gtk_label_set_label (label, text);
}

/* ---- GObject ---- */

static void
atelier_compare_page_get_property (GObject    *object,
                                   guint       property_id,
                                   GValue     *value,
                                   GParamSpec *pspec)
{
  switch (property_id)
    {
    case PROP_SUBTITLE:
      g_value_set_string (value, ATELIER_COMPARE_PAGE (object)->subtitle);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
atelier_compare_page_dispose (GObject *object)
{
  AtelierComparePage *self = ATELIER_COMPARE_PAGE (object);

  if (self->cancellable)
    g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->main_box, gtk_widget_unparent);
  g_clear_object (&self->records[0]);
  g_clear_object (&self->records[1]);
  g_clear_pointer (&self->comparison, atelier_comparison_unref);
  g_clear_pointer (&self->dataset, atelier_dataset_unref);

  G_OBJECT_CLASS (atelier_compare_page_parent_class)->dispose (object);
}

static void
atelier_compare_page_finalize (GObject *object)
{
  AtelierComparePage *self = ATELIER_COMPARE_PAGE (object);

  g_free (self->names[0]);
  g_free (self->names[1]);
  g_strfreev (self->class_names);
  g_free (self->subtitle);

  G_OBJECT_CLASS (atelier_compare_page_parent_class)->finalize (object);
}

static void
bind_pairs (GtkWidgetClass *widget_class)
{
  static const char * const names[ATELIER_N_PAIRS] = { "both_right", "only_first", "only_second",
                                                       "both_wrong" };

  for (guint i = 0; i < ATELIER_N_PAIRS; i++)
    {
      g_autofree char *button = g_strdup_printf ("%s_button", names[i]);
      g_autofree char *label = g_strdup_printf ("%s_label", names[i]);

      gtk_widget_class_bind_template_child_full (
        widget_class, g_intern_string (button), FALSE,
        G_STRUCT_OFFSET (AtelierComparePage, pair_buttons[i]));
      gtk_widget_class_bind_template_child_full (
        widget_class, g_intern_string (label), FALSE,
        G_STRUCT_OFFSET (AtelierComparePage, pair_labels[i]));
    }
}

static void
bind_children (GtkWidgetClass *widget_class)
{
  gtk_widget_class_bind_template_child (widget_class, AtelierComparePage, main_box);
  gtk_widget_class_bind_template_child (widget_class, AtelierComparePage, stack);
  gtk_widget_class_bind_template_child (widget_class, AtelierComparePage, problem_label);
  gtk_widget_class_bind_template_child (widget_class, AtelierComparePage, first_label);
  gtk_widget_class_bind_template_child (widget_class, AtelierComparePage, second_label);
  gtk_widget_class_bind_template_child (widget_class, AtelierComparePage, verdict_label);
  gtk_widget_class_bind_template_child (widget_class, AtelierComparePage, limits_label);
  gtk_widget_class_bind_template_child (widget_class, AtelierComparePage, left_out_label);
  gtk_widget_class_bind_template_child (widget_class, AtelierComparePage, difference_bar);
  gtk_widget_class_bind_template_child (widget_class, AtelierComparePage, change_grid);
  gtk_widget_class_bind_template_child (widget_class, AtelierComparePage, pictures_title);
  gtk_widget_class_bind_template_child (widget_class, AtelierComparePage, pictures_label);
  gtk_widget_class_bind_template_child (widget_class, AtelierComparePage, grid_view);
  gtk_widget_class_bind_template_callback (widget_class, on_pair_toggled_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_cell_cb);
}

static void
atelier_compare_page_class_init (AtelierComparePageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = atelier_compare_page_get_property;
  object_class->dispose = atelier_compare_page_dispose;
  object_class->finalize = atelier_compare_page_finalize;

  properties[PROP_SUBTITLE] = g_param_spec_string (
    "subtitle", NULL, NULL, NULL,
    G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  g_type_ensure (ATELIER_TYPE_CARDS_LAYOUT);
  g_type_ensure (ATELIER_TYPE_CHANGE_GRID);
  g_type_ensure (ATELIER_TYPE_DIFFERENCE_BAR);
  gtk_widget_class_set_template_from_resource (
    widget_class, "/io/github/atelier_nn/Atelier/runs/atelier-compare-page.ui");
  bind_children (widget_class);
  bind_pairs (widget_class);
  gtk_widget_class_set_css_name (widget_class, "comparepage");
}

static void
atelier_compare_page_init (AtelierComparePage *self)
{
  g_autoptr (GtkListItemFactory) factory = gtk_signal_list_item_factory_new ();

  self->pair = ATELIER_PAIR_ONLY_SECOND;
  gtk_widget_init_template (GTK_WIDGET (self));
  g_signal_connect (factory, "setup", G_CALLBACK (on_tile_setup_cb), NULL);
  g_signal_connect (factory, "bind", G_CALLBACK (on_tile_bind_cb), self);
  gtk_grid_view_set_factory (self->grid_view, factory);
}

void
atelier_compare_page_set_dataset (AtelierComparePage *self,
                                  AtelierDataset     *dataset)
{
  g_return_if_fail (ATELIER_IS_COMPARE_PAGE (self));

  if (self->dataset == dataset)
    return;
  g_clear_pointer (&self->dataset, atelier_dataset_unref);
  if (dataset)
    self->dataset = atelier_dataset_ref (dataset);
  if (self->comparison)
    show_comparison (self);
}

void
atelier_compare_page_compare (AtelierComparePage *self,
                              AtelierLibrary     *library,
                              AtelierRunList     *list,
                              const char         *first,
                              const char         *second)
{
  const char * const ids[] = { first, second };

  g_return_if_fail (ATELIER_IS_COMPARE_PAGE (self));
  g_return_if_fail (ATELIER_IS_LIBRARY (library) && ATELIER_IS_RUN_LIST (list));

  if (self->cancellable)
    g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  self->cancellable = g_cancellable_new ();
  g_clear_pointer (&self->comparison, atelier_comparison_unref);
  show_problem (self, _("Reading the runs…"));
  take_subtitle (self, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (ids); i++)
    {
      Request *request = g_new0 (Request, 1);

      g_clear_object (&self->records[i]);
      show_run (self, atelier_run_list_find (list, ids[i]), i);
      request->self = g_object_ref (self);
      request->cancellable = g_object_ref (self->cancellable);
      request->i = i;
      atelier_library_load_record_async (library, ids[i], self->cancellable, on_record_cb,
                                         request);
    }
}

AtelierComparison *
atelier_compare_page_get_comparison (AtelierComparePage *self)
{
  g_return_val_if_fail (ATELIER_IS_COMPARE_PAGE (self), NULL);

  return self->comparison;
}
