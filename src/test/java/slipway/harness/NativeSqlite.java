package slipway.harness;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.sqlite.SQLiteJDBCLoader;
import org.sqlite.util.OSInfo;

/**
 * SQLite's native library, unpacked once for all servers of a build. Left to itself, the driver
 * unpacks and compares it at each start, byte by byte: an eighth of a start's CPU.
 */
final class NativeSqlite {
  private static final String LIBRARY = System.mapLibraryName("sqlitejdbc");

  private NativeSqlite() {}

  /**
   * The option that has the driver take it from there. A JVM that deploys the WAR several times
   * must not have it, as it loads a library's file for one class loader only.
   */
  static String option() throws IOException {
    Path folder = Build.directory().resolve("sqlite-" + SQLiteJDBCLoader.getVersion());
    if (!Files.exists(folder.resolve(LIBRARY))) {
      unpack(Files.createDirectories(folder));
    }
    return "-Dorg.sqlite.lib.path=" + folder;
  }

  /** Other test JVMs may do so at the same time. */
  private static void unpack(Path folder) throws IOException {
    Path own = Files.createTempFile(folder, "unpacked", "");
    String name =
        "/org/sqlite/native/" + OSInfo.getNativeLibFolderPathForCurrentOS() + "/" + LIBRARY;
    try (InputStream packed = SQLiteJDBCLoader.class.getResourceAsStream(name)) {
      Files.copy(packed, own, StandardCopyOption.REPLACE_EXISTING);
    }
    Files.move(own, folder.resolve(LIBRARY), StandardCopyOption.ATOMIC_MOVE);
  }
}
