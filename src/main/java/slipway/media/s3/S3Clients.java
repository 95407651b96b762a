package slipway.media.s3;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.core.checksums.ResponseChecksumValidation;
import software.amazon.awssdk.core.client.config.ClientOverrideConfiguration;
import software.amazon.awssdk.http.apache5.Apache5HttpClient;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4HttpSigner;
import software.amazon.awssdk.http.auth.spi.scheme.AuthSchemeOption;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.retries.StandardRetryStrategy;
import software.amazon.awssdk.retries.api.BackoffStrategy;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3ClientBuilder;
import software.amazon.awssdk.services.s3.S3Configuration;
import software.amazon.awssdk.services.s3.auth.scheme.S3AuthSchemeParams;
import software.amazon.awssdk.services.s3.auth.scheme.S3AuthSchemeProvider;
import software.amazon.awssdk.services.s3.presigner.S3Presigner;

/**
 * How the library asks the stores. Each body is signed by its SHA-256, also where TLS guards it:
 * the store refuses other bytes than were sent. The checksums and encodings that it would use by
 * itself are Amazon's only, and other stores fail of them.
 */
final class S3Clients {

  /** Each reader who is slow holds one, and up to 1,000 may wait. */
  private static final int MOST_CONNECTIONS = 2000;

  private static final int MOST_TRIES = 4;
  private static final Duration FIRST_PAUSE = Duration.ofMillis(200);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);
  private static final Duration CONNECT = Duration.ofSeconds(5);
  private static final Duration SILENCE = Duration.ofSeconds(20);

  /** For one try, and for all of a request: a part of 8 MiB passes at 1 Mbit/s. */
  private static final Duration MOST_TRY = Duration.ofSeconds(70);

  private static final Duration MOST_REQUEST = Duration.ofSeconds(150);

  private S3Clients() {}

  static S3Client client(BucketAddress address) {
    S3ClientBuilder builder =
        S3Client.builder()
            .httpClientBuilder(
                Apache5HttpClient.builder()
                    .maxConnections(MOST_CONNECTIONS)
                    .connectionTimeout(CONNECT)
                    .connectionAcquisitionTimeout(CONNECT)
                    .socketTimeout(SILENCE)
                    .expectContinueEnabled(false)
                    .tcpKeepAlive(true))
            .credentialsProvider(credentials(address))
            .requestChecksumCalculation(RequestChecksumCalculation.WHEN_REQUIRED)
            .responseChecksumValidation(ResponseChecksumValidation.WHEN_REQUIRED)
            .authSchemeProvider(S3Clients::signed)
            .serviceConfiguration(configuration(address))
            .overrideConfiguration(limits());
    URI endpoint = address.endpoint();
    if (endpoint != null) {
      builder.endpointOverride(endpoint);
    }
    Region region = region(address);
    if (region != null) {
      builder.region(region);
    }
    return builder.build();
  }

  /** What signs addresses as that client signs requests. */
  static S3Presigner presigner(BucketAddress address, S3Client client) {
    S3Presigner.Builder builder =
        S3Presigner.builder()
            .s3Client(client)
            .credentialsProvider(credentials(address))
            .serviceConfiguration(configuration(address));
    if (address.endpoint() != null) {
      builder.endpointOverride(address.endpoint());
    }
    Region region = region(address);
    if (region != null) {
      builder.region(region);
    }
    return builder.build();
  }

  private static S3Configuration configuration(BucketAddress address) {
    return S3Configuration.builder()
        .chunkedEncodingEnabled(false)
        .expectContinueEnabled(false)
        .pathStyleAccessEnabled(address.isPathStyle())
        .build();
  }

  /** That of the address; null where the environment tells. */
  private static Region region(BucketAddress address) {
    if (address.region() != null) {
      return Region.of(address.region());
    }
    return address.endpoint() == null ? null : Region.US_EAST_1; // Other stores take that for any.
  }

  private static AwsCredentialsProvider credentials(BucketAddress address) {
    return address.accessKey() == null
        ? DefaultCredentialsProvider.builder().build()
        : StaticCredentialsProvider.create(
            AwsBasicCredentials.create(address.accessKey(), address.secretKey()));
  }

  private static List<AuthSchemeOption> signed(S3AuthSchemeParams params) {
    return S3AuthSchemeProvider.defaultProvider().resolveAuthScheme(params).stream()
        .map(
            option ->
                option.toBuilder()
                    .putSignerProperty(AwsV4HttpSigner.PAYLOAD_SIGNING_ENABLED, true)
                    .build())
        .toList();
  }

  private static ClientOverrideConfiguration limits() {
    StandardRetryStrategy retries =
        AwsRetryStrategy.standardRetryStrategy().toBuilder()
            .maxAttempts(MOST_TRIES)
            .backoffStrategy(BackoffStrategy.exponentialDelay(FIRST_PAUSE, LONGEST_PAUSE))
            .throttlingBackoffStrategy(BackoffStrategy.exponentialDelay(FIRST_PAUSE, LONGEST_PAUSE))
            .circuitBreakerEnabled(false)
            .build();
    return ClientOverrideConfiguration.builder()
        .retryStrategy(retries)
        .apiCallAttemptTimeout(MOST_TRY)
        .apiCallTimeout(MOST_REQUEST)
        .build();
  }
}
