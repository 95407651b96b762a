package slipway.photo;

import org.jdbi.v3.core.Handle;

/** The order of a list of photos; photos with equal values are ordered by photo_id. */
public enum PhotoOrder {
  PUBLISHED("p.published_at"),
  CREATED("p.created_at"),
  UPLOADED("p.created_at"),
  TITLE("n.folded", Refold.TITLES, "lower(p.title)"),
  TAKEN("coalesce(p.taken_at, p.created_at)"),
  VIEWS("p.view_count"),
  COMMENTS("p.comment_count"),
  RATING("p.rating"),
  /** By the first words of the description's text. */
  WORDS("p.description_folded", Refold.DESCRIPTIONS, "lower(substr(p.description, 1, 100))");

  private final String expression;
  private final Refold refold;
  private final String before;

  PhotoOrder(String expression) {
    this(expression, null, expression);
  }

  /** By a folded column, or by another expression while earlier rows are not folded. */
  PhotoOrder(String expression, Refold refold, String before) {
    this.expression = expression;
    this.refold = refold;
    this.before = before;
  }

  /**
   * Whether its index excludes photos with 0, which may be most: these come in the order of their
   * numbers after the others, or before them.
   */
  boolean isWithoutZeros() {
    return this == COMMENTS || this == RATING;
  }

  /** The condition that its index has a photo, if {@link #isWithoutZeros}. */
  String isAboveZero() {
    return expression + " > 0";
  }

  /** The condition that it does not. */
  String isZero() {
    return expression + " = 0";
  }

  /** Whether some earlier rows are not folded yet. */
  boolean isUnfolded(Handle handle) {
    return refold != null && refold.isUnfinished(handle);
  }

  String sql(boolean ascending) {
    // The index of titles has the number too.
    return sql(expression, this == TITLE ? "n.photo_id" : "p.photo_id", ascending);
  }

  /** By the number of the photo alone. */
  static String byNumber(boolean ascending) {
    return ascending ? "p.photo_id" : "p.photo_id desc";
  }

  /** By the earlier expression, while {@link #isUnfolded}. */
  String unfolded(boolean ascending) {
    return sql(before, "p.photo_id", ascending);
  }

  private static String sql(String expression, String id, boolean ascending) {
    String direction = ascending ? "" : " desc";
    return expression + direction + ", " + id + direction;
  }
}
