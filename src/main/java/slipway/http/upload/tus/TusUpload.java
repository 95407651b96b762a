package slipway.http.upload.tus;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;
import java.util.stream.Collectors;
import slipway.http.ApiException;
import slipway.http.ErrorCode;
import slipway.http.RequestBody;
import slipway.http.upload.UploadReply;
import slipway.photo.Photo;
import slipway.token.AllowedOrigin;
import slipway.token.UploadToken;
import slipway.upload.Callback;
import slipway.upload.DifferentFileException;
import slipway.upload.UploadRefusedException;
import slipway.upload.resumable.PieceWriter;
import slipway.upload.resumable.ResumableUpload;
import slipway.upload.resumable.ResumableUploads;
import slipway.upload.resumable.UploadInfo;

/** One request about an upload that was created before (tus 1.0.0, "Core Protocol"). */
final class TusUpload {
  private static final int BUFFER_BYTES = 64 * 1024;

  /** How many bytes of one request a crash can lose. */
  private static final long ACCEPTED_BYTES = 16L << 20;

  /**
   * Bytes of headers that repeat what a client sent, or a token's origin; many proxies allow 4 KiB
   * for all headers.
   */
  private static final int MOST_SAID = 3200;

  private final TusExchange exchange;
  private final ResumableUploads uploads;
  private final TusRequest tus;
  private final HttpServletRequest request;
  private final HttpServletResponse response;
  private int saidLeft = MOST_SAID;

  TusUpload(TusExchange exchange) {
    this.exchange = exchange;
    this.uploads = exchange.uploads();
    this.tus = exchange.tus();
    this.request = exchange.request();
    this.response = exchange.response();
  }

  /** Answers with the offset; ends a connection that was lost without notice. */
  void head(String id) throws ApiException, IOException {
    ResumableUpload upload = find(id);
    takeUp(upload);
    describe(upload);
    AllowedOrigin allowed = token(upload).limits().allowedOrigin();
    saidLeft -= allowed == null ? 0 : allowed.origin().length();
    if (upload.info().isDeferred()) {
      response.setHeader("Upload-Defer-Length", "1");
    } else {
      response.setHeader("Upload-Length", Long.toString(upload.info().size()));
    }
    if (upload.info().isPartial() || upload.info().isPutTogether()) {
      put("Upload-Concat", concat(upload.info()));
    }
    put("Upload-Metadata", upload.info().metadata());
    response.setStatus(
        Draft.isSpoken(tus) ? HttpServletResponse.SC_NO_CONTENT : HttpServletResponse.SC_OK);
  }

  /** Repeats the metadata of the creation, unless proxies or containers would not deliver them. */
  private void put(String header, String value) {
    if (!value.isEmpty() && value.length() <= saidLeft) {
      saidLeft -= value.length();
      response.setHeader(header, value);
    }
  }

  /** Prepares an upload for a client that asks for its offset. */
  void takeUp(ResumableUpload upload) throws ApiException, IOException {
    upload.takeOver();
    // If a crash or a failure prevented the photo, it is made now.
    upload.finish(callback(upload));
  }

  /** The same, and gives it back. */
  ResumableUpload takenUp(ResumableUpload upload) throws ApiException, IOException {
    takeUp(upload);
    return upload;
  }

  private String concat(UploadInfo info) {
    return info.isPartial()
        ? UploadInfo.PARTIAL
        : "final;"
            + info.parts().stream()
                .map(part -> request.getContextPath() + "/files/" + part)
                .collect(Collectors.joining(" "));
  }

  void patch(String id, RequestBody body) throws ApiException, IOException {
    String type = Draft.isSpoken(tus) ? Draft.BYTES : TusRequest.BYTES;
    if (!tus.hasType(type) && !Draft.hasAnyType(tus)) {
      throw new ApiException(ErrorCode.INVALID_INPUT, "The Content-Type must be " + type + ".")
          .withStatus(HttpServletResponse.SC_UNSUPPORTED_MEDIA_TYPE);
    }
    long offset = tus.bytes("Upload-Offset");
    ResumableUpload found = find(id);
    found.checkOffset(offset);
    ResumableUpload upload = declared(found, offset);
    if (upload.info().isPutTogether()) {
      throw new ApiException(
          ErrorCode.PERMISSION_DENIED, "This upload was concatenated: it accepts no more bytes.");
    }
    if (upload.isFinished()) {
      repeat(upload, offset, body);
    } else {
      receive(upload, offset, body);
    }
    answer(completed(upload), HttpServletResponse.SC_NO_CONTENT);
  }

  /** In the draft, the last request gets the answer to the whole upload. */
  void answer(ResumableUpload upload, int status) throws ApiException, IOException {
    describe(upload);
    if (Draft.isSpoken(tus) && upload.isFinished()) {
      reply(upload);
    } else {
      response.setStatus(status);
    }
  }

  /**
   * The upload with the length that was known only at the end of the body.
   *
   * @throws UploadRefusedException when the request had fewer bytes than announced, although it
   *     says that it has the last one
   */
  ResumableUpload completed(ResumableUpload upload) throws ApiException, IOException {
    if (!Draft.isLast(tus) || upload.isFinished()) {
      return upload;
    }
    if (!upload.info().isDeferred()) {
      throw UploadRefusedException.lie(
          "Upload-Complete says that these are the last bytes, but the file has more.");
    }
    return takenUp(uploads.declare(upload, upload.offset()));
  }

  /** The upload with the length from the request, if it was not known before. */
  ResumableUpload declared(ResumableUpload upload, long offset) throws ApiException, IOException {
    OptionalLong size = Draft.size(tus, offset);
    if (size.isEmpty()) {
      return upload;
    }
    if (upload.info().isDeferred()) {
      return uploads.declare(upload, size.getAsLong());
    }
    if (size.getAsLong() != upload.info().size()) {
      throw new ApiException(
          ErrorCode.INVALID_INPUT,
          "The header Upload-Length must be " + upload.info().size() + ", the value given before.");
    }
    return upload;
  }

  /** The last piece again, as its answer was lost: it gets the same answer. */
  private void repeat(ResumableUpload upload, long offset, RequestBody body)
      throws ApiException, IOException {
    Optional<Photo> photo = upload.finish(callback(upload));
    if (photo.isEmpty() || offset + Math.max(0, tus.length()) != upload.info().size()) {
      throw finished("The upload is finished.");
    }
    try {
      compare(upload, offset, body);
    } catch (DifferentFileException e) {
      throw UploadRefusedException.otherFile();
    }
  }

  /**
   * Compares bytes that are sent again with the received ones; the client sends the rest once it
   * knows how many these are.
   *
   * @param first where they begin
   * @return how many came
   * @throws DifferentFileException when they are others
   */
  long compare(ResumableUpload upload, long first, RequestBody body)
      throws ApiException, IOException {
    Checksum checksum = Checksum.parse(tus.header("Upload-Checksum"));
    byte[] buffer = new byte[BUFFER_BYTES];
    long left = upload.offset() - first;
    long came = 0;
    boolean isSame = true;
    try (WritableByteChannel same = upload.same(first)) {
      for (int read = body.gather(buffer); read >= 0; read = body.gather(buffer)) {
        came += read;
        if (came > upload.info().size() - first) {
          throw UploadRefusedException.lie("More bytes arrived than the file has.");
        }
        if (checksum != null) {
          checksum.update(buffer, read);
        }
        int count = (int) Math.min(read, left);
        isSame = isSame && isSame(same, ByteBuffer.wrap(buffer, 0, count));
        left -= count;
        if (!isSame && checksum == null) {
          throw new DifferentFileException();
        }
      }
    }
    if (checksum != null) {
      checksum.verify();
    }
    if (!isSame) {
      throw new DifferentFileException();
    }
    return came;
  }

  private static boolean isSame(WritableByteChannel same, ByteBuffer bytes) throws IOException {
    try {
      same.write(bytes);
      return true;
    } catch (DifferentFileException e) {
      return false;
    }
  }

  private static ApiException finished(String message) {
    return new ApiException(ErrorCode.INVALID_INPUT, message)
        .withStatus(HttpServletResponse.SC_CONFLICT);
  }

  /** Receives bytes, and makes the photo when they are the last. */
  void receive(ResumableUpload upload, long offset, RequestBody body)
      throws ApiException, IOException {
    Checksum checksum = Checksum.parse(tus.header("Upload-Checksum"));
    long length = tus.length() < 0 ? upload.info().size() - offset : tus.length();
    try (PieceWriter piece = upload.append(offset, length, checksum == null)) {
      copy(body, piece, checksum);
    }
    upload.finish(callback(upload));
  }

  private static void copy(RequestBody body, PieceWriter piece, Checksum checksum)
      throws ApiException, IOException {
    byte[] buffer = new byte[BUFFER_BYTES];
    long accepted = 0;
    try {
      for (int read = body.gather(buffer); read >= 0; read = body.gather(buffer)) {
        piece.write(ByteBuffer.wrap(buffer, 0, read));
        if (checksum != null) {
          checksum.update(buffer, read);
        } else if (piece.written() - accepted >= ACCEPTED_BYTES) {
          accepted = piece.written();
          piece.accept();
        }
      }
    } catch (RequestBody.ClientGoneException e) {
      if (checksum == null) {
        piece.accept();
      }
      throw e;
    }
    if (checksum != null) {
      checksum.verify();
    }
    piece.accept();
  }

  void delete(String id) throws ApiException, IOException {
    if (!uploads.remove(find(id))) {
      throw new ApiException(
          ErrorCode.PERMISSION_DENIED, "The upload is finished: it is a photo of the site now.");
    }
    response.setStatus(HttpServletResponse.SC_NO_CONTENT);
  }

  /** Answers with the outcome: the API's reply to an upload, once it is finished. */
  void get(String id) throws ApiException, IOException {
    reply(find(id));
  }

  /** Answers with the photo that a finished upload has become. */
  void reply(ResumableUpload upload) throws ApiException, IOException {
    Function<Photo, String> callback = callback(upload);
    Photo photo = upload.finish(callback).orElseThrow(TusUpload::unfinished);
    exchange.api().writeJson(request, response, UploadReply.of(token(upload), photo, callback));
  }

  private static ApiException unfinished() {
    return new ApiException(ErrorCode.NO_SUCH_PHOTO, "The upload is not finished yet.");
  }

  ResumableUpload find(String id) throws UploadRefusedException, ApiException {
    ResumableUpload upload = uploads.find(id).orElseThrow(UploadRefusedException::removed);
    exchange.checkOrigin(token(upload));
    return upload;
  }

  UploadToken token(ResumableUpload upload) throws UploadRefusedException {
    return upload.token().orElseThrow(UploadRefusedException::removed);
  }

  Function<Photo, String> callback(ResumableUpload upload)
      throws UploadRefusedException, ApiException {
    return callback(token(upload), UploadMetadata.parse(upload.info().metadata()));
  }

  /** The address that describes the photo of a token. */
  Function<Photo, String> callback(UploadToken token, UploadMetadata metadata) {
    String domain = exchange.api().site(request).domain();
    return photo -> Callback.success(token, photo, domain, metadata.echoed(), metadata.omitted());
  }

  /** The headers of every answer about an upload. */
  void describe(ResumableUpload upload) {
    response.setHeader("Upload-Offset", Long.toString(upload.offset()));
    upload
        .expires()
        .ifPresent(moment -> response.setDateHeader("Upload-Expires", moment.toEpochMilli()));
    if (Draft.isSpoken(tus)) {
      response.setHeader("Upload-Complete", upload.isFinished() ? "?1" : "?0");
    }
  }
}
