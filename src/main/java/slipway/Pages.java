package slipway;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterRegistration;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletRegistration;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import slipway.auth.Caller;
import slipway.auth.PermissionLevel;
import slipway.http.Api;
import slipway.http.SessionCookie;
import slipway.http.oembed.Oembed;
import slipway.photo.Neighbours;
import slipway.photo.PublishedNumbers;
import slipway.rendition.KeptFiles;
import slipway.rendition.WebVideos;
import slipway.section.VideoSections;
import slipway.subtitle.Subtitles;
import slipway.web.AccelRedirect;
import slipway.web.AssetServlet;
import slipway.web.Assets;
import slipway.web.Branding;
import slipway.web.ConsolePage;
import slipway.web.DropPage;
import slipway.web.ErrorPage;
import slipway.web.Feed;
import slipway.web.FixedPage;
import slipway.web.Gallery;
import slipway.web.GalleryData;
import slipway.web.MediaFilter;
import slipway.web.PageSite;
import slipway.web.PhotoFileFilter;
import slipway.web.PhotoPage;
import slipway.web.PhotoView;
import slipway.web.PhotoZip;
import slipway.web.Robots;
import slipway.web.Search;
import slipway.web.SectionFilter;
import slipway.web.Sitemap;
import slipway.web.SubtitleFilter;
import slipway.web.TryItCallback;
import slipway.web.UploadPage;
import slipway.web.ViewPage;

/** Registers the pages people see, and the media. */
final class Pages {
  /** The path prefix of upload pages; the token follows. */
  static final String UPLOAD = "/upload/";

  /** The path prefix of the pages of upload links; the link follows. */
  static final String DROP = "/drop/";

  /** What the paths of links to look at something begin with; the rest is the link. */
  static final String VIEW = "/view/";

  private static final List<String> LISTS = List.of("", "/album/*", "/tag", "/user/*");

  private static final String SEARCH = "/search";

  private final ServletContext context;
  private final Settings settings;
  private final Services services;
  private final Api api;
  private final PageSite site;
  private final WebVideos videos;

  private final List<PhotoFileFilter> files = new ArrayList<>();
  private final Assets assets;
  private final ErrorPage error;
  private final SessionCookie sessions;

  Pages(ServletContext context, Settings settings, Services services, Api api, WebVideos videos) {
    this.videos = videos;
    this.context = context;
    this.settings = settings;
    this.services = services;
    this.api = api;
    this.sessions = api.callers().sessions();
    this.assets = assets(context, settings.site().branding());
    this.site =
        new PageSite(
            settings.site().branding(),
            request -> settings.site().isPublic() || sessions.find(request).isPresent(),
            request -> !settings.site().isPublic() && sessions.find(request).isPresent(),
            api.origins()::text,
            assets,
            settings.operations().isSentOn()
                ? services.storage().media().origin()
                : Optional.empty());
    this.error = new ErrorPage(site);
  }

  /** The error page, which filters also show themselves. */
  ErrorPage error() {
    return error;
  }

  /** The paths of the pages that list something, without the asterisk of a mapping. */
  static Set<String> lists() {
    return Stream.concat(LISTS.stream(), Stream.of(SEARCH))
        .map(path -> path.replace("/*", ""))
        .collect(Collectors.toSet());
  }

  void register() {
    media();
    add("assets", new AssetServlet(assets), Assets.PATH + "*");
    upload();
    tryIt();
    add("error", error, "/error");
    gallery();
    console();
    api();
  }

  private void media() {
    MediaFilter media =
        new MediaFilter(
            services.catalogue().photos(),
            services.storage().media(),
            services.catalogue().renditions(),
            services.catalogue().views(),
            new AccelRedirect(
                settings.operations().accelPrefix(),
                services.storage().spool().root(),
                api.proxies()::sent),
            settings.operations().isSentOn(),
            services.storage().clock());
    files.add(media);
    files.add(new SubtitleFilter(services.catalogue().photos(), subtitles()));
    files.add(new SectionFilter(services.catalogue().photos(), sections()));
    files.forEach(each -> filter(each.getClass().getSimpleName(), each, "/*"));
  }

  private static Assets assets(ServletContext context, Branding branding) {
    try {
      return Assets.read(context, branding);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void upload() {
    UploadPage page =
        new UploadPage(
            site,
            services.receiving().tokens(),
            services.tokenStates(),
            services.receiving().links(),
            settings.uploads().rules(),
            services.storage().clock());
    add("upload", page, UPLOAD + "*");
    DropPage drop =
        new DropPage(
            site,
            services.receiving().links(),
            settings.uploads().rules(),
            services.storage().clock());
    add("drop", drop, DROP + "*");
  }

  private void tryIt() {
    add("try", new FixedPage(site, "try"), "/try");
    add("try/callback", new TryItCallback(site, services.catalogue().photos()), "/try/callback");
  }

  private void gallery() {
    GalleryData shown =
        new GalleryData(
            services.catalogue().photos(),
            services.catalogue().lists(),
            new Neighbours(services.storage().database(), services.storage().clock()),
            services.catalogue().albums(),
            services.catalogue().users(),
            services.catalogue().tags(),
            services.catalogue().renditions(),
            services.catalogue().views());
    Gallery gallery = new Gallery(site, shown, settings.limits().zips());
    add("gallery", gallery, LISTS.toArray(String[]::new));
    add("search", new Search(site, shown), SEARCH);
    PhotoView view = new PhotoView(site, shown, subtitles(), sections(), videos);
    add("photo", new PhotoPage(site, shown, view), "/photo/*");
    add("view", viewPage(shown, view, gallery), VIEW + "*");
    add("feed", new Feed(site, shown), "/feed/*");
    PhotoZip zip =
        new PhotoZip(
            site,
            shown,
            new KeptFiles(services.catalogue().photos(), services.storage().media()),
            settings.limits().zips(),
            api.proxies()::countedAs);
    add("zip", zip, "/zip/*");
    forOthers();
  }

  private ViewPage viewPage(GalleryData shown, PhotoView view, Gallery gallery) {
    return new ViewPage(
        site, shown, view, gallery, services.viewLinks(), files, services.storage().clock());
  }

  /** What search engines and other sites ask for. */
  private void forOthers() {
    PublishedNumbers numbers =
        new PublishedNumbers(services.storage().database(), services.storage().clock());
    add("sitemap", new Sitemap(site, numbers), "/sitemap.xml", "/sitemap/*");
    add("robots", new Robots(site), "/robots.txt");
    Oembed oembed =
        new Oembed(
            api.origins(),
            services.catalogue().lists(),
            settings.site().name(),
            settings.site().isPublic());
    add("oembed", oembed, "/oembed");
  }

  private Subtitles subtitles() {
    return new Subtitles(services.storage().database());
  }

  private VideoSections sections() {
    return new VideoSections(services.storage().database());
  }

  private void console() {
    boolean sendsMail = settings.outgoing().mail() != null;
    add("console", new ConsolePage(site, this::level, sendsMail), "/console");
  }

  private PermissionLevel level(HttpServletRequest request) {
    return sessions.find(request).map(Caller::level).orElse(PermissionLevel.NONE);
  }

  /** It stands where its methods are. */
  private void api() {
    add("api", new FixedPage(site, "api"), "/api/", "/api");
  }

  private void add(String name, HttpServlet page, String... paths) {
    ServletRegistration.Dynamic added = context.addServlet(name, page);
    added.setAsyncSupported(true);
    added.addMapping(paths);
  }

  private void filter(String name, Filter filter, String path) {
    FilterRegistration.Dynamic added = context.addFilter(name, filter);
    added.setAsyncSupported(true);
    added.addMappingForUrlPatterns(EnumSet.of(DispatcherType.REQUEST), true, path);
  }
}
