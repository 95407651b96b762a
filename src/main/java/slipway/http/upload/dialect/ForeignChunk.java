package slipway.http.upload.dialect;

import jakarta.servlet.http.HttpServletRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Collectors;
import slipway.http.ApiException;
import slipway.http.ErrorCode;
import slipway.http.Parameters;

/** A chunk of a client library that has other words for it than Resumable.js and Flow.js. */
public final class ForeignChunk {
  private static final List<ChunkDialect> DIALECTS =
      List.of(new Dropzone(), new FineUploader(), new ContentRange(), new Plupload());

  private static final Set<String> NATIVE = Set.of("resumableIdentifier", "flowIdentifier");

  private static final String NUMBERED = "plupload:";

  /** Of what nobody understands; it is refused before it is looked for. */
  private static final String UNKNOWN = "unknown";

  /** The fields of these libraries that tell of a chunk or of its file. */
  public static final Set<String> NAMES =
      DIALECTS.stream()
          .flatMap(dialect -> dialect.names().stream())
          .collect(Collectors.toUnmodifiableSet());

  private ForeignChunk() {}

  /** What names a file of which its chunks are counted, but not its bytes. */
  static String numbered(long count, String name) {
    return NUMBERED + count + ":" + name;
  }

  /**
   * Whether an identifier is of a file of which its chunks are counted, but not its bytes: the size
   * that is told is that of so many chunks as large as the first ones, and none with the last.
   */
  public static boolean isNumbered(String identifier) {
    return identifier.startsWith(NUMBERED);
  }

  /**
   * The fields of a request, and what they and the headers say of a chunk in the fields of
   * Resumable.js; the same fields where they say nothing of one, or in these words already.
   *
   * @param form the fields of a form, or those of the query where there is none
   * @param filename that of the file in the form; empty for none
   * @param size bytes of the file that came; empty while that is not known
   */
  public static Parameters told(
      Parameters form, HttpServletRequest request, String filename, OptionalLong size) {
    ForeignRequest said = ForeignRequest.of(form, request, filename, size);
    Optional<ChunkDialect> spoken = spoken(said);
    if (spoken.isEmpty()) {
      return form;
    }
    Set<String> own = spoken.get().namesWhereSpoken();
    List<Map.Entry<String, String>> all = new ArrayList<>(form.all());
    all.removeIf(field -> own.contains(field.getKey()));
    all.addAll(fields(spoken.get(), said).entrySet());
    return Parameters.of(all);
  }

  private static Map<String, String> fields(ChunkDialect dialect, ForeignRequest said) {
    try {
      return dialect.fields(said);
    } catch (NotUnderstoodException e) {
      return ForeignPiece.name(UNKNOWN, "");
    }
  }

  private static Optional<ChunkDialect> spoken(ForeignRequest said) {
    return NATIVE.stream().anyMatch(said::has)
        ? Optional.empty()
        : DIALECTS.stream().filter(dialect -> dialect.isSpoken(said)).findFirst();
  }

  /** What is wrong with a request that tells of a chunk, which {@link #told} cannot tell. */
  public static Optional<ApiException> fault(
      Parameters form, HttpServletRequest request, String filename, OptionalLong size) {
    ForeignRequest said = ForeignRequest.of(form, request, filename, size);
    Optional<ChunkDialect> spoken = spoken(said);
    if (spoken.isEmpty()) {
      return Optional.empty();
    }
    try {
      spoken.get().fields(said);
      return Optional.empty();
    } catch (NotUnderstoodException e) {
      return Optional.of(new ApiException(ErrorCode.INVALID_INPUT, e.getMessage()));
    }
  }
}
