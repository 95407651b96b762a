package slipway.token.link;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;
import slipway.db.Column;
import slipway.db.Database;
import slipway.db.Plain;
import slipway.db.RowReader;
import slipway.details.Details;
import slipway.token.IssuerRevokedException;
import slipway.token.ReturnTo;
import slipway.token.TokenRegistry;
import slipway.token.UploadToken;

/** The upload links, in the database. For many threads and nodes. */
public final class UploadLinks {
  private static final String INSERT =
      """
      insert into upload_link (upload_link, name, password, return_url, user_id, album_id, title,
        description, tags, publish, max_bytes, accept, valid_minutes, max_uploads, valid_until,
        max_guests, max_files, max_total, notified, credential_id, issuer_user_id, created_at)
      select ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?
      where not exists (
        select 1 from credential where credential_id = ? and revoked_at is not null)\
      """;

  private static final String UPDATE =
      """
      update upload_link set name = ?, password = ?, return_url = ?, user_id = ?, album_id = ?,
        title = ?, description = ?, tags = ?, publish = ?, max_bytes = ?, accept = ?,
        valid_minutes = ?, max_uploads = ?, valid_until = ?, max_guests = ?, max_files = ?,
        max_total = ?, notified = ?, version = version + 1
      where upload_link = ? and version = ?\
      """;

  /** When a link was revoked, by itself or with the credential that made it. */
  private static final String WITHDRAWN =
      """
      coalesce(revoked_at, (select c.revoked_at from credential c
        where c.credential_id = upload_link.credential_id))""";

  private static final String SELECT =
      "select *, %s as withdrawn_at from upload_link".formatted(WITHDRAWN);

  /**
   * One more guest: checked and counted by one statement, so that concurrent guests never exceed a
   * total.
   */
  private static final String ADMIT =
      """
      update upload_link set guests = guests + 1
      where upload_link = ? and valid_until > ? and %s is null
        and (max_guests = 0 or guests < max_guests)
        and (max_files = 0 or files < max_files)
        and (max_total = 0 or bytes < max_total)"""
          .formatted(WITHDRAWN);

  /** No id is longer, whatever is requested. */
  private static final int LONGEST_ID = 100;

  private final Database database;
  private final Clock clock;

  /** Those of that database. */
  public UploadLinks(Database database, Clock clock) {
    this.database = database;
    this.clock = clock;
  }

  /**
   * Adds a link; on return it survives a crash.
   *
   * @throws IssuerRevokedException when the credential that makes it has been revoked meanwhile
   */
  public void add(UploadLink link) {
    Long credential = link.issuer().credentialId();
    List<Object> values = said(link);
    values.add(0, link.id());
    Collections.addAll(values, credential, link.issuer().userId(), clock.millis(), credential);
    int added = database.execute(INSERT, values.toArray());
    if (added == 0) {
      throw new IssuerRevokedException();
    }
  }

  /** The link, even if it is over or revoked; empty when it is unknown. */
  public Optional<KeptLink> find(String id) {
    return id.length() > LONGEST_ID
        ? Optional.empty()
        : database.read(
            handle ->
                Plain.query(handle, LinkRow::of, SELECT + " where upload_link = ?", id).stream()
                    .findFirst());
  }

  /**
   * The links that are kept, revoked ones too, the newest first.
   *
   * @param credentialId the credential that made them; null for all
   * @param from how many to leave out at the start
   * @param count how many at most
   */
  public List<KeptLink> list(Long credentialId, int from, int count) {
    return database.scan(
        handle ->
            madeBy(
                    handle,
                    SELECT,
                    "order by created_at desc, upload_link limit :count offset :from",
                    credentialId)
                .bind("count", count)
                .bind("from", from)
                .map(RowReader.to(LinkRow::of))
                .list());
  }

  /** How many links {@link #list} has in all. */
  public long count(Long credentialId) {
    return database.scan(
        handle ->
            madeBy(handle, "select count(*) from upload_link", "", credentialId)
                .mapTo(Long.class)
                .one());
  }

  private static Query madeBy(Handle handle, String select, String order, Long credentialId) {
    String where = credentialId == null ? "" : "where credential_id = :credentialId";
    Query query = handle.createQuery(String.join(" ", select, where, order));
    return credentialId == null ? query : query.bind("credentialId", credentialId);
  }

  /**
   * Changes a link, no matter who else changes it at the same time.
   *
   * @param credentialId the credential that must have made it; null for any
   * @param change makes the new link of the one there is, of the same id; may be called again
   * @return the link as it is now; empty when there is none that is not revoked
   */
  public Optional<KeptLink> change(String id, Long credentialId, UnaryOperator<UploadLink> change) {
    Optional<KeptLink> before = mine(id, credentialId);
    while (before.isPresent() && !isWritten(change.apply(before.get().link()), before.get())) {
      before = mine(id, credentialId);
    }
    return before.flatMap(changed -> find(id));
  }

  private Optional<KeptLink> mine(String id, Long credentialId) {
    return find(id)
        .filter(kept -> kept.revokedAt() == null)
        .filter(
            kept ->
                credentialId == null || credentialId.equals(kept.link().issuer().credentialId()));
  }

  private boolean isWritten(UploadLink link, KeptLink before) {
    List<Object> values = said(link);
    Collections.addAll(values, before.link().id(), before.version());
    return database.execute(UPDATE, values.toArray()) > 0;
  }

  /** The values of all that may be said about a link, in the order of both statements. */
  private static List<Object> said(UploadLink link) {
    Details details = link.details();
    List<Object> values = new ArrayList<>();
    Collections.addAll(
        values,
        link.name(),
        link.bounds().password(),
        link.returnUrl(),
        details.userId(),
        Column.list(details.albumIds()),
        details.title(),
        details.description().html(),
        details.tags(),
        details.publish(),
        link.limits().maxBytes(),
        Column.list(link.limits().accept()),
        link.terms().validMinutes(),
        link.terms().maxUploads(),
        Column.millis(link.bounds().validUntil()),
        link.bounds().maxGuests(),
        link.bounds().maxFiles(),
        link.bounds().maxTotal(),
        link.bounds().notified());
    return values;
  }

  /**
   * Ends a link at once: it issues no more tokens, and no upload begins with those it issued.
   *
   * @param credentialId the credential that must have made it; null for any
   * @return whether there was such a link
   */
  public boolean revoke(String id, Long credentialId) {
    return mine(id, credentialId).isPresent()
        && database.write(
            tx ->
                Plain.execute(
                        tx,
                        """
                        update upload_link set revoked_at = ?
                        where upload_link = ? and revoked_at is null""",
                        clock.millis(),
                        id)
                    > 0);
  }

  /**
   * Gives a guest a token, and counts the guest; both or neither.
   *
   * @param returnTo where this guest is sent back to
   * @return empty when the link issues no more: {@link #find} tells why
   */
  public Optional<UploadToken> admit(UploadLink link, ReturnTo returnTo, TokenRegistry tokens) {
    UploadToken token = link.tokenFor(returnTo, clock.instant());
    return database.write(
        tx -> {
          if (Plain.execute(tx, ADMIT, link.id(), clock.millis()) == 0) {
            return Optional.empty();
          }
          tokens.add(tx, token);
          return Optional.of(token);
        });
  }

  /**
   * Deletes the links that ended long ago.
   *
   * @param now the moment, by a clock that is trusted
   * @return how many there were
   */
  public int sweep(Instant now) {
    return database.execute(
        "delete from upload_link where valid_until <= ?",
        now.minus(TokenRegistry.KEPT_AFTER_EXPIRY).toEpochMilli());
  }
}
