package slipway.upload;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;
import slipway.db.Database;
import slipway.details.CleanHtml;
import slipway.details.Details;
import slipway.details.TextLimits;
import slipway.editing.PhotoEvents;
import slipway.event.AddressPolicy;
import slipway.event.EventType;
import slipway.event.Events;
import slipway.event.Outgoing;
import slipway.event.Retries;
import slipway.event.Webhooks;
import slipway.media.FileMediaStore;
import slipway.media.Incoming;
import slipway.media.Spool;
import slipway.photo.Albums;
import slipway.photo.Photos;
import slipway.photo.Publications;
import slipway.photo.RenditionQueue;
import slipway.secret.SecretBox;
import slipway.token.IdempotencyKeys;
import slipway.token.Issuer;
import slipway.token.ReturnTo;
import slipway.token.TokenLimits;
import slipway.token.TokenRegistry;
import slipway.token.TokenTerms;
import slipway.token.TokenUse;
import slipway.token.UploadToken;

/**
 * Uploads without HTTP, of many writers at a time, into one album and with one tag that all photos
 * have, a webhook, and a sweep of what is counted later each second.
 */
public final class CompletionSpeeds {
  private final Database database;
  private final TokenRegistry tokens;
  private final Spool spool;
  private final Completion completion;
  private final long album;

  /** Of that database, whose files go into that folder, which is empty. */
  public CompletionSpeeds(Database database, TokenRegistry tokens, Path folder)
      throws IOException {
    this.database = database;
    this.tokens = tokens;
    this.spool = new Spool(Files.createDirectory(folder.resolve("media")));
    Clock clock = Clock.systemUTC();
    Webhooks webhooks = new Webhooks(database, SecretBox.open(folder.resolve("key")), clock);
    Outgoing outgoing =
        new Outgoing(
            database,
            clock,
            webhooks,
            new AddressPolicy(List.of()),
            new Retries(Duration.ofSeconds(1), Duration.ofSeconds(1), Duration.ofDays(1)),
            new Outgoing.CallLimits(1, 1, Duration.ofSeconds(1)));
    webhooks.add("http://a.test/hook", Set.of(EventType.UPLOADED), "secret");
    this.album =
        new Albums(database, clock, TextLimits.DEFAULT)
            .add("All", CleanHtml.NONE, null, false, true)
            .albumId();
    this.completion =
        new Completion(
            database,
            new FileMediaStore(spool),
            new Photos(database, clock),
            new IdempotencyKeys(database),
            new PhotoEvents(new Events(database, clock, outgoing, List::of)),
            new RenditionQueue(database),
            outgoing,
            TextLimits.DEFAULT);
  }

  /** What one upload took, in microseconds: by the clock, and of CPU. */
  public record Took(double clock, double own, double databases) {}

  /**
   * Makes some uploads.
   *
   * @param cpu nanoseconds that the database took of the CPU so far
   */
  public Took run(int writers, int count, LongSupplier cpu) throws Exception {
    List<UploadToken> issued = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      issued.add(token());
      tokens.add(issued.get(i));
    }
    AtomicBoolean isOver = new AtomicBoolean();
    ExecutorService pool = Executors.newFixedThreadPool(writers + 1);
    try {
      AtomicInteger next = new AtomicInteger();
      long before = cpu.getAsLong();
      long own = ownCpu();
      long start = System.nanoTime();
      Future<?> sweeper = pool.submit(() -> sweep(isOver));
      List<Future<?>> all = new ArrayList<>();
      for (int w = 0; w < writers; w++) {
        all.add(
            pool.submit(
                () -> {
                  for (int i = next.getAndIncrement(); i < count; i = next.getAndIncrement()) {
                    upload(issued.get(i));
                  }
                  return null;
                }));
      }
      for (Future<?> each : all) {
        each.get();
      }
      double clock = System.nanoTime() - start;
      isOver.set(true);
      sweeper.get();
      double each = 1e3 * count;
      return new Took(
          clock / each, (ownCpu() - own) / each, (cpu.getAsLong() - before) / each);
    } finally {
      pool.shutdownNow();
    }
  }

  private static long ownCpu() {
    return ProcessHandle.current().info().totalCpuDuration().orElseThrow().toNanos();
  }

  private Void sweep(AtomicBoolean isOver) throws InterruptedException {
    Publications publications = new Publications(database, Clock.systemUTC());
    while (!isOver.get()) {
      publications.sweep();
      Thread.sleep(1000);
    }
    publications.sweep();
    return null;
  }

  private UploadToken token() {
    Details details =
        new Details(
            null,
            List.of(album),
            "A day at the harbour",
            CleanHtml.NONE,
            "summer \"New York\"",
            true,
            null,
            null);
    return UploadToken.issue(
        new ReturnTo("http://www.example.com/back", false, List.of()),
        details,
        TokenLimits.NONE,
        TokenTerms.of(60, 10),
        Issuer.of(null, null),
        Instant.now());
  }

  private void upload(UploadToken token) throws Exception {
    try (TokenUse use = tokens.reserve(token.id())) {
      Incoming file = spool.receive();
      file.write(ByteBuffer.wrap(new byte[] {1, 2, 3}));
      completion.complete(
          use,
          new Received(file, "a.jpg", "image/jpeg", 3),
          new Submission(null, null, photo -> ""));
    }
  }
}
