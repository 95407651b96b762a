package slipway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
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
  void standsInTheReadmeWithEverySetting() throws IOException {
    String source = Files.readString(Path.of("src/main/java/slipway/Settings.java"));
    List<String> names =
        Pattern.compile("\"(slipway\\.[a-z0-9.-]+)\"")
            .matcher(source)
            .results()
            .map((MatchResult found) -> found.group(1))
            .toList();
    assertThat(names).hasSizeGreaterThan(10);
    assertThat(Files.readString(Path.of("README.md"))).contains(names);
  }
}
