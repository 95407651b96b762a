package slipway.harness;

import static java.util.stream.Collectors.joining;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;

/**
 * A plain HTTP/1.1 client of one server. It never follows a redirect, keeps no cookies, and sends
 * no key unless asked to. Its calls throw {@link UncheckedIOException} where the connection fails.
 */
public final class ApiClient {
  private static final Duration LIMIT = Duration.ofMinutes(5);
  private static final HttpClient CLIENT =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .followRedirects(HttpClient.Redirect.NEVER)
          .connectTimeout(Duration.ofSeconds(10))
          .build();

  private final URI base;
  private final String key;

  private ApiClient(URI base, String key) {
    this.base = base;
    this.key = key;
  }

  /** A client that sends no key. */
  public static ApiClient of(Server server) {
    return at(server.uri("/"));
  }

  /** A client that sends the server's first key, of level {@code super}. */
  public static ApiClient withKey(Server server) {
    return of(server).withKey(server.key());
  }

  /** A client of any address, which ends with a slash; paths are below it. */
  public static ApiClient at(URI base) {
    return new ApiClient(base, null);
  }

  /** A client of what is below a path of this one's address; it ends with a slash. */
  public ApiClient below(String path) {
    return new ApiClient(base.resolve(path), key);
  }

  /** The same client, which sends {@code Authorization: Bearer <key>} with each request. */
  public ApiClient withKey(String key) {
    return new ApiClient(base, key);
  }

  /** GET; {@code path} is encoded and may have a query of its own. */
  public Answer get(String path) {
    return send(request(path).GET());
  }

  /** GET with these parameters as the query. */
  public Answer get(String path, Map<String, String> parameters) {
    return get(path + "?" + urlencoded(parameters));
  }

  /** GET of a file, wherever the answer sends for it (307). */
  public Answer file(String path) {
    Answer answer = get(path);
    return answer.status() == 307
        ? send(HttpRequest.newBuilder(answer.location()).timeout(LIMIT))
        : answer;
  }

  /** POST of a urlencoded form. */
  public Answer post(String path, Map<String, String> parameters) {
    BodyPublisher body = BodyPublishers.ofString(urlencoded(parameters));
    return post(path, "application/x-www-form-urlencoded", body);
  }

  /** POST of a multipart form. */
  public Answer post(String path, Multipart form) {
    return post(path, form.contentType(), form.body());
  }

  /** POST of any body. */
  public Answer post(String path, String contentType, BodyPublisher body) {
    return send(request(path).header("Content-Type", contentType).POST(body));
  }

  /** A request to add a method, headers and a body to, for {@link #send}. */
  public HttpRequest.Builder request(String path) {
    URI address = base.resolve(path.startsWith("/") ? base.getRawPath() + path.substring(1) : path);
    HttpRequest.Builder request = HttpRequest.newBuilder(address).timeout(LIMIT);
    return key == null ? request : request.header("Authorization", "Bearer " + key);
  }

  /** Sends any request. */
  public Answer send(HttpRequest.Builder request) {
    try {
      HttpResponse<byte[]> response = CLIENT.send(request.build(), BodyHandlers.ofByteArray());
      return new Answer(response.statusCode(), response.headers(), response.body());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** Parameters as a query or a urlencoded body has them. */
  public static String urlencoded(Map<String, String> parameters) {
    return parameters.entrySet().stream()
        .map(entry -> encode(entry.getKey()) + "=" + encode(entry.getValue()))
        .collect(joining("&"));
  }

  private static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}
