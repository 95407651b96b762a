package slipway.http.upload.tus;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import slipway.http.Api;
import slipway.http.ApiException;
import slipway.http.Cors;
import slipway.http.RequestBody;
import slipway.http.upload.FormLimits;
import slipway.http.upload.UploadFailure;
import slipway.token.UploadToken;
import slipway.upload.resumable.OffsetException;
import slipway.upload.resumable.ResumableUploads;
import slipway.upload.resumable.Sender;

/** One request of the protocol, its answer, and what both are about. */
record TusExchange(
    Api api,
    Cors cors,
    ResumableUploads uploads,
    TusRequest tus,
    HttpServletRequest request,
    HttpServletResponse response) {

  /** Checks that a page which shows that token may use it; null for a token not known. */
  void checkOrigin(UploadToken token) throws ApiException {
    cors.check(request, response, token == null ? null : token.limits().allowedOrigin());
  }

  /** Who sends it. */
  Sender sender() {
    return new Sender(api.proxies().countedAs(request), tus.program());
  }

  /**
   * Says why it failed. Reads off what is left of the body first: browsers see no answer before
   * they sent it all.
   */
  void refuse(Exception cause, RequestBody body, FormLimits limits) throws IOException {
    if (cause instanceof OffsetException other) {
      response.setHeader("Upload-Offset", Long.toString(other.offset()));
    }
    ApiException error = UploadFailure.error(cause);
    body.drain(limits.readOffBytes(), limits.readOffMillis());
    api.writeJson(request, response, ofProtocol(error));
  }

  /** What may pass is 503 for every client. */
  private static ApiException ofProtocol(ApiException error) {
    return error.mayPass() && error.status() > HttpServletResponse.SC_SERVICE_UNAVAILABLE
        ? error.withStatus(HttpServletResponse.SC_SERVICE_UNAVAILABLE)
        : error;
  }
}
