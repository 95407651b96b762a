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

/**
 * The description of a chunk in a request of any client library.
 *
 * @param fields those of the request, and what they and the headers say of a chunk in the fields of
 *     Resumable.js; the same fields where they say nothing about one, or in these words already
 * @param fault what is wrong with a request that describes a chunk, which then has no more than a
 *     name that nothing has; empty for nothing
 * @param toldBy what of the request says how large the file is, such as {@code The parameter
 *     'total'}; empty where it is said in these words, or not at all
 */
public record ForeignChunk(
    Parameters fields, Optional<ApiException> fault, Optional<String> toldBy) {
  private static final List<ChunkDialect> DIALECTS =
      List.of(new Dropzone(), new FineUploader(), new ContentRange(), new Plupload());

  private static final Set<String> NATIVE = Set.of("resumableIdentifier", "flowIdentifier");

  private static final String IN_ORDER = "in-order:";
  private static final String NUMBERED = IN_ORDER + "numbered:";

  /** The name of a chunk that is not understood; it is refused before it is looked up. */
  private static final String UNKNOWN = "unknown";

  /** The fields of these libraries that describe a chunk or its file. */
  public static final Set<String> NAMES =
      DIALECTS.stream()
          .flatMap(dialect -> dialect.names().stream())
          .collect(Collectors.toUnmodifiableSet());

  /** These fields, where they and the headers say nothing else about a chunk. */
  public static ForeignChunk none(Parameters fields) {
    return new ForeignChunk(fields, Optional.empty(), Optional.empty());
  }

  /** The same with that error in it. */
  public ForeignChunk withFault(ApiException error) {
    return new ForeignChunk(fields, Optional.of(error), toldBy);
  }

  /** The identifier of a file that its client identifies by name and size alone. */
  public static String named(long size, String name) {
    return IN_ORDER + size + "-" + name;
  }

  /** The identifier of a file whose client gives the number of chunks, but not the size. */
  static String numbered(long count, String name) {
    return NUMBERED + count + ":" + name;
  }

  /**
   * Whether an identifier is of a file that its client gives none: it may be that of many files,
   * and its chunks come one after the other.
   */
  public static boolean isInOrder(String identifier) {
    return identifier.startsWith(IN_ORDER);
  }

  /**
   * Whether an identifier is of a file of which its chunks are counted, but not its bytes: the size
   * that is told is that of so many chunks as large as the first ones, and none with the last.
   */
  public static boolean isNumbered(String identifier) {
    return identifier.startsWith(NUMBERED);
  }

  /**
   * Whether a client says that it continues a file whose earlier chunks it assumes to be sent:
   * perhaps with another token, if the page was loaded again.
   */
  public static boolean isResumed(Parameters fields) {
    return fields.all().contains(Map.entry(FineUploader.RESUMED, "true"));
  }

  /**
   * Reads a request.
   *
   * @param form the fields of a form, or those of the query where there is none
   * @param filename that of the file in the form; empty for none
   * @param size bytes of the file that arrived; empty while that is not known
   */
  public static ForeignChunk of(
      Parameters form, HttpServletRequest request, String filename, OptionalLong size) {
    ForeignRequest said = ForeignRequest.of(form, request, filename, size);
    Optional<ChunkDialect> spoken = spoken(said);
    if (spoken.isEmpty()) {
      return none(form);
    }
    ChunkDialect dialect = spoken.get();
    Optional<String> toldBy = Optional.of(dialect.toldBy(said));
    try {
      return new ForeignChunk(added(form, dialect, dialect.fields(said)), Optional.empty(), toldBy);
    } catch (NotUnderstoodException e) {
      return new ForeignChunk(
          added(form, dialect, ForeignPiece.name(UNKNOWN, "")),
          Optional.of(new ApiException(ErrorCode.INVALID_INPUT, e.getMessage())),
          toldBy);
    }
  }

  private static Optional<ChunkDialect> spoken(ForeignRequest said) {
    return NATIVE.stream().anyMatch(said::has)
        ? Optional.empty()
        : DIALECTS.stream().filter(dialect -> dialect.isSpoken(said)).findFirst();
  }

  private static Parameters added(
      Parameters form, ChunkDialect dialect, Map<String, String> chunk) {
    Set<String> own = dialect.namesWhereSpoken();
    List<Map.Entry<String, String>> all = new ArrayList<>(form.all());
    all.removeIf(field -> own.contains(field.getKey()));
    all.addAll(chunk.entrySet());
    return Parameters.of(all);
  }
}
