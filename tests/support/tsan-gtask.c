/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Tells ThreadSanitizer about the order of events that GLib's tasks, sources and queues give, and
 * that it cannot see.
 *
 * GLib is not built with the sanitizer, and its locks are its own.  So the sanitizer sees no order
 * between what was written before a GTask went to a thread of GLib's pool and what that thread
 * reads, nor between what it wrote and what the task's callback reads, and reports races that are
 * none.  Suppressions would hide the true races in the same functions, so the order is stated
 * instead, in the places of the functions that promise it:
 *
 *   all before g_task_run_in_thread ()   happens before the task's function
 *   all before g_task_return_... ()      happens before what follows g_task_propagate_... ()
 *   all before g_source_set_callback ()  happens before the callback
 *   all before g_async_queue_push ()     happens before what follows g_async_queue_..._pop ()
 *
 * This library is loaded before a test (LD_PRELOAD, see tests/meson.build), only in a build for
 * ThreadSanitizer.
 */

#define _GNU_SOURCE

#include <dlfcn.h>
#include <gio/gio.h>

void __tsan_acquire (void *address);
void __tsan_release (void *address);

static GQuark
get_function_quark (void)
{
  return g_quark_from_static_string ("atelier-tsan-function");
}

static void
run_in_order (GTask        *task,
              gpointer      source,
              gpointer      task_data,
              GCancellable *cancellable)
{
  GTaskThreadFunc function;

  __tsan_acquire (task);
  function = (GTaskThreadFunc) g_object_get_qdata (G_OBJECT (task), get_function_quark ());
  function (task, source, task_data, cancellable);
}

/* Each of these replaces GLib's function of the same name, and calls it. */

#define REAL(function) ((typeof (&function)) dlsym (RTLD_NEXT, #function))

void
g_task_run_in_thread (GTask           *task,
                      GTaskThreadFunc  function)
{
  g_object_set_qdata (G_OBJECT (task), get_function_quark (), (gpointer) function);
  __tsan_release (task);
  REAL (g_task_run_in_thread) (task, run_in_order);
}

void
g_task_return_pointer (GTask          *task,
                       gpointer        result,
                       GDestroyNotify  result_destroy)
{
  __tsan_release (task);
  REAL (g_task_return_pointer) (task, result, result_destroy);
}

void
g_task_return_boolean (GTask    *task,
                       gboolean  result)
{
  __tsan_release (task);
  REAL (g_task_return_boolean) (task, result);
}

void
g_task_return_error (GTask  *task,
                     GError *error)
{
  __tsan_release (task);
  REAL (g_task_return_error) (task, error);
}

gpointer
g_task_propagate_pointer (GTask   *task,
                          GError **error)
{
  __tsan_acquire (task);
  return REAL (g_task_propagate_pointer) (task, error);
}

gboolean
g_task_propagate_boolean (GTask   *task,
                          GError **error)
{
  __tsan_acquire (task);
  return REAL (g_task_propagate_boolean) (task, error);
}

/* ---- Sources ---- */

typedef struct
{
  GSourceFunc    function;
  gpointer       data;
  GDestroyNotify notify;
} Callback;

static gboolean
call_in_order (gpointer data)
{
  Callback *callback = data;

  __tsan_acquire (callback);
  return callback->function (callback->data);
}

static void
free_callback (gpointer data)
{
  Callback *callback = data;

  __tsan_acquire (callback);
  if (callback->notify)
    callback->notify (callback->data);
  g_free (callback);
}

void
g_source_set_callback (GSource        *source,
                       GSourceFunc     function,
                       gpointer        data,
                       GDestroyNotify  notify)
{
  Callback *callback = g_new (Callback, 1);

  *callback = (Callback) { function, data, notify };
  __tsan_release (callback);
  REAL (g_source_set_callback) (source, call_in_order, callback, free_callback);
}

/* ---- Queues ---- */

void
g_async_queue_push (GAsyncQueue *queue,
                    gpointer     data)
{
  __tsan_release (queue);
  REAL (g_async_queue_push) (queue, data);
}

gpointer
g_async_queue_timeout_pop (GAsyncQueue *queue,
                           guint64      timeout)
{
  gpointer data = REAL (g_async_queue_timeout_pop) (queue, timeout);

  __tsan_acquire (queue);
  return data;
}
