package slipway;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletContextEvent;
import jakarta.servlet.ServletContextListener;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.EnumSet;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import slipway.auth.CredentialStore;
import slipway.db.Database;
import slipway.http.Api;
import slipway.http.ApiServlet;
import slipway.http.photo.FormLimits;
import slipway.http.photo.GetUploadToken;
import slipway.http.photo.RedeemUploadToken;
import slipway.http.photo.ReturnUrls;
import slipway.media.FileMediaStore;
import slipway.media.MediaStore;
import slipway.photo.Albums;
import slipway.photo.Photos;
import slipway.photo.Users;
import slipway.token.ExpirySweeper;
import slipway.token.MemoryTokenRegistry;
import slipway.token.TokenRegistry;
import slipway.upload.MultipartReader;
import slipway.upload.Redemptions;
import slipway.upload.Rules;
import slipway.web.MediaFilter;

/** The composition root: builds every part from the settings, and closes them in reverse order. */
public final class Slipway implements ServletContextListener {
  private static final Logger LOG = LoggerFactory.getLogger(Slipway.class);

  private final Deque<AutoCloseable> parts = new ArrayDeque<>();

  @Override
  public void contextInitialized(ServletContextEvent event) {
    try {
      ServletContext context = event.getServletContext();
      String webapp = context.getRealPath("/");
      start(
          context,
          Settings.read(context::getInitParameter, webapp == null ? null : Path.of(webapp)));
    } catch (IOException | RuntimeException e) {
      closeAll();
      LOG.error("Slipway could not start: {}", e.getMessage());
      throw new IllegalStateException("Slipway could not start: " + e.getMessage(), e);
    }
  }

  private void start(ServletContext context, Settings settings) throws IOException {
    Clock clock = Clock.systemUTC();
    Files.createDirectories(settings.data());
    Database database = closeLater(Database.open(settings.data().resolve("slipway.db")));
    MediaStore media = new FileMediaStore(settings.data().resolve("media"));
    Photos photos = new Photos(database, clock);
    Users users = new Users(database, clock);
    Albums albums = new Albums(database);
    CredentialStore credentials = new CredentialStore(database, clock);
    FirstStart.run(settings, users, credentials);
    int swept = media.sweep(key -> photos.hasMedia(key.name()));
    if (swept > 0) {
      LOG.info("Deleted {} files that unfinished uploads had left", swept);
    }
    TokenRegistry tokens = new MemoryTokenRegistry(database, clock);
    closeLater(new ExpirySweeper(tokens, settings.sweepPeriod()));

    Api api =
        new Api(
            credentials,
            settings.baseUrl(),
            settings.siteName(),
            settings.publicSite(),
            settings.always200());
    Rules rules = new Rules(settings.maxUploadBytes(), settings.uploadTypes());
    Redemptions redemptions = new Redemptions(tokens, media, photos, database, rules);
    ReturnUrls returnUrls = new ReturnUrls(settings.returnHosts());

    method(
        context,
        "photo/get-upload-token",
        new GetUploadToken(api, tokens, users, albums, returnUrls, clock));
    context
        .addServlet(
            "photo/redeem-upload-token", new RedeemUploadToken(api, redemptions, form(settings)))
        .addMapping("/api/photo/redeem-upload-token");
    context
        .addFilter("media", new MediaFilter(photos, media))
        .addMappingForUrlPatterns(EnumSet.of(DispatcherType.REQUEST), true, "/*");
    LOG.info("Slipway is ready; its data is in {}", settings.data());
  }

  private static FormLimits form(Settings settings) {
    return new FormLimits(
        new MultipartReader.Limits(settings.formParts(), 16 << 10, settings.fieldBytes()),
        settings.readOffBytes(),
        settings.readOffSeconds() * 1000);
  }

  private static void method(ServletContext context, String name, ApiServlet servlet) {
    context.addServlet(name, servlet).addMapping("/api/" + name);
  }

  private <T extends AutoCloseable> T closeLater(T part) {
    parts.push(part);
    return part;
  }

  @Override
  public void contextDestroyed(ServletContextEvent event) {
    closeAll();
  }

  private void closeAll() {
    while (!parts.isEmpty()) {
      try {
        parts.pop().close();
      } catch (Exception e) {
        LOG.warn("A part did not close well", e);
      }
    }
  }
}
