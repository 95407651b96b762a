package slipway.bench;

import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteConfig.JournalMode;
import org.sqlite.SQLiteConfig.SynchronousMode;
import org.sqlite.SQLiteConfig.TransactionMode;

/**
 * The least that keeps the same promises: what is answered is on the disk. No key is checked, no
 * field is looked at, nothing is counted, listed, logged or found again.
 */
final class DurableFloor {
  private DurableFloor() {}

  /** Issues a token: one row, by plain JDBC, in a commit with those of all others that wait. */
  public static final class FloorToken extends HttpServlet {
    private static final long serialVersionUID = 1L;
    private static final SecureRandom RANDOM = new SecureRandom();

    private transient Rows rows;

    @Override
    public void init() throws ServletException {
      rows = new Rows("token text primary key, return_url text, title text, tags text, uses integer", 5);
    }

    @Override
    protected void doPost(HttpServletRequest request, HttpServletResponse response)
        throws IOException {
      byte[] secret = new byte[20];
      RANDOM.nextBytes(secret);
      String token = HexFormat.of().formatHex(secret);
      String url = request.getParameter("return_url");
      rows.add(
          token,
          url,
          request.getParameter("title"),
          request.getParameter("tags"),
          Integer.valueOf(request.getParameter("max_uploads")));
      byte[] body =
          ("{\"status\":\"ok\",\"upload_token\":\"" + token + "\",\"return_url\":\"" + url + "\"}")
              .getBytes(StandardCharsets.UTF_8);
      response.setContentType("application/json");
      response.setContentLength(body.length);
      response.getOutputStream().write(body);
    }

    @Override
    public void destroy() {
      rows.end();
    }
  }

  /** Keeps a body: raw copy, flush, rename, flush of the folder, one row. */
  public static final class FloorUpload extends HttpServlet {
    private static final long serialVersionUID = 1L;

    private transient Rows rows;
    private transient Path folder;

    @Override
    public void init() throws ServletException {
      rows = new Rows("photo_id integer primary key, name text, size integer", 3);
      try {
        folder = Files.createTempDirectory("floor");
      } catch (IOException e) {
        throw new ServletException(e);
      }
    }

    @Override
    protected void doPost(HttpServletRequest request, HttpServletResponse response)
        throws IOException {
      Path file = Files.createTempFile(folder, "", ".part");
      long size = 0;
      byte[] buffer = new byte[64 * 1024];
      try (FileChannel out = FileChannel.open(file, StandardOpenOption.WRITE)) {
        InputStream in = request.getInputStream();
        // Whole buffers, whatever a container gives at once: what a write costs depends on it.
        for (int n = in.readNBytes(buffer, 0, buffer.length);
            n > 0;
            n = in.readNBytes(buffer, 0, buffer.length)) {
          size += out.write(ByteBuffer.wrap(buffer, 0, n));
        }
        out.force(true);
      }
      String name = file.getFileName().toString().replace(".part", "");
      Files.move(file, folder.resolve(name), StandardCopyOption.ATOMIC_MOVE);
      try (FileChannel names = FileChannel.open(folder, StandardOpenOption.READ)) {
        names.force(true);
      }
      rows.add(null, name, size);
      response.setContentLength(0);
    }

    @Override
    public void destroy() {
      rows.end();
    }
  }

  /** A table that takes whatever rows wait in one commit, and tells each when it is durable. */
  private static final class Rows {
    private static final int MOST_PER_COMMIT = 512;

    private final LinkedBlockingQueue<Row> waiting = new LinkedBlockingQueue<>();
    private final Connection connection;
    private final PreparedStatement insert;
    private final Thread writer = new Thread(this::run, "floor-writer");

    private record Row(Object[] values, CompletableFuture<Void> done) {}

    Rows(String columns, int count) throws ServletException {
      try {
        SQLiteConfig config = new SQLiteConfig();
        config.setTransactionMode(TransactionMode.IMMEDIATE);
        config.setJournalMode(JournalMode.WAL);
        config.setSynchronous(SynchronousMode.FULL);
        config.setWalAutocheckpoint(4000);
        Path file = Files.createTempDirectory("floor").resolve("floor.db");
        connection = org.sqlite.JDBC.createConnection("jdbc:sqlite:" + file, config.toProperties());
        try (var create = connection.createStatement()) {
          create.execute("create table row_of (" + columns + ")");
        }
        connection.setAutoCommit(false);
        insert =
            connection.prepareStatement(
                "insert into row_of values (?" + ", ?".repeat(count - 1) + ")");
      } catch (SQLException | IOException e) {
        throw new ServletException(e);
      }
      writer.start();
    }

    void add(Object... values) {
      Row row = new Row(values, new CompletableFuture<>());
      waiting.add(row);
      row.done().join();
    }

    private void run() {
      List<Row> batch = new ArrayList<>();
      try {
        while (true) {
          batch.add(waiting.take());
          waiting.drainTo(batch, MOST_PER_COMMIT);
          for (Row row : batch) {
            for (int i = 0; i < row.values().length; i++) {
              insert.setObject(i + 1, row.values()[i]);
            }
            insert.executeUpdate();
          }
          connection.commit();
          batch.forEach(row -> row.done().complete(null));
          batch.clear();
        }
      } catch (InterruptedException e) {
        // The end.
      } catch (SQLException e) {
        batch.forEach(row -> row.done().completeExceptionally(e));
      }
    }

    void end() {
      writer.interrupt();
    }
  }
}
