package slipway.db.postgres;

import java.time.Duration;
import java.util.Properties;
import java.util.regex.Pattern;
import org.postgresql.Driver;
import org.postgresql.PGProperty;

/**
 * The address of a PostgreSQL, and how to connect to it.
 *
 * @param url {@code jdbc:postgresql://...}, with the driver's parameters, which take precedence
 *     over the others here; TLS is among them ({@code sslmode=verify-full})
 * @param user null where the address has one, or the system's user is meant
 * @param password null where the address has one, or none is requested
 * @param connections how many at most
 * @param patience how long an answer is waited for; in whole seconds
 */
public record PostgresAddress(
    String url, String user, String password, int connections, Duration patience) {
  /** How long a connection is waited for at most. */
  static final Duration CONNECT = Duration.ofSeconds(5);

  /** A host, or an address in brackets, and its port. */
  private static final String HOST = "(?:\\[[^\\]@]*\\]|[^\\[/@:,]*)(?::\\d{1,5})?";

  /** Hosts and a database, in which an {@code @} is written as {@code %40}. */
  private static final Pattern BEFORE_PARAMETERS =
      Pattern.compile("jdbc:postgresql:(?://" + HOST + "(?:," + HOST + ")*(?:/[^/@]*)?|[^/@]*)");

  /**
   * Whether the driver can parse an address. It logs a port that is no number, which in {@code
   * //user:password@host/} is the password. So it never gets such an address.
   */
  public static boolean isValid(String url) {
    return BEFORE_PARAMETERS.matcher(url.split("\\?", 2)[0]).matches()
        && Driver.parseURL(url, null) != null;
  }

  /** How long to wait for a free connection: no longer than for its answers. */
  Duration mostWait() {
    return patience.compareTo(CONNECT) < 0 ? patience : CONNECT;
  }

  /** The driver's properties of connections that requests use. */
  Properties forRequests() {
    Properties properties = forMigration();
    PGProperty.SOCKET_TIMEOUT.set(properties, Math.toIntExact(patience.toSeconds()));
    return withBatches(properties);
  }

  /** The properties of a connection that writes all rows: its statements may take long. */
  Properties forCopying() {
    return withBatches(forMigration());
  }

  /** A batch of inserts is one statement of many rows. */
  private static Properties withBatches(Properties properties) {
    PGProperty.REWRITE_BATCHED_INSERTS.set(properties, true);
    return properties;
  }

  /** The properties of connections whose statements may take long. */
  Properties forMigration() {
    Properties properties = new Properties();
    if (user != null) {
      PGProperty.USER.set(properties, user);
    }
    if (password != null) {
      PGProperty.PASSWORD.set(properties, password);
    }
    PGProperty.APPLICATION_NAME.set(properties, "slipway");
    // The details of errors repeat values of rows, and tokens are among these.
    PGProperty.LOG_SERVER_ERROR_DETAIL.set(properties, false);
    PGProperty.CONNECT_TIMEOUT.set(properties, Math.toIntExact(CONNECT.toSeconds()));
    PGProperty.LOGIN_TIMEOUT.set(properties, Math.toIntExact(CONNECT.toSeconds()) * 2);
    PGProperty.TCP_KEEP_ALIVE.set(properties, true);
    PGProperty.ASSUME_MIN_SERVER_VERSION.set(properties, "15");
    return properties;
  }

  /** Leaves out the address, which may hold passwords. */
  @Override
  public String toString() {
    return "PostgresAddress[]";
  }
}
