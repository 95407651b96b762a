package slipway;

import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletContextEvent;
import jakarta.servlet.ServletContextListener;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import slipway.db.Database;
import slipway.http.Api;
import slipway.http.Callers;
import slipway.http.Origins;
import slipway.http.SessionCookie;
import slipway.http.limit.Proxies;
import slipway.http.limit.RateLimits;
import slipway.media.MediaStore;
import slipway.media.Previews;
import slipway.media.program.WorkFolder;
import slipway.media.video.VideoCopies;
import slipway.rendition.RenditionWorker;
import slipway.rendition.WebVideos;
import slipway.scan.ScanWorker;
import slipway.scan.Scanning;
import slipway.secret.OwnerOnly;

/** The composition root: builds every part from the settings, and closes them in reverse order. */
public final class Slipway implements ServletContextListener {
  private static final Logger LOG = LoggerFactory.getLogger(Slipway.class);

  private final Closing closing = new Closing();

  @Override
  public void contextInitialized(ServletContextEvent event) {
    try {
      start(event.getServletContext());
    } catch (IOException | RuntimeException e) {
      closing.close();
      String message = "Slipway could not start: " + StartFailure.text(e);
      LOG.error(message);
      throw new IllegalStateException(message, e);
    }
  }

  private void start(ServletContext context) throws IOException {
    String webapp = context.getRealPath("/");
    Settings settings =
        Settings.read(context::getInitParameter, webapp == null ? null : Path.of(webapp));
    OwnerOnly.createFolder(settings.data());
    closing.later(DataLock.of(settings.data()));
    PrometheusMeterRegistry metrics = Meters.open(closing);
    load(context, settings);
    Services services = Services.open(settings, context.getContextPath(), closing);
    FirstStart.run(settings, services.catalogue().users(), services.access().credentials());
    Proxies proxies = new Proxies(settings.site().proxies());
    Origins origins = new Origins(settings.site().baseUrl(), proxies);
    Api api = api(settings, services, proxies, origins);
    Previews previews =
        closing.later(
            new Previews(
                settings.data().resolve("work"),
                settings.renditions().pictures(),
                settings.renditions().heif(),
                settings.renditions().videos()));
    WebVideos videos = videos(settings, services.storage());
    Filters filters = new Filters(context, settings, api);
    ApiMethods methods = new ApiMethods(context, settings, services, api, previews, videos);
    Pages pages = new Pages(context, settings, services, api, videos);
    filters.front(closing, methods::at, pages.error()::show);
    methods.register();
    pages.register();
    new OperationsPages(context, settings, services, closing, proxies, metrics).register();
    Set<String> lists = new HashSet<>(Pages.lists());
    lists.addAll(methods.lists());
    filters.limits(lists);
    makeRenditions(settings, services, previews);
    scan(settings.scanning(), services);
    convertVideos(services, videos);
    closing.later(services.storage().comparison().start());
    services
        .storage()
        .sweep(settings.operations().setAside())
        .ifPresent(sweep -> closing.later(sweep.start()));
    closing.later(ContainerPages.replace(context));
    LOG.info("Slipway is ready; its data is in {}", settings.data());
    LocalPage.tell(settings.auth().initialKey(), services.access().credentials());
  }

  private static void load(ServletContext context, Settings settings) throws IOException {
    Settings.Stores stores = settings.stores();
    Set<String> unused = new HashSet<>();
    if (settings.outgoing().mail() == null) {
      unused.add(Loading.MAIL);
    }
    if (stores.database() == null) {
      loadDriver();
      unused.add(Loading.SERVERS);
    }
    if (stores.media() == null) {
      unused.add(Loading.BUCKETS);
    }
    Loading.run(context, unused);
  }

  /**
   * The database's driver runs a program when it is loaded. The JDK's thread for programs must not
   * refer to the application, or a container could not unload it at once on a redeployment.
   */
  private static void loadDriver() {
    Thread thread = Thread.currentThread();
    ClassLoader application = thread.getContextClassLoader();
    thread.setContextClassLoader(ClassLoader.getSystemClassLoader());
    try {
      Database.loadDriver();
    } finally {
      thread.setContextClassLoader(application);
    }
  }

  private static Api api(Settings settings, Services services, Proxies proxies, Origins origins) {
    Settings.Site site = settings.site();
    Settings.Rates limits = settings.limits().rates();
    Callers callers =
        new Callers(
            services.access().credentials(),
            services.access().oauth(),
            origins,
            site.isPublic(),
            new SessionCookie(services.access().sessions(), origins));
    RateLimits rates =
        new RateLimits(
            limits.perCredential(),
            limits.perAddress(),
            limits.failuresPerAddress(),
            services.storage()::nodes);
    return new Api(callers, origins, site.name(), site.compatibility(), proxies, rates);
  }

  private void makeRenditions(Settings settings, Services services, Previews previews) {
    int threads = settings.renditions().threads();
    if (threads > 0 && !previews.takeVideos()) {
      LOG.warn("Videos get no pictures, as ffmpeg and ffprobe are not both installed here");
    }
    if (threads > 0 && previews.heifTypes().isEmpty()) {
      LOG.warn("HEIC and AVIF get no pictures, as no heif-dec or heif-convert is installed here");
    }
    closing.later(
        new RenditionWorker(
            services.catalogue().renditions(),
            services.storage().media(),
            services.storage().room(settings),
            services.storage().presence(),
            previews,
            services.storage().claims("pictures"),
            threads));
  }

  private void scan(Scanning scanning, Services services) {
    Storage storage = services.storage();
    closing.later(
        new ScanWorker(scanning, services.verdicts(), storage.media(), storage.claims("scans")));
  }

  private static WebVideos videos(Settings settings, Storage storage) {
    Settings.Renditions made = settings.renditions();
    VideoCopies copies =
        new VideoCopies(
            made.videos(),
            made.conversions(),
            new WorkFolder(settings.data().resolve("work")),
            made.pictures().maxPixels());
    return new WebVideos(storage.database(), copies, made.threads() > 0, storage.room(settings));
  }

  private void convertVideos(Services services, WebVideos videos) {
    MediaStore media = services.storage().media();
    closing.later(videos.looks(media, services.storage().claims("looks at videos")).start());
    closing.later(
        videos
            .conversions(
                media,
                services.catalogue().photos(),
                services.notices().photoEvents(),
                services.storage().claims("videos"))
            .start());
  }

  @Override
  public void contextDestroyed(ServletContextEvent event) {
    closing.close();
    Database.forgetDrivers();
  }
}
