/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The Draw page in a real window: what is drawn, typed, opened and pasted, and what the bars say of it.
 *
 * The network is a small one, trained on Sketched garments through AtelierTrainer before the first test.
 */

#include <glib/gstdio.h>
#include <math.h>
#include <string.h>

#include "atelier-answer-card.h"
#include "atelier-application.h"
#include "atelier-draw-page.h"
#include "atelier-model-file.h"
#include "atelier-picture.h"
#include "atelier-predictor.h"
#include "atelier-score-bars.h"
#include "atelier-sketch-pad.h"
#include "atelier-synthetic.h"
#include "main-loop.h"

#define N_CLASSES 10
#define SIDE 28
#define N_PIXELS (SIDE * SIDE)

static AtelierDataset *dataset;
static AtelierTrainer *trainer;

typedef struct
{
  GtkWidget         *window;
  AtelierDrawPage   *page;
  AtelierSketchPad  *pad;
  AtelierAnswerCard *answer_card;
  AtelierScoreBars  *bars;
  AtelierSketch     *sketch;
  char              *folder;
} Fixture;

static void
setup (Fixture       *fixture,
       gconstpointer  data)
{
  GtkWidget *overlay = adw_toast_overlay_new ();
  GtkWidget *page = atelier_draw_page_new ();
  gboolean has_trainer = GPOINTER_TO_INT (data);

  fixture->page = ATELIER_DRAW_PAGE (page);
  fixture->window = adw_window_new ();
  adw_toast_overlay_set_child (ADW_TOAST_OVERLAY (overlay), page);
  adw_window_set_content (ADW_WINDOW (fixture->window), overlay);
  gtk_window_set_default_size (GTK_WINDOW (fixture->window), 1200, 720);
  fixture->pad = ATELIER_SKETCH_PAD (gtk_widget_get_template_child (page, ATELIER_TYPE_DRAW_PAGE, "pad"));
  fixture->answer_card =
    ATELIER_ANSWER_CARD (gtk_widget_get_template_child (page, ATELIER_TYPE_DRAW_PAGE, "answer_card"));
  fixture->bars = ATELIER_SCORE_BARS (gtk_widget_get_template_child (GTK_WIDGET (fixture->answer_card),
                                                                     ATELIER_TYPE_ANSWER_CARD, "bars"));
  fixture->sketch = atelier_draw_page_get_sketch (fixture->page);
  fixture->folder = g_dir_make_tmp ("atelier-draw-XXXXXX", NULL);
  g_assert_nonnull (fixture->folder);
  atelier_draw_page_set_dataset (fixture->page, dataset);
  if (has_trainer)
    atelier_draw_page_set_trainer (fixture->page, trainer);
  gtk_window_present (GTK_WINDOW (fixture->window));
  spin_frames (page, 3);
}

static void
teardown (Fixture       *fixture,
          gconstpointer  data)
{
  g_autoptr (GDir) folder = g_dir_open (fixture->folder, 0, NULL);
  gpointer page = fixture->page;
  const char *name;

  g_object_add_weak_pointer (G_OBJECT (fixture->page), &page);
  gtk_window_destroy (GTK_WINDOW (fixture->window));
  g_assert_null (page);
  while ((name = g_dir_read_name (folder)))
    {
      g_autofree char *path = g_build_filename (fixture->folder, name, NULL);

      g_assert_cmpint (g_remove (path), ==, 0);
    }
  g_assert_cmpint (g_rmdir (fixture->folder), ==, 0);
  g_free (fixture->folder);
}

/* The window has drawn what was asked for so far. */
static void
settle (Fixture *fixture)
{
  spin_frames (GTK_WIDGET (fixture->page), 3);
}

static void
activate (Fixture    *fixture,
          const char *detailed_action)
{
  g_autofree char *name = NULL;
  g_autoptr (GVariant) target = NULL;

  g_assert_true (g_action_parse_detailed_name (detailed_action, &name, &target, NULL));
  g_assert_true (gtk_widget_activate_action_variant (GTK_WIDGET (fixture->pad), name, target));
}

static gboolean
is_done (gpointer data)
{
  return !atelier_draw_page_get_is_busy (data);
}

static void
open_and_wait (Fixture    *fixture,
               const char *path)
{
  g_autoptr (GFile) file = g_file_new_for_path (path);

  atelier_draw_page_open_picture (fixture->page, file);
  spin_until (is_done, fixture->page);
  settle (fixture);
}

static char *
get_path (Fixture    *fixture,
          const char *name)
{
  return g_build_filename (fixture->folder, name, NULL);
}

/* A test picture ten times as large, dark on white paper, as somebody may have it on disk. */
static void
write_picture (const char   *path,
               const guint8 *pixels)
{
  const guint scale = 10;
  g_autofree guint8 *large = g_malloc (N_PIXELS * scale * scale);
  g_autoptr (GError) error = NULL;

  for (guint y = 0; y < SIDE * scale; y++)
    for (guint x = 0; x < SIDE * scale; x++)
      large[y * SIDE * scale + x] = 255 - pixels[(y / scale) * SIDE + x / scale];
  atelier_picture_save_grey_png (large, SIDE * scale, SIDE * scale, path, &error);
  g_assert_no_error (error);
}

static void
draw_bag (AtelierSketch *sketch)
{
  atelier_sketch_set_brush_size (sketch, 4.0);
  atelier_sketch_begin_stroke (sketch, 6.0, 14.0, 1.0);
  for (double y = 14.0; y <= 24.0; y += 2.0)
    {
      atelier_sketch_continue_stroke (sketch, 22.0, y, 1.0);
      atelier_sketch_continue_stroke (sketch, 6.0, y, 1.0);
    }
  atelier_sketch_end_stroke (sketch);
}

/* The scores that a predictor of its own gives the same pixels. */
static void
assert_bars_show (Fixture      *fixture,
                  const guint8 *pixels)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (AtelierPredictor) predictor = atelier_predictor_new (atelier_trainer_get_model (trainer), &error);
  float scores[N_CLASSES];
  int i_best = 0;

  g_assert_no_error (error);
  g_assert_true (atelier_predictor_classify (predictor, pixels, scores, &error));
  g_assert_no_error (error);
  for (int i = 0; i < N_CLASSES; i++)
    {
      g_assert_cmpfloat (atelier_score_bars_get_score (fixture->bars, (guint) i), ==, (double) scores[i]);
      if (scores[i] > scores[i_best])
        i_best = i;
    }
  g_assert_cmpint (atelier_score_bars_get_best (fixture->bars), ==, i_best);
  g_assert_true (has_label (GTK_WIDGET (fixture->answer_card), atelier_fashion_class_names[i_best]));
}

static void
assert_no_answer (Fixture *fixture)
{
  g_assert_cmpint (atelier_score_bars_get_best (fixture->bars), ==, -1);
}

/* Answers */

static void
test_no_network (Fixture       *fixture,
                 gconstpointer  data)
{
  draw_bag (fixture->sketch);
  settle (fixture);
  g_assert_true (has_label (GTK_WIDGET (fixture->answer_card), "No network yet"));
  assert_no_answer (fixture);
}

static void
test_network_arrives (Fixture       *fixture,
                      gconstpointer  data)
{
  draw_bag (fixture->sketch);
  settle (fixture);
  assert_no_answer (fixture);
  atelier_draw_page_set_trainer (fixture->page, trainer);
  settle (fixture);
  g_assert_cmpint (atelier_score_bars_get_best (fixture->bars), >=, 0);
}

static void
test_empty_pad (Fixture       *fixture,
                gconstpointer  data)
{
  g_assert_true (has_label (GTK_WIDGET (fixture->answer_card), "Draw something"));
  g_assert_cmpuint (atelier_score_bars_get_n_classes (fixture->bars), ==, N_CLASSES);
  assert_no_answer (fixture);
}

static void
test_drawing (Fixture       *fixture,
              gconstpointer  data)
{
  double sum = 0.0;

  draw_bag (fixture->sketch);
  settle (fixture);
  for (guint i = 0; i < N_CLASSES; i++)
    sum += atelier_score_bars_get_score (fixture->bars, i);
  g_assert_cmpfloat_with_epsilon (sum, 1.0, 1e-5);
  g_assert_cmpint (atelier_score_bars_get_best (fixture->bars), >=, 0);
}

/* What is filled to the border is not taken for paper. */
static void
test_drawing_is_not_inverted (Fixture       *fixture,
                              gconstpointer  data)
{
  guint8 pixels[N_PIXELS];

  memset (pixels, 220, sizeof pixels);
  for (guint row = 10; row < 18; row++)
    memset (pixels + row * SIDE + 10, 0, 8);
  atelier_sketch_set_pixels (fixture->sketch, pixels);
  settle (fixture);
  assert_bars_show (fixture, pixels);
}

static void
test_fit (Fixture       *fixture,
          gconstpointer  data)
{
  guint8 pixels[N_PIXELS];

  draw_bag (fixture->sketch);
  memcpy (pixels, atelier_sketch_get_pixels (fixture->sketch), sizeof pixels);
  activate (fixture, "draw.fit");
  settle (fixture);
  assert_bars_show (fixture, pixels);
}

static void
test_example (Fixture       *fixture,
              gconstpointer  data)
{
  const guint8 *pixels = atelier_dataset_get_image (dataset, ATELIER_SPLIT_TEST, 7);

  atelier_draw_page_show_example (fixture->page, ATELIER_SPLIT_TEST, 7);
  settle (fixture);
  g_assert_cmpmem (atelier_sketch_get_pixels (fixture->sketch), N_PIXELS, pixels, N_PIXELS);
  assert_bars_show (fixture, pixels);
}

static void
test_random_example (Fixture       *fixture,
                     gconstpointer  data)
{
  activate (fixture, "draw.example");
  settle (fixture);
  g_assert_false (atelier_sketch_get_is_empty (fixture->sketch));
  g_assert_cmpint (atelier_score_bars_get_best (fixture->bars), >=, 0);
}

static gboolean
follows_file (gpointer data)
{
  return has_label (GTK_WIDGET (data), "garments.safetensors");
}

static void
test_model_file (Fixture       *fixture,
                 gconstpointer  data)
{
  g_autofree char *path = get_path (fixture, "garments.safetensors");
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GError) error = NULL;

  atelier_model_file_save (atelier_trainer_get_model (trainer), path, &error);
  g_assert_no_error (error);
  atelier_draw_page_show_example (fixture->page, ATELIER_SPLIT_TEST, 3);
  atelier_answer_card_open_model (fixture->answer_card, file);
  spin_until (follows_file, fixture->answer_card);
  settle (fixture);
  assert_bars_show (fixture, atelier_dataset_get_image (dataset, ATELIER_SPLIT_TEST, 3));

  /* And back: no run, no answer. */
  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (fixture->bars), "answer.network", "s", "run"));
  settle (fixture);
  g_assert_true (has_label (GTK_WIDGET (fixture->answer_card), "No network yet"));
}

static gboolean
has_shown_model_error (gpointer data)
{
  return has_label (GTK_WIDGET (data), "broken.safetensors");
}

static void
test_broken_model_file (Fixture       *fixture,
                        gconstpointer  data)
{
  g_autofree char *path = get_path (fixture, "broken.safetensors");
  g_autoptr (GFile) file = g_file_new_for_path (path);

  g_assert_true (g_file_set_contents (path, "no tensors", -1, NULL));
  atelier_draw_page_show_example (fixture->page, ATELIER_SPLIT_TEST, 3);
  atelier_answer_card_open_model (fixture->answer_card, file);
  spin_until (has_shown_model_error, fixture->window);
  settle (fixture);
  assert_bars_show (fixture, atelier_dataset_get_image (dataset, ATELIER_SPLIT_TEST, 3));
}

/* Undo, redo, clear */

static void
test_undo (Fixture       *fixture,
           gconstpointer  data)
{
  guint8 drawn[N_PIXELS];

  g_assert_false (gtk_widget_activate_action (GTK_WIDGET (fixture->window), "draw.undo", NULL));
  draw_bag (fixture->sketch);
  memcpy (drawn, atelier_sketch_get_pixels (fixture->sketch), sizeof drawn);
  activate (fixture, "draw.undo");
  settle (fixture);
  g_assert_true (atelier_sketch_get_is_empty (fixture->sketch));
  assert_no_answer (fixture);
  activate (fixture, "draw.redo");
  settle (fixture);
  g_assert_cmpmem (atelier_sketch_get_pixels (fixture->sketch), N_PIXELS, drawn, N_PIXELS);
  g_assert_cmpint (atelier_score_bars_get_best (fixture->bars), >=, 0);
}

static void
test_clear (Fixture       *fixture,
            gconstpointer  data)
{
  draw_bag (fixture->sketch);
  activate (fixture, "draw.clear");
  settle (fixture);
  g_assert_true (atelier_sketch_get_is_empty (fixture->sketch));
  g_assert_true (has_label (GTK_WIDGET (fixture->answer_card), "Draw something"));
  activate (fixture, "draw.undo");
  g_assert_false (atelier_sketch_get_is_empty (fixture->sketch));
}

static void
test_tool (Fixture       *fixture,
           gconstpointer  data)
{
  activate (fixture, "draw.tool::eraser");
  g_assert_cmpint (atelier_sketch_get_tool (fixture->sketch), ==, ATELIER_TOOL_ERASER);
  activate (fixture, "draw.tool::brush");
  g_assert_cmpint (atelier_sketch_get_tool (fixture->sketch), ==, ATELIER_TOOL_BRUSH);
}

static void
test_brush_size (Fixture       *fixture,
                 gconstpointer  data)
{
  double before = atelier_sketch_get_brush_size (fixture->sketch);

  activate (fixture, "draw.brush-size(2)");
  g_assert_cmpfloat (atelier_sketch_get_brush_size (fixture->sketch), ==, before + 1.0);
  activate (fixture, "draw.brush-size(-1000)");
  g_assert_cmpfloat (atelier_sketch_get_brush_size (fixture->sketch), ==, 0.5);
}

/* Keyboard and pointer */

static GtkEventController *
get_key_controller (GtkWidget *widget)
{
  g_autoptr (GListModel) controllers = gtk_widget_observe_controllers (widget);

  for (guint i = 0; i < g_list_model_get_n_items (controllers); i++)
    {
      g_autoptr (GtkEventController) controller = g_list_model_get_item (controllers, i);

      if (GTK_IS_EVENT_CONTROLLER_KEY (controller))
        return controller;
    }
  g_assert_not_reached ();
}

static void
press (Fixture         *fixture,
       guint            keyval,
       GdkModifierType  modifiers)
{
  gboolean is_handled = FALSE;

  g_signal_emit_by_name (get_key_controller (GTK_WIDGET (fixture->pad)), "key-pressed", keyval, 0, modifiers,
                         &is_handled);
  g_assert_true (is_handled);
}

static void
release (Fixture *fixture,
         guint    keyval)
{
  g_signal_emit_by_name (get_key_controller (GTK_WIDGET (fixture->pad)), "key-released", keyval, 0, 0);
}

static guint8
get_pixel (Fixture *fixture,
           guint    column,
           guint    row)
{
  return atelier_sketch_get_pixels (fixture->sketch)[row * SIDE + column];
}

static void
test_keyboard_paints (Fixture       *fixture,
                      gconstpointer  data)
{
  atelier_sketch_set_brush_size (fixture->sketch, 1.0);
  gtk_widget_grab_focus (GTK_WIDGET (fixture->pad));
  press (fixture, GDK_KEY_Left, 0);
  press (fixture, GDK_KEY_Up, 0);
  press (fixture, GDK_KEY_Up, GDK_CONTROL_MASK);
  press (fixture, GDK_KEY_space, 0);
  release (fixture, GDK_KEY_space);
  g_assert_cmpuint (get_pixel (fixture, 13, 9), >, 100);
  g_assert_cmpuint (get_pixel (fixture, 15, 9), ==, 0);
  settle (fixture);
  g_assert_cmpint (atelier_score_bars_get_best (fixture->bars), >=, 0);
}

static void
test_keyboard_draws_a_line (Fixture       *fixture,
                            gconstpointer  data)
{
  atelier_sketch_set_brush_size (fixture->sketch, 2.0);
  press (fixture, GDK_KEY_space, 0);
  for (guint i = 0; i < 5; i++)
    {
      press (fixture, GDK_KEY_Right, 0);
      press (fixture, GDK_KEY_space, 0); /* as a held key repeats */
    }
  release (fixture, GDK_KEY_space);
  for (guint column = 14; column < 20; column++)
    g_assert_cmpuint (get_pixel (fixture, column, 14), >, 100);

  /* The whole line is one step. */
  activate (fixture, "draw.undo");
  g_assert_true (atelier_sketch_get_is_empty (fixture->sketch));
}

static void
test_keyboard_erases (Fixture       *fixture,
                      gconstpointer  data)
{
  guint8 pixels[N_PIXELS];

  memset (pixels, 200, sizeof pixels);
  atelier_sketch_set_pixels (fixture->sketch, pixels);
  atelier_sketch_set_brush_size (fixture->sketch, 2.0);
  press (fixture, GDK_KEY_space, GDK_SHIFT_MASK);
  release (fixture, GDK_KEY_space);
  press (fixture, GDK_KEY_Left, GDK_CONTROL_MASK);
  press (fixture, GDK_KEY_BackSpace, 0);
  release (fixture, GDK_KEY_BackSpace);
  g_assert_cmpuint (get_pixel (fixture, 14, 14), <, 100);
  g_assert_cmpuint (get_pixel (fixture, 10, 14), <, 100);
  g_assert_cmpuint (get_pixel (fixture, 20, 14), ==, 200);
  /* The tool is the one that was chosen. */
  g_assert_cmpint (atelier_sketch_get_tool (fixture->sketch), ==, ATELIER_TOOL_BRUSH);
}

static void
test_keyboard_stays_inside (Fixture       *fixture,
                            gconstpointer  data)
{
  atelier_sketch_set_brush_size (fixture->sketch, 1.0);
  for (guint i = 0; i < 20; i++)
    {
      press (fixture, GDK_KEY_Left, GDK_CONTROL_MASK);
      press (fixture, GDK_KEY_Up, GDK_CONTROL_MASK);
    }
  press (fixture, GDK_KEY_space, 0);
  release (fixture, GDK_KEY_space);
  g_assert_cmpuint (get_pixel (fixture, 0, 0), >, 100);
}

static void
test_escape_takes_back (Fixture       *fixture,
                        gconstpointer  data)
{
  press (fixture, GDK_KEY_space, 0);
  press (fixture, GDK_KEY_Right, 0);
  g_assert_false (atelier_sketch_get_is_empty (fixture->sketch));
  press (fixture, GDK_KEY_Escape, 0);
  g_assert_true (atelier_sketch_get_is_empty (fixture->sketch));
  g_assert_false (atelier_sketch_get_can_undo (fixture->sketch));
}

/* A place in a widget as the root window's coordinates; the window lies at 0, 0 of its own display. */
static char *
format_place (GtkWidget *widget,
              double     x,
              double     y)
{
  GtkNative *native = gtk_widget_get_native (widget);
  double surface_x;
  double surface_y;

  gtk_native_get_surface_transform (native, &surface_x, &surface_y);
  gtk_widget_translate_coordinates (widget, GTK_WIDGET (native), x, y, &x, &y);
  return g_strdup_printf ("mousemove --sync %.0f %.0f", x + surface_x, y + surface_y);
}

static void
on_pointer_done_cb (GObject      *source,
                    GAsyncResult *result,
                    gpointer      data)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (g_subprocess_wait_check_finish (G_SUBPROCESS (source), result, &error));
  g_assert_no_error (error);
  *(gboolean *) data = TRUE;
}

static gboolean
is_true (gpointer data)
{
  return *(gboolean *) data;
}

/* Has the real pointer do what @commands say, in xdotool's words, and the window answer it. */
static void
point (Fixture    *fixture,
       const char *commands)
{
  g_autofree char *line = g_strdup_printf ("xdotool %s", commands);
  g_auto (GStrv) arguments = g_strsplit (line, " ", -1);
  g_autoptr (GSubprocess) process = NULL;
  g_autoptr (GError) error = NULL;
  gboolean is_done_pointing = FALSE;

  process = g_subprocess_newv ((const char * const *) arguments, G_SUBPROCESS_FLAGS_NONE, &error);
  g_assert_no_error (error);
  g_subprocess_wait_check_async (process, NULL, on_pointer_done_cb, &is_done_pointing);
  spin_until (is_true, &is_done_pointing);
  settle (fixture);
}

static gboolean
can_point (void)
{
  g_autofree char *program = g_find_program_in_path ("xdotool");

  if (!program)
    g_test_skip ("xdotool is not installed");
  return program != NULL;
}

static gboolean
can_undo (gpointer data)
{
  return atelier_sketch_get_can_undo (data);
}

/* Moves the pointer with a button held from cell (4, 14) to cell (24, 14). */
static void
drag_across (Fixture    *fixture,
             const char *press,
             const char *release)
{
  g_autofree char *from = NULL;
  g_autofree char *to = NULL;
  double left;
  double top;
  double cell;

  atelier_sketch_pad_get_frame (fixture->pad, &left, &top, &cell);
  from = format_place (GTK_WIDGET (fixture->pad), left + 4.5 * cell, top + 14.5 * cell);
  to = format_place (GTK_WIDGET (fixture->pad), left + 24.5 * cell, top + 14.5 * cell);
  point (fixture, from);
  point (fixture, press);
  point (fixture, to);
  point (fixture, release);
  spin_until (can_undo, fixture->sketch);
}

static void
test_pointer_paints (Fixture       *fixture,
                     gconstpointer  data)
{
  if (!can_point ())
    return;
  drag_across (fixture, "mousedown 1", "mouseup 1");
  for (guint column = 4; column <= 24; column++)
    g_assert_cmpuint (get_pixel (fixture, column, 14), >, 150);
  g_assert_cmpuint (get_pixel (fixture, 14, 20), ==, 0);
  g_assert_cmpint (atelier_score_bars_get_best (fixture->bars), >=, 0);
}

static void
test_right_button_erases (Fixture       *fixture,
                          gconstpointer  data)
{
  guint8 pixels[N_PIXELS];

  if (!can_point ())
    return;
  memset (pixels, 200, sizeof pixels);
  atelier_sketch_set_pixels (fixture->sketch, pixels);
  drag_across (fixture, "mousedown 3", "mouseup 3");
  g_assert_cmpuint (get_pixel (fixture, 14, 14), <, 50);
  g_assert_cmpuint (get_pixel (fixture, 14, 20), ==, 200);
  g_assert_cmpint (atelier_sketch_get_tool (fixture->sketch), ==, ATELIER_TOOL_BRUSH);
}

/* Pictures */

static void
test_open_picture (Fixture       *fixture,
                   gconstpointer  data)
{
  g_autofree char *path = get_path (fixture, "bag.png");
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (AtelierPicture) picture = NULL;
  g_autoptr (AtelierInputResult) expected = NULL;
  g_autoptr (GError) error = NULL;
  const guint8 *result;

  write_picture (path, atelier_dataset_get_image (dataset, ATELIER_SPLIT_TEST, 5));
  picture = atelier_picture_load (file, NULL, &error);
  g_assert_no_error (error);
  expected = atelier_input_run_rgba (atelier_model_get_input (atelier_trainer_get_model (trainer)),
                                     atelier_picture_get_rgba (picture), 280, 280, 280 * 4);
  result = expected->stages[ATELIER_STAGE_RESULT].pixels;

  draw_bag (fixture->sketch);
  open_and_wait (fixture, path);
  g_assert_cmpmem (atelier_sketch_get_pixels (fixture->sketch), N_PIXELS, result, N_PIXELS);
  assert_bars_show (fixture, result);
  g_assert_true (has_label (GTK_WIDGET (fixture->page), "bag.png, 280 × 280"));
}

static void
test_open_picture_can_be_undone (Fixture       *fixture,
                                 gconstpointer  data)
{
  g_autofree char *path = get_path (fixture, "bag.png");
  guint8 before[N_PIXELS];

  write_picture (path, atelier_dataset_get_image (dataset, ATELIER_SPLIT_TEST, 5));
  draw_bag (fixture->sketch);
  memcpy (before, atelier_sketch_get_pixels (fixture->sketch), sizeof before);
  open_and_wait (fixture, path);
  activate (fixture, "draw.undo");
  settle (fixture);
  g_assert_cmpmem (atelier_sketch_get_pixels (fixture->sketch), N_PIXELS, before, N_PIXELS);
  g_assert_false (has_label (GTK_WIDGET (fixture->page), "bag.png"));
}

static void
test_newest_picture_wins (Fixture       *fixture,
                          gconstpointer  data)
{
  g_autofree char *first_path = get_path (fixture, "first.png");
  g_autofree char *second_path = get_path (fixture, "second.png");
  g_autoptr (GFile) first = g_file_new_for_path (first_path);

  write_picture (first_path, atelier_dataset_get_image (dataset, ATELIER_SPLIT_TEST, 1));
  write_picture (second_path, atelier_dataset_get_image (dataset, ATELIER_SPLIT_TEST, 2));
  atelier_draw_page_open_picture (fixture->page, first);
  open_and_wait (fixture, second_path);
  g_assert_true (has_label (GTK_WIDGET (fixture->page), "second.png"));
  activate (fixture, "draw.undo");
  g_assert_true (atelier_sketch_get_is_empty (fixture->sketch));
}

static void
test_hostile_picture (Fixture       *fixture,
                      gconstpointer  data)
{
  g_autofree char *path = get_path (fixture, "evil <b>&.png");
  guint8 before[N_PIXELS];

  g_assert_true (g_file_set_contents (path, "\x89PNG\r\n\x1a\n and then nothing", -1, NULL));
  draw_bag (fixture->sketch);
  settle (fixture);
  memcpy (before, atelier_sketch_get_pixels (fixture->sketch), sizeof before);
  open_and_wait (fixture, path);
  g_assert_cmpmem (atelier_sketch_get_pixels (fixture->sketch), N_PIXELS, before, N_PIXELS);
  g_assert_true (has_label (fixture->window, "evil <b>&.png"));
  g_assert_cmpint (atelier_score_bars_get_best (fixture->bars), >=, 0);
}

static void
test_missing_picture (Fixture       *fixture,
                      gconstpointer  data)
{
  g_autofree char *path = get_path (fixture, "not-there.png");

  open_and_wait (fixture, path);
  g_assert_true (atelier_sketch_get_is_empty (fixture->sketch));
  g_assert_true (has_label (fixture->window, "not-there.png"));
}

static void
test_blank_picture (Fixture       *fixture,
                    gconstpointer  data)
{
  g_autofree char *path = get_path (fixture, "blank.png");
  const guint8 nothing[N_PIXELS] = { 0 };

  write_picture (path, nothing);
  draw_bag (fixture->sketch);
  open_and_wait (fixture, path);
  g_assert_false (atelier_sketch_get_is_empty (fixture->sketch));
  g_assert_true (has_label (fixture->window, "the same all over"));
}

static void
test_paste (Fixture       *fixture,
            gconstpointer  data)
{
  g_autofree char *path = get_path (fixture, "copied.png");
  g_autoptr (GError) error = NULL;
  g_autoptr (GdkTexture) texture = NULL;
  guint8 opened[N_PIXELS];

  write_picture (path, atelier_dataset_get_image (dataset, ATELIER_SPLIT_TEST, 5));
  open_and_wait (fixture, path);
  memcpy (opened, atelier_sketch_get_pixels (fixture->sketch), sizeof opened);
  activate (fixture, "draw.clear");
  texture = gdk_texture_new_from_filename (path, &error);
  g_assert_no_error (error);
  gdk_clipboard_set_texture (gtk_widget_get_clipboard (GTK_WIDGET (fixture->page)), texture);
  activate (fixture, "draw.paste");
  spin_until (is_done, fixture->page);
  g_assert_cmpmem (atelier_sketch_get_pixels (fixture->sketch), N_PIXELS, opened, N_PIXELS);
}

static void
test_paste_file (Fixture       *fixture,
                 gconstpointer  data)
{
  g_autofree char *path = get_path (fixture, "copied.png");
  g_autoptr (GFile) file = g_file_new_for_path (path);
  GdkFileList *list;

  write_picture (path, atelier_dataset_get_image (dataset, ATELIER_SPLIT_TEST, 5));
  list = gdk_file_list_new_from_array (&file, 1);
  gdk_clipboard_set (gtk_widget_get_clipboard (GTK_WIDGET (fixture->page)), GDK_TYPE_FILE_LIST, list);
  g_boxed_free (GDK_TYPE_FILE_LIST, list);
  activate (fixture, "draw.paste");
  spin_until (is_done, fixture->page);
  settle (fixture);
  g_assert_true (has_label (GTK_WIDGET (fixture->page), "copied.png"));
}

static void
test_paste_text (Fixture       *fixture,
                 gconstpointer  data)
{
  gdk_clipboard_set_text (gtk_widget_get_clipboard (GTK_WIDGET (fixture->page)), "a shirt");
  activate (fixture, "draw.paste");
  spin_until (is_done, fixture->page);
  settle (fixture);
  g_assert_true (atelier_sketch_get_is_empty (fixture->sketch));
  g_assert_true (has_label (fixture->window, "no picture in the clipboard"));
}

/* Puts something above the page that can be dragged: a list of one file, or the bytes of a PNG. */
static GtkWidget *
add_drag_source (Fixture            *fixture,
                 GdkContentProvider *content)
{
  GtkWidget *overlay = g_object_ref (adw_window_get_content (ADW_WINDOW (fixture->window)));
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *label = gtk_label_new ("Drag me");
  GtkDragSource *source = gtk_drag_source_new ();

  gtk_drag_source_set_content (source, content);
  gtk_widget_add_controller (label, GTK_EVENT_CONTROLLER (source));
  adw_window_set_content (ADW_WINDOW (fixture->window), NULL);
  gtk_box_append (GTK_BOX (box), label);
  gtk_box_append (GTK_BOX (box), overlay);
  g_object_unref (overlay);
  adw_window_set_content (ADW_WINDOW (fixture->window), box);
  settle (fixture);
  return label;
}

static gboolean
shows_dropped (gpointer data)
{
  return has_label (data, "× 280");
}

static void
drop (Fixture            *fixture,
      GdkContentProvider *content)
{
  GtkWidget *source = add_drag_source (fixture, content);
  g_autofree char *from = format_place (source, 30, 8);
  g_autofree char *past = format_place (source, 60, 60);
  g_autofree char *near = format_place (GTK_WIDGET (fixture->pad), 100, 100);
  g_autofree char *to = format_place (GTK_WIDGET (fixture->pad), 110, 110);

  point (fixture, from);
  point (fixture, "mousedown 1");
  point (fixture, past);
  point (fixture, near);
  point (fixture, to);
  point (fixture, "mouseup 1");
  spin_until (shows_dropped, fixture->page);
  settle (fixture);
}

static void
test_drop_file (Fixture       *fixture,
                gconstpointer  data)
{
  g_autofree char *path = get_path (fixture, "dropped.png");
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GdkContentProvider) content = NULL;
  GdkFileList *list;

  if (!can_point ())
    return;
  write_picture (path, atelier_dataset_get_image (dataset, ATELIER_SPLIT_TEST, 5));
  list = gdk_file_list_new_from_array (&file, 1);
  content = gdk_content_provider_new_typed (GDK_TYPE_FILE_LIST, list);
  g_boxed_free (GDK_TYPE_FILE_LIST, list);
  drop (fixture, content);
  g_assert_true (has_label (GTK_WIDGET (fixture->page), "dropped.png"));
  g_assert_cmpint (atelier_score_bars_get_best (fixture->bars), >=, 0);
}

static void
test_drop_image (Fixture       *fixture,
                 gconstpointer  data)
{
  g_autofree char *path = get_path (fixture, "dropped.png");
  g_autoptr (GdkContentProvider) content = NULL;
  g_autoptr (GBytes) bytes = NULL;
  char *contents;
  gsize length;

  if (!can_point ())
    return;
  write_picture (path, atelier_dataset_get_image (dataset, ATELIER_SPLIT_TEST, 5));
  g_assert_true (g_file_get_contents (path, &contents, &length, NULL));
  bytes = g_bytes_new_take (contents, length);
  content = gdk_content_provider_new_for_bytes ("image/png", bytes);
  drop (fixture, content);
  g_assert_true (has_label (GTK_WIDGET (fixture->page), "Dropped picture"));
}

/* A page that goes away while a picture is read takes the answer with it. */
static void
test_closed_while_reading (void)
{
  GtkWidget *window = adw_window_new ();
  GtkWidget *page = atelier_draw_page_new ();
  g_autoptr (GFile) file = g_file_new_for_path ("/usr/share/dict/words");
  gpointer weak_page = page;

  g_object_add_weak_pointer (G_OBJECT (page), &weak_page);
  adw_window_set_content (ADW_WINDOW (window), page);
  gtk_window_present (GTK_WINDOW (window));
  spin_frames (page, 2);
  atelier_draw_page_open_picture (ATELIER_DRAW_PAGE (page), file);
  gtk_window_destroy (GTK_WINDOW (window));
  while (weak_page)
    g_main_context_iteration (NULL, TRUE);
}

/* Accessibility */

static void
test_accessible (Fixture       *fixture,
                 gconstpointer  data)
{
  GtkWidget *row = gtk_widget_get_first_child (GTK_WIDGET (fixture->bars));

  gtk_test_accessible_assert_role (fixture->pad, GTK_ACCESSIBLE_ROLE_IMG);
  gtk_test_accessible_assert_property (fixture->pad, GTK_ACCESSIBLE_PROPERTY_LABEL, "Drawing pad");
  gtk_test_accessible_assert_role (fixture->bars, GTK_ACCESSIBLE_ROLE_LIST);
  gtk_test_accessible_assert_property (fixture->bars, GTK_ACCESSIBLE_PROPERTY_LABEL, "Scores of all classes");
  gtk_test_accessible_assert_role (row, GTK_ACCESSIBLE_ROLE_LIST_ITEM);
  gtk_test_accessible_assert_property (row, GTK_ACCESSIBLE_PROPERTY_LABEL, "T-shirt/top");
  press (fixture, GDK_KEY_Left, 0);
  gtk_test_accessible_assert_property (fixture->pad, GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                       "Row 15, column 14, grey 0");
}

static void
test_accessible_scores (Fixture       *fixture,
                        gconstpointer  data)
{
  GtkWidget *row = gtk_widget_get_first_child (GTK_WIDGET (fixture->bars));
  g_autofree char *expected = NULL;

  atelier_draw_page_show_example (fixture->page, ATELIER_SPLIT_TEST, 7);
  settle (fixture);
  expected = g_strdup_printf ("T-shirt/top: %.3f", atelier_score_bars_get_score (fixture->bars, 0));
  gtk_test_accessible_assert_property (row, GTK_ACCESSIBLE_PROPERTY_LABEL, expected);
}

/* The network */

static gboolean
has_ended (gpointer data)
{
  return !atelier_trainer_is_active (data);
}

static void
train (void)
{
  const AtelierLayer layers[] = {
    { .kind = ATELIER_LAYER_FLATTEN },
    { .kind = ATELIER_LAYER_DENSE, .units = 32, .activation = ATELIER_ACTIVATION_RELU },
    { .kind = ATELIER_LAYER_DENSE, .units = N_CLASSES },
  };
  g_autoptr (AtelierNetwork) network = NULL;
  g_autoptr (GError) error = NULL;
  AtelierRecipe recipe;

  dataset = atelier_synthetic_new (ATELIER_SYNTHETIC_SEED, 1200, 100);
  network = atelier_network_new ("Small", SIDE, SIDE, 1, layers, G_N_ELEMENTS (layers), &error);
  g_assert_no_error (error);
  atelier_recipe_init_preset (&recipe, "report-2");
  recipe.n_epochs = 3;
  trainer = atelier_trainer_new ();
  atelier_trainer_start (trainer, network, &recipe, dataset, 1, &error);
  g_assert_no_error (error);
  spin_until (has_ended, trainer);
  g_assert_cmpint (atelier_trainer_get_state (trainer), ==, ATELIER_TRAINER_COMPLETED);
  g_assert_nonnull (atelier_trainer_get_model (trainer));
}

#define ADD_TEST(path, has_trainer, function) \
  g_test_add ("/app/draw/" path, Fixture, GINT_TO_POINTER (has_trainer), setup, function, teardown)

int
main (int   argc,
      char *argv[])
{
  int status;

  g_test_init (&argc, &argv, NULL);
  adw_init ();
  train ();

  ADD_TEST ("no-network", FALSE, test_no_network);
  ADD_TEST ("network-arrives", FALSE, test_network_arrives);
  ADD_TEST ("empty-pad", TRUE, test_empty_pad);
  ADD_TEST ("drawing", TRUE, test_drawing);
  ADD_TEST ("drawing-is-not-inverted", TRUE, test_drawing_is_not_inverted);
  ADD_TEST ("fit", TRUE, test_fit);
  ADD_TEST ("example", TRUE, test_example);
  ADD_TEST ("random-example", TRUE, test_random_example);
  ADD_TEST ("model-file", FALSE, test_model_file);
  ADD_TEST ("broken-model-file", TRUE, test_broken_model_file);
  ADD_TEST ("undo", TRUE, test_undo);
  ADD_TEST ("clear", TRUE, test_clear);
  ADD_TEST ("tool", TRUE, test_tool);
  ADD_TEST ("brush-size", TRUE, test_brush_size);
  ADD_TEST ("keyboard/paints", TRUE, test_keyboard_paints);
  ADD_TEST ("keyboard/line", TRUE, test_keyboard_draws_a_line);
  ADD_TEST ("keyboard/erases", TRUE, test_keyboard_erases);
  ADD_TEST ("keyboard/stays-inside", TRUE, test_keyboard_stays_inside);
  ADD_TEST ("keyboard/escape", TRUE, test_escape_takes_back);
  ADD_TEST ("pointer/paints", TRUE, test_pointer_paints);
  ADD_TEST ("pointer/right-button-erases", TRUE, test_right_button_erases);
  ADD_TEST ("picture/open", TRUE, test_open_picture);
  ADD_TEST ("picture/undo", TRUE, test_open_picture_can_be_undone);
  ADD_TEST ("picture/newest-wins", TRUE, test_newest_picture_wins);
  ADD_TEST ("picture/hostile", TRUE, test_hostile_picture);
  ADD_TEST ("picture/missing", TRUE, test_missing_picture);
  ADD_TEST ("picture/blank", TRUE, test_blank_picture);
  ADD_TEST ("picture/paste", TRUE, test_paste);
  ADD_TEST ("picture/paste-file", TRUE, test_paste_file);
  ADD_TEST ("picture/paste-text", TRUE, test_paste_text);
  ADD_TEST ("picture/drop-file", TRUE, test_drop_file);
  ADD_TEST ("picture/drop-image", TRUE, test_drop_image);
  g_test_add_func ("/app/draw/picture/closed-while-reading", test_closed_while_reading);
  ADD_TEST ("accessible/names", TRUE, test_accessible);
  ADD_TEST ("accessible/scores", TRUE, test_accessible_scores);
  status = g_test_run ();

  g_assert_finalize_object (trainer);
  atelier_dataset_unref (dataset);
  return status;
}
