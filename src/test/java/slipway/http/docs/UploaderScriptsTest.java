package slipway.http.docs;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.Gson;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import slipway.harness.Docs;
import slipway.harness.Run;
import slipway.harness.Tool;
import slipway.http.upload.form.Visits;

/** The examples of docs/uploaders.md without their libraries: {@link UploaderDocsIT} has those. */
class UploaderScriptsTest {
  private static final String SITE = "https://media.example.com";
  private static final Pattern ADDRESS = Pattern.compile(Pattern.quote(SITE) + "(/[^'?]*)");

  /** Says of which there is an error in the syntax. */
  private static final String COMPILE =
      """
      const scripts = JSON.parse(require('fs').readFileSync(0, 'utf8'));
      for (const [heading, script] of Object.entries(scripts)) {
        try {
          new Function('token', 'uploaded', 'failed', script);
        } catch (error) {
          console.log(heading, String(error));
        }
      }
      """;

  private static Map<String, String> scripts() throws IOException {
    Map<String, String> scripts = new LinkedHashMap<>();
    for (UploaderExample example : UploaderExample.values()) {
      scripts.put(example.heading, UploaderDocs.script(example.heading, SITE, 5_000_000));
    }
    return scripts;
  }

  @Test
  void areAllThatThePageHas() throws IOException {
    List<String> blocks = Docs.page("uploaders").blocks("js");
    assertThat(blocks).containsExactlyInAnyOrderElementsOf(scripts().values());
  }

  @Test
  void areScripts(@TempDir Path folder) throws IOException {
    List<String> command = List.of(Tool.require("node").toString(), "--eval", COMPILE);
    String input = new Gson().toJson(scripts());
    assertThat(Run.of(folder, command, input).assertWell().output()).isEmpty();
  }

  @Test
  void bringTheTokenToADoorAndTellThePageWhatCameOfIt() throws IOException {
    scripts()
        .forEach(
            (heading, script) -> {
              Stream<String> addresses =
                  ADDRESS.matcher(script).results().map(address -> address.group(1));
              assertThat(addresses)
                  .as(heading)
                  .hasSize(1)
                  .allMatch(path -> path.equals(Visits.REDEEM) || path.equals("/files/"));
              assertThat(script)
                  .as(heading)
                  .containsPattern("upload_token'?[:,] token\\b")
                  .contains("uploaded(", "failed(");
            });
  }
}
