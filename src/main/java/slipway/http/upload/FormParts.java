package slipway.http.upload;

import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import slipway.http.ApiException;
import slipway.http.ErrorCode;
import slipway.http.FormBody;
import slipway.http.RequestBody;
import slipway.http.limit.MemoryFullException;
import slipway.http.limit.RequestMemory;
import slipway.multipart.MultipartReader;
import slipway.multipart.Part;

/** The parts of one upload form, within its limits and the memory of the request. */
public final class FormParts {
  private final MultipartReader reader;
  private final RequestMemory.Lease memory;
  private boolean hasFile;
  private boolean hasNameless;

  /**
   * The parts of the body.
   *
   * @throws slipway.multipart.MultipartException when the request is no multipart form
   */
  public FormParts(HttpServletRequest request, RequestBody body, FormLimits limits)
      throws IOException {
    this.memory = RequestMemory.of(request);
    this.reader =
        new MultipartReader(new FormBody(request, body), limits.parts(), memory::takeBody);
  }

  /**
   * The next part; null after the last. The rest of the previous one is skipped.
   *
   * @throws slipway.multipart.MultipartException when the form is malformed or beyond its limits
   */
  public Part next() throws IOException {
    Part part = reader.next();
    if (part != null) {
      hasFile |= isTheFile(part);
      hasNameless |= isNameless(part);
    }
    return part;
  }

  /**
   * Checks, at the end of the form, that its file was not mistaken for a field.
   *
   * @throws ApiException when it came without a filename, and no other came
   */
  public void checkFile() throws ApiException {
    if (hasNameless && !hasFile) {
      throw new ApiException(
          ErrorCode.NO_FILE,
          "The part '"
              + UploadParameters.FILE.name()
              + "' came without a filename: its Content-Disposition must have one.");
    }
  }

  /**
   * The value of a field.
   *
   * @throws ApiException when there is no memory for it now
   */
  public String text(Part field) throws IOException, ApiException {
    try {
      memory.takeParameter();
      return field.text();
    } catch (MemoryFullException e) {
      throw ApiException.busy();
    }
  }

  /** The error that a field has bytes which are not valid in its charset. */
  public static ApiException garbled(String field) {
    return ApiException.invalid(field, "valid UTF-8, or valid in the charset it names");
  }

  /** Whether the part would be that file if it had a filename; it is no field. */
  public static boolean isNameless(Part part) {
    return part.name().equals(UploadParameters.FILE.name()) && !part.isFile();
  }

  /**
   * Whether the part is the uploaded file: that of the field {@code file}, with a name. Files of
   * other fields, and inputs without a file, are ignored.
   */
  public static boolean isTheFile(Part part) {
    return part.name().equals(UploadParameters.FILE.name())
        && part.isFile()
        && !part.filename().isEmpty();
  }
}
