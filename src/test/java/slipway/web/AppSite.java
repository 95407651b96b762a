package slipway.web;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;

/** A site on an origin of its own, whose pages are applications that a bundler made. */
final class AppSite implements AutoCloseable {
  private static final String POLICY =
      "default-src 'none'; script-src 'self' %s; connect-src %s; img-src blob: data:; media-src blob:; %s";

  private final ElementPackage element;
  private final URI slipway;
  private final HttpServer server;
  private volatile String page = "";
  private volatile String policy = "";

  AppSite(ElementPackage element, URI slipway) throws IOException {
    this.element = element;
    this.slipway = slipway;
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::answer);
    server.start();
  }

  /** Where its forms go to. */
  String action() {
    return slipway.resolve("/api/photo/redeem-upload-token").toString();
  }

  /** Makes the page of an application with an upload token, and gives its address. */
  URI page(String app, String token) {
    return page(app, token, "");
  }

  /** The same with content that is there before the application runs. */
  URI page(String app, String token, String content) {
    // Vue compiles templates by a function that it makes.
    boolean isStrict = !app.equals("vue");
    policy =
        POLICY.formatted(
            isStrict ? "" : "'unsafe-eval'",
            slipway,
            isStrict ? "require-trusted-types-for 'script'; trusted-types 'none'" : "");
    page =
        """
        <!doctype html><html lang="en"><head><meta charset="utf-8"><title>App</title>
        <link rel="icon" href="data:"><script type="module" src="/%s.js"></script></head>
        <body><div id="root" data-action="%s" data-token="%s">%s</div></body></html>
        """
            .formatted(app, action(), token, content);
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/");
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      String name = exchange.getRequestURI().getPath().substring(1);
      boolean isPage = name.isEmpty();
      byte[] body = isPage ? page.getBytes(UTF_8) : element.bundled(name);
      exchange.getResponseHeaders().set("Content-Security-Policy", policy);
      exchange
          .getResponseHeaders()
          .set("Content-Type", (isPage ? "text/html" : "text/javascript") + "; charset=utf-8");
      exchange.sendResponseHeaders(200, body.length);
      exchange.getResponseBody().write(body);
    }
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
