package slipway.http.subtitle;

import java.util.List;
import slipway.http.ApiException;
import slipway.http.ErrorCode;
import slipway.http.Parameter;
import slipway.subtitle.SubtitleFormat;
import slipway.subtitle.SubtitleLocale;

/** The parameters that the methods on subtitles share. */
public final class SubtitleParameter {
  private static final String VALID_LOCALE = "a language such as da, en_US or zh_Hant_TW";

  /** The language, where it is optional. */
  static final Parameter<SubtitleLocale> ANY_LOCALE =
      Parameter.text("locale", 40, VALID_LOCALE)
          .as(
              (name, text) ->
                  SubtitleLocale.of(text)
                      .orElseThrow(() -> ApiException.invalid(name, VALID_LOCALE)))
          .words("The language; the default one if missing, or else the first.");

  /** The language. */
  public static final Parameter<SubtitleLocale> LOCALE =
      ANY_LOCALE
          .required(VALID_LOCALE)
          .words("The language, such as da or en_US (en-US is the same).");

  /** Their kind; there is only one. */
  public static final Parameter<String> TYPE =
      Parameter.choice("type", List.of("general"), type -> type, "general")
          .orElse("general")
          .words("There are no other kinds of subtitles.");

  static final Parameter<Boolean> STRIPPED =
      Parameter.flag("stripped_p").orElse(false).words("1: without tags such as <i>.");

  static final Parameter<SubtitleFormat> FORMAT =
      Parameter.choice(
              "subtitle_format",
              List.of(SubtitleFormat.WEBSRT, SubtitleFormat.JSON, SubtitleFormat.VTT),
              SubtitleFormat::id,
              "websrt, json or vtt")
          .orElse(SubtitleFormat.WEBSRT)
          .words("websrt: SRT; json: an object with times in seconds; vtt: WebVTT.");

  private SubtitleParameter() {}

  static Parameter<Void> expire() {
    return Parameter.refused("expire", "the token of a photo does not expire");
  }

  static ApiException missing() {
    return new ApiException(
        ErrorCode.NO_SUCH_SUBTITLE, "The photo has no subtitles in this language.");
  }
}
