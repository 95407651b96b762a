package slipway.http.upload.form;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import slipway.health.UnavailableException;
import slipway.http.Api;
import slipway.http.ApiException;
import slipway.http.BrokenBody;
import slipway.http.Cors;
import slipway.http.ErrorCode;
import slipway.http.Parameter;
import slipway.http.Parameters;
import slipway.http.RequestBody;
import slipway.http.RequestBody.ClientGoneException;
import slipway.http.UploaderReply;
import slipway.http.upload.Door;
import slipway.http.upload.FormLimits;
import slipway.http.upload.IdempotencyKey;
import slipway.http.upload.PageScript;
import slipway.http.upload.UploadFailure;
import slipway.http.upload.UploadParameters;
import slipway.http.upload.UploadServlet;
import slipway.http.upload.chunk.ChunkRequest;
import slipway.http.upload.dialect.ForeignChunk;
import slipway.http.upload.tus.FilePondRequest;
import slipway.photo.Photo;
import slipway.token.TokenPurpose;
import slipway.token.TokenRefusedException;
import slipway.token.UploadToken;
import slipway.upload.Redemption;
import slipway.upload.Redemptions;
import slipway.upload.SentForm;
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

  private static final List<String> OF_CHUNKS = List.of("GET", "POST", "PUT");
  private static final List<String> OF_FORMS = List.of("POST", "DELETE");

  /** The door of uploads: forms, and chunks in a form or as the whole body. */
  public static final Door UPLOAD_DOOR =
      Door.at("/api/photo/redeem-upload-token", "GET", "POST", "PUT", "HEAD", "PATCH", "DELETE")
          .taking(RedeemUploadToken::methods)
          .openToPages("Upload-Offset")
          .beginning(RedeemUploadToken::begin);

  /** The door of files that replace a photo's. */
  public static final Door REPLACE_DOOR =
      Door.at("/api/photo/redeem-replace-token", "POST")
          .openToPages()
          .beginning(RedeemUploadToken::begin);

  private final transient Cors cors;
  private final transient Api api;
  private final transient Redemptions redemptions;
  private final transient ResumableUploads chunked;
  private final transient FormLimits limits;

  /** GET, PUT and PATCH are only for requests whose query says that they are about a chunk. */
  private static List<String> methods(String path, HttpServletRequest request) {
    List<String> ofFilePond = FilePondRequest.methods(request);
    if (!ofFilePond.isEmpty()) {
      return ofFilePond;
    }
    return ChunkRequest.isOne(request) ? OF_CHUNKS : OF_FORMS;
  }

  /** Until its fields are known, a form may turn out to be a chunk. */
  private static void begin(HttpServletRequest request, HttpServletResponse response) {
    if (!FilePondRequest.begin(request) && !ChunkRequest.begin(request)) {
      response.addHeader("Vary", "Accept");
      if (FilePondRequest.isAnnouncement(request)) {
        BrokenBody.answeredAsJson(request, HttpServletResponse.SC_REQUEST_TIMEOUT);
      } else {
        BrokenBody.answeredAsText(request, HttpServletResponse.SC_REQUEST_TIMEOUT);
      }
      answeredAs(request, UploaderReply.shape(Parameters.ofReadableQuery(request), request));
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
    return UploadParameters.ofForm(redemptions.purpose());
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
    FilePondRequest pond = new FilePondRequest(api, cors, chunked, limits, request, response, body);
    boolean isChunk = ChunkRequest.isOne(request);
    if (takesChunks() && (isChunk ? chunks.answerIfByQuery() : pond.answer())) {
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
      if (isAnnouncement(request, form)) {
        pond.announce(form.tokenId(), form.echoed(), form.ofChunk(OptionalLong.empty()).fault());
        return;
      }
      if (takesChunks()
          && chunks.answerIfByHead(
              form.ofChunk(OptionalLong.empty()), form.tokenId(), form.file(), form::readRest)) {
        return;
      }
      if (!isBrokenAsChunk(chunks, form)) {
        BrokenBody.answeredWithItsStatus(request);
      }
      Optional<Photo> photo =
          redeem(chunks, request, form, answer, token -> checkOrigin(token, request, response));
      if (photo.isPresent()) {
        answer.success(photo.get());
      }
    } catch (ClientGoneException e) {
      if (!isBrokenAsChunk(chunks, form)) {
        answeredAs(request, form.shape());
      }
      throw e;
    } catch (ApiException | TokenRefusedException | IOException | RuntimeException e) {
      if (isAnnouncement(request, form)) {
        pond.refuse(ofOrigin(e, form, request, response), form.tokenId());
      } else {
        fail(ofOrigin(e, form, request, response), chunks, request, form, answer);
      }
    }
  }

  /** Whether a form of FilePond announces a file that will come in chunks. */
  private boolean isAnnouncement(HttpServletRequest request, RedeemForm form) {
    return takesChunks() && form.file() == null && FilePondRequest.isAnnouncement(request);
  }

  /**
   * Makes a body that breaks off be answered as chunks are, if the fields that arrived describe
   * one.
   */
  private boolean isBrokenAsChunk(ChunkRequest chunks, RedeemForm form) {
    return takesChunks() && chunks.expectBreak(form.ofChunk(OptionalLong.empty()).fields());
  }

  private void fail(
      Exception cause,
      ChunkRequest chunks,
      HttpServletRequest request,
      RedeemForm form,
      RedeemAnswer answer)
      throws IOException {
    ApiException error = UploadFailure.error(cause);
    if (takesChunks()
        && form.isBegun()
        && chunks.refuseIfByForm(
            form.ofChunk(OptionalLong.empty()).fields(), form.tokenId(), error)) {
      return;
    }
    boolean isFinal = cause instanceof TokenRefusedException && !error.mayPass();
    if (isFinal || isAboutTheKey(cause, request)) {
      answer.failureHere(error);
    } else if (cause instanceof UploadRefusedException) {
      answer.failure(form.partOfFile().orElse(error));
    } else {
      answer.failure(error);
    }
  }

  /**
   * The refusal of a page that the token does not let upload, where the form failed for another
   * reason before its token was looked at: such a page is told of nothing else.
   */
  private Exception ofOrigin(
      Exception cause, RedeemForm form, HttpServletRequest request, HttpServletResponse response) {
    form.readOff();
    if (form.token().isPresent() || cause instanceof UnavailableException) {
      return cause;
    }
    Optional<UploadToken> unchecked = redemptions.recall(form.tokenId());
    try {
      if (unchecked.isPresent()) {
        checkOrigin(unchecked.get(), request, response);
      }
      return cause;
    } catch (ApiException e) {
      return e;
    }
  }

  private boolean takesChunks() {
    return redemptions.purpose() == TokenPurpose.UPLOAD;
  }

  /** No form of a browser has a key: a script gets the answer here. */
  private static boolean isAboutTheKey(Exception e, HttpServletRequest request) {
    return (e instanceof ApiException && IdempotencyKey.fault(request).isPresent())
        || (e instanceof UploadLaterException later
            && later.reason() == UploadLaterException.Reason.SAME_UPLOAD_RUNS)
        || (e instanceof UploadRefusedException refused
            && refused.reason() == UploadRefusedException.Reason.KEY_OF_ANOTHER_FILE);
  }

  /**
   * Redeems the token for a whole file, or answers for a chunk. Closes the redemption before the
   * answer goes out: a visitor may try again at once.
   *
   * @return empty when the form brought a chunk, and is answered
   */
  private Optional<Photo> redeem(
      ChunkRequest chunks,
      HttpServletRequest request,
      RedeemForm form,
      RedeemAnswer answer,
      RedeemForm.TokenCheck check)
      throws IOException, TokenRefusedException, ApiException {
    try (Redemption redemption = redemptions.begin(sent(request, form))) {
      form.readInto(redemption, check);
      OptionalLong size = redemption.size();
      ForeignChunk said = form.ofChunk(size);
      if (takesChunks() && chunks.isByForm(said.fields())) {
        redemption.checkFile();
        if (redemption.isRepeat()) {
          Photo photo = redemption.finish(answer::callback);
          chunks.answerStored(said.fields(), redemption.token().orElseThrow(), photo);
          return Optional.empty();
        }
        chunks.answerForm(said, form.tokenId(), redemption.asChunk());
        return Optional.empty();
      }
      Optional<ApiException> badKey = IdempotencyKey.fault(request);
      if (badKey.isPresent()) {
        throw badKey.get();
      }
      form.redeemWhole(redemption, check);
      api.checkFormat(request, form.shape());
      return Optional.of(redemption.finish(answer::callback));
    }
  }

  private SentForm sent(HttpServletRequest request, RedeemForm form) {
    return new SentForm(
        IdempotencyKey.valid(request),
        api.proxies().countedAs(request),
        request.getContentLengthLong(),
        form.filename(),
        // Scripts try again by themselves, and do not wait.
        () -> !Api.isAskedForReply(form.shape()),
        PageScript.mayRepeat(request),
        takesChunks() ? chunked::hasChunksOf : null);
  }

  private void checkOrigin(
      UploadToken token, HttpServletRequest request, HttpServletResponse response)
      throws ApiException {
    cors.check(request, response, token.limits().allowedOrigin());
  }
}
