package slipway.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import slipway.harness.Answer;
import slipway.harness.ApiClient;
import slipway.harness.Multipart;
import slipway.harness.SampleMedia;
import slipway.harness.Server;
import slipway.http.EveryMethod;
import slipway.http.upload.tus.TusClient;

/**
 * Every way into a server that needs its database: each method of the API, uploads that begin and
 * that continue in every protocol, and the pages.
 */
final class Doors {
  private static final byte[] PNG = SampleMedia.png(30, 30);
  private static final String REDEEM = "/api/photo/redeem-upload-token";

  /**
   * Which answer from the memory, of credentials those that are known there, or, about files that
   * are set aside, from the disk.
   */
  private static final Set<String> WITHOUT_DATABASE =
      Set.of(
          "echo",
          "license/list",
          "site/get",
          "credential/list",
          "credential/revoke",
          "set-aside/list",
          "set-aside/restore");

  /** One way in. */
  record Door(String name, Supplier<Answer> act) {}

  private final Server server;
  private final ApiClient visitor;
  private final TusClient tus;
  private final List<Door> all = new ArrayList<>();
  private final List<String> secrets = new ArrayList<>();

  /** Those of a server whose database is there now; comments are on. */
  Doors(Server server) {
    this.server = server;
    this.visitor = ApiClient.of(server);
    this.tus = new TusClient(server);
    addMethods();
    addUploads();
    addPages();
  }

  List<Door> all() {
    return all;
  }

  /** What may not be in a log. */
  List<String> secrets() {
    return secrets;
  }

  private void add(String name, Supplier<Answer> act) {
    all.add(new Door(name, act));
  }

  private void addMethods() {
    EveryMethod day = new EveryMethod(() -> visitor, server.key());
    day.live();
    for (EveryMethod.Call call : day.calls()) {
      if (!WITHOUT_DATABASE.contains(call.method())) {
        add(call.method(), () -> call.act().apply(visitor));
      }
    }
  }

  private void addUploads() {
    String token = tus.token("max_uploads", "10");
    secrets.add(token);
    String path = tus.created(token, PNG.length);
    assertThat(tus.patch(path, 0, Arrays.copyOf(PNG, 20)).status()).isEqualTo(204);
    assertThat(chunk(token, "begun", 1).status()).isEqualTo(200);
    add(
        "form",
        () ->
            visitor.post(
                REDEEM,
                new Multipart()
                    .field("upload_token", token)
                    .file("file", "a.png", "image/png", PNG)));
    add(
        "form, file first",
        () ->
            visitor.post(
                REDEEM,
                new Multipart()
                    .file("file", "a.png", "image/png", PNG)
                    .field("upload_token", token)));
    add("chunk", () -> chunk(token, "other", 1));
    add("chunk that goes on", () -> chunk(token, "begun", 2));
    add("tus creation", () -> tus.create(token, PNG.length));
    add("tus creation with bytes", () -> tus.createWith(token, PNG.length, PNG));
    add(
        "tus offset",
        () -> tus.send("HEAD", path.replace(path.substring(path.length() - 6), "000000")));
    add("tus bytes", () -> tus.patch(path, 20, Arrays.copyOfRange(PNG, 20, 30)));
    add("tus end", () -> tus.send("DELETE", path));
  }

  private Answer chunk(String token, String identifier, int number) {
    return visitor.post(
        REDEEM,
        new Multipart()
            .field("upload_token", token)
            .field("resumableIdentifier", identifier)
            .field("resumableFilename", "a.png")
            .field("resumableTotalSize", Integer.toString(PNG.length))
            .field("resumableChunkNumber", Integer.toString(number))
            .field("resumableChunkSize", Integer.toString(PNG.length / 2))
            .file("file", "a.png", "image/png", piece(number)));
  }

  private static byte[] piece(int number) {
    int half = PNG.length / 2;
    return number == 1 ? Arrays.copyOf(PNG, half) : Arrays.copyOfRange(PNG, half, PNG.length);
  }

  private void addPages() {
    for (String path :
        List.of(
            "/",
            "/photo/1",
            "/album/1",
            "/tag?name=a",
            "/user/1",
            "/upload/" + secrets.get(0),
            "/photo/1/" + "a".repeat(32))) {
      add(path, () -> visitor.get(path));
    }
  }
}
