package slipway.db;

import java.sql.SQLException;
import java.util.List;
import slipway.db.RowReader.RowMapping;

/**
 * A connection that holds back statements whose answers nobody waits for yet, and sends them as one
 * message with the next statement whose answer is waited for, or with the commit. A message costs
 * as much as several statements.
 */
public interface StatementQueue {
  /**
   * The rows that a statement gives.
   *
   * @param <T> what is made of each
   */
  @FunctionalInterface
  interface Rows<T> {
    /** Sends what is held back, unless that has been done. */
    List<T> get() throws SQLException;
  }

  /** Whether a transaction is open, whose commit sends what is left. */
  boolean isOpen();

  /**
   * Holds a statement back.
   *
   * @param mapping makes an object of each of its rows; null where it gives none
   */
  <T> Rows<T> add(RowMapping<T> mapping, String sql, Object... values);

  /**
   * Holds back one statement for many rows: its {@code values (?, ?)}, which takes one row, takes
   * all of these.
   */
  void addEach(String sql, List<Object[]> each);
}
