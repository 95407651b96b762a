package slipway.harness;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;

/**
 * What a request asks of a store that speaks S3, with the bucket in the path.
 *
 * @param name of the object in its bucket; empty where it is about the bucket
 * @param bytes of its body
 */
public record BucketRequest(Kind kind, String name, long bytes) {
  /** What is asked. */
  public enum Kind {
    PUT,
    BEGIN,
    PART,
    COPIED_PART,
    COMPLETE,
    ABORT,
    HEAD,
    GET,
    LIST,
    LIST_UNFINISHED,
    DELETE,
    DELETE_SOME,
    BUCKET
  }

  static BucketRequest of(HttpHead head) {
    String[] line = head.first().split(" ", 3);
    String[] target = line[1].split("\\?", 2);
    String[] path = target[0].split("/", 3);
    String name = path.length < 3 ? "" : URLDecoder.decode(path[2], StandardCharsets.UTF_8);
    Set<String> query = names(target.length == 1 ? "" : target[1]);
    boolean isCopy = head.header("x-amz-copy-source").isPresent();
    return new BucketRequest(kind(line[0], name, query, isCopy), name, head.bytes());
  }

  private static Set<String> names(String query) {
    Set<String> names = new HashSet<>();
    Arrays.stream(query.split("&")).forEach(each -> names.add(each.split("=", 2)[0]));
    return names;
  }

  private static Kind kind(String method, String name, Set<String> query, boolean isCopy) {
    return switch (method) {
      case "PUT" -> put(query, isCopy);
      case "POST" -> post(query);
      case "DELETE" -> query.contains("uploadId") ? Kind.ABORT : Kind.DELETE;
      case "HEAD" -> name.isEmpty() ? Kind.BUCKET : Kind.HEAD;
      case "GET" -> name.isEmpty() ? list(query) : Kind.GET;
      default -> throw new IllegalArgumentException(method);
    };
  }

  private static Kind put(Set<String> query, boolean isCopy) {
    Kind part = isCopy ? Kind.COPIED_PART : Kind.PART;
    return query.contains("partNumber") ? part : Kind.PUT;
  }

  private static Kind post(Set<String> query) {
    Kind end = query.contains("delete") ? Kind.DELETE_SOME : Kind.COMPLETE;
    return query.contains("uploads") ? Kind.BEGIN : end;
  }

  private static Kind list(Set<String> query) {
    return query.contains("uploads") ? Kind.LIST_UNFINISHED : Kind.LIST;
  }

  /** Whether it is about a piece of a file that has not come whole. */
  public boolean isOfPiece() {
    return name.endsWith(".piece");
  }

  /** Whether it is about a file itself. */
  public boolean isOfOriginal() {
    return name.matches(".*/[0-9a-f]{32}");
  }

  /** Whether it is about renditions. */
  public boolean isOfRenditions() {
    return name.contains(".renditions-");
  }
}
