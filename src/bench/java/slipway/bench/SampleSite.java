package slipway.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import org.apache.commons.io.FileUtils;
import slipway.harness.Container;
import slipway.harness.Server;
import slipway.photo.SampleCatalogue;

/**
 * The data folder of a site that has run for long. It is made by a first start, and filled by SQL:
 * photos of different lists, with events, or tokens that are valid.
 */
final class SampleSite implements AutoCloseable {
  /** A file has no more names than this on ext4. */
  private static final int MOST_LINKS = 60_000;

  private static final String TOKENS =
      """
      with recursive ns(n) as (select 1 union all select n + 1 from ns where n < %1$d)
      insert into upload_token (token, return_url, album_id, title, description, tags, publish,
        valid_minutes, max_uploads, valid_until, credential_id, issuer_user_id, issued_at)
      select printf('%%040x', n * 7919 %% 1000003 * 4294967296 + n),
        'https://www.example.com/upload/callback?order=' || n, '', 'A day at the harbour ' || n, '',
        'summer', true, 1440, 1, %2$d + n, 1, 1, %2$d - 86400000 + n
      from ns""";

  private final Path folder = Files.createTempDirectory(Path.of("target"), "site-");

  SampleSite() throws IOException {
    server(Container.JETTY_12).start().close();
  }

  /** A measured server of it; always with the same key, as its first start has taken it. */
  Server.Builder server(Container container) {
    return Server.on(container)
        .measured()
        .data(folder)
        .setting("slipway.auth.initial-key", "key-of-the-measurements");
  }

  /** Adds valid tokens, all of one credential. */
  SampleSite tokens(int count) throws SQLException {
    addTokens(database(), count);
    return this;
  }

  /** Adds valid tokens to the database in that file. */
  static void addTokens(Path database, int count) throws SQLException {
    execute(database, TOKENS.formatted(count, System.currentTimeMillis() + 86_000_000));
  }

  /** Adds photos, whose files are not there. */
  SampleSite photos(int count) throws SQLException {
    if (count > 0) {
      new SampleCatalogue(database()).fill(count);
      execute(
          database(),
          "update photo set rendition_state = 'done' where rendition_state = 'waiting'");
    }
    return this;
  }

  /** Adds photos with their files, and the folders of their renditions. */
  SampleSite photosAndFiles(int count) throws IOException, SQLException {
    photos(count);
    Path media = folder.resolve("media");
    Path original = null;
    for (int i = 1; i <= count; i++) {
      Path file =
          media
              .resolve(Integer.toString(SampleCatalogue.treeId(i)))
              .resolve(SampleCatalogue.mediaKey(i));
      if (i % MOST_LINKS == 1) {
        original = Files.write(file, new byte[1000]);
      } else {
        Files.createLink(file, original);
      }
      Files.createDirectory(file.resolveSibling(file.getFileName() + ".renditions"));
    }
    return this;
  }

  long databaseBytes() throws IOException {
    return Files.size(database());
  }

  private Path database() {
    return folder.resolve("slipway.db");
  }

  private static void execute(Path database, String sql) throws SQLException {
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + database);
        Statement statement = connection.createStatement()) {
      statement.execute("pragma synchronous = off");
      statement.execute("pragma cache_size = -800000");
      statement.execute(sql);
    }
  }

  @Override
  public void close() throws IOException {
    FileUtils.deleteDirectory(folder.toFile());
  }
}
