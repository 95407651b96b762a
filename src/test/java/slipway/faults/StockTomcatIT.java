package slipway.faults;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.commons.io.FileUtils;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import slipway.harness.ApiClient;
import slipway.harness.Docs;
import slipway.harness.Tool;

/** The docs' steps, on a Tomcat as it is downloaded. */
@Tag("faults")
class StockTomcatIT {
  private static final Pattern PORT =
      Pattern.compile("ProtocolHandler \\[\"http-nio-auto-1-(\\d+)");

  @TempDir Path folder;

  @Test
  void servesSlipwayByTheStepsOfTheDocs() throws Exception {
    Path base = folder.resolve("tomcat");
    Path data = folder.resolve("data");
    FileUtils.copyDirectory(distribution().toFile(), base.toFile());
    List<String> blocks = Docs.page("operations").section("## Deployment on Tomcat").blocks("");
    run(base, blocks.get(0).replaceFirst("mvn .*\n", ""));
    String environment = blocks.get(1).replace("/var/lib/slipway", data.toString());
    Files.writeString(base.resolve("bin/setenv.sh"), environment);
    freePorts(base.resolve("conf/server.xml"));
    Process tomcat = start(base);
    try {
      ApiClient api = ApiClient.at(URI.create("http://127.0.0.1:" + port(tomcat, base) + "/"));
      assertThat(api.get("/health/ready").status()).isEqualTo(200);
      String key = Files.readString(data.resolve("initial-key.txt")).strip();
      Map<String, String> asked = Map.of("return_url", "http://a.test/");
      assertThat(api.withKey(key).post("/api/photo/get-upload-token", asked).status())
          .isEqualTo(200);
    } finally {
      tomcat.destroy();
      assertThat(tomcat.waitFor(60, TimeUnit.SECONDS)).isTrue();
    }
  }

  private static Path distribution() {
    Path containers = Path.of(System.getProperty("project.build.directory"), "containers");
    Path folder = containers.resolve("stock-tomcat10/tomcat");
    assertThat(folder).as("unpacked by mvn -Pfaults").isDirectory();
    return folder;
  }

  private static void run(Path base, String commands) throws Exception {
    Path shell = Tool.require("bash");
    ProcessBuilder builder = new ProcessBuilder(shell.toString(), "-ec", commands);
    builder.environment().put("CATALINA_BASE", base.toString());
    Process process = builder.redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), UTF_8);
    assertThat(process.waitFor()).as(output).isZero();
  }

  private static void freePorts(Path config) throws IOException {
    String xml = Files.readString(config);
    Files.writeString(
        config, xml.replace("port=\"8005\"", "port=\"-1\"").replace("port=\"8080\"", "port=\"0\""));
  }

  private static Process start(Path base) throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder("bash", base.resolve("bin/catalina.sh").toString(), "run");
    builder.environment().put("CATALINA_BASE", base.toString());
    builder.environment().put("CATALINA_HOME", base.toString());
    builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
    builder.redirectErrorStream(true).redirectOutput(base.resolve("out.log").toFile());
    return builder.start();
  }

  private static String port(Process tomcat, Path base) throws Exception {
    for (int i = 0; i < 600 && tomcat.isAlive(); i++) {
      String log = Files.readString(base.resolve("out.log"));
      Matcher port = PORT.matcher(log);
      if (log.contains("Server startup in") && port.find()) {
        return port.group(1);
      }
      Thread.sleep(100);
    }
    throw new AssertionError(Files.readString(base.resolve("out.log")));
  }
}
