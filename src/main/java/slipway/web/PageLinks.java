package slipway.web;

/**
 * Where a page of the gallery stands.
 *
 * @param number from 1
 * @param last the last page's number, at least 1
 * @param path of the section, whose query the page's number is added to
 */
public record PageLinks(int number, int last, String path) {
  static final int SIZE = 24;

  static PageLinks of(String asked, long total, String path) {
    int last = (int) Math.max(1, Math.min(Integer.MAX_VALUE, (total + SIZE - 1) / SIZE));
    int number = asked != null && asked.matches("[1-9]\\d{0,8}") ? Integer.parseInt(asked) : 1;
    return new PageLinks(Math.min(number, last), last, path);
  }

  long offset() {
    return (number - 1L) * SIZE;
  }

  /** The address of another page of the section. */
  public String to(int page) {
    return path + (page == 1 ? "" : (path.contains("?") ? "&" : "?") + "p=" + page);
  }
}
