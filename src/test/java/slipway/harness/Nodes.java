package slipway.harness;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Servers that share one PostgreSQL and one media folder; they start at once. */
public final class Nodes implements AutoCloseable {
  /** The key of level super that all take. */
  public static final String KEY = "the first key of all nodes";

  private final List<Server> servers;

  private Nodes(List<Server> servers) {
    this.servers = servers;
  }

  /**
   * Starts them, on a first start of all.
   *
   * @param folder an empty one, for the media, and a folder for each
   */
  public static Nodes start(int count, Path folder) throws Exception {
    String url = TestPostgres.newDatabase();
    Path media = Files.createDirectory(folder.resolve("media"));
    return new Nodes(AtOnce.run(count, i -> () -> node(url, media, folder.resolve("node" + i))));
  }

  private static Server node(String url, Path media, Path data) throws IOException {
    Files.createSymbolicLink(Files.createDirectory(data).resolve("media"), media);
    return Server.on(Container.JETTY_12)
        .data(data)
        .setting("slipway.database", url)
        .setting("slipway.secret-key", "0123456789abcdef".repeat(4))
        .setting("slipway.auth.initial-key", KEY)
        .start();
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
