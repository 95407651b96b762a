package slipway.http.upload;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import slipway.http.Reply;
import slipway.photo.Photo;
import slipway.token.TokenPurpose;
import slipway.token.UploadToken;

/** The reply that describes an uploaded file. */
public final class UploadReply {
  private UploadReply() {}

  /**
   * The reply.
   *
   * @param callback the address that describes the photo
   */
  public static Reply of(UploadToken token, Photo photo, Function<Photo, String> callback) {
    Map<String, String> fields = identity(photo);
    // If the server makes the call itself, the page must not make it again.
    if (!token.returnTo().inBackground()) {
      fields.put("callback_url", callback.apply(photo));
    }
    String what =
        token.purpose() == TokenPurpose.UPLOAD ? "The file was uploaded" : "The photo was replaced";
    return Reply.of(what, "upload", fields);
  }

  /** The fields that identify a photo in replies. */
  public static Map<String, String> identity(Photo photo) {
    Map<String, String> fields = new LinkedHashMap<>();
    fields.put("photo_id", Long.toString(photo.photoId()));
    fields.put("tree_id", Integer.toString(photo.treeId()));
    fields.put("token", photo.token());
    return fields;
  }
}
