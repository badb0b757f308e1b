/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The figures of one class.  A row is kept when the epoch changes, so that the table's selection,
 * order and scroll position stay; only figures that changed are notified.  Main thread.
 */

#include "config.h"

#include "mistakes/atelier-class-row.h"

#include <math.h>

#include "data/atelier-dataset.h"

struct _AtelierClassRow
{
  GObject parent_instance;

  guint   i_class;
  double  precision;
  double  recall;
  double  f1;
  guint   support;

  /* Owned */
  char   *name;
};

G_DEFINE_FINAL_TYPE (AtelierClassRow, atelier_class_row, G_TYPE_OBJECT)

enum
{
  PROP_CLASS = 1,
  PROP_NAME,
  PROP_PRECISION,
  PROP_RECALL,
  PROP_F1,
  PROP_SUPPORT,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

static void
set_double (AtelierClassRow *self,
            double          *value,
            double           new_value,
            guint            property_id)
{
  if (*value == new_value || (isnan (*value) && isnan (new_value)))
    return;

  *value = new_value;
  g_object_notify_by_pspec (G_OBJECT (self), properties[property_id]);
}

static void
atelier_class_row_get_property (GObject    *object,
                                guint       property_id,
                                GValue     *value,
                                GParamSpec *pspec)
{
  AtelierClassRow *self = ATELIER_CLASS_ROW (object);

  switch (property_id)
    {
    case PROP_CLASS:
      g_value_set_uint (value, self->i_class);
      break;
    case PROP_NAME:
      g_value_set_string (value, self->name);
      break;
    case PROP_PRECISION:
      g_value_set_double (value, self->precision);
      break;
    case PROP_RECALL:
      g_value_set_double (value, self->recall);
      break;
    case PROP_F1:
      g_value_set_double (value, self->f1);
      break;
    case PROP_SUPPORT:
      g_value_set_uint (value, self->support);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
atelier_class_row_finalize (GObject *object)
{
  g_free (ATELIER_CLASS_ROW (object)->name);

  G_OBJECT_CLASS (atelier_class_row_parent_class)->finalize (object);
}

static GParamSpec *
new_share_property (const char *name)
{
  return g_param_spec_double (name, NULL, NULL, -G_MAXDOUBLE, G_MAXDOUBLE, 0.0,
                              G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
}

static void
atelier_class_row_class_init (AtelierClassRowClass *klass)
{
  const GParamFlags flags = G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = atelier_class_row_get_property;
  object_class->finalize = atelier_class_row_finalize;

  properties[PROP_CLASS] = g_param_spec_uint ("class", NULL, NULL, 0, G_MAXUINT, 0, flags);
  properties[PROP_NAME] = g_param_spec_string ("name", NULL, NULL, "", flags);
  properties[PROP_PRECISION] = new_share_property ("precision");
  properties[PROP_RECALL] = new_share_property ("recall");
  properties[PROP_F1] = new_share_property ("f1");
  properties[PROP_SUPPORT] = g_param_spec_uint ("support", NULL, NULL, 0, G_MAXUINT, 0, flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
atelier_class_row_init (AtelierClassRow *self)
{
  self->precision = self->recall = self->f1 = NAN;
}

AtelierClassRow *
atelier_class_row_new (guint       i_class,
                       const char *class_name)
{
  AtelierClassRow *self = g_object_new (ATELIER_TYPE_CLASS_ROW, NULL);

  self->i_class = i_class;
  self->name = g_strdup (atelier_class_name_translate (class_name));

  return self;
}

guint
atelier_class_row_get_class (AtelierClassRow *self)
{
  g_return_val_if_fail (ATELIER_IS_CLASS_ROW (self), 0);

  return self->i_class;
}

void
atelier_class_row_update (AtelierClassRow  *self,
                          AtelierConfusion *confusion)
{
  guint support;

  g_return_if_fail (ATELIER_IS_CLASS_ROW (self));
  g_return_if_fail (self->i_class < atelier_confusion_get_n_classes (confusion));

  set_double (self, &self->precision, atelier_confusion_get_precision (confusion, self->i_class),
              PROP_PRECISION);
  set_double (self, &self->recall, atelier_confusion_get_recall (confusion, self->i_class),
              PROP_RECALL);
  set_double (self, &self->f1, atelier_confusion_get_f1 (confusion, self->i_class), PROP_F1);

  support = atelier_confusion_get_row_total (confusion, self->i_class);
  if (self->support != support)
    {
      self->support = support;
      g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SUPPORT]);
    }
}
