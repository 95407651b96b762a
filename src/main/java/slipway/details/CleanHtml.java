package slipway.details;

/**
 * HTML with safe tags only: the one thing that pages print as it is. It comes from {@link
 * Markup#clean}, or from a column that holds nothing else.
 */
public final class CleanHtml {
  /** Nothing: the one object of it, as tokens are kept by the million. */
  public static final CleanHtml NONE = new CleanHtml("");

  private final String html;

  private CleanHtml(String html) {
    this.html = html;
  }

  /** What the cleaner made. */
  static CleanHtml of(String cleaned) {
    return cleaned.isEmpty() ? NONE : new CleanHtml(cleaned);
  }

  /**
   * What a column holds that only clean HTML is written to.
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

  /** The text that its reader sees. */
  public String text() {
    return Markup.text(html);
  }

  /** Whether there is none. */
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
