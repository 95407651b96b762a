package slipway.faults;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.commons.io.FileUtils;
import slipway.harness.Docs;
import slipway.harness.Tool;

/** A container as it is downloaded, and how the docs set it up. */
enum StockContainer {
  TOMCAT_10("tomcat", "## Deployment on Tomcat"),
  TOMCAT_11("tomcat", "## Deployment on Tomcat"),
  JETTY_12("jetty", "## Deployment on Jetty");

  private static final Pattern CONNECTOR =
      Pattern.compile("<Connector port=\"8080\"[^>]*>", Pattern.DOTALL);
  private static final Pattern HOST = Pattern.compile("<Host .*?</Host>", Pattern.DOTALL);
  private static final Pattern LISTENER =
      Pattern.compile("<Listener className=\"[^\"]*JreMemoryLeakPreventionListener\"[^>]*>");
  private static final int FIRST_VIRTUAL_THREADS = 21;

  private final String folder;
  private final String section;

  StockContainer(String folder, String section) {
    this.folder = folder;
    this.section = section;
  }

  private boolean isTomcat() {
    return folder.equals("tomcat");
  }

  /** Unpacked by {@code mvn -Pfaults}. */
  Path home() {
    Path containers = Path.of(System.getProperty("project.build.directory"), "containers");
    String name = "stock-" + name().toLowerCase(Locale.ROOT).replace("_", "");
    Path home = containers.resolve(name).resolve(folder);
    assertThat(home).as("unpacked by mvn -Pfaults").isDirectory();
    return home;
  }

  private Docs steps() throws IOException {
    return Docs.page("operations").section(section);
  }

  /** Takes the docs' steps up to the start. */
  void install(Path base, Path data, int port) throws Exception {
    run(base, steps().blocks("").get(0).replaceFirst("mvn .*\n", ""), Map.of());
    if (isTomcat()) {
      configureTomcat(base, data, port);
    } else {
      Files.writeString(base.resolve("start.d/slipway.ini"), steps().code("ini"));
    }
  }

  private void configureTomcat(Path base, Path data, int port) throws IOException {
    String environment = steps().blocks("").get(1);
    Files.writeString(
        base.resolve("bin/setenv.sh"), environment.replace("/var/lib/slipway", data.toString()));
    Path config = base.resolve("conf/server.xml");
    List<String> xml = steps().blocks("xml");
    String connector = found(CONNECTOR, xml.get(0)).replace("\"8080\"", "\"" + port + "\"");
    if (Runtime.version().feature() < FIRST_VIRTUAL_THREADS) {
      connector = connector.replace("useVirtualThreads=\"true\"", "");
    }
    String stock = Files.readString(config).replace("port=\"8005\"", "port=\"-1\"");
    String changed =
        stock
            .replace(found(CONNECTOR, stock), connector)
            .replace(found(LISTENER, stock), xml.get(1).strip())
            .replace(found(HOST, stock), found(HOST, xml.get(0)));
    Files.writeString(config, changed);
    Path logging = base.resolve("conf/logging.properties");
    Files.writeString(logging, Files.readString(logging) + "\n" + steps().blocks("").get(2));
  }

  private static String found(Pattern pattern, String text) {
    Matcher found = pattern.matcher(text);
    assertThat(found.find()).as(pattern + " in " + text).isTrue();
    return found.group();
  }

  /** Runs it; its output is {@code out.log}. */
  Process start(Path base, Path data, int port) throws IOException {
    String command =
        isTomcat()
            ? "exec bash $CATALINA_BASE/bin/catalina.sh run"
            : steps()
                    .blocks("")
                    .get(1)
                    .replace("/var/lib/slipway", data.toString())
                    .replace("exec java", "exec $JAVA_HOME/bin/java")
                    .strip()
                + " jetty.http.port="
                + port;
    return shell(base, command, Map.of())
        .redirectOutput(ProcessBuilder.Redirect.appendTo(base.resolve("out.log").toFile()))
        .start();
  }

  /** Runs commands of the docs to their end. */
  void run(Path base, String commands, Map<String, String> environment) throws Exception {
    Process process = shell(base, commands, environment).start();
    String output = new String(process.getInputStream().readAllBytes(), UTF_8);
    assertThat(process.waitFor()).as(output).isZero();
  }

  private ProcessBuilder shell(Path base, String commands, Map<String, String> environment) {
    ProcessBuilder builder =
        new ProcessBuilder(Tool.require("bash").toString(), "-ec", commands)
            .redirectErrorStream(true);
    builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
    builder.environment().put("CATALINA_HOME", base.toString());
    builder.environment().put("CATALINA_BASE", base.toString());
    builder.environment().put("JETTY_HOME", home().toString());
    builder.environment().put("JETTY_BASE", base.toString());
    builder.environment().putAll(environment);
    return builder;
  }

  /** Makes the folder that it runs from, as after the download. */
  void unpack(Path base) throws IOException {
    if (isTomcat()) {
      FileUtils.copyDirectory(home().toFile(), base.toFile());
    }
  }
}
