package slipway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

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
  void isTheReadmesTableOfSettings() throws IOException {
    Set<String> read = new TreeSet<>();
    Settings defaults =
        Settings.read(
            name -> {
              read.add(name);
              return null;
            },
            null);
    Map<String, String> table = ReadmeSettings.read();
    assertThat(read).hasSizeGreaterThan(10);
    assertThat(table.keySet()).isEqualTo(withThoseOfTheLog(read));
    Map<String, String> given = ReadmeSettings.values(table);
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
