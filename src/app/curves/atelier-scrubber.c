/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A slider over the epochs of a run.
 *
 * The range of the slider is all planned epochs, so that it does not change during a run.  Its fill
 * level is the newest finished epoch; GTK does not let the user move it further.
 *
 * Only the focus stores the epoch.  A change by the user arrives as "change-value" and is set on
 * the focus, whose "changed" signal then updates the slider.  Setting the slider's value in code
 * emits no "change-value", so there is no loop.  "Live" is a property of the focus: moving the
 * slider switches it off, the button switches it on.  Main thread.
 */

#include "config.h"

#include "curves/atelier-scrubber.h"

#include <glib/gi18n.h>
#include <math.h>

#define N_EPOCHS_WITHOUT_HISTORY 10

/* With more marks than this, they would merge into a grey bar. */
#define MAX_MARKS 26

#define PAGE_EPOCHS 5

struct _AtelierScrubber
{
  GtkWidget       parent_instance;

  guint           first;  /* the range that the present marks were made for */
  guint           last;

  /* Owned */
  AtelierFocus   *focus;   /* NULL until it is set */
  AtelierHistory *history; /* the focus's; nullable */

  /* Template children */
  GtkWidget      *caption_label;
  GtkWidget      *previous_button;
  GtkScale       *scale;
  GtkWidget      *next_button;
  GtkLabel       *number_label;
  GtkWidget      *live_button;
};

G_DEFINE_FINAL_TYPE (AtelierScrubber, atelier_scrubber, GTK_TYPE_WIDGET)

enum
{
  PROP_LIVE = 1,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

static guint
get_n_epochs (AtelierScrubber *self)
{
  return self->history ? atelier_history_get_n_epochs (self->history) : 0;
}

/* The numbers of the first and the newest finished epoch; 1 and 0 if there is none. */
static void
get_finished (AtelierScrubber *self,
              guint           *first,
              guint           *newest)
{
  guint n = get_n_epochs (self);

  *first = n > 0 ? atelier_history_get_figures (self->history, 0)->epoch : 1;
  *newest = *first + n - 1;
}

static guint
get_mark_step (guint n_epochs)
{
  static const guint steps[] = { 1, 2, 5 };
  guint i = 0;
  guint decade = 1;

  while (n_epochs / (steps[i] * decade) > MAX_MARKS)
    {
      i = (i + 1) % G_N_ELEMENTS (steps);
      decade *= i == 0 ? 10 : 1;
    }

  return steps[i] * decade;
}

static void
set_range (AtelierScrubber *self,
           guint            first,
           guint            last)
{
  guint step = get_mark_step (last - first + 1);

  if (self->first == first && self->last == last)
    return;

  self->first = first;
  self->last = last;
  gtk_range_set_range (GTK_RANGE (self->scale), first, MAX (last, first + 1));
  gtk_scale_clear_marks (self->scale);
  for (guint epoch = first; epoch <= last; epoch++)
    if (epoch % step == 0 || epoch == first)
      gtk_scale_add_mark (self->scale, epoch, GTK_POS_BOTTOM, NULL);
}

static void
show_number (AtelierScrubber *self)
{
  guint epoch = atelier_focus_get_epoch (self->focus);
  g_autofree char *number = NULL;
  g_autofree char *words = NULL;

  if (epoch > 0)
    {
      /* Translators: "7 of 10": the number of an epoch, and the number of epochs */
      number = g_strdup_printf (_("%u of %u"), epoch, self->last);
      words = g_strdup_printf (_("Epoch %u of %u"), epoch, self->last);
    }
  gtk_label_set_label (self->number_label, number ? number : "–");
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->scale),
                                  GTK_ACCESSIBLE_PROPERTY_VALUE_TEXT,
                                  words ? words : _("No finished epoch yet"), -1);
}

static void
show_epoch (AtelierScrubber *self)
{
  guint epoch = atelier_focus_get_epoch (self->focus);
  guint first, newest;

  get_finished (self, &first, &newest);
  gtk_range_set_value (GTK_RANGE (self->scale), MAX (epoch, first));
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "scrubber.previous", epoch > first);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "scrubber.next",
                                 epoch > 0 && epoch < newest);
  show_number (self);
}

/* The number of planned epochs may change during a run. */
static void
show_planned (AtelierScrubber *self)
{
  guint n_planned = self->history ? atelier_history_get_n_epochs_planned (self->history)
                                  : N_EPOCHS_WITHOUT_HISTORY;
  guint first, newest;

  get_finished (self, &first, &newest);
  set_range (self, first, MAX (MAX (n_planned, newest), first));
}

static void
show_finished (AtelierScrubber *self)
{
  guint first, newest;

  show_planned (self);
  get_finished (self, &first, &newest);
  gtk_range_set_fill_level (GTK_RANGE (self->scale), MAX (newest, first));
  gtk_widget_set_sensitive (GTK_WIDGET (self->scale), get_n_epochs (self) > 0);
  gtk_widget_set_sensitive (self->live_button, get_n_epochs (self) > 0);
  show_epoch (self);
}

static void
set_history (AtelierScrubber *self,
             AtelierHistory  *history)
{
  if (self->history)
    g_signal_handlers_disconnect_by_data (self->history, self);
  g_set_object (&self->history, history);
  if (history == NULL)
    return;

  g_signal_connect_swapped (history, "items-changed", G_CALLBACK (show_finished), self);
  g_signal_connect_swapped (history, "batches-changed", G_CALLBACK (show_planned), self);
}

static void
on_focus_changed_cb (AtelierScrubber *self)
{
  AtelierHistory *history = atelier_focus_get_history (self->focus);

  if (self->history == history)
    {
      show_epoch (self);
      return;
    }

  set_history (self, history);
  show_finished (self);
}

static void
on_focus_notify_live_cb (AtelierScrubber *self)
{
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_LIVE]);
}

static gboolean
on_scale_change_value_cb (AtelierScrubber *self,
                          GtkScrollType    scroll,
                          double           value)
{
  double epoch = atelier_focus_get_epoch (self->focus);
  guint first, newest;

  /* GTK would move from mark to mark, and in short runs these are one epoch apart. */
  if (scroll == GTK_SCROLL_PAGE_FORWARD)
    value = epoch + PAGE_EPOCHS;
  else if (scroll == GTK_SCROLL_PAGE_BACKWARD)
    value = epoch - PAGE_EPOCHS;

  get_finished (self, &first, &newest);
  if (newest >= first)
    atelier_focus_set_epoch (self->focus, (guint) CLAMP (round (value), first, newest));

  return TRUE;
}

static void
on_previous_cb (GtkWidget  *widget,
                const char *action_name,
                GVariant   *parameter)
{
  AtelierFocus *focus = ATELIER_SCRUBBER (widget)->focus;

  atelier_focus_set_epoch (focus, atelier_focus_get_epoch (focus) - 1);
}

static void
on_next_cb (GtkWidget  *widget,
            const char *action_name,
            GVariant   *parameter)
{
  AtelierFocus *focus = ATELIER_SCRUBBER (widget)->focus;

  atelier_focus_set_epoch (focus, atelier_focus_get_epoch (focus) + 1);
}

static void
atelier_scrubber_get_property (GObject    *object,
                               guint       property_id,
                               GValue     *value,
                               GParamSpec *pspec)
{
  AtelierScrubber *self = ATELIER_SCRUBBER (object);

  switch (property_id)
    {
    case PROP_LIVE:
      g_value_set_boolean (value, self->focus == NULL || atelier_focus_get_live (self->focus));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
atelier_scrubber_set_property (GObject      *object,
                               guint         property_id,
                               const GValue *value,
                               GParamSpec   *pspec)
{
  AtelierScrubber *self = ATELIER_SCRUBBER (object);

  switch (property_id)
    {
    case PROP_LIVE:
      atelier_focus_set_live (self->focus, g_value_get_boolean (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
atelier_scrubber_dispose (GObject *object)
{
  AtelierScrubber *self = ATELIER_SCRUBBER (object);

  set_history (self, NULL);
  gtk_widget_dispose_template (GTK_WIDGET (self), ATELIER_TYPE_SCRUBBER);
  g_clear_object (&self->focus);

  G_OBJECT_CLASS (atelier_scrubber_parent_class)->dispose (object);
}

static void
atelier_scrubber_class_init (AtelierScrubberClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = atelier_scrubber_get_property;
  object_class->set_property = atelier_scrubber_set_property;
  object_class->dispose = atelier_scrubber_dispose;

  properties[PROP_LIVE] =
    g_param_spec_boolean ("live", NULL, NULL, TRUE,
                          G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  gtk_widget_class_install_action (widget_class, "scrubber.previous", NULL, on_previous_cb);
  gtk_widget_class_install_action (widget_class, "scrubber.next", NULL, on_next_cb);
  gtk_widget_class_install_property_action (widget_class, "scrubber.live", "live");

  gtk_widget_class_set_template_from_resource (
    widget_class, "/io/github/atelier_nn/Atelier/curves/atelier-scrubber.ui");
  gtk_widget_class_bind_template_child (widget_class, AtelierScrubber, caption_label);
  gtk_widget_class_bind_template_child (widget_class, AtelierScrubber, previous_button);
  gtk_widget_class_bind_template_child (widget_class, AtelierScrubber, scale);
  gtk_widget_class_bind_template_child (widget_class, AtelierScrubber, next_button);
  gtk_widget_class_bind_template_child (widget_class, AtelierScrubber, number_label);
  gtk_widget_class_bind_template_child (widget_class, AtelierScrubber, live_button);
  gtk_widget_class_bind_template_callback (widget_class, on_scale_change_value_cb);
  gtk_widget_class_set_css_name (widget_class, "scrubber");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
}

static void
atelier_scrubber_init (AtelierScrubber *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_range_set_increments (GTK_RANGE (self->scale), 1, PAGE_EPOCHS);
}

void
atelier_scrubber_set_focus (AtelierScrubber *self,
                            AtelierFocus    *focus)
{
  g_return_if_fail (ATELIER_IS_SCRUBBER (self));
  g_return_if_fail (ATELIER_IS_FOCUS (focus));
  g_return_if_fail (self->focus == NULL);

  self->focus = g_object_ref (focus);
  g_signal_connect_object (focus, "changed", G_CALLBACK (on_focus_changed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (focus, "notify::live", G_CALLBACK (on_focus_notify_live_cb), self,
                           G_CONNECT_SWAPPED);
  set_history (self, atelier_focus_get_history (focus));
  show_finished (self);
}

GtkScale *
atelier_scrubber_get_scale (AtelierScrubber *self)
{
  g_return_val_if_fail (ATELIER_IS_SCRUBBER (self), NULL);

  return self->scale;
}
