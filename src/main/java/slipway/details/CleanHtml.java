package slipway.details;

/**
 * HTML with safe tags only: the only text that pages print unescaped. It comes from {@link
 * Markup#clean}, or from a column that holds nothing else.
 */
public final class CleanHtml {
  /** No HTML: a single object, as tokens are kept by the million. */
  public static final CleanHtml NONE = new CleanHtml("");

  private final String html;

  private CleanHtml(String html) {
    this.html = html;
  }

  /** The cleaner's output. */
  static CleanHtml of(String cleaned) {
    return cleaned.isEmpty() ? NONE : new CleanHtml(cleaned);
  }

  /**
   * The content of a column to which only clean HTML is written.
   *
   * @param column null for null
   */
  public static CleanHtml stored(String column) {
    return column == null ? null : of(column);
  }

  /** The HTML itself. */
  public String html() {
    return html;
  }

  /** The text that a reader sees. */
  public String text() {
    return Markup.text(html);
  }

  /** Whether it is empty. */
  public boolean isEmpty() {
    return html.isEmpty();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof CleanHtml that && html.equals(that.html);
  }

  @Override
  public int hashCode() {
    return html.hashCode();
  }

  /** Never the HTML, which would be escaped where it is printed this way. */
  @Override
  public String toString() {
    return "CleanHtml[" + html.length() + "]";
  }
}
