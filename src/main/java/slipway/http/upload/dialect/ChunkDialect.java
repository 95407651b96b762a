package slipway.http.upload.dialect;

import java.util.Map;
import java.util.Set;

/** How one client library describes a chunk. */
interface ChunkDialect {
  /** Whether a request speaks it. */
  boolean isSpoken(ForeignRequest said);

  /**
   * The same description in the fields of Resumable.js; only the name of the file while too little
   * is known.
   *
   * @throws NotUnderstoodException when it is not a chunk that can be accepted
   */
  Map<String, String> fields(ForeignRequest said) throws NotUnderstoodException;

  /**
   * What of a request that speaks it says how large the file is, as the beginning of a sentence.
   */
  String toldBy(ForeignRequest said);

  /** The fields of the library, which a callback does not repeat. */
  Set<String> names();

  /** The fields that are the library's in its own requests, and may be the site's in others. */
  default Set<String> namesWhereSpoken() {
    return Set.of();
  }
}
