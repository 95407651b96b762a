package slipway.web;

import static org.assertj.core.api.Assertions.assertThat;
import static slipway.web.Visit.big;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import slipway.harness.ApiClient;
import slipway.harness.Container;
import slipway.harness.Server;

/** A visitor uploads while the WAR is taken out of a running Tomcat and put in again. */
@Tag("faults")
class RedeployedElementIT {
  private static final int SLOW = 300_000;

  @ParameterizedTest
  @EnumSource(names = {"TOMCAT_10", "TOMCAT_11"})
  void goesOnWhereItWas(Container container) throws Exception {
    Path file = big("sailing.jpg");
    try (Server server =
            Server.on(container)
                .jvm("-Dharness.manager=true")
                .packed()
                .setting("slipway.shutdown.seconds", "1")
                .start();
        Visit visit = new Visit(server)) {
      visit.browser.go(server.uri("/upload/" + visit.token(1)));
      visit
          .browser
          .driver()
          .executeScript(
              "document.querySelector('slipway-upload').setAttribute('resumable-from', '200000')");
      visit.browser.upstream(SLOW);
      visit.uploader.choose(file);
      visit.uploader.press(".primary");
      visit.uploader.awaitText("seconds left");
      URI upload = visit.unfinished();
      assertThat(manager(server, "undeploy?path=/")).startsWith("OK");
      assertThat(ApiClient.of(server).get(upload.getPath()).status()).isEqualTo(404);
      visit.uploader.awaitState("waiting");
      Thread.sleep(4_000); // long enough for another try, which is told 404
      assertThat(visit.unfinished()).isEqualTo(upload);
      assertThat(manager(server, "deploy?path=/&war=file:" + server.war())).startsWith("OK");
      assertThat(visit.original(visit.uploader.awaitBack())).isEqualTo(Files.readAllBytes(file));
      assertThat(visit.tus("HEAD", upload)).as("no other was begun").isEqualTo(200);
    }
  }

  private static String manager(Server server, String command) {
    return ApiClient.of(server).get("/manager/text/" + command).text();
  }
}
