package slipway.http;

import java.util.List;
import java.util.Optional;
import slipway.details.CleanHtml;
import slipway.details.Markup;
import slipway.details.Tags;
import slipway.details.TextLimits;

/**
 * Reads what callers say of photos and albums: clean, and never longer than the limits. What is too
 * long is refused before any work is done with it.
 *
 * @param limits of the site
 */
public record TextParameters(TextLimits limits) {
  /** A title may come with so many times its length of tags and entities, which are stripped. */
  private static final int WRAPPING = 10;

  /**
   * The title, as plain text; empty when the parameter is missing.
   *
   * @throws ApiException when it is too long
   */
  public Optional<String> title(Parameters parameters) throws ApiException {
    return plain("title", parameters.given("title"), limits.title());
  }

  /**
   * The plain text of some HTML; empty when there is none.
   *
   * @param name of the parameter it came in
   * @param most its characters
   * @throws ApiException when it is too long
   */
  public static Optional<String> plain(String name, Optional<String> given, int most)
      throws ApiException {
    if (given.isEmpty()) {
      return given;
    }
    if (TextLimits.exceeds(given.get(), most * WRAPPING)) {
      throw ApiException.invalid(
          name, "at most " + most * WRAPPING + " characters, HTML tags included");
    }
    String plain = Markup.strip(given.get());
    check(name, plain, most);
    return Optional.of(plain);
  }

  /**
   * The description, with safe tags only; empty when the parameter is missing.
   *
   * @throws ApiException when it is too long, as given or cleaned
   */
  public Optional<CleanHtml> description(Parameters parameters) throws ApiException {
    Optional<String> given = parameters.given("description");
    if (given.isEmpty()) {
      return Optional.empty();
    }
    check("description", given.get(), limits.description());
    CleanHtml clean = Markup.clean(given.get());
    check("description", clean.html(), limits.description());
    return Optional.of(clean);
  }

  private static void check(String name, String text, int most) throws ApiException {
    if (TextLimits.exceeds(text, most)) {
      throw ApiException.invalid(name, "at most " + most + " characters");
    }
  }

  /**
   * The list of tags as it was given; empty when the parameter is missing.
   *
   * @throws ApiException when they are too many, or one is too long
   */
  public Optional<String> tagList(Parameters parameters) throws ApiException {
    Optional<String> given = parameters.given("tags");
    if (given.isPresent()) {
      tags("tags", given.get(), limits.tags());
    }
    return given;
  }

  /**
   * The tags of a list, each once.
   *
   * @param name of the parameter
   * @param most tags at most
   * @throws ApiException when they are more, or one is too long
   */
  public List<String> tags(String name, String list, int most) throws ApiException {
    if (!TextLimits.exceeds(list, limits.tagList())) {
      List<String> tags = Tags.parse(list);
      if (tags.size() <= most
          && tags.stream().noneMatch(tag -> TextLimits.exceeds(tag, limits.tag()))) {
        return tags;
      }
    }
    throw ApiException.invalid(
        name, "at most " + most + " tags of at most " + limits.tag() + " characters each");
  }

  /**
   * One tag; empty when the parameter is missing.
   *
   * @throws ApiException when it is too long
   */
  public String tag(Parameters parameters, String name) throws ApiException {
    return parameters.text(name, limits.tag());
  }
}
