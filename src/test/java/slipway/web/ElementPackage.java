package slipway.web;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.StreamSupport;
import org.apache.commons.io.FileUtils;
import slipway.harness.Docs;
import slipway.harness.Npm;
import slipway.harness.Run;
import slipway.harness.Tool;

/**
 * The element as the package that {@code npm pack} makes in a checkout, installed beside small
 * applications of React and Vue that use it.
 *
 * @param folder with the applications, {@code node_modules}, and {@code site}, what the bundler
 *     made
 * @param tools programs of npm
 * @param files the paths of the package
 */
record ElementPackage(Path folder, Path tools, List<String> files) {
  private static final Path SOURCES = Path.of("clients/npm");
  private static final Path APPS = Path.of("src/test/resources/slipway/web/apps");

  /** Packs, installs and bundles it. */
  static ElementPackage make() throws IOException {
    Path modules =
        Npm.install(
                "react",
                "19.3.1",
                "react-dom@19.3.1",
                "@types/react@19.3.3",
                "@types/react-dom@19.3.0",
                "vue@3.5.45",
                "typescript@7.0.2",
                "esbuild@0.28.2")
            .getParent();
    Path folder = modules.resolveSibling("apps");
    FileUtils.deleteDirectory(folder.toFile());
    FileUtils.copyDirectory(APPS.toFile(), folder.toFile());
    List<String> examples = readme().blocks("tsx");
    for (int i = 0; i < examples.size(); i++) {
      Files.writeString(folder.resolve("example" + i + ".tsx"), examples.get(i));
    }
    JsonObject packed = pack(folder);
    String tarball = packed.get("filename").getAsString();
    npm(folder, "install", "--offline", "--no-audit", "--no-fund", "--prefix", ".", tarball);
    List<String> files =
        StreamSupport.stream(packed.getAsJsonArray("files").spliterator(), false)
            .map(file -> file.getAsJsonObject().get("path").getAsString())
            .toList();
    ElementPackage made = new ElementPackage(folder, modules.resolve(".bin"), files);
    made.bundle();
    return made;
  }

  /** The package's own, whose examples are compiled with the applications. */
  static Docs readme() throws IOException {
    return new Docs(Files.readString(SOURCES.resolve("README.md")));
  }

  /** Of a copy that has what a checkout has. */
  private static JsonObject pack(Path folder) throws IOException {
    Path checkout = folder.resolve("checkout");
    for (String each : new String[] {"index.js", "assemble.js", "package.json", "README.md"}) {
      FileUtils.copyFileToDirectory(
          SOURCES.resolve(each).toFile(), checkout.resolve(SOURCES).toFile());
    }
    Path elements = Path.of("webapp/assets/slipway-upload");
    for (Path each : new Path[] {SOURCES.resolve("types"), elements}) {
      FileUtils.copyDirectory(each.toFile(), checkout.resolve(each).toFile());
    }
    FileUtils.copyFileToDirectory(Path.of("LICENSE").toFile(), checkout.toFile());
    Path sources = checkout.resolve(SOURCES);
    String told =
        npm(sources, "pack", "--json", "--loglevel=error", "--pack-destination", "" + folder);
    // What its script says comes first.
    return JsonParser.parseString(told.substring(told.indexOf("[\n")))
        .getAsJsonArray()
        .get(0)
        .getAsJsonObject();
  }

  private static String npm(Path folder, String... arguments) throws IOException {
    return run(folder, Tool.require("npm"), arguments);
  }

  private static String run(Path folder, Path program, String... arguments) throws IOException {
    List<String> command = new ArrayList<>(List.of(program.toString()));
    command.addAll(List.of(arguments));
    return Run.of(folder, command, "").assertWell().output();
  }

  private void bundle() throws IOException {
    esbuild(
        "react.tsx",
        "hydrated.tsx",
        "vue.ts",
        "--splitting",
        "--outdir=site",
        // Of Vue that which compiles templates.
        "--alias:vue=vue/dist/vue.esm-bundler.js",
        "--define:__VUE_OPTIONS_API__=true",
        "--define:__VUE_PROD_DEVTOOLS__=false",
        "--define:__VUE_PROD_HYDRATION_MISMATCH_DETAILS__=false");
    esbuild("server.tsx", "--platform=node", "--packages=external", "--outfile=server.mjs");
  }

  private void esbuild(String... arguments) throws IOException {
    List<String> all = new ArrayList<>(List.of(arguments));
    all.addAll(List.of("--bundle", "--format=esm", "--jsx=automatic", "--log-level=warning"));
    String said = run(folder, tools.resolve("esbuild"), all.toArray(String[]::new));
    if (!said.isBlank()) {
      throw new AssertionError(said);
    }
  }

  /** What the compiler of TypeScript says of the applications: nothing where all types hold. */
  String compile() throws IOException {
    return Run.of(folder, List.of(tools.resolve("tsc").toString(), "-p", "."), "").output();
  }

  /** The page as a server renders it, in node. */
  String render(String action, String token) throws IOException {
    return run(folder, Tool.require("node"), "server.mjs", action, token).strip();
  }

  /** What a module says that node runs beside the package. */
  String say(String module) throws IOException {
    return run(folder, Tool.require("node"), "--input-type=module", "--eval", module).strip();
  }

  /** What the bundler made. */
  byte[] bundled(String name) throws IOException {
    return Files.readAllBytes(folder.resolve("site").resolve(name));
  }
}
