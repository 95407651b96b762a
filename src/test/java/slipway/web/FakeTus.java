package slipway.web;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.*;
import java.net.*;
import java.nio.file.*;
import java.util.*;
import java.util.concurrent.*;
import slipway.harness.*;

final class FakeTus implements AutoCloseable {
  record Up(Path file, long size, String name, String token, String[] result) {}

  final HttpServer server;
  final Server real;
  final Map<String, Up> ups = new ConcurrentHashMap<>();
  final List<String> log = new CopyOnWriteArrayList<>();

  FakeTus(Server real) throws IOException {
    this.real = real;
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(Executors.newCachedThreadPool());
    server.createContext("/files/", this::handle);
    server.start();
  }

  int port() {
    return server.getAddress().getPort();
  }

  void handle(HttpExchange x) throws IOException {
    String id = x.getRequestURI().getPath().substring(7);
    log.add(x.getRequestMethod() + " " + x.getRequestHeaders().getFirst("Upload-Offset"));
    var h = x.getResponseHeaders();
    h.set("Access-Control-Allow-Origin", "*");
    h.set("Access-Control-Allow-Methods", "GET, POST, HEAD, PATCH, DELETE");
    h.set("Access-Control-Allow-Headers", "*");
    h.set("Access-Control-Expose-Headers", "Location, Upload-Offset");
    h.set("Cache-Control", "no-store");
    Up up = ups.get(id);
    try (x) {
      switch (x.getRequestMethod()) {
        case "OPTIONS" -> x.sendResponseHeaders(204, -1);
        case "POST" -> {
          Map<String, String> meta = new HashMap<>();
          for (String p : x.getRequestHeaders().getFirst("Upload-Metadata").split(",")) {
            String[] kv = p.split(" ");
            meta.put(kv[0], new String(Base64.getDecoder().decode(kv[1]), "UTF-8"));
          }
          String n = UUID.randomUUID().toString();
          ups.put(
              n,
              new Up(
                  Files.createTempFile("tus", ""),
                  Long.parseLong(x.getRequestHeaders().getFirst("Upload-Length")),
                  meta.get("filename"),
                  meta.get("upload_token"),
                  new String[1]));
          h.set("Location", "/files/" + n);
          x.sendResponseHeaders(201, -1);
        }
        case "HEAD" -> {
          if (up == null) {
            x.sendResponseHeaders(404, -1);
            return;
          }
          h.set("Upload-Offset", "" + Files.size(up.file));
          x.sendResponseHeaders(200, -1);
        }
        case "PATCH" -> {
          if (up == null) {
            x.sendResponseHeaders(404, -1);
            return;
          }
          synchronized (up) {
            if (Files.size(up.file)
                != Long.parseLong(x.getRequestHeaders().getFirst("Upload-Offset"))) {
              x.sendResponseHeaders(409, -1);
              return;
            }
            try (OutputStream out = Files.newOutputStream(up.file, StandardOpenOption.APPEND)) {
              x.getRequestBody().transferTo(out);
            }
            h.set("Upload-Offset", "" + Files.size(up.file));
            if (Files.size(up.file) == up.size) finish(up);
            x.sendResponseHeaders(204, -1);
          }
        }
        case "GET" -> {
          byte[] b = up.result[0].getBytes("UTF-8");
          x.sendResponseHeaders(200, b.length);
          x.getResponseBody().write(b);
        }
        default -> {
          ups.remove(id);
          x.sendResponseHeaders(204, -1);
        }
      }
    }
  }

  void finish(Up up) {
    up.result[0] =
        Api.of(real)
            .post(
                "/api/photo/redeem-upload-token",
                new Multipart()
                    .field("upload_token", up.token)
                    .field("format", "json")
                    .file(
                        "file",
                        up.name,
                        "image/jpeg",
                        up.file.toFile().length(),
                        () -> {
                          try {
                            return Files.newInputStream(up.file);
                          } catch (IOException e) {
                            throw new UncheckedIOException(e);
                          }
                        }))
            .text();
  }

  public void close() {
    server.stop(0);
  }
}
