package slipway.http.limit;

import jakarta.servlet.http.HttpServletRequest;
import java.util.HashMap;
import java.util.Map;

/**
 * The memory that requests hold while they are read and answered: what their bodies and fields say,
 * and long replies. All of them together are bounded, so that no number of them ends the heap, and
 * those of one address have half of that. Small requests are always read.
 */
public final class RequestMemory {
  /** What any request has without being counted: some thirty short parameters. */
  public static final long FREE_BYTES = 16 * 1024;

  /** A byte of a body is held as a text of up to two, in a buffer, and encoded to be signed. */
  private static final long BYTES_PER_BYTE = 6;

  /** A parameter's objects, and those of a reply that repeats it. */
  private static final long BYTES_PER_PARAMETER = 512;

  private static final String ATTRIBUTE = RequestMemory.class.getName();

  private final long most;
  private final Map<String, Long> byAddress = new HashMap<>();
  private long held;

  /**
   * A memory of that size.
   *
   * @param most bytes that all requests hold together
   */
  public RequestMemory(long most) {
    this.most = most;
  }

  /**
   * What a request takes of the memory: nothing yet.
   *
   * @param address whom it is counted for
   */
  public Lease lease(String address) {
    return new Lease(this, address);
  }

  /** The lease of a request; one without bounds where no filter has given it any. */
  public static Lease of(HttpServletRequest request) {
    return request.getAttribute(ATTRIBUTE) instanceof Lease lease
        ? lease
        : new RequestMemory(Long.MAX_VALUE).lease("");
  }

  /** Bytes that are held now, beyond what requests have uncounted. */
  public synchronized long held() {
    return held;
  }

  private synchronized void take(String address, long bytes) {
    long ofAddress = byAddress.getOrDefault(address, 0L);
    if (bytes > most - held || bytes > most / 2 - ofAddress) {
      throw new MemoryFullException();
    }
    held += bytes;
    byAddress.put(address, ofAddress + bytes);
  }

  private synchronized void giveBack(String address, long bytes) {
    held -= bytes;
    byAddress.computeIfPresent(address, (same, all) -> all == bytes ? null : all - bytes);
  }

  /** What one request has taken; for one thread at a time. To be closed when the request ends. */
  public static final class Lease implements AutoCloseable {
    private final RequestMemory memory;
    private final String address;
    private long taken;
    private long counted;
    private boolean closed;

    private Lease(RequestMemory memory, String address) {
      this.memory = memory;
      this.address = address;
    }

    /** Makes it that of the request, for {@link #of}. */
    public void attachTo(HttpServletRequest request) {
      request.setAttribute(ATTRIBUTE, this);
    }

    /**
     * Takes what bytes of a body come to.
     *
     * @throws MemoryFullException when there is no room for them
     */
    public void takeBody(int bytes) {
      take(bytes * BYTES_PER_BYTE);
    }

    /**
     * Takes what one more parameter costs beside its bytes.
     *
     * @throws MemoryFullException when there is no room for it
     */
    public void takeParameter() {
      take(BYTES_PER_PARAMETER);
    }

    /**
     * Takes bytes; after the end of the request there is nothing to take.
     *
     * @throws MemoryFullException when there is no room for them
     */
    public void take(long bytes) {
      if (closed) {
        return;
      }
      long more = Math.max(0, taken + bytes - FREE_BYTES) - counted;
      if (more > 0) {
        memory.take(address, more);
        counted += more;
      }
      taken += bytes;
    }

    /** Gives everything back. */
    @Override
    public void close() {
      if (!closed && counted > 0) {
        memory.giveBack(address, counted);
      }
      closed = true;
    }
  }
}
