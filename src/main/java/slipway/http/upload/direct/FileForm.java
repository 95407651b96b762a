package slipway.http.upload.direct;

import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import slipway.http.ApiException;
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

  /** Reads the form to its end, handing on the file as it comes. */
  void readInto(FileTaker taker) throws IOException, ApiException {
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

  /** Reads off what is left of a refused form, within bounds. */
  void readOff() {
    body.drain(limits.readOffBytes(), limits.readOffMillis());
  }

  Parameters parameters() {
    return Parameters.of(fields);
  }
}
