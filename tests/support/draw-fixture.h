/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The Draw page in a real window, with a trained network, for all tests of the page. */

#pragma once

#include "draw/answer/atelier-answer-card.h"
#include "draw/atelier-draw-page.h"
#include "draw/pad/atelier-sketch-board.h"
#include "draw/pad/atelier-sketch-pad.h"
#include "kit/atelier-score-bars.h"

#define DRAW_N_CLASSES 10
#define DRAW_SIDE 28
#define DRAW_N_PIXELS (DRAW_SIDE * DRAW_SIDE)

typedef struct
{
  GtkWidget         *window;
  AtelierDrawPage   *page;
  AtelierSketchPad  *pad;
  AtelierAnswerCard *answer_card;
  AtelierScoreBars  *bars;
  AtelierSketch     *sketch;
  char              *folder; /* empty; removed with the files of the test */
} DrawFixture;

/* Sketched garments, and a trainer whose run on them is completed. */
extern AtelierSplits  *draw_splits;
extern AtelierDataset *draw_dataset; /* the splits' */
extern AtelierTrainer *draw_trainer;

/* @data: whether the page has the trainer. */
void   draw_set_up           (DrawFixture     *fixture,
                              gconstpointer    data);
void   draw_tear_down        (DrawFixture     *fixture,
                              gconstpointer    data);
#define DRAW_ADD_TEST(path, has_trainer, function) \
  g_test_add ("/app/draw/" path, DrawFixture, GINT_TO_POINTER (has_trainer), draw_set_up, \
              function, draw_tear_down)

/* Trains, adds the tests and runs them. */
int    draw_main             (int              argc,
                              char            *argv[],
                              void           (*add_tests) (void));

/* Puts image @i_image of a split of these garments on the pad. */
void   draw_show_example     (AtelierDrawPage *page,
                              AtelierSplit     split,
                              guint            i_image);
/* Waits until the window has drawn all changes. */
void   draw_settle           (DrawFixture     *fixture);
void   draw_activate         (DrawFixture     *fixture,
                              const char      *detailed_action);
char  *draw_get_path         (DrawFixture     *fixture,
                              const char      *name);
void   draw_bag              (AtelierSketch   *sketch);
guint8 draw_get_pixel        (DrawFixture     *fixture,
                              guint            column,
                              guint            row);
/* Sends keys to the pad. */
void   draw_press            (DrawFixture     *fixture,
                              guint            keyval,
                              GdkModifierType  modifiers);
void   draw_release          (DrawFixture     *fixture,
                              guint            keyval);
/* The bars show the scores that a second predictor gives the same pixels. */
void   draw_assert_bars_show (DrawFixture     *fixture,
                              const guint8    *pixels);
void   draw_assert_no_answer (DrawFixture     *fixture);
