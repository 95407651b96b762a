package slipway.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import slipway.db.Database;
import slipway.harness.OnEachDatabase;
import slipway.harness.SetClock;
import slipway.harness.TestedDatabase;
import slipway.secret.SecretBox;

@OnEachDatabase
class SessionsTest {
  @Parameter TestedDatabase on;

  private static final Duration IDLE = Duration.ofMinutes(20);
  private static final Duration LONGEST = Duration.ofHours(12);
  private static final SessionToken.Purpose VISIT = SessionToken.Purpose.VISIT;
  private static final SessionToken.Purpose LOGIN = SessionToken.Purpose.LOGIN;

  @TempDir private Path folder;
  private final SetClock clock = new SetClock();
  private Database database;
  private CredentialStore credentials;
  private Sessions sessions;
  private Caller caller;
  private long userId;

  @BeforeEach
  void open() throws IOException {
    database = on.open(folder.resolve("slipway.db"));
    credentials = new CredentialStore(database, clock, SecretBox.open(folder.resolve("oauth.key")));
    credentials.add(grant("first"), "first", null);
    caller = credentials.add(grant("second"), "second", null).caller();
    userId =
        database.write(
            tx ->
                tx.createQuery(
                        """
                        insert into app_user (username, created_at, username_folded,
                          display_name_folded) values ('ann', 0, 'ann', '') returning user_id""")
                    .mapTo(Long.class)
                    .one());
    sessions = start();
  }

  @AfterEach
  void close() {
    database.close();
  }

  private static Credential.Grant grant(String name) {
    return new Credential.Grant(name, PermissionLevel.SUPER, null, "");
  }

  private Sessions start() {
    return new Sessions(database, credentials, new SessionLimits(IDLE, LONGEST, 3, 2), clock);
  }

  private String signIn() {
    return sessions.signIn(caller).orElseThrow();
  }

  private String issue(SessionToken.Purpose purpose, Long user) {
    return sessions.issue(purpose, caller, user, "/").orElseThrow();
  }

  private String enter(SessionToken.Purpose purpose, Long user) {
    return sessions.redeem(purpose, issue(purpose, user)).orElseThrow().id();
  }

  private boolean isLive(String id) {
    return sessions.find(id).isPresent();
  }

  private long rows(String table) {
    return database.read(
        handle -> handle.select("select count(*) from " + table).mapTo(Long.class).one());
  }

  @Test
  void lastsWhileItIsUsedAndNoLongerThanTheLongest() {
    String id = signIn();
    Duration step = IDLE.minusSeconds(1);
    Duration past = Duration.ZERO;
    while (past.plus(step).compareTo(LONGEST) < 0) {
      clock.pass(step);
      past = past.plus(step);
      assertThat(sessions.find(id)).as("after " + past).contains(caller);
      sessions.sweep();
    }
    clock.pass(LONGEST.minus(past));
    assertThat(isLive(id)).isFalse();
  }

  @Test
  void endsWithoutBeingUsed() {
    String id = signIn();
    clock.pass(IDLE);
    assertThat(isLive(id)).isFalse();
    assertThat(sessions.sweep()).isZero();
    clock.pass(Duration.ofSeconds(1));
    assertThat(sessions.sweep()).isEqualTo(1);
    assertThat(rows("session")).isZero();
  }

  @Test
  void isKnownAfterARestartAsItWasUsedLast() {
    String id = signIn();
    clock.pass(IDLE.minusSeconds(1));
    assertThat(isLive(id)).isTrue();
    sessions.close();
    sessions = start();
    clock.pass(IDLE.minusSeconds(1));
    assertThat(isLive(id)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"P40D", "PT-2H"})
  void goesOnAfterStartsWithAClockThatIsWrongAndThenRight(Duration ahead) {
    String id = signIn();
    String token = issue(VISIT, null);
    Duration step = Duration.ofMinutes(2);
    for (Duration moved : List.of(ahead, ahead.negated())) {
      Instant last = clock.instant();
      clock.pass(moved);
      sessions.close();
      sessions = start().start(last);
      sessions.sweep();
      assertThat(isLive(id)).as("moved by " + moved).isTrue();
      clock.pass(step);
    }
    assertThat(sessions.redeem(VISIT, token)).isPresent();
    clock.pass(IDLE);
    assertThat(isLive(id)).isFalse();
  }

  @Tag("faults")
  @ParameterizedTest
  @ValueSource(strings = {"PT2H", "P-10000D"})
  void goesOnAfterStartsWithOtherClocksToo(Duration ahead) {
    goesOnAfterStartsWithAClockThatIsWrongAndThenRight(ahead);
  }

  @Test
  void lastsNoLongerForARestartThatTookAWhile() {
    String id = signIn();
    Instant last = clock.instant();
    clock.pass(IDLE);
    sessions = start().start(last);
    assertThat(isLive(id)).isFalse();
  }

  @Test
  void doesNotLastForYearsByAClockThatWasWrong() {
    clock.pass(Duration.ofDays(3650));
    String id = signIn();
    String token = issue(VISIT, null);
    clock.pass(Duration.ofDays(-3650));
    assertThat(isLive(id)).isFalse();
    assertThat(sessions.redeem(VISIT, token)).isEmpty();
  }

  @Test
  void keepsHashesOfItsSecretsOnly() {
    String id = signIn();
    String token = issue(VISIT, null);
    List<String> kept =
        database.read(
            handle ->
                handle
                    .select(
                        "select id_hash from session union all select token_hash from session_token")
                    .mapTo(String.class)
                    .list());
    assertThat(kept).hasSize(2).doesNotContain(id, token);
    assertThat(isLive(kept.get(0))).isFalse();
  }

  @Test
  void takesATokenOnceForItsOwnPurposeAndInTime() {
    String token = issue(VISIT, null);
    assertThat(sessions.redeem(LOGIN, token)).isEmpty();
    assertThat(sessions.redeem(VISIT, token)).isPresent();
    assertThat(sessions.redeem(VISIT, token)).isEmpty();
    assertThat(sessions.redeem(VISIT, "x")).isEmpty();
    String late = issue(LOGIN, userId);
    clock.pass(SessionToken.VALID);
    assertThat(sessions.redeem(LOGIN, late)).isEmpty();
  }

  @Test
  void letsVisitorsAndUsersLookAroundAndDoNoMore() {
    assertThat(sessions.find(enter(VISIT, null)))
        .contains(new Caller(PermissionLevel.ANONYMOUS, null, null));
    assertThat(sessions.find(enter(LOGIN, userId)))
        .contains(new Caller(PermissionLevel.ANONYMOUS, userId, null));
  }

  @Test
  void endsTheLeastUsedOfTooMany() {
    List<String> users = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      clock.pass(Duration.ofSeconds(1));
      users.add(enter(LOGIN, userId));
    }
    assertThat(users.stream().filter(this::isLive)).isEqualTo(users.subList(1, 4));
    List<String> visitors = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      clock.pass(Duration.ofSeconds(1));
      visitors.add(enter(VISIT, null));
    }
    assertThat(visitors.stream().filter(this::isLive)).isEqualTo(visitors.subList(1, 3));
    String console = signIn();
    assertThat(isLive(console)).isTrue();
    assertThat(isLive(visitors.get(2))).isTrue();
  }

  @Test
  void endsWithItsCredential() throws LastSuperException {
    String id = signIn();
    String visitor = enter(VISIT, null);
    String token = issue(LOGIN, userId);
    credentials.revoke(caller.credentialId(), tx -> {});
    assertThat(isLive(id)).isFalse();
    assertThat(isLive(visitor)).isFalse();
    assertThat(sessions.redeem(LOGIN, token)).isEmpty();
    assertThat(sessions.signIn(caller)).isEmpty();
    assertThatThrownBy(() -> sessions.issue(VISIT, caller, null, "/"))
        .isInstanceOf(CredentialRevokedException.class);
    assertThat(rows("session") + rows("session_token")).isZero();
  }

  @Test
  void endsWithItsUserAndBySigningOut() {
    String user = enter(LOGIN, userId);
    String token = issue(LOGIN, userId);
    String visitor = enter(VISIT, null);
    assertThat(sessions.endAllOf(userId)).isEqualTo(1);
    assertThat(isLive(user)).isFalse();
    assertThat(sessions.redeem(LOGIN, token)).isEmpty();
    assertThat(isLive(visitor)).isTrue();
    sessions.signOut(visitor);
    assertThat(isLive(visitor)).isFalse();
  }
}
