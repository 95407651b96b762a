package slipway.db.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import slipway.auth.Credential;
import slipway.auth.CredentialStore;
import slipway.auth.OAuthKey;
import slipway.auth.PermissionLevel;
import slipway.db.Database;
import slipway.db.DatabaseFile;
import slipway.db.Identity;
import slipway.details.CleanHtml;
import slipway.details.Details;
import slipway.event.EventType;
import slipway.event.Webhooks;
import slipway.harness.AnyContainer;
import slipway.harness.NeedsPostgres;
import slipway.harness.SetClock;
import slipway.harness.TestPostgres;
import slipway.harness.TestedDatabase;
import slipway.harness.WideText;
import slipway.node.ThisNode;
import slipway.photo.ManyPhotos;
import slipway.photo.Photos;
import slipway.photo.Refolding;
import slipway.photo.SamplePhoto;
import slipway.secret.SecretBox;
import slipway.token.MemoryTokenRegistry;
import slipway.token.SampleToken;
import slipway.token.SqlTokenRegistry;
import slipway.token.TokenRefusedException;
import slipway.token.UploadToken;

@NeedsPostgres
class DatabaseCopyTest {
  /** More than are copied at a time. */
  private static final int PHOTOS = AnyContainer.ALL ? 1100 : 510;

  private static final String FILE = "slipway.db";
  private static final String KEY = "oauth.key";

  private static final SetClock CLOCK = new SetClock();

  /** Where the database of all tests is, each of which has a copy. */
  @TempDir static Path filled;

  @TempDir Path folder;
  private Path file;
  private PostgresAddress address;

  @BeforeAll
  static void fill() throws Exception {
    try (Database database = TestedDatabase.SQLITE.open(filled.resolve(FILE))) {
      Identity.write(database, "one");
      new Refolding(database).start().close();
      SecretBox box = SecretBox.open(filled.resolve(KEY));
      new CredentialStore(database, CLOCK, box)
          .add(
              new Credential.Grant("a", PermissionLevel.SUPER, null, ""), "key", OAuthKey.random());
      new Webhooks(database, box, CLOCK)
          .add("http://a.test/", EnumSet.allOf(EventType.class), "whs_1");
      new MemoryTokenRegistry(database, CLOCK).add(SampleToken.inNoAlbum(3, CLOCK.instant()));
      ManyPhotos.add(database, PHOTOS, CLOCK.millis());
      add(database, "Rød grød \uD83D\uDE00 with\0null");
      long last = add(database, "deleted");
      database.write(tx -> new Photos(database, CLOCK).delete(tx, last));
    }
  }

  @BeforeEach
  void copyFilled() throws IOException {
    file = Files.copy(filled.resolve(FILE), folder.resolve(FILE));
    Files.copy(filled.resolve(KEY), folder.resolve(KEY));
    address =
        new PostgresAddress(TestPostgres.newDatabase(file), null, null, 4, Duration.ofSeconds(30));
  }

  private static long add(Database database, String title) {
    Details details =
        new Details(null, List.of(), title, CleanHtml.NONE, "b a", true, CLOCK.instant(), null);
    return database
        .write(
            tx -> new Photos(database, CLOCK).add(tx, SamplePhoto.of("key of " + title, details)))
        .photoId();
  }

  private Map<String, Long> copy(boolean isReplacing) {
    return new DatabaseCopy(new DatabaseFile(file), address).run(isReplacing);
  }

  private Database opened() {
    return MigratedServer.open(address);
  }

  @Test
  void hasEveryRowAndLeavesTheFileAsItIs() throws IOException {
    byte[] before = Files.readAllBytes(file);
    assertThat(copy(false))
        .containsEntry("photo", PHOTOS + 1L)
        .containsEntry("photo_tag", PHOTOS + 2L)
        .containsEntry("upload_token", 1L)
        .containsEntry("credential", 1L)
        .containsEntry("webhook", 1L)
        .containsEntry("identity", 1L)
        .doesNotContainKey("node");
    assertThat(Files.readAllBytes(file)).isEqualTo(before);
    try (Database database = opened()) {
      Photos photos = new Photos(database, CLOCK);
      assertThat(photos.find(PHOTOS + 1).orElseThrow().title())
          .isEqualTo("Rød grød \uD83D\uDE00 withnull");
      SecretBox box = SecretBox.open(folder.resolve(KEY));
      assertThat(new CredentialStore(database, CLOCK, box).find("key")).isPresent();
      assertThat(Identity.read(database)).contains("one");
      assertThat(add(database, "new")).as("no number is given twice").isGreaterThan(PHOTOS + 2L);
    }
  }

  /** A use that is given back is no other's. */
  @Test
  void replacesWhatIsThereOnlyIfItIsToldAndLeavesNoUseOfATrial() throws Exception {
    UploadToken token = SampleToken.inNoAlbum(1, CLOCK.instant());
    try (Database database = TestedDatabase.SQLITE.open(file)) {
      new MemoryTokenRegistry(database, CLOCK).add(token);
    }
    copy(false);
    try (Database database = opened()) {
      new SqlTokenRegistry(database, CLOCK, "killed").reserve(token.id());
    }
    assertThatThrownBy(() -> copy(false)).hasMessageContaining("--replace");
    long before = Instant.now().getEpochSecond();
    assertThat(copy(true)).containsEntry("photo", PHOTOS + 1L);
    try (Database database = opened()) {
      assertThat(rows(database, "photo")).isEqualTo(PHOTOS + 1);
      SqlTokenRegistry tokens = new SqlTokenRegistry(database, CLOCK, "next");
      tokens.settleUses();
      tokens.reserve(token.id());
      assertThatThrownBy(() -> tokens.reserve(token.id()))
          .isInstanceOf(TokenRefusedException.class);
      assertThat(rows(database, "token_use")).isEqualTo(1);
      assertThat(floors(database))
          .as("there was no nonce")
          .singleElement()
          .satisfies(floor -> assertThat(floor).isBetween(before, before + 100));
    }
  }

  private static long rows(Database database, String table) {
    return database.read(
        handle -> handle.createQuery("select count(*) from " + table).mapTo(Long.class).one());
  }

  @Test
  void hasTheLongestNamesOfFiles() throws Exception {
    UploadToken token = SampleToken.inNoAlbum(1, CLOCK.instant());
    try (Database database = TestedDatabase.SQLITE.open(file)) {
      new MemoryTokenRegistry(database, CLOCK).add(token);
      for (int i = 0; i < 2; i++) {
        String name = WideText.of(1024, i);
        database.execute(
            """
            insert into chunked_upload (upload_id, upload_token, identifier, size, filename,
              media_name, metadata, concat, touched_at)
            values (?, ?, ?, 1, '', '', '', '', 1)""",
            "upload " + i,
            token.id(),
            name);
        database.execute(
            "insert into upload_change (upload_token, resumable_identifier, title) values (?, ?, 'a')",
            token.id(),
            name);
      }
    }
    assertThat(copy(false)).containsEntry("chunked_upload", 2L).containsEntry("upload_change", 2L);
    try (Database database = opened()) {
      assertThatThrownBy(
              () -> database.execute("update chunked_upload set identifier = ?", WideText.of(9, 1)))
          .as("one of each name")
          .hasStackTraceContaining("chunked_upload_by_identifier");
    }
  }

  /** Most nonces were in the memory of the server that has used them. */
  @Test
  void hasATimestampUpToWhichNoSignatureCountsInPlaceOfNonces() throws Exception {
    long ahead = Instant.now().getEpochSecond() + 200;
    try (Database database = TestedDatabase.SQLITE.open(file)) {
      database.execute(
          "insert into oauth_nonce (credential_id, stamp, nonce) values (1, ?, 'a'), (1, ?, ?)",
          ahead,
          ahead,
          "a\0");
      database.execute(
          "insert into oauth_nonce (credential_id, stamp, nonce) values (1, ?, 'b')",
          ahead + 1_000_000);
    }
    copy(false);
    try (Database database = opened()) {
      assertThat(floors(database)).containsExactly(ahead);
    }
  }

  private static List<Long> floors(Database database) {
    return database.read(
        handle ->
            handle
                .createQuery("select case when credential_id = 0 then stamp end from oauth_nonce")
                .mapTo(Long.class)
                .list());
  }

  @Test
  void isNotMadeOfAFileThatIsNoneOfSlipway() throws IOException {
    Path empty = Files.createFile(folder.resolve("empty.db"));
    assertThatThrownBy(() -> new DatabaseCopy(new DatabaseFile(empty), address).run(true))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("the file is empty, or not one of Slipway's");
    Path other = Files.writeString(folder.resolve("other.db"), "a text ".repeat(1000));
    assertThatThrownBy(() -> new DatabaseCopy(new DatabaseFile(other), address).run(true))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageStartingWith("the file cannot be read: ");
  }

  @Test
  void saysWhyTheServerIsNotReached() {
    PostgresAddress nowhere =
        new PostgresAddress(
            "jdbc:postgresql://127.0.0.1:1/slipway", null, null, 4, Duration.ofSeconds(30));
    assertThatThrownBy(() -> new DatabaseCopy(new DatabaseFile(file), nowhere).run(true))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageStartingWith("the PostgreSQL: it cannot be reached")
        .hasMessageContaining("refused");
  }

  @Test
  void isNotMadeBesideAServiceThatRuns() throws IOException {
    try (Database database = opened();
        ThisNode node = new ThisNode(database, folder.resolve("node")).start()) {
      assertThat(node.count()).isEqualTo(1);
      assertThatThrownBy(() -> copy(true)).hasMessageContaining("a Slipway is running");
    }
  }

  @Test
  void tellsARowThatIsNotTheSame() throws Exception {
    copy(false);
    try (Database database = opened();
        Connection connection =
            new DriverSource(address.url(), address.forRequests()).getConnection()) {
      CopiedTable photos =
          CopiedTable.all(connection).stream()
              .filter(table -> table.name().equals("photo"))
              .findFirst()
              .orElseThrow();
      DatabaseFile copied = new DatabaseFile(file);
      copied.read(
          handle -> {
            photos.compare(handle.getConnection(), connection);
            return null;
          });
      database.execute("update photo set title = 'x' where photo_id = " + PHOTOS);
      assertThatThrownBy(
              () ->
                  copied.read(
                      handle -> {
                        photos.compare(handle.getConnection(), connection);
                        return null;
                      }))
          .hasMessageContaining("differs from the file")
          .hasMessageContaining(Integer.toString(PHOTOS));
    }
  }
}
