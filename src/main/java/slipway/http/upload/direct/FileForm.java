package slipway.http.upload.direct;

import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import slipway.http.ApiException;
import slipway.http.ErrorCode;
import slipway.http.Parameters;
import slipway.http.RequestBody;
import slipway.http.upload.FormLimits;
import slipway.http.upload.FormParts;
import slipway.multipart.Part;

/** A form with a file and what is said of it, in any order. */
final class FileForm {
  private final HttpServletRequest request;
  private final RequestBody body;
  private final FormLimits limits;
  private final List<Map.Entry<String, String>> fields = new ArrayList<>();
  private Parameters plain;
  private boolean isBegun;

  FileForm(HttpServletRequest request, RequestBody body, FormLimits limits) {
    this.request = request;
    this.body = body;
    this.limits = limits;
  }

  /** Where its file goes. */
  @FunctionalInterface
  interface FileTaker {
    /** Takes the whole file, as it streams in. */
    void take(Part file) throws IOException, ApiException;
  }

  /** Whether it may have a file. */
  boolean isMultipart() {
    return isOf("multipart/");
  }

  /** Whether it is of the type that never has a file. */
  boolean isUrlEncoded() {
    return isOf("application/x-www-form-urlencoded");
  }

  /**
   * Checks that it may have what the method needs.
   *
   * @param takesUrlEncoded whether that need not be a file
   * @throws ApiException when it brings no file, and has to
   */
  void checkType(boolean takesUrlEncoded) throws ApiException {
    if (isUrlEncoded() && !takesUrlEncoded) {
      throw new ApiException(
          ErrorCode.INVALID_INPUT,
          "The Content-Type must be multipart/form-data with a boundary: a urlencoded form brings no"
              + " file.");
    }
  }

  private boolean isOf(String type) {
    String given = request.getContentType();
    return given != null && given.strip().toLowerCase(Locale.ROOT).startsWith(type);
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

  /** Reads the form to its end, handing on the file as it comes. */
  void readInto(FileTaker taker) throws IOException, ApiException {
    if (isBegun) {
      return;
    }
    isBegun = true;
    FormParts parts = new FormParts(request, body, limits);
    String garbled = null;
    for (Part part = parts.next(); part != null; part = parts.next()) {
      if (FormParts.isTheFile(part)) {
        taker.take(part);
      } else if (!part.isFile() && !FormParts.isNameless(part)) {
        fields.add(Map.entry(part.name(), parts.text(part)));
        garbled = part.isGarbled() && garbled == null ? part.name() : garbled;
      }
    }
    parts.checkFile();
    if (garbled != null) {
      throw FormParts.garbled(garbled);
    }
  }

  /**
   * Reads off what is left of a refused form, within bounds; of one that was refused unread, the
   * fields before its file are kept.
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

  /** What it says, and then the query, for the form of an error. */
  Parameters forError() {
    return parameters().andQuery(request);
  }

  Parameters parameters() {
    return plain == null ? Parameters.of(fields) : plain;
  }
}
