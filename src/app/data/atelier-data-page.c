/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The Data page: nine pictures, the classes, all pictures, and the copies.  A folder that is
 * dropped on it is opened as a data set.
 *
 * Counting and comparing the pictures starts when a data set arrives, on a thread of the core, and
 * is cancelled when another is chosen, so a result is never shown with other data.  The pictures
 * need no counting and are shown at once, but only when the page is first visible: a grid view
 * creates hundreds of tiles for a full list, which would delay the start of the window.  Main
 * thread.
 */

#include "config.h"

#include "data/atelier-data-page.h"

#include <glib/gi18n.h>

#include "data/atelier-data-facts.h"
#include "data/atelier-data-tile.h"
#include "kit/atelier-cards-layout.h"
#include "kit/atelier-drop-zone.h"

#define N_FIRST 9

struct _AtelierDataPage
{
  AdwBin                 parent_instance;

  /* Owned */
  AtelierSession        *session; /* nullable */
  AtelierDataOverview   *overview;
  GCancellable          *cancellable; /* of the overview in progress */
  AtelierDropZone       *drop_zone;

  /* Template children */
  AtelierDataFacts      *facts;
  GtkFlowBox            *first_box;
  GtkWidget             *first_note;
  AtelierDataClassTable *class_table;
  AtelierDataPictures   *pictures;
  AtelierCopiesView     *copies_view;
};

G_DEFINE_FINAL_TYPE (AtelierDataPage, atelier_data_page, ADW_TYPE_BIN)

enum
{
  PROP_SESSION = 1,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

static AtelierSplits *
get_splits (AtelierDataPage *self)
{
  return self->session ? atelier_session_get_splits (self->session) : NULL;
}

/* The nine */

static void
remove_first (AtelierDataPage *self)
{
  GtkFlowBoxChild *child;

  while ((child = gtk_flow_box_get_child_at_index (self->first_box, 0)))
    gtk_flow_box_remove (self->first_box, GTK_WIDGET (child));
}

static gboolean
is_for_validation (AtelierSplits *splits,
                   guint          picture)
{
  AtelierSplit split;
  guint i_image;

  return atelier_splits_find (splits, picture, &split, &i_image)
         && split == ATELIER_SPLIT_VALIDATION;
}

/* Shows the first pictures of the training file, at most nine, whatever split they are in: those of
 * the report's figure. */
static void
show_first (AtelierDataPage *self)
{
  AtelierSplits *splits = get_splits (self);
  guint n = splits ? atelier_dataset_get_n_to_learn (atelier_splits_get_dataset (splits)) : 0;

  remove_first (self);
  for (guint i = 0; i < MIN (n, N_FIRST); i++)
    {
      GtkWidget *tile = g_object_new (ATELIER_TYPE_DATA_TILE, "side", 84, NULL);

      atelier_data_tile_set_picture (ATELIER_DATA_TILE (tile), splits, i, TRUE, FALSE);
      gtk_flow_box_append (self->first_box, tile);
    }
  gtk_widget_set_visible (self->first_note, n > 0 && is_for_validation (splits, 0));
}

/* The overview */

static void
set_overview (AtelierDataPage     *self,
              AtelierDataOverview *overview)
{
  if (overview)
    atelier_data_overview_ref (overview);
  g_clear_pointer (&self->overview, atelier_data_overview_unref);
  self->overview = overview;
  atelier_data_class_table_set_overview (self->class_table, overview);
  atelier_copies_view_set_overview (self->copies_view, overview);
  atelier_data_pictures_set_overview (self->pictures, overview);
}

static void
on_overview_ready_cb (GObject      *source,
                      GAsyncResult *result,
                      gpointer      user_data)
{
  g_autoptr (AtelierDataPage) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (AtelierDataOverview) overview = atelier_data_overview_new_finish (result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  g_clear_object (&self->cancellable);
  if (overview)
    set_overview (self, overview);
  else
    atelier_copies_view_show_error (self->copies_view, error);
}

static void
cancel_overview (AtelierDataPage *self)
{
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
}

static void
start_overview (AtelierDataPage *self,
                AtelierSplits   *splits)
{
  self->cancellable = g_cancellable_new ();
  atelier_data_overview_new_async (splits, self->cancellable, on_overview_ready_cb,
                                   g_object_ref (self));
}

static void
show_pictures (AtelierDataPage *self)
{
  show_first (self);
  atelier_data_pictures_set_splits (self->pictures, get_splits (self));
}

static void
show_data (AtelierDataPage *self)
{
  AtelierSplits *splits = get_splits (self);

  cancel_overview (self);
  set_overview (self, NULL);
  atelier_data_class_table_set_splits (self->class_table, splits);
  if (splits)
    start_overview (self, splits);
  if (gtk_widget_get_mapped (GTK_WIDGET (self)))
    show_pictures (self);
}

static void
set_session (AtelierDataPage *self,
             AtelierSession  *session)
{
  if (self->session == session)
    return;

  if (self->session)
    g_signal_handlers_disconnect_by_data (self->session, self);
  g_set_object (&self->session, session);
  if (session)
    g_signal_connect_swapped (session, "notify::splits", G_CALLBACK (show_data), self);
  show_data (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SESSION]);
}

/* Dropping a folder */

/* For people; transfer full. */
static char *
get_name (GFile *file)
{
  g_autofree char *base_name = g_file_get_basename (file);

  return base_name ? g_filename_display_name (base_name) : g_file_get_parse_name (file);
}

/* Why the data cannot be read from @file, with its type in @info (nullable); NULL: they may.
 * Transfer full. */
static char *
find_fault (GFile     *file,
            GFileInfo *info)
{
  g_autofree char *name = get_name (file);

  if (g_file_peek_path (file) == NULL)
    return g_strdup_printf (_("“%s” is not on this computer"), name);
  if (!info || g_file_info_get_file_type (info) != G_FILE_TYPE_DIRECTORY)
    return g_strdup_printf (_("“%s” is not a folder"), name);

  return NULL;
}

static void
on_type_known_cb (GObject      *source,
                  GAsyncResult *result,
                  gpointer      user_data)
{
  g_autoptr (AtelierDataPage) self = user_data;
  g_autoptr (GFileInfo) info = g_file_query_info_finish (G_FILE (source), result, NULL);
  g_autofree char *fault = find_fault (G_FILE (source), info);

  if (fault)
    atelier_drop_zone_refuse (self->drop_zone, fault);
  else if (self->session)
    atelier_session_load_data (self->session, g_file_peek_path (G_FILE (source)));
}

static void
on_drop_read_cb (GObject      *source,
                 GAsyncResult *result,
                 gpointer      user_data)
{
  g_autoptr (AtelierDataPage) self = user_data;
  g_autoptr (GError) error = NULL;
  const GValue *value = gdk_drop_read_value_finish (GDK_DROP (source), result, &error);
  GSList *files = value ? g_value_get_boxed (value) : NULL;
  gboolean is_one = files && !files->next;

  if (is_one)
    g_file_query_info_async (files->data, G_FILE_ATTRIBUTE_STANDARD_TYPE, G_FILE_QUERY_INFO_NONE,
                             G_PRIORITY_DEFAULT, NULL, on_type_known_cb, g_object_ref (self));
  else if (error)
    atelier_drop_zone_refuse (self->drop_zone, error->message);
  else
    atelier_drop_zone_refuse (self->drop_zone, _("Several files were dropped"));
  gdk_drop_finish (GDK_DROP (source), is_one ? GDK_ACTION_COPY : 0);
}

static void
on_drop_cb (AtelierDataPage *self,
            GdkDrop         *drop)
{
  gdk_drop_read_value_async (drop, GDK_TYPE_FILE_LIST, G_PRIORITY_DEFAULT, NULL, on_drop_read_cb,
                             g_object_ref (self));
}

static void
add_drop_zone (AtelierDataPage *self)
{
  g_autoptr (GdkContentFormats) formats = gdk_content_formats_new_for_gtype (GDK_TYPE_FILE_LIST);

  self->drop_zone = atelier_drop_zone_new (GTK_WIDGET (self), formats,
                                           _("A folder with a data set can be dropped here."));
  g_signal_connect_object (self->drop_zone, "drop", G_CALLBACK (on_drop_cb), self,
                           G_CONNECT_SWAPPED);
}

/* Callbacks */

static void
on_class_activated_cb (AtelierDataPage *self,
                       guint            i_class)
{
  atelier_data_pictures_show_class (self->pictures, i_class);
}

static void
on_picture_activated_cb (AtelierDataPage *self,
                         guint            picture)
{
  atelier_data_pictures_open (self->pictures, picture);
}

static void
on_first_activated_cb (AtelierDataPage *self,
                       GtkFlowBoxChild *child)
{
  atelier_data_pictures_open (self->pictures, (guint) gtk_flow_box_child_get_index (child));
}

/* Overrides */

static void
atelier_data_page_map (GtkWidget *widget)
{
  show_pictures (ATELIER_DATA_PAGE (widget));

  GTK_WIDGET_CLASS (atelier_data_page_parent_class)->map (widget);
}

static void
atelier_data_page_get_property (GObject    *object,
                                guint       property_id,
                                GValue     *value,
                                GParamSpec *pspec)
{
  switch (property_id)
    {
    case PROP_SESSION:
      g_value_set_object (value, ATELIER_DATA_PAGE (object)->session);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
atelier_data_page_set_property (GObject      *object,
                                guint         property_id,
                                const GValue *value,
                                GParamSpec   *pspec)
{
  switch (property_id)
    {
    case PROP_SESSION:
      set_session (ATELIER_DATA_PAGE (object), g_value_get_object (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
atelier_data_page_dispose (GObject *object)
{
  AtelierDataPage *self = ATELIER_DATA_PAGE (object);

  cancel_overview (self);
  if (self->session)
    g_signal_handlers_disconnect_by_data (self->session, self);
  g_clear_object (&self->session);
  adw_bin_set_child (ADW_BIN (self), NULL);
  gtk_widget_dispose_template (GTK_WIDGET (self), ATELIER_TYPE_DATA_PAGE);

  G_OBJECT_CLASS (atelier_data_page_parent_class)->dispose (object);
}

static void
atelier_data_page_finalize (GObject *object)
{
  AtelierDataPage *self = ATELIER_DATA_PAGE (object);

  g_clear_pointer (&self->overview, atelier_data_overview_unref);
  g_clear_object (&self->drop_zone);

  G_OBJECT_CLASS (atelier_data_page_parent_class)->finalize (object);
}

static void
bind_template (GtkWidgetClass *widget_class)
{
  gtk_widget_class_set_template_from_resource (
    widget_class, "/io/github/atelier_nn/Atelier/data/atelier-data-page.ui");
  gtk_widget_class_bind_template_child (widget_class, AtelierDataPage, facts);
  gtk_widget_class_bind_template_child (widget_class, AtelierDataPage, first_box);
  gtk_widget_class_bind_template_child (widget_class, AtelierDataPage, first_note);
  gtk_widget_class_bind_template_child (widget_class, AtelierDataPage, class_table);
  gtk_widget_class_bind_template_child (widget_class, AtelierDataPage, pictures);
  gtk_widget_class_bind_template_child (widget_class, AtelierDataPage, copies_view);
  gtk_widget_class_bind_template_callback (widget_class, on_class_activated_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_first_activated_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_picture_activated_cb);
}

static void
atelier_data_page_class_init (AtelierDataPageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = atelier_data_page_get_property;
  object_class->set_property = atelier_data_page_set_property;
  object_class->dispose = atelier_data_page_dispose;
  object_class->finalize = atelier_data_page_finalize;
  widget_class->map = atelier_data_page_map;

  properties[PROP_SESSION] =
    g_param_spec_object ("session", NULL, NULL, ATELIER_TYPE_SESSION,
                         G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  g_type_ensure (ATELIER_TYPE_CARDS_LAYOUT);
  g_type_ensure (ATELIER_TYPE_DATA_CLASS_TABLE);
  g_type_ensure (ATELIER_TYPE_COPIES_VIEW);
  g_type_ensure (ATELIER_TYPE_DATA_FACTS);
  g_type_ensure (ATELIER_TYPE_DATA_PICTURES);
  bind_template (widget_class);
  gtk_widget_class_set_css_name (widget_class, "datapage");
}

static void
atelier_data_page_init (AtelierDataPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  add_drop_zone (self);
}

AtelierDataOverview *
atelier_data_page_get_overview (AtelierDataPage *self)
{
  g_return_val_if_fail (ATELIER_IS_DATA_PAGE (self), NULL);

  return self->overview;
}

AtelierDataPictures *
atelier_data_page_get_pictures (AtelierDataPage *self)
{
  g_return_val_if_fail (ATELIER_IS_DATA_PAGE (self), NULL);

  return self->pictures;
}

void
atelier_data_page_take_focus (AtelierDataPage *self)
{
  g_return_if_fail (ATELIER_IS_DATA_PAGE (self));

  if (!atelier_data_facts_take_focus (self->facts))
    gtk_widget_child_focus (GTK_WIDGET (self->first_box), GTK_DIR_TAB_FORWARD);
}
