package slipway.http.upload.direct;

import java.io.IOException;
import slipway.auth.Caller;
import slipway.details.CleanHtml;
import slipway.details.Details;
import slipway.http.Api;
import slipway.http.ApiException;
import slipway.http.Owner;
import slipway.http.Parameters;
import slipway.http.Reply;
import slipway.http.TextParameters;
import slipway.http.Timestamps;
import slipway.http.photo.UpdatePhoto;
import slipway.http.upload.Door;
import slipway.http.upload.UploadReply;
import slipway.http.uploadtoken.GetUploadToken;
import slipway.photo.Albums;
import slipway.photo.Photo;
import slipway.photo.Users;
import slipway.upload.DirectUpload;

/** {@code photo/upload}: a site's own server uploads a file, with what is said of it. */
public final class UploadPhoto extends FileServlet {
  private static final long serialVersionUID = 1L;

  /** Where servers send files to. */
  public static final Door DOOR = Door.at("/api/photo/upload", "POST");

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
  Reply reply(Photo photo) {
    return Reply.of("The file was uploaded", "upload", UploadReply.identity(photo));
  }

  @Override
  Photo act(Parameters parameters, Caller caller, DirectUpload upload)
      throws ApiException, IOException {
    return upload.add(
        new Details(
            Owner.of(parameters, caller, users),
            UpdatePhoto.albums(parameters, albums),
            texts.title(parameters).orElse(""),
            texts.description(parameters).orElse(CleanHtml.NONE),
            texts.tagList(parameters).orElse(""),
            parameters.flag("publish", true),
            Timestamps.parse(parameters, "publish_date").orElse(null),
            GetUploadToken.absoluteUrl(parameters)));
  }
}
