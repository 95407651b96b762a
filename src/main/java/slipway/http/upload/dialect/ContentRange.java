package slipway.http.upload.dialect;

import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import slipway.http.ContentDisposition;

/**
 * Clients that say by the header {@code Content-Range} which bytes of a file they send, such as
 * blueimp's jQuery File Upload and Uploady. They name the file by its name and size alone, and send
 * one chunk after the other.
 */
final class ContentRange implements ChunkDialect {
  private static final String HEADER = "Content-Range";
  private static final Pattern RANGE =
      Pattern.compile("bytes ([0-9]{1,15})-([0-9]{1,15})/([0-9]{1,15})");

  /** No range is one of an empty file (RFC 9110, 14.4), but clients compute some. */
  private static final Pattern OF_NOTHING = Pattern.compile("bytes [0-9*-]{1,15}/0{1,15}");

  @Override
  public boolean isSpoken(ForeignRequest said) {
    String header = said.request().getHeader(HEADER);
    if (header == null) {
      return false;
    }
    Matcher range = RANGE.matcher(header.strip());
    return !range.matches()
        || !isWhole(range)
        || said.size().orElse(length(range)) != length(range);
  }

  /**
   * A range of the whole file is no chunk, unless the number of bytes that came differs from it.
   */
  private static boolean isWhole(Matcher range) {
    return first(range) == 0 && length(range) == Long.parseLong(range.group(3));
  }

  private static long first(Matcher range) {
    return Long.parseLong(range.group(1));
  }

  private static long length(Matcher range) {
    return Long.parseLong(range.group(2)) - first(range) + 1;
  }

  @Override
  public Map<String, String> fields(ForeignRequest said) throws NotUnderstoodException {
    String header = said.request().getHeader(HEADER).strip();
    Matcher range = RANGE.matcher(header);
    if (OF_NOTHING.matcher(header).matches()) {
      return ForeignPiece.empty(ForeignChunk.named(0, filename(said)), filename(said));
    }
    if (!range.matches()) {
      throw new NotUnderstoodException(
          "The header Content-Range must look like bytes 0-999/5000: a chunk, and the size of the"
              + " file.");
    }
    String name = ForeignRequest.identifying("The name of the file", filename(said));
    if (name.isEmpty()) {
      throw new NotUnderstoodException(
          "A request with a Content-Range must name its file: by the filename of the form's part,"
              + " or of a header Content-Disposition.");
    }
    long total = Long.parseLong(range.group(3));
    return new ForeignPiece(
            ForeignChunk.named(total, name), name, first(range), length(range), total)
        .fields();
  }

  @Override
  public String toldBy(ForeignRequest said) {
    return "The header " + HEADER;
  }

  /** The filename of the form's part may be one that the client made up, or be missing. */
  private static String filename(ForeignRequest said) {
    String named = ContentDisposition.filename(said.request());
    return named.isEmpty() ? said.filename() : named;
  }

  @Override
  public Set<String> names() {
    return Set.of();
  }
}
