package slipway.http.uploadtoken;

import java.util.List;
import java.util.Map;
import slipway.auth.PermissionLevel;
import slipway.details.DetailsChange;
import slipway.editing.TooManyChangesException;
import slipway.editing.UploadChanges;
import slipway.http.AlbumParameter;
import slipway.http.Api;
import slipway.http.ApiCall;
import slipway.http.ApiException;
import slipway.http.ApiServlet;
import slipway.http.Cors;
import slipway.http.ErrorCode;
import slipway.http.FileIdentifier;
import slipway.http.Parameter;
import slipway.http.Parameters;
import slipway.http.Reply;
import slipway.http.TextParameters;
import slipway.http.photo.UpdatePhoto;
import slipway.http.upload.UploadParameters;
import slipway.photo.Albums;
import slipway.token.PendingChanges;
import slipway.token.TokenRegistry;
import slipway.token.UploadToken;

/**
 * {@code photo/update-upload-token}: changes the photos that were or are being uploaded with a
 * token, as long as the token has not expired. No authentication: the token is the permission.
 * Missing parameters leave a photo as it is.
 */
public final class UpdateUploadToken extends ApiServlet {
  private static final long serialVersionUID = 1L;

  private static final Parameter<String> IDENTIFIER =
      FileIdentifier.asked(
          "Identifier of the one file to change, as its client names it; all files of the token if missing.");
  private static final Parameter<Boolean> PUBLISH = Parameter.flag("publish");
  private static final String KEPT = "it cannot be changed after photo/get-upload-token";
  private static final int RETRY_SECONDS = 2;

  private final transient TokenRegistry tokens;
  private final transient Albums albums;
  private final transient UploadChanges changes;
  private final transient TextParameters texts;

  /** The method, with the parts it works on. */
  public UpdateUploadToken(
      Api api, TokenRegistry tokens, Albums albums, UploadChanges changes, TextParameters texts) {
    super(api, PermissionLevel.NONE, new Cors("GET, POST"));
    this.tokens = tokens;
    this.albums = albums;
    this.changes = changes;
    this.texts = texts;
  }

  @Override
  public List<Parameter<?>> parameters() {
    return List.of(
        UploadParameters.UPLOAD_TOKEN,
        AlbumParameter.IDS.words("Albums, comma-separated; replaces the current ones."),
        texts.title(),
        texts.description(),
        texts.tagList().words("Replaces the current ones. " + texts.tagList().words()),
        PUBLISH,
        IDENTIFIER,
        Parameter.refused("filename", IDENTIFIER.name() + " identifies the file"),
        Parameter.refused("user_id", KEPT),
        Parameter.refused("publish_date", KEPT),
        Parameter.refused("absolute_url", KEPT),
        Parameter.refused("license_id", "use photo/update, with the photo_id of the upload"));
  }

  @Override
  protected Reply answer(ApiCall call) throws ApiException {
    Parameters parameters = call.parameters();
    UploadToken token =
        tokens
            .find(UploadParameters.UPLOAD_TOKEN.of(parameters))
            .orElseThrow(
                () ->
                    new ApiException(
                        ErrorCode.INVALID_UPLOAD_TOKEN,
                        "This upload token is not known, or has expired."));
    call.origin().check(token.limits().allowedOrigin());
    apply(token, IDENTIFIER.find(parameters).orElse(null), change(parameters));
    return Reply.of("The token information was updated", "photo", Map.of());
  }

  private void apply(UploadToken token, String identifier, DetailsChange change)
      throws ApiException {
    try {
      if (!changes.apply(token.id(), identifier, change)) {
        throw ApiException.invalid(
            IDENTIFIER.name(),
            "one of at most " + PendingChanges.MAX_PER_TOKEN + " files of the token");
      }
    } catch (TooManyChangesException e) {
      throw ApiException.tryLater(e.getMessage(), RETRY_SECONDS);
    }
  }

  private DetailsChange change(Parameters parameters) throws ApiException {
    return new DetailsChange(
        UpdatePhoto.albumIds(parameters, albums),
        texts.title().find(parameters).orElse(null),
        texts.description().find(parameters).orElse(null),
        texts.tagList().find(parameters).orElse(null),
        PUBLISH.find(parameters).orElse(null));
  }
}
