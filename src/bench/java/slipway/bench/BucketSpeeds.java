package slipway.bench;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import slipway.harness.Answer;
import slipway.harness.Container;
import slipway.harness.Radosgw;
import slipway.harness.Server;
import slipway.harness.StoreRelay;
import slipway.harness.TestBuckets;
import slipway.harness.Tool;
import slipway.http.upload.tus.TusClient;
import slipway.media.s3.BucketAddress;

/**
 * What a bucket costs Slipway beside its own folder, all on one PostgreSQL: small uploads, a large
 * one as a form and in pieces of 32 MiB, and its download, in turns; and which requests each of
 * them makes of the bucket.
 */
final class BucketSpeeds implements AutoCloseable {
  private static final String FOLDER = "folder";
  private static final int SMALL = 100_000;
  private static final int CONNECTIONS = 8;
  private static final int WARM_UP = 1_000;
  private static final int PIECE = 32 << 20;
  private static final long WARM_UP_BYTES = 64 << 20;
  private static final Pattern PHOTO = Pattern.compile("photo_id(?:=|\":\")(\\d+)");

  private final Container container;
  private final BenchPostgres postgres;
  private final Path folder;
  private final Map<String, Subject> subjects = new LinkedHashMap<>();
  private final Map<String, StoreRelay> relays = new LinkedHashMap<>();

  private BucketSpeeds(Container container) throws Exception {
    this.container = container;
    this.postgres = new BenchPostgres();
    this.folder = Files.createTempDirectory(Path.of("target").toAbsolutePath(), "bucket-");
  }

  /** Measures with a large file of so many bytes; 1,000 small ones a round. */
  static void run(Container container, long bytes, int rounds) throws Exception {
    try (BucketSpeeds speeds = new BucketSpeeds(container)) {
      speeds.add(FOLDER, Map.of());
      speeds.add("s3proxy", TestBuckets.portOnDisk());
      if (Tool.find("radosgw").isPresent()) {
        speeds.add("radosgw", Radosgw.port());
      }
      speeds.measure(bytes, rounds);
    }
  }

  private void add(String name, int store) throws Exception {
    StoreRelay relay = new StoreRelay(store);
    relays.put(name, relay);
    BucketAddress bucket = TestBuckets.newBucket(store, relay.port());
    add(name, TestBuckets.settings(bucket));
  }

  private void add(String name, Map<String, String> settings) throws Exception {
    Server.Builder builder =
        Server.on(container)
            .measured()
            .data(Files.createDirectory(folder.resolve(name)))
            .setting("slipway.database", postgres.database("bucket_" + name, ""))
            .setting("slipway.secret-key", "0123456789abcdef".repeat(4))
            .setting("slipway.auth.initial-key", "0123456789abcdef0123456789abcdef01234567");
    settings.forEach(builder::setting);
    subjects.put(name, Subject.withoutLimits(builder));
  }

  private interface Work {
    /** Nanoseconds of the server's CPU for each piece of it. */
    double run(Subject subject) throws Exception;
  }

  private void measure(long bytes, int rounds) throws Exception {
    for (Subject subject : subjects.values()) {
      small(subject, WARM_UP);
      large(subject, WARM_UP_BYTES, false);
      large(subject, WARM_UP_BYTES, true);
    }
    turns(rounds, "uploads of 100 KB, CPU us", 1e3, subject -> small(subject, 1_000));
    String size = bytes / 1_000_000 + " MB";
    turns(rounds, "form of " + size + ", CPU s/GB", bytes, subject -> large(subject, bytes, false));
    turns(rounds, "pieces of " + size + ", CPU s/GB", bytes, subject -> large(subject, bytes, true));
    turns(rounds, "download of " + size + ", CPU s/GB", bytes, subject -> download(subject, bytes));
  }

  /** Nanoseconds a byte are seconds a GB. */
  private void turns(int rounds, String title, double scale, Work work) throws Exception {
    Turns turns = new Turns();
    relays.values().forEach(StoreRelay::counted);
    subjects.forEach((name, subject) -> turns.add(name, () -> work.run(subject)));
    turns.run(rounds, container + " " + title, scale, FOLDER);
    relays.forEach(
        (name, relay) ->
            Bench.say("%s: requests of %d rounds at %s: %s", title, rounds, name, relay.counted()));
  }

  private static double small(Subject subject, int count) throws Exception {
    Queue<String> tokens = new ConcurrentLinkedQueue<>();
    Load.run(subject.port(), CONNECTIONS, count, c -> tokens.add(subject.token(c)));
    return Load.cpuEach(
        subject, CONNECTIONS, count, c -> Uploads.redeem(c, tokens.remove(), SMALL));
  }

  private double large(Subject subject, long bytes, boolean byTus) throws Exception {
    long before = subject.cpu();
    String answer = upload(subject, bytes, byTus);
    double took = subject.cpu() - before;
    delete(subject, answer);
    return took;
  }

  private String upload(Subject subject, long bytes, boolean byTus) throws Exception {
    return byTus ? patches(subject, bytes) : new DoorSpeeds(subject, "").plain(bytes);
  }

  /** As Slipway's own uploader sends a file. */
  private static String patches(Subject subject, long bytes) throws IOException {
    TusClient tus = new TusClient(subject.server());
    String path = tus.created(tus.token(), bytes);
    for (long first = 0; first < bytes; first += PIECE) {
      ByteArrayOutputStream piece = new ByteArrayOutputStream(PIECE);
      Content.write(piece, first, Math.min(PIECE, bytes - first));
      Answer answer = tus.patch(path, first, piece.toByteArray());
      if (answer.status() != 204) {
        throw new IllegalStateException(answer.text());
      }
    }
    return tus.send("GET", path).text();
  }

  private static void delete(Subject subject, String answer) throws IOException {
    Matcher photo = PHOTO.matcher(answer);
    if (!photo.find()) {
      throw new IllegalStateException(answer);
    }
    try (Connection connection = new Connection(subject.port())) {
      subject.call(connection, "/api/photo/delete", "photo_id=" + photo.group(1));
    }
  }

  private double download(Subject subject, long bytes) throws Exception {
    String answer = upload(subject, bytes, false);
    String path = Downloads.path(answer);
    double took = Downloads.whole(subject, path, bytes) * bytes;
    delete(subject, answer);
    return took;
  }

  @Override
  public void close() throws Exception {
    subjects.values().forEach(Subject::close);
    for (StoreRelay relay : relays.values()) {
      relay.close();
    }
    postgres.close();
  }
}
