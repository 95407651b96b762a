package slipway.http.upload.tus;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import slipway.http.Api;
import slipway.http.ApiException;
import slipway.http.BrokenBody;
import slipway.http.Cors;
import slipway.http.ErrorCode;
import slipway.http.Parameter;
import slipway.http.RequestBody;
import slipway.http.upload.Door;
import slipway.http.upload.FormLimits;
import slipway.http.upload.UploadServlet;
import slipway.token.TokenRefusedException;
import slipway.upload.resumable.ResumableUploads;

/**
 * Resumable uploads by the tus protocol 1.0.0 (https://tus.io/protocols/resumable-upload), at
 * {@code /files/}: core, creation, creation-with-upload, creation-defer-length, termination,
 * checksum, expiration and concatenation. The upload token is the permission to create an upload,
 * in {@code Upload-Metadata} as {@code upload_token} or as {@code Authorization: Bearer}; its
 * address, which nobody can guess, is the permission to continue with it. The draft of the IETF
 * that grew out of tus is supported there as well: see {@link Draft}.
 */
public final class Tus extends UploadServlet {
  private static final long serialVersionUID = 1L;

  /** tus-js-client gives up at every 4xx but 409 and 423, and asks for the offset at a 5xx. */
  private static final int STATUS_OF_CUT = HttpServletResponse.SC_SERVICE_UNAVAILABLE;

  private static final String VERSION = "1.0.0";
  private static final String EXTENSIONS =
      "creation,creation-with-upload,creation-defer-length,termination,checksum,expiration,concatenation";

  /**
   * The path where uploads are created, with or without the slash; the name of an upload follows
   * it.
   */
  private static final String PATH = "/files/";

  /** The door of tus: an upload's address, which nobody can guess, is its secret. */
  public static final Door DOOR =
      Door.at(PATH + "*", "GET", "HEAD", "POST", "PATCH", "DELETE")
          .taking(Tus::methods)
          .withSecretInPath()
          .openToPages(
              "Location",
              "Tus-Resumable",
              "Tus-Version",
              "Tus-Extension",
              "Tus-Max-Size",
              "Tus-Checksum-Algorithm",
              "Upload-Offset",
              "Upload-Length",
              "Upload-Defer-Length",
              "Upload-Metadata",
              "Upload-Expires",
              "Upload-Concat",
              "Upload-Complete",
              "Upload-Limit")
          .beginning(Tus::begin);

  private static final List<String> OF_CREATION = List.of("POST");
  private static final List<String> OF_UPLOAD = List.of("GET", "HEAD", "PATCH", "DELETE");

  private static final Cors CORS = DOOR.cors();

  private final transient Api api;
  private final transient ResumableUploads uploads;
  private final transient FormLimits limits;
  private final long maxBytes;

  /**
   * The protocol.
   *
   * @param maxBytes the largest file
   */
  public Tus(Api api, ResumableUploads uploads, FormLimits limits, long maxBytes) {
    super(DOOR);
    this.api = api;
    this.uploads = uploads;
    this.limits = limits;
    this.maxBytes = maxBytes;
  }

  private static List<String> methods(String path, HttpServletRequest request) {
    return path.length() <= PATH.length() ? OF_CREATION : OF_UPLOAD;
  }

  private static void begin(HttpServletRequest request, HttpServletResponse response) {
    if (!Draft.isSpoken(new TusRequest(request))) {
      response.setHeader("Tus-Resumable", VERSION);
    }
    response.setHeader("Cache-Control", "no-store");
    BrokenBody.answeredAsJson(request, STATUS_OF_CUT);
  }

  /** None: this protocol uses headers. */
  @Override
  public List<Parameter<?>> parameters() {
    return List.of();
  }

  @Override
  protected void service(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    RequestBody body = new RequestBody(request.getInputStream());
    TusRequest tus = new TusRequest(request);
    TusExchange exchange = new TusExchange(api, CORS, uploads, tus, request, response);
    try {
      answer(exchange, body);
    } catch (ApiException | TokenRefusedException | IOException | RuntimeException e) {
      exchange.refuse(e, body, limits);
    }
  }

  private void answer(TusExchange exchange, RequestBody body)
      throws ApiException, IOException, TokenRefusedException {
    TusRequest tus = exchange.tus();
    HttpServletResponse response = exchange.response();
    String method = tus.method();
    if (method.equals("OPTIONS")) {
      options(response);
      return;
    }
    // A plain GET is for people and scripts that ask for the outcome of an upload.
    if (!method.equals("GET") && !isSpoken(tus)) {
      response.setHeader("Tus-Version", VERSION);
      throw new ApiException(
              ErrorCode.INVALID_INPUT,
              "The header Tus-Resumable must be "
                  + VERSION
                  + ", or Upload-Draft-Interop-Version "
                  + String.join(" or ", Draft.VERSIONS)
                  + ".")
          .withStatus(412);
    }
    String id = tus.id();
    if (id.isEmpty() && method.equals("POST")) {
      new TusCreation(exchange).create(body);
      return;
    }
    TusUpload upload = new TusUpload(exchange);
    switch (id.isEmpty() ? "" : method) {
      case "HEAD" -> upload.head(id);
      case "PATCH" -> upload.patch(id, body);
      case "DELETE" -> upload.delete(id);
      case "GET" -> upload.get(id);
      default -> {
        response.setHeader("Allow", allowed(exchange.request()));
        throw new ApiException(
            ErrorCode.METHOD_NOT_ALLOWED, "There is no such method at this address.");
      }
    }
  }

  private static boolean isSpoken(TusRequest tus) {
    return Draft.isSpoken(tus)
        ? Draft.VERSIONS.contains(tus.header(Draft.VERSION).strip())
        : VERSION.equals(tus.header("Tus-Resumable"));
  }

  private void options(HttpServletResponse response) {
    response.setHeader("Tus-Version", VERSION);
    response.setHeader("Tus-Extension", EXTENSIONS);
    response.setHeader("Tus-Max-Size", Long.toString(maxBytes));
    response.setHeader("Tus-Checksum-Algorithm", Checksum.ALGORITHMS);
    response.setHeader("Upload-Limit", "max-size=" + maxBytes);
    response.setHeader("Accept-Patch", TusRequest.BYTES + ", " + Draft.BYTES);
    response.setStatus(HttpServletResponse.SC_NO_CONTENT);
  }
}
