package slipway.http.photo;

import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.commons.fileupload2.jakarta.servlet6.JakartaServletRequestContext;
import slipway.http.ApiException;
import slipway.http.Parameters;
import slipway.http.RequestBody;
import slipway.token.TokenPurpose;
import slipway.token.TokenRefusedException;
import slipway.token.UploadToken;
import slipway.upload.MultipartReader;
import slipway.upload.Part;
import slipway.upload.Redemption;

/** The form of one redeem request: its fields, and its file on the way to a redemption. */
final class RedeemForm {
  private static final String FILE = "file";

  private final String tokenField;
  private final HttpServletRequest request;
  private final RequestBody body;
  private final FormLimits limits;
  private final List<Map.Entry<String, String>> fields = new ArrayList<>();
  private MultipartReader parts;
  private UploadToken token;

  RedeemForm(
      TokenPurpose purpose, HttpServletRequest request, RequestBody body, FormLimits limits) {
    this.tokenField = purpose.parameter();
    this.request = request;
    this.body = body;
    this.limits = limits;
  }

  /** Looks at the token as soon as it is known. */
  @FunctionalInterface
  interface TokenCheck {
    void check(UploadToken token) throws ApiException;
  }

  /** Reads the form to its end, telling the redemption of its token and file as they come. */
  void readInto(Redemption redemption, TokenCheck check)
      throws IOException, TokenRefusedException, ApiException {
    parts = new MultipartReader(new Context(request, body), limits.parts());
    for (Part part = parts.next(); part != null; part = parts.next()) {
      if (!part.isFile()) {
        readField(part, redemption, check);
      } else if (part.name().equals(FILE) && !part.filename().isEmpty()) {
        redemption.file(part);
      }
    }
  }

  private void readField(Part part, Redemption redemption, TokenCheck check)
      throws IOException, TokenRefusedException, ApiException {
    String value = part.text();
    if (part.name().equals(tokenField)) {
      redemption.token(value.strip());
      token = redemption.token().orElseThrow();
      check.check(token);
    } else {
      fields.add(Map.entry(part.name(), value));
    }
  }

  /** Reads off what is left of a refused form, within bounds; its fields may still tell. */
  void readOff() {
    body.readOff(limits.readOffBytes(), limits.readOffMillis());
    try {
      for (Part part = next(); part != null; part = next()) {
        if (!part.isFile() && !part.name().equals(tokenField)) {
          fields.add(Map.entry(part.name(), part.text()));
        }
      }
    } catch (IOException e) {
      // Nothing more is to be had from this form.
      body.drain();
    }
  }

  private Part next() throws IOException {
    return parts == null ? null : parts.next();
  }

  /** The token, when the form got as far as to name one that is good. */
  Optional<UploadToken> token() {
    return Optional.ofNullable(token);
  }

  Parameters parameters() {
    return Parameters.of(fields);
  }

  /** The fields that the callback repeats: all but those that are for the server. */
  Map<String, String> echoed() {
    Map<String, String> echoed = new LinkedHashMap<>();
    for (Map.Entry<String, String> field : fields) {
      if (!field.getKey().isEmpty() && !NotEchoed.is(field.getKey())) {
        echoed.putIfAbsent(field.getKey(), field.getValue());
      }
    }
    return echoed;
  }

  static final class Context extends JakartaServletRequestContext {
    private final RequestBody body;

    Context(HttpServletRequest request, RequestBody body) {
      super(request);
      this.body = body;
    }

    @Override
    public InputStream getInputStream() {
      return body;
    }
  }
}
