package slipway.subtitle;

/**
 * The subtitles of a video in one language, without their text.
 *
 * @param locale the language
 * @param isDefault whether it is shown by default
 */
public record Subtitle(SubtitleLocale locale, boolean isDefault) {}
