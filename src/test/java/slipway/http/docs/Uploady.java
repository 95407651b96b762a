package slipway.http.docs;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import slipway.harness.Npm;

/** Uploady's parts without React, concatenated into a script as a site does with a bundler. */
final class Uploady {
  private static final String ENTRY =
      """
      export { default as createUploader } from '@rpldy/uploader';
      export { default as getChunkedEnhancer } from '@rpldy/chunked-sender';
      export { default as getTusEnhancer } from '@rpldy/tus-sender';
      """;

  private Uploady() {}

  /** The script, whose functions are global. */
  static byte[] script() throws IOException {
    Path folder =
        Npm.install(
            "@rpldy/uploader",
            "1.13.0",
            "@rpldy/chunked-sender@1.13.0",
            "@rpldy/tus-sender@1.9.1",
            "esbuild@0.28.2");
    Path modules = folder.getParent().getParent();
    Path script = modules.resolve("uploady.js");
    if (!Files.exists(script)) {
      Path entry = Files.writeString(modules.resolve("entry.mjs"), ENTRY);
      bundle(modules.resolve(".bin/esbuild"), entry, script);
    }
    String global = "Object.assign(globalThis, rpldy);";
    return (Files.readString(script) + global).getBytes(StandardCharsets.UTF_8);
  }

  private static void bundle(Path bundler, Path entry, Path script) throws IOException {
    Path part = Files.createTempFile(script.getParent(), "uploady", ".js");
    Process process =
        new ProcessBuilder(
                bundler.toString(),
                entry.toString(),
                "--bundle",
                "--format=iife",
                "--global-name=rpldy",
                "--allow-overwrite",
                "--log-level=error",
                "--outfile=" + part)
            .inheritIO()
            .start();
    try {
      if (process.waitFor() != 0) {
        throw new IllegalStateException("No script of Uploady");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
    Files.move(part, script, java.nio.file.StandardCopyOption.REPLACE_EXISTING);
  }
}
