package slipway.multipart;

import java.io.InputStream;
import org.apache.commons.fileupload2.core.RequestContext;

/** A multipart request without a container around it. */
record BodyRequest(String contentType, InputStream body) implements RequestContext {
  @Override
  public String getCharacterEncoding() {
    return "UTF-8";
  }

  @Override
  public long getContentLength() {
    return -1;
  }

  @Override
  public String getContentType() {
    return contentType;
  }

  @Override
  public InputStream getInputStream() {
    return body;
  }

  @Override
  public boolean isMultipartRelated() {
    return false;
  }
}
