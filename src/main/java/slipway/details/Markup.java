package slipway.details;

import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Document.OutputSettings;
import org.jsoup.nodes.Entities.EscapeMode;
import org.jsoup.safety.Cleaner;
import org.jsoup.safety.Safelist;

/** Cleans the HTML in titles and descriptions, as photo/get-upload-token promises. */
public final class Markup {
  private static final Set<String> HEADINGS = Set.of("h1", "h2", "h3", "h4", "hr");

  /**
   * The tags that descriptions keep: those of {@link Safelist#basic}, which does not list them, and
   * headings.
   */
  public static final Set<String> TAGS =
      Stream.concat(
              HEADINGS.stream(),
              Stream.of(
                  "a",
                  "b",
                  "blockquote",
                  "br",
                  "cite",
                  "code",
                  "dd",
                  "dl",
                  "dt",
                  "em",
                  "i",
                  "li",
                  "ol",
                  "p",
                  "pre",
                  "q",
                  "small",
                  "span",
                  "strike",
                  "strong",
                  "sub",
                  "sup",
                  "u",
                  "ul"))
          .collect(Collectors.toUnmodifiableSet());

  private static final Safelist SAFE = Safelist.basic().addTags(HEADINGS.toArray(String[]::new));
  private static final OutputSettings AS_GIVEN =
      new OutputSettings().prettyPrint(false).escapeMode(EscapeMode.xhtml);

  /** Characters that are parsed at once, without waiting for a turn. */
  private static final int LONG = 2000;

  private Markup() {}

  /** The plain text of some HTML, on its way to a title: no tag is left in it, however wrapped. */
  public static String strip(String html) {
    if (html.chars().noneMatch(c -> c == '<' || c == '&' || c == 0)) {
      return html.strip();
    }
    return html.length() > LONG ? Turns.of(() -> stripTags(html)) : stripTags(html);
  }

  /** First tags as a browser reads them, written plainly and as entities; then all others. */
  private static String stripTags(String html) {
    String decoded = PlainText.decode(parsed(HtmlTags.of(html)));
    String plain =
        decoded.indexOf('<') < 0 ? decoded : PlainText.strip(parsed(HtmlTags.of(decoded)));
    return plain.strip();
  }

  /**
   * The HTML with its safe tags ({@code <b>}, {@code <p>}, {@code <a>}...), their safe attributes
   * and absolute links; with one tag that is not safe, all are stripped, and lines break where
   * blocks end. What comes back is HTML either way.
   */
  public static CleanHtml clean(String html) {
    if (html.indexOf('<') < 0 && html.indexOf('&') < 0) {
      return CleanHtml.of(html);
    }
    return CleanHtml.of(html.length() > LONG ? Turns.of(() -> cleanTags(html)) : cleanTags(html));
  }

  /**
   * The HTML of a text in which no tag counts: all are stripped, and what is written as entities
   * stays text, as {@code &lt;b&gt;} does.
   */
  public static CleanHtml withoutTags(String html) {
    if (html.indexOf('<') < 0 && html.indexOf('&') < 0) {
      return CleanHtml.of(html);
    }
    return CleanHtml.of(html.length() > LONG ? Turns.of(() -> lines(html)) : lines(html));
  }

  private static String lines(String html) {
    return lines(Jsoup.parseBodyFragment(HtmlTags.of(html)));
  }

  private static String lines(Document dirty) {
    return escaped(LinesOfText.of(dirty.body()));
  }

  /** As the text of an element needs it; quotes are only special in attributes. */
  private static String escaped(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }

  private static String cleanTags(String given) {
    HtmlTags tags = HtmlTags.of(given, TAGS);
    String html = tags.text();
    if (html.indexOf('<') < 0) {
      return html;
    }
    Document dirty = Jsoup.parseBodyFragment(html);
    return tags.hasOther()
        ? lines(dirty)
        : new Cleaner(SAFE).clean(dirty).outputSettings(AS_GIVEN).body().html();
  }

  /** The text that a reader of some HTML sees. */
  static String text(String html) {
    if (html.isEmpty()) {
      return html;
    }
    return html.length() > LONG ? Turns.of(() -> read(html)) : read(html);
  }

  private static String read(String html) {
    return Jsoup.parseBodyFragment(html).text();
  }

  private static String parsed(String html) {
    return Jsoup.clean(html, "", Safelist.none(), AS_GIVEN);
  }
}
