/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Model files: AtelierModel as safetensors.
 *
 *   u64 little endian N | N bytes of JSON, padded with spaces to a multiple of 8 | tensors
 *
 * Tensors are F32 with PyTorch-like names: "conv1.weight" [out, in, kernel_height,
 * kernel_width], "dense1.bias" [out]; layers of a kind are numbered from 1.  A dense layer after
 * Flatten has its inputs in [height, width, channel] order, which the metadata says.
 * __metadata__ holds strings: format "atelier", format_version "1" ("2" where the network has
 * something that programs of version 1 do not know, "3" where it has a history), network, recipe
 * and input (JSON texts), class_names (JSON array), dataset_name, dataset_sha256, epochs,
 * flatten_order "hwc".  Others are ignored.
 *
 * Kinds of layers that came later, and layers in residual blocks, are called by their place in the
 * list, from 0, and their tensors as in PyTorch: "layers.1.running_var",
 * "layers.3.body.0.weight", "layers.3.shortcut.0.weight".
 *
 * A model with a training state has "training_state" (JSON text) as well, and beside each tensor
 * that is trained what the recipe's optimiser keeps for it, in the same shape:
 * "conv1.weight.moment_1" and, for Adam, "conv1.weight.moment_2".
 *
 * "arithmetic" is the engine's revision that computed the weights; without it, the first.
 *
 * Where the recipe standardises input, "pixels" has the means and deviations (JSON text) by which.
 *
 * The tensors are the weights of the last step; or "weights" is "averaged", and they are the
 * average that the recipe asks for; or it is "best", and they are those of the best epoch's end,
 * which "epochs" says.  Where the recipe averages, "newest" is said as well.  A training state has
 * the others beside them: "conv1.weight.newest", "conv1.weight.averaged", "conv1.weight.best", the
 * last where the recipe judges epochs.
 *
 * A file may have the history of the run that made its weights (AtelierRunLog), so that its curves
 * and mistakes can be shown again.  "history" is JSON text: batches_per_epoch, first_epoch,
 * first_batch, and for each split with predictions whether they are of a sample.  Its tensors:
 *
 *   history.epochs            F64 [epochs, 8]         the columns of AtelierLogged
 *   history.batch_losses      F32 [batches]           the newest ATELIER_RUN_LOG_MAX_BATCHES
 *   history.batch_accuracies  F32 [batches]
 *   history.test_looks        F64 [looks, 4]          epoch, loss, accuracy, and of which
 *                                                     weights: 0 newest, 1 best, 2 averaged
 *
 * and for the splits "training" (a sample) and "validation":
 *
 *   history.SPLIT.labels      U8 [images]
 *   history.SPLIT.pictures    U32 [images]            their numbers in the data set
 *   history.SPLIT.epochs      U32 [kept]              whose predictions are kept
 *   history.SPLIT.classes     U8 [kept, images]
 *   history.SPLIT.scores      U16 [kept, 2, images]   of the class and of the truth, of 65,535
 *
 * Unknown figures are NaN.  There are no times.  All predictions together have at most 16 MiB:
 * where more were made, those of the newest epochs and of the best are kept, and of the older ones
 * every second, fourth, eighth... (atelier_run_log_keeps_epoch), so that a run keeps the same
 * whether or not it was broken off.  Figures of epochs are kept for ever.
 *
 * Reading is strict: every check of the format's specification, and that tensors and network
 * agree.  No size is believed before it was compared with the file's.  Every function may be
 * called from any thread.
 */

#pragma once

#include <gio/gio.h>

#include "model/atelier-model.h"

G_BEGIN_DECLS

/* More than the engine's most weights, with two moments of each, their average, the newest and the
 * best. */
#define ATELIER_MODEL_FILE_MAX_SIZE ((guint64) 13 << 28)

/* Transfer full.  The same model gives the same bytes. */
GBytes       *atelier_model_file_to_bytes   (AtelierModel *model);
/* @origin stands for the path in messages.  FORMAT, TRUNCATED, TRAILING, MISMATCH, UNSUPPORTED
 * (another program's safetensors, a later version), NETWORK, RECIPE, TOO_LARGE. */
AtelierModel *atelier_model_file_from_bytes (GBytes       *bytes,
                                             const char   *origin,
                                             GError      **error);

/* As atelier_file_write, after the file was read back from memory: TOO_LARGE, and as from_bytes. */
gboolean      atelier_model_file_save       (AtelierModel *model,
                                             const char   *path,
                                             GError      **error);
/* As atelier_file_write_without_flush: for a file that the same run will replace. */
gboolean      atelier_model_file_save_without_flush (AtelierModel *model,
                                                     const char   *path,
                                                     GError      **error);
/* Saves where the user asked for nothing or where that failed: a new file in the folder "atelier"
 * of the user's XDG state folder, which says in its name what the model is.  Returns its path;
 * transfer full. */
char         *atelier_model_file_rescue     (AtelierModel *model,
                                             GError      **error);
/* As above, for a run that goes on, which will replace the file.  Its name says that, and which
 * process the run is in; the disk is not asked to flush. */
char         *atelier_model_file_rescue_running (AtelierModel *model,
                                                 GError      **error);
/* Gives the files of rescue_running () the names that rescue () would have given them, where their
 * process is gone, or its number is another program's or user's now.  Returns their paths, the
 * newest first; transfer full. */
char        **atelier_model_file_take_left   (void);
/* Deletes the files that both have written, except for the @n_kept that were changed last.
 * Files with other names stay.  A file that cannot be deleted is left. */
void          atelier_model_file_prune_rescued (guint         n_kept);
/* About the most bytes of a file with a model of @network. */
guint64       atelier_model_file_estimate_size (AtelierNetwork *network,
                                                gboolean        with_state);
/* Regular files of at most the size above.  As from_bytes, and NOT_FOUND, NO_MEMORY, FAILED. */
AtelierModel *atelier_model_file_load       (const char   *path,
                                             GError      **error);

G_END_DECLS
