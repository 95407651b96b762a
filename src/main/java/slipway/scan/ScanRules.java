package slipway.scan;

import java.time.Duration;

/**
 * How photos are held until their files are scanned.
 *
 * @param failure what happens to a photo where the scanner gives no verdict
 * @param maxBytes the largest file that the scanner is given; there is no verdict on others
 * @param threads how many files are scanned at a time
 * @param patience where photos are published without a verdict: for how long a scanner that cannot
 *     be reached is waited for
 */
public record ScanRules(ScanFailure failure, long maxBytes, int threads, Duration patience) {
  boolean opens() {
    return failure == ScanFailure.OPEN;
  }
}
