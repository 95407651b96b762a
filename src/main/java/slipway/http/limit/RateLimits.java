package slipway.http.limit;

import java.time.Duration;
import java.util.function.IntSupplier;
import java.util.function.LongSupplier;

/**
 * How often the service may be called: by one credential, by one address without any, and by one
 * address with credentials that are not valid.
 */
public final class RateLimits {
  /** Writes for visitors, of one address without a credential. */
  private static final long WRITINGS_PER_MINUTE = 30;

  /** Frames, of one address, whoever calls: each takes a process. */
  private static final long FRAMES_PER_MINUTE = 120;

  private final IntSupplier nodes;
  private final RateLimit credentials;
  private final RateLimit anonymous;
  private final RateLimit failures;
  private final RateLimit writings;
  private final RateLimit frames;

  /**
   * Limits of this many requests a minute; 0 for no limit.
   *
   * @param perCredential of one credential
   * @param perAddress of one address, without a credential
   * @param failuresPerAddress of one address, with a credential that is not valid
   * @param nodes how many nodes there are now, at least one: each grants its share of every limit
   */
  public RateLimits(
      long perCredential, long perAddress, long failuresPerAddress, IntSupplier nodes) {
    this.nodes = nodes;
    LongSupplier nanos = sinceNow();
    this.credentials = new RateLimit(perCredential, nodes, nanos);
    this.anonymous = new RateLimit(perAddress, nodes, nanos);
    this.failures = new RateLimit(failuresPerAddress, nodes, nanos);
    this.writings = new RateLimit(WRITINGS_PER_MINUTE, nodes, nanos);
    this.frames = new RateLimit(FRAMES_PER_MINUTE, nodes, nanos);
  }

  /**
   * Limits of another kind of request, for as many nodes.
   *
   * @param perAddress of one address, without a credential; 0 for no limit
   */
  public RateLimits ofAddresses(long perAddress) {
    return new RateLimits(0, perAddress, 0, nodes);
  }

  /**
   * Limits of another kind of wrong guess, for as many nodes.
   *
   * @param failures of one key, which need not be an address
   */
  public RateLimits ofFailures(long failures) {
    return new RateLimits(0, 0, failures, nodes);
  }

  private static LongSupplier sinceNow() {
    long start = System.nanoTime();
    return () -> System.nanoTime() - start;
  }

  /** Counts a request of a credential: how long it has to wait; zero when it may continue. */
  public Duration credential(long credentialId) {
    return Duration.ofNanos(credentials.take(credentialId));
  }

  /** Counts a request without a credential: how long it has to wait; zero when it may continue. */
  public Duration anonymous(String address) {
    return Duration.ofNanos(anonymous.take(address));
  }

  /**
   * Counts what is written for a visitor, such as a rating: how long its address has to wait; zero
   * when it may continue.
   */
  public Duration writing(String address) {
    return Duration.ofNanos(writings.take(address));
  }

  /**
   * Counts a frame or picture given to an address: how long it has to wait; zero when it may
   * continue.
   */
  public Duration frames(String address) {
    return Duration.ofNanos(frames.take(address));
  }

  /** How long an address has to wait before another of its failures is answered with the reason. */
  public Duration mayTry(String address) {
    return Duration.ofNanos(failures.wait(address));
  }

  /** Counts a credential that was not valid. */
  public void failed(String address) {
    failures.take(address);
  }
}
