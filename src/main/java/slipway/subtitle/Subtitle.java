package slipway.subtitle;

/**
 * The subtitles of a video in one language, without their text.
 *
 * @param locale the language
 * @param isDefault whether it is shown without being asked for
 */
public record Subtitle(SubtitleLocale locale, boolean isDefault) {}
