package slipway.media.s3;

import java.net.URI;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A bucket, or the part of one whose names have a prefix, and how it is reached.
 *
 * @param bucket its name
 * @param prefix what the names begin with; empty, or it ends with a slash
 * @param endpoint where its service answers; null for Amazon's of the region
 * @param region that it is in; null where the environment tells
 * @param isPathStyle whether the bucket is in the path and not in the host
 * @param accessKey of the credentials; null where the environment has some, such as those of a role
 * @param secretKey of the credentials; null with {@code accessKey}
 */
public record BucketAddress(
    String bucket,
    String prefix,
    URI endpoint,
    String region,
    boolean isPathStyle,
    String accessKey,
    String secretKey) {
  private static final Pattern TEXT =
      Pattern.compile("s3://([a-z0-9][a-z0-9.-]{1,61}[a-z0-9])(?:/((?:[A-Za-z0-9_-]+/)*))?");

  /** The bucket and the prefix of a text such as {@code s3://bucket/prefix}; empty for others. */
  public static Optional<BucketAddress> of(String text) {
    Matcher parts = TEXT.matcher(text.endsWith("/") ? text : text + "/");
    if (!parts.matches()) {
      return Optional.empty();
    }
    return Optional.of(
        new BucketAddress(parts.group(1), parts.group(2), null, null, false, null, null));
  }

  /** The same at another service or region. */
  public BucketAddress at(URI where, String inRegion, boolean pathStyle) {
    return new BucketAddress(bucket, prefix, where, inRegion, pathStyle, accessKey, secretKey);
  }

  /** The same with credentials. */
  public BucketAddress with(String access, String secret) {
    return new BucketAddress(bucket, prefix, endpoint, region, isPathStyle, access, secret);
  }

  /** Where it is, and nothing secret. */
  @Override
  public String toString() {
    return "s3://" + bucket + "/" + prefix;
  }
}
