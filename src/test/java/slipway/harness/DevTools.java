package slipway.harness;

import com.google.gson.Gson;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.WebSocket;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * Chrome's debugging protocol for the browser as a whole, which the driver only speaks for a page.
 */
final class DevTools {
  private static final HttpClient CLIENT = HttpClient.newHttpClient();

  private final BlockingQueue<String> answers = new LinkedBlockingQueue<>();
  private final WebSocket socket;
  private int calls;

  /**
   * @param address host and port, as the driver's capability {@code debuggerAddress} has them
   */
  DevTools(String address) {
    try {
      URI version = URI.create("http://" + address + "/json/version");
      String said =
          CLIENT.send(HttpRequest.newBuilder(version).build(), BodyHandlers.ofString()).body();
      String url =
          JsonParser.parseString(said).getAsJsonObject().get("webSocketDebuggerUrl").getAsString();
      socket = CLIENT.newWebSocketBuilder().buildAsync(URI.create(url), new Listener()).join();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** Calls a method and gives its result. */
  synchronized JsonObject call(String method, Map<String, String> parameters) {
    int id = ++calls;
    String call = new Gson().toJson(Map.of("id", id, "method", method, "params", parameters));
    socket.sendText(call, true).join();
    JsonObject answer = JsonParser.parseString(next()).getAsJsonObject();
    while (!answer.has("id") || answer.get("id").getAsInt() != id) {
      answer = JsonParser.parseString(next()).getAsJsonObject();
    }
    if (!answer.has("result")) {
      throw new IllegalStateException(method + ": " + answer);
    }
    return answer.getAsJsonObject("result");
  }

  private String next() {
    try {
      String answer = answers.poll(20, TimeUnit.SECONDS);
      if (answer == null) {
        throw new IllegalStateException("Chromium does not answer.");
      }
      return answer;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private final class Listener implements WebSocket.Listener {
    private final StringBuilder text = new StringBuilder();

    @Override
    public CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
      text.append(data);
      if (last) {
        answers.add(text.toString());
        text.setLength(0);
      }
      from.request(1);
      return null;
    }
  }
}
