package slipway;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import slipway.db.DatabaseFile;
import slipway.db.postgres.DatabaseCopy;

/**
 * A command that copies the database file of a data folder into the PostgreSQL of {@code
 * slipway.database}. The folder stays unchanged, and no service may run on it meanwhile. Settings
 * are system properties or in the environment, as for the service.
 */
public final class MoveToPostgres {
  private static final Logger LOG = LoggerFactory.getLogger(MoveToPostgres.class);
  private static final String REPLACE = "--replace";

  private MoveToPostgres() {}

  /**
   * Runs it.
   *
   * @param options none, or {@code --replace} to delete what the PostgreSQL holds
   */
  public static void main(String[] options) {
    try {
      copy(List.of(options)).forEach((table, rows) -> LOG.info("{}: {} rows", table, rows));
      LOG.info("All rows were copied and compared. Start Slipway with the same settings now");
    } catch (IOException | IllegalStateException | IllegalArgumentException e) {
      LOG.error("Nothing was copied: {}", e.getMessage());
      LOG.debug("Nothing was copied", e);
      System.exit(1);
    } catch (RuntimeException e) {
      LOG.error("Nothing was copied", e);
      System.exit(1);
    }
  }

  /**
   * Copies the rows, and prints how many each table has.
   *
   * @throws IOException when the folder cannot be read, or a service runs on it
   */
  static Map<String, Long> copy(List<String> options) throws IOException {
    if (!List.of(REPLACE).containsAll(options)) {
      throw new IllegalArgumentException("the only option is " + REPLACE);
    }
    SettingSource source = new SettingSource(name -> null);
    Settings.Stores stores = Settings.Stores.read(source, null);
    if (stores.database() == null) {
      throw new IllegalArgumentException("the setting slipway.database must name the PostgreSQL");
    }
    Path file = stores.data().resolve("slipway.db");
    if (!Files.exists(file)) {
      throw new IllegalArgumentException("there is no file " + file);
    }
    checkKey(stores);
    try (DataLock lock = DataLock.of(stores.data())) {
      LOG.info("{} is copied, and no Slipway can start on its folder meanwhile", file);
      return new DatabaseCopy(new DatabaseFile(file), stores.database())
          .run(options.contains(REPLACE));
    }
  }

  /** The secrets of webhooks and OAuth keys are copied as they are. */
  private static void checkKey(Settings.Stores stores) throws IOException {
    Path file = stores.data().resolve("oauth.key");
    if (Files.exists(file)
        && !Files.readString(file).strip().equalsIgnoreCase(stores.secretKey())) {
      throw new IllegalArgumentException(
          "slipway.secret-key must be what is in " + file + ", which encrypts the stored secrets");
    }
  }
}
