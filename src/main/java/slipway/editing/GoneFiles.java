package slipway.editing;

import java.io.IOException;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import slipway.db.Database;
import slipway.health.UnavailableException;
import slipway.media.MediaKey;
import slipway.media.MediaStore;
import slipway.photo.Photo;
import slipway.photo.RenditionVersion;
import slipway.stray.StrayObjects;

/**
 * Deletes the files that photos have lost: the row goes first, so that a row always has its file.
 * Where no comparison would find what is left of them, that is noted in the row's transaction.
 */
public final class GoneFiles {
  private static final Logger LOG = LoggerFactory.getLogger(GoneFiles.class);

  private final MediaStore media;
  private final StrayObjects strays;

  /** Deletes files of that store, whose rows that database had. */
  public GoneFiles(Database database, MediaStore media) {
    this.media = media;
    this.strays = new StrayObjects(database);
  }

  /** Notes those of a photo in the transaction by which it loses them; {@link #delete} follows. */
  public void note(Handle tx, Photo photo) {
    StrayObjects.noteGone(tx, names(photo));
  }

  private List<String> names(Photo photo) {
    MediaKey key = new MediaKey(photo.treeId(), photo.mediaKey());
    return media.namesOf(key, photo.renditionVersion(), photo.videoVersion());
  }

  /**
   * Deletes those of a photo that no longer has them. One that stays is set aside after the next
   * start, or deleted as it was noted.
   */
  public void delete(Photo photo) {
    try {
      MediaKey key = new MediaKey(photo.treeId(), photo.mediaKey());
      media.deleteRenditions(key, photo.renditionVersion());
      if (photo.videoVersion() != RenditionVersion.NONE) {
        media.deleteRenditions(key, photo.videoVersion());
      }
      media.delete(key);
      strays.forget(names(photo));
    } catch (IOException | UnavailableException e) {
      LOG.warn(
          "A file of photo {} could not be deleted yet; that is done later", photo.photoId(), e);
    }
  }
}
