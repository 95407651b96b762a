package slipway.http.limit;

import jakarta.servlet.http.HttpServletRequest;
import java.util.function.BooleanSupplier;
import slipway.net.FairShare;

/**
 * The memory that requests hold while they are read and answered: what their bodies and fields say,
 * and long replies. All of them together are bounded, so that no number of them ends the heap. A
 * quarter is kept for callers that show a key; addresses share the rest, so that one gets no more
 * than it leaves free for others. Small requests are always read.
 */
public final class RequestMemory {
  /** What any request may use without being counted: some thirty short parameters. */
  public static final long FREE_BYTES = 16 * 1024;

  /**
   * The cost of a byte of a body: it is held as text of up to two bytes, in a buffer, and encoded
   * to check a signature.
   */
  private static final long BYTES_PER_BYTE = 6;

  /** The cost of a parameter's objects, and of those of a reply that repeats it. */
  private static final long BYTES_PER_PARAMETER = 512;

  /** The fraction, one in this number, that is reserved for callers with a key. */
  private static final int KEPT_PART = 4;

  private static final String ATTRIBUTE = RequestMemory.class.getName();

  private final FairShare strangers;
  private final long most;
  private long known;

  /**
   * A memory of that size.
   *
   * @param most bytes that all requests hold together
   */
  public RequestMemory(long most) {
    this.most = most;
    this.strangers = new FairShare(this::mostOfStrangers, most, 0);
  }

  /**
   * A lease for a request, which has taken nothing yet.
   *
   * @param address whom it is counted for
   * @param isKnown whether it shows a valid key, checked when it takes more than is free for all
   */
  public Lease lease(String address, BooleanSupplier isKnown) {
    return new Lease(this, address, isKnown);
  }

  /** The lease of a request; one without bounds where no filter has given it any. */
  public static Lease of(HttpServletRequest request) {
    return request.getAttribute(ATTRIBUTE) instanceof Lease lease
        ? lease
        : new RequestMemory(Long.MAX_VALUE).lease("", () -> true);
  }

  /** Bytes that are held now, beyond what requests have uncounted. */
  public synchronized long held() {
    return known + strangers.used();
  }

  /** What callers with a key hold beyond the part reserved for them is not free for others. */
  private long mostOfStrangers() {
    return most - Math.max(most / KEPT_PART, known);
  }

  /**
   * Checking the key may read the database, which must not happen under the lock that all requests
   * need.
   */
  private void take(Lease lease, long bytes) {
    if (!(lease.isKnown() ? takeKnown(bytes) : takeStrange(lease.address, bytes))) {
      throw new MemoryFullException();
    }
  }

  private synchronized boolean takeStrange(String address, long bytes) {
    return strangers.claim(address, bytes);
  }

  private synchronized boolean takeKnown(long bytes) {
    if (bytes > most - held()) {
      return false;
    }
    known += bytes;
    return true;
  }

  private void giveBack(Lease lease, long bytes) {
    if (lease.isKnown()) {
      giveBackKnown(bytes);
    } else {
      strangers.release(lease.address, bytes);
    }
  }

  private synchronized void giveBackKnown(long bytes) {
    known -= bytes;
  }

  /** What one request has taken; for one thread at a time. To be closed when the request ends. */
  public static final class Lease implements AutoCloseable {
    private final RequestMemory memory;
    private final String address;
    private final BooleanSupplier key;
    private Boolean known;
    private long taken;
    private long counted;
    private int holders = 1;
    private boolean closed;

    private Lease(RequestMemory memory, String address, BooleanSupplier key) {
      this.memory = memory;
      this.address = address;
      this.key = key;
    }

    /** The result of the first check, as a key may be revoked meanwhile. */
    private boolean isKnown() {
      if (known == null) {
        known = key.getAsBoolean();
      }
      return known;
    }

    /** Attaches it to the request, for {@link #of}. */
    public void attachTo(HttpServletRequest request) {
      request.setAttribute(ATTRIBUTE, this);
    }

    /**
     * Takes the memory for bytes of a body.
     *
     * @throws MemoryFullException when there is no room for them
     */
    public void takeBody(int bytes) {
      take(bytes * BYTES_PER_BYTE);
    }

    /**
     * Takes what one more parameter costs besides its bytes.
     *
     * @throws MemoryFullException when there is no room for it
     */
    public void takeParameter() {
      take(BYTES_PER_PARAMETER);
    }

    /**
     * Takes bytes; does nothing after the end of the request.
     *
     * @throws MemoryFullException when there is no room for them
     */
    public void take(long bytes) {
      if (closed) {
        return;
      }
      long more = Math.max(0, taken + bytes - FREE_BYTES) - counted;
      if (more > 0) {
        memory.take(this, more);
        counted += more;
      }
      taken += bytes;
    }

    /** Defers giving it back to one more {@link #close}, as the answer is sent later. */
    public void hold() {
      holders++;
    }

    /** Gives everything back, unless it is held for longer. */
    @Override
    public void close() {
      holders--;
      if (holders > 0) {
        return;
      }
      if (!closed && counted > 0) {
        memory.giveBack(this, counted);
      }
      closed = true;
    }
  }
}
