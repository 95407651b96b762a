package slipway.http.upload.tus;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import slipway.http.Api;
import slipway.http.ApiException;
import slipway.http.BrokenBody;
import slipway.http.Cors;
import slipway.http.Declaration;
import slipway.http.ErrorCode;
import slipway.http.Parameter;
import slipway.http.Parameters;
import slipway.http.Reply;
import slipway.http.RequestBody;
import slipway.http.UnknownSender;
import slipway.http.upload.FormLimits;
import slipway.http.upload.IdempotencyKey;
import slipway.http.upload.UploadParameters;
import slipway.token.TokenRefusedException;
import slipway.upload.UploadRefusedException;
import slipway.upload.resumable.Created;
import slipway.upload.resumable.Creation;
import slipway.upload.resumable.Piece;
import slipway.upload.resumable.ResumableUpload;
import slipway.upload.resumable.ResumableUploads;

/**
 * One request of FilePond with {@code chunkUploads}, which is its own variant of tus:
 *
 * <ul>
 *   <li>A form without a file, with the header {@code Upload-Length}, announces a file. The answer
 *       is the name of its upload, as text.
 *   <li>{@code PATCH ?patch=name} brings a chunk, with {@code Upload-Offset}, {@code Upload-Length}
 *       and {@code Upload-Name}. The chunk that makes the file whole gets the upload as JSON.
 *   <li>{@code HEAD ?patch=name} asks how many bytes are there. The client assumes that a chunk
 *       which begins before that was sent, so an incomplete one does not count.
 *   <li>{@code DELETE} with the name as its body cancels an upload that is no photo yet.
 * </ul>
 *
 * <p>The name is the address of a tus upload, which nobody can guess: the permission to continue.
 */
public final class FilePondRequest {
  private static final int MOST_OF_NAME = 200;
  private static final Parameter<String> NAME = Parameter.text("patch", MOST_OF_NAME);
  private static final Declaration DECLARATION = Declaration.of(List.of(NAME));
  private static final String LENGTH = "Upload-Length";
  private static final Reply RECEIVED = Reply.of("The chunk was received");
  private static final List<String> OF_CHUNKS = List.of("HEAD", "PATCH");

  private final TusExchange exchange;
  private final TusUpload requested;
  private final RequestBody body;
  private final FormLimits limits;

  /** A request and its answer. */
  public FilePondRequest(
      Api api,
      Cors cors,
      ResumableUploads uploads,
      FormLimits limits,
      HttpServletRequest request,
      HttpServletResponse response,
      RequestBody body) {
    this.exchange = new TusExchange(api, cors, uploads, new TusRequest(request), request, response);
    this.requested = new TusUpload(exchange);
    this.body = body;
    this.limits = limits;
  }

  /** The methods of an address that names an upload; none for other addresses. */
  public static List<String> methods(HttpServletRequest request) {
    return named(request).isPresent() ? OF_CHUNKS : List.of();
  }

  private static Optional<String> named(HttpServletRequest request) {
    Parameters query = Parameters.ofReadableQuery(request).declaring(DECLARATION);
    try {
      return NAME.find(query);
    } catch (ApiException e) {
      return Optional.of("");
    }
  }

  /** Whether a form announces a file, unless it has one. */
  public static boolean isAnnouncement(HttpServletRequest request) {
    return request.getMethod().equals("POST") && request.getHeader(LENGTH) != null;
  }

  private static boolean isOfUpload(HttpServletRequest request) {
    return request.getMethod().equals("DELETE") || methods(request).contains(request.getMethod());
  }

  /** Makes a body that breaks off be answered as chunks are, if the request is one of these. */
  public static boolean begin(HttpServletRequest request) {
    boolean isOne = isOfUpload(request);
    if (isOne) {
      BrokenBody.answeredAsJson(request, HttpServletResponse.SC_SERVICE_UNAVAILABLE);
    }
    return isOne;
  }

  /** Answers a request about an announced upload; returns false for other requests. */
  public boolean answer() throws IOException {
    if (!isOfUpload(exchange.request())) {
      return false;
    }
    exchange.response().setHeader("Cache-Control", "no-store");
    try {
      switch (exchange.request().getMethod()) {
        case "HEAD" -> requested.head(id());
        case "PATCH" -> patch(id());
        default -> requested.delete(nameInBody());
      }
    } catch (ApiException | IOException | RuntimeException e) {
      exchange.refuse(e, body, limits);
    }
    return true;
  }

  private String id() throws UploadRefusedException {
    String id = TusRequest.id(named(exchange.request()).orElse(""));
    // The client sends a chunk three times more, and shows the last answer.
    exchange.uploads().checkNotRefused(id);
    return id;
  }

  private String nameInBody() throws IOException {
    UnknownSender.begin(exchange.request());
    byte[] buffer = new byte[MOST_OF_NAME];
    int length = Math.max(0, body.gather(buffer));
    return TusRequest.id(new String(buffer, 0, length, StandardCharsets.US_ASCII).strip());
  }

  private void patch(String id) throws ApiException, IOException {
    TusRequest said = exchange.tus();
    long offset = said.bytes("Upload-Offset");
    long length = said.length();
    ResumableUpload upload = withName(requested.declared(requested.find(id), offset));
    if (length < 0 || offset > upload.info().size() - length) {
      throw new ApiException(
          ErrorCode.INVALID_INPUT,
          "A chunk must lie within the file, and its request must have a Content-Length.");
    }
    // After a file of whole chunks the client sends an empty one.
    if (length > 0) {
      receive(upload, offset, length);
    }
    boolean isWhole = upload.finish(requested.callback(upload)).isPresent();
    requested.describe(upload);
    if (isWhole) {
      requested.reply(upload);
    } else {
      exchange.api().writeJson(exchange.request(), exchange.response(), RECEIVED);
    }
  }

  private void receive(ResumableUpload upload, long offset, long length) throws IOException {
    try (Piece piece = upload.piece(offset, length)) {
      body.copyTo(piece);
      piece.end();
    }
  }

  /** The announcement does not contain the name of the file; a part of a tus upload has none. */
  private ResumableUpload withName(ResumableUpload upload) throws IOException {
    String header = exchange.tus().header("Upload-Name");
    return header == null
            || header.isBlank()
            || upload.isFinished()
            || upload.info().isPartial()
            || !upload.info().filename().isEmpty()
        ? upload
        : exchange.uploads().name(upload, text(header));
  }

  /** The client sends UTF-8, which a container may have decoded as Latin-1. */
  private static String text(String header) {
    try {
      byte[] bytes = header.getBytes(StandardCharsets.ISO_8859_1);
      boolean isLatin = new String(bytes, StandardCharsets.ISO_8859_1).equals(header);
      return isLatin
          ? StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString()
          : header;
    } catch (CharacterCodingException e) {
      return header;
    }
  }

  /**
   * Answers a form that announces a file.
   *
   * @param token as the form has it; empty for none
   * @param fields what the callback repeats of the form
   * @param fault what is wrong with the form
   */
  public void announce(
      String token, List<Map.Entry<String, String>> fields, Optional<ApiException> fault)
      throws IOException {
    try {
      if (fault.isPresent()) {
        throw fault.get();
      }
      ResumableUpload upload = create(shown(token), fields);
      body.drain();
      tell(upload.info().id());
    } catch (ApiException | TokenRefusedException | IOException | RuntimeException e) {
      refuse(e, token);
    }
  }

  private String shown(String token) {
    return token.isEmpty() ? exchange.tus().bearer() : token;
  }

  /**
   * Answers a form that announces a file but is refused.
   *
   * @param token as the form has it; empty for none
   */
  public void refuse(Exception cause, String token) throws IOException {
    exchange.refuse(exchange.ofOrigin(cause, shown(token)), body, limits);
  }

  private ResumableUpload create(String token, List<Map.Entry<String, String>> fields)
      throws ApiException, IOException, TokenRefusedException {
    if (token.isEmpty()) {
      throw UploadRefusedException.noToken(UploadParameters.UPLOAD_TOKEN.name());
    }
    exchange.checkOrigin(exchange.uploads().token(token).orElse(null));
    UnknownSender.end(exchange.request());
    Creation creation =
        new Creation(
            token,
            exchange.tus().bytes(LENGTH),
            "",
            UploadMetadata.ofForm(fields),
            IdempotencyKey.of(exchange.request()),
            false);
    Created created = created(creation);
    if (created.hasBytes()) {
      created.refuse();
      throw UploadRefusedException.keyWithBytes(created.upload().offset());
    }
    return created.upload();
  }

  /** A page that was loaded again does not know the name of the upload that it had. */
  private Created created(Creation creation) throws IOException, TokenRefusedException {
    try {
      return exchange.uploads().create(creation, exchange.sender());
    } catch (TokenRefusedException e) {
      if (e.reason() != TokenRefusedException.Reason.IN_USE
          || !exchange.uploads().removeForgotten(creation, exchange.sender())) {
        throw e;
      }
      return exchange.uploads().create(creation, exchange.sender());
    }
  }

  private void tell(String id) throws IOException {
    byte[] text = id.getBytes(StandardCharsets.US_ASCII);
    HttpServletResponse response = exchange.response();
    response.setStatus(HttpServletResponse.SC_CREATED);
    response.setContentType("text/plain; charset=utf-8");
    response.setHeader("Cache-Control", "no-store");
    response.setHeader("X-Content-Type-Options", "nosniff");
    response.setContentLength(text.length);
    response.getOutputStream().write(text);
  }
}
