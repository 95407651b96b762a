package slipway.bench;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import slipway.db.Database;
import slipway.db.postgres.PostgresAddress;
import slipway.db.postgres.PostgresEngine;
import slipway.details.CleanHtml;
import slipway.details.Details;
import slipway.token.Issuer;
import slipway.token.ReturnTo;
import slipway.token.SqlTokenRegistry;
import slipway.token.TokenLimits;
import slipway.token.TokenTerms;
import slipway.token.UploadToken;

/** The issue of a token on a PostgreSQL against the bare insert of its row. */
final class IssueFloor {
  private static final String BARE =
      """
      insert into upload_token (token, return_url, background_return, extra, album_id, title,
        description, tags, publish, accept, valid_minutes, max_uploads, valid_until, issued_at)
      values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)""";

  private IssueFloor() {}

  static void run(int count, int rounds) throws Exception {
    try (BenchPostgres postgres = new BenchPostgres()) {
      run(postgres, "flushed", "", count / 10, rounds);
      run(postgres, "not flushed", "&options=-c%20synchronous_commit=off", count, rounds);
    }
  }

  private static void run(
      BenchPostgres postgres, String name, String more, int count, int rounds) throws Exception {
    String url = postgres.database("issue_" + more.length(), more);
    PostgresAddress address = new PostgresAddress(url, null, null, 8, Duration.ofSeconds(30));
    try (Database database = new Database(PostgresEngine.open(address));
        Connection connection = DriverManager.getConnection(url);
        PreparedStatement bare = connection.prepareStatement(BARE)) {
      SqlTokenRegistry tokens = new SqlTokenRegistry(database, Clock.systemUTC(), "bench");
      Turns turns = new Turns();
      turns.add("issue", () -> each(count, () -> tokens.add(token())));
      turns.add("bare insert", () -> each(count, () -> insert(bare, token())));
      turns.run(rounds, "a token, " + name + ", us", 1e3, "bare insert");
    }
  }

  private interface Step {
    void run() throws Exception;
  }

  private static double each(int count, Step step) throws Exception {
    long start = System.nanoTime();
    for (int i = 0; i < count; i++) {
      step.run();
    }
    return (System.nanoTime() - start) / (double) count;
  }

  private static UploadToken token() {
    Details details =
        new Details(null, List.of(1L), "A day", CleanHtml.NONE, "all", true, null, null);
    return UploadToken.issue(
        new ReturnTo("http://www.example.com/back", false, List.of()),
        details,
        TokenLimits.NONE,
        TokenTerms.of(60, 10),
        Issuer.of(null, null),
        Instant.now());
  }

  private static void insert(PreparedStatement bare, UploadToken token) throws Exception {
    Details details = token.details();
    Object[] values = {
      token.id(), token.returnTo().url(), false, "", "1", details.title(), "", details.tags(), true, "",
      token.validMinutes(), token.maxUploads(), token.validUntil().toEpochMilli(),
      Instant.now().toEpochMilli()
    };
    for (int i = 0; i < values.length; i++) {
      bare.setObject(i + 1, values[i]);
    }
    bare.executeUpdate();
  }
}
