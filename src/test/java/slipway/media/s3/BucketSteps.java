package slipway.media.s3;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import slipway.harness.Answer;
import slipway.harness.ApiClient;
import slipway.harness.Await;
import slipway.harness.Multipart;
import slipway.harness.SampleMedia;
import slipway.harness.Server;
import slipway.http.upload.tus.TusClient;

/** What a service does whose files are in a bucket, of one server or of several. */
public final class BucketSteps {
  private static final byte[] PICTURE = SampleMedia.jpeg(700, 350);

  /** More than a part. */
  private static final byte[] FILM = SampleMedia.bareMp4((int) NewObject.WINDOW + 1_000_000);

  private static final String REDEEM = "/api/photo/redeem-upload-token";

  private BucketSteps() {}

  /** A token for what only those who know its address may see: nobody is sent on for that. */
  private static String hidden(Server server) {
    return new TusClient(server).token("publish", "0");
  }

  private static Answer upload(Server server, String token, byte[] file) {
    Multipart form =
        new Multipart().field("upload_token", token).file("file", "a.jpg", "image/jpeg", file);
    return ApiClient.of(server).post(REDEEM, form);
  }

  /**
   * Sends a file to one server, and looks at it at another, or the same one.
   *
   * @return the path of the original
   */
  public static String servesWhatItKept(Server server, Server other) {
    ApiClient visitor = ApiClient.of(other);
    Answer back = upload(server, hidden(server), PICTURE);
    assertThat(back.status()).as(back.text()).isEqualTo(301);
    String original = back.returnedPath();
    Answer all = visitor.get(original);
    assertThat(all.status()).isEqualTo(200);
    assertThat(all.body()).isEqualTo(PICTURE);
    assertThat(all.header("Content-Security-Policy").orElse("")).startsWith("sandbox");
    Answer some = visitor.send(visitor.request(original).header("Range", "bytes=5-104"));
    assertThat(some.status()).isEqualTo(206);
    assertThat(some.body()).isEqualTo(Arrays.copyOfRange(PICTURE, 5, 105));
    Answer head = visitor.send(visitor.request(original).method("HEAD", BodyPublishers.noBody()));
    assertThat(head.header("Content-Length")).contains(Integer.toString(PICTURE.length));
    return original;
  }

  /** A whole upload in pieces is kept in parts, and no copy stays in the spool. */
  static void takesPieces(Server server) {
    TusClient tus = new TusClient(server);
    String upload = tus.created(hidden(server), FILM.length);
    int half = FILM.length / 2;
    assertThat(tus.patch(upload, 0, Arrays.copyOf(FILM, half)).status()).isEqualTo(204);
    Answer end = tus.patch(upload, half, Arrays.copyOfRange(FILM, half, FILM.length));
    assertThat(end.status()).as(end.text()).isEqualTo(204);
    byte[] kept = ApiClient.of(server).get(tus.originalPath(upload)).body();
    assertThat(ByteBuffer.wrap(kept)).isEqualTo(ByteBuffer.wrap(FILM));
    Await.until("loans given back", () -> files(server).isEmpty());
  }

  /**
   * The use of a token that stands for one upload comes back.
   *
   * @param cut has the store be away
   * @param mend has it be there again
   */
  public static void refusesWhileTheStoreIsAway(Server server, Runnable cut, Runnable mend) {
    String token = new TusClient(server).token("max_uploads", "1");
    String kept = upload(server, hidden(server), PICTURE).returnedPath();
    cut.run();
    Multipart form =
        new Multipart()
            .field("upload_token", token)
            .field("format", "json")
            .file("file", "a.jpg", "image/jpeg", PICTURE);
    Answer refused = ApiClient.of(server).post(REDEEM, form);
    assertThat(refused.status()).as(refused.text()).isEqualTo(503);
    assertThat(refused.header("Retry-After")).isPresent();
    Answer away = ApiClient.of(server).get(kept);
    assertThat(away.status()).isEqualTo(503);
    assertThat(away.header("Retry-After")).isPresent();
    Await.until("not ready", () -> !isReady(server));
    mend.run();
    Await.until("ready", () -> isReady(server));
    assertThat(ApiClient.of(server).get(kept).body()).isEqualTo(PICTURE);
    assertThat(upload(server, token, PICTURE).status()).isEqualTo(301);
  }

  /** Whether it takes files. */
  public static boolean isReady(Server server) {
    return ApiClient.of(server).get("/health/ready").status() == 200;
  }

  /** Visitors get a published file of the store itself. */
  public static void sendsOn(Server server) {
    String path =
        upload(server, new TusClient(server).token("publish", "1"), PICTURE).returnedPath();
    ApiClient visitor = ApiClient.of(server);
    Answer on = visitor.send(visitor.request(path).header("Range", "bytes=5-104"));
    assertThat(on.status()).isEqualTo(307);
    assertThat(on.header("Cache-Control")).contains("no-store");
    ApiClient store = ApiClient.at(on.location().resolve("/"));
    String address = on.location().getRawPath() + "?" + on.location().getRawQuery();
    Answer some = store.send(store.request(address).header("Range", "bytes=5-104"));
    assertThat(some.body()).isEqualTo(Arrays.copyOfRange(PICTURE, 5, 105));
    assertThat(some.header("Content-Type")).contains("image/jpeg");
    assertThat(some.header("Content-Disposition").orElse("")).startsWith("inline");
    assertThat(store.get(address.replace("X-Amz-Expires=300", "X-Amz-Expires=301")).status())
        .isEqualTo(403);
    String origin = on.location().getScheme() + "://" + on.location().getAuthority();
    String page = "/photo/" + path.split("/")[2];
    assertThat(visitor.get(page).header("Content-Security-Policy").orElse(""))
        .contains("; img-src 'self' data: blob: " + origin + ";")
        .contains("; media-src 'self' blob: " + origin + ";");
    String small = path.replace("original", "small");
    assertThat(visitor.get(small).status()).isEqualTo(200);
    String later = new TusClient(server).token("publish", "1", "publish_date", "2090-01-01");
    assertThat(visitor.get(upload(server, later, PICTURE).returnedPath()).status()).isEqualTo(200);
  }

  /** What a server has of files on its own disk. */
  public static List<Path> files(Server server) {
    try (Stream<Path> files = Files.list(server.data().resolve("media/incoming"))) {
      return files.toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
