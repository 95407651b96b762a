package slipway.harness;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * Servers that share one PostgreSQL, and one media folder, or a bucket and no folder; they start at
 * once.
 */
public final class Nodes implements AutoCloseable {
  /** The key of level super that all take. */
  public static final String KEY = "the first key of all nodes";

  private final Path folder;
  private final Map<String, String> settings;
  private final List<Server> servers;

  private Nodes(Path folder, Map<String, String> settings, List<Server> servers) {
    this.folder = folder;
    this.settings = settings;
    this.servers = new CopyOnWriteArrayList<>(servers);
  }

  /**
   * Starts them, on a first start of all.
   *
   * @param folder an empty one, for the media, and a folder for each
   */
  public static Nodes start(int count, Path folder) throws Exception {
    return start(count, folder, Map.of());
  }

  /**
   * The same with more settings, which may be the address of another database: {@code
   * slipway.database}, or a bucket: {@code slipway.media}.
   */
  public static Nodes start(int count, Path folder, Map<String, String> settings) throws Exception {
    return start(count, folder, settings, Build.exploded());
  }

  /** The same with another WAR than the built one. */
  public static Nodes start(int count, Path folder, Map<String, String> settings, Path war)
      throws Exception {
    Map<String, String> all = new HashMap<>(settings);
    all.computeIfAbsent("slipway.database", none -> TestPostgres.newDatabase());
    Path media = Files.createDirectory(folder.resolve("media"));
    for (int i = 0; i < count; i++) {
      Path data = Files.createDirectory(data(folder, i));
      if (!all.containsKey("slipway.media")) {
        Files.createSymbolicLink(data.resolve("media"), media);
      }
    }
    return new Nodes(
        folder, all, AtOnce.run(count, i -> () -> node(data(folder, i), all).war(war).start()));
  }

  private static Path data(Path folder, int number) {
    return folder.resolve("node" + number);
  }

  private static Server.Builder node(Path data, Map<String, String> settings) {
    Server.Builder node =
        Server.on(Container.JETTY_12)
            .data(data)
            .setting("slipway.secret-key", "0123456789abcdef".repeat(4))
            .setting("slipway.auth.initial-key", KEY);
    settings.forEach(node::setting);
    return node;
  }

  /** Stops one of them, and starts the WAR that was built in its place. */
  public void upgrade(int number) {
    Server before = servers.get(number);
    before.close();
    servers.set(number, node(data(folder, number), settings).port(before.port()).start());
  }

  /** Starts those again that were killed. */
  public void startKilled() {
    servers.stream()
        .filter(server -> ProcessHandle.of(server.pid()).filter(ProcessHandle::isAlive).isEmpty())
        .forEach(Server::restart);
  }

  /** One of them, from 0; any number stands for one. */
  public Server get(int number) {
    return servers.get(number % servers.size());
  }

  /** All of them. */
  public List<Server> all() {
    return List.copyOf(servers);
  }

  /** A client of one of them, with a key. */
  public ApiClient site(int number) {
    return ApiClient.of(get(number)).withKey(KEY);
  }

  /** Has a visitor send a file to one of them, as a form. */
  public Answer redeem(int number, String token, String idempotencyKey, byte[] file) {
    Multipart form =
        new Multipart().field("upload_token", token).file("file", "a.png", "image/png", file);
    ApiClient visitor = ApiClient.of(get(number));
    var request =
        visitor
            .request("/api/photo/redeem-upload-token")
            .header("Content-Type", form.contentType())
            .POST(form.body());
    return visitor.send(
        idempotencyKey == null ? request : request.header("Idempotency-Key", idempotencyKey));
  }

  /** What one of them tells of a token. */
  public String told(int number, String token, String field) {
    return ApiClient.of(get(number))
        .get("/api/upload-token/status", Map.of("upload_token", token))
        .xml("/response/" + field);
  }

  @Override
  public void close() {
    List<RuntimeException> failures = new ArrayList<>();
    for (Server server : servers) {
      try {
        server.close();
      } catch (RuntimeException e) {
        failures.add(e);
      }
    }
    if (!failures.isEmpty()) {
      throw failures.get(0);
    }
  }
}
