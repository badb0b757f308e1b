/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The one place where the engine's status codes become errors of the core.
 *
 * The engine knows neither GLib nor gettext: it answers with a code and an English sentence that
 * names the layer.  The sentence is kept, because it says more than the code does; where the engine
 * gave none, a translated sentence takes its place.  Any thread.
 */

#include "config.h"

#include <glib/gi18n-lib.h>

#include "base/atelier-error.h"
#include "model/atelier-nn-private.h"

static AtelierError
convert_status (NnStatus status)
{
  switch (status)
    {
    case NN_STATUS_INVALID:
    case NN_STATUS_SHAPE:
      return ATELIER_ERROR_NETWORK;
    case NN_STATUS_TOO_LARGE:
      return ATELIER_ERROR_TOO_LARGE;
    case NN_STATUS_NO_MEMORY:
      return ATELIER_ERROR_NO_MEMORY;
    case NN_STATUS_NOT_FINITE:
      return ATELIER_ERROR_NOT_FINITE;
    case NN_STATUS_NO_THREAD:
    case NN_STATUS_OK:
    default:
      return ATELIER_ERROR_FAILED;
    }
}

static const char *
describe_status (NnStatus status)
{
  switch (status)
    {
    case NN_STATUS_INVALID:
      return _("a setting makes no sense");
    case NN_STATUS_SHAPE:
      return _("the layers do not fit one another");
    case NN_STATUS_TOO_LARGE:
      return _("the network is larger than the engine takes");
    case NN_STATUS_NO_MEMORY:
      return _("there is not enough memory");
    case NN_STATUS_NOT_FINITE:
      return _("the numbers became infinite");
    case NN_STATUS_NO_THREAD:
      return _("the system gave no thread");
    case NN_STATUS_OK:
    default:
      return _("the engine failed");
    }
}

gboolean
atelier_error_check_nn (NnStatus        status,
                        const NnError  *nn_error,
                        const char     *what,
                        GError        **error)
{
  const char *text = NULL;

  g_return_val_if_fail (what != NULL, FALSE);

  if (status == NN_STATUS_OK)
    return TRUE;

  /* An earlier failure's text that was left in @nn_error must not be taken for this one's. */
  if (nn_error != NULL && nn_error->status == status && nn_error->text[0] != '\0')
    text = nn_error->text;
  else
    text = describe_status (status);

  /* Translators: what was being done, then what went wrong */
  g_set_error (error, ATELIER_ERROR, convert_status (status), _("%s: %s"), what, text);
  return FALSE;
}
