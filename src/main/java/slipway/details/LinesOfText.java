package slipway.details;

import java.util.Set;
import org.jsoup.nodes.Element;
import org.jsoup.nodes.Node;
import org.jsoup.nodes.TextNode;
import org.jsoup.select.NodeVisitor;

/** The text of some HTML, with line breaks where its blocks begin and end. */
final class LinesOfText implements NodeVisitor {
  private static final Set<String> BLOCKS =
      Set.of(
          "address",
          "article",
          "aside",
          "blockquote",
          "caption",
          "center",
          "dd",
          "details",
          "dialog",
          "dir",
          "div",
          "dl",
          "dt",
          "fieldset",
          "figcaption",
          "figure",
          "footer",
          "form",
          "h1",
          "h2",
          "h3",
          "h4",
          "h5",
          "h6",
          "header",
          "hgroup",
          "hr",
          "legend",
          "li",
          "main",
          "menu",
          "nav",
          "ol",
          "p",
          "pre",
          "search",
          "section",
          "summary",
          "table",
          "tbody",
          "tfoot",
          "thead",
          "tr",
          "ul");

  private final StringBuilder text = new StringBuilder();
  private boolean isLineBegun;

  private LinesOfText() {}

  static String of(Element body) {
    LinesOfText lines = new LinesOfText();
    body.traverse(lines);
    return lines.text.toString().strip();
  }

  @Override
  public void head(Node node, int depth) {
    if (node instanceof TextNode words) {
      add(words.getWholeText());
    } else if (node.nameIs("br")) {
      text.append('\n');
      isLineBegun = false;
    } else if (BLOCKS.contains(node.nodeName())) {
      breakLine();
    }
  }

  @Override
  public void tail(Node node, int depth) {
    if (BLOCKS.contains(node.nodeName())) {
      breakLine();
    }
  }

  /** The space at the beginning of a block is not part of its text. */
  private void add(String words) {
    String shown = isLineBegun || text.isEmpty() ? words : words.stripLeading();
    text.append(shown);
    isLineBegun |= !shown.isBlank();
  }

  private void breakLine() {
    if (isLineBegun) {
      text.append('\n');
      isLineBegun = false;
    }
  }
}
