package slipway.http.docs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What docs/api.md says, word for word. */
final class ApiDocs {
  private static final Path FILE = Path.of("docs", "api.md");
  private static final Pattern CODE = Pattern.compile("```[a-z]+\n(.*?)```", Pattern.DOTALL);

  private ApiDocs() {}

  /** The text below a heading of the second level, up to the next one. */
  static String section(String heading) throws IOException {
    return after(Files.readString(FILE), "## " + heading, "\n## ");
  }

  /** The code below a heading of the third level in a section. */
  static String code(String section, String heading) throws IOException {
    Matcher code = CODE.matcher(after(section(section), "### " + heading, "\n### "));
    if (!code.find()) {
      throw new IllegalStateException("There is no code for " + heading + " in: " + section);
    }
    return code.group(1);
  }

  private static String after(String text, String heading, String next) {
    int start = ("\n" + text).indexOf("\n" + heading + "\n");
    if (start < 0) {
      throw new IllegalStateException("There is no heading " + heading);
    }
    String rest = text.substring(start + heading.length());
    int end = rest.indexOf(next);
    return end < 0 ? rest : rest.substring(0, end);
  }
}
