package slipway.http.upload;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import slipway.http.Api;
import slipway.http.Parameter;
import slipway.http.upload.form.RedeemUploadToken;
import slipway.token.TokenPurpose;
import slipway.upload.Redemptions;

class EchoedFieldsTest {
  private static final List<String> SECRETS =
      List.of(
          "upload_token",
          "replace_token",
          "upload_link",
          "session_token",
          "login_token",
          "access_token",
          "password",
          "oauth_token",
          "oauth_signature");

  /** What the forms that bring a file declare. */
  static Stream<String> declared() {
    return Stream.concat(
            Stream.of(TokenPurpose.values()).map(EchoedFieldsTest::door).flatMap(List::stream),
            Api.SHAPE.stream())
        .map(Parameter::name);
  }

  private static List<Parameter<?>> door(TokenPurpose purpose) {
    Redemptions redemptions = new Redemptions(purpose, null, null, null, null, null, null, null);
    return new RedeemUploadToken(RedeemUploadToken.UPLOAD_DOOR, null, redemptions, null, null)
        .parameters();
  }

  @ParameterizedTest
  @MethodSource("declared")
  void leavesOutWhatTheDoorItselfReads(String field) {
    assertThat(EchoedFields.others(List.of(Map.entry(field, "x")))).isEmpty();
  }

  /** Else a site would be told other fields of a big file than of a small one. */
  @Test
  void isWhatTheElementLeavesOutOfABigFile() throws IOException {
    String script = Files.readString(Path.of("webapp/assets/slipway-upload/fields.js"));
    String list = script.substring(script.indexOf("NOT_TOLD = ["), script.indexOf("];"));
    List<String> left =
        Pattern.compile("'(\\w+)'").matcher(list).results().map(at -> at.group(1)).toList();
    assertThat(left).hasSizeGreaterThan(5).allMatch(EchoedFields::is);
    String prefixes =
        ChunkFields.DIALECTS.stream().map(ChunkFields::prefix).collect(Collectors.joining("|"));
    assertThat(script).contains("NOT_TOLD_PREFIX = /^(" + prefixes + ")[A-Z]|^oauth_/");
    assertThat(declared().filter(name -> !name.matches("(" + prefixes + ")[A-Z].*")))
        .isSubsetOf(left);
    assertThat(SECRETS.stream().filter(name -> !name.startsWith("oauth_"))).isSubsetOf(left);
  }

  /** They would be in the history of a browser, and in the logs of the site. */
  @Test
  void repeatsNoSecret() {
    assertThat(SECRETS).allMatch(EchoedFields::isSecret).allMatch(EchoedFields::is);
    assertThat(List.of("token", "passwords", "my_oauth_token", "ticket"))
        .noneMatch(EchoedFields::isSecret);
  }

  @Test
  void repeatsTheSitesOwnFieldsAsOftenAsTheyAreThere() {
    assertThat(
            EchoedFields.others(
                List.of(
                    Map.entry("order", "7"),
                    Map.entry("", "x"),
                    Map.entry("relativePath", "a/b"),
                    Map.entry("order", "8"),
                    Map.entry("filed", "9"),
                    Map.entry("flowChunkNumber", "1"),
                    Map.entry("flowers", "roses"),
                    Map.entry("resumable", "1"))))
        .containsExactly(
            Map.entry("order", "7"),
            Map.entry("order", "8"),
            Map.entry("filed", "9"),
            Map.entry("flowers", "roses"),
            Map.entry("resumable", "1"));
  }
}
