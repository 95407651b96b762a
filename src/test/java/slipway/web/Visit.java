package slipway.web;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import slipway.harness.Answer;
import slipway.harness.ApiClient;
import slipway.harness.Browser;
import slipway.harness.Container;
import slipway.harness.Gate;
import slipway.harness.SampleMedia;
import slipway.harness.Server;

/** A visitor's browser, another site whose page embeds the uploader, and Slipway behind a gate. */
final class Visit implements AutoCloseable {
  final Server server;
  final Gate gate;
  final EmbeddingSite site;
  final Browser browser = Browser.open();
  final Uploader uploader = new Uploader(browser);

  Visit(Container container) {
    this(Server.shared(container));
  }

  /** To a server of the test's own, which is not closed. */
  Visit(Server server) {
    this.server = server;
    try {
      gate = Gate.before(server);
      site = new EmbeddingSite(gate.uri("/"));
    } catch (IOException e) {
      browser.close();
      throw new UncheckedIOException(e);
    }
  }

  /** A new upload token for that many files, with further parameters: names and values in turn. */
  String token(int maxUploads, String... more) {
    Map<String, String> parameters = new LinkedHashMap<>();
    parameters.put("return_url", site.uri("/back?theme=green").toString());
    parameters.put("max_uploads", Integer.toString(maxUploads));
    for (int i = 0; i < more.length; i += 2) {
      parameters.put(more[i], more[i + 1]);
    }
    Answer answer = ApiClient.withKey(server).post("/api/photo/get-upload-token", parameters);
    return answer.xml("/response/upload_token");
  }

  /** Goes to the page with a token and attributes of the element. */
  URI go(String token, String attributes) {
    return go(token, attributes, "");
  }

  /** Goes to the page, whose form has further fields. */
  URI go(String token, String attributes, String fields) {
    URI page = site.page(token, attributes + " resumable-from=200000", fields);
    browser.go(page);
    uploader.await("#choose");
    return page;
  }

  /** A picture of some 75 kB, which goes as a plain form. */
  static Path picture(String name) {
    return SampleMedia.file(name, SampleMedia.jpeg(400, 300));
  }

  /** A file of 3 MB, which goes by tus. */
  static Path big(String name) {
    try {
      return SampleMedia.file(name, SampleMedia.largeJpeg(3_000_000).get().readAllBytes());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The address of the one upload that the page remembers as unfinished. */
  URI unfinished() {
    return URI.create(
        (String)
            browser
                .driver()
                .executeScript(
                    "return Object.values(JSON.parse(Object.entries(localStorage).find(([place]) =>"
                        + " place.startsWith('slipway-upload:'))[1]))[0].url"));
  }

  /** The status of a tus request about an upload. */
  int tus(String method, URI upload) {
    ApiClient api = ApiClient.of(server);
    var request = api.request(upload.getPath()).header("Tus-Resumable", "1.0.0");
    return api.send(request.method(method, BodyPublishers.noBody())).status();
  }

  /** The stored file of an upload, by the parameters that came back. */
  byte[] original(Map<String, String> back) {
    String path =
        "/%s/%s/%s/original"
            .formatted(back.get("tree_id"), back.get("photo_id"), back.get("token"));
    return ApiClient.of(server).get(path).body();
  }

  @Override
  public void close() throws IOException {
    browser.close();
    site.close();
    gate.close();
  }
}
