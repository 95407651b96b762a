package slipway.multipart;

import java.util.List;
import java.util.Map;
import org.apache.commons.fileupload2.core.AbstractFileUpload;
import org.apache.commons.fileupload2.core.DiskFileItem;
import org.apache.commons.fileupload2.core.DiskFileItemFactory;
import org.apache.commons.fileupload2.core.FileItemInputIterator;

/**
 * Commons FileUpload's reading of content types and part headers, without its reading of bodies.
 */
final class FormDataSyntax extends AbstractFileUpload<Void, DiskFileItem, DiskFileItemFactory> {
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
