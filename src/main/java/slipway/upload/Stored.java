package slipway.upload;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import slipway.media.Media;
import slipway.media.MediaKey;
import slipway.media.MediaStore;
import slipway.photo.Photo;
import slipway.photo.Photos;
import slipway.token.KeptToken;
import slipway.token.TokenPurpose;

/**
 * What tokens have stored lately, for forms that are sent once more: visitors click twice, or go
 * back and send the form again.
 */
public final class Stored {
  private static final Duration LATELY = Duration.ofMinutes(10);

  private final Photos photos;
  private final MediaStore media;
  private final Clock clock;

  /** Of these photos, whose files are in that store. */
  public Stored(Photos photos, MediaStore media, Clock clock) {
    this.photos = photos;
    this.media = media;
    this.clock = clock;
  }

  /** The photos that have their files by a token, as far as they are there. */
  List<Photo> by(KeptToken kept) {
    if (kept.token().purpose() == TokenPurpose.UPLOAD) {
      return photos.uploadedWith(kept.token().id());
    }
    return kept.spent() == 0 ? List.of() : photos.find(kept.token().replaces()).stream().toList();
  }

  /** Opens those files of the photos that were stored lately under that name; close it. */
  Originals open(List<Photo> among, String filename) throws IOException {
    String name = FileName.kept(filename);
    Originals originals = new Originals();
    boolean isDone = false;
    try {
      for (Photo photo : among) {
        if (photo.filename().equals(name)) {
          add(originals, photo);
        }
      }
      isDone = true;
      return originals;
    } finally {
      if (!isDone) {
        originals.close();
      }
    }
  }

  private void add(Originals originals, Photo photo) throws IOException {
    Optional<Media> file = media.open(new MediaKey(photo.treeId(), photo.mediaKey()));
    if (file.isEmpty()) {
      return;
    }
    if (file.get().modified().isAfter(clock.instant().minus(LATELY))) {
      originals.add(photo, file.get());
    } else {
      file.get().close();
    }
  }
}
