package slipway;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.ServletContext;
import jakarta.servlet.http.HttpServlet;
import java.util.EnumSet;
import slipway.http.Origins;
import slipway.photo.Neighbours;
import slipway.web.AssetFilter;
import slipway.web.ErrorPage;
import slipway.web.FixedPage;
import slipway.web.Gallery;
import slipway.web.GalleryData;
import slipway.web.MediaFilter;
import slipway.web.PageSite;
import slipway.web.PhotoPage;
import slipway.web.TryItCallback;
import slipway.web.UploadPage;

/** Registers the pages people see, and the media. */
final class Pages {
  /** What the paths of upload pages begin with; the rest is the token. */
  static final String UPLOAD = "/upload/";

  private final ServletContext context;
  private final Settings settings;
  private final Services stores;
  private final PageSite site;

  Pages(ServletContext context, Settings settings, Services stores, Origins origins) {
    this.context = context;
    this.settings = settings;
    this.stores = stores;
    this.site = new PageSite(settings.site().name(), settings.site().isPublic(), origins::text);
  }

  void register() {
    media();
    assets();
    upload();
    tryIt();
    add("error", new ErrorPage(site), "/error");
    gallery();
    console();
  }

  private void media() {
    context
        .addFilter("media", new MediaFilter(stores.photos(), stores.media(), stores.renditions()))
        .addMappingForUrlPatterns(EnumSet.of(DispatcherType.REQUEST), true, "/*");
  }

  private void assets() {
    context
        .addFilter("assets", new AssetFilter())
        .addMappingForUrlPatterns(EnumSet.of(DispatcherType.REQUEST), true, "/assets/*");
  }

  private void upload() {
    UploadPage page =
        new UploadPage(site, stores.tokens(), settings.uploads().rules(), stores.clock());
    add("upload", page, UPLOAD + "*");
  }

  private void tryIt() {
    add("try", new FixedPage(site, "try"), "/try");
    add("try/callback", new TryItCallback(site, stores.photos()), "/try/callback");
  }

  private void gallery() {
    GalleryData shown =
        new GalleryData(
            stores.photos(),
            stores.lists(),
            new Neighbours(stores.database(), stores.clock()),
            stores.albums(),
            stores.users(),
            stores.tags(),
            stores.renditions());
    add("gallery", new Gallery(site, shown), "", "/album/*", "/tag", "/user/*");
    add("photo", new PhotoPage(site, shown), "/photo/*");
  }

  private void console() {
    add("console", new FixedPage(site, "console"), "/console");
  }

  private void add(String name, HttpServlet page, String... paths) {
    context.addServlet(name, page).addMapping(paths);
  }
}
