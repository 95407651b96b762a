package slipway.token;

import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jdbi.v3.core.Handle;
import slipway.db.Database;
import slipway.db.Plain;
import slipway.db.RowReader;
import slipway.details.Details;

/**
 * The uses of tokens that are taken, each with a row that says which node has it, and counted in
 * its token's row. Each statement checks and changes the token's row at once, as a count that was
 * read before might be outdated.
 */
final class UseTable {
  /** A use that is taken. */
  record Out(String node, long number) {}

  /** How many rows one search for lost uses finds at most. */
  private static final int MOST_LOST = 1000;

  private static final String TAKE =
      """
      with taken as (
        update upload_token set reserved = reserved + 1
        where token = ? and spent + reserved < max_uploads and revoked_at is null
          and not exists (select 1 from credential c
            where c.credential_id = upload_token.credential_id and c.tokens_revoked_at is not null)
          %s
        returning *),
      noted as (insert into token_use (node_id, number, token, upload_id)
        select ?, ?, token, cast(? as text) from taken)
      select *, cast(null as bigint) as withdrawn_at from taken""";

  private static final String TAKE_VALID =
      TAKE.formatted("and (replaces is null) = ? and valid_until > ? and valid_until <= ?");

  /** A node that was paused takes nothing for, or from, an upload of another node. */
  private static final String NOT_OF_ANOTHER =
      "and not exists (select 1 from chunked_upload c where c.upload_id = ? and c.node_id <> ?)";

  private static final String TAKE_ANY = TAKE.formatted(NOT_OF_ANOTHER);

  /**
   * The use that an upload has: as it began in time, it may finish even if the token was revoked.
   */
  private static final String MOVE =
      """
      with moved as (
        update token_use set node_id = ?, number = ?
        where upload_id = ? %s
          and exists (select 1 from upload_token k where k.token = token_use.token)
        returning token)
      select *, cast(null as bigint) as withdrawn_at from upload_token
      where token in (select token from moved)"""
          .formatted(NOT_OF_ANOTHER);

  private static final String BIND =
      "update token_use set upload_id = ? where node_id = ? and number = ?";

  private static final String RETURN =
      """
      with gone as (delete from token_use where node_id = ? and number = ? returning token),
      counted as (update upload_token set reserved = reserved - 1
        where token in (select token from gone))
      select token from gone""";

  /** The token's row may no longer exist. */
  private static final String SPEND =
      """
      with gone as (delete from token_use where node_id = ? and number = ? returning token),
      counted as (update upload_token set spent = spent + 1, reserved = reserved - 1
        where token in (select token from gone) returning *)
      select counted.*, counted.token is not null as is_there
      from gone left join counted on counted.token = gone.token""";

  private static final String SPEND_ANOTHER =
      """
      update upload_token set spent = spent + 1 where token = ? and spent + reserved < max_uploads
      returning *""";

  /** It does not belong to an upload in pieces, which some node will continue. */
  private static final String UNBOUND =
      """
      (upload_id is null or not exists (select 1 from chunked_upload c
        where c.upload_id = u.upload_id and c.photo_id is null))""";

  private static final String OF_NODE =
      "select node_id, number from token_use u where node_id = ? and " + UNBOUND;

  private static final String OF_DEAD =
      """
      select node_id, number from token_use u
      where not exists (select 1 from node n where n.node_id = u.node_id) and %s
      limit %d"""
          .formatted(UNBOUND, MOST_LOST);

  private final Database database;
  private final String node;

  /** The uses that this node takes have its name. */
  UseTable(Database database, String node) {
    this.database = database;
    this.node = node;
  }

  /**
   * Takes a use of a token that is valid at that moment.
   *
   * @return the token as it is now; empty when there is none to take
   */
  Optional<KeptToken> takeValid(long number, String token, TokenPurpose purpose, long now) {
    return one(
        database.alone(
            TokenRow::of,
            TAKE_VALID,
            token,
            purpose == TokenPurpose.UPLOAD,
            now,
            UploadToken.mostValidUntil(now),
            node,
            number,
            null));
  }

  /** The same for a token of any purpose, which may have expired, for an upload in pieces. */
  Optional<KeptToken> takeAny(long number, String token, String upload) {
    return one(database.alone(TokenRow::of, TAKE_ANY, token, upload, node, node, number, upload));
  }

  /**
   * Takes over the use of an upload in pieces, whichever node received it.
   *
   * @return empty when it has none, or another node has the upload
   */
  Optional<KeptToken> takeOver(long number, String upload) {
    return one(database.alone(TokenRow::of, MOVE, node, number, upload, upload, node));
  }

  /** Notes for which upload in pieces a use is. */
  void bind(Handle tx, long number, String upload) {
    Plain.execute(tx, BIND, upload, node, number);
  }

  private static <T> Optional<T> one(List<T> rows) {
    return rows.stream().findFirst();
  }

  /**
   * Spends a use in the caller's transaction. One that was taken from its node, which had been
   * silent for too long, is replaced by another.
   *
   * @return asks for what the photos of the token get now; empty when there is no other
   */
  Supplier<Optional<Details>> spend(Handle tx, long number, UploadToken token) {
    Supplier<List<Details>> spent =
        Plain.ask(
            tx,
            row -> row.flag("is_there") ? TokenRow.details(row) : token.details(),
            SPEND,
            node,
            number);
    return () -> one(spent.get()).or(() -> spendAnother(tx, token.id()));
  }

  private static Optional<Details> spendAnother(Handle tx, String token) {
    return one(Plain.query(tx, TokenRow::details, SPEND_ANOTHER, token));
  }

  /** Returns a use, unless it was returned or spent already. */
  void giveBack(long number) {
    giveBack(new Out(node, number));
  }

  /**
   * The same for a use of any node.
   *
   * @return whether it was taken
   */
  boolean giveBack(Out use) {
    return !database.alone(row -> row.text("token"), RETURN, use.node(), use.number()).isEmpty();
  }

  /**
   * Uses that this node has taken, according to the database, except for those of uploads in
   * pieces.
   */
  List<Out> own() {
    return database.read(handle -> Plain.query(handle, UseTable::out, OF_NODE, node));
  }

  /** The same for nodes that are gone. */
  List<Out> ofTheDead() {
    return database.read(handle -> Plain.query(handle, UseTable::out, OF_DEAD));
  }

  private static Out out(RowReader row) throws SQLException {
    return new Out(row.text("node_id"), row.number("number"));
  }
}
