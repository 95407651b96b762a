package slipway.token.link;

import java.sql.SQLException;
import slipway.db.RowReader;
import slipway.details.CleanHtml;
import slipway.details.Details;
import slipway.token.Issuer;
import slipway.token.TokenLimits;
import slipway.token.TokenTerms;

/** Reads a link as the database has it. */
final class LinkRow {
  private LinkRow() {}

  static KeptLink of(RowReader row) throws SQLException {
    UploadLink link =
        new UploadLink(
            row.text("upload_link"),
            row.text("name"),
            row.text("return_url"),
            details(row),
            new TokenLimits(row.numberOrNull("max_bytes"), row.texts("accept"), null).shared(),
            TokenTerms.of(row.integer("valid_minutes"), row.integer("max_uploads")),
            bounds(row),
            Issuer.of(row.numberOrNull("credential_id"), row.numberOrNull("issuer_user_id")));
    return new KeptLink(
        link,
        counts(row),
        row.instant("created_at"),
        row.instantOrNull("withdrawn_at"),
        row.number("version"));
  }

  private static Details details(RowReader row) throws SQLException {
    return new Details(
        row.numberOrNull("user_id"),
        row.numbers("album_id"),
        row.text("title"),
        CleanHtml.stored(row.text("description")),
        row.text("tags"),
        row.flag("publish"),
        null,
        null);
  }

  private static LinkBounds bounds(RowReader row) throws SQLException {
    return new LinkBounds(
        row.instant("valid_until"),
        row.text("password"),
        row.number("max_guests"),
        row.number("max_files"),
        row.number("max_total"),
        row.flag("notified"));
  }

  private static LinkCounts counts(RowReader row) throws SQLException {
    return new LinkCounts(
        row.number("guests"),
        row.number("files"),
        row.number("bytes"),
        row.number("reserved_files"),
        row.number("reserved_bytes"));
  }
}
