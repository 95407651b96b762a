package slipway.http.docs;

import java.io.IOException;
import slipway.harness.Docs;

/** The examples of {@code docs/uploaders.md}. */
final class UploaderDocs {
  private UploaderDocs() {}

  /** The script under a heading, for a server at that address. */
  static String script(String heading, String server, int chunk) throws IOException {
    return Docs.page("uploaders")
        .section("## " + heading)
        .code("js")
        .replace("https://media.example.com", server)
        .replace("5000000", Integer.toString(chunk));
  }
}
