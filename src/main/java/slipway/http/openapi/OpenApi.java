package slipway.http.openapi;

import com.google.gson.Gson;
import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import slipway.http.Api;
import slipway.http.HasParameters;
import slipway.http.NeedsLevel;
import slipway.http.upload.UploadServlet;

/** {@code /api/openapi.json}: describes every method of the API, for everyone (OpenAPI 3.1). */
public final class OpenApi extends HttpServlet {
  private static final long serialVersionUID = 1L;
  private static final Logger LOG = LoggerFactory.getLogger(OpenApi.class);
  private static final Gson GSON = new Gson();

  /** PUT is for the chunks of some clients, which no form describes. */
  private static final List<String> DESCRIBED = List.of("GET", "POST");

  private final transient Api api;

  /** The placeholder in the document for the address that it was requested at. */
  private static final String ADDRESS = "@address@";

  private final transient JsonObject document = Description.document();
  private final transient ReplySchemas replies;

  /** The document around the address, in UTF-8: it is sent to all as it is. */
  private final transient byte[][] aroundAddress;

  /**
   * Describes these methods with the parameters that they declare; of one without a description,
   * the log says so.
   *
   * @param methods by name, such as {@code photo/list}
   */
  public OpenApi(Api api, Map<String, HasParameters> methods) {
    this.api = api;
    this.replies =
        new ReplySchemas(document.getAsJsonObject("components").getAsJsonObject("schemas"));
    methods.forEach(this::describe);
    JsonArray servers = new JsonArray();
    servers.add(Json.object("url", new JsonPrimitive(ADDRESS)));
    document.add("servers", servers);
    String text = GSON.toJson(document);
    int at = text.indexOf('"' + ADDRESS + '"');
    this.aroundAddress =
        new byte[][] {
          text.substring(0, at).getBytes(StandardCharsets.UTF_8),
          text.substring(at + ADDRESS.length() + 2).getBytes(StandardCharsets.UTF_8)
        };
  }

  private void describe(String name, HasParameters method) {
    Description.of(name)
        .ifPresentOrElse(
            description -> add(name, description, method),
            () -> LOG.warn("The API method {} has no description in openapi/{}.json", name, name));
  }

  private void add(String name, JsonObject description, HasParameters method) {
    JsonObject paths = document.getAsJsonObject("paths");
    var required = method instanceof NeedsLevel leveled ? leveled.required() : null;
    Operations operations =
        new Operations(name, description, method, required, replies.of(name, description));
    paths.add("/api/" + name, operations.pathItem(methods(method)));
  }

  /** Those of an OpenAPI path item that it answers. */
  private static List<String> methods(HasParameters method) {
    return method instanceof UploadServlet upload
        ? DESCRIBED.stream().filter(upload.door().methods()::contains).toList()
        : DESCRIBED;
  }

  @Override
  protected void doGet(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    byte[] address = GSON.toJson(api.address(request)).getBytes(StandardCharsets.UTF_8);
    response.setContentType("application/json; charset=utf-8");
    response.setHeader("X-Content-Type-Options", "nosniff");
    // It contains the address that it was requested at, which a visitor may have made up.
    response.setHeader("Cache-Control", "no-store");
    // The document is public, and browsers' tools read it from other sites.
    response.setHeader("Access-Control-Allow-Origin", "*");
    response.setContentLength(aroundAddress[0].length + address.length + aroundAddress[1].length);
    ServletOutputStream out = response.getOutputStream();
    out.write(aroundAddress[0]);
    out.write(address);
    out.write(aroundAddress[1]);
  }
}
