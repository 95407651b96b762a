package slipway.web;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import slipway.photo.Photo;
import slipway.photo.Photos;

/**
 * The return_url of the try-it page: shows the parameters that a site gets when a visitor returns.
 */
public final class TryItCallback extends HttpServlet {
  private static final long serialVersionUID = 1L;

  private final transient PageSite site;
  private final transient Photos photos;

  /** The page of that site. */
  public TryItCallback(PageSite site, Photos photos) {
    this.site = site;
    this.photos = photos;
  }

  @Override
  protected void doGet(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    Map<String, String> said = new LinkedHashMap<>();
    request.getParameterMap().forEach((name, values) -> said.put(name, values[0]));
    new PageTemplate(site, "try-callback", request)
        .with("said", said)
        .with("photo", photo(said).orElse(null))
        .send(response);
  }

  private Optional<Photo> photo(Map<String, String> said) {
    String id = said.getOrDefault("photo_id", "");
    return id.matches("\\d{1,18}")
        ? photos.find(Long.parseLong(id), said.getOrDefault("token", ""))
        : Optional.empty();
  }
}
