package slipway.web;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * How the site presents itself on every page.
 *
 * @param name for people
 * @param logo what stands in place of the name; null for the name
 * @param darkLogo the same on dark pages; null for the one of light pages
 * @param accent the colour of buttons and links; null for Slipway's own
 * @param css a style sheet that counts after all others; null for none
 * @param links at the foot of every page
 */
public record Branding(
    String name,
    BrandFile logo,
    BrandFile darkLogo,
    AccentColour accent,
    BrandFile css,
    List<FooterLink> links) {
  private static final String ICON = "slipway.svg";

  /** The path, among the assets, of what browsers show beside the name of a page. */
  public String icon() {
    return logo == null ? ICON : logo.path();
  }

  /** The site's own style sheet; empty for none. */
  String styles() {
    return css == null ? "" : new String(css.bytes(), StandardCharsets.UTF_8);
  }

  /** What pages load of it. */
  List<BrandFile> files() {
    BrandFile colours = accent == null ? null : accent.css();
    return Stream.of(logo, darkLogo, colours, css).filter(Objects::nonNull).toList();
  }
}
