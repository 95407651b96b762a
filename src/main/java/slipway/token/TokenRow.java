package slipway.token;

import static java.util.stream.Collectors.joining;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import slipway.details.CleanHtml;
import slipway.details.Details;

/** Reads a token as the database has it. */
final class TokenRow {
  private TokenRow() {}

  static KeptToken of(ResultSet row) throws SQLException {
    UploadToken token =
        new UploadToken(
            row.getString("token"),
            returnTo(row),
            details(row),
            limits(row),
            row.getInt("valid_minutes"),
            row.getInt("max_uploads"),
            instant(row, "valid_until"),
            Issuer.of(number(row, "credential_id"), number(row, "issuer_user_id")),
            number(row, "replaces"));
    return new KeptToken(
        token, row.getInt("spent"), instant(row, "issued_at"), instant(row, "revoked_at"));
  }

  private static ReturnTo returnTo(ResultSet row) throws SQLException {
    return new ReturnTo(
        row.getString("return_url"),
        row.getBoolean("background_return"),
        ExtraColumn.decode(row.getString("extra")));
  }

  private static Details details(ResultSet row) throws SQLException {
    return new Details(
        number(row, "user_id"),
        albums(row.getString("album_id")),
        row.getString("title"),
        CleanHtml.stored(row.getString("description")),
        row.getString("tags"),
        row.getBoolean("publish"),
        instant(row, "publish_at"),
        row.getString("absolute_url"));
  }

  private static TokenLimits limits(ResultSet row) throws SQLException {
    return new TokenLimits(
            number(row, "max_bytes"),
            split(row.getString("accept")).toList(),
            row.getString("allowed_origin"))
        .shared();
  }

  /** Albums as a column has them: their numbers with commas between. */
  static String albums(List<Long> albumIds) {
    return albumIds.stream().map(String::valueOf).collect(joining(","));
  }

  static List<Long> albums(String column) {
    return split(column).map(Long::valueOf).toList();
  }

  private static Stream<String> split(String list) {
    return list.isEmpty() ? Stream.empty() : Stream.of(list.split(","));
  }

  /** A moment as a column has it. */
  static Long millis(Instant instant) {
    return instant == null ? null : instant.toEpochMilli();
  }

  private static Instant instant(ResultSet row, String column) throws SQLException {
    Long millis = number(row, column);
    return millis == null ? null : Instant.ofEpochMilli(millis);
  }

  private static Long number(ResultSet row, String column) throws SQLException {
    long value = row.getLong(column);
    return row.wasNull() ? null : value;
  }
}
