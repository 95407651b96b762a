package slipway.http.upload.chunk;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import slipway.harness.Answer;
import slipway.harness.ApiClient;
import slipway.harness.Multipart;
import slipway.harness.RawConnection;
import slipway.harness.Server;
import slipway.http.upload.form.Visits;

/** A client that sends chunks as forms in which the file stands before the fields that tell so. */
record FileFirst(Server server, String token, byte[] file, int chunkSize) {
  static final String NAME = "holiday film.jpg";

  /** Where token and fields stand in the form. */
  enum Order {
    TOKEN_FILE_FIELDS,
    FILE_TOKEN_FIELDS,
    FILE_FIELDS_TOKEN,
    FIELDS_FILE_TOKEN
  }

  /** The client rounds down: the last chunk takes the rest. */
  int count() {
    return Math.max(1, file.length / chunkSize);
  }

  byte[] bytes(int number) {
    int end = number == count() ? file.length : number * chunkSize;
    return Arrays.copyOfRange(file, (number - 1) * chunkSize, end);
  }

  Map<String, String> fields(int number, String... changes) {
    Map<String, String> fields = new LinkedHashMap<>();
    fields.put("resumableChunkNumber", Integer.toString(number));
    fields.put("resumableChunkSize", Integer.toString(chunkSize));
    fields.put("resumableTotalSize", Integer.toString(file.length));
    fields.put("resumableIdentifier", NAME);
    fields.put("resumableFilename", NAME);
    fields.put("resumableTotalChunks", Integer.toString(count()));
    fields.putAll(Visits.map(changes));
    fields.values().removeIf(String::isEmpty);
    return fields;
  }

  Multipart form(Order order, Map<String, String> fields, byte[] bytes) {
    Multipart form = new Multipart();
    switch (order) {
      case TOKEN_FILE_FIELDS -> file(form.field("upload_token", token), bytes);
      case FILE_TOKEN_FIELDS -> file(form, bytes).field("upload_token", token);
      case FILE_FIELDS_TOKEN -> file(form, bytes);
      case FIELDS_FILE_TOKEN -> {}
    }
    fields.forEach(form::field);
    return switch (order) {
      case TOKEN_FILE_FIELDS, FILE_TOKEN_FIELDS -> form;
      case FILE_FIELDS_TOKEN -> form.field("upload_token", token);
      case FIELDS_FILE_TOKEN -> file(form, bytes).field("upload_token", token);
    };
  }

  private static Multipart file(Multipart form, byte[] bytes) {
    return form.file("file", NAME, "application/octet-stream", bytes);
  }

  Answer send(Order order, int number) {
    return send(order, fields(number), bytes(number));
  }

  Answer send(int number) {
    return send(Order.TOKEN_FILE_FIELDS, number);
  }

  Answer send(Order order, Map<String, String> fields, byte[] bytes) {
    return ApiClient.of(server).post(Visits.REDEEM, form(order, fields, bytes));
  }

  /** The same chunk with its fields before the file. */
  Answer sendFieldsFirst(Map<String, String> fields, byte[] bytes) {
    return ApiClient.of(server).post(Visits.REDEEM, file(fieldsOf(fields), bytes));
  }

  /** The same with what follows the file. */
  Answer sendFieldsFirst(int number, Consumer<Multipart> rest) {
    Multipart form = file(fieldsOf(fields(number)), bytes(number));
    rest.accept(form);
    return ApiClient.of(server).post(Visits.REDEEM, form);
  }

  private Multipart fieldsOf(Map<String, String> fields) {
    Multipart form = new Multipart().field("upload_token", token);
    fields.forEach(form::field);
    return form;
  }

  /** The form of a chunk without the chunk. */
  Multipart withoutFile(int number) {
    return fieldsOf(fields(number));
  }

  /** The form of a chunk, token first, that has come up to the end of its file. */
  RawConnection begin(int number) throws IOException {
    byte[] bytes = bytes(number);
    String head =
        "--x\r\nContent-Disposition: form-data; name=\"upload_token\"\r\n\r\n"
            + token
            + "\r\n--x\r\nContent-Disposition: form-data; name=\"file\"; filename=\""
            + NAME
            + "\"\r\n\r\n";
    int length = head.length() + bytes.length + end(number).length();
    return RawConnection.to(server)
        .send(
            "POST "
                + Visits.REDEEM
                + " HTTP/1.1\r\nHost: a\r\nContent-Type: multipart/form-data; boundary=x\r\n"
                + "Content-Length: "
                + length
                + "\r\n\r\n"
                + head)
        .send(bytes);
  }

  /** What follows {@link #begin}. */
  String end(int number) {
    StringBuilder end = new StringBuilder();
    fields(number)
        .forEach(
            (name, value) ->
                end.append("\r\n--x\r\nContent-Disposition: form-data; name=\"")
                    .append(name)
                    .append("\"\r\n\r\n")
                    .append(new String(value.getBytes(ISO_8859_1), ISO_8859_1)));
    return end.append("\r\n--x--\r\n").toString();
  }

  /** The file that an answer with a photo tells of. */
  byte[] stored(Answer last) {
    return ApiClient.of(server).get(last.uploadedPath()).body();
  }
}
