package slipway.db.postgres;

/** What of a commit is sure once it is answered. */
enum Durability {
  /** It holds whatever happens to the server. */
  WHOLE,
  /** A crash of the server may lose it. */
  SOFT
}
