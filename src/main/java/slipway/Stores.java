package slipway;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import slipway.auth.CredentialStore;
import slipway.auth.OAuth1;
import slipway.auth.SecretBox;
import slipway.db.Database;
import slipway.media.FileMediaStore;
import slipway.media.MediaStore;
import slipway.photo.Albums;
import slipway.photo.Photos;
import slipway.photo.RenditionQueue;
import slipway.photo.Users;
import slipway.token.ExpirySweeper;
import slipway.token.IdempotencyKeys;
import slipway.token.MemoryTokenRegistry;
import slipway.token.TokenRegistry;
import slipway.upload.BackgroundReturn;
import slipway.upload.Completion;

/**
 * All that keeps something: the parts every act works on.
 *
 * @param clock the time they go by
 */
record Stores(
    Clock clock,
    Database database,
    MediaStore media,
    Photos photos,
    Users users,
    Albums albums,
    CredentialStore credentials,
    OAuth1 oauth,
    TokenRegistry tokens,
    RenditionQueue renditions,
    Completion completion) {
  private static final Logger LOG = LoggerFactory.getLogger(Stores.class);
  private static final String KEY_FILE = "oauth.key";

  /** Opens the stores in the data folder, and mends what a crash left. */
  static Stores open(Settings settings, Closing closing) throws IOException {
    Clock clock = Clock.systemUTC();
    makeWritable(settings.data());
    Database database = closing.later(Database.open(settings.data().resolve("slipway.db")));
    Photos photos = new Photos(database, clock);
    MediaStore media = new FileMediaStore(settings.data().resolve("media"));
    sweep(media, photos);
    SecretBox box = SecretBox.open(settings.data().resolve(KEY_FILE));
    CredentialStore credentials = new CredentialStore(database, clock, box);
    TokenRegistry tokens = new MemoryTokenRegistry(database, clock);
    closing.later(new ExpirySweeper(tokens, settings.tokens().sweepPeriod()));
    return new Stores(
        clock,
        database,
        media,
        photos,
        new Users(database, clock),
        new Albums(database, clock),
        credentials,
        oauth(settings, credentials, database, clock),
        tokens,
        new RenditionQueue(database),
        new Completion(
            database, media, photos, new IdempotencyKeys(database), BackgroundReturn.NONE));
  }

  private static void makeWritable(Path folder) throws IOException {
    try {
      Files.delete(Files.createTempFile(Files.createDirectories(folder), "start", null));
    } catch (IOException e) {
      throw new IOException("the data folder " + folder + " cannot be written to", e);
    }
  }

  private static OAuth1 oauth(
      Settings settings, CredentialStore credentials, Database database, Clock clock) {
    Settings.Auth auth = settings.auth();
    return new OAuth1(credentials, database, clock, auth.oauthWindow(), auth.oauthNonces());
  }

  private static void sweep(MediaStore media, Photos photos) throws IOException {
    int swept = media.sweep(key -> photos.hasMedia(key.name()));
    if (swept > 0) {
      LOG.info("Deleted {} files that unfinished uploads had left", swept);
    }
  }
}
