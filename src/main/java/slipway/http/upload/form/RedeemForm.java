package slipway.http.upload.form;

import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import slipway.http.ApiException;
import slipway.http.Parameters;
import slipway.http.RequestBody;
import slipway.http.UnknownSender;
import slipway.http.UploaderReply;
import slipway.http.upload.EchoedFields;
import slipway.http.upload.FormLimits;
import slipway.http.upload.FormParts;
import slipway.http.upload.UploadParameters;
import slipway.http.upload.WholeFile;
import slipway.http.upload.dialect.ForeignChunk;
import slipway.multipart.MultipartException;
import slipway.multipart.Part;
import slipway.token.TokenPurpose;
import slipway.token.TokenRefusedException;
import slipway.token.UploadToken;
import slipway.upload.Redemption;
import slipway.upload.UploadRefusedException;

/** The form of one redeem request: its fields, and its file. */
final class RedeemForm {
  private final TokenPurpose purpose;
  private final String tokenField;
  private final HttpServletRequest request;
  private final RequestBody body;
  private final FormLimits limits;
  private final List<Map.Entry<String, String>> fields = new ArrayList<>();
  private FormParts parts;
  private Part file;
  private String tokenId;
  private String garbled;
  private UploadToken token;
  private int omitted;

  RedeemForm(
      TokenPurpose purpose, HttpServletRequest request, RequestBody body, FormLimits limits) {
    this.purpose = purpose;
    this.tokenField = UploadParameters.token(purpose).name();
    this.request = request;
    this.body = body;
    this.limits = limits;
  }

  /** Looks at the token as soon as it is known. */
  @FunctionalInterface
  interface TokenCheck {
    void check(UploadToken token) throws ApiException;
  }

  /** Reads the fields before the file, which may include the token. */
  void readHead() throws IOException, ApiException {
    UnknownSender.begin(request);
    parts = new FormParts(request, body, limits);
    Part part = parts.next();
    while (part != null && !FormParts.isTheFile(part)) {
      readField(part);
      part = parts.next();
    }
    file = part;
  }

  /**
   * Reads to the end, passing token and file to the redemption as they come. After that either the
   * file is a chunk, or {@link #redeemWhole} must follow.
   */
  void readInto(Redemption redemption, TokenCheck check)
      throws IOException, TokenRefusedException, ApiException {
    redeem(redemption, check);
    for (Part part = file; part != null; part = parts.next()) {
      if (FormParts.isTheFile(part)) {
        refuseGarbled(token != null);
        redemption.file(part);
      } else {
        readField(part);
        redeem(redemption, check);
      }
    }
    parts.checkFile();
  }

  /**
   * Reads what follows the file, once that was read, after {@link #readHead}.
   *
   * @return what all fields say about a chunk
   * @throws UploadRefusedException when there is another file
   */
  ForeignChunk readRest() throws IOException, ApiException {
    for (Part part = parts.next(); part != null; part = parts.next()) {
      if (FormParts.isTheFile(part)) {
        throw UploadRefusedException.tooManyFiles();
      }
      readField(part);
    }
    return ofChunk(OptionalLong.empty());
  }

  /** Redeems the token for a file that is no chunk, after {@link #readInto}. */
  void redeemWhole(Redemption redemption, TokenCheck check)
      throws IOException, TokenRefusedException, ApiException {
    refuseGarbled(true);
    redemption.whole();
    redemption.title(title());
    redeem(redemption, check);
    checkNamed();
    if (redemption.size().isPresent()) {
      WholeFile.check(parameters(), request, redemption.size().getAsLong());
    }
  }

  /** The visitor's title for the file; empty for none. */
  private String title() {
    return fields.stream()
        .filter(field -> field.getKey().equals(UploadParameters.PHOTO_TITLE.name()))
        .map(Map.Entry::getValue)
        .findFirst()
        .orElse("");
  }

  /** To be called once the token is known, as it has the return_url. */
  private void refuseGarbled(boolean isTime) throws ApiException {
    if (isTime && garbled != null) {
      throw FormParts.garbled(garbled);
    }
  }

  /**
   * What the fields that arrived so far say about a chunk, and the error in them.
   *
   * @param size bytes of its file; empty while that is not known
   */
  ForeignChunk ofChunk(OptionalLong size) {
    ForeignChunk said = ForeignChunk.of(parameters(), request, filename(), size);
    return garbled == null ? said : said.withFault(FormParts.garbled(garbled));
  }

  /** The error that the file of a refused form is not a whole file, by the fields that arrived. */
  Optional<ApiException> partOfFile() {
    try {
      checkNamed();
      WholeFile.checkOneChunk(parameters(), request);
      return Optional.empty();
    } catch (ApiException e) {
      return Optional.of(e);
    }
  }

  private void checkNamed() throws ApiException {
    if (purpose == TokenPurpose.UPLOAD) {
      WholeFile.checkNamed(parameters(), request);
    }
  }

  private void redeem(Redemption redemption, TokenCheck check)
      throws IOException, TokenRefusedException, ApiException {
    if (tokenId != null && token == null) {
      if (tokenId.isEmpty()) {
        refuseWithoutToken();
        return;
      }
      redemption.token(tokenId);
      if (redemption.token().isPresent()) {
        token = redemption.token().get();
        check.check(token);
        UnknownSender.end(request);
      }
    }
  }

  /** At once: only a chunk may have its token in the query, and may turn out to be one later. */
  private void refuseWithoutToken() throws UploadRefusedException {
    if (request.getQueryString() == null) {
      throw UploadRefusedException.noToken(tokenField);
    }
  }

  private void readField(Part part) throws IOException, ApiException {
    if (part.isFile() || FormParts.isNameless(part)) {
      return;
    }
    String value = text(part);
    if (part.isGarbled() && garbled == null && !EchoedFields.isFileName(part.name())) {
      garbled = part.name();
    }
    if (!part.name().equals(tokenField)) {
      fields.add(Map.entry(part.name(), value));
    } else if (tokenId == null) {
      tokenId = value.strip();
    }
  }

  private String text(Part part) throws IOException, ApiException {
    try {
      return parts.text(part);
    } catch (MultipartException e) {
      if (!EchoedFields.is(part.name())) {
        omitted++;
      }
      throw e;
    }
  }

  /** Whether it is a form, of which something may have been read. */
  boolean isBegun() {
    return parts != null;
  }

  /** The file, after {@link #readHead}; null when there is none. */
  Part file() {
    return file;
  }

  /** The name of the file, after {@link #readHead}; empty when there is none. */
  String filename() {
    return file == null ? "" : file.filename();
  }

  /** The token as it was sent; empty when it was not. */
  String tokenId() {
    return tokenId == null ? "" : tokenId;
  }

  /** Discards the rest of a refused form, within bounds, but keeps its fields and its token. */
  void readOff() {
    body.readOff(limits.readOffBytes(), limits.readOffMillis());
    try {
      for (Part part = next(); part != null; part = next()) {
        readFurtherField(part);
      }
    } catch (IOException | ApiException e) {
      // Nothing more can be read from this form.
      body.drain();
    }
  }

  /** A field that is too long may be followed by others that are not. */
  private void readFurtherField(Part part) throws IOException, ApiException {
    try {
      readField(part);
    } catch (MultipartException e) {
      // It is counted.
    }
  }

  private Part next() throws IOException {
    if (parts == null) {
      body.drain();
      return null;
    }
    return parts.next();
  }

  /** The token, if the form got as far as a valid one. */
  Optional<UploadToken> token() {
    return Optional.ofNullable(token);
  }

  Parameters parameters() {
    return Parameters.of(fields);
  }

  /** The parameters of the form, its query or its header that shape the answer. */
  Parameters shape() {
    return UploaderReply.shapeOfForm(parameters(), request);
  }

  /** The fields that the callback repeats: all but those that are for the server. */
  List<Map.Entry<String, String>> echoed() {
    return EchoedFields.others(fields);
  }

  /** How many further fields arrived that were too long to be taken. */
  int omitted() {
    return omitted;
  }
}
