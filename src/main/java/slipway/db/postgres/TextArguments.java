package slipway.db.postgres;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Types;
import org.jdbi.v3.core.argument.AbstractArgumentFactory;
import org.jdbi.v3.core.argument.Argument;
import org.jdbi.v3.core.config.ConfigRegistry;

/** Binds texts without U+0000, which PostgreSQL does not store. */
final class TextArguments extends AbstractArgumentFactory<String> {
  TextArguments() {
    super(Types.VARCHAR);
  }

  @Override
  protected Argument build(String text, ConfigRegistry config) {
    String taken = taken(text);
    return (position, statement, context) -> statement.setString(position, taken);
  }

  /** A text as PostgreSQL takes it. */
  static String taken(String text) {
    return text.indexOf(0) < 0 ? text : text.replace("\0", "");
  }

  /** Binds a value of a plain statement. */
  static void set(PreparedStatement statement, int position, Object value) throws SQLException {
    statement.setObject(position, value instanceof String text ? taken(text) : value);
  }
}
