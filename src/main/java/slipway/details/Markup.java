package slipway.details;

import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Document.OutputSettings;
import org.jsoup.nodes.Entities.EscapeMode;
import org.jsoup.safety.Cleaner;
import org.jsoup.safety.Safelist;

/** Cleans the HTML in titles and descriptions, as photo/get-upload-token promises. */
public final class Markup {
  private static final Safelist SAFE = Safelist.basic().addTags("h1", "h2", "h3", "h4", "hr");
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

  /** Tags as a browser reads them first, written plainly and as entities; then all others. */
  private static String stripTags(String html) {
    String decoded = PlainText.decode(withoutTags(html));
    String plain = decoded.indexOf('<') < 0 ? decoded : PlainText.strip(withoutTags(decoded));
    return plain.strip();
  }

  /**
   * The HTML as it is when it holds safe tags only ({@code <b>}, {@code <p>}, {@code <a>}...); with
   * one tag or attribute that is not, all its tags are stripped. What comes back is HTML either
   * way.
   */
  public static CleanHtml clean(String html) {
    if (html.indexOf('<') < 0) {
      return CleanHtml.of(html);
    }
    return CleanHtml.of(html.length() > LONG ? Turns.of(() -> cleanTags(html)) : cleanTags(html));
  }

  private static String cleanTags(String html) {
    Document dirty = Jsoup.parseBodyFragment(html);
    Cleaner cleaner = new Cleaner(SAFE);
    if (!cleaner.isValid(dirty)) {
      return withoutTags(html).strip();
    }
    return cleaner.clean(dirty).outputSettings(AS_GIVEN).body().html();
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

  private static String withoutTags(String html) {
    return Jsoup.clean(html, "", Safelist.none(), AS_GIVEN);
  }
}
