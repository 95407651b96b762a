package slipway.http;

import java.util.List;
import slipway.details.CleanHtml;
import slipway.details.Markup;
import slipway.details.Tags;
import slipway.details.TextLimits;

/**
 * The parameters that describe photos and albums: cleaned, and never longer than the limits. A text
 * that is too long is refused before any work is done with it.
 */
public final class TextParameters {
  /**
   * A title with its tags and entities, which are stripped, may have this many times its maximum
   * length.
   */
  private static final int WRAPPING = 10;

  private static final String TAGS = "tags";

  private final TextLimits limits;
  private final Parameter<String> title;
  private final Parameter<CleanHtml> description;
  private final Parameter<String> tagList;

  /** Those of a site with these limits. */
  public TextParameters(TextLimits limits) {
    this.limits = limits;
    this.title = plain("title", limits.title()).takingEmpty();
    this.description = html("description", limits.description()).takingEmpty();
    this.tagList = checkedList().takingEmpty();
  }

  /** The title, as plain text; a missing one is empty. */
  public Parameter<String> title() {
    return title;
  }

  /** The description, with safe tags only; a missing one is empty. */
  public Parameter<CleanHtml> description() {
    return description;
  }

  /** The list of tags as it was given; a missing one is empty. */
  public Parameter<String> tagList() {
    return tagList;
  }

  /**
   * The plain text of some HTML; a missing one is empty.
   *
   * @param most its characters
   */
  public static Parameter<String> plain(String name, int most) {
    String stays = "at most " + most + " characters";
    return Parameter.text(
            name, most * WRAPPING, "at most " + most * WRAPPING + " characters, HTML tags included")
        .as(
            (each, html) -> {
              String plain = Markup.strip(html);
              check(each, plain, most);
              return plain;
            })
        .orNone("")
        .words(
            "All HTML tags are stripped, and entities become their characters; "
                + stays
                + " remain.");
  }

  /**
   * HTML with safe tags only; a missing one is empty.
   *
   * @param most its characters, tags included
   */
  public static Parameter<CleanHtml> html(String name, int most) {
    return Parameter.text(name, most)
        .as(
            (each, html) -> {
              CleanHtml clean = Markup.clean(html);
              check(each, clean.html(), most);
              return clean;
            })
        .orNone(CleanHtml.NONE)
        .words(
            "Safe HTML tags are kept, without attributes and links that are not safe; one disallowed"
                + " tag strips them all.");
  }

  private static void check(String name, String text, int most) throws ApiException {
    if (TextLimits.exceeds(text, most)) {
      throw ApiException.invalid(name, "at most " + most + " characters");
    }
  }

  private Parameter<String> checkedList() {
    Parameter<String> list = tagText(limits.tags());
    return list.as(
            (each, text) -> {
              parse(each, text, limits.tags());
              return text;
            })
        .orNone("");
  }

  /**
   * The tags of the parameter {@code tags}, each once; a missing list is empty. A text without any
   * tag, such as a single quote, is refused.
   *
   * @param most tags at most
   */
  public Parameter<List<String>> tags(int most) {
    return tagText(most).as((each, text) -> some(each, text, most)).orNone(List.of());
  }

  private List<String> some(String name, String text, int most) throws ApiException {
    List<String> tags = parse(name, text, most);
    if (tags.isEmpty() && !text.isBlank()) {
      throw ApiException.invalid(name, "at least one tag, and " + validTags(most));
    }
    return tags;
  }

  private Parameter<String> tagText(int most) {
    return Parameter.text(TAGS, limits.tagList(), validTags(most))
        .words(
            "Space-separated; several words in double quotes; at most "
                + most
                + " tags of "
                + limits.tag()
                + " characters each.");
  }

  private String validTags(int most) {
    return "at most " + most + " tags of at most " + limits.tag() + " characters each";
  }

  private List<String> parse(String name, String list, int most) throws ApiException {
    List<String> tags = Tags.parse(list);
    if (tags.size() > most
        || tags.stream().anyMatch(tag -> TextLimits.exceeds(tag, limits.tag()))) {
      throw ApiException.invalid(name, validTags(most));
    }
    return tags;
  }

  /** One tag; a missing one is empty. */
  public Parameter<String> tag(String name) {
    return Parameter.text(name, limits.tag());
  }
}
