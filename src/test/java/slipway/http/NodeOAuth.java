package slipway.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.Gson;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import slipway.harness.Npm;
import slipway.harness.OAuthSigner;
import slipway.harness.Tool;

/** Npm's oauth-1.0a, an implementation that shares nothing with ours, run by node. */
final class NodeOAuth {
  private NodeOAuth() {}

  /** The Authorization header of a request; the test is skipped where there is no node. */
  static String header(OAuthSigner keys, String method, String url, Map<String, String> data)
      throws Exception {
    Path node = Tool.require("node");
    Path folder = Npm.install("oauth-1.0a", "2.2.6").getParent().getParent();
    try (var script = NodeOAuth.class.getResourceAsStream("sign.js")) {
      Files.copy(script, folder.resolve("sign.js"), StandardCopyOption.REPLACE_EXISTING);
    }
    Map<String, Object> request =
        Map.of(
            "url", url,
            "method", method,
            "data", data,
            "consumer", Map.of("key", keys.consumerKey(), "secret", keys.consumerSecret()),
            "token", Map.of("key", keys.token(), "secret", keys.tokenSecret()));
    return run(folder, List.of(node.toString(), "sign.js", new Gson().toJson(request)));
  }

  private static String run(Path folder, List<String> command)
      throws IOException, InterruptedException {
    Process process = new ProcessBuilder(command).directory(folder.toFile()).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    String errors = new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor(2, TimeUnit.MINUTES)).isTrue();
    assertThat(process.exitValue()).as("%s: %s", command.get(0), errors).isZero();
    return output;
  }
}
