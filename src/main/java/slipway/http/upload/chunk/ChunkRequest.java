package slipway.http.upload.chunk;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.channels.WritableByteChannel;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import slipway.health.UnavailableException;
import slipway.http.Api;
import slipway.http.ApiException;
import slipway.http.BrokenBody;
import slipway.http.ContentType;
import slipway.http.Cors;
import slipway.http.ErrorCode;
import slipway.http.Parameters;
import slipway.http.Reply;
import slipway.http.RequestBody;
import slipway.http.RequestBody.ClientGoneException;
import slipway.http.UnknownSender;
import slipway.http.upload.ChunkFields;
import slipway.http.upload.EchoedFields;
import slipway.http.upload.FormLimits;
import slipway.http.upload.RestOfForm;
import slipway.http.upload.UploadFailure;
import slipway.http.upload.UploadParameters;
import slipway.http.upload.UploadReply;
import slipway.http.upload.dialect.ForeignChunk;
import slipway.multipart.MultipartException;
import slipway.multipart.Part;
import slipway.photo.Photo;
import slipway.token.TokenRefusedException;
import slipway.token.UploadToken;
import slipway.upload.Callback;
import slipway.upload.ChunkFile;
import slipway.upload.UploadLaterException;
import slipway.upload.UploadRefusedException;
import slipway.upload.resumable.ChunkSender;
import slipway.upload.resumable.LastChunk;
import slipway.upload.resumable.Piece;
import slipway.upload.resumable.ResumableUpload;
import slipway.upload.resumable.ResumableUploads;
import slipway.upload.resumable.Sender;
import slipway.upload.resumable.UploadKey;

/**
 * One request of Resumable.js or Flow.js: a chunk, in a form or as the whole body, or the question
 * whether a chunk is there. Both clients go by the status alone: 415 for a refusal that is final,
 * 404 for a token that no upload may begin with, 503 for what may pass, 200 for a chunk that is
 * there and was sent by the same client, and 204 for any other, which is to be sent. The chunk that
 * completes the file gets the upload as JSON.
 */
public final class ChunkRequest {
  private static final Logger LOG = LoggerFactory.getLogger(ChunkRequest.class);

  /** Characters of a program's name that count. */
  private static final int MOST_PROGRAM = 200;

  private static final Reply RECEIVED = Reply.of("The chunk was received");

  /** What may hold the use: a file of the same sender under an address that it had before. */
  private static final String IN_USE =
      "Unfinished uploads hold the last use of this upload token. One whose file is not continued"
          + " gives its use to this file "
          + ResumableUploads.LEFT.toMinutes()
          + " minutes after its latest chunk: try again then, or get another upload token.";

  private static final Set<String> SENDING = Set.of("POST", "PUT");

  /** Both clients send the chunk again; at 400, Resumable.js would give the whole file up. */
  private static final int STATUS_OF_CUT = HttpServletResponse.SC_REQUEST_TIMEOUT;

  private final Api api;
  private final Cors cors;
  private final ResumableUploads uploads;
  private final FormLimits limits;
  private final HttpServletRequest request;
  private final HttpServletResponse response;
  private final RequestBody body;
  private final ForeignChunk said;
  private final Parameters query;
  private final long began = System.nanoTime();

  /**
   * A request and its answer.
   *
   * @param limits how long the fields beside the chunk may be
   * @param body where the request's bytes are read from
   */
  public ChunkRequest(
      Api api,
      Cors cors,
      ResumableUploads uploads,
      FormLimits limits,
      HttpServletRequest request,
      HttpServletResponse response,
      RequestBody body) {
    this.api = api;
    this.cors = cors;
    this.uploads = uploads;
    this.limits = limits;
    this.request = request;
    this.response = response;
    this.body = body;
    this.said = ofQuery(request);
    this.query = said.fields();
  }

  /** Has a request answered as chunks are whose query says that it brings one; else does not. */
  public static boolean begin(HttpServletRequest request) {
    boolean isChunk = isOne(request);
    if (isChunk) {
      BrokenBody.answeredAsJson(request, STATUS_OF_CUT);
    }
    return isChunk;
  }

  /** Whether the query, or a header, says that a request is about a chunk. */
  public static boolean isOne(HttpServletRequest request) {
    return FileQuestion.of(request).isPresent() || hasChunk(request);
  }

  private static boolean hasChunk(HttpServletRequest request) {
    boolean saysNothing = request.getQueryString() == null && isForm(request);
    return !saysNothing
        && ChunkFields.in(ChunkFields.declaring(ofQuery(request).fields())).isPresent();
  }

  /** The query, with what it and the headers say of a chunk that is the whole body. */
  private static ForeignChunk ofQuery(HttpServletRequest request) {
    Parameters query = Parameters.ofReadableQuery(request);
    return isForm(request)
        ? ForeignChunk.none(query)
        : ForeignChunk.of(query, request, "", sizeOfBody(request));
  }

  private static OptionalLong sizeOfBody(HttpServletRequest request) {
    long length = request.getContentLengthLong();
    return length < 0 ? OptionalLong.empty() : OptionalLong.of(length);
  }

  /** Tells the token as it was sent; empty for none. */
  @FunctionalInterface
  private interface Token {
    String get() throws ApiException;
  }

  /** Reads what follows the bytes of a chunk, which do not count before. */
  @FunctionalInterface
  private interface Rest {
    /** All fields of the request. */
    Parameters read(Chunk chunk) throws IOException, ApiException;
  }

  /** A chunk with all that comes with it. */
  @FunctionalInterface
  private interface Arrival {
    /** Writes the bytes of the chunk, reads what follows them, and gives all fields. */
    Parameters copyTo(WritableByteChannel chunk) throws IOException, ApiException;
  }

  /** Answers a request whose query says that it is about a chunk, and no form; else does not. */
  public boolean answerIfByQuery() throws IOException {
    if (isForm(request)) {
      return false;
    }
    Parameters fields = ChunkFields.declaring(query);
    Optional<ChunkFields> names = ChunkFields.in(fields);
    if (names.isEmpty()) {
      Optional<FileQuestion> question = FileQuestion.of(request);
      if (question.isPresent()) {
        tell(question.get());
      }
      return question.isPresent();
    }
    if (request.getMethod().equals("GET")) {
      test(fields, names.get());
      return true;
    }
    if (SENDING.contains(request.getMethod())) {
      answer(fields, names.get(), this::tokenOfQuery, "", body::copyTo, chunk -> fields);
      return true;
    }
    return false;
  }

  /** The token, where the query as a whole can be read. */
  private String tokenOfQuery() throws ApiException {
    if (said.fault().isPresent()) {
      throw said.fault().get();
    }
    return tokenIn(Parameters.ofQuery(request));
  }

  private static String tokenIn(Parameters query) throws ApiException {
    Parameters fields = ChunkFields.declaring(query);
    return UploadParameters.UPLOAD_TOKEN.find(fields).orElse("").strip();
  }

  private static boolean isForm(HttpServletRequest request) {
    return ContentType.mediaType(request).startsWith("multipart/");
  }

  /** Whether the fields of a form, or of its query, say that it brings a chunk. */
  public boolean isByForm(Parameters form) {
    return ChunkFields.in(ofForm(form)).isPresent();
  }

  /** Has a form answered as chunks are, should its body break off, if it brings one so far. */
  public boolean expectBreak(Parameters form) {
    boolean isChunk = isByForm(form);
    if (isChunk) {
      BrokenBody.answeredAsJson(request, STATUS_OF_CUT);
    }
    return isChunk;
  }

  /**
   * Answers a form whose head says all that is needed of the chunk which it brings: its bytes go
   * straight to their place, and count once the rest of the form has been read. Else does not, as
   * more fields may follow.
   *
   * @param form what the fields before the file say
   * @param token as the form has it; empty for none
   * @param file the form's file, which is the chunk; null for none
   * @param rest what follows the file
   * @return whether it was answered
   */
  public boolean answerIfByHead(ForeignChunk form, String token, Part file, RestOfForm rest)
      throws IOException {
    boolean isAll = file != null && isByForm(form.fields()) && isComplete(form.fields(), token);
    if (isAll) {
      answerForm(form, token, file::copyTo, chunk -> whole(rest.read(), chunk));
    }
    return isAll;
  }

  /** All fields of a form, of which those before its file have described that chunk. */
  private Parameters whole(ForeignChunk form, Chunk before) throws IOException, ApiException {
    sound("", form.fault());
    Parameters fields = ofForm(form.fields());
    ChunkFields names = ChunkFields.in(fields).orElseThrow();
    if (!Chunk.of(fields, names, before.key().token(), sender()).isSamePlaceAs(before)) {
      throw new ApiException(
          ErrorCode.INVALID_INPUT,
          "The fields after the file describe another chunk than those before it.");
    }
    return fields;
  }

  private boolean isComplete(Parameters form, String token) {
    Parameters fields = ofForm(form);
    return ChunkFields.in(fields).filter(names -> Chunk.isComplete(fields, names)).isPresent()
        && (!token.isEmpty() || hasTokenInQuery());
  }

  /**
   * Answers a form of which {@link #isByForm} is true.
   *
   * @param form what all its fields say
   * @param token as the form has it; empty for none
   * @param file the chunk; it is closed before the answer goes out
   */
  public void answerForm(ForeignChunk form, String token, ChunkFile file) throws IOException {
    Parameters fields = ofForm(form.fields());
    answerForm(form, token, file, chunk -> fields);
  }

  private void answerForm(ForeignChunk form, String token, ChunkFile file, Rest rest)
      throws IOException {
    Parameters fields = ofForm(form.fields());
    Token checked = () -> sound(token.isEmpty() ? tokenOfQuery() : token, form.fault());
    answer(fields, ChunkFields.in(fields).orElseThrow(), checked, token, file, rest);
  }

  /** Answers such a form whose idempotency key is that of a photo which is stored. */
  public void answerStored(Parameters form, UploadToken token, Photo photo)
      throws IOException, ApiException {
    body.drain();
    Function<Photo, String> callback = callback(token, ofForm(form));
    api.writeJson(request, response, UploadReply.of(token, photo, callback));
  }

  /**
   * Refuses a form of which {@link #isByForm} is true as chunks are; else does not.
   *
   * @param token as the form has it; empty for none
   */
  public boolean refuseIfByForm(Parameters form, String token, ApiException error)
      throws IOException {
    boolean isChunk = isByForm(form);
    if (isChunk) {
      response.setHeader("Connection", "close");
      api.writeJson(request, response, ofProtocol(UploadFailure.error(ofOrigin(error, token))));
    }
    return isChunk;
  }

  /**
   * The refusal of a page that the token does not let upload, where its chunk failed for another
   * reason: such a page is told of nothing else.
   *
   * @param token as the form has it; empty for none, and then it may be in the query
   */
  private Exception ofOrigin(Exception cause, String token) {
    if (cause instanceof ClientGoneException || cause instanceof UnavailableException) {
      return cause;
    }
    try {
      checkOrigin(uploads.token(token.isEmpty() ? tokenIn(query) : token));
      return cause;
    } catch (ApiException e) {
      return e;
    }
  }

  private static String given(Token token) throws ApiException, UploadRefusedException {
    String id = token.get();
    if (id.isEmpty()) {
      throw UploadRefusedException.noToken(UploadParameters.UPLOAD_TOKEN.name());
    }
    return id;
  }

  /** What is said about a chunk may be in the query of its form as well. */
  private Parameters ofForm(Parameters form) {
    return ChunkFields.ofForm(form, query);
  }

  private boolean hasTokenInQuery() {
    return UploadParameters.UPLOAD_TOKEN.isGiven(ChunkFields.declaring(query));
  }

  private static String sound(String token, Optional<ApiException> fault) throws ApiException {
    if (fault.isPresent()) {
      throw fault.get();
    }
    return token;
  }

  /** How much of a file is there. What cannot be told is not there: sending it will tell. */
  private void tell(FileQuestion question) throws IOException {
    long there = 0;
    try {
      Optional<ResumableUpload> upload = uploads.find(question.key(tokenOfQuery(), sender()));
      if (upload.isPresent()) {
        checkOrigin(upload.get().token());
        there = upload.get().resumes(sender());
      }
    } catch (ApiException | IOException | RuntimeException e) {
      LOG.debug("A question about a file could not be answered: {}", e.getMessage());
    }
    question.answer(response, there);
  }

  /** Whether a chunk is there. What cannot be told is not there: sending it will tell. */
  private void test(Parameters fields, ChunkFields names) throws IOException {
    response.setHeader("Cache-Control", "no-store");
    try {
      Chunk chunk = Chunk.of(fields, names, tokenOfQuery(), sender());
      Optional<ResumableUpload> upload = uploads.find(chunk.key());
      Optional<UploadToken> token = token(upload, chunk);
      checkOrigin(token);
      if (token.isPresent() && isAnswered(upload, chunk, fields, names)) {
        return;
      }
    } catch (ApiException | IOException | RuntimeException e) {
      LOG.debug("A question about a chunk could not be answered: {}", e.getMessage());
    }
    response.setStatus(HttpServletResponse.SC_NO_CONTENT);
  }

  /**
   * Answers for a chunk that need not be sent, or with the reply; else does not. A test names the
   * file, but no byte of it, and another file may have the same name and size: so each client sends
   * what it has not sent before, with the first chunk, and each chunk of a file that is stored, and
   * they are compared. Only clients name the current size: who asks for the reply does not.
   */
  private boolean isAnswered(
      Optional<ResumableUpload> begun, Chunk chunk, Parameters fields, ChunkFields names)
      throws IOException, ApiException {
    boolean isReply = !names.currentSize().isGiven(fields);
    boolean isSent =
        !isReply && uploads.maySkip(chunk.key(), sender(), chunk.offset(), chunk.length());
    if (begun.isEmpty() || (!isReply && !isSent)) {
      return false;
    }
    ResumableUpload upload = begun.get();
    if (isSent) {
      api.writeJson(request, response, RECEIVED);
      return true;
    }
    if (!upload.isFinished()) {
      return false; // Who asks may be anybody: only who sends chunks completes a file.
    }
    Function<Photo, String> callback = callback(upload, fields);
    Optional<Photo> photo = upload.finish(callback);
    if (photo.isPresent()) {
      api.writeJson(request, response, UploadReply.of(token(upload), photo.get(), callback));
    }
    return photo.isPresent();
  }

  private void answer(
      Parameters fields, ChunkFields names, Token token, String sent, ChunkFile file, Rest rest)
      throws IOException {
    BrokenBody.answeredAsJson(request, STATUS_OF_CUT);
    try {
      receive(fields, names, token, file, rest);
    } catch (ApiException | TokenRefusedException | IOException | RuntimeException e) {
      Exception cause = isOfRemoved(e) ? UploadLaterException.ofLostChunks() : e;
      refuse(ofProtocol(UploadFailure.error(ofOrigin(cause, sent))));
    }
  }

  /** That the upload was removed is no reason to give the file up: it may start over. */
  private static boolean isOfRemoved(Exception e) {
    return e instanceof UploadRefusedException refused
        && refused.reason() == UploadRefusedException.Reason.REMOVED;
  }

  /** The clients go by the status alone: 503 to try again, 404 for the token, 415 for good. */
  private static ApiException ofProtocol(ApiException error) {
    if (error.mayPass()) {
      return error.withStatus(HttpServletResponse.SC_SERVICE_UNAVAILABLE);
    }
    return error.code() == ErrorCode.INVALID_UPLOAD_TOKEN
        ? error.withStatus(HttpServletResponse.SC_NOT_FOUND)
        : error.withStatus(HttpServletResponse.SC_UNSUPPORTED_MEDIA_TYPE);
  }

  private void receive(Parameters fields, ChunkFields names, Token token, ChunkFile file, Rest rest)
      throws IOException, ApiException, TokenRefusedException {
    ResumableUpload upload;
    ChunkSender from;
    Parameters all;
    try (file) {
      Chunk chunk = chunk(fields, names, given(token), file);
      upload = begin(chunk, ForeignChunk.isResumed(fields), file);
      UnknownSender.end(request);
      from = upload.from(sender(), chunk.offset(), chunk.length(), began);
      Arrival arrival =
          piece -> {
            file.copyTo(piece);
            return rest.read(chunk);
          };
      all = takeOrLeave(upload, arrival, from, callback(upload, fields));
    }
    body.drain();
    succeed(upload, from, all);
  }

  /** A chunk that is refused leaves no upload that has a use of the token, and no byte. */
  private static Parameters takeOrLeave(
      ResumableUpload upload, Arrival arrival, ChunkSender from, Function<Photo, String> callback)
      throws IOException, ApiException {
    try {
      return take(arrival, from, callback);
    } catch (UploadRefusedException | MultipartException | ApiException e) {
      upload.removeIfEmpty();
      throw e;
    }
  }

  /** Takes the chunk, and returns all fields: one whose form is cut after it may be another. */
  private static Parameters take(
      Arrival arrival, ChunkSender from, Function<Photo, String> callback)
      throws IOException, ApiException {
    try (Piece piece = piece(from, callback)) {
      Parameters all = arrival.copyTo(piece);
      from.end(piece);
      return all;
    } catch (UploadLaterException e) {
      from.finishNow(callback); // Where it was refused meanwhile, that is the answer.
      throw e;
    }
  }

  /** Where others have made the file whole just now, this chunk is there, too. */
  private static Piece piece(ChunkSender from, Function<Photo, String> callback)
      throws IOException {
    try {
      return from.piece();
    } catch (UploadLaterException e) {
      if (from.finishNow(callback).isEmpty()) {
        throw e;
      }
      return from.piece();
    }
  }

  /** The last of some numbered chunks ends a file of which the size was not known. */
  private Chunk chunk(Parameters fields, ChunkFields names, String token, ChunkFile file)
      throws IOException, ApiException {
    String identifier = names.identifier().of(fields);
    if (!ForeignChunk.isNumbered(identifier) || names.totalSize().isGiven(fields)) {
      return Chunk.of(fields, names, token, sender());
    }
    long count = names.totalChunks().of(fields);
    long length = names.currentSize().of(fields);
    UploadKey unknown = UploadKey.inOrder(token, identifier, 0, sender());
    UploadKey key = uploads.lastOf(unknown, new LastChunk(count, length, began), file);
    return new Chunk(key, names.filename().of(fields), key.size() - length, length, false);
  }

  /** Who continues with what is not there has to start over: else the first chunks never come. */
  private ResumableUpload begin(Chunk chunk, boolean isResumed, ChunkFile file)
      throws IOException, ApiException, TokenRefusedException {
    Optional<ResumableUpload> begun = uploads.find(chunk.key());
    checkOrigin(token(begun, chunk));
    if (begun.isPresent()) {
      return begun.get();
    }
    if (chunk.offset() > 0 && (isResumed || chunk.key().isInOrder())) {
      throw UploadLaterException.ofLostChunks();
    }
    try {
      return begin(chunk, file);
    } catch (TokenRefusedException e) {
      if (e.reason() != TokenRefusedException.Reason.IN_USE) {
        throw e;
      }
      if (uploads.removeForgotten(chunk.key(), chunk.filename(), sender())) {
        return begin(chunk, file);
      }
      if (chunk.key().isInOrder()) {
        throw UploadFailure.error(e).withMessage(IN_USE);
      }
      throw e;
    }
  }

  private ResumableUpload begin(Chunk chunk, ChunkFile file)
      throws IOException, TokenRefusedException {
    String address = api.proxies().countedAs(request);
    return chunk.isNumbered()
        ? uploads.beginNumbered(chunk.key(), chunk.length(), chunk.filename(), address, file)
        : uploads.begin(chunk.key(), chunk.filename(), address, file);
  }

  private Optional<UploadToken> token(Optional<ResumableUpload> begun, Chunk chunk) {
    return begun.isPresent() ? begun.get().token() : uploads.token(chunk.key().token());
  }

  /** Who sends: clients of one address and program are told apart by what they ask for only. */
  private Sender sender() {
    String program = Objects.requireNonNullElse(request.getHeader("User-Agent"), "");
    return new Sender(
        api.proxies().countedAs(request),
        program.substring(0, Math.min(program.length(), MOST_PROGRAM)));
  }

  private void checkOrigin(Optional<UploadToken> token) throws ApiException {
    if (token.isPresent()) {
      cors.check(request, response, token.get().limits().allowedOrigin());
    }
  }

  private void succeed(ResumableUpload upload, ChunkSender from, Parameters fields)
      throws IOException, ApiException {
    Function<Photo, String> callback = callback(upload, fields);
    Optional<Photo> photo = from.finish(callback);
    api.writeJson(
        request,
        response,
        photo.isPresent() ? UploadReply.of(token(upload), photo.get(), callback) : RECEIVED);
  }

  private Function<Photo, String> callback(ResumableUpload upload, Parameters fields)
      throws UploadRefusedException, ApiException {
    return callback(token(upload), fields);
  }

  private Function<Photo, String> callback(UploadToken token, Parameters fields)
      throws ApiException {
    List<Map.Entry<String, String>> echoed = EchoedFields.others(fields.all());
    String domain = api.site(request).domain();
    return photo -> Callback.success(token, photo, domain, echoed);
  }

  private UploadToken token(ResumableUpload upload) throws UploadRefusedException {
    return upload.token().orElseThrow(UploadRefusedException::deadToken);
  }

  /** Reads off what is left of the body first: browsers see no answer before they sent it all. */
  private void refuse(ApiException error) throws IOException {
    body.drain(limits.readOffBytes(), limits.readOffMillis());
    api.writeJson(request, response, error);
  }
}
