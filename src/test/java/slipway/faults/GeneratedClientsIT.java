package slipway.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import slipway.harness.ApiClient;
import slipway.harness.Container;
import slipway.harness.Npm;
import slipway.harness.SampleMedia;
import slipway.harness.Server;
import slipway.harness.Tool;

/**
 * Clients that openapi-generator makes of the document, without a word of help: each issues a
 * token, uploads, lists, and reads an error.
 */
@Tag("faults")
class GeneratedClientsIT {
  private static final String PACKAGES = "urllib3, dateutil, pydantic, typing_extensions";

  @TempDir static Path home;

  private static Server server;
  private static Path document;
  private static Path picture;

  private Path folder;

  @BeforeAll
  static void ask() throws IOException {
    server = Server.shared(Container.JETTY_12);
    document = home.resolve("openapi.json");
    Files.write(document, ApiClient.of(server).get("/api/openapi.json").body());
    picture = Files.write(home.resolve("cat.jpg"), SampleMedia.jpeg(40, 30));
  }

  private static Path parts() {
    return parts("openapi-generator");
  }

  private static Path parts(String name) {
    Path containers = Path.of(System.getProperty("project.build.directory"), "containers");
    Path parts = containers.resolve(name).toAbsolutePath();
    assertThat(parts).as("copied by mvn -Pfaults").isDirectory();
    return parts;
  }

  private static String java() {
    return Path.of(System.getProperty("java.home"), "bin", "java").toString();
  }

  private static String run(Path folder, Map<String, String> environment, List<String> command)
      throws IOException, InterruptedException {
    ProcessBuilder builder =
        new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true);
    builder.environment().putAll(environment);
    Process process = builder.start();
    process.getOutputStream().close();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as("%s", output).isZero();
    return output;
  }

  private static String run(Path folder, String... command)
      throws IOException, InterruptedException {
    return run(folder, Map.of(), List.of(command));
  }

  /** Has a client made, and tells of nothing that the generator could not read. */
  private Path generate(String generator, String properties)
      throws IOException, InterruptedException {
    return generate(parts(), generator, properties);
  }

  private Path generate(Path parts, String generator, String properties)
      throws IOException, InterruptedException {
    folder = Files.createDirectories(home.resolve(generator));
    Path client = folder.resolve("client");
    String output =
        run(
            folder,
            java(),
            "-jar",
            parts.resolve("openapi-generator-cli.jar").toString(),
            "generate",
            "-g",
            generator,
            "-i",
            document.toString(),
            "-o",
            client.toString(),
            "--global-property=models,apis,supportingFiles,modelDocs=false,apiDocs=false,"
                + "modelTests=false,apiTests=false",
            "--additional-properties=" + properties);
    assertThat(output.lines())
        .noneMatch(line -> line.contains("ERROR"))
        .noneMatch(line -> line.contains("Unknown scheme"));
    return client;
  }

  private Path script(String name) throws IOException {
    Path script = folder.resolve(name);
    try (InputStream in =
        GeneratedClientsIT.class.getResourceAsStream("/slipway/clients/" + name)) {
      Files.copy(in, script);
    }
    return script;
  }

  private static String[] with(String... command) {
    String base = server.uri("/").toString().replaceFirst("/$", "");
    return Stream.concat(Stream.of(command), Stream.of(base, server.key(), picture.toString()))
        .toArray(String[]::new);
  }

  private static void assertWorks(String output) {
    List<String> lines = output.lines().toList();
    assertThat(lines).as(output).hasSize(4);
    assertThat(lines.get(0)).isEqualTo("issued 5000000000");
    assertThat(lines.get(1)).matches("uploaded [0-9]+");
    assertThat(lines.get(2)).isEqualTo(lines.get(1).replace("uploaded", "listed"));
    assertThat(lines.get(3)).isEqualTo("error 404 no_such_photo");
  }

  @Test
  void inJava() throws Exception {
    Path client = generate("java", "openApiNullable=false,useJakartaEe=true");
    String path = parts() + "/*" + File.pathSeparator + System.getProperty("java.class.path");
    Path classes = Files.createDirectories(folder.resolve("classes"));
    List<String> sources = new ArrayList<>();
    try (Stream<Path> files = Files.walk(client.resolve("src/main/java"))) {
      files.map(Path::toString).filter(file -> file.endsWith(".java")).forEach(sources::add);
    }
    sources.add(script("Main.java").toString());
    Path list = Files.write(folder.resolve("sources"), sources);
    String javac = Path.of(System.getProperty("java.home"), "bin", "javac").toString();
    run(
        folder,
        Map.of("CLASSPATH", path),
        List.of(
            javac, "-nowarn", "-parameters", "-proc:none", "-d", classes.toString(), "@" + list));
    String all = classes + File.pathSeparator + path;
    assertWorks(run(folder, Map.of("CLASSPATH", all), List.of(with(java(), "Main"))));
  }

  @Test
  void inPython() throws Exception {
    Path client = generate("python", "packageName=openapi_client");
    String python = tool("python3").toString();
    Process imports =
        new ProcessBuilder(
                python, "-c", "import " + PACKAGES + "; pydantic.BaseModel.model_validate")
            .redirectErrorStream(true)
            .start();
    if (imports.waitFor() != 0) {
      throw Tool.skip("Python lacks " + PACKAGES + ": the client in Python is not run.");
    }
    Path script = script("client.py");
    assertWorks(
        run(
            folder,
            Map.of("PYTHONPATH", client.toString()),
            List.of(with(python, script.toString()))));
  }

  @ParameterizedTest
  @ValueSource(strings = {"axios", "fetch"})
  void inTypeScript(String library) throws Exception {
    generate("typescript-" + library, "useSingleRequestParameter=true");
    String node = tool("node").toString();
    Path script = script(library + ".ts");
    Path modules = Files.createDirectories(folder.resolve("node_modules/@types")).getParent();
    Files.createSymbolicLink(modules.resolve("axios"), Npm.install("axios", "1.12.2"));
    Files.createSymbolicLink(modules.resolve("@types/node"), Npm.install("@types/node", "20.19.0"));
    Path compiler = Npm.install("typescript", "5.9.3").resolve("bin/tsc");
    run(
        folder,
        node,
        compiler.toString(),
        "--module",
        "commonjs",
        "--moduleResolution",
        "node10",
        "--target",
        "es2022",
        "--lib",
        "es2022,dom",
        "--strict",
        "--types",
        "node",
        "--skipLibCheck",
        "--outDir",
        "js",
        script.toString());
    assertWorks(run(folder, with(node, folder.resolve("js/" + library + ".js").toString())));
  }

  @Test
  void inPhp() throws Exception {
    Path client = generate(parts("openapi-generator-php"), "php", "invokerPackage=OpenAPI\\Client");
    String php = tool("php").toString();
    script("autoload.php");
    Path script = script("client.php");
    Process check =
        new ProcessBuilder(php, folder.resolve("autoload.php").toString())
            .redirectErrorStream(true)
            .start();
    if (check.waitFor() != 0) {
      throw Tool.skip("PHP lacks Guzzle, curl or mbstring: the client in PHP is not run.");
    }
    assertWorks(
        run(
            folder,
            Map.of("GENERATED_CLIENT", client.toString()),
            List.of(with(php, script.toString()))));
  }

  private static Path tool(String program) {
    return Tool.find(program)
        .orElseThrow(
            () -> Tool.skip(program + " is not installed: a generated client is not run."));
  }
}
