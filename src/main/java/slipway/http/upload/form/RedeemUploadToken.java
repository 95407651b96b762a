package slipway.http.upload.form;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import slipway.http.Api;
import slipway.http.ApiException;
import slipway.http.BrokenBody;
import slipway.http.Cors;
import slipway.http.ErrorCode;
import slipway.http.Parameter;
import slipway.http.Parameters;
import slipway.http.RequestBody;
import slipway.http.RequestBody.ClientGoneException;
import slipway.http.upload.Door;
import slipway.http.upload.FormLimits;
import slipway.http.upload.IdempotencyKey;
import slipway.http.upload.UploadFailure;
import slipway.http.upload.UploadParameters;
import slipway.http.upload.UploadServlet;
import slipway.http.upload.chunk.ChunkRequest;
import slipway.photo.Photo;
import slipway.token.TokenPurpose;
import slipway.token.TokenRefusedException;
import slipway.token.UploadToken;
import slipway.upload.Redemption;
import slipway.upload.Redemptions;
import slipway.upload.UploadLaterException;
import slipway.upload.UploadRefusedException;
import slipway.upload.resumable.ResumableUploads;

/**
 * {@code photo/redeem-upload-token} and {@code photo/redeem-replace-token}: a browser's form posts
 * a file with a token, and the visitor is sent back to the token's return_url. No authentication:
 * the token is the permission.
 */
public final class RedeemUploadToken extends UploadServlet {
  private static final long serialVersionUID = 1L;

  private static final List<String> METHODS = List.of("GET", "POST", "PUT");
  private static final List<String> OF_FORMS = List.of("POST");

  /** The door of uploads: forms, and chunks in a form or as the whole body. */
  public static final Door UPLOAD_DOOR = door("/api/photo/redeem-upload-token");

  /** The door of files that replace a photo's. */
  public static final Door REPLACE_DOOR = door("/api/photo/redeem-replace-token");

  private final transient Cors cors;
  private final transient Api api;
  private final transient Redemptions redemptions;
  private final transient ResumableUploads chunked;
  private final transient FormLimits limits;

  private static Door door(String path) {
    return Door.at(path, METHODS.toArray(String[]::new))
        .taking(RedeemUploadToken::methods)
        .openToPages()
        .beginning(RedeemUploadToken::begin);
  }

  /** Only what its query tells to be a chunk is asked for, or sent by PUT. */
  private static List<String> methods(HttpServletRequest request) {
    return ChunkRequest.isOne(Parameters.ofReadableQuery(request)) ? METHODS : OF_FORMS;
  }

  /** A form may turn out to be a chunk, until its fields are known. */
  private static void begin(HttpServletRequest request, HttpServletResponse response) {
    if (!ChunkRequest.begin(request)) {
      BrokenBody.answeredAsText(request, HttpServletResponse.SC_REQUEST_TIMEOUT);
      answeredAs(request, Parameters.ofReadableQuery(request));
    }
  }

  private static void answeredAs(HttpServletRequest request, Parameters parameters) {
    if (Api.isAskedForReply(parameters)) {
      BrokenBody.answeredAs(request, parameters);
    }
  }

  /** The method at that door, with the parts it works on. */
  public RedeemUploadToken(
      Door door, Api api, Redemptions redemptions, ResumableUploads chunked, FormLimits limits) {
    super(door);
    this.cors = door.cors();
    this.api = api;
    this.redemptions = redemptions;
    this.chunked = chunked;
    this.limits = limits;
  }

  @Override
  public List<Parameter<?>> parameters() {
    List<Parameter<?>> own =
        List.of(UploadParameters.token(redemptions.purpose()), UploadParameters.FILE);
    return redemptions.purpose() == TokenPurpose.UPLOAD
        ? Parameter.all(own, ChunkRequest.PARAMETERS)
        : own;
  }

  @Override
  protected void service(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    if (request.getMethod().equals("OPTIONS")) {
      response.setHeader("Allow", allowed(request));
      response.setStatus(HttpServletResponse.SC_NO_CONTENT);
      return;
    }
    RequestBody body = new RequestBody(request.getInputStream());
    ChunkRequest chunks = new ChunkRequest(api, cors, chunked, limits, request, response, body);
    if (chunks.answerIfByQuery()) {
      return;
    }
    RedeemForm form = new RedeemForm(redemptions.purpose(), request, body, limits);
    RedeemAnswer answer = new RedeemAnswer(api, request, response, form, redemptions);
    try {
      if (!request.getMethod().equals("POST")) {
        response.setHeader("Allow", allowed(request));
        throw new ApiException(ErrorCode.METHOD_NOT_ALLOWED, "The method must be POST.");
      }
      form.readHead();
      if (chunks.answerIfByForm(form.parameters(), form.fault(), form.tokenId(), form.file())) {
        return;
      }
      BrokenBody.answeredWithItsStatus(request);
      Optional<ApiException> badKey = IdempotencyKey.fault(request);
      if (badKey.isPresent()) {
        failHere(form, answer, badKey.get());
        return;
      }
      String key = IdempotencyKey.of(request);
      answer.success(
          redeem(key, request, form, answer, token -> checkOrigin(token, request, response)));
    } catch (ClientGoneException e) {
      if (!ChunkRequest.isOne(form.parameters())) {
        answeredAs(request, form.parameters());
      }
      throw e;
    } catch (TokenRefusedException e) {
      ApiException error = UploadFailure.error(e);
      if (error.mayPass()) {
        form.readOff();
        answer.failure(error);
      } else {
        failHere(form, answer, error);
      }
    } catch (ApiException | IOException | RuntimeException e) {
      ApiException error = UploadFailure.error(e);
      form.readOff();
      if (isAboutTheKey(e)) {
        answer.failureHere(error);
      } else {
        answer.failure(error);
      }
    }
  }

  /** No form of a browser has a key: a script is told here. */
  private static boolean isAboutTheKey(Exception e) {
    return (e instanceof UploadLaterException later
            && later.reason() == UploadLaterException.Reason.SAME_UPLOAD_RUNS)
        || (e instanceof UploadRefusedException refused
            && refused.reason() == UploadRefusedException.Reason.KEY_OF_ANOTHER_FILE);
  }

  private static void failHere(RedeemForm form, RedeemAnswer answer, ApiException error)
      throws IOException {
    form.readOff();
    answer.failureHere(error);
  }

  /** Closes the redemption before the answer goes out: a visitor may try again at once. */
  private Photo redeem(
      String key,
      HttpServletRequest request,
      RedeemForm form,
      RedeemAnswer answer,
      RedeemForm.TokenCheck check)
      throws IOException, TokenRefusedException, ApiException {
    String address = api.proxies().countedAs(request);
    long length = request.getContentLengthLong();
    // Scripts ask again by themselves, and would rather not wait.
    boolean isPatient = !Api.isAskedForReply(form.parameters());
    try (Redemption redemption = redemptions.begin(key, address, length, isPatient)) {
      form.readInto(redemption, check);
      api.checkFormat(request, form.parameters());
      return redemption.finish(answer::callback);
    }
  }

  private void checkOrigin(
      UploadToken token, HttpServletRequest request, HttpServletResponse response)
      throws ApiException {
    cors.check(request, response, token.limits().allowedOrigin());
  }
}
