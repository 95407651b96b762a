package slipway.web;

import gg.jte.output.StringOutput;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Makes a page in every language and discards it, so that everything that pages need is loaded at
 * the start: Java does not look again for texts, or a class, that it once failed to read.
 */
public final class PageRehearsal {
  private PageRehearsal() {}

  /** Makes the pages. */
  public static void run() {
    for (String language : Texts.languages()) {
      Texts texts = Texts.in(new Locale(language));
      PageTemplate.render(
          "error",
          Map.of(
              "site",
              new Branding("", null, null, null, null, List.of()),
              "base",
              "",
              "assets",
              "",
              "texts",
              texts,
              "status",
              404,
              "message",
              texts.error(404)),
          new StringOutput());
    }
  }
}
