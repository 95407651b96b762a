package slipway.http.upload;

import java.io.IOException;
import slipway.http.ApiException;
import slipway.http.upload.dialect.ForeignChunk;

/** What follows the file of a form. */
@FunctionalInterface
public interface RestOfForm {
  /**
   * Reads it, once the file was read.
   *
   * @return what all fields of the form say about a chunk
   * @throws slipway.upload.UploadRefusedException when there is another file
   * @throws slipway.multipart.MultipartException when the form is malformed or beyond its limits
   */
  ForeignChunk read() throws IOException, ApiException;
}
