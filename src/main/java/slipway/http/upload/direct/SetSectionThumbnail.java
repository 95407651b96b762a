package slipway.http.upload.direct;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import slipway.auth.Caller;
import slipway.http.Api;
import slipway.http.ApiException;
import slipway.http.Parameter;
import slipway.http.Parameters;
import slipway.http.Reply;
import slipway.http.photo.PhotoParameter;
import slipway.http.section.SectionParameter;
import slipway.http.upload.Door;
import slipway.http.upload.UploadParameters;
import slipway.photo.Photo;
import slipway.photo.Photos;
import slipway.upload.DirectUpload;

/**
 * {@code photo/section/set-thumbnail}: a site's own server sends a picture for a section of a
 * video. A small picture is made of it and kept; the file itself is not.
 */
public final class SetSectionThumbnail extends FileServlet {
  private static final long serialVersionUID = 1L;

  /** Where servers send files to. */
  public static final Door DOOR = Door.at("/api/photo/section/set-thumbnail", "POST");

  private final transient Photos photos;
  private final transient SectionThumbnails thumbnails;

  /**
   * The method, with the parts it works on.
   *
   * @param uploads of pictures only
   */
  public SetSectionThumbnail(
      Api api, DirectUploads uploads, Photos photos, SectionThumbnails thumbnails) {
    super(DOOR, api, uploads);
    this.photos = photos;
    this.thumbnails = thumbnails;
  }

  @Override
  public List<Parameter<?>> parameters() {
    return List.of(
        PhotoParameter.ID,
        SectionParameter.ID,
        UploadParameters.FILE,
        Parameter.refused(
            "time", "a section without a thumbnail of its own shows the frame it begins with"));
  }

  @Override
  Reply reply(Photo photo) {
    return Reply.of("The thumbnail for the section was changed", "section", Map.of());
  }

  @Override
  void check(Parameters before, Caller caller) throws ApiException {
    PhotoParameter.check(photos, before);
    SectionParameter.ID.find(before);
  }

  @Override
  Photo act(Parameters parameters, Caller caller, DirectUpload upload)
      throws ApiException, IOException {
    long sectionId = SectionParameter.ID.of(parameters);
    Photo photo = PhotoParameter.required(photos, parameters);
    thumbnails.set(photo, sectionId, upload);
    return photo;
  }
}
