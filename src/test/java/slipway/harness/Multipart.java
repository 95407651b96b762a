package slipway.harness;

import java.io.FileNotFoundException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.Supplier;

/**
 * A {@code multipart/form-data} body (RFC 7578) as a browser writes it: parts in the order they
 * were added, names in UTF-8 with quotes and line ends percent-encoded (WHATWG HTML, "multipart
 * form data"). It streams: a file of any size takes no memory.
 */
public final class Multipart {
  private final String boundary =
      "----FormBoundary" + UUID.randomUUID().toString().replace("-", "");
  private final List<BodyPublisher> parts = new ArrayList<>();

  /** Adds a text field. */
  public Multipart field(String name, String value) {
    text(disposition(name) + "\r\n\r\n" + value + "\r\n");
    return this;
  }

  /** Adds a file from memory. */
  public Multipart file(String name, String filename, String type, byte[] content) {
    return file(name, filename, type, BodyPublishers.ofByteArray(content));
  }

  /** Adds a file from disk under its own name. */
  public Multipart file(String name, String type, Path file) {
    try {
      return file(name, file.getFileName().toString(), type, BodyPublishers.ofFile(file));
    } catch (FileNotFoundException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Adds a file of {@code length} bytes, read from the stream as it is sent. */
  public Multipart file(
      String name, String filename, String type, long length, Supplier<InputStream> content) {
    BodyPublisher stream = BodyPublishers.ofInputStream(content);
    return file(name, filename, type, BodyPublishers.fromPublisher(stream, length));
  }

  private Multipart file(String name, String filename, String type, BodyPublisher content) {
    String disposition = disposition(name) + "; filename=\"" + escape(filename) + "\"";
    text(disposition + "\r\nContent-Type: " + type + "\r\n\r\n");
    parts.add(content);
    text("\r\n");
    return this;
  }

  /** The value of {@code Content-Type}, with the boundary. */
  public String contentType() {
    return "multipart/form-data; boundary=" + boundary;
  }

  /** The whole body, of known length; each subscription sends it again. */
  public BodyPublisher body() {
    List<BodyPublisher> all = new ArrayList<>(parts);
    all.add(BodyPublishers.ofString("--" + boundary + "--\r\n"));
    return BodyPublishers.concat(all.toArray(BodyPublisher[]::new));
  }

  private String disposition(String name) {
    return "--" + boundary + "\r\nContent-Disposition: form-data; name=\"" + escape(name) + "\"";
  }

  private static String escape(String name) {
    return name.replace("\"", "%22").replace("\r", "%0D").replace("\n", "%0A");
  }

  private void text(String text) {
    parts.add(BodyPublishers.ofString(text));
  }
}
