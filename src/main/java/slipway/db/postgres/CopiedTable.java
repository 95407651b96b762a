package slipway.db.postgres;

import static java.util.stream.Collectors.joining;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;

/**
 * A table of a {@link DatabaseCopy}.
 *
 * @param columns those that are not generated
 * @param key which of them tell its rows apart; all where there is no primary key
 */
record CopiedTable(String name, List<CopiedColumn> columns, List<String> key) {
  private static final int BATCH = 500;

  /**
   * Each after all tables that it refers to. Nodes and their claims are not copied, and neither are
   * nonces, most of which are in the memory of the server that ran on the file.
   */
  private static final String TABLES =
      """
      with recursive depth (oid, depth) as (
        select oid, 0 from pg_class where relkind = 'r'
          and relnamespace = current_schema()::regnamespace
        union
        select c.conrelid, d.depth + 1 from depth d join pg_constraint c
          on c.confrelid = d.oid and c.contype = 'f' and c.conrelid <> c.confrelid)
      select oid::regclass::text from depth
      where oid::regclass::text not in
        ('node', 'token_use', 'claim', 'oauth_nonce', 'flyway_schema_history')
      group by oid order by max(depth), 1""";

  /**
   * Includes tables that are not copied, as what a node has left in them belongs to earlier rows.
   */
  private static final String FILLED =
      """
      select oid::regclass::text from pg_class where relkind = 'r'
        and relnamespace = current_schema()::regnamespace and relname <> 'flyway_schema_history'""";

  private static final String COLUMNS =
      """
      select column_name, data_type, is_identity = 'YES' from information_schema.columns
      where table_schema = current_schema() and table_name = ? and is_generated = 'NEVER'
      order by ordinal_position""";

  private static final String KEY =
      """
      select a.attname from pg_index i join pg_attribute a
        on a.attrelid = i.indrelid and a.attnum = any (i.indkey)
      where i.indrelid = ?::regclass and i.indisprimary""";

  /** The types of columns, which SQLite does not distinguish. */
  private enum ColumnKind {
    FLAG,
    NUMBER,
    FRACTION,
    BYTES,
    TEXT;

    static ColumnKind of(String type) {
      return switch (type) {
        case "boolean" -> FLAG;
        case "integer", "bigint" -> NUMBER;
        case "double precision" -> FRACTION;
        case "bytea" -> BYTES;
        case "text" -> TEXT;
        default -> throw new IllegalStateException("A column has the type " + type);
      };
    }
  }

  /** A column, and whether it numbers the rows. */
  record CopiedColumn(String name, ColumnKind kind, boolean isNumbered) {
    /** Its value in a row of either database. */
    Object read(ResultSet row, int at) throws SQLException {
      Object value =
          switch (kind) {
            case FLAG -> row.getBoolean(at);
            case NUMBER -> row.getLong(at);
            case FRACTION -> row.getDouble(at);
            case BYTES -> row.getBytes(at);
            case TEXT -> withoutNull(row.getString(at));
          };
      return row.wasNull() ? null : value;
    }

    /** PostgreSQL has no U+0000. */
    private static String withoutNull(String text) {
      return text == null ? null : text.replace("\0", "");
    }
  }

  /** All that are copied, each after those that it refers to. */
  static List<CopiedTable> all(Connection connection) throws SQLException {
    List<CopiedTable> tables = new ArrayList<>();
    for (String name : texts(connection, TABLES)) {
      List<CopiedColumn> columns = new ArrayList<>();
      try (PreparedStatement statement = connection.prepareStatement(COLUMNS)) {
        statement.setString(1, name);
        try (ResultSet row = statement.executeQuery()) {
          while (row.next()) {
            columns.add(
                new CopiedColumn(
                    row.getString(1), ColumnKind.of(row.getString(2)), row.getBoolean(3)));
          }
        }
      }
      List<String> key = texts(connection, KEY, name);
      tables.add(
          new CopiedTable(
              name,
              columns,
              key.isEmpty() ? columns.stream().map(CopiedColumn::name).toList() : key));
    }
    return tables;
  }

  /** Deletes every row, whatever refers to it: all tables of Slipway at once, and no others. */
  static void emptyAll(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute("truncate " + String.join(", ", texts(connection, FILLED)));
    }
  }

  private static List<String> texts(Connection connection, String sql, String... values)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      for (int i = 0; i < values.length; i++) {
        statement.setString(i + 1, values[i]);
      }
      List<String> texts = new ArrayList<>();
      try (ResultSet row = statement.executeQuery()) {
        while (row.next()) {
          texts.add(row.getString(1));
        }
      }
      return texts;
    }
  }

  /** The number that a query returns; null for none. */
  static Long number(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      return row.next() && row.getObject(1) != null ? Long.valueOf(row.getLong(1)) : null;
    }
  }

  private String names() {
    return columns.stream().map(CopiedColumn::name).collect(joining(", "));
  }

  private String inOrder() {
    return "select " + names() + " from " + name + " order by " + String.join(", ", key);
  }

  /**
   * Copies the rows.
   *
   * @return how many
   */
  long copy(Connection from, Connection to) throws SQLException {
    String marks = String.join(", ", columns.stream().map(column -> "?").toList());
    long count = 0;
    try (Statement query = from.createStatement();
        ResultSet row = query.executeQuery("select " + names() + " from " + name);
        PreparedStatement insert =
            to.prepareStatement(
                "insert into " + name + " (" + names() + ") values (" + marks + ")")) {
      while (row.next()) {
        for (int i = 0; i < columns.size(); i++) {
          insert.setObject(i + 1, columns.get(i).read(row, i + 1));
        }
        insert.addBatch();
        count++;
        if (count % BATCH == 0) {
          insert.executeBatch();
        }
      }
      insert.executeBatch();
      return count;
    } catch (SQLException e) {
      throw new SQLException("the table " + name + ": " + e.getMessage(), e.getSQLState(), e);
    }
  }

  /** Compares row by row, in the order of the key, which is the same in both. */
  void compare(Connection one, Connection other) throws SQLException {
    try (Statement ofOne = one.createStatement();
        Statement ofOther = other.createStatement()) {
      ofOther.setFetchSize(BATCH);
      try (ResultSet row = ofOne.executeQuery(inOrder());
          ResultSet same = ofOther.executeQuery(inOrder())) {
        long number = 1;
        while (row.next()) {
          if (!same.next() || !isSame(row, same)) {
            throw new SQLException(
                "the table " + name + " differs from the file in row number " + number);
          }
          number++;
        }
        if (same.next()) {
          throw new SQLException("the table " + name + " has more rows than the file");
        }
      }
    }
  }

  private boolean isSame(ResultSet row, ResultSet other) throws SQLException {
    for (int i = 0; i < columns.size(); i++) {
      Object value = columns.get(i).read(row, i + 1);
      Object same = columns.get(i).read(other, i + 1);
      boolean isSame =
          value instanceof byte[] bytes
              ? same instanceof byte[] others && Arrays.equals(bytes, others)
              : Objects.equals(value, same);
      if (!isSame) {
        return false;
      }
    }
    return true;
  }

  /** The next row gets a number that no row ever had, not even a deleted one. */
  void goOnNumbering(Connection from, Connection to) throws SQLException {
    for (int i : IntStream.range(0, columns.size()).toArray()) {
      if (columns.get(i).isNumbered()) {
        String column = columns.get(i).name();
        Long last = number(from, "select max(" + column + ") from " + name);
        Long given =
            number(from, "select 1 from sqlite_master where name = 'sqlite_sequence'") == null
                ? null
                : number(from, "select seq from sqlite_sequence where name = '" + name + "'");
        long most = Math.max(last == null ? 0 : last, given == null ? 0 : given);
        number(
            to,
            "select setval(pg_get_serial_sequence('%s', '%s'), %d, %b)"
                .formatted(name, column, Math.max(1, most), most > 0));
      }
    }
  }
}
