/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Threads that share the work of one call.
 *
 * A hand-over must cost about a microsecond, since a training step has several and takes a
 * millisecond.  So the state of a job is one 64-bit ticket: the number of tasks, and the next task.
 * A thread takes a task by adding one to the ticket.  A late thread that adds one to an old ticket
 * finds no task in it, and does no harm.  The caller waits for the tasks, not for the threads: a
 * thread that is slow to wake up misses the job, and nobody waits for it.
 *
 * Threads without work poll the ticket for some microseconds, then sleep on a condition variable.
 * The caller only spins, since each of the others has at most one task left.  After a while it also
 * yields, since there may be more threads than cores.
 */

#include "nn-private.h"

#include <pthread.h>
#include <sched.h>
#include <stdatomic.h>
#include <stdlib.h>

#define MAX_THREADS 64
#define MAX_TASKS 1000000u /* in one ticket */
#define N_SPINS_BEFORE_SLEEP 4000
#define N_SPINS_BEFORE_YIELD 2000

/* A ticket is (number of tasks << 20) | next task.  The next task has room for MAX_THREADS
 * additions too many. */
#define TICKET(n_tasks) ((uint64_t) (n_tasks) << 20)
#define TICKET_N_TASKS(ticket) (((ticket) >> 20) & 0xfffff)
#define TICKET_NEXT(ticket) ((ticket) & 0xfffff)

typedef struct
{
  NnPool *pool;
  unsigned i_worker;
  pthread_t thread;
} Worker;

struct NnPool
{
  unsigned n_threads;
  Worker workers[MAX_THREADS]; /* the first is the caller and has no thread */

  _Alignas (NN_ALIGNMENT) _Atomic uint64_t ticket;
  _Alignas (NN_ALIGNMENT) _Atomic size_t n_done;
  _Alignas (NN_ALIGNMENT) atomic_int n_sleeping;
  atomic_bool is_ending;

  /* Written before the ticket, and not changed until all its tasks are done. */
  NnTask task;
  void *data;
  size_t first_task; /* the number of this ticket's task 0 */

  pthread_mutex_t mutex;
  pthread_cond_t wake;
};

static inline void
relax (void)
{
#if defined(__x86_64__) || defined(__i386__)
  __builtin_ia32_pause ();
#elif defined(__aarch64__)
  __asm__ volatile("yield");
#endif
}

static bool
has_task (uint64_t ticket)
{
  return TICKET_NEXT (ticket) < TICKET_N_TASKS (ticket);
}

/* Runs tasks until the ticket has none left. */
static void
take_tasks (NnPool   *pool,
            unsigned  i_worker)
{
  while (has_task (atomic_load_explicit (&pool->ticket, memory_order_acquire)))
    {
      uint64_t ticket = atomic_fetch_add_explicit (&pool->ticket, 1, memory_order_acq_rel);

      if (!has_task (ticket))
        return;
      pool->task (pool->data, pool->first_task + TICKET_NEXT (ticket), i_worker);
      atomic_fetch_add_explicit (&pool->n_done, 1, memory_order_release);
    }
}

static void
sleep_until_work (NnPool *pool)
{
  pthread_mutex_lock (&pool->mutex);
  atomic_fetch_add (&pool->n_sleeping, 1);
  while (!has_task (atomic_load (&pool->ticket)) && !atomic_load (&pool->is_ending))
    pthread_cond_wait (&pool->wake, &pool->mutex);
  atomic_fetch_sub (&pool->n_sleeping, 1);
  pthread_mutex_unlock (&pool->mutex);
}

static void *
run_worker (void *data)
{
  Worker *worker = data;
  NnPool *pool = worker->pool;

  while (!atomic_load_explicit (&pool->is_ending, memory_order_relaxed))
    {
      unsigned n_spins = 0;

      while (!has_task (atomic_load_explicit (&pool->ticket, memory_order_relaxed))
             && n_spins++ < N_SPINS_BEFORE_SLEEP)
        relax ();
      if (n_spins > N_SPINS_BEFORE_SLEEP)
        sleep_until_work (pool);
      take_tasks (pool, worker->i_worker);
    }
  return NULL;
}

NnStatus
nn_pool_new (unsigned   n_threads,
             NnPool   **pool,
             NnError   *error)
{
  NnPool *made;

  if (n_threads < 1 || n_threads > MAX_THREADS)
    return nn_fail (error, NN_STATUS_INVALID, NN_NONE,
                    "%u threads were asked for; 1 to %d are possible", n_threads, MAX_THREADS);
  made = aligned_alloc (NN_ALIGNMENT, nn_round_up (sizeof *made, NN_ALIGNMENT));
  if (made == NULL)
    return nn_fail (error, NN_STATUS_NO_MEMORY, NN_NONE, "There is no memory for %u threads",
                    n_threads);

  memset (made, 0, sizeof *made);
  made->n_threads = 1;
  atomic_init (&made->ticket, 0);
  atomic_init (&made->n_done, 0);
  atomic_init (&made->n_sleeping, 0);
  atomic_init (&made->is_ending, false);
  pthread_mutex_init (&made->mutex, NULL);
  pthread_cond_init (&made->wake, NULL);

  for (unsigned i = 1; i < n_threads; i++)
    {
      made->workers[i].pool = made;
      made->workers[i].i_worker = i;
      if (pthread_create (&made->workers[i].thread, NULL, run_worker, &made->workers[i]) != 0)
        {
          nn_pool_free (made);
          return nn_fail (error, NN_STATUS_NO_THREAD, NN_NONE,
                          "The system started %u of %u threads", i, n_threads);
        }
      made->n_threads++;
    }
  *pool = made;
  return NN_STATUS_OK;
}

void
nn_pool_free (NnPool *pool)
{
  if (pool == NULL)
    return;

  pthread_mutex_lock (&pool->mutex);
  atomic_store (&pool->is_ending, true);
  pthread_cond_broadcast (&pool->wake);
  pthread_mutex_unlock (&pool->mutex);
  for (unsigned i = 1; i < pool->n_threads; i++)
    pthread_join (pool->workers[i].thread, NULL);
  pthread_cond_destroy (&pool->wake);
  pthread_mutex_destroy (&pool->mutex);
  free (pool);
}

unsigned
nn_pool_get_n_threads (const NnPool *pool)
{
  return pool != NULL ? pool->n_threads : 1;
}

static void
run_ticket (NnPool *pool,
            size_t  n_tasks)
{
  unsigned n_spins = 0;

  atomic_store_explicit (&pool->n_done, 0, memory_order_relaxed);
  atomic_store (&pool->ticket, TICKET (n_tasks));
  if (atomic_load (&pool->n_sleeping) > 0)
    {
      pthread_mutex_lock (&pool->mutex);
      pthread_cond_broadcast (&pool->wake);
      pthread_mutex_unlock (&pool->mutex);
    }
  take_tasks (pool, 0);
  while (atomic_load_explicit (&pool->n_done, memory_order_acquire) < n_tasks)
    {
      relax ();
      if (++n_spins > N_SPINS_BEFORE_YIELD)
        sched_yield ();
    }
}

void
nn_pool_run (NnPool *pool,
             size_t  n_tasks,
             NnTask  task,
             void   *data)
{
  if (pool == NULL || pool->n_threads == 1 || n_tasks == 1)
    {
      for (size_t i = 0; i < n_tasks; i++)
        task (data, i, 0);
      return;
    }

  pool->task = task;
  pool->data = data;
  for (pool->first_task = 0; pool->first_task < n_tasks; pool->first_task += MAX_TASKS)
    run_ticket (pool, nn_min (MAX_TASKS, n_tasks - pool->first_task));
}
