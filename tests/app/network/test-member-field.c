/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Fields for members, of whatever table. */

#include "config.h"

#include "app-window.h"
#include "kinds/atelier-layer.h"
#include "network/atelier-member-field.h"

typedef struct
{
  AtelierLayer layer;
  guint        n_changed;
} Answer;

static void
on_changed_cb (AtelierMemberField *field,
               Answer             *answer)
{
  atelier_member_field_read (field, &answer->layer);
  answer->n_changed++;
}

/* A field that shows a member of a new layer; floating. */
static AtelierMemberField *
make_field (AtelierLayerKind  kind,
            const char       *name,
            Answer           *answer)
{
  const AtelierMembers *table = &atelier_layer_class_get (kind)->members;
  GtkWidget *field = atelier_member_field_new (table, atelier_members_find (table, name));

  *answer = (Answer) { 0 };
  atelier_layer_init (&answer->layer, kind);
  g_signal_connect (field, "changed", G_CALLBACK (on_changed_cb), answer);
  atelier_member_field_show (ATELIER_MEMBER_FIELD (field), &answer->layer);

  return ATELIER_MEMBER_FIELD (field);
}

/* The text of its entry. */
static const char *
get_text (AtelierMemberField *field)
{
  g_autoptr (GPtrArray) entries = app_find_all (field, GTK_TYPE_ENTRY);

  g_assert_cmpuint (entries->len, ==, 1);

  return gtk_editable_get_text (GTK_EDITABLE (g_ptr_array_index (entries, 0)));
}

/* What it says of what may be typed; "" while what is typed may be. */
static const char *
get_hint (AtelierMemberField *field)
{
  GtkWidget *hint = gtk_widget_get_last_child (GTK_WIDGET (field));

  return gtk_widget_get_visible (hint) ? gtk_label_get_label (GTK_LABEL (hint)) : "";
}

static void
test_number (void)
{
  Answer answer;
  g_autoptr (AtelierMemberField) field
    = g_object_ref_sink (make_field (ATELIER_LAYER_CONV2D, "filters", &answer));

  g_assert_cmpstr (get_text (field), ==, "16");
  atelier_member_field_set_text (field, " 24 ");
  g_assert_cmpuint (answer.layer.units, ==, 24);
  g_assert_cmpuint (answer.n_changed, ==, 1);
  for (guint i = 0; i < 4; i++)
    {
      const char *texts[] = { "0", "x", "99999999999", "1.5" };

      atelier_member_field_set_text (field, texts[i]);
      g_assert_cmpstr (get_hint (field), ==, "1 or more");
      g_assert_true (gtk_widget_has_css_class (
        gtk_widget_get_next_sibling (gtk_widget_get_first_child (GTK_WIDGET (field))), "error"));
    }
  g_assert_cmpuint (answer.layer.units, ==, 24);
  g_assert_cmpuint (answer.n_changed, ==, 1);

  /* What is being typed stays while the value is the same. */
  atelier_member_field_show (field, &answer.layer);
  g_assert_cmpstr (get_text (field), ==, "1.5");
  answer.layer.units = 7;
  atelier_member_field_show (field, &answer.layer);
  g_assert_cmpstr (get_text (field), ==, "7");
  g_assert_cmpstr (get_hint (field), ==, "");
  g_assert_cmpuint (answer.n_changed, ==, 1);
}

static void
test_pair (void)
{
  Answer answer;
  g_autoptr (AtelierMemberField) field
    = g_object_ref_sink (make_field (ATELIER_LAYER_CONV2D, "kernel", &answer));
  static const struct { const char *text; guint height; guint width; } cases[] = {
    { "5", 5, 5 }, { "5x3", 5, 3 }, { "1 × 7", 1, 7 }, { "2,4", 2, 4 }, { "4 2", 4, 2 },
  };

  g_assert_cmpstr (get_text (field), ==, "3 × 3");
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      atelier_member_field_set_text (field, cases[i].text);
      g_assert_cmpuint (answer.layer.kernel_height, ==, cases[i].height);
      g_assert_cmpuint (answer.layer.kernel_width, ==, cases[i].width);
      g_assert_cmpstr (get_hint (field), ==, "");
    }
  atelier_member_field_set_text (field, "1 × 2 × 3");
  g_assert_cmpstr (get_hint (field), ==, "1 or more");
  atelier_member_field_set_text (field, "0 × 3");
  g_assert_cmpstr (get_hint (field), ==, "1 or more");
}

static void
test_real (void)
{
  Answer answer;
  g_autoptr (AtelierMemberField) field
    = g_object_ref_sink (make_field (ATELIER_LAYER_DROPOUT, "rate", &answer));

  g_assert_cmpstr (get_text (field), ==, "0.2");
  atelier_member_field_set_text (field, "0,35");
  g_assert_cmpfloat (answer.layer.rate, ==, 0.35);
  atelier_member_field_set_text (field, "1");
  g_assert_cmpstr (get_hint (field), ==, "0 to below 1");
  g_assert_cmpfloat (answer.layer.rate, ==, 0.35);
}

/* The numbers of a choice are there while it has them. */
static void
test_choice (void)
{
  Answer answer;
  g_autoptr (AtelierMemberField) field
    = g_object_ref_sink (make_field (ATELIER_LAYER_MAX_POOL2D, "padding", &answer));
  g_autoptr (GPtrArray) lists = app_find_all (field, GTK_TYPE_DROP_DOWN);
  g_autoptr (GPtrArray) entries = app_find_all (field, GTK_TYPE_ENTRY);
  GtkDropDown *list = g_ptr_array_index (lists, 0);
  GtkWidget *entry = g_ptr_array_index (entries, 0);

  g_assert_cmpuint (gtk_drop_down_get_selected (list), ==, ATELIER_PADDING_VALID);
  g_assert_false (gtk_widget_get_visible (entry));
  gtk_drop_down_set_selected (list, ATELIER_PADDING_NUMBER);
  g_assert_cmpint (answer.layer.padding, ==, ATELIER_PADDING_NUMBER);
  g_assert_true (gtk_widget_get_visible (entry));
  atelier_member_field_set_text (field, "1x0");
  g_assert_cmpuint (answer.layer.pad_height, ==, 1);
  g_assert_cmpuint (answer.layer.pad_width, ==, 0);
  g_assert_cmpuint (answer.n_changed, ==, 2);
  answer.layer.padding = ATELIER_PADDING_SAME;
  atelier_member_field_show (field, &answer.layer);
  g_assert_cmpuint (gtk_drop_down_get_selected (list), ==, ATELIER_PADDING_SAME);
  g_assert_false (gtk_widget_get_visible (entry));
  g_assert_cmpuint (answer.n_changed, ==, 2);
}

/* A slope is there with the activations that have one. */
static void
test_condition (void)
{
  Answer answer;
  g_autoptr (AtelierMemberField) field
    = g_object_ref_sink (make_field (ATELIER_LAYER_DENSE, "slope", &answer));

  g_assert_false (gtk_widget_get_visible (GTK_WIDGET (field)));
  answer.layer.activation = ATELIER_ACTIVATION_ELU;
  answer.layer.slope = 0.5;
  atelier_member_field_show (field, &answer.layer);
  g_assert_true (gtk_widget_get_visible (GTK_WIDGET (field)));
  g_assert_cmpstr (get_text (field), ==, "0.5");
}

/* What is shown is what is read, of all members of all kinds. */
static void
test_all_kinds (void)
{
  for (AtelierLayerKind kind = 0; kind < ATELIER_N_LAYER_KINDS; kind++)
    {
      const AtelierMembers *table = &atelier_layer_class_get (kind)->members;

      for (guint i = 0; i < table->n_members; i++)
        {
          Answer answer;
          g_autoptr (AtelierMemberField) field
            = g_object_ref_sink (make_field (kind, table->members[i].name, &answer));
          AtelierLayer read = answer.layer;

          atelier_member_field_read (field, &read);
          g_assert_true (atelier_layer_equal (&read, &answer.layer));
          g_assert_cmpuint (answer.n_changed, ==, 0);
        }
    }
}

int
main (int   argc,
      char *argv[])
{
  app_test_init (&argc, &argv);

  g_test_add_func ("/app/member-field/number", test_number);
  g_test_add_func ("/app/member-field/pair", test_pair);
  g_test_add_func ("/app/member-field/real", test_real);
  g_test_add_func ("/app/member-field/choice", test_choice);
  g_test_add_func ("/app/member-field/condition", test_condition);
  g_test_add_func ("/app/member-field/all-kinds", test_all_kinds);

  return g_test_run ();
}
