package slipway.http.upload.dialect;

import java.util.Map;
import java.util.Set;

/** Dropzone with {@code chunking: true}: an identifier of each file, and where the chunk begins. */
final class Dropzone implements ChunkDialect {
  private static final String FILE = "dzuuid";
  private static final String INDEX = "dzchunkindex";
  private static final String SIZE = "dzchunksize";
  private static final String TOTAL = "dztotalfilesize";
  private static final String OFFSET = "dzchunkbyteoffset";

  @Override
  public boolean isSpoken(ForeignRequest said) {
    return said.has(INDEX);
  }

  @Override
  public Map<String, String> fields(ForeignRequest said) throws NotUnderstoodException {
    String file = said.required(FILE);
    long total = said.number(TOTAL);
    long offset = said.number(OFFSET);
    long length = Math.min(said.number(SIZE), total - offset);
    return new ForeignPiece(file, said.filename(), offset, length, total).fields();
  }

  @Override
  public String toldBy(ForeignRequest said) {
    return "The parameter '" + TOTAL + "'";
  }

  @Override
  public Set<String> names() {
    return Set.of(FILE, INDEX, SIZE, TOTAL, OFFSET, "dztotalchunkcount");
  }
}
