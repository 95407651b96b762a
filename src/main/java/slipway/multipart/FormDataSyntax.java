package slipway.multipart;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.commons.fileupload2.core.AbstractFileUpload;
import org.apache.commons.fileupload2.core.DiskFileItem;
import org.apache.commons.fileupload2.core.DiskFileItemFactory;
import org.apache.commons.fileupload2.core.FileItemHeaders;
import org.apache.commons.fileupload2.core.FileItemInputIterator;

/**
 * Commons FileUpload's reading of content types and part headers, without its reading of bodies. A
 * part may have another disposition type than {@code form-data}: some clients write {@code file},
 * and PHP, Rack and Werkzeug go by the name alone.
 */
final class FormDataSyntax extends AbstractFileUpload<Void, DiskFileItem, DiskFileItemFactory> {
  /** A disposition type, up to the parameters after it. */
  private static final Pattern TYPE = Pattern.compile("\\s*[^\\s;=\",]+\\s*(?=;)");

  @Override
  public String getFieldName(FileItemHeaders headers) {
    return super.getFieldName(asFormData(headers));
  }

  @Override
  public String getFileName(FileItemHeaders headers) {
    return super.getFileName(asFormData(headers));
  }

  private FileItemHeaders asFormData(FileItemHeaders headers) {
    String disposition = headers.getHeader(CONTENT_DISPOSITION);
    if (disposition == null || disposition.toLowerCase(Locale.ROOT).startsWith(FORM_DATA)) {
      return headers;
    }
    Matcher type = TYPE.matcher(disposition);
    if (!type.lookingAt()) {
      return headers;
    }
    FileItemHeaders formData = newFileItemHeaders();
    formData.addHeader(CONTENT_DISPOSITION, FORM_DATA + disposition.substring(type.end()));
    return formData;
  }

  @Override
  public FileItemInputIterator getItemIterator(Void request) {
    throw new UnsupportedOperationException();
  }

  @Override
  public Map<String, List<DiskFileItem>> parseParameterMap(Void request) {
    throw new UnsupportedOperationException();
  }

  @Override
  public List<DiskFileItem> parseRequest(Void request) {
    throw new UnsupportedOperationException();
  }
}
