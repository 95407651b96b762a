package slipway.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.apache.commons.io.FileUtils;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import slipway.harness.Answer;
import slipway.harness.ApiClient;
import slipway.harness.Await;
import slipway.harness.Compose;
import slipway.harness.Containerfile;
import slipway.harness.Multipart;
import slipway.harness.NeedsPostgres;
import slipway.harness.Nginx;
import slipway.harness.OwnPostgres;
import slipway.harness.SampleMedia;
import slipway.harness.TestBuckets;
import slipway.harness.Tool;
import software.amazon.awssdk.services.s3.S3Client;

/**
 * The steps of {@code Containerfile} and {@code compose.yaml} without containers: two nodes on
 * Tomcat as it is downloaded, with the environment that they have there, a PostgreSQL, a bucket,
 * and nginx with its very file.
 */
@Tag("faults")
@NeedsPostgres
class ComposeIT {
  private static final String TOMCAT = "/usr/local/tomcat";
  private static final String KEY = "the first key of all nodes";
  private static final String ISSUE = "/api/photo/get-upload-token";
  private static final String REDEEM = "/api/photo/redeem-upload-token";
  private static final String LOOPBACK = "127.0.0.1";
  private static final Map<String, String> VARIABLES =
      Map.of(
          "DATABASE_PASSWORD",
          "a-password",
          "STORE_PASSWORD",
          "another-password",
          "SECRET_KEY",
          "0123456789abcdef".repeat(4),
          "INITIAL_KEY",
          KEY);

  @TempDir Path folder;
  private final List<Process> processes = new ArrayList<>();

  /** A node that runs. */
  private record Node(ApiClient api, Path base, int port, Process process) {
    /** What the node and Tomcat wrote. */
    private String told() throws IOException {
      StringBuilder all = new StringBuilder();
      try (Stream<Path> logs = Files.list(base.resolve("logs"))) {
        for (Path log : logs.sorted().toList()) {
          all.append(Files.readString(log));
        }
      }
      return all.append(Files.readString(log())).toString();
    }

    Path log() {
      return base.resolve("out.log");
    }

    void awaitReady() throws IOException {
      AtomicReference<String> last = new AtomicReference<>("");
      try {
        Await.until(
            "a node, or its end",
            Duration.ofMinutes(5),
            () -> isReady(last) || !process.isAlive() || hasAnswered("startup failed"));
      } catch (AssertionError e) {
        throw new AssertionError(last + "\n" + told(), e);
      }
      assertThat(isReady(last)).as(last + "\n" + told()).isTrue();
    }

    private boolean isReady(AtomicReference<String> last) {
      try {
        Answer answer = api.get("/health/ready");
        last.set(answer.text());
        return answer.status() == 200;
      } catch (UncheckedIOException e) {
        last.set(e.toString());
        return false;
      }
    }

    boolean hasAnswered(String path) {
      try {
        return Files.readString(log()).contains(path);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  @AfterEach
  void stop() throws InterruptedException {
    processes.forEach(Process::destroy);
    for (Process process : processes) {
      if (!process.waitFor(60, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }

  private static void run(Path at, String... command) throws Exception {
    Process process =
        new ProcessBuilder(command).directory(at.toFile()).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(output).isZero();
  }

  /** What the image has, at another place. */
  private void build(Path base, Containerfile image, int port) throws Exception {
    FileUtils.copyDirectory(StockContainer.TOMCAT_11.home().toFile(), base.toFile());
    FileUtils.deleteDirectory(base.resolve("webapps").toFile());
    for (String copy : image.all("COPY")) {
      String[] words = copy.split(" ");
      Path target = Path.of(words[words.length - 1].replace(TOMCAT, base.toString()));
      if (words[0].equals("--from=build")) {
        Files.createDirectories(target);
        Path war = Path.of(System.getProperty("project.build.directory"), "slipway.war");
        String jar = Path.of(System.getProperty("java.home"), "bin", "jar").toString();
        run(target, jar, "-xf", war.toAbsolutePath().toString());
      } else {
        Files.writeString(target, Files.readString(Path.of(words[0])).replace("8080", "" + port));
      }
    }
    if (Runtime.version().feature() < 21) {
      Path config = base.resolve("conf/server.xml");
      Files.writeString(config, Files.readString(config).replace("useVirtualThreads=\"true\"", ""));
    }
  }

  /** The name of a service stands for an address there. */
  private static String here(String value, OwnPostgres database) {
    return value
        .replace("database:5432", LOOPBACK + ":" + database.port())
        .replace("store:80", LOOPBACK + ":" + TestBuckets.port());
  }

  private Node start(String name, OwnPostgres database) throws Exception {
    Containerfile image = Containerfile.read().last();
    Path base = folder.resolve(name);
    int port = freePort();
    build(base, image, port);
    Path data = Files.createDirectory(folder.resolve(name + "-data"));
    assertThat(image.one("CMD")).isEqualTo("[\"catalina.sh\", \"run\"]");
    ProcessBuilder builder =
        new ProcessBuilder(
                Tool.require("bash").toString(), base.resolve("bin/catalina.sh").toString(), "run")
            .redirectErrorStream(true)
            .redirectOutput(base.resolve("out.log").toFile());
    Map<String, String> environment = builder.environment();
    environment.putAll(image.environment());
    Compose.read(VARIABLES)
        .environment(name)
        .forEach((each, value) -> environment.put(each, here(value, database)));
    environment.put("SLIPWAY_DATA", data.toString());
    environment.put("SLIPWAY_PROXIES", LOOPBACK);
    // The store of tests has an account of its own.
    Map<String, String> store = TestBuckets.settings(TestBuckets.newBucket());
    environment.put("SLIPWAY_MEDIA_ACCESS_KEY", store.get("slipway.media.access-key"));
    environment.put("SLIPWAY_MEDIA_ACCESS_SECRET", store.get("slipway.media.access-secret"));
    environment.put("JAVA_HOME", System.getProperty("java.home"));
    environment.put("CATALINA_HOME", base.toString());
    environment.put("CATALINA_BASE", base.toString());
    Process process = builder.start();
    processes.add(process);
    ApiClient api = ApiClient.at(URI.create("http://" + LOOPBACK + ":" + port + "/"));
    return new Node(api, base, port, process);
  }

  private static OwnPostgres database() throws IOException {
    OwnPostgres database = OwnPostgres.start(Map.of());
    Map<String, String> made = Compose.read(VARIABLES).environment("database");
    String user = made.get("POSTGRES_USER");
    database.execute(
        "create role " + user + " login password '" + made.get("POSTGRES_PASSWORD") + "'");
    database.execute("create database " + made.get("POSTGRES_DB") + " owner " + user);
    return database;
  }

  private static String balancer(Node node1, Node node2, int port) {
    try {
      return Files.readString(Path.of("src/main/container/nginx.conf"))
          .replace("node1:8080", LOOPBACK + ":" + node1.port())
          .replace("node2:8080", LOOPBACK + ":" + node2.port())
          .replace("listen 80;", "listen " + LOOPBACK + ":" + port + ";");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String token(ApiClient site) {
    Answer token =
        site.withKey(KEY)
            .post(
                ISSUE, Map.of("return_url", "http://a.test/thanks?x=1", "title", "At the harbour"));
    assertThat(token.status()).as(token.text()).isEqualTo(200);
    return token.xml("/response/upload_token");
  }

  private static void uploadsAtOneAndShowsAtTheOther(ApiClient site, Node one, Node other) {
    byte[] picture = SampleMedia.jpeg(40, 30);
    Answer answer =
        site.post(
            REDEEM,
            new Multipart()
                .field("upload_token", token(site))
                .file("file", "a.jpg", "image/jpeg", picture));
    assertThat(answer.status()).as(answer.text()).isEqualTo(301);
    assertThat(answer.location().toString()).startsWith("http://a.test/thanks?x=1&");
    // Without sticky sessions the token was issued at one, and redeemed at the other.
    Await.until(
        "a request at each node",
        () ->
            one.hasAnswered(ISSUE) && other.hasAnswered(REDEEM)
                || other.hasAnswered(ISSUE) && one.hasAnswered(REDEEM));
    for (Node node : List.of(one, other)) {
      String photo = answer.locationParameters().get("photo_id");
      Answer page = node.api().get("/photo/" + photo);
      assertThat(page.status()).isEqualTo(200);
      assertThat(page.text()).contains("At the harbour");
      assertThat(node.api().get(answer.returnedPath()).body()).isEqualTo(picture);
    }
  }

  private static void continuesAnUploadAtTheOther(ApiClient site, Node one, Node other) {
    byte[] picture = SampleMedia.png(60, 50);
    int half = picture.length / 2;
    String metadata =
        Base64.getEncoder().encodeToString(token(site).getBytes(StandardCharsets.UTF_8));
    Answer created =
        one.api()
            .send(
                one.api()
                    .request("/files/")
                    .header("Tus-Resumable", "1.0.0")
                    .header("Upload-Length", Integer.toString(picture.length))
                    .header("Upload-Metadata", "upload_token " + metadata)
                    .header("Content-Type", "application/offset+octet-stream")
                    .POST(BodyPublishers.ofByteArray(picture, 0, half)));
    assertThat(created.status()).as(created.text()).isEqualTo(201);
    String path = created.location().getPath();
    Await.until(
        "the other node to take the upload over",
        Duration.ofMinutes(1),
        () ->
            other
                    .api()
                    .send(
                        other
                            .api()
                            .request(path)
                            .header("Tus-Resumable", "1.0.0")
                            .header("Upload-Offset", Integer.toString(half))
                            .header("Content-Type", "application/offset+octet-stream")
                            .method(
                                "PATCH",
                                BodyPublishers.ofByteArray(
                                    Arrays.copyOfRange(picture, half, picture.length))))
                    .status()
                == 204);
    Answer finished = one.api().get(path);
    assertThat(finished.status()).as(finished.text()).isEqualTo(200);
    assertThat(one.api().get(finished.uploadedPath()).body()).isEqualTo(picture);
  }

  @Test
  void takesUploadsAtTwoNodesBehindTheBalancer() throws Exception {
    try (S3Client client = TestBuckets.client()) {
      client.createBucket(to -> to.bucket("slipway"));
    }
    try (OwnPostgres database = database()) {
      Node node1 = start("node1", database);
      Node node2 = start("node2", database);
      for (Node node : List.of(node1, node2)) {
        node.awaitReady();
      }
      try (Nginx balancer = Nginx.of(port -> balancer(node1, node2, port))) {
        uploadsAtOneAndShowsAtTheOther(balancer.client(), node1, node2);
        continuesAnUploadAtTheOther(balancer.client(), node1, node2);
      } finally {
        stop();
      }
    }
  }
}
