package slipway.http.upload;

import java.net.URI;
import java.time.Instant;
import java.util.List;
import slipway.http.ApiException;
import slipway.http.Parameter;
import slipway.http.Parameters;
import slipway.token.TokenPurpose;

/** The parameters that several methods of uploads have, except for texts. */
public final class UploadParameters {
  /** The token of an upload, which is the permission. */
  public static final Parameter<String> UPLOAD_TOKEN = secret(TokenPurpose.UPLOAD);

  private static final Parameter<String> REPLACE_TOKEN = secret(TokenPurpose.REPLACE);

  /** The file itself. */
  public static final Parameter<Void> FILE = Parameter.file("file").required();

  /** The visitor's title for the photo: cut if it is too long, as it must not stop an upload. */
  public static final Parameter<String> PHOTO_TITLE =
      Parameter.text("photo_title")
          .words(
              "What the visitor calls the photo, where its token has no title. Only of a whole file;"
                  + " it is not repeated in the callback.");

  /** Whether the public sees the photo. */
  public static final Parameter<Boolean> PUBLISH = Parameter.flag("publish").orElse(true);

  /** From when on the public sees the photo. */
  public static final Parameter<Instant> PUBLISH_DATE =
      Parameter.moment("publish_date")
          .words(
              "When the uploads become public, in the past or future: 2026-06-01, 2026-06-01"
                  + " 18:30:00 (UTC), ISO 8601 with an offset, or seconds since 1970-01-01. Default"
                  + " is the time of the upload.");

  /** The photo's address on the site that has it, instead of ours. */
  public static final Parameter<URI> ABSOLUTE_URL =
      Parameter.url("absolute_url")
          .words("Canonical URL of the uploads, if it is not the one they have here.");

  private UploadParameters() {}

  /** The token of that purpose. */
  public static Parameter<String> token(TokenPurpose purpose) {
    return switch (purpose) {
      case UPLOAD -> UPLOAD_TOKEN;
      case REPLACE -> REPLACE_TOKEN;
    };
  }

  /** The parameters of a form that sends a file with a token of that purpose. */
  public static List<Parameter<?>> ofForm(TokenPurpose purpose) {
    List<Parameter<?>> own = List.of(token(purpose), FILE);
    return switch (purpose) {
      case UPLOAD -> Parameter.all(own, List.of(PHOTO_TITLE), ChunkFields.PARAMETERS);
      case REPLACE -> own;
    };
  }

  private static Parameter<String> secret(TokenPurpose purpose) {
    return Parameter.secret(purpose.parameter()).required("a token of 40 hexadecimal digits");
  }

  /** The photo's address elsewhere; null for none. */
  public static String absoluteUrl(Parameters parameters) throws ApiException {
    return ABSOLUTE_URL.find(parameters).map(URI::toString).orElse(null);
  }
}
