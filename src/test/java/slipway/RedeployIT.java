package slipway;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import slipway.harness.Answer;
import slipway.harness.AnyContainer;
import slipway.harness.ApiClient;
import slipway.harness.Container;
import slipway.harness.Multipart;
import slipway.harness.SampleMedia;
import slipway.harness.Server;

/** The WAR is taken out of a running Tomcat and put in again, by Tomcat's own manager. */
class RedeployIT {
  /** Java 17's method handles keep the class that was compared last, and so one application. */
  private static final long LEFT_BY_JAVA = 1;

  /** One more than Java may keep, so that a leak of each shows at the last one. */
  private static final int ROUNDS = 2;

  /** The other one runs in {@code mvn -Pfaults verify}. */
  static Stream<Container> tomcats() {
    return AnyContainer.ALL
        ? Stream.of(Container.TOMCAT_10, Container.TOMCAT_11)
        : Stream.of(Container.TOMCAT_11);
  }

  @Execution(ExecutionMode.CONCURRENT)
  @ParameterizedTest
  @MethodSource("tomcats")
  void leavesNeitherThreadNorLockNorMemoryBehind(Container container) throws Exception {
    ManagedServer managed = ManagedServer.on(container);
    Server server = managed.server();
    String album = album(server);
    use(server, album);
    managed.smtp().next();
    for (int i = 0; i < ROUNDS; i++) {
      String last = ApiClient.of(server).get("/health/live").header("X-Request-Id").orElseThrow();
      managed.undeploy();
      assertThat(server.log()).contains(last + " GET /health/live 200");
      assertThat(ApiClient.of(server).get("/health/live").status()).isEqualTo(404);
      assertThat(managed.manager("threaddump"))
          .doesNotContain("\"slipway")
          .doesNotContain("Hikari");
      assertThat(leaks(managed)).isLessThanOrEqualTo(LEFT_BY_JAVA);
      if (i < ROUNDS - 1 || AnyContainer.ALL) {
        managed.deploy();
        use(server, album);
        managed.smtp().next();
      }
    }
    // A thread without a stack is one that has just ended.
    assertThat(server.log())
        .doesNotContainPattern("has failed to stop it.*\\R\\s+\\S")
        .doesNotContain("failed to remove it")
        .doesNotContain("failed to unregister it");
  }

  /** An album whose owner is told by e-mail of what comes into it. */
  private static String album(Server server) {
    ApiClient site = ApiClient.withKey(server);
    String user =
        site.post("/api/user/create", Map.of("username", "ann", "email", "ann@b.test"))
            .xml("/response/user_id");
    return site.post("/api/album/create", Map.of("title", "Feast", "user_id", user))
        .xml("/response/album_id");
  }

  /**
   * Makes it load its parts: database, multipart, pictures, renditions and e-mail, whose library
   * finds its own by the class loaders of a container.
   */
  private static void use(Server server, String album) throws InterruptedException {
    String token =
        ApiClient.withKey(server)
            .post(
                "/api/photo/get-upload-token",
                Map.of("return_url", "http://a.test/", "album_id", album))
            .xml("/response/upload_token");
    Map<String, String> photo =
        ApiClient.of(server)
            .post(
                "/api/photo/redeem-upload-token",
                new Multipart()
                    .field("upload_token", token)
                    .file("file", "a.jpg", "image/jpeg", SampleMedia.jpeg(300, 200)))
            .locationParameters();
    Map<String, String> said =
        Map.of("photo_id", photo.get("photo_id"), "token", photo.get("token"));
    for (int i = 0; i < 300; i++) {
      Answer progress = ApiClient.of(server).get("/api/photo/get-transcoding-progress", said);
      if (progress.xml("/response/state").equals("done")) {
        assertThat(ApiClient.of(server).get("/photo/" + photo.get("photo_id")).status())
            .isEqualTo(200);
        return;
      }
      Thread.sleep(100);
    }
    throw new AssertionError("No renditions:\n" + server.log());
  }

  /**
   * Asks again for a while: a collection frees what cleaners and references give up only after it.
   */
  private static long leaks(ManagedServer managed) throws InterruptedException {
    long found = Long.MAX_VALUE;
    for (int i = 0; i < 30 && found > LEFT_BY_JAVA; i++) {
      Thread.sleep(i == 0 ? 0 : 500);
      found = managed.manager("findleaks").lines().count();
    }
    return found;
  }
}
