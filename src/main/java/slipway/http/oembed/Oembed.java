package slipway.http.oembed;

import com.google.gson.JsonObject;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import slipway.http.ApiException;
import slipway.http.Declaration;
import slipway.http.Origins;
import slipway.http.Parameter;
import slipway.http.Parameters;
import slipway.photo.ListedPhoto;
import slipway.photo.PhotoFilter;
import slipway.photo.PhotoLists;

/**
 * Says how another site shows a published photo whose page's address it was given (oembed.com,
 * 2.2): {@code /oembed?url=<page>}, with {@code maxwidth} and {@code maxheight} in pixels, and
 * {@code format=json}, the one there is. 404 for an address that is no such page, 401 on a closed
 * site, 501 for another format, 400 for a bound that is no number.
 */
public final class Oembed extends HttpServlet {
  private static final long serialVersionUID = 1L;
  private static final Pattern PAGE = Pattern.compile("/photo/(\\d{1,18})/?(?:[?#].*)?");
  private static final int LONGEST_URL = 4000;
  private static final int MOST_PIXELS = 1_000_000;
  private static final String JSON = "json";

  private static final Parameter<String> URL =
      Parameter.text("url", LONGEST_URL)
          .required("the address of a photo's page")
          .words("The address of a photo's page.");
  private static final Parameter<String> FORMAT =
      Parameter.text("format").orElse(JSON).words("json.");
  private static final Parameter<Integer> WIDTH = pixels("maxwidth");
  private static final Parameter<Integer> HEIGHT = pixels("maxheight");
  private static final Declaration DECLARATION =
      Declaration.of(List.of(URL, FORMAT, WIDTH, HEIGHT));

  private final transient Origins origins;
  private final transient PhotoLists photos;
  private final transient EmbeddedPhoto embedded;
  private final boolean isOpen;

  /**
   * Of the photos of these lists.
   *
   * @param site the site's name, for people
   * @param isOpen whether anybody may look around
   */
  public Oembed(Origins origins, PhotoLists photos, String site, boolean isOpen) {
    this.origins = origins;
    this.photos = photos;
    this.embedded = new EmbeddedPhoto(site);
    this.isOpen = isOpen;
  }

  private static Parameter<Integer> pixels(String name) {
    return Parameter.integer(name, 1, MOST_PIXELS).orElse(MOST_PIXELS).words("Pixels at most.");
  }

  @Override
  protected void doGet(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    if (!isOpen) {
      refuse(response, HttpServletResponse.SC_UNAUTHORIZED, "This site is closed.");
      return;
    }
    try {
      answer(request, response);
    } catch (ApiException e) {
      refuse(response, e.status(), e.getMessage());
    }
  }

  private void answer(HttpServletRequest request, HttpServletResponse response)
      throws ApiException, IOException {
    Parameters parameters = Parameters.ofQuery(request).declaring(DECLARATION);
    if (!FORMAT.of(parameters).equals(JSON)) {
      refuse(
          response,
          HttpServletResponse.SC_NOT_IMPLEMENTED,
          "The parameter 'format' must be json: there is no other.");
      return;
    }
    OembedBounds bounds = new OembedBounds(WIDTH.of(parameters), HEIGHT.of(parameters));
    String origin = origins.text(request) + request.getContextPath();
    Optional<ListedPhoto> photo = find(URL.of(parameters), origin);
    if (photo.isEmpty()) {
      refuse(
          response,
          HttpServletResponse.SC_NOT_FOUND,
          "The parameter 'url' must be the address of a published photo's page, such as "
              + origin
              + "/photo/1.");
      return;
    }
    send(response, HttpServletResponse.SC_OK, embedded.of(photo.get(), bounds, origin));
  }

  /** The scheme is not compared: pages are quoted by either. */
  private Optional<ListedPhoto> find(String url, String origin) {
    String own = withoutScheme(origin);
    String asked = withoutScheme(url);
    if (!asked.startsWith(own)) {
      return Optional.empty();
    }
    Matcher page = PAGE.matcher(asked.substring(own.length()));
    return page.matches()
        ? photos.find(PhotoFilter.PUBLISHED.photo(Long.parseLong(page.group(1))))
        : Optional.empty();
  }

  private static String withoutScheme(String url) {
    return url.replaceFirst("^https?://", "");
  }

  private static void refuse(HttpServletResponse response, int status, String message)
      throws IOException {
    JsonObject error = new JsonObject();
    error.addProperty("error", message);
    send(response, status, error);
  }

  private static void send(HttpServletResponse response, int status, JsonObject json)
      throws IOException {
    byte[] body = json.toString().getBytes(StandardCharsets.UTF_8);
    response.setStatus(status);
    response.setContentType("application/json; charset=utf-8");
    response.setHeader("Cache-Control", "no-cache");
    response.setHeader("X-Content-Type-Options", "nosniff");
    // Scripts of other sites may read it: it says what everybody sees.
    response.setHeader("Access-Control-Allow-Origin", "*");
    response.setContentLength(body.length);
    response.getOutputStream().write(body);
  }
}
