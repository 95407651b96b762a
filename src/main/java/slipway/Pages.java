package slipway;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.ServletContext;
import jakarta.servlet.http.HttpServlet;
import java.util.EnumSet;
import slipway.web.AssetFilter;
import slipway.web.ErrorPage;
import slipway.web.MediaFilter;
import slipway.web.Site;
import slipway.web.TryIt;
import slipway.web.TryItCallback;

/** Registers the pages people see, and the media. */
final class Pages {
  private final ServletContext context;
  private final Stores stores;
  private final Site site;

  Pages(ServletContext context, Settings settings, Stores stores) {
    this.context = context;
    this.stores = stores;
    this.site = new Site(settings.site().name());
  }

  void register() {
    media();
    assets();
    tryIt();
    add("error", new ErrorPage(site), "/error");
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

  private void tryIt() {
    add("try", new TryIt(site), "", "/try");
    add("try/callback", new TryItCallback(site, stores.photos()), "/try/callback");
  }

  private void add(String name, HttpServlet page, String... paths) {
    context.addServlet(name, page).addMapping(paths);
  }
}
