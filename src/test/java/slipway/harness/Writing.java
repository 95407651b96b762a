package slipway.harness;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * Run in a JVM of its own by {@link FaultsTest}: does to each folder what the server does to its.
 */
final class Writing {
  /** What precedes a folder's name in the line that comes before what is told of it. */
  static final String FOLDER = "folder ";

  private interface Step {
    void run() throws Exception;
  }

  private Writing() {}

  public static void main(String... folders) throws Exception {
    for (String folder : folders) {
      write(Path.of(folder));
    }
  }

  private static void write(Path folder) throws Exception {
    System.out.println(FOLDER + folder.getFileName());
    Path file = folder.resolve("file");
    try (FileChannel channel = FileChannel.open(file, CREATE, WRITE)) {
      tell("write", () -> channel.write(bytes("first ")));
      tell("flush", () -> channel.force(true));
      tell("write at a place", () -> channel.write(bytes("third"), 13));
      tell("write", () -> channel.write(bytes("second ")));
      tell("flush", () -> channel.force(false));
      tell("flush", () -> channel.force(true));
    }
    System.out.println(Files.readString(file).replace('\0', '0'));
    tell("flush a folder", () -> flush(folder));
    Path moved = folder.resolve("moved");
    tell("rename", () -> Files.move(file, moved, StandardCopyOption.ATOMIC_MOVE));
    tell("rename", () -> Files.move(file, moved, StandardCopyOption.ATOMIC_MOVE));
    try (Connection database = DriverManager.getConnection("jdbc:sqlite:" + folder + "/a.db")) {
      execute(database, "pragma journal_mode = wal");
      execute(database, "pragma synchronous = full");
      tell("commit", () -> execute(database, "create table a (b)"));
      tell("commit", () -> execute(database, "create table c (d)"));
    }
  }

  private static void tell(String step, Step act) {
    try {
      act.run();
      System.out.println(step);
    } catch (Exception e) {
      System.out.println(step + " failed");
    }
  }

  private static ByteBuffer bytes(String text) {
    return ByteBuffer.wrap(text.getBytes(UTF_8));
  }

  private static void flush(Path folder) throws IOException {
    try (FileChannel channel = FileChannel.open(folder, READ)) {
      channel.force(true);
    }
  }

  private static void execute(Connection database, String sql) throws SQLException {
    try (Statement statement = database.createStatement()) {
      statement.execute(sql);
    }
  }
}
