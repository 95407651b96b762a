package slipway.http.upload.dialect;

import java.util.Map;
import java.util.Set;

/** How one client library describes a chunk. */
interface ChunkDialect {
  /** Whether a request speaks it. */
  boolean isSpoken(ForeignRequest said);

  /**
   * What it says in the fields of Resumable.js; the name of the file alone while too little is
   * known.
   *
   * @throws NotUnderstoodException when that is no chunk that can be taken
   */
  Map<String, String> fields(ForeignRequest said) throws NotUnderstoodException;

  /** The fields that are the library's, which a callback does not repeat. */
  Set<String> names();

  /** The fields that are the library's where it speaks, and else may be the site's own. */
  default Set<String> namesWhereSpoken() {
    return Set.of();
  }
}
