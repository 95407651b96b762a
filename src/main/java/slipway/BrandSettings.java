package slipway;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import slipway.web.AccentColour;
import slipway.web.BrandFile;
import slipway.web.Branding;
import slipway.web.FooterLink;

/** Reads how the site presents itself. */
final class BrandSettings {
  private static final String NAME = "slipway.site.name";
  private static final String LOGO = "slipway.site.logo";
  private static final String DARK_LOGO = "slipway.site.logo-dark";
  private static final String ACCENT = "slipway.site.accent";
  private static final String CSS = "slipway.site.css";
  private static final String FOOTER = "slipway.site.footer";
  private static final int MOST_NAME_CHARS = 100;
  private static final int MOST_LINKS = 20;

  private BrandSettings() {}

  static Branding read(SettingSource source) {
    BrandFile logo = picture(source, LOGO, "logo");
    BrandFile dark = picture(source, DARK_LOGO, "logo-dark");
    if (logo == null && dark != null) {
      throw new IllegalArgumentException(
          "The setting " + DARK_LOGO + " needs " + LOGO + ", which light pages have");
    }
    return new Branding(name(source), logo, dark, accent(source), css(source), links(source));
  }

  private static String name(SettingSource source) {
    String name = source.text(NAME, "Slipway");
    if (name.codePointCount(0, name.length()) > MOST_NAME_CHARS
        || name.codePoints().anyMatch(Character::isISOControl)) {
      throw SettingSource.invalid(
          NAME, "of " + MOST_NAME_CHARS + " characters at most, on one line");
    }
    return name;
  }

  private static BrandFile picture(SettingSource source, String setting, String name) {
    return file(
        source,
        setting,
        bytes -> BrandFile.picture(name, bytes),
        "an SVG, a PNG, a JPEG or a WebP");
  }

  private static BrandFile css(SettingSource source) {
    return file(source, CSS, bytes -> BrandFile.css("site", bytes), "a style sheet in UTF-8");
  }

  private static BrandFile file(
      SettingSource source,
      String setting,
      Function<byte[], Optional<BrandFile>> kind,
      String words) {
    byte[] bytes = source.file(setting, BrandFile.MOST_BYTES);
    return bytes == null
        ? null
        : kind.apply(bytes)
            .orElseThrow(() -> SettingSource.invalid(setting, "the path of " + words));
  }

  private static AccentColour accent(SettingSource source) {
    String colour = source.text(ACCENT, null);
    return colour == null
        ? null
        : AccentColour.of(colour)
            .orElseThrow(
                () -> SettingSource.invalid(ACCENT, "a colour of six hex digits, such as #0b6bcb"));
  }

  private static List<FooterLink> links(SettingSource source) {
    List<FooterLink> links = source.list(FOOTER, "").stream().map(BrandSettings::link).toList();
    if (links.size() > MOST_LINKS) {
      throw SettingSource.invalid(FOOTER, MOST_LINKS + " links at most");
    }
    return links;
  }

  private static FooterLink link(String entry) {
    return FooterLink.of(entry)
        .orElseThrow(
            () ->
                SettingSource.invalid(
                    FOOTER,
                    "links such as Imprint https://example.com/imprint,Help /help, each of words of"
                        + " at most "
                        + FooterLink.MOST_CHARS
                        + " characters, a space and an address of http, https or mailto, or a path:"
                        + " '"
                        + entry
                        + "' is not one"));
  }
}
