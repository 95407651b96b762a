package slipway.db.postgres;

/** What is certain once a commit is answered. */
enum Durability {
  /** It holds whatever happens to the server. */
  WHOLE,
  /** A crash of the server may lose it. */
  SOFT
}
