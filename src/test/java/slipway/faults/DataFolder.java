package slipway.faults;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/** What a server has on the disk, looked at from outside. */
final class DataFolder implements AutoCloseable {
  private final Path folder;
  private final Handle database;

  DataFolder(Path folder) {
    this.folder = folder;
    this.database = Jdbi.create("jdbc:sqlite:" + folder.resolve("slipway.db")).open();
  }

  /**
   * The keys of all originals in the media folder, those being received included. Renditions, done
   * or being made, are in folders of their own, below.
   */
  List<String> originals() throws IOException {
    try (Stream<Path> files = Files.walk(folder.resolve("media"), 2)) {
      return files.filter(Files::isRegularFile).map(file -> file.getFileName().toString()).toList();
    }
  }

  /** The keys of all files that photos have. */
  List<String> mediaKeys() {
    return database.createQuery("select media_key from photo").mapTo(String.class).list();
  }

  /** How many uses of a token are spent. */
  int spent(String token) {
    return number("select spent from upload_token where token = ?", token);
  }

  /** How many photos came with a token. */
  int photos(String token) {
    return number("select count(*) from photo where upload_token = ?", token);
  }

  private int number(String sql, String token) {
    return database.createQuery(sql).bind(0, token).mapTo(Integer.class).one();
  }

  @Override
  public void close() {
    database.close();
  }
}
