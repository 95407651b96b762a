package slipway.http.docs;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Element;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import slipway.harness.ApiClient;
import slipway.harness.Container;
import slipway.harness.Docs;
import slipway.harness.Run;
import slipway.harness.SampleMedia;
import slipway.harness.Server;
import slipway.harness.Tool;

/** The README's commands, run as they are, and the answers that it shows. */
class ReadmeIT {
  private static final String TOKEN = "022fe6e3fb42758d6147c539727c5358af3524b1";
  private static final String ADDRESS = "http://127.0.0.1:8080/";
  private static final Pattern LOCATION = Pattern.compile("(?m)^Location: (\\S+)");
  private static final Pattern PARAMETER = Pattern.compile("[?&]([a-z_]+)=");
  private static final Pattern MEMBER = Pattern.compile("\"(\\w+)\":\"([^\"]*)\"");

  private final Server server = Server.shared(Container.JETTY_12);
  @TempDir private Path folder;

  private String here(String text) {
    return text.replace(ADDRESS, server.uri("/").toString());
  }

  /** The output of a command, without curl's progress meter. */
  private String run(String command) throws IOException {
    String bash = Tool.require("bash").toString();
    Tool.require("curl");
    String quiet = here(command).replace("curl ", "curl -sS ");
    return Run.of(folder, List.of(bash, "-ec", quiet), "").assertWell().output();
  }

  private static String location(String head) {
    MatchResult found = LOCATION.matcher(head).results().findFirst().orElseThrow();
    return found.group(1);
  }

  private static List<String> parameters(String address) {
    return PARAMETER.matcher(address).results().map(name -> name.group(1)).toList();
  }

  @Test
  void hasCommandsThatIssueATokenAndUploadWithIt() throws IOException {
    Docs flow = Docs.readme().section("## The flow with curl");
    String reply = run(flow.blocks("sh").get(0).replace("local-testing-key", server.key()));
    var issued = JsonParser.parseString(reply).getAsJsonObject().getAsJsonObject("uploadtoken");
    String token = issued.get("upload_token").getAsString();
    for (MatchResult told : MEMBER.matcher(here(flow.code("json"))).results().toList()) {
      if (!List.of("upload_token", "valid_until").contains(told.group(1))) {
        assertThat(reply).contains(told.group());
      }
    }
    byte[] picture = SampleMedia.jpeg(40, 30);
    Files.write(folder.resolve("cat.jpg"), picture);
    String head = run(flow.blocks("sh").get(1).replace(TOKEN, token)).replace("\r", "");
    String shown = flow.blocks("").get(0);
    assertThat(head).startsWith(shown.substring(0, shown.indexOf(' ') + 4));
    assertThat(parameters(location(head))).isEqualTo(parameters(location(shown)));
    assertThat(location(head)).startsWith(here(location(shown).replaceFirst("\\?.*", "")));
    assertThat(stored(location(head))).isEqualTo(picture);
  }

  /** The file, by what its callback says. */
  private byte[] stored(String callback) {
    return ApiClient.of(server)
        .get(
            "/%s/%s/%s/original"
                .formatted(
                    parameter(callback, "tree_id"),
                    parameter(callback, "photo_id"),
                    parameter(callback, "token")))
        .body();
  }

  private static String parameter(String address, String name) {
    return Pattern.compile("[?&]" + name + "=([^&]*)")
        .matcher(address)
        .results()
        .findFirst()
        .orElseThrow()
        .group(1);
  }

  /** The element and its form are run in a browser from the uploader's page. */
  @Test
  void showsTheElementOfTheUploadersPageAndItsForm() throws IOException {
    String element = Docs.readme().section("## An element").code("html");
    Docs uploader = Docs.page("uploader").section("## The uploader on your own page");
    assertThat(element).isEqualTo(uploader.code("html"));
    Element form = Jsoup.parse(Docs.readme().section("## A form").code("html")).selectFirst("form");
    String inside = Jsoup.parse(element).selectFirst("form").outerHtml();
    assertThat(form.outerHtml().replace(ADDRESS, "https://media.example.com/")).isEqualTo(inside);
  }
}
