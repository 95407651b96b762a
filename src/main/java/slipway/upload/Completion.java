package slipway.upload;

import java.io.IOException;
import org.jdbi.v3.core.Handle;
import slipway.db.Database;
import slipway.media.MediaKey;
import slipway.media.MediaStore;
import slipway.photo.NewPhoto;
import slipway.photo.Photo;
import slipway.photo.Photos;
import slipway.photo.Tags;
import slipway.token.TokenUse;
import slipway.token.UploadToken;

/**
 * The end of every upload, by whichever way its bytes came: the file is kept, then photo and spent
 * use are committed as one. A row always has its file.
 */
public final class Completion {
  private final Database database;
  private final MediaStore media;
  private final Photos photos;

  /** Keeps files in that store and photos in that database. */
  public Completion(Database database, MediaStore media, Photos photos) {
    this.database = database;
    this.media = media;
    this.photos = photos;
  }

  /** Makes the photo; when this returns, file, photo and spent use are durable. */
  Photo complete(TokenUse use, Received file) throws IOException {
    MediaKey key = media.keep(file.incoming());
    try {
      Photo photo = database.write(tx -> record(tx, use, newPhoto(use.token(), file, key)));
      use.spent();
      return photo;
    } catch (RuntimeException e) {
      deleteUnlessRecorded(key);
      throw e;
    }
  }

  private Photo record(Handle tx, TokenUse use, NewPhoto photo) {
    Photo recorded = photos.add(tx, photo);
    use.spend(tx);
    return recorded;
  }

  /** A failed commit may have come through after all. */
  private void deleteUnlessRecorded(MediaKey key) throws IOException {
    if (!photos.hasMedia(key.name())) {
      media.delete(key);
    }
  }

  private static NewPhoto newPhoto(UploadToken token, Received file, MediaKey key) {
    UploadToken.Details details = token.details();
    return new NewPhoto(
        key.treeId(),
        key.name(),
        details.title(),
        details.description(),
        Tags.parse(details.tags()),
        details.publish(),
        details.userId(),
        details.albumIds(),
        file.filename(),
        file.type(),
        file.size(),
        token.id());
  }
}
