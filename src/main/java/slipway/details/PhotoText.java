package slipway.details;

import java.util.List;
import java.util.Set;

/**
 * The metadata of a photo, with the words that it is found by. Making one parses HTML: never do so
 * in a transaction that writes.
 *
 * @param title plain text
 * @param description what else is said
 * @param tags in the order given
 * @param words that a search finds it by
 * @param descriptionFolded what lists by description are sorted by
 */
public record PhotoText(
    String title,
    CleanHtml description,
    List<String> tags,
    Set<String> words,
    String descriptionFolded) {
  /** Characters of a description's HTML from which the sort text is taken. */
  public static final int SORTED_HTML = 1000;

  /** Characters of the sort text. */
  private static final int SORTED = 100;

  /** Characters of a description that are indexed. */
  private static final int INDEXED = 100_000;

  /** The text of a photo; its first words are found. */
  public static PhotoText of(String title, CleanHtml description, List<String> tags) {
    String read = Markup.text(TextLimits.first(description.html(), INDEXED));
    String folded =
        TextLimits.exceeds(description.html(), SORTED_HTML)
            ? descriptionFolded(description)
            : Folding.start(read, SORTED);
    return new PhotoText(title, description, tags, words(title, read, tags), folded);
  }

  /**
   * The text of a photo with these details, which may have been kept before there were limits: cut
   * to them.
   */
  public static PhotoText of(Details details, TextLimits limits) {
    List<String> some =
        Tags.parse(TextLimits.first(details.tags(), limits.tagList())).stream()
            .limit(limits.tags())
            .map(tag -> TextLimits.first(tag, limits.tag()).strip())
            .distinct()
            .toList();
    return of(
        TextLimits.first(details.title(), limits.title()),
        CutText.html(details.description(), limits.description(), Long.MAX_VALUE),
        some);
  }

  /**
   * The text that lists are sorted by, from a description or its first {@link #SORTED_HTML}
   * characters.
   */
  public static String descriptionFolded(CleanHtml description) {
    return Folding.start(Markup.text(TextLimits.first(description.html(), SORTED_HTML)), SORTED);
  }

  private static Set<String> words(String title, String read, List<String> tags) {
    return Words.of(String.join(" ", tags) + " " + title + " " + read);
  }

  /** Contains nothing private. */
  @Override
  public String toString() {
    return "PhotoText[]";
  }
}
