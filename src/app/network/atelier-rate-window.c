/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The search runs on a thread of its own (core), and tells how far it is a few times a second.
 * It holds no reference to the window, whose end cancels it: a window must not outlive its parent.
 * Main thread.
 */

#include "config.h"

#include "network/atelier-rate-window.h"

#include <glib/gi18n.h>

#include "network/atelier-rate-chart.h"
#include "training/atelier-rate-finder.h"

struct _AtelierRateWindow
{
  AdwWindow         parent_instance;

  /* Owned */
  AtelierSession   *session;
  GCancellable     *cancellable; /* of the search in progress; nullable */

  /* Template children */
  AtelierRateChart *chart;
  GtkLabel         *words;
  GtkButton        *take_button;
};

G_DEFINE_FINAL_TYPE (AtelierRateWindow, atelier_rate_window, ADW_TYPE_WINDOW)

static void
show_rate (AtelierRateWindow *self)
{
  const double rate = atelier_rate_chart_get_rate (self->chart);
  g_autofree char *label = rate > 0.0 ? g_strdup_printf (_("_Use %g"), rate)
                                      : g_strdup (_("_Use the Rate"));

  gtk_button_set_label (self->take_button, label);
  gtk_widget_set_sensitive (GTK_WIDGET (self->take_button), rate > 0.0);
}

static void
show_advice (AtelierRateWindow       *self,
             const AtelierRateSearch *search)
{
  AtelierRateAdvice advice;
  g_autofree char *words = NULL;

  if (!atelier_rate_search_advise (search, &advice))
    {
      gtk_label_set_label (self->words, _("No rate makes the loss fall. A click chooses one all "
                                          "the same."));
      return;
    }
  /* Translators: learning rates */
  words = g_strdup_printf (_("The loss falls fastest at a rate of %.2g. Rates from %.2g to %.2g "
                             "are good, where the chart is shaded. A click chooses another."),
                           advice.steepest, advice.lowest, advice.highest);
  gtk_label_set_label (self->words, words);
  atelier_rate_chart_set_rate (self->chart, advice.steepest);
}

static void
on_progress_cb (const AtelierRateSearch *search,
                gpointer                 user_data)
{
  atelier_rate_chart_set_search (ATELIER_RATE_WINDOW (user_data)->chart, search);
}

static void
on_found_cb (GObject      *source,
             GAsyncResult *result,
             gpointer      user_data)
{
  AtelierRateWindow *self = user_data; /* gone where the search was cancelled */
  g_autoptr (GError) error = NULL;
  g_autoptr (AtelierRateSearch) search = atelier_rate_finder_run_finish (result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  g_clear_object (&self->cancellable);
  if (search)
    {
      atelier_rate_chart_set_search (self->chart, search);
      show_advice (self, search);
    }
  else
    gtk_label_set_label (self->words, error->message);
}

static void
on_take_clicked_cb (AtelierRateWindow *self)
{
  AtelierRecipeValues values
    = *atelier_recipe_get_values (atelier_session_get_recipe (self->session));
  g_autoptr (AtelierRecipe) recipe = NULL;

  values.learning_rate = atelier_rate_chart_get_rate (self->chart);
  recipe = atelier_recipe_new (&values, NULL);
  if (recipe && !atelier_session_get_is_locked (self->session))
    atelier_session_set_recipe (self->session, recipe);
  gtk_window_close (GTK_WINDOW (self));
}

static void
atelier_rate_window_dispose (GObject *object)
{
  AtelierRateWindow *self = ATELIER_RATE_WINDOW (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->session);

  G_OBJECT_CLASS (atelier_rate_window_parent_class)->dispose (object);
}

static void
atelier_rate_window_class_init (AtelierRateWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = atelier_rate_window_dispose;

  g_type_ensure (ATELIER_TYPE_RATE_CHART);
  gtk_widget_class_set_template_from_resource (
    widget_class, "/io/github/atelier_nn/Atelier/network/atelier-rate-window.ui");
  gtk_widget_class_bind_template_child (widget_class, AtelierRateWindow, chart);
  gtk_widget_class_bind_template_child (widget_class, AtelierRateWindow, words);
  gtk_widget_class_bind_template_child (widget_class, AtelierRateWindow, take_button);
  gtk_widget_class_bind_template_callback (widget_class, show_rate);
  gtk_widget_class_bind_template_callback (widget_class, on_take_clicked_cb);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
}

static void
atelier_rate_window_init (AtelierRateWindow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  show_rate (self);
}

GtkWidget *
atelier_rate_window_new (GtkWindow      *parent,
                         AtelierSession *session)
{
  AtelierRateWindow *self;

  g_return_val_if_fail (ATELIER_IS_SESSION (session), NULL);
  g_return_val_if_fail (atelier_session_get_splits (session) != NULL, NULL);

  self = g_object_new (ATELIER_TYPE_RATE_WINDOW, "transient-for", parent, NULL);
  self->session = g_object_ref (session);
  self->cancellable = g_cancellable_new ();
  atelier_rate_finder_run_async (
    atelier_session_get_network (session), atelier_session_get_recipe (session),
    atelier_session_get_splits (session), atelier_session_get_n_threads (session), on_progress_cb,
    self, self->cancellable, on_found_cb, self);

  return GTK_WIDGET (self);
}
