package slipway.http.upload.dialect;

import java.util.Map;
import java.util.Set;

/** Fine Uploader with chunking, also when it resumes. */
final class FineUploader implements ChunkDialect {
  /** Sent with the first chunk of a file that it remembers. */
  static final String RESUMED = "qqresume";

  private static final String FILE = "qquuid";
  private static final String INDEX = "qqpartindex";
  private static final String OFFSET = "qqpartbyteoffset";
  private static final String LENGTH = "qqchunksize";
  private static final String TOTAL = "qqtotalfilesize";
  private static final String NAME = "qqfilename";

  @Override
  public boolean isSpoken(ForeignRequest said) {
    return said.has(INDEX);
  }

  @Override
  public Map<String, String> fields(ForeignRequest said) throws NotUnderstoodException {
    String file = said.required(FILE);
    String name = said.has(NAME) ? said.text(NAME) : said.filename();
    long offset = said.number(OFFSET);
    return new ForeignPiece(file, name, offset, said.number(LENGTH), said.number(TOTAL)).fields();
  }

  @Override
  public String toldBy(ForeignRequest said) {
    return "The parameter '" + TOTAL + "'";
  }

  @Override
  public Set<String> names() {
    return Set.of(FILE, INDEX, OFFSET, LENGTH, TOTAL, NAME, "qqtotalparts", RESUMED);
  }
}
