package slipway.http.upload.direct;

import java.io.IOException;
import slipway.disk.DiskNews;
import slipway.health.BusyException;
import slipway.http.ApiException;
import slipway.http.ErrorCode;
import slipway.http.photo.NoPictureNow;
import slipway.http.section.SectionParameter;
import slipway.media.LocalFile;
import slipway.media.pictures.NoPreviewException;
import slipway.photo.Photo;
import slipway.rendition.Thumbnails;
import slipway.section.VideoSections;
import slipway.upload.DirectUpload;

/**
 * The thumbnails of sections, as callers send them.
 *
 * @param sections have them
 * @param thumbnails makes them
 * @param areMade whether pictures are made here at all
 */
public record SectionThumbnails(VideoSections sections, Thumbnails thumbnails, boolean areMade) {
  /** Gives the section the picture that was uploaded. */
  void set(Photo video, long sectionId, DirectUpload upload) throws ApiException, IOException {
    if (!areMade) {
      throw new ApiException(
          ErrorCode.ERROR_PROCESSING_UPLOAD,
          "No pictures are made here: slipway.rendition.threads is 0.");
    }
    if (sections.find(video.photoId(), sectionId).isEmpty()
        || !sections.setThumbnail(video.photoId(), sectionId, made(upload))) {
      throw SectionParameter.missing();
    }
  }

  private byte[] made(DirectUpload upload) throws ApiException {
    try (LocalFile file = upload.lend()) {
      byte[] made = thumbnails.of(file, upload.type().orElseThrow());
      DiskNews.OF_PICTURES.roomy();
      return made;
    } catch (NoPreviewException e) {
      throw new ApiException(ErrorCode.ERROR_PROCESSING_UPLOAD, e.getMessage());
    } catch (BusyException e) {
      throw ApiException.busy();
    } catch (IOException e) {
      throw NoPictureNow.because(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw ApiException.busy();
    }
  }
}
