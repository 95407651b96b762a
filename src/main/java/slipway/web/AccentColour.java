package slipway.web;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The site's colour. Buttons have it as it is, with words that are white or black; of links, which
 * stand on a light ground or a dark one, it is made darker or lighter as far as they need it to be
 * read (WCAG 2.2, 1.4.3).
 */
public record AccentColour(Rgb button) {
  private static final Pattern HEX = Pattern.compile("#([0-9a-fA-F]{6})");

  /** The contrast that words need. */
  private static final double READABLE = 4.5;

  /** The darkest ground that links have on light pages, and the lightest on dark ones. */
  private static final Rgb LIGHT = Rgb.of(0xf3f4f6);

  private static final Rgb DARK = Rgb.of(0x1d2833);

  private static final double HOVER = 0.2;

  /** A colour such as {@code #0b6bcb}; empty for what is none. */
  public static Optional<AccentColour> of(String text) {
    Matcher hex = HEX.matcher(text);
    return hex.matches()
        ? Optional.of(new AccentColour(Rgb.of(Integer.parseInt(hex.group(1), 16))))
        : Optional.empty();
  }

  /** The words on a button. */
  private Rgb words() {
    return button.contrast(Rgb.WHITE) >= READABLE ? Rgb.WHITE : Rgb.BLACK;
  }

  private Rgb pressed() {
    return button.mixed(words().equals(Rgb.WHITE) ? Rgb.BLACK : Rgb.WHITE, HOVER);
  }

  /** The style sheet that gives it to Pico's parts and to the uploader. */
  public BrandFile css() {
    String css =
        rule(":root:not([data-theme=dark]), [data-theme=light]", LIGHT, Rgb.BLACK)
            + "@media (prefers-color-scheme: dark) {\n"
            + rule(":root:not([data-theme])", DARK, Rgb.WHITE)
            + "}\n";
    return new BrandFile("brand/accent.css", css.getBytes(StandardCharsets.UTF_8));
  }

  /**
   * The colours on a ground.
   *
   * @param away the end of the scale that is farther from the ground
   */
  private String rule(String selector, Rgb ground, Rgb away) {
    Rgb link = button.towards(away, ground, READABLE);
    return """
    %1$s {
      --pico-primary: %2$s;
      --pico-primary-hover: %3$s;
      --pico-primary-underline: %2$s80;
      --pico-primary-focus: %2$sbf;
      --pico-primary-background: %4$s;
      --pico-primary-hover-background: %5$s;
      --pico-primary-inverse: %6$s;
      --pico-form-element-active-border-color: %2$s;
      --pico-form-element-focus-color: %2$s;
      --pico-progress-color: %2$s;
      --slipway-accent: %4$s;
      --slipway-accent-hover: %5$s;
      --slipway-accent-text: %6$s;
      --slipway-link: %2$s;
    }
    """
        .formatted(selector, link, link.mixed(away, HOVER), button, pressed(), words());
  }
}
