package slipway.web;

import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import slipway.details.Markup;

/**
 * The one style sheet of the pages that visitors come to from elsewhere: upload pages, those of
 * links, and those that only say something. They look as all others do, and are there at once on a
 * slow network: Pico alone would take as long as the uploader itself.
 */
final class VisitorStyles {
  /** What stands in these pages beside the texts of those who describe an upload. */
  private static final Set<String> OWN =
      Set.of(
          // What every page is made of.
          "html",
          "body",
          "header",
          "main",
          "footer",
          "picture",
          "img",
          "svg",
          ".container",
          // Forms.
          "form",
          "label",
          "input",
          "button",
          "[type=file]",
          "[type=password]",
          "[type=submit]",
          "[type=button]",
          "[role=button]",
          ".secondary",
          ".outline",
          "[hidden]",
          "[disabled]",
          // What opens.
          "details",
          "summary",
          "[open]",
          "[dir=rtl]",
          "[role]");

  private static final Set<String> NAMES =
      Stream.concat(OWN.stream(), Markup.TAGS.stream()).collect(Collectors.toUnmodifiableSet());

  private VisitorStyles() {}

  /**
   * The sheet.
   *
   * @param pico Pico's style sheet
   * @param own ours
   * @param sites the site's, which is loaded after it and may ask for Pico's properties
   */
  static String of(String pico, String own, String sites) {
    return StyleSubset.of(pico, NAMES, own, sites) + CssText.withoutComments(own);
  }
}
