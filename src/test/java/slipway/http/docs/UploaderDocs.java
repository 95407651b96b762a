package slipway.http.docs;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The examples of {@code docs/uploaders.md}. */
final class UploaderDocs {
  private static final Path FILE = Path.of("docs/uploaders.md");

  private UploaderDocs() {}

  /** The script under a heading, for a server at that address. */
  static String script(String heading, String server, int chunk) throws IOException {
    String all = Files.readString(FILE, StandardCharsets.UTF_8);
    Matcher found =
        Pattern.compile("\n## " + Pattern.quote(heading) + "\n\n```js\n(.*?)```", Pattern.DOTALL)
            .matcher(all);
    if (!found.find()) {
      throw new IllegalStateException("No example of " + heading);
    }
    return found
        .group(1)
        .replace("https://media.example.com", server)
        .replace("5000000", Integer.toString(chunk));
  }
}
