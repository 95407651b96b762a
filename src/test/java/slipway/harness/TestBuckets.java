package slipway.harness;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import slipway.media.s3.BucketAddress;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.apache5.Apache5HttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;

/**
 * A store of this JVM that speaks S3, which starts at first use and ends with it. Each test has a
 * bucket of its own in it.
 */
public final class TestBuckets {
  private static final AtomicInteger COUNT = new AtomicInteger();
  private static final String JAVA =
      Path.of(System.getProperty("java.home"), "bin", "java").toString();

  /** Where the stores of buckets listen, by the buckets' names. */
  private static final Map<String, Integer> HOMES = new ConcurrentHashMap<>();

  /** For what is done here, by where the store listens. */
  private static final Map<Integer, S3Client> CLIENTS = new ConcurrentHashMap<>();

  private static int port;
  private static int portOnDisk;

  private TestBuckets() {}

  /** Where it listens. It has all files in memory: some ten large ones. */
  public static synchronized int port() {
    if (port == 0) {
      port = begun(false);
    }
    return port;
  }

  /** Where one listens that has its files on the disk, for many of them. */
  public static synchronized int portOnDisk() {
    if (portOnDisk == 0) {
      portOnDisk = begun(true);
    }
    return portOnDisk;
  }

  private static int begun(boolean onDisk) {
    try {
      return start(onDisk);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static int start(boolean onDisk) throws IOException {
    Path home = Build.newFolder("servers", "s3proxy");
    Path jars = Build.directory().resolve("containers").resolve("s3proxy");
    Process process =
        new ProcessBuilder(
                JAVA,
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-Xmx256m",
                "-XX:+UnlockDiagnosticVMOptions",
                "-XX:-BytecodeVerificationRemote", // Which costs a fifth of its start.
                "-Dharness.store-on-disk=" + onDisk,
                "-cp",
                jars + "/*:" + Build.directory().resolve("test-classes"),
                S3ProxyLauncher.class.getName(),
                home.toString())
            .redirectError(home.resolve("s3proxy.log").toFile())
            .start();
    BufferedReader lines =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      if (line.startsWith(S3ProxyLauncher.READY)) {
        return Integer.parseInt(line.substring(S3ProxyLauncher.READY.length()));
      }
    }
    throw new IOException("The store did not start; see " + home);
  }

  /** A client of its own, for what a test does behind the service's back. */
  public static S3Client client() {
    return client(port());
  }

  /** The same of the store that a bucket is in, past any relay. */
  public static S3Client client(BucketAddress bucket) {
    return client(HOMES.get(bucket.bucket()));
  }

  private static S3Client client(int home) {
    return S3Client.builder()
        .httpClientBuilder(Apache5HttpClient.builder())
        .endpointOverride(endpoint(home))
        .region(Region.US_EAST_1)
        .forcePathStyle(true)
        .credentialsProvider(
            StaticCredentialsProvider.create(
                AwsBasicCredentials.create(S3ProxyLauncher.KEY, S3ProxyLauncher.SECRET)))
        .build();
  }

  private static S3Client own(int home) {
    return CLIENTS.computeIfAbsent(home, TestBuckets::client);
  }

  private static URI endpoint(int at) {
    return URI.create("http://127.0.0.1:" + at);
  }

  /** A bucket that is empty. */
  public static BucketAddress newBucket() {
    return newBucket(port());
  }

  /** The same, as it is reached at another port, such as that of a {@link Relay}. */
  public static BucketAddress newBucket(int at) {
    return newBucket(port(), at);
  }

  /** The same in another store, which listens at {@code home} and knows the same credentials. */
  public static BucketAddress newBucket(int home, int at) {
    String name = "bucket-" + COUNT.incrementAndGet();
    HOMES.put(name, home);
    own(home).createBucket(to -> to.bucket(name));
    return BucketAddress.of("s3://" + name + "/media/site")
        .orElseThrow()
        .at(endpoint(at), null, true)
        .with(S3ProxyLauncher.KEY, S3ProxyLauncher.SECRET);
  }

  /** The settings of a server that keeps its files in a bucket. */
  public static Map<String, String> settings(BucketAddress bucket) {
    Map<String, String> settings = new LinkedHashMap<>();
    settings.put("slipway.media", bucket.toString());
    settings.put("slipway.media.endpoint", bucket.endpoint().toString());
    settings.put("slipway.media.path-style", "true");
    settings.put("slipway.media.access-key", bucket.accessKey());
    settings.put("slipway.media.access-secret", bucket.secretKey());
    return settings;
  }

  /** The names of all objects of a bucket, below its prefix. */
  public static List<String> names(BucketAddress bucket) {
    return own(HOMES.get(bucket.bucket()))
        .listObjectsV2Paginator(to -> to.bucket(bucket.bucket()).prefix(bucket.prefix()))
        .contents()
        .stream()
        .map(object -> object.key().substring(bucket.prefix().length()))
        .toList();
  }
}
