package slipway.http.upload.chunk;

import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import slipway.http.ApiException;
import slipway.http.Declaration;
import slipway.http.Parameter;
import slipway.http.Parameters;
import slipway.http.upload.dialect.ForeignChunk;
import slipway.upload.resumable.Sender;
import slipway.upload.resumable.UploadKey;

/**
 * How much of a file is there, as pages with blueimp's jQuery File Upload ask that: {@code GET
 * ?file=name&size=bytes}. The answer is {@code {"file": {"name": ..., "size": ...}}} with the bytes
 * that need not be sent, or {@code {"file": null}}. The size is part of the question, as it is of
 * the name of a file in chunks: another file may have the same name.
 *
 * @param name that of the file
 * @param size bytes of the file
 */
record FileQuestion(String name, long size) {
  private static final Parameter<String> FILE = Parameter.text("file");
  private static final Parameter<Long> SIZE = Parameter.number("size", 0, (1L << 50) - 1);
  private static final Declaration DECLARATION = Declaration.of(List.of(FILE, SIZE));

  /** That of a request; empty where it asks nothing of this kind. */
  static Optional<FileQuestion> of(HttpServletRequest request) {
    if (!request.getMethod().equals("GET") || request.getQueryString() == null) {
      return Optional.empty();
    }
    Parameters query = Parameters.ofReadableQuery(request).declaring(DECLARATION);
    try {
      return FILE.isGiven(query)
          ? Optional.of(new FileQuestion(FILE.of(query), SIZE.find(query).orElse(0L)))
          : Optional.empty();
    } catch (ApiException e) {
      return Optional.empty();
    }
  }

  /** The upload that it is about, which is that sender's. */
  UploadKey key(String token, Sender who) {
    return UploadKey.inOrder(token, ForeignChunk.named(size, name), size, who);
  }

  /**
   * Answers it.
   *
   * @param there bytes that need not be sent
   */
  void answer(HttpServletResponse response, long there) throws IOException {
    JsonObject file = new JsonObject();
    file.addProperty("name", name);
    file.addProperty("size", there);
    JsonObject json = new JsonObject();
    json.add("file", there == 0 ? JsonNull.INSTANCE : file);
    byte[] bytes = json.toString().getBytes(StandardCharsets.UTF_8);
    response.setHeader("Cache-Control", "no-store");
    response.setHeader("X-Content-Type-Options", "nosniff");
    response.setContentType("application/json; charset=utf-8");
    response.setContentLength(bytes.length);
    response.getOutputStream().write(bytes);
  }
}
