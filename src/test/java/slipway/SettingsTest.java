package slipway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SettingsTest {
  private static final String NAME = "slipway.site.name";

  @AfterEach
  void clear() {
    System.clearProperty(NAME);
  }

  @Test
  void prefersTheSystemPropertyToTheContextParameterToTheDefault() {
    assertThat(Settings.read(name -> null, null).site().name()).isEqualTo("Slipway");
    Map<String, String> context = Map.of(NAME, "From the context");
    assertThat(Settings.read(context::get, null).site().name()).isEqualTo("From the context");
    System.setProperty(NAME, "From the property");
    assertThat(Settings.read(context::get, null).site().name()).isEqualTo("From the property");
  }

  @Test
  void namesTheSettingAndWhatIsValid() {
    assertThatThrownBy(() -> Settings.read(Map.of("slipway.token.sweep-seconds", "0")::get, null))
        .hasMessage(
            "The setting slipway.token.sweep-seconds must be a whole number from 1 to 86400");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "slipway.upload.types | banana | MIME types that files have, such as image/jpeg,video/*: 'banana' is not one",
        "slipway.upload.types | image/* banana/* | 'image/* banana/*' is not one",
        "slipway.upload.types | image/*,banana/* | 'banana/*' is not one",
        "slipway.upload.types | image/jpg | 'image/jpg' is not one",
        "slipway.upload.types | */* | '*/*' is not one",
        "slipway.upload.types | application/mp4 | 'application/mp4' is not one",
        "slipway.upload.types | , | none is given",
        "slipway.return.hosts | www.example.com/path | 'www.example.com/path' is not one",
        "slipway.return.hosts | a.test, https://b.test | 'https://b.test' is not one",
        "slipway.return.hosts | a.test:8080 | 'a.test:8080' is not one",
        "slipway.return.hosts | * | names of hosts, such as www.example.com,*.example.org",
        "slipway.return.hosts | *.*.test | '*.*.test' is not one",
        "slipway.return.hosts | bücher.test | in ASCII: 'bücher.test' is not one",
        "slipway.return.hosts | 10.0.0.300 | '10.0.0.300' is not one",
        "slipway.return.hosts | [::x] | '[::x]' is not one",
        "slipway.video.ffmpeg | /nowhere/ffmpeg | the path of a program that this user may run",
        "slipway.video.ffprobe | no-such-ffprobe | 'no-such-ffprobe' is not one",
        "slipway.video.ffmpeg | /usr/bin | '/usr/bin' is not one",
        "slipway.scan.command | /nowhere/clamscan {} | '/nowhere/clamscan' is not one",
        "slipway.scan.clamd | clamd.example.com | the path of clamd's socket, such as",
        "slipway.scan.clamd | clamd:99999 | or its host and port",
        "slipway.scan.failure | perhaps | one of closed, open",
        "slipway.media.accel | slipway-media | a path of at most 200 characters such as /slipway-media/",
        "slipway.media.accel | / | which begins and ends with a slash",
        "slipway.media.accel | //media/ | which begins and ends with a slash",
        "slipway.media.accel | /../media/ | of letters, digits, hyphens and underscores",
        "slipway.upload.max-bytes | many | a whole number",
        "slipway.site.public | perhaps | true or false",
        "slipway.auth.initial-key | short | at least 16",
        "slipway.base-url | media.example.com | a web address",
        "slipway.base-url | https://a.test/x | a web address without a path",
        "slipway.base-url | https://a.test#x | a web address without a path",
        "slipway.base-url | https://u:p@a.test | a web address without a path",
        "slipway.base-url | http:a.test | a web address without a path",
        "slipway.data | /etc/passwd | a folder: /etc/passwd is not one",
        "slipway.database | postgres://db.example.com/a | an address such as jdbc:postgresql://",
        "slipway.database | jdbc:postgresql://a:99999/b | an address such as jdbc:postgresql://",
        "slipway.database.connections | 1 | a whole number from 2",
        "slipway.secret-key | 0123456789abcdef | 64 hex digits",
        "slipway.site.logo | /nowhere/logo.svg | '/nowhere/logo.svg' is not one",
        "slipway.site.logo | /etc | the path of a file of 1 to 262144 bytes that this user may read",
        "slipway.site.logo | pom.xml | the path of an SVG, a PNG, a JPEG or a WebP",
        "slipway.site.css | /dev/zero | the path of a file of 1 to 262144 bytes",
        "slipway.site.css | docs/upload-page.webp | the path of a style sheet in UTF-8",
        "slipway.site.accent | blue | a colour of six hex digits, such as #0b6bcb",
        "slipway.site.footer | Imprint /imprint,Help | 'Help' is not one",
        "slipway.site.footer | Go javascript:alert(1) | 'Go javascript:alert(1)' is not one",
        "slipway.log.level | info | a system property or in the environment",
        "slipway.mail.host | smtp.example.com:25 | the name or address of a host",
        "slipway.mail.from | Ann <ann@example.com> | an e-mail address without a name",
        "slipway.mail.from | ann@example.com,bob@example.com | an e-mail address without a name",
        "slipway.mail.security | ssl | one of none, starttls, tls",
        "slipway.mail.language | fi | one of ar, cs, da",
        "slipway.mail.pause | 0s | a time such as",
      })
  void refusesWhatWouldStandForNothing(String name, String value, String valid) {
    assertThatThrownBy(() -> Settings.read(Map.of(name, value)::get, null))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("The setting " + name + " must be ")
        .hasMessageContaining(valid);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "slipway.upload.types | Image/JPEG, video/*,image/svg+xml,audio/mpeg",
        "slipway.return.hosts | WWW.example.com, *.example.org, localhost, my_host.test",
        "slipway.return.hosts | 127.0.0.1,[::1],xn--bcher-kva.test",
        "slipway.video.ffmpeg | sh",
        "slipway.scan.command | sh /opt/scan {} --quiet",
        "slipway.scan.clamd | /run/clamav/clamd.ctl",
        "slipway.scan.clamd | clamd.example.com:3310",
        "slipway.scan.failure | OPEN",
        "slipway.video.ffprobe | /bin/sh",
        "slipway.site.logo | webapp/assets/slipway.svg",
        "slipway.site.logo | docs/upload-page.webp",
        "slipway.site.css | webapp/assets/slipway.css",
        "slipway.site.accent | #FFD500",
        "slipway.site.footer | Imprint /imprint, Write to us mailto:a@example.com,",
        "slipway.base-url | https://[::1]:8443/",
      })
  void takesWhatStandsForSomething(String name, String value) {
    assertThat(Settings.read(Map.of(name, value)::get, null)).isNotNull();
  }

  /** The driver's own words of an address that it does not understand have parts of it. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "jdbc:postgresql://u:p4ssw0rd@host/db",
        "jdbc:postgresql://u:p4ssw0rd@host",
        "jdbc:postgresql://host,u:p4ssw0rd@host/db",
        "jdbc:postgresql://u:p4ssw0rd/1@host/db",
        "jdbc:postgresql://u:p4ssw0rd?1@host/db",
        "jdbc:postgresql://u:1234/p4ssw0rd@host",
        "jdbc:postgresql://[u:p4ssw0rd@host]/db",
        "jdbc:postgresql:u:p4ssw0rd@host",
        "jdbc:postgresql://u:p4ssw0rd",
      })
  void tellsNobodyThePasswordBeforeADatabasesHost(String url) {
    List<String> logged = new ArrayList<>();
    Logger root = Logger.getLogger("");
    Handler handler = new LoggedHandler(logged);
    root.addHandler(handler);
    try {
      assertThatThrownBy(() -> Settings.read(Map.of("slipway.database", url)::get, null))
          .hasMessageContaining("The setting slipway.database must be an address such as")
          .hasMessageContaining("slipway.database.password")
          .hasMessageNotContaining("p4ssw0rd");
    } finally {
      root.removeHandler(handler);
    }
    assertThat(logged).noneMatch(line -> line.contains("p4ssw0rd"));
  }

  /** Records what the log of the JDK is told. */
  private static final class LoggedHandler extends Handler {
    private final List<String> lines;

    LoggedHandler(List<String> lines) {
      this.lines = lines;
    }

    @Override
    public void publish(LogRecord line) {
      lines.add(line.getMessage() + " " + Arrays.toString(line.getParameters()));
    }

    @Override
    public void flush() {
      // Nothing is held back.
    }

    @Override
    public void close() {
      // There is nothing to be closed.
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "jdbc:postgresql:slipway",
        "jdbc:postgresql:///slipway",
        "jdbc:postgresql://a.test:5432/",
        "jdbc:postgresql://a.test,b.test:6432/slipway?targetServerType=primary",
        "jdbc:postgresql://[::1]:5432/slip%40way?user=a@b",
      })
  void takesTheAddressesOfTheDriver(String url) {
    String key = "0123456789abcdef".repeat(4);
    Map<String, String> given = Map.of("slipway.database", url, "slipway.secret-key", key);
    assertThat(Settings.read(given::get, null)).isNotNull();
  }

  @Test
  void takesADatabaseOnAServerWithAKeyAndShortTextsOnly() {
    String url = "jdbc:postgresql://db.example.com/slipway?user=u&password=a-secret";
    Map<String, String> given = new HashMap<>(Map.of("slipway.database", url));
    assertThatThrownBy(() -> Settings.read(given::get, null))
        .hasMessageContaining("The setting slipway.database needs slipway.secret-key");
    given.put("slipway.secret-key", "0123456789abcdef".repeat(4));
    assertThat(Settings.read(given::get, null)).asString().doesNotContain("a-secret", "89abcdef");
    given.put("slipway.text.title-chars", "501");
    assertThatThrownBy(() -> Settings.read(given::get, null))
        .hasMessageContaining("slipway.text.title-chars must be 500 at most");
    given.put("slipway.text.title-chars", "500");
    given.put("slipway.text.tag-chars", "301");
    assertThatThrownBy(() -> Settings.read(given::get, null))
        .hasMessageContaining("slipway.text.tag-chars must be 300 at most");
  }

  @Test
  void takesANameOfOneLineAndALogoOfDarkPagesBesideOneOfLightPages() {
    assertThatThrownBy(() -> Settings.read(Map.of(NAME, "x".repeat(101))::get, null))
        .hasMessageStartingWith("The setting slipway.site.name must be of 100 characters at most");
    assertThatThrownBy(() -> Settings.read(Map.of(NAME, "a\nb")::get, null))
        .hasMessageContaining("on one line");
    Map<String, String> dark = Map.of("slipway.site.logo-dark", "webapp/assets/slipway.svg");
    assertThatThrownBy(() -> Settings.read(dark::get, null))
        .hasMessageStartingWith("The setting slipway.site.logo-dark needs slipway.site.logo");
  }

  @Test
  void sendsNoEmailWithoutAllThatItNeeds() {
    assertThat(Settings.read(none -> null, null).outgoing().mail()).isNull();
    for (String alone : List.of("slipway.mail.from", "slipway.mail.user")) {
      Map<String, String> given = new HashMap<>(Map.of(alone, "ann@example.com"));
      given.put("slipway.mail.password", "p4ssw0rd");
      given.put("slipway.mail.user", "ann");
      assertThatThrownBy(() -> Settings.read(given::get, null))
          .hasMessageContaining(" needs slipway.mail.host")
          .hasMessageNotContaining("p4ssw0rd");
    }
    Map<String, String> given = new HashMap<>(Map.of("slipway.mail.host", "192.0.2.1"));
    assertThatThrownBy(() -> Settings.read(given::get, null))
        .hasMessageStartingWith("The setting slipway.mail.host needs slipway.mail.from");
    given.put("slipway.mail.from", "slipway@bücher.example");
    assertThatThrownBy(() -> Settings.read(given::get, null))
        .hasMessageStartingWith("The setting slipway.mail.host needs slipway.base-url");
    given.put("slipway.base-url", "https://media.example.com");
    given.put("slipway.mail.password", "p4ssw0rd");
    assertThatThrownBy(() -> Settings.read(given::get, null))
        .hasMessageContaining("slipway.mail.user and slipway.mail.password go together")
        .hasMessageNotContaining("p4ssw0rd");
    given.put("slipway.mail.user", "ann");
    Settings settings = Settings.read(given::get, null);
    assertThat(settings).asString().doesNotContain("p4ssw0rd");
    assertThat(settings.outgoing().mail().server().port()).isEqualTo(587);
    assertThat(settings.outgoing().mail().from()).isEqualTo("slipway@xn--bcher-kva.example");
    given.put("slipway.mail.security", "none");
    assertThatThrownBy(() -> Settings.read(given::get, null))
        .hasMessageStartingWith("The setting slipway.mail.security must be starttls or tls");
    given.put("slipway.mail.host", "127.0.0.1");
    assertThat(Settings.read(given::get, null).outgoing().mail().server().port()).isEqualTo(25);
  }

  @Test
  void leavesFilesOnlyToProxiesThatAreKnown() {
    String name = "slipway.media.accel";
    assertThatThrownBy(() -> Settings.read(Map.of(name, "/slipway-media/")::get, null))
        .hasMessageStartingWith("The setting slipway.media.accel needs slipway.proxies");
    Map<String, String> both = Map.of(name, "/a/b_c-1/", "slipway.proxies", "127.0.0.1");
    assertThat(Settings.read(both::get, null).operations().accelPrefix()).isEqualTo("/a/b_c-1/");
  }

  @ParameterizedTest
  @CsvSource({
    "slipway.log.format, JSON, text or json",
    "slipway.log.format, yaml, text or json",
    "slipway.log.format, ' ', text or json",
    "slipway.log.format, banana, text or json",
    "slipway.log.level, loud, 'trace, debug, info'",
    "slipway.log.level, 'info,debug', 'trace, debug, info'",
  })
  void refusesALogThatWouldNotBeWhatItSays(String name, String value, String valid) {
    System.setProperty(name, value);
    try {
      assertThatThrownBy(() -> Settings.read(missing -> null, null))
          .hasMessageStartingWith("The setting " + name + " must be ")
          .hasMessageContaining(valid);
    } finally {
      System.clearProperty(name);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "slipway.log.format, json",
    "slipway.log.level, WARN",
    "slipway.log.level, ''",
    "slipway.log.level, off",
  })
  void takesALogThatIsWhatItSays(String name, String value) {
    System.setProperty(name, value);
    try {
      assertThat(Settings.read(missing -> null, null)).isNotNull();
    } finally {
      System.clearProperty(name);
    }
  }

  @Test
  void tellsWhatIsLikeASettingAndIsNone() {
    System.setProperty(NAME, "A name");
    System.setProperty("slipway.site.nmae", "A name");
    try {
      SettingSource source = new SettingSource(name -> null);
      source.text(NAME, "");
      assertThat(source.unknown()).contains("slipway.site.nmae").doesNotContain(NAME);
    } finally {
      System.clearProperty("slipway.site.nmae");
    }
  }

  @Test
  void refusesADataFolderInsideTheWebApplication() {
    Path webapp = Path.of("/srv/webapps/ROOT");
    assertThatThrownBy(
            () -> Settings.read(Map.of("slipway.data", "/srv/webapps/x/../ROOT/data")::get, webapp))
        .hasMessageContaining("slipway.data")
        .hasMessageContaining("outside the web application");
  }

  @Test
  void keepsSecretsOutOfItsText() {
    Map<String, String> context = Map.of("slipway.auth.initial-key", "a secret of some length");
    assertThat(Settings.read(context::get, null).toString()).doesNotContain("secret");
  }

  @Test
  void isTheTableOfSettingsInTheDocs() throws IOException {
    Set<String> read = new TreeSet<>();
    Settings defaults =
        Settings.read(
            name -> {
              read.add(name);
              return null;
            },
            null);
    Map<String, String> table = SettingsDocs.read();
    assertThat(read).hasSizeGreaterThan(10);
    assertThat(table.keySet()).containsExactlyInAnyOrderElementsOf(withThoseOfTheLog(read));
    Map<String, String> given = SettingsDocs.values(table);
    given.keySet().removeIf(name -> name.startsWith("slipway.log."));
    assertThat(given).hasSizeGreaterThan(10);
    assertThat(Settings.read(given::get, null)).isEqualTo(defaults);
  }

  /** Those that the log's own configuration reads. */
  private static Set<String> withThoseOfTheLog(Set<String> names) throws IOException {
    String log = Files.readString(Path.of("src/main/resources/logback.xml"));
    assertThat(log)
        .contains("${slipway.log.format:-${SLIPWAY_LOG_FORMAT:-text}}")
        .contains("${slipway.log.level:-${SLIPWAY_LOG_LEVEL:-info}}");
    Set<String> all = new TreeSet<>(names);
    all.addAll(Set.of("slipway.log.format", "slipway.log.level"));
    return all;
  }
}
