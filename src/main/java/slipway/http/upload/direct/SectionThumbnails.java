package slipway.http.upload.direct;

import java.io.IOException;
import slipway.http.ApiException;
import slipway.http.photo.PictureMaking;
import slipway.http.section.SectionParameter;
import slipway.media.LocalFile;
import slipway.photo.Photo;
import slipway.rendition.Thumbnails;
import slipway.section.VideoSections;
import slipway.upload.DirectUpload;

/**
 * Stores thumbnails of sections that callers send.
 *
 * @param sections have them
 * @param thumbnails makes them
 * @param areMade whether pictures are made here at all
 */
public record SectionThumbnails(VideoSections sections, Thumbnails thumbnails, boolean areMade) {
  /** Gives the section the picture that was uploaded. */
  void set(Photo video, long sectionId, DirectUpload upload) throws ApiException, IOException {
    PictureMaking.check(areMade);
    if (sections.find(video.photoId(), sectionId).isEmpty()
        || !sections.setThumbnail(video.photoId(), sectionId, made(upload))) {
      throw SectionParameter.missing();
    }
  }

  private byte[] made(DirectUpload upload) throws ApiException {
    return PictureMaking.made(
        () -> {
          try (LocalFile file = upload.lend()) {
            return thumbnails.of(file, upload.type().orElseThrow());
          }
        });
  }
}
