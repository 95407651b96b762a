package slipway.web;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;

/**
 * Another site, on an origin of its own, with a policy as strict as a site may have: a page at
 * {@code /} with an ordinary upload form in a {@code <slipway-upload>}, and the page {@code /back}
 * that visitors return to.
 */
final class EmbeddingSite implements AutoCloseable {
  private final HttpServer server;
  private final URI slipway;
  private volatile String page = "";

  EmbeddingSite(URI slipway) throws IOException {
    this.slipway = slipway;
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", exchange -> send(exchange, "text/html; charset=utf-8", page));
    server.createContext(
        "/back", exchange -> send(exchange, "text/html", document("<h1>Back</h1>")));
    server.createContext("/site.css", exchange -> send(exchange, "text/css", resource("site.css")));
    server.start();
  }

  URI uri(String path) {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + path);
  }

  /**
   * Makes the page.
   *
   * @param attributes of the element
   * @param fields further fields of the form, in HTML
   */
  URI page(String token, String attributes, String fields) {
    return page(
        """
        <slipway-upload %s>
        <form action="%s" method="post" enctype="multipart/form-data">
          <input type="hidden" name="upload_token" value="%s">
          %s
          <p><label>Photo or video <input type="file" name="file" accept="image/*,video/*" required></label></p>
          <button>Upload</button>
        </form>
        </slipway-upload>
        <script type="module" src="%s"></script>
        """
            .formatted(
                attributes,
                slipway.resolve("/api/photo/redeem-upload-token"),
                token,
                fields,
                slipway.resolve("/assets/slipway-upload.js")));
  }

  /** Makes the page with that HTML in it. */
  URI page(String html) {
    page =
        document(
            "<h1>Summer photo contest</h1>"
                + "<p>Send us your best pictures and videos of the harbour.</p>"
                + html);
    return uri("/");
  }

  @Override
  public void close() {
    server.stop(0);
  }

  private static String document(String body) {
    return "<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\"><title>Contest</title>"
        + "<meta name=\"viewport\" content=\"width=device-width\"><link rel=\"icon\" href=\"data:\">"
        + "<link rel=\"stylesheet\" href=\"/site.css\"></head><body><main>"
        + body
        + "</main></body></html>";
  }

  private void send(HttpExchange exchange, String type, String body) throws IOException {
    try (exchange) {
      String policy =
          "default-src 'none'; script-src %1$s; connect-src %1$s; form-action 'self' %1$s;"
              + " style-src 'self'; img-src blob: data:; media-src blob:;"
              + " require-trusted-types-for 'script'; trusted-types 'none'";
      String origin = slipway.resolve("/").toString().replaceAll("/$", "");
      exchange.getResponseHeaders().set("Content-Security-Policy", policy.formatted(origin));
      exchange.getResponseHeaders().set("Content-Type", type);
      byte[] bytes = body.getBytes(UTF_8);
      exchange.sendResponseHeaders(200, bytes.length);
      exchange.getResponseBody().write(bytes);
    }
  }

  private static String resource(String name) throws IOException {
    try (InputStream in = EmbeddingSite.class.getResourceAsStream(name)) {
      return new String(in.readAllBytes(), UTF_8);
    }
  }
}
