package slipway.http.upload.form;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import slipway.http.Api;
import slipway.http.ApiException;
import slipway.http.ErrorCode;
import slipway.http.upload.UploadReply;
import slipway.photo.Photo;
import slipway.token.UploadToken;
import slipway.upload.Callback;
import slipway.upload.Redemptions;

/**
 * The answer to a redeem request: the redirect to return_url, the API's reply if the request asked
 * for a {@code format}, or plain text if there is no token with a return_url.
 */
final class RedeemAnswer {
  private final Api api;
  private final HttpServletRequest request;
  private final HttpServletResponse response;
  private final RedeemForm form;
  private final Redemptions redemptions;

  RedeemAnswer(
      Api api,
      HttpServletRequest request,
      HttpServletResponse response,
      RedeemForm form,
      Redemptions redemptions) {
    this.api = api;
    this.request = request;
    this.response = response;
    this.form = form;
    this.redemptions = redemptions;
  }

  void success(Photo photo) throws ApiException, IOException {
    if (wantsReply()) {
      api.writeAnonymous(
          request,
          response,
          form.shape(),
          UploadReply.of(form.token().orElseThrow(), photo, this::callback));
    } else if (form.token().orElseThrow().returnTo().inBackground()) {
      String said =
          String.join(
              " ",
              "ok",
              domain(),
              Integer.toString(photo.treeId()),
              Long.toString(photo.photoId()),
              photo.token(),
              callback(photo));
      plainText(HttpServletResponse.SC_OK, said);
    } else {
      redirect(callback(photo));
    }
  }

  /** The address that describes the photo. */
  String callback(Photo photo) {
    return Callback.success(form.token().orElseThrow(), photo, domain(), form.echoed());
  }

  void failure(ApiException error) throws IOException {
    response.setHeader("Connection", "close");
    Optional<UploadToken> known = form.token().or(() -> token(error));
    if (known.isEmpty()) {
      answer(error, words(error));
      return;
    }
    UploadToken token = known.get();
    String callback =
        Callback.failure(
            token, error.code().id(), words(error), domain(), form.echoed(), form.omitted());
    // The upload in progress is reported when it ends.
    if (error.code() != ErrorCode.UPLOAD_IN_PROGRESS) {
      redemptions.failed(token, callback);
    }
    if (wantsReply() || token.returnTo().inBackground()) {
      answer(error, "error " + words(error));
    } else {
      redirect(callback);
    }
  }

  /** A form may fail before its token was checked, or while other uploads use it up. */
  private Optional<UploadToken> token(ApiException error) {
    return error.code() == ErrorCode.UPLOAD_IN_PROGRESS
        ? redemptions.recall(form.tokenId())
        : redemptions.find(form.tokenId());
  }

  private void answer(ApiException error, String plainText) throws IOException {
    if (wantsReply()) {
      api.refuse(request, response, form.shape(), error);
    } else {
      if (error.retryAfterSeconds() > 0) {
        response.setHeader("Retry-After", Long.toString(error.retryAfterSeconds()));
      }
      plainText(api.always200() ? HttpServletResponse.SC_OK : error.status(), plainText);
    }
  }

  /** Answers here, not at return_url: to scripts, and if there is no token with a return_url. */
  void failureHere(ApiException error) throws IOException {
    response.setHeader("Connection", "close");
    answer(error, words(error));
  }

  private String words(ApiException error) {
    return error.message(Api.language(request));
  }

  private boolean wantsReply() {
    return Api.isAskedForReply(form.shape());
  }

  private String domain() {
    return api.site(request).domain();
  }

  private void redirect(String url) {
    response.setStatus(HttpServletResponse.SC_MOVED_PERMANENTLY);
    response.setHeader("Location", url);
    // Otherwise a 301 may be cached forever, and the next upload would be redirected without a
    // request.
    response.setHeader("Cache-Control", "no-store");
    response.setContentLength(0);
  }

  private void plainText(int status, String message) throws IOException {
    byte[] text = message.getBytes(StandardCharsets.UTF_8);
    response.setStatus(status);
    response.setContentType("text/plain; charset=utf-8");
    response.setHeader("Cache-Control", "no-store");
    response.setHeader("X-Content-Type-Options", "nosniff");
    response.setContentLength(text.length);
    response.getOutputStream().write(text);
  }
}
