package slipway.upload;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import slipway.db.Database;
import slipway.db.postgres.MigratedServer;
import slipway.db.postgres.PostgresAddress;
import slipway.details.TextLimits;
import slipway.editing.PhotoEvents;
import slipway.event.AddressPolicy;
import slipway.event.EventType;
import slipway.event.Events;
import slipway.event.Outgoing;
import slipway.event.Retries;
import slipway.event.Webhooks;
import slipway.harness.NeedsPostgres;
import slipway.harness.Relay;
import slipway.harness.TestPostgres;
import slipway.media.FileMediaStore;
import slipway.media.Incoming;
import slipway.media.Spool;
import slipway.photo.Photos;
import slipway.photo.RenditionQueue;
import slipway.secret.SecretBox;
import slipway.token.IdempotencyKeys;
import slipway.token.SampleToken;
import slipway.token.SqlTokenRegistry;
import slipway.token.TokenUse;
import slipway.token.UploadToken;

/** How often an upload waits for PostgreSQL, which may be far away. */
@NeedsPostgres
class UploadMessagesTest {
  private static final int UPLOADS = 10;

  @TempDir Path folder;
  private final Clock clock = Clock.systemUTC();
  private final String url = TestPostgres.newDatabase();
  private final int port = URI.create(url.substring("jdbc:".length())).getPort();
  private final Relay relay = new Relay(port);
  private Database database;
  private Spool spool;
  private SqlTokenRegistry tokens;
  private Outgoing outgoing;
  private Completion completion;

  @BeforeEach
  void open() throws IOException {
    String relayed = url.replace(":" + port + "/", ":" + relay.port() + "/");
    database =
        MigratedServer.open(new PostgresAddress(relayed, null, null, 2, Duration.ofSeconds(30)));
    spool = new Spool(folder.resolve("media"));
    tokens = new SqlTokenRegistry(database, clock, "one");
    Webhooks webhooks = new Webhooks(database, SecretBox.open(folder.resolve("test.key")), clock);
    outgoing =
        new Outgoing(
            database,
            clock,
            webhooks,
            new AddressPolicy(List.of()),
            new Retries(Duration.ofSeconds(1), Duration.ofSeconds(1), Duration.ofDays(1)),
            new Outgoing.CallLimits(1, 1, Duration.ofSeconds(1)));
    webhooks.add("http://a.test/hook", Set.of(EventType.UPLOADED), "secret");
    completion =
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

  @AfterEach
  void close() throws IOException {
    outgoing.close();
    database.close();
    relay.close();
  }

  /**
   * With tags, words, a key, a webhook and a call in the background. Now and then a connection is
   * tried before it is used, which is one more.
   */
  @Test
  void areThree() throws Exception {
    int fewest = Integer.MAX_VALUE;
    for (int i = 0; i < UPLOADS; i++) {
      UploadToken token = SampleToken.inNoAlbum(1, Instant.now());
      tokens.add(token);
      int before = relay.questions();
      try (TokenUse use = tokens.reserve(token.id())) {
        Incoming file = spool.receive();
        file.write(ByteBuffer.wrap(new byte[] {1, 2, 3}));
        completion.complete(
            use,
            new Received(file, "a.jpg", "image/jpeg", 3),
            new Submission(null, "key", photo -> "http://a.test/?" + photo.photoId()));
      }
      fewest = Math.min(fewest, relay.questions() - before);
    }
    assertThat(fewest).isEqualTo(3);
    assertThat(count("photo")).isEqualTo(UPLOADS);
    assertThat(count("photo_tag")).isEqualTo(2 * UPLOADS);
    assertThat(count("outgoing_call")).isEqualTo(2 * UPLOADS);
    assertThat(count("idempotent_upload")).isEqualTo(UPLOADS);
    assertThat(count("token_use")).isZero();
  }

  private long count(String table) {
    return database.read(
        handle -> handle.select("select count(*) from " + table).mapTo(Long.class).one());
  }
}
