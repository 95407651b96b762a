package slipway.http.upload.direct;

import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import slipway.http.ApiException;
import slipway.http.ContentType;
import slipway.http.ErrorCode;
import slipway.http.Parameters;
import slipway.http.RequestBody;
import slipway.http.UploaderReply;
import slipway.http.upload.FormLimits;
import slipway.http.upload.FormParts;
import slipway.http.upload.WholeFile;
import slipway.multipart.Part;
import slipway.upload.UploadRefusedException;

/** A form with a file and its metadata, in any order. */
final class FileForm {
  private static final long NO_FILE = -1;

  private final HttpServletRequest request;
  private final RequestBody body;
  private final FormLimits limits;
  private final List<Map.Entry<String, String>> fields = new ArrayList<>();
  private Parameters plain;
  private String garbled;
  private boolean isBegun;

  FileForm(HttpServletRequest request, RequestBody body, FormLimits limits) {
    this.request = request;
    this.body = body;
    this.limits = limits;
  }

  /** Receives its file. */
  @FunctionalInterface
  interface FileTaker {
    /**
     * Takes the whole file, as it streams in.
     *
     * @return its bytes
     */
    long take(Part file) throws IOException, ApiException;
  }

  /** Whether it may have a file. */
  boolean isMultipart() {
    return isOf("multipart/");
  }

  /** Whether its content type never has a file. */
  boolean isUrlEncoded() {
    return isOf("application/x-www-form-urlencoded");
  }

  /**
   * Checks that its content type may contain what the method needs.
   *
   * @param takesUrlEncoded whether the method also works without a file
   * @throws ApiException when it has no file, although one is required
   */
  void checkType(boolean takesUrlEncoded) throws ApiException {
    if (isUrlEncoded() && !takesUrlEncoded) {
      throw new ApiException(
          ErrorCode.INVALID_INPUT,
          "The Content-Type must be multipart/form-data with a boundary: a urlencoded form contains no"
              + " file.");
    }
  }

  private boolean isOf(String type) {
    return ContentType.mediaType(request).startsWith(type);
  }

  /**
   * Reads a form that has no file: the query, or on POST the body.
   *
   * @throws ApiException when it cannot be read
   */
  Parameters readPlain() throws IOException, ApiException {
    isBegun = true;
    try {
      plain = Parameters.read(request);
      return plain;
    } catch (IOException e) {
      throw body.gone(e);
    }
  }

  /**
   * Reads the form to its end, handing on the file as it comes.
   *
   * @throws ApiException when a field is not of its charset, or says that the file is a part of one
   */
  void readInto(FileTaker taker) throws IOException, ApiException {
    if (isBegun) {
      return;
    }
    isBegun = true;
    FormParts parts = new FormParts(request, body, limits);
    long size = NO_FILE;
    for (Part part = parts.next(); part != null; part = parts.next()) {
      if (FormParts.isTheFile(part)) {
        checkText();
        WholeFile.checkOneChunk(parameters(), request);
        size = take(part, taker, parts);
      } else {
        readField(part, parts);
      }
    }
    parts.checkFile();
    checkText();
    if (size != NO_FILE) {
      WholeFile.check(parameters(), request, size);
    }
  }

  private void checkText() throws ApiException {
    if (garbled != null) {
      throw FormParts.garbled(garbled);
    }
  }

  private void readField(Part part, FormParts parts) throws IOException, ApiException {
    if (!part.isFile() && !FormParts.isNameless(part)) {
      fields.add(Map.entry(part.name(), parts.text(part)));
      garbled = part.isGarbled() && garbled == null ? part.name() : garbled;
    }
  }

  /** If the file is refused, later fields may show that it is only a part of a file. */
  private long take(Part file, FileTaker taker, FormParts parts) throws IOException, ApiException {
    try {
      return taker.take(file);
    } catch (UploadRefusedException e) {
      body.readOff(limits.readOffBytes(), limits.readOffMillis());
      readRest(parts);
      WholeFile.checkOneChunk(parameters(), request);
      throw e;
    }
  }

  private void readRest(FormParts parts) {
    try {
      for (Part part = parts.next(); part != null; part = parts.next()) {
        readField(part, parts);
      }
    } catch (IOException | ApiException e) {
      // The request is refused already, and for another reason.
    }
  }

  /**
   * Discards the rest of a refused form, within bounds; if it was refused unread, the fields before
   * its file are kept.
   */
  void readOff() {
    body.readOff(limits.readOffBytes(), limits.readOffMillis());
    if (!isBegun) {
      readFields();
    }
    body.drain();
  }

  private void readFields() {
    isBegun = true;
    try {
      FormParts parts = new FormParts(request, body, limits);
      for (Part part = parts.next(); part != null && !part.isFile(); part = parts.next()) {
        fields.add(Map.entry(part.name(), parts.text(part)));
      }
    } catch (IOException | ApiException e) {
      // The request is refused already, and for another reason.
    }
  }

  /** The parameters of it, its query or its header that shape the answer, whatever that says. */
  Parameters shape() {
    return UploaderReply.shapeOfForm(parameters(), request);
  }

  Parameters parameters() {
    return plain == null ? Parameters.of(fields) : plain;
  }
}
