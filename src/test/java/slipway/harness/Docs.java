package slipway.harness;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The README, a page of {@code docs/}, or a section of either, word for word.
 *
 * @param text in Markdown
 */
public record Docs(String text) {
  /** A block between its fences, with its language. */
  private static final Pattern CODE = Pattern.compile("(?ms)^```([a-z]*)\n(.*?)^```$");

  /** The README. */
  public static Docs readme() throws IOException {
    return new Docs(Files.readString(Path.of("README.md")));
  }

  /** A page, such as {@code settings} for {@code docs/settings.md}. */
  public static Docs page(String name) throws IOException {
    return new Docs(Files.readString(Path.of("docs", name + ".md")));
  }

  /**
   * What is below a heading, which is given with its number signs, up to the next of its level or a
   * higher one. The comments of shell code begin as headings of the first level do, which end
   * nothing.
   */
  public Docs section(String heading) {
    int start = ("\n" + text).indexOf("\n" + heading + "\n");
    if (start < 0) {
      throw new IllegalStateException("There is no heading " + heading);
    }
    String rest = text.substring(start + heading.length());
    Matcher next = Pattern.compile("\n#{2," + heading.indexOf(' ') + "} ").matcher(rest);
    return new Docs(next.find() ? rest.substring(0, next.start()) : rest);
  }

  /** All code of a language, which may be empty, in order. */
  public List<String> blocks(String language) {
    return CODE.matcher(text)
        .results()
        .filter(block -> block.group(1).equals(language))
        .map(block -> block.group(2))
        .toList();
  }

  /** The first code of a language. */
  public String code(String language) {
    return first(blocks(language).stream());
  }

  /** The first code, whatever its language. */
  public String code() {
    return first(CODE.matcher(text).results().map(block -> block.group(2)));
  }

  private String first(Stream<String> blocks) {
    return blocks
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("There is no code in: " + text));
  }
}
