package slipway.http.upload.tus;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import slipway.http.Api;
import slipway.http.ApiException;
import slipway.http.Cors;
import slipway.token.UploadToken;
import slipway.upload.resumable.ResumableUploads;

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
}
