package slipway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import slipway.harness.Compose;
import slipway.harness.Containerfile;
import slipway.harness.Docs;
import slipway.harness.Tool;
import slipway.net.AddressRange;

/**
 * {@code Containerfile}, {@code compose.yaml} and what they name agree with Slipway and the docs.
 */
class ContainerFilesTest {
  private static final Path SERVER_XML = Path.of("src/main/container/server.xml");
  private static final Path NGINX_CONF = Path.of("src/main/container/nginx.conf");
  private static final List<String> NODES = List.of("node1", "node2");
  private static final Map<String, String> VARIABLES =
      Map.of(
          "DATABASE_PASSWORD", "a-password",
          "STORE_PASSWORD", "another-password",
          "SECRET_KEY", "0123456789abcdef".repeat(4),
          "INITIAL_KEY", "the first key of all nodes");

  private Containerfile image;
  private Compose compose;

  @BeforeEach
  void read() throws IOException {
    image = Containerfile.read();
    compose = Compose.read(VARIABLES);
  }

  private static Map<String, String> settings(Map<String, String> environment) throws IOException {
    Map<String, String> names = new TreeMap<>();
    for (String name : SettingsDocs.read().keySet()) {
      names.put(name.toUpperCase(Locale.ROOT).replace('.', '_').replace('-', '_'), name);
    }
    Map<String, String> settings = new HashMap<>();
    environment.forEach(
        (name, value) -> {
          if (name.startsWith("SLIPWAY_")) {
            assertThat(names).containsKey(name);
            settings.put(names.get(name), value);
          }
        });
    return settings;
  }

  private Map<String, String> environment(String node) {
    Map<String, String> all = new TreeMap<>(image.last().environment());
    all.putAll(compose.environment(node));
    return all;
  }

  private static String first(Pattern pattern, Path file) throws IOException {
    Matcher found = pattern.matcher(Files.readString(file));
    assertThat(found.find()).as(pattern + " in " + file).isTrue();
    return found.group(1);
  }

  @Test
  void givesNodesSettingsThatSlipwayTakes() throws IOException {
    for (String node : NODES) {
      Map<String, String> settings = settings(environment(node));
      assertThat(settings)
          .containsKeys("slipway.data", "slipway.database", "slipway.media", "slipway.proxies");
      assertThat(Settings.read(settings::get, null)).isNotNull();
    }
    assertThat(environment("node1")).isEqualTo(environment("node2"));
  }

  @Test
  void needsEverySecret() throws IOException {
    assertThat(Compose.required()).isEqualTo(new TreeSet<>(VARIABLES.keySet()));
    for (String name : VARIABLES.keySet()) {
      Map<String, String> others = new HashMap<>(VARIABLES);
      others.remove(name);
      assertThatThrownBy(() -> Compose.read(others)).hasMessageContaining(name);
    }
    String docs = Docs.page("nodes").section("## Nodes in containers").text();
    VARIABLES.keySet().forEach(name -> assertThat(docs).contains(name + "="));
    assertThat(Files.readString(Path.of(".gitignore"))).contains("/.env\n");
  }

  @Test
  void copiesWhatIsThereAndInTheContextOfTheBuild() throws IOException {
    List<String> ignored = Files.readAllLines(Path.of(".dockerignore"));
    assertThat(ignored.get(0)).isEqualTo("*");
    for (String copy : image.all("COPY")) {
      String source = copy.split(" ")[0];
      if (source.startsWith("--from=")) {
        continue;
      }
      assertThat(Path.of(source)).exists();
      assertThat(ignored)
          .anyMatch(line -> line.startsWith("!") && Path.of(source).startsWith(line.substring(1)));
    }
  }

  @Test
  void runsAsAUserWhoOwnsTheDataFolderOnly() {
    Containerfile last = image.last();
    String user = last.one("USER");
    assertThat(last.all("RUN")).anyMatch(run -> run.contains("useradd") && run.contains(user));
    assertThat(last.instructions())
        .last()
        .extracting(Containerfile.Instruction::name)
        .isEqualTo("CMD");
    List<String> names = last.instructions().stream().map(Containerfile.Instruction::name).toList();
    assertThat(names.lastIndexOf("RUN")).isLessThan(names.indexOf("USER"));
    assertThat(names.lastIndexOf("COPY")).isLessThan(names.indexOf("USER"));
    assertThat(last.all("COPY")).noneMatch(copy -> copy.contains("--chown"));
    String data = last.environment().get("SLIPWAY_DATA");
    assertThat(last.one("VOLUME")).isEqualTo(data);
    assertThat(last.all("RUN"))
        .anyMatch(run -> run.contains("install -d -o " + user) && run.contains(data + "/media"));
  }

  @Test
  void checksTheHealthAtThePortOfTomcat() throws IOException {
    String port = first(Pattern.compile("<Connector port=\"(\\d+)\""), SERVER_XML);
    assertThat(image.last().one("EXPOSE")).isEqualTo(port);
    assertThat(image.last().one("HEALTHCHECK"))
        .contains(" http://127.0.0.1:" + port + "/health/live ");
  }

  /** But for the address: the only other machine that reaches a container's port is its host. */
  @Test
  void setsUpTomcatAsTheDocsHaveIt() throws IOException {
    String docs =
        Docs.page("operations")
            .section("## Deployment on Tomcat")
            .text()
            .replace(" address=\"127.0.0.1\"", "");
    String server = Files.readString(SERVER_XML).replaceAll("\\s+", " ");
    for (String element :
        List.of(
            "<Connector port=\"8080\"[^>]*>",
            "<Valve [^>]*>",
            "<Listener [^>]*appContextProtection[^>]*>")) {
      Matcher line = Pattern.compile(element, Pattern.DOTALL).matcher(docs);
      assertThat(line.find()).as(element).isTrue();
      assertThat(server).contains(line.group().replaceAll("\\s+", " "));
    }
  }

  @Test
  void givesEachNodeADataFolderOfItsOwn() {
    String data = image.last().environment().get("SLIPWAY_DATA");
    Set<String> all = new TreeSet<>();
    for (String node : NODES) {
      assertThat(compose.list("services", node, "volumes")).containsExactly(node + ":" + data);
    }
    for (String service : compose.names("services")) {
      for (String volume : compose.list("services", service, "volumes")) {
        String source = volume.split(":")[0];
        if (source.startsWith("./")) {
          assertThat(Path.of(source)).isRegularFile();
        } else {
          all.add(source);
        }
      }
    }
    assertThat(compose.names("volumes")).isEqualTo(all);
  }

  @Test
  void namesServicesThatAreThere() throws IOException {
    Set<String> services = compose.names("services");
    for (String service : services) {
      if (((Map<?, ?>) compose.at("services", service)).containsKey("depends_on")) {
        assertThat(services).containsAll(compose.names("services", service, "depends_on"));
      }
    }
    Map<String, String> node = compose.environment("node1");
    assertThat(node.get("SLIPWAY_DATABASE")).isEqualTo("jdbc:postgresql://database:5432/slipway");
    assertThat(node.get("SLIPWAY_MEDIA_ENDPOINT")).isEqualTo("http://store:80");
    assertThat(services).contains("database", "store");
    String upstream =
        first(Pattern.compile("upstream slipway \\{(.*?)}", Pattern.DOTALL), NGINX_CONF);
    assertThat(
            Pattern.compile("server (\\w+):8080 ")
                .matcher(upstream)
                .results()
                .map(server -> server.group(1))
                .toList())
        .isEqualTo(NODES);
    assertThat(upstream).doesNotContain("hash");
  }

  @Test
  void givesNodesTheAccountsOfTheDatabaseAndTheStore() {
    Map<String, String> node = compose.environment("node1");
    Map<String, String> database = compose.environment("database");
    assertThat(node)
        .containsEntry("SLIPWAY_DATABASE_USER", database.get("POSTGRES_USER"))
        .containsEntry("SLIPWAY_DATABASE_PASSWORD", database.get("POSTGRES_PASSWORD"));
    assertThat(node.get("SLIPWAY_DATABASE")).endsWith("/" + database.get("POSTGRES_DB"));
    Map<String, String> store = compose.environment("store");
    assertThat(node)
        .containsEntry("SLIPWAY_MEDIA_ACCESS_KEY", store.get("S3PROXY_IDENTITY"))
        .containsEntry("SLIPWAY_MEDIA_ACCESS_SECRET", store.get("S3PROXY_CREDENTIAL"));
    String bucket = node.get("SLIPWAY_MEDIA").replaceAll("s3://([^/]+)/.*", "$1");
    assertThat(compose.list("services", "store", "entrypoint").get(2))
        .startsWith("mkdir -p " + store.get("JCLOUDS_FILESYSTEM_BASEDIR") + "/" + bucket + " ");
  }

  @Test
  void believesTheBalancerAndNobodyOutside() {
    List<?> subnets = (List<?>) compose.at("networks", "default", "ipam", "config");
    String subnet = (String) ((Map<?, ?>) subnets.get(0)).get("subnet");
    assertThat(compose.environment("node1")).containsEntry("SLIPWAY_PROXIES", subnet);
    assertThat(AddressRange.all("slipway.proxies", List.of(subnet))).hasSize(1);
    for (String service : compose.names("services")) {
      boolean isOpen = ((Map<?, ?>) compose.at("services", service)).containsKey("ports");
      assertThat(isOpen).as(service).isEqualTo(service.equals("balancer"));
    }
  }

  /**
   * The headers of requests are those that nginx sets in the docs, except for the address, as here
   * it is the first proxy.
   */
  @Test
  void hasNginxSetTheHeadersOfTheDocs() throws IOException {
    String docs = Docs.page("operations").section("## Behind a proxy").text();
    Pattern header = Pattern.compile("(?m)^ *(proxy_set_header [^;]*;)");
    Set<String> wanted =
        header
            .matcher(docs.replace("$proxy_add_x_forwarded_for", "$remote_addr"))
            .results()
            .map(line -> line.group(1))
            .collect(Collectors.toSet());
    assertThat(
            header
                .matcher(Files.readString(NGINX_CONF))
                .results()
                .map(line -> line.group(1))
                .collect(Collectors.toSet()))
        .isEqualTo(wanted)
        .hasSize(5);
  }

  @Test
  void hasAFileThatNginxTakes(@TempDir Path folder) throws Exception {
    String text = Files.readString(NGINX_CONF);
    for (String node : NODES) {
      text = text.replace(node + ":", "127.0.0.1:");
    }
    Path file =
        Files.writeString(
            folder.resolve("nginx.conf"),
            "pid " + folder.resolve("pid") + "; events {} http { " + text + "}");
    Process nginx =
        new ProcessBuilder(
                Tool.require("nginx").toString(),
                "-t",
                "-p",
                folder.toString(),
                "-e",
                folder.resolve("log").toString(),
                "-c",
                file.toString())
            .redirectErrorStream(true)
            .start();
    String output = new String(nginx.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(nginx.waitFor()).as(output).isZero();
    assertThat(Arrays.asList(output.split("\n"))).noneMatch(line -> line.contains("[warn]"));
  }
}
