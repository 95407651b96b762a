package slipway.http.upload.dialect;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * Plupload with {@code chunk_size}: the file's name, and with {@code send_chunk_number: false}
 * where the chunk begins and how large the file is. The chunk's length is known only when it has
 * arrived. Otherwise its chunks are numbered, come one after another, and do not give the size of
 * the file.
 */
final class Plupload implements ChunkDialect {
  private static final String NAME = "name";
  private static final String OFFSET = "offset";
  private static final String TOTAL = "total";
  private static final String INDEX = "chunk";
  private static final String COUNT = "chunks";
  private static final long MOST_CHUNKS = 1_000_000;

  @Override
  public boolean isSpoken(ForeignRequest said) {
    return isByOffset(said) || isNumbered(said);
  }

  /** A site's own fields may have these names by chance, but not such numbers. */
  private static boolean isByOffset(ForeignRequest said) {
    return said.isMeantForNumber(OFFSET) && said.isMeantForNumber(TOTAL) && said.has(NAME);
  }

  private static boolean isNumbered(ForeignRequest said) {
    return said.isMeantForNumber(INDEX)
        && said.isMeantForNumber(COUNT)
        && !said.text(COUNT).strip().equals("1");
  }

  @Override
  public Map<String, String> fields(ForeignRequest said) throws NotUnderstoodException {
    if (isNumbered(said)) {
      return numbered(said);
    }
    String name = name(said);
    long total = said.number(TOTAL);
    long offset = said.number(OFFSET);
    String file = ForeignChunk.named(total, name);
    if (total == 0) {
      return ForeignPiece.empty(file, name);
    }
    if (said.size().isEmpty()) {
      return ForeignPiece.name(file, name);
    }
    long length = length(said);
    return new ForeignPiece(file, name, offset, length, total).fields();
  }

  private static String name(ForeignRequest said) throws NotUnderstoodException {
    return ForeignRequest.identifying("The parameter '" + NAME + "'", said.text(NAME));
  }

  private static long length(ForeignRequest said) throws NotUnderstoodException {
    long length = said.size().getAsLong();
    if (length == 0) {
      throw new NotUnderstoodException("A chunk must have at least one byte.");
    }
    return length;
  }

  /**
   * The end of the file is known with its last chunk, whose start follows from the chunks before
   * it.
   */
  private static Map<String, String> numbered(ForeignRequest said) throws NotUnderstoodException {
    long index = said.number(INDEX);
    long count = said.number(COUNT);
    if (count == 0) {
      return ForeignPiece.empty(ForeignChunk.numbered(0, name(said)), name(said));
    }
    if (!said.has(NAME) || index >= count || count > MOST_CHUNKS) {
      throw new NotUnderstoodException(
          "A chunk needs the 'name' of its file, a number 'chunk' from 0, and more 'chunks' than"
              + " that, at most "
              + MOST_CHUNKS
              + ".");
    }
    String name = name(said);
    Map<String, String> fields =
        new LinkedHashMap<>(ForeignPiece.name(ForeignChunk.numbered(count, name), name));
    if (said.size().isPresent()) {
      long length = length(said);
      fields.put("resumableChunkNumber", Long.toString(index + 1));
      fields.put("resumableCurrentChunkSize", Long.toString(length));
      fields.put("resumableTotalChunks", Long.toString(count));
      if (index < count - 1) {
        fields.put("resumableChunkSize", Long.toString(length));
        fields.put("resumableTotalSize", Long.toString(length * count));
      }
    }
    return fields;
  }

  @Override
  public String toldBy(ForeignRequest said) {
    return "The parameter '" + (isNumbered(said) ? COUNT : TOTAL) + "'";
  }

  @Override
  public Set<String> names() {
    return Set.of(NAME);
  }

  @Override
  public Set<String> namesWhereSpoken() {
    return Set.of(OFFSET, TOTAL, INDEX, COUNT);
  }
}
