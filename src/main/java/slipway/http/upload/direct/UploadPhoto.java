package slipway.http.upload.direct;

import java.io.IOException;
import java.util.List;
import slipway.auth.Caller;
import slipway.details.Details;
import slipway.http.AlbumParameter;
import slipway.http.Api;
import slipway.http.ApiException;
import slipway.http.Owner;
import slipway.http.Parameter;
import slipway.http.Parameters;
import slipway.http.Reply;
import slipway.http.TextParameters;
import slipway.http.license.LicenseParameter;
import slipway.http.photo.UpdatePhoto;
import slipway.http.upload.Door;
import slipway.http.upload.UploadParameters;
import slipway.http.upload.UploadReply;
import slipway.license.License;
import slipway.photo.Albums;
import slipway.photo.Photo;
import slipway.photo.user.Users;
import slipway.upload.DirectUpload;

/** {@code photo/upload}: a site's own server uploads a file with its metadata. */
public final class UploadPhoto extends FileServlet {
  private static final long serialVersionUID = 1L;

  /** Where servers send files to. */
  public static final Door DOOR = Door.at("/api/photo/upload", "POST");

  private static final Parameter<License> LICENSE =
      LicenseParameter.saying("What others may do with it: a license_id of license/list.")
          .orElse(License.ALL_RIGHTS_RESERVED);

  private final transient Users users;
  private final transient Albums albums;
  private final transient TextParameters texts;

  /** The method, with the parts it works on. */
  public UploadPhoto(
      Api api, DirectUploads uploads, Users users, Albums albums, TextParameters texts) {
    super(DOOR, api, uploads);
    this.users = users;
    this.albums = albums;
    this.texts = texts;
  }

  @Override
  public List<Parameter<?>> parameters() {
    return List.of(
        UploadParameters.FILE,
        Owner.ID,
        AlbumParameter.IDS.words("Albums it goes into, comma-separated."),
        texts.title(),
        texts.description(),
        texts.tagList(),
        UploadParameters.PUBLISH.words("Whether the public sees it."),
        UploadParameters.PUBLISH_DATE,
        UploadParameters.ABSOLUTE_URL,
        LICENSE);
  }

  @Override
  Reply reply(Photo photo) {
    return Reply.of("The file was uploaded", "upload", UploadReply.identity(photo));
  }

  @Override
  void check(Parameters before, Caller caller) throws ApiException {
    details(before, caller);
    LICENSE.of(before);
  }

  @Override
  Photo act(Parameters parameters, Caller caller, DirectUpload upload)
      throws ApiException, IOException {
    return upload.add(details(parameters, caller), LICENSE.of(parameters));
  }

  private Details details(Parameters parameters, Caller caller) throws ApiException {
    return new Details(
        Owner.of(parameters, caller, users),
        UpdatePhoto.albums(parameters, albums),
        texts.title().of(parameters),
        texts.description().of(parameters),
        texts.tagList().of(parameters),
        UploadParameters.PUBLISH.of(parameters),
        UploadParameters.PUBLISH_DATE.find(parameters).orElse(null),
        UploadParameters.absoluteUrl(parameters));
  }
}
