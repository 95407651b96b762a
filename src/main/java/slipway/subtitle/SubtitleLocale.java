package slipway.subtitle;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The language of subtitles.
 *
 * @param id as the platform writes it, such as {@code da}, {@code en_US} or {@code zh_Hant_TW}
 */
public record SubtitleLocale(String id) {
  /** Characters of the longest one. */
  public static final int MAX_LENGTH = 12;

  private static final Pattern FORM =
      Pattern.compile("([A-Za-z]{2,3})(?:[_-]([A-Za-z]{4}))?(?:[_-]([A-Za-z]{2}|[0-9]{3}))?");

  /** The codes that ISO 639 withdrew in 1989, and Java wrote until 17. */
  private static final Map<String, String> RENAMED = Map.of("iw", "he", "in", "id", "ji", "yi");

  private static final Set<String> LANGUAGES = Set.of(Locale.getISOLanguages());
  private static final Set<String> COUNTRIES = Set.of(Locale.getISOCountries());

  /**
   * The locale that a text names, whether with underscores or, as BCP 47 has it, with hyphens, and
   * without regard to case. A language of two letters must be one of ISO 639-1, a country of two
   * one of ISO 3166-1. The former codes of Hebrew, Indonesian and Yiddish mean the present ones.
   */
  public static Optional<SubtitleLocale> of(String text) {
    Matcher form = FORM.matcher(text);
    if (!form.matches()) {
      return Optional.empty();
    }
    String given = form.group(1).toLowerCase(Locale.ROOT);
    String language = RENAMED.getOrDefault(given, given);
    String region = form.group(3) == null ? "" : form.group(3).toUpperCase(Locale.ROOT);
    boolean isKnown =
        (language.length() != 2 || LANGUAGES.contains(language))
            && (region.length() != 2 || COUNTRIES.contains(region));
    return isKnown
        ? Optional.of(new SubtitleLocale(language + script(form.group(2)) + after(region)))
        : Optional.empty();
  }

  private static String script(String given) {
    return given == null
        ? ""
        : after(
            given.substring(0, 1).toUpperCase(Locale.ROOT)
                + given.substring(1).toLowerCase(Locale.ROOT));
  }

  private static String after(String part) {
    return part.isEmpty() ? "" : "_" + part;
  }

  /** As HTML names it (BCP 47), such as {@code en-US}. */
  public String tag() {
    return id.replace('_', '-');
  }

  /** Its name in English, such as {@code Danish (Denmark)}. */
  public String englishName() {
    return locale().getDisplayName(Locale.ENGLISH);
  }

  /** Its name in the language itself, such as {@code Dansk (Danmark)}. */
  public String ownName() {
    String name = locale().getDisplayName(locale());
    return name.substring(0, 1).toUpperCase(locale()) + name.substring(1);
  }

  private Locale locale() {
    return Locale.forLanguageTag(tag());
  }
}
