package slipway.http.upload.dialect;

import java.util.Map;
import java.util.Set;

/**
 * Plupload with {@code chunk_size}: the file's name, and with {@code send_chunk_number: false}
 * where the chunk begins and how large the file is. How long the chunk is shows only when it has
 * come. Chunks that are merely numbered do not tell of which file they are, nor where the last one
 * belongs: they are not taken.
 */
final class Plupload implements ChunkDialect {
  private static final String NAME = "name";
  private static final String OFFSET = "offset";
  private static final String TOTAL = "total";
  private static final String INDEX = "chunk";
  private static final String COUNT = "chunks";

  @Override
  public boolean isSpoken(ForeignRequest said) {
    return isByOffset(said) || isNumbered(said);
  }

  private static boolean isByOffset(ForeignRequest said) {
    return isNumber(said, OFFSET) && isNumber(said, TOTAL) && said.has(NAME);
  }

  private static boolean isNumbered(ForeignRequest said) {
    return isNumber(said, INDEX) && isNumber(said, COUNT) && !said.text(COUNT).strip().equals("1");
  }

  /** Else they are fields of the site, which happen to have these names. */
  private static boolean isNumber(ForeignRequest said, String field) {
    try {
      return said.number(field) >= 0;
    } catch (NotUnderstoodException e) {
      return false;
    }
  }

  @Override
  public Map<String, String> fields(ForeignRequest said) throws NotUnderstoodException {
    if (isNumbered(said)) {
      throw new NotUnderstoodException(
          "Chunks that are numbered by 'chunk' and 'chunks' are not taken: set send_chunk_number:"
              + " false, so that Plupload sends 'offset' and 'total'.");
    }
    String name = said.text(NAME);
    long total = said.number(TOTAL);
    String file = total + "-" + name;
    if (said.size().isEmpty()) {
      return ForeignPiece.name(file, name);
    }
    long length = said.size().getAsLong();
    return new ForeignPiece(file, name, said.number(OFFSET), length, total).fields();
  }

  @Override
  public Set<String> names() {
    return Set.of(NAME);
  }

  @Override
  public Set<String> namesWhereSpoken() {
    return Set.of(OFFSET, TOTAL);
  }
}
