package slipway.db.postgres;

import java.net.SocketTimeoutException;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.util.Set;

/** What PostgreSQL's error codes say about a failure (its manual, appendix A). */
final class SqlState {
  /**
   * serialization_failure and deadlock_detected: the same transaction may succeed when repeated.
   */
  private static final Set<String> TO_BE_REPEATED = Set.of("40001", "40P01");

  /**
   * Failures of the server or the connection, whatever the statement: connection exception,
   * insufficient resources, operator intervention, system error, internal error.
   */
  private static final Set<String> CLASSES_OF_TROUBLE = Set.of("08", "53", "57", "58", "XX");

  /** lock_not_available, and read_only_sql_transaction: a server that has become a standby. */
  private static final Set<String> TROUBLE = Set.of("55P03", "25006");

  private SqlState() {}

  /** The code of what the driver threw; empty when it threw nothing, or without one. */
  private static String of(Throwable failure) {
    for (Throwable e = failure; e != null; e = e.getCause()) {
      if (e instanceof SQLException sql) {
        return sql.getSQLState() == null ? "" : sql.getSQLState();
      }
    }
    return "";
  }

  static boolean isToBeRepeated(Throwable failure) {
    return TO_BE_REPEATED.contains(of(failure));
  }

  /** Whether the server or the connection failed, and not a statement. */
  static boolean isTrouble(Throwable failure) {
    String state = of(failure);
    return TROUBLE.contains(state)
        || (state.length() == 5 && CLASSES_OF_TROUBLE.contains(state.substring(0, 2)))
        || isPool(failure);
  }

  /** Whether a value is too long for an index (program_limit_exceeded). */
  static boolean isTooLong(Throwable failure) {
    return of(failure).equals("54000");
  }

  /**
   * Whether the server is a standby now, which accepts no writes, so that another one has to be
   * connected to.
   */
  static boolean isStandby(Throwable failure) {
    return of(failure).equals("25006");
  }

  /**
   * Whether the connection was lost, so that the outcome of the last message is unknown. What the
   * server answered with any other error was not done.
   */
  static boolean isLost(Throwable failure) {
    String state = of(failure);
    return state.isEmpty()
        || state.startsWith("08")
        || state.startsWith("57P")
        || state.startsWith("58")
        || state.startsWith("XX");
  }

  /**
   * Whether an established connection was closed, as by a restart of the server: a new one may work
   * at once. Not one that was given up as no answer came in time: what takes long would take as
   * long again.
   */
  static boolean isConnectionGone(Throwable failure) {
    String state = of(failure);
    return !isPool(failure)
        && !isTooSlow(failure)
        && (state.startsWith("08") || state.startsWith("57P"));
  }

  /** Whether no answer came in time, or the server itself ended the statement (query_canceled). */
  static boolean isTooSlow(Throwable failure) {
    return of(failure).equals("57014") || has(failure, SocketTimeoutException.class);
  }

  private static boolean isPool(Throwable failure) {
    return has(failure, SQLTransientConnectionException.class);
  }

  private static boolean has(Throwable failure, Class<? extends Exception> cause) {
    for (Throwable e = failure; e != null; e = e.getCause()) {
      if (cause.isInstance(e)) {
        return true;
      }
    }
    return false;
  }
}
