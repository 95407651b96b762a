package slipway.http.upload;

import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.Optional;
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

  /** The field with the file's name says only which file a chunk belongs to. */
  private static final String ANY_NAME = "file";

  private WholeFile() {}

  /**
   * Checks that the fields of a form and its query describe at most one chunk.
   *
   * @throws ApiException that names the field that does
   */
  public static void checkOneChunk(Parameters form, HttpServletRequest request)
      throws ApiException {
    checkUnderstood(form, request);
    checkOneChunk(fields(form, request, OptionalLong.empty()));
  }

  /**
   * Checks, where chunks are accepted, that a form which describes several chunks names their file,
   * as it would be taken as a chunk then.
   *
   * @throws ApiException that names the field that is missing
   */
  public static void checkNamed(Parameters form, HttpServletRequest request) throws ApiException {
    Parameters fields = fields(form, request, OptionalLong.empty());
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

  private static void checkOneChunk(Parameters fields) throws ApiException {
    for (ChunkFields names : ChunkFields.DIALECTS) {
      check(names.number(), fields, 1, "1: the file" + WHOLE);
      check(names.totalChunks(), fields, 1, "1: the file" + WHOLE);
    }
  }

  /**
   * Checks that the fields of a form and its query describe a single chunk of that size, if any.
   *
   * @param size bytes of the file that arrived
   * @throws ApiException that names the field that does not
   */
  public static void check(Parameters form, HttpServletRequest request, long size)
      throws ApiException {
    checkUnderstood(form, request);
    Parameters fields = fields(form, request, OptionalLong.of(size));
    checkOneChunk(fields);
    for (ChunkFields names : ChunkFields.DIALECTS) {
      String valid = "the " + size + " bytes of the file that came" + WHOLE;
      check(names.totalSize(), fields, size, valid);
      check(names.currentSize(), fields, size, valid);
    }
  }

  private static Parameters fields(Parameters form, HttpServletRequest request, OptionalLong size) {
    ForeignChunk told = ForeignChunk.of(form, request, ANY_NAME, size);
    return ChunkFields.ofForm(told.fields(), Parameters.ofReadableQuery(request));
  }

  private static void checkUnderstood(Parameters form, HttpServletRequest request)
      throws ApiException {
    Optional<ApiException> fault =
        ForeignChunk.of(form, request, ANY_NAME, OptionalLong.empty()).fault();
    if (fault.isPresent()) {
      throw fault.get();
    }
  }

  private static void check(Parameter<Long> field, Parameters fields, long whole, String valid)
      throws ApiException {
    if (field.find(fields).orElse(whole) != whole) {
      throw ApiException.invalid(field.name(), valid);
    }
  }
}
