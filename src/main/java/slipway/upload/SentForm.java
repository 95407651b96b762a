package slipway.upload;

import java.util.function.BooleanSupplier;
import java.util.function.Predicate;

/**
 * A form that begins to redeem a token.
 *
 * @param idempotencyKey requests with the same one and the same token are one upload; null for none
 * @param address whom the file's bytes are counted for until the token is known
 * @param length bytes of the whole form; -1 when it is not known
 * @param filename that of its file; empty for none
 * @param isPatient whether it waits while other uploads hold the token's uses; evaluated then
 * @param mayRepeat whether it comes from a script that may have sent its file before without seeing
 *     the answer, and has no key that tells
 * @param chunks whether a token has uploads in chunks, so that a file may belong to one of them;
 *     null where no chunks are taken
 */
public record SentForm(
    String idempotencyKey,
    String address,
    long length,
    String filename,
    BooleanSupplier isPatient,
    boolean mayRepeat,
    Predicate<String> chunks) {
  /** Whether the file may turn out to be a chunk once all fields have arrived. */
  boolean mayBeChunk() {
    return chunks != null;
  }
}
