/* SPDX-License-Identifier: GPL-3.0-or-later */

/* GLib keeps all quarks in an array and, at every 2,048th, takes a larger one without freeing the
 * first, since other threads may read it without a lock.  A whole window has about as many.  The
 * leak has no stack that a suppression could name, and the array has no function; so it is looked
 * for among GLib's variables. */

#define _GNU_SOURCE /* dl_iterate_phdr () */

#include "config.h"

#include "quark-array.h"

#include <glib.h>

#ifdef __SANITIZE_ADDRESS__

#include <link.h>
#include <string.h>

/* GCC does not bring all headers of its sanitizers along. */
int    __sanitizer_get_ownership      (const volatile void *block);
size_t __sanitizer_get_allocated_size (const volatile void *block);
void   __lsan_ignore_object           (const void          *block);

#define ARRAY_BYTES (2048 * sizeof (char *))

static gboolean
is_array (gpointer candidate)
{
  const char **quarks = candidate;

  return candidate && __sanitizer_get_ownership (candidate)
         && __sanitizer_get_allocated_size (candidate) == ARRAY_BYTES
         && quarks[1] == g_quark_to_string (1) && quarks[2] == g_quark_to_string (2);
}

static int
look_through (struct dl_phdr_info *info,
              size_t               size,
              void                *user_data)
{
  if (strstr (info->dlpi_name, "libglib-2.0") == NULL)
    return 0;
  for (guint i = 0; i < info->dlpi_phnum; i++)
    {
      const ElfW (Phdr) *part = &info->dlpi_phdr[i];
      gpointer *variables = (gpointer *) (info->dlpi_addr + part->p_vaddr);

      if (part->p_type != PT_LOAD || (part->p_flags & PF_W) == 0)
        continue;
      for (gsize k = 0; k < part->p_memsz / sizeof *variables; k++)
        if (is_array (variables[k]))
          __lsan_ignore_object (variables[k]);
    }

  return 1;
}

void
quark_array_expect_loss (void)
{
  dl_iterate_phdr (look_through, NULL);
}

#else

void
quark_array_expect_loss (void)
{
}

#endif
