package slipway.http.clients;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import slipway.harness.Answer;
import slipway.harness.ApiClient;
import slipway.harness.Container;
import slipway.harness.Server;
import slipway.harness.SharedServers;
import slipway.http.upload.form.Visits;

/** JSON as the later platform gives it. */
class VisualIT {
  private final Server server = SharedServers.branded(Container.JETTY_12);

  private ApiClient visitor() {
    return ApiClient.of(server);
  }

  @Test
  void declaresAVariableWhereNoOtherShapeIsAskedFor() {
    Answer list = visitor().get("/api/photo/list?format=json");
    assertThat(list.text()).startsWith("var visual = {\"status\":\"ok\"").endsWith("};");
    assertThat(list.header("Content-Type").orElseThrow()).startsWith("application/javascript");
    Answer error = visitor().get("/api/photo/list?format=json&year=x");
    assertThat(error.status()).isEqualTo(200);
    assertThat(error.text()).startsWith("var visual = {\"status\":\"error\"");
    assertThat(visitor().post("/api/photo/list", Map.of("format", "json", "year", "x")).status())
        .isEqualTo(400);
  }

  @Test
  void leavesOtherShapesAsTheyAre() {
    assertThat(visitor().get("/api/echo?format=json&raw").json().has("echo")).isTrue();
    assertThat(visitor().get("/api/echo?format=json&varname=v").text()).startsWith("var v = {");
    assertThat(visitor().get("/api/echo?format=json&callback=f").text()).contains("f({");
    assertThat(visitor().get("/api/echo").text()).startsWith("<?xml");
  }

  @Test
  void leavesRepliesToUploadersAsTheyAre() {
    Visits visits = new Visits(server);
    Answer form = visits.redeem(Visits.jpeg(visits.token()).field("format", "json"));
    assertThat(form.json().has("upload")).isTrue();
    Answer dead = visits.redeem(Visits.jpeg("0".repeat(40)).field("format", "json"));
    assertThat(dead.status()).isEqualTo(404);
    assertThat(dead.json().get("code").getAsString()).isEqualTo("invalid_upload_token");
  }
}
