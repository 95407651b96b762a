package slipway.token.link;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import slipway.db.Database;
import slipway.details.Details;
import slipway.harness.AtOnce;
import slipway.harness.OnEachDatabase;
import slipway.harness.SetClock;
import slipway.harness.TestedDatabase;
import slipway.token.Issuer;
import slipway.token.ReturnTo;
import slipway.token.TestedRegistry;
import slipway.token.TokenLimits;
import slipway.token.TokenRefusedException;
import slipway.token.TokenRefusedException.Reason;
import slipway.token.TokenRegistry;
import slipway.token.TokenTerms;
import slipway.token.TokenUse;
import slipway.token.UploadToken;

/** The totals of a link hold, whichever guest uploads at whichever node. */
@OnEachDatabase
class LinkedTokensTest {
  private static final Duration LIFE = Duration.ofDays(2);
  private static final ReturnTo BACK = new ReturnTo("http://a.test/", false, List.of());

  @Parameter TestedDatabase on;

  @TempDir Path folder;
  private final SetClock clock = new SetClock();
  private Database database;
  private UploadLinks links;
  private LinkedTokens one;
  private LinkedTokens other;

  @BeforeEach
  void open() throws IOException {
    database = on.open(folder.resolve("test.db"));
    links = new UploadLinks(database, clock);
    TokenRegistry first = TestedRegistry.on(on, database, clock);
    one = node("one", first);
    // A file has one node, which keeps the uses of tokens in memory.
    other = node("other", database.hasOneWriter() ? first : TestedRegistry.on(on, database, clock));
  }

  @AfterEach
  void close() {
    database.close();
  }

  private LinkedTokens node(String name, TokenRegistry tokens) {
    database.execute("insert into node (node_id, started_at, seen_at) values (?, 0, 0)", name);
    return new LinkedTokens(tokens, links, new LinkUses(database, clock, name), clock);
  }

  private UploadLink link(long guests, long files, long total) {
    UploadLink link =
        new UploadLink(
            UploadLink.newId(clock.instant()),
            "A wedding",
            "",
            Details.NONE,
            TokenLimits.NONE,
            TokenTerms.of(180, 10),
            new LinkBounds(clock.instant().plus(LIFE), "a hash", guests, files, total, true),
            Issuer.of(1L, 2L));
    links.add(link);
    return link;
  }

  private Optional<UploadToken> admitted(UploadLink link) {
    return links.admit(link, BACK, one);
  }

  private String guest(UploadLink link) {
    return admitted(link).orElseThrow().id();
  }

  private KeptLink kept(UploadLink link) {
    return links.find(link.id()).orElseThrow();
  }

  private void assertRefused(String token, Reason reason) {
    assertThatThrownBy(() -> one.reserve(token))
        .isInstanceOfSatisfying(
            TokenRefusedException.class, e -> assertThat(e.reason()).isEqualTo(reason));
  }

  private void upload(String token, long bytes) throws TokenRefusedException {
    try (TokenUse use = one.reserve(token)) {
      use.claim(bytes);
      assertThat(isSpent(database, use)).isTrue();
      use.spent();
    }
  }

  @Test
  void keepsWhatWasSaidOfALink() {
    UploadLink link = link(1, 2, 3);
    assertThat(kept(link).link()).isEqualTo(link);
    assertThat(kept(link).counts()).isEqualTo(new LinkCounts(0, 0, 0, 0, 0));
    assertThat(kept(link).state(clock.instant())).isEqualTo(LinkState.OPEN);
    assertThat(links.list(1L, 0, 10)).containsExactly(kept(link));
    assertThat(links.list(2L, 0, 10)).isEmpty();
    assertThat(links.count(null)).isEqualTo(1);
    assertThat(links.find("x".repeat(1000))).isEmpty();
  }

  @Test
  void givesEachGuestATokenOfItsOwnWithinTheLinksTime() {
    UploadLink link = link(2, 0, 0);
    UploadToken first = admitted(link).orElseThrow();
    assertThat(one.find(first.id())).contains(first);
    assertThat(first.issuer().link()).isEqualTo(link.id());
    assertThat(first.validMinutes()).isEqualTo(180);
    clock.pass(LIFE.minusMinutes(40));
    UploadToken last = admitted(link).orElseThrow();
    assertThat(last.validMinutes()).isEqualTo(40);
    assertThat(last.validUntil()).isEqualTo(second(link.bounds().validUntil()));
    assertThat(admitted(link)).isEmpty();
    assertThat(kept(link).state(clock.instant())).isEqualTo(LinkState.FULL);
    assertThat(kept(link).counts().guests()).isEqualTo(2);
  }

  private static Instant second(Instant instant) {
    return Instant.ofEpochSecond(instant.getEpochSecond());
  }

  @Test
  void countsNoGuestWhoseTokenIsNotAdded() {
    UploadLink link = link(1, 0, 0);
    database.execute(
        """
        insert into credential (credential_id, name, level, key_hash, created_at, revoked_at)
        values (1, 'a', 'write', 'h', 0, 1)""");
    assertThat(admitted(link)).isEmpty();
    assertThat(kept(link).counts().guests()).isZero();
    assertThat(kept(link).state(clock.instant())).isEqualTo(LinkState.WITHDRAWN);
  }

  @Test
  void holdsAFileOfItsTotalWhileAnUploadIsUnderWay() throws TokenRefusedException {
    UploadLink link = link(0, 1, 0);
    String guest = guest(link);
    String next = guest(link);
    try (TokenUse use = one.reserve(guest)) {
      assertThat(use.token().id()).isEqualTo(guest);
      assertRefused(next, Reason.IN_USE);
      assertThat(kept(link).counts().filesUnderWay()).isEqualTo(1);
    }
    assertThat(kept(link).counts().filesUnderWay()).isZero();
    upload(next, 7);
    assertRefused(guest, Reason.LINK_USED_UP);
    assertThat(admitted(link)).isEmpty();
    assertThat(kept(link).counts()).isEqualTo(new LinkCounts(2, 1, 7, 0, 0));
    assertThat(one.recall(guest).orElseThrow().usesFree()).as("given back").isEqualTo(10);
  }

  @Test
  void holdsTheBytesOfAnUploadOnceTheyAreKnown() throws TokenRefusedException {
    UploadLink link = link(0, 0, 100);
    String guest = guest(link);
    try (TokenUse use = one.reserve(guest);
        TokenUse second = one.reserve(guest)) {
      use.claim(60);
      use.claim(60);
      assertNoRoom(second, 41, Reason.IN_USE);
      assertNoRoom(second, 101, Reason.LINK_FULL);
      assertThat(kept(link).counts().bytesUnderWay()).isEqualTo(60);
      second.claim(40);
      use.claim(10);
      second.claim(90);
      assertRefused(guest, Reason.IN_USE);
      assertThat(isSpent(database, second)).isTrue();
      second.spent();
    }
    assertThat(kept(link).counts()).isEqualTo(new LinkCounts(1, 1, 90, 0, 0));
    try (TokenUse third = one.reserve(guest)) {
      assertNoRoom(third, 11, Reason.LINK_FULL);
    }
    upload(guest, 10);
    assertRefused(guest, Reason.LINK_USED_UP);
  }

  private static void assertNoRoom(TokenUse use, long bytes, Reason reason) {
    assertThatThrownBy(() -> use.claim(bytes))
        .isInstanceOfSatisfying(
            TokenRefusedException.class, e -> assertThat(e.reason()).isEqualTo(reason));
  }

  @Test
  void beginsNoUploadOnceItHasEndedOrIsRevoked() throws TokenRefusedException {
    UploadLink link = link(0, 0, 0);
    String guest = guest(link);
    TokenUse inTime = one.reserve(guest);
    links.change(link.id(), 1L, before -> ending(before, clock.instant().plusSeconds(60)));
    clock.pass(Duration.ofSeconds(60));
    assertRefused(guest, Reason.EXPIRED);
    assertThat(one.resume(guest, "an upload")).as("one that began in time").isPresent();
    assertThat(isSpent(database, inTime)).as("may end").isTrue();
    inTime.spent();
    links.change(link.id(), 1L, before -> ending(before, clock.instant().plusSeconds(60)));
    upload(guest, 1);
    assertThat(links.revoke(link.id(), 2L)).isFalse();
    assertThat(links.revoke(link.id(), null)).isTrue();
    assertRefused(guest, Reason.UNKNOWN);
    assertThat(one.resume(guest, "another upload")).isEmpty();
    assertThat(links.change(link.id(), null, before -> before)).isEmpty();
    assertThat(admitted(link)).isEmpty();
  }

  private static UploadLink ending(UploadLink link, Instant end) {
    LinkBounds bounds = link.bounds();
    return new UploadLink(
        link.id(),
        link.name(),
        link.returnUrl(),
        link.details(),
        link.limits(),
        link.terms(),
        new LinkBounds(
            end,
            bounds.password(),
            bounds.maxGuests(),
            bounds.maxFiles(),
            bounds.maxTotal(),
            bounds.notified()),
        link.issuer());
  }

  @Test
  void losesNoneOfTwoChangesAtOnce() {
    UploadLink link = link(0, 0, 0);
    boolean[] isFirst = {true};
    links.change(
        link.id(),
        null,
        before -> {
          if (isFirst[0]) {
            isFirst[0] = false;
            links.change(link.id(), null, same -> ending(same, clock.instant().plusSeconds(9)));
          }
          return new UploadLink(
              before.id(),
              "Another name",
              before.returnUrl(),
              before.details(),
              before.limits(),
              before.terms(),
              before.bounds(),
              before.issuer());
        });
    assertThat(kept(link).link().name()).isEqualTo("Another name");
    assertThat(kept(link).link().bounds().validUntil()).isEqualTo(clock.instant().plusSeconds(9));
  }

  @Test
  void givesBackWhatANodeHeldThatIsGone() throws TokenRefusedException {
    UploadLink link = link(0, 2, 100);
    String guest = guest(link);
    one.reserve(guest).claim(30);
    TokenUse ofTheLiving = other.reserve(guest);
    ofTheLiving.claim(40);
    other.settleUses();
    assertThat(kept(link).counts().filesUnderWay()).isEqualTo(2);
    database.execute("delete from node where node_id = 'one'");
    other.settleUses();
    assertThat(kept(link).counts()).isEqualTo(new LinkCounts(1, 0, 0, 1, 40));
    assertThat(isSpent(database, ofTheLiving)).isTrue();
    ofTheLiving.spent();
    assertThat(kept(link).counts()).isEqualTo(new LinkCounts(1, 1, 40, 0, 0));
  }

  private void has(String node) {
    database.execute("update chunked_upload set node_id = ?", node);
  }

  private TokenUse beganInPieces(String token, long bytes) throws TokenRefusedException {
    TokenUse use = one.reserve(token);
    use.claim(bytes);
    database.execute(
        """
        insert into chunked_upload (upload_id, upload_token, identifier, size, filename,
          media_name, metadata, concat, touched_at, node_id)
        values ('u', ?, 'u', ?, 'a.png', 'm', '', '', 0, 'one')""",
        token,
        bytes);
    database.write(
        tx -> {
          use.bind(tx, "u");
          return null;
        });
    return use;
  }

  @Test
  void leavesWhatAnUploadInPiecesHoldsWithItWhicheverNodeHasIt() throws TokenRefusedException {
    UploadLink link = link(0, 1, 100);
    String guest = guest(link);
    beganInPieces(guest, 60).leave();
    has(null);
    assertThat(one.settleUses() + other.settleUses()).isZero();
    assertRefused(guest, Reason.IN_USE);
    database.execute("delete from node where node_id = 'one'");
    assertThat(other.settleUses()).isZero();
    assertRefused(guest, Reason.IN_USE);
    assertThat(kept(link).counts().bytesUnderWay()).isEqualTo(60);
    TokenUse moved = other.resume(guest, "u").orElseThrow();
    has("other");
    assertThat(one.resume(guest, "u")).as("one that slept").isEmpty();
    moved.claim(60);
    moved.claim(70);
    assertThat(kept(link).counts()).isEqualTo(new LinkCounts(1, 0, 0, 1, 70));
    assertThat(isSpent(database, moved)).isTrue();
    moved.spent();
    assertThat(kept(link).counts()).isEqualTo(new LinkCounts(1, 1, 70, 0, 0));
  }

  @Test
  void goesOnWithAnUploadAtAnotherNodeThoughItsLinkIsRevoked() throws TokenRefusedException {
    UploadLink link = link(0, 1, 100);
    String guest = guest(link);
    beganInPieces(guest, 60).leave();
    has(null);
    links.revoke(link.id(), null);
    TokenUse moved = other.resume(guest, "u").orElseThrow();
    has("other");
    assertThat(isSpent(database, moved)).isTrue();
    moved.spent();
    assertThat(kept(link).counts()).isEqualTo(new LinkCounts(1, 1, 60, 0, 0));
    assertThat(other.resume(guest, "another")).as("one that holds nothing").isEmpty();
  }

  @Test
  void givesBackWhatAnUploadInPiecesHeldOnceItIsGone() throws TokenRefusedException {
    UploadLink link = link(0, 1, 100);
    String guest = guest(link);
    beganInPieces(guest, 60).leave();
    has(null);
    database.execute("delete from chunked_upload");
    one.settleUses();
    assertThat(kept(link).counts()).isEqualTo(new LinkCounts(1, 0, 0, 0, 0));
  }

  /** Its own was lost, or it began when uploads had none. */
  @Test
  void leavesAnotherUseThatAnUploadInPiecesGotWithItToo() throws TokenRefusedException {
    UploadLink link = link(0, 1, 100);
    String guest = guest(link);
    beganInPieces(guest, 60).close();
    has(null);
    TokenUse another = other.resume(guest, "u").orElseThrow();
    another.claim(60);
    another.leave();
    assertThat(one.settleUses() + other.settleUses()).isZero();
    assertRefused(guest, Reason.IN_USE);
    assertThat(one.resume(guest, "u")).isPresent();
    assertThat(kept(link).counts()).isEqualTo(new LinkCounts(1, 0, 0, 1, 60));
  }

  /** As one that was stopped for a while, and goes on. */
  @Test
  void spendsAnotherUseWhereANodeHasLostItsOwnAndNoMoreThanThereAre() throws Exception {
    UploadLink link = link(0, 2, 0);
    String guest = guest(link);
    TokenUse first = one.reserve(guest);
    TokenUse second = one.reserve(guest);
    first.claim(5);
    database.execute("delete from node where node_id = 'one'");
    other.settleUses();
    upload(guest, 3);
    assertThat(isSpent(database, first)).isTrue();
    first.spent();
    assertThat(isSpent(database, second)).isFalse();
    second.close();
    assertThat(kept(link).counts()).isEqualTo(new LinkCounts(1, 2, 8, 0, 0));
  }

  @Test
  void forgetsLinksThatAreOverForLong() {
    UploadLink link = link(0, 0, 0);
    one.sweep(clock.instant().plus(LIFE).plus(TokenRegistry.KEPT_AFTER_EXPIRY).minusSeconds(1));
    assertThat(links.find(link.id())).isPresent();
    one.sweep(clock.instant().plus(LIFE).plus(TokenRegistry.KEPT_AFTER_EXPIRY));
    assertThat(links.find(link.id())).isEmpty();
  }

  @Test
  void letsRacersHaveExactlyWhatThereIs() throws Exception {
    race(1, 24);
  }

  @Test
  @Tag("faults")
  void letsManyRacersHaveExactlyWhatThereIs() throws Exception {
    race(50, 48);
  }

  /** Some fail, and what they held others may have; none is beyond a total at any moment. */
  private void race(int rounds, int racers) throws Exception {
    for (int round = 0; round < rounds; round++) {
      UploadLink link = link(racers / 2, 5, 47);
      List<Long> stored = AtOnce.run(racers, i -> () -> stored(link, i));
      LinkCounts counts = kept(link).counts();
      assertThat(counts.guests()).isEqualTo(racers / 2);
      assertThat(counts.files()).isEqualTo(stored.stream().filter(bytes -> bytes > 0).count());
      assertThat(counts.bytes()).isEqualTo(stored.stream().mapToLong(Long::longValue).sum());
      assertThat(counts.files()).isBetween(1L, 5L);
      assertThat(counts.bytes()).isLessThanOrEqualTo(47);
      assertThat(counts.filesUnderWay() + counts.bytesUnderWay()).isZero();
    }
  }

  private long stored(UploadLink link, int racer) {
    LinkedTokens node = racer % 2 == 0 ? one : other;
    Optional<UploadToken> guest = links.admit(link, BACK, node);
    if (guest.isEmpty()) {
      return 0;
    }
    try (TokenUse use = node.reserve(guest.get().id())) {
      use.claim(10);
      if (racer % 3 == 0 || !isSpent(database, use)) {
        return 0;
      }
      use.spent();
      return 10;
    } catch (TokenRefusedException e) {
      return 0;
    }
  }

  private static boolean isSpent(Database database, TokenUse use) {
    return database.write(tx -> use.spend(tx).get()).isPresent();
  }
}
