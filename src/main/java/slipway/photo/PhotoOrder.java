package slipway.photo;

/** What a list of photos is ordered by; where that is the same, by photo_id. */
public enum PhotoOrder {
  PUBLISHED("p.published_at"),
  CREATED("p.created_at"),
  UPLOADED("p.created_at"),
  TITLE("n.folded"),
  TAKEN("coalesce(p.taken_at, p.created_at)"),
  VIEWS("p.view_count"),
  COMMENTS("p.comment_count"),
  RATING("p.rating"),
  /** By the first words of the description. */
  WORDS("lower(substr(p.description, 1, 100))");

  private final String expression;

  PhotoOrder(String expression) {
    this.expression = expression;
  }

  String sql(boolean ascending) {
    // The index of titles has the number too.
    return sql(expression, this == TITLE ? "n.photo_id" : "p.photo_id", ascending);
  }

  /** By title, while the titles of before are not folded. */
  static String unfolded(boolean ascending) {
    return sql("lower(p.title)", "p.photo_id", ascending);
  }

  private static String sql(String expression, String id, boolean ascending) {
    String direction = ascending ? "" : " desc";
    return expression + direction + ", " + id + direction;
  }
}
