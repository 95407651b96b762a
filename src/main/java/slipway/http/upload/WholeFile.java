package slipway.http.upload;

import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.OptionalLong;
import slipway.http.ApiException;
import slipway.http.ErrorCode;
import slipway.http.Parameter;
import slipway.http.Parameters;
import slipway.http.upload.dialect.ForeignChunk;

/**
 * Compares what a form says about a chunk with the file that arrived, if that is to be taken as a
 * whole file: a part of a file must not be stored as if it were all of it.
 */
public final class WholeFile {
  private static final String WHOLE = ", which is treated as a whole file here, not as a chunk";

  private static final String NOT_ALL = " must describe the file that came" + WHOLE + ".";

  /** The field with the file's name says only which file a chunk belongs to. */
  private static final String ANY_NAME = "file";

  private WholeFile() {}

  /**
   * Checks that the fields of a form and its query describe at most one chunk.
   *
   * @throws ApiException that names the field, or the header, that does
   */
  public static void checkOneChunk(Parameters form, HttpServletRequest request)
      throws ApiException {
    checkOneChunk(said(form, request, OptionalLong.empty()));
  }

  /**
   * Checks, where chunks are accepted, that a form which describes several chunks names their file,
   * as it would be taken as a chunk then.
   *
   * @throws ApiException that names the field that is missing
   */
  public static void checkNamed(Parameters form, HttpServletRequest request) throws ApiException {
    Parameters fields = fields(form, request, OptionalLong.empty()).fields();
    for (ChunkFields names : ChunkFields.DIALECTS) {
      for (Parameter<Long> field : List.of(names.number(), names.totalChunks())) {
        if (field.find(fields).orElse(1L) != 1 && !names.identifier().isGiven(fields)) {
          throw new ApiException(
              ErrorCode.INVALID_INPUT,
              "The parameter '"
                  + names.identifier().name()
                  + "' is required with '"
                  + field.name()
                  + "': it identifies the file that the chunk belongs to.");
        }
      }
    }
  }

  private static void checkOneChunk(ForeignChunk said) throws ApiException {
    for (ChunkFields names : ChunkFields.DIALECTS) {
      check(names.number(), said, 1, "1: the file" + WHOLE);
      check(names.totalChunks(), said, 1, "1: the file" + WHOLE);
    }
  }

  /**
   * Checks that the fields of a form and its query describe a single chunk of that size, if any.
   *
   * @param size bytes of the file that arrived
   * @throws ApiException that names the field, or the header, that does not
   */
  public static void check(Parameters form, HttpServletRequest request, long size)
      throws ApiException {
    ForeignChunk said = said(form, request, OptionalLong.of(size));
    checkOneChunk(said);
    for (ChunkFields names : ChunkFields.DIALECTS) {
      String valid = "the " + size + " bytes of the file that came" + WHOLE;
      check(names.totalSize(), said, size, valid);
      check(names.currentSize(), said, size, valid);
    }
  }

  /**
   * What is said about a chunk.
   *
   * @throws ApiException when that cannot be understood, so that the file may be a part of one
   */
  private static ForeignChunk said(Parameters form, HttpServletRequest request, OptionalLong size)
      throws ApiException {
    ForeignChunk said = fields(form, request, size);
    if (said.fault().isPresent()) {
      throw said.fault().get();
    }
    return said;
  }

  private static ForeignChunk fields(
      Parameters form, HttpServletRequest request, OptionalLong size) {
    ForeignChunk said = ForeignChunk.of(form, request, ANY_NAME, size);
    Parameters query = Parameters.ofReadableQuery(request);
    return new ForeignChunk(ChunkFields.ofForm(said.fields(), query), said.fault(), said.toldBy());
  }

  private static void check(Parameter<Long> field, ForeignChunk said, long whole, String valid)
      throws ApiException {
    if (field.find(said.fields()).orElse(whole) == whole) {
      return;
    }
    throw said.toldBy()
        .map(source -> new ApiException(ErrorCode.INVALID_INPUT, source + NOT_ALL))
        .orElseGet(() -> ApiException.invalid(field.name(), valid));
  }
}
