package slipway;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import slipway.auth.CredentialStore;
import slipway.auth.OAuth1;
import slipway.db.Database;
import slipway.editing.PhotoEvents;
import slipway.event.AddressPolicy;
import slipway.event.Events;
import slipway.event.Outgoing;
import slipway.event.Webhooks;
import slipway.media.FileMediaStore;
import slipway.media.MediaIdentity;
import slipway.media.MediaStore;
import slipway.media.Spool;
import slipway.photo.Albums;
import slipway.photo.PhotoFiles;
import slipway.photo.PhotoLists;
import slipway.photo.Photos;
import slipway.photo.Refolding;
import slipway.photo.RenditionQueue;
import slipway.photo.TagLists;
import slipway.photo.Users;
import slipway.reconcile.Comparison;
import slipway.reconcile.Pairing;
import slipway.reconcile.Scan;
import slipway.secret.SecretBox;
import slipway.token.IdempotencyKeys;
import slipway.token.MemoryTokenRegistry;
import slipway.token.TokenRegistry;
import slipway.upload.Completion;
import slipway.upload.FreeDisk;
import slipway.upload.IncomingRoom;
import slipway.upload.resumable.ResumableUploads;
import slipway.upload.resumable.UploadTable;

/**
 * All that keeps something: the parts every act works on.
 *
 * @param clock the time they go by
 */
record Services(
    Clock clock,
    Database database,
    Spool spool,
    MediaStore media,
    Photos photos,
    PhotoLists lists,
    Users users,
    Albums albums,
    TagLists tags,
    CredentialStore credentials,
    OAuth1 oauth,
    TokenRegistry tokens,
    Webhooks webhooks,
    Events events,
    PhotoEvents photoEvents,
    RenditionQueue renditions,
    Completion completion,
    IncomingRoom incoming,
    ResumableUploads chunked,
    Comparison comparison) {
  private static final String KEY_FILE = "oauth.key";

  /** Opens the stores in the data folder, and mends what a crash left. */
  static Services open(Settings settings, Closing closing) throws IOException {
    Clock clock = Clock.systemUTC();
    makeWritable(settings.data());
    Path folder = settings.data().resolve("media");
    Database database = paired(settings.data().resolve("slipway.db"), folder, closing);
    closing.later(new Refolding(database).start());
    Photos photos = new Photos(database, clock);
    Spool spool = new Spool(folder);
    FileMediaStore media = new FileMediaStore(spool);
    UploadTable pieces = new UploadTable(database, clock);
    Scan scan = new Scan(new PhotoFiles(database), pieces, media.leftovers());
    Comparison comparison =
        new Comparison(folder, media.leftovers(), scan, settings.operations().setAside());
    SecretBox box = SecretBox.open(settings.data().resolve(KEY_FILE));
    CredentialStore credentials = new CredentialStore(database, clock, box);
    TokenRegistry tokens = new MemoryTokenRegistry(database, clock);
    Webhooks webhooks = new Webhooks(database, box, clock);
    Outgoing outgoing = closing.later(outgoing(settings, database, clock, webhooks));
    Events events = new Events(database, clock, outgoing, credentials::pingbackUrls);
    PhotoEvents photoEvents = new PhotoEvents(events);
    RenditionQueue renditions = new RenditionQueue(database);
    IdempotencyKeys keys = new IdempotencyKeys(database);
    Completion completion =
        new Completion(
            database, media, photos, keys, photoEvents, renditions, outgoing, settings.texts());
    IncomingRoom incoming = incoming(settings, spool);
    ResumableUploads chunked =
        new ResumableUploads(
            pieces,
            tokens,
            spool,
            completion,
            settings.uploads().rules(),
            limits(settings.resumable()),
            incoming,
            clock);
    chunked.restore();
    Duration period = settings.tokens().sweepPeriod();
    closing.later(new Sweeper("upload tokens", tokens::sweep, period));
    closing.later(new Sweeper("unfinished uploads", chunked::sweep, period));
    Duration retention = settings.outgoing().retention();
    closing.later(new Sweeper("events", () -> events.sweep(retention), period));
    return new Services(
        clock,
        database,
        spool,
        media,
        photos,
        new PhotoLists(database, clock, settings.texts()),
        new Users(database, clock),
        new Albums(database, clock, settings.texts()),
        new TagLists(database, clock),
        credentials,
        oauth(settings, credentials, database, clock),
        tokens,
        webhooks,
        events,
        photoEvents,
        renditions,
        completion,
        incoming,
        chunked,
        comparison);
  }

  /** Opens the database, unless it does not belong to the media folder. */
  private static Database paired(Path file, Path media, Closing closing) throws IOException {
    Pairing pairing = new Pairing(file, new MediaIdentity(media));
    pairing.check();
    Database database = closing.later(Database.open(file));
    pairing.join(database);
    return database;
  }

  private static ResumableUploads.Limits limits(Settings.Resumable resumable) {
    return new ResumableUploads.Limits(
        resumable.ttl(),
        resumable.tokenBytes(),
        resumable.totalBytes(),
        resumable.uploadsPerAddress());
  }

  /**
   * Bytes that can still be written to the disk of the database and to that of the spool, whichever
   * has less: the media folder may be a disk of its own.
   */
  static long usableBytes(Path data, Spool spool) throws IOException {
    return Math.min(Files.getFileStore(data).getUsableSpace(), spool.usableBytes());
  }

  private static IncomingRoom incoming(Settings settings, Spool spool) {
    Settings.Incoming incoming = settings.incoming();
    FreeDisk disk =
        new FreeDisk(
            () -> usableBytes(settings.data(), spool), settings.operations().leastFreeBytes());
    return new IncomingRoom(incoming.limits(), disk);
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

  private static Outgoing outgoing(
      Settings settings, Database database, Clock clock, Webhooks webhooks) {
    Settings.OutgoingCalls calls = settings.outgoing();
    AddressPolicy addresses = new AddressPolicy(calls.allowPrivate());
    return new Outgoing(database, clock, webhooks, addresses, calls.retries(), calls.limits())
        .start();
  }
}
