package slipway.token;

import java.sql.SQLException;
import slipway.db.RowReader;
import slipway.details.CleanHtml;
import slipway.details.Details;

/** Reads a token as the database has it. */
final class TokenRow {
  private TokenRow() {}

  static KeptToken of(RowReader row) throws SQLException {
    UploadToken token =
        new UploadToken(
            row.text("token"),
            returnTo(row),
            details(row),
            limits(row),
            TokenTerms.of(row.integer("valid_minutes"), row.integer("max_uploads")),
            row.instant("valid_until"),
            issuer(row),
            row.numberOrNull("replaces"));
    return new KeptToken(
        token,
        row.integer("spent"),
        row.integer("reserved"),
        row.instantOrNull("issued_at"),
        row.instantOrNull("withdrawn_at"));
  }

  private static Issuer issuer(RowReader row) throws SQLException {
    return Issuer.of(
        row.numberOrNull("credential_id"),
        row.numberOrNull("issuer_user_id"),
        row.text("upload_link"));
  }

  private static ReturnTo returnTo(RowReader row) throws SQLException {
    return new ReturnTo(
        row.text("return_url"),
        row.flag("background_return"),
        ExtraColumn.decode(row.text("extra")));
  }

  static Details details(RowReader row) throws SQLException {
    return new Details(
        row.numberOrNull("user_id"),
        row.numbers("album_id"),
        row.text("title"),
        CleanHtml.stored(row.text("description")),
        row.text("tags"),
        row.flag("publish"),
        row.instantOrNull("publish_at"),
        row.text("absolute_url"));
  }

  private static TokenLimits limits(RowReader row) throws SQLException {
    return new TokenLimits(
            row.numberOrNull("max_bytes"),
            row.texts("accept"),
            AllowedOrigin.of(row.text("allowed_origin")))
        .shared();
  }
}
