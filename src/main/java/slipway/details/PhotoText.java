package slipway.details;

import java.util.List;
import java.util.Set;

/**
 * What is said of a photo, with the words that it is found by. To make one parses HTML: never do so
 * in a transaction that writes.
 *
 * @param title plain text
 * @param description what else is said
 * @param tags in the order given
 * @param words that a search finds it by
 */
public record PhotoText(String title, CleanHtml description, List<String> tags, Set<String> words) {
  /** Characters of a description that are indexed. */
  private static final int INDEXED = 100_000;

  /** The text of a photo; its first words are found. */
  public static PhotoText of(String title, CleanHtml description, List<String> tags) {
    return new PhotoText(title, description, tags, words(title, description, tags));
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
   * The words by which a photo of these details is found.
   *
   * @param description only its text counts
   */
  public static Set<String> words(String title, CleanHtml description, List<String> tags) {
    String read = Markup.text(TextLimits.first(description.html(), INDEXED));
    return Words.of(String.join(" ", tags) + " " + title + " " + read);
  }

  /** Says nothing that is not for everybody. */
  @Override
  public String toString() {
    return "PhotoText[]";
  }
}
