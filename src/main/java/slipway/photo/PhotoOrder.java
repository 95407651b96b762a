package slipway.photo;

/** What a list of photos is ordered by; where that is the same, by photo_id. */
public enum PhotoOrder {
  PUBLISHED("p.published_at"),
  CREATED("p.created_at"),
  UPLOADED("p.created_at"),
  TITLE("lower(p.title)"),
  TAKEN("coalesce(p.taken_at, p.created_at)");

  private final String expression;

  PhotoOrder(String expression) {
    this.expression = expression;
  }

  String sql(boolean ascending) {
    String direction = ascending ? "" : " desc";
    return expression + direction + ", p.photo_id" + direction;
  }
}
