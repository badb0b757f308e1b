/* SPDX-License-Identifier: GPL-3.0-or-later */

/* State that all charts share.
 *
 * Every switch is one property.  The menu item (a property action), the stored setting (a settings
 * binding) and the drawing (the "changed" signal) all use that property.  The range of x is kept in
 * the shown unit and not in epochs: seconds are not proportional to epochs, and converting a range
 * back and forth would shift it.
 */

#include "config.h"

#include "curves/atelier-curve-view.h"

struct _AtelierCurveView
{
  GObject          parent_instance;

  AtelierChartUnit unit;
  gboolean         has_log_loss;
  gboolean         has_whole_accuracy;
  gboolean         has_train_eval;
  gboolean         has_penalty;
  gboolean         is_smooth;
  guint            cursor;
  gboolean         is_zoomed;
  double           x_min;
  double           x_max;
};

G_DEFINE_FINAL_TYPE (AtelierCurveView, atelier_curve_view, G_TYPE_OBJECT)

enum
{
  PROP_UNIT = 1,
  PROP_LOG_LOSS,
  PROP_WHOLE_ACCURACY,
  PROP_TRAIN_EVAL,
  PROP_PENALTY,
  PROP_SMOOTH,
  PROP_CURSOR,
  PROP_ZOOMED,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];
static guint changed_signal;

static const int switches[] = {
  PROP_UNIT, PROP_LOG_LOSS, PROP_WHOLE_ACCURACY, PROP_TRAIN_EVAL, PROP_PENALTY, PROP_SMOOTH,
};

GType
atelier_curve_unit_get_type (void)
{
  static gsize type;
  static const GEnumValue values[] = {
    { ATELIER_X_EPOCHS, "ATELIER_X_EPOCHS", "epochs" },
    { ATELIER_X_IMAGES, "ATELIER_X_IMAGES", "images" },
    { ATELIER_X_SECONDS, "ATELIER_X_SECONDS", "seconds" },
    { 0, NULL, NULL },
  };

  if (g_once_init_enter (&type))
    g_once_init_leave (&type, g_enum_register_static ("AtelierCurveUnit", values));

  return type;
}

/* The field of a boolean property. */
static gboolean *
get_flag (AtelierCurveView *self,
          guint             property_id)
{
  switch (property_id)
    {
    case PROP_LOG_LOSS:
      return &self->has_log_loss;
    case PROP_WHOLE_ACCURACY:
      return &self->has_whole_accuracy;
    case PROP_TRAIN_EVAL:
      return &self->has_train_eval;
    case PROP_PENALTY:
      return &self->has_penalty;
    case PROP_SMOOTH:
      return &self->is_smooth;
    case PROP_ZOOMED:
      return &self->is_zoomed;
    default:
      return NULL;
    }
}

static void
tell (AtelierCurveView *self,
      guint             property_id)
{
  g_object_notify_by_pspec (G_OBJECT (self), properties[property_id]);
  g_signal_emit (self, changed_signal, 0);
}

static void
set_flag (AtelierCurveView *self,
          guint             property_id,
          gboolean          value)
{
  gboolean *flag = get_flag (self, property_id);

  if (*flag == !!value)
    return;

  *flag = !!value;
  tell (self, property_id);
}

static void
set_unit (AtelierCurveView *self,
          AtelierChartUnit  unit)
{
  if (self->unit == unit)
    return;

  self->unit = unit;
  set_flag (self, PROP_ZOOMED, FALSE);
  tell (self, PROP_UNIT);
}

static void
atelier_curve_view_get_property (GObject    *object,
                                 guint       property_id,
                                 GValue     *value,
                                 GParamSpec *pspec)
{
  AtelierCurveView *self = ATELIER_CURVE_VIEW (object);

  if (get_flag (self, property_id))
    {
      g_value_set_boolean (value, *get_flag (self, property_id));
      return;
    }

  switch (property_id)
    {
    case PROP_UNIT:
      g_value_set_enum (value, self->unit);
      break;
    case PROP_CURSOR:
      g_value_set_uint (value, self->cursor);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
atelier_curve_view_set_property (GObject      *object,
                                 guint         property_id,
                                 const GValue *value,
                                 GParamSpec   *pspec)
{
  AtelierCurveView *self = ATELIER_CURVE_VIEW (object);

  if (get_flag (self, property_id))
    {
      set_flag (self, property_id, g_value_get_boolean (value));
      return;
    }

  switch (property_id)
    {
    case PROP_UNIT:
      set_unit (self, g_value_get_enum (value));
      break;
    case PROP_CURSOR:
      atelier_curve_view_set_cursor (self, g_value_get_uint (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
install_flag (guint        property_id,
              const char  *name,
              GParamFlags  flags)
{
  properties[property_id] = g_param_spec_boolean (name, NULL, NULL, FALSE, flags);
}

static void
atelier_curve_view_class_init (AtelierCurveViewClass *klass)
{
  const GParamFlags flags = G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = atelier_curve_view_get_property;
  object_class->set_property = atelier_curve_view_set_property;

  properties[PROP_UNIT] = g_param_spec_enum ("unit", NULL, NULL, ATELIER_TYPE_CURVE_UNIT,
                                             ATELIER_X_EPOCHS, flags);
  install_flag (PROP_LOG_LOSS, "log-loss", flags);
  install_flag (PROP_WHOLE_ACCURACY, "whole-accuracy", flags);
  install_flag (PROP_TRAIN_EVAL, "train-eval", flags);
  install_flag (PROP_PENALTY, "penalty", flags);
  install_flag (PROP_SMOOTH, "smooth", flags);
  install_flag (PROP_ZOOMED, "zoomed", G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  properties[PROP_CURSOR] = g_param_spec_uint ("cursor", NULL, NULL, 0, G_MAXUINT, 0, flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  changed_signal = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                 NULL, NULL, G_TYPE_NONE, 0);
}

static void
atelier_curve_view_init (AtelierCurveView *self)
{
  self->unit = ATELIER_X_EPOCHS;
}

AtelierCurveView *
atelier_curve_view_new (void)
{
  return g_object_new (ATELIER_TYPE_CURVE_VIEW, NULL);
}

AtelierChartUnit
atelier_curve_view_get_unit (AtelierCurveView *self)
{
  g_return_val_if_fail (ATELIER_IS_CURVE_VIEW (self), ATELIER_X_EPOCHS);

  return self->unit;
}

gboolean
atelier_curve_view_get_log_loss (AtelierCurveView *self)
{
  g_return_val_if_fail (ATELIER_IS_CURVE_VIEW (self), FALSE);

  return self->has_log_loss;
}

gboolean
atelier_curve_view_get_whole_accuracy (AtelierCurveView *self)
{
  g_return_val_if_fail (ATELIER_IS_CURVE_VIEW (self), FALSE);

  return self->has_whole_accuracy;
}

gboolean
atelier_curve_view_get_train_eval (AtelierCurveView *self)
{
  g_return_val_if_fail (ATELIER_IS_CURVE_VIEW (self), FALSE);

  return self->has_train_eval;
}

gboolean
atelier_curve_view_get_penalty (AtelierCurveView *self)
{
  g_return_val_if_fail (ATELIER_IS_CURVE_VIEW (self), FALSE);

  return self->has_penalty;
}

gboolean
atelier_curve_view_get_smooth (AtelierCurveView *self)
{
  g_return_val_if_fail (ATELIER_IS_CURVE_VIEW (self), FALSE);

  return self->is_smooth;
}

void
atelier_curve_view_set_cursor (AtelierCurveView *self,
                               guint             epoch)
{
  g_return_if_fail (ATELIER_IS_CURVE_VIEW (self));

  if (self->cursor == epoch)
    return;

  self->cursor = epoch;
  tell (self, PROP_CURSOR);
}

guint
atelier_curve_view_get_cursor (AtelierCurveView *self)
{
  g_return_val_if_fail (ATELIER_IS_CURVE_VIEW (self), 0);

  return self->cursor;
}

void
atelier_curve_view_zoom (AtelierCurveView *self,
                         double            min,
                         double            max)
{
  g_return_if_fail (ATELIER_IS_CURVE_VIEW (self));
  g_return_if_fail (min < max);

  self->x_min = min;
  self->x_max = max;
  if (self->is_zoomed)
    g_signal_emit (self, changed_signal, 0);
  else
    set_flag (self, PROP_ZOOMED, TRUE);
}

void
atelier_curve_view_reset_zoom (AtelierCurveView *self)
{
  g_return_if_fail (ATELIER_IS_CURVE_VIEW (self));

  set_flag (self, PROP_ZOOMED, FALSE);
}

gboolean
atelier_curve_view_get_zoom (AtelierCurveView *self,
                             double           *min,
                             double           *max)
{
  g_return_val_if_fail (ATELIER_IS_CURVE_VIEW (self), FALSE);

  if (!self->is_zoomed)
    return FALSE;

  *min = self->x_min;
  *max = self->x_max;

  return TRUE;
}

void
atelier_curve_view_reset (AtelierCurveView *self)
{
  g_return_if_fail (ATELIER_IS_CURVE_VIEW (self));

  atelier_curve_view_set_cursor (self, 0);
  set_flag (self, PROP_ZOOMED, FALSE);
}

GActionMap *
atelier_curve_view_create_actions (AtelierCurveView *self)
{
  GSimpleActionGroup *group = g_simple_action_group_new ();
  g_autoptr (GSimpleAction) reset = g_simple_action_new ("reset-zoom", NULL);

  g_return_val_if_fail (ATELIER_IS_CURVE_VIEW (self), NULL);

  for (guint i = 0; i < G_N_ELEMENTS (switches); i++)
    {
      const char *name = properties[switches[i]]->name;
      g_autoptr (GPropertyAction) action = g_property_action_new (name, self, name);

      g_action_map_add_action (G_ACTION_MAP (group), G_ACTION (action));
    }

  g_object_bind_property (self, "zoomed", reset, "enabled", G_BINDING_SYNC_CREATE);
  g_signal_connect_object (reset, "activate", G_CALLBACK (atelier_curve_view_reset_zoom), self,
                           G_CONNECT_SWAPPED);
  g_action_map_add_action (G_ACTION_MAP (group), G_ACTION (reset));

  return G_ACTION_MAP (group);
}

void
atelier_curve_view_bind_settings (AtelierCurveView *self,
                                  GSettings        *settings)
{
  g_return_if_fail (ATELIER_IS_CURVE_VIEW (self));
  g_return_if_fail (G_IS_SETTINGS (settings));

  for (guint i = 0; i < G_N_ELEMENTS (switches); i++)
    {
      const char *name = properties[switches[i]]->name;

      g_settings_bind (settings, name, self, name, G_SETTINGS_BIND_DEFAULT);
    }
}
