package slipway.http.upload.tus;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import slipway.health.UnavailableException;
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

  /** Checks that the calling page may use that token; null for an unknown token. */
  void checkOrigin(UploadToken token) throws ApiException {
    cors.check(request, response, token == null ? null : token.limits().allowedOrigin());
  }

  /**
   * The refusal of a page that the token does not let upload, where its request failed for another
   * reason: such a page is told of nothing else.
   */
  Exception ofOrigin(Exception cause, String token) {
    if (cause instanceof UnavailableException) {
      return cause;
    }
    try {
      checkOrigin(uploads.token(token).orElse(null));
      return cause;
    } catch (ApiException e) {
      return e;
    }
  }

  /** The sender. */
  Sender sender() {
    return new Sender(api.proxies().countedAs(request), tus.program());
  }

  /**
   * Answers with the failure. Discards the rest of the body first, as browsers see no answer before
   * they have sent everything.
   */
  void refuse(Exception cause, RequestBody body, FormLimits limits) throws IOException {
    if (cause instanceof OffsetException other) {
      response.setHeader("Upload-Offset", Long.toString(other.offset()));
    }
    ApiException error = UploadFailure.error(cause);
    body.drain(limits.readOffBytes(), limits.readOffMillis());
    api.writeJson(request, response, ofProtocol(error));
  }

  /** A temporary failure is 503 for every client. */
  private static ApiException ofProtocol(ApiException error) {
    return error.mayPass() && error.status() > HttpServletResponse.SC_SERVICE_UNAVAILABLE
        ? error.withStatus(HttpServletResponse.SC_SERVICE_UNAVAILABLE)
        : error;
  }
}
