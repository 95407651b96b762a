package slipway.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.code_intelligence.jazzer.mutation.annotation.NotNull;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.provider.ValueSource;
import slipway.auth.Caller;
import slipway.auth.Credential;
import slipway.auth.CredentialStore;
import slipway.auth.OAuth1;
import slipway.auth.OAuthKey;
import slipway.auth.PermissionLevel;
import slipway.auth.SessionLimits;
import slipway.auth.Sessions;
import slipway.clock.ClockWatch;
import slipway.db.Database;
import slipway.harness.HeaderRequest;
import slipway.harness.NewDatabase;
import slipway.http.limit.Proxies;
import slipway.secret.SecretBox;

/** Whatever stands in the header Authorization, it opens nothing and breaks nothing. */
class OAuthHeaderFuzzTest {
  private static final OAuthKey KEY = new OAuthKey("ck", "consumer-secret", "at", "access-secret");
  private static final String BEARER = "slp_of-the-one-credential";

  private static Database database;
  private static Callers callers;

  @BeforeAll
  static void open() throws IOException {
    Path folder = Files.createTempDirectory("slipway-fuzz");
    database = NewDatabase.open(folder.resolve("slipway.db"));
    Clock clock = Clock.systemUTC();
    SecretBox box = SecretBox.open(folder.resolve("oauth.key"));
    CredentialStore credentials = new CredentialStore(database, clock, box);
    credentials.add(new Credential.Grant("fuzz", PermissionLevel.SUPER, null, ""), BEARER, KEY);
    OAuth1 oauth = new OAuth1(credentials, database, new ClockWatch(clock, null), 300, 1000);
    Origins origins = new Origins(null, new Proxies(List.of()));
    Sessions sessions =
        new Sessions(
            database,
            credentials,
            new SessionLimits(Duration.ofMinutes(20), Duration.ofHours(12), 20, 100),
            clock);
    callers = new Callers(credentials, oauth, origins, true, new SessionCookie(sessions, origins));
  }

  @AfterAll
  static void close() {
    database.close();
  }

  @ValueSource(
      strings = {
        "",
        "realm=\"\"",
        "oauth_nonce=\"a\", oauth_nonce=\"b\"",
        "oauth_token=\"%zz\"",
        "oauth_token=\"a+b%20c\",",
        ", =\"\"",
        "a=\"\"b=\"\""
      })
  @FuzzTest(maxDuration = "120s")
  void readsTheParametersAsTheyWereWrittenOrRefusesThem(@NotNull String text) {
    Map<String, String> read;
    try {
      read = OAuthParameters.ofHeader(text);
    } catch (ApiException e) {
      assertThat(e.status()).isIn(400, 401);
      return;
    }
    assertThat(read).doesNotContainKey("realm");
    if (read.isEmpty() || read.containsKey("")) {
      return;
    }
    String written =
        read.entrySet().stream()
            .map(entry -> encode(entry.getKey()) + "=\"" + encode(entry.getValue()) + '"')
            .collect(Collectors.joining(", "));
    try {
      assertThat(OAuthParameters.ofHeader(written)).isEqualTo(read);
    } catch (ApiException e) {
      throw new AssertionError(written, e);
    }
  }

  private static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20").replace("*", "%2A");
  }

  @ValueSource(
      strings = {
        "",
        "Bearer",
        "Bearer " + BEARER + "x",
        "bearer\t\u0000",
        "Basic YTpi",
        "OAuth oauth_consumer_key=\"ck\", oauth_token=\"at\", oauth_signature_method=\"HMAC-SHA1\","
            + " oauth_signature=\"AAAA\", oauth_timestamp=\"1800000000\", oauth_nonce=\"n\"",
        "OAuth oauth_consumer_key=\"ck\"",
        "OAuth realm=\"x\""
      })
  @FuzzTest(maxDuration = "120s")
  void letsNobodyInWhoHasNoKey(@NotNull String authorization) {
    letsNobodyIn(authorization);
    letsNobodyIn(signedNow(authorization));
  }

  /** The same as a signature, made a moment ago, that is complete except for its value. */
  private static String signedNow(String signature) {
    return "OAuth oauth_consumer_key=\"ck\", oauth_token=\"at\", oauth_nonce=\"n\","
        + " oauth_signature_method=\"HMAC-SHA1\", oauth_timestamp=\""
        + Clock.systemUTC().instant().getEpochSecond()
        + "\", oauth_signature=\""
        + encode(signature)
        + '"';
  }

  private static void letsNobodyIn(String authorization) {
    Map<String, List<String>> headers = Map.of("Authorization", List.of(authorization));
    try {
      Caller caller = callers.of(HeaderRequest.of("192.0.2.1", headers), new ArrayList<>());
      assertThat(caller).isEqualTo(callers.unknown());
    } catch (ApiException e) {
      assertThat(e.status()).isIn(400, 401);
      assertThat(e.code())
          .isIn(ErrorCode.PERMISSION_DENIED, ErrorCode.INVALID_SIGNATURE, ErrorCode.INVALID_INPUT);
      assertThat(e.getMessage()).doesNotContain(KEY.consumerSecret(), KEY.accessSecret(), BEARER);
    }
  }
}
