package slipway.http;

import jakarta.servlet.http.HttpServletRequest;
import java.io.InputStream;
import org.apache.commons.fileupload2.jakarta.servlet6.JakartaServletRequestContext;

/** The body of a multipart form, as the reader of its parts needs it. */
public final class FormBody extends JakartaServletRequestContext {
  private final HttpServletRequest request;
  private final InputStream bytes;

  /**
   * The body of a request.
   *
   * @param bytes where the body is read from
   */
  public FormBody(HttpServletRequest request, InputStream bytes) {
    super(request);
    this.request = request;
    this.bytes = bytes;
  }

  @Override
  public String getContentType() {
    return ContentType.of(request);
  }

  /** None: headers of parts are UTF-8. */
  @Override
  public String getCharacterEncoding() {
    return null;
  }

  @Override
  public InputStream getInputStream() {
    return bytes;
  }
}
