package slipway.upload.resumable;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.util.HashMap;
import java.util.Map;
import slipway.upload.UploadLaterException;
import slipway.upload.UploadRefusedException;

/**
 * How many unfinished uploads there are of each token and of each address, and how many bytes the
 * parts of a token are to have. For many threads.
 */
final class OpenCounts {
  /** Uploads in pieces of one token at a time; parts of uploads hold no use of it. */
  private static final int MOST_PER_TOKEN = 200;

  private final int mostPerAddress;

  @GuardedBy("this")
  private final Map<String, Counted> entries = new HashMap<>();

  @GuardedBy("this")
  private final Map<String, Integer> perAddress = new HashMap<>();

  @GuardedBy("this")
  private final Map<String, OfToken> perToken = new HashMap<>();

  private record Counted(UploadInfo info, String address) {}

  private record OfToken(int uploads, long partBytes) {
    OfToken with(UploadInfo info, int sign) {
      long part = info.isPartial() ? info.size() : 0;
      return new OfToken(uploads + sign, partBytes + sign * part);
    }
  }

  /** None yet; that many of an address, 0 for no limit. */
  OpenCounts(int mostPerAddress) {
    this.mostPerAddress = mostPerAddress;
  }

  /**
   * Counts an upload that begins.
   *
   * @param address where it comes from
   * @param parts what all parts of its token may have together
   * @throws UploadRefusedException when the parts are too large for good
   * @throws UploadLaterException when there are too many already
   */
  synchronized void enter(UploadInfo info, String address, PartBytes parts)
      throws UploadRefusedException, UploadLaterException {
    OfToken own = perToken.getOrDefault(info.token(), new OfToken(0, 0)).with(info, 1);
    if (own.uploads() > MOST_PER_TOKEN) {
      throw tooMany("Too many uploads are unfinished; finish some.");
    }
    if (info.isPartial()) {
      parts.check(own.partBytes());
    }
    if (mostPerAddress > 0 && perAddress.getOrDefault(address, 0) >= mostPerAddress) {
      throw tooMany("Too many uploads from your address are unfinished; finish some.");
    }
    count(info, address);
  }

  static UploadLaterException tooMany(String message) {
    return new UploadLaterException(UploadLaterException.Reason.NO_ROOM, message);
  }

  /** Counts an upload that is there, wherever it came from. */
  synchronized void restored(UploadInfo info) {
    count(info, null);
  }

  @GuardedBy("this")
  private void count(UploadInfo info, String address) {
    entries.put(info.id(), new Counted(info, address));
    perToken.merge(info.token(), new OfToken(0, 0).with(info, 1), (own, one) -> own.with(info, 1));
    if (address != null) {
      perAddress.merge(address, 1, Integer::sum);
    }
  }

  /** Counts an upload of the same size and token in the place of another. */
  synchronized void replace(UploadInfo before, UploadInfo info) {
    Counted counted = entries.remove(before.id());
    if (counted != null) {
      entries.put(info.id(), new Counted(info, counted.address()));
    }
  }

  /** Counts an upload no more. */
  synchronized void leave(UploadInfo info) {
    Counted counted = entries.remove(info.id());
    if (counted == null) {
      return;
    }
    perToken.computeIfPresent(
        info.token(), (same, own) -> own.uploads() == 1 ? null : own.with(counted.info(), -1));
    if (counted.address() != null) {
      perAddress.computeIfPresent(counted.address(), (same, n) -> n == 1 ? null : n - 1);
    }
  }

  /** How many uploads, tokens and addresses are counted. */
  synchronized int size() {
    return entries.size() + perToken.size() + perAddress.size();
  }
}
