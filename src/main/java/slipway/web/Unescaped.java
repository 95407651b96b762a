package slipway.web;

import gg.jte.Content;
import gg.jte.TemplateOutput;
import slipway.details.CleanHtml;

/**
 * How a template prints HTML as it is: {@code ${Unescaped.of(html)}}. In place of {@code $unsafe},
 * which takes any text.
 */
public record Unescaped(CleanHtml html) implements Content {
  /** Prints that HTML. */
  public static Content of(CleanHtml html) {
    return new Unescaped(html);
  }

  @Override
  public void writeTo(TemplateOutput output) {
    output.writeContent(html.html());
  }
}
