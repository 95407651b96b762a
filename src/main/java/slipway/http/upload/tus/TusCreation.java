package slipway.http.upload.tus;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import slipway.http.ApiException;
import slipway.http.ContentDisposition;
import slipway.http.ErrorCode;
import slipway.http.RequestBody;
import slipway.http.upload.IdempotencyKey;
import slipway.token.TokenRefusedException;
import slipway.token.UploadToken;
import slipway.upload.DifferentFileException;
import slipway.upload.UploadRefusedException;
import slipway.upload.resumable.Created;
import slipway.upload.resumable.Creation;
import slipway.upload.resumable.ResumableUpload;
import slipway.upload.resumable.ResumableUploads;
import slipway.upload.resumable.UploadInfo;

/** One request that creates an upload (tus 1.0.0, "Creation" and "Concatenation"). */
final class TusCreation {
  private static final String FINAL = "final;";
  private static final int MOST_PARTS = 100;

  private final TusExchange exchange;
  private final ResumableUploads uploads;
  private final TusRequest tus;
  private final HttpServletRequest request;
  private final HttpServletResponse response;

  TusCreation(TusExchange exchange) {
    this.exchange = exchange;
    this.uploads = exchange.uploads();
    this.tus = exchange.tus();
    this.request = exchange.request();
    this.response = exchange.response();
  }

  void create(RequestBody body) throws ApiException, IOException, TokenRefusedException {
    UploadMetadata metadata = UploadMetadata.parse(tus.header("Upload-Metadata"));
    String token = token(metadata);
    String concat = tus.header("Upload-Concat");
    TusUpload requested = new TusUpload(exchange);
    ResumableUpload upload;
    if (concat != null && concat.startsWith(FINAL)) {
      upload = concatenate(token, concat.substring(FINAL.length()), metadata, requested);
    } else {
      upload = begin(token, isPartial(concat), metadata, requested, body);
    }
    response.setHeader("Location", request.getContextPath() + "/files/" + upload.info().id());
    requested.answer(upload, HttpServletResponse.SC_CREATED);
  }

  private ResumableUpload begin(
      String token,
      boolean isPartial,
      UploadMetadata metadata,
      TusUpload requested,
      RequestBody body)
      throws ApiException, IOException, TokenRefusedException {
    Creation creation =
        new Creation(
            token,
            length(isPartial),
            filename(metadata),
            metadata.header(),
            isPartial ? null : IdempotencyKey.of(request),
            tus.hasBytes());
    ResumableUpload upload;
    if (isPartial) {
      upload = uploads.createPart(creation, address());
    } else {
      Created created = uploads.create(creation, exchange.sender());
      upload =
          created.hasBytes() ? givenAgain(created, creation, requested, body) : created.upload();
    }
    return tus.hasBytes() && upload.offset() == 0
        ? received(requested, upload, body, creation.idempotencyKey() != null)
        : upload;
  }

  /** Clients of the draft may know no metadata. */
  private String filename(UploadMetadata metadata) {
    String said = metadata.filename();
    return said.isEmpty() ? ContentDisposition.filename(request) : said;
  }

  /**
   * An upload that has bytes already, which the client has to send as well. It is told how many are
   * there, and sends the others.
   */
  private ResumableUpload givenAgain(
      Created created, Creation creation, TusUpload requested, RequestBody body)
      throws ApiException, IOException, TokenRefusedException {
    ResumableUpload upload = created.upload();
    if (created.refusal() == null) {
      requested.takeUp(upload);
    }
    boolean isFinished = upload.isFinished();
    long there = upload.offset();
    if (there > 0) {
      checkBrings(there, created, requested, body);
    }
    return isFinished
        ? upload
        : requested.takenUp(uploads.giveAgain(upload, there, creation, exchange.sender()));
  }

  private void checkBrings(long there, Created created, TusUpload requested, RequestBody body)
      throws ApiException, IOException, TokenRefusedException {
    boolean isAll;
    try {
      isAll = tus.hasBytes() && requested.compare(created.upload(), 0, body) >= there;
    } catch (DifferentFileException e) {
      created.refuse();
      throw UploadRefusedException.keyOfAnotherFile();
    }
    if (!isAll) {
      created.refuse();
      throw UploadRefusedException.keyWithBytes(there);
    }
  }

  /**
   * A client whose request fails has been given no address.
   *
   * @param isFoundAgain whether it can continue all the same, by its key
   */
  private ResumableUpload received(
      TusUpload requested, ResumableUpload upload, RequestBody body, boolean isFoundAgain)
      throws ApiException, IOException {
    boolean isReceived = false;
    try {
      requested.receive(upload, 0, body);
      ResumableUpload all = requested.completed(upload);
      isReceived = true;
      return all;
    } finally {
      if (!isReceived && !isFoundAgain) {
        uploads.discard(upload);
      }
    }
  }

  private ResumableUpload concatenate(
      String token, String addresses, UploadMetadata metadata, TusUpload requested)
      throws ApiException, IOException, TokenRefusedException {
    List<String> ids = parts(addresses);
    UploadToken of = uploads.token(token).orElseThrow(UploadRefusedException::removed);
    return uploads.concatenate(
        token,
        ids,
        metadata.filename(),
        metadata.header(),
        address(),
        requested.callback(of, metadata));
  }

  /** The size of the file; for a part it must be known, as room is reserved for it. */
  private long length(boolean isPartial) throws ApiException {
    String deferred = tus.header("Upload-Defer-Length");
    if (Draft.isSpoken(tus) && !isPartial) {
      return Draft.size(tus, 0).orElse(Creation.DEFERRED);
    }
    if (deferred == null) {
      return tus.bytes("Upload-Length");
    }
    if (!deferred.strip().equals("1") || isPartial || tus.header("Upload-Length") != null) {
      throw new ApiException(
          ErrorCode.INVALID_INPUT,
          "The header Upload-Defer-Length must be 1, without Upload-Length and not for a part of an"
              + " upload.");
    }
    return Creation.DEFERRED;
  }

  /** The named parts; each only once, as all of them are written to the disk again. */
  private static List<String> parts(String addresses) throws UploadRefusedException, ApiException {
    Set<String> ids = new LinkedHashSet<>();
    for (String address : addresses.strip().split("\\s+", MOST_PARTS + 1)) {
      if (ids.size() == MOST_PARTS) {
        throw badParts("can name at most " + MOST_PARTS + " parts");
      }
      if (!ids.add(TusRequest.id(address))) {
        throw badParts("names a part twice: each part may appear only once");
      }
    }
    return List.copyOf(ids);
  }

  private static ApiException badParts(String what) {
    return new ApiException(ErrorCode.INVALID_INPUT, "The header Upload-Concat " + what + ".");
  }

  private String address() {
    return exchange.api().proxies().countedAs(request);
  }

  private static boolean isPartial(String concat) throws ApiException {
    if (concat != null && !concat.equals(UploadInfo.PARTIAL)) {
      throw new ApiException(
          ErrorCode.INVALID_INPUT,
          "The header Upload-Concat must be partial, or final; and the addresses of the parts.");
    }
    return concat != null;
  }

  /** The token that the request shows, if it may be used from that page. */
  private String token(UploadMetadata metadata) throws ApiException, UploadRefusedException {
    String id = metadata.token().isEmpty() ? tus.bearer() : metadata.token();
    if (id.isEmpty()) {
      throw UploadRefusedException.noTokenInHeaders();
    }
    exchange.checkOrigin(uploads.token(id).orElse(null));
    return id;
  }
}
