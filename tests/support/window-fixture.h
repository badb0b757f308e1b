/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A whole window for one test, with a run in the state that the test begins with.
 *
 * The data are 1,300 Sketched garments in IDX files, so that the fully connected network of the
 * report's first part trains an epoch in a few hundredths of a second.  A run that must not end by
 * itself has ten thousand epochs. */

#pragma once

#include "app-window.h"

#define WINDOW_N_EPOCHS 3 /* of a run that is completed */
#define WINDOW_LEARNING_RATE "0.001"
#define WINDOW_BATCH "100"

typedef struct
{
  AtelierWindow    *window; /* Owned by GTK until it is closed; NULL in a test that closes it */
  AtelierTrainPage *page;
  AtelierFocus     *focus;
} WindowFixture;

typedef enum
{
  WINDOW_OPEN,          /* the data are loaded, and all else is as a user finds it */
  WINDOW_READY,         /* "Report 1, fully connected" is chosen, to train WINDOW_N_EPOCHS */
  WINDOW_RUNNING,       /* a long run with two epochs or more */
  WINDOW_PAUSED,        /* the same, paused inside a later epoch */
  WINDOW_COMPLETED,     /* a run of WINDOW_N_EPOCHS */
  WINDOW_MANY_PICTURES, /* a run of one epoch on 5,500 pictures, of which 5,000 are measured */
} WindowStart;

/* @data: a WindowStart. */
void        window_set_up        (WindowFixture *fixture,
                                  gconstpointer  data);
/* Closes the window, whatever it is doing, and checks that no other is left. */
void        window_tear_down     (WindowFixture *fixture,
                                  gconstpointer  data);
#define WINDOW_ADD_TEST(path, start, function) \
  g_test_add (path, WindowFixture, GINT_TO_POINTER (start), window_set_up, function, \
              window_tear_down)

/* Starts a run, and waits until it has ended. */
void        window_train         (WindowFixture *fixture);
