package slipway;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import java.util.function.IntSupplier;
import java.util.function.ToIntFunction;
import slipway.db.Database;
import slipway.db.postgres.PostgresAddress;
import slipway.db.postgres.PostgresEngine;
import slipway.media.Leftovers;
import slipway.media.MediaFolder;
import slipway.media.MediaIdentity;
import slipway.media.MediaPlace;
import slipway.media.MediaPresence;
import slipway.media.MediaStore;
import slipway.media.PieceStore;
import slipway.media.Spool;
import slipway.media.WriteCheck;
import slipway.media.s3.BucketAddress;
import slipway.media.s3.MediaBucket;
import slipway.node.Claims;
import slipway.node.ThisNode;
import slipway.photo.PhotoFiles;
import slipway.photo.Refolding;
import slipway.photo.RenditionQueue;
import slipway.reconcile.BucketSweep;
import slipway.reconcile.Comparison;
import slipway.reconcile.Pairing;
import slipway.reconcile.Scan;
import slipway.reconcile.SweepLoop;
import slipway.rendition.FreeRoom;
import slipway.stray.StrayObjects;
import slipway.token.MemoryTokenRegistry;
import slipway.token.SqlTokenRegistry;
import slipway.token.TokenRegistry;
import slipway.token.link.LinkUses;
import slipway.token.link.LinkedTokens;
import slipway.token.link.UploadLinks;
import slipway.upload.resumable.UploadTable;

/**
 * The database and the media, which belong together and hold everything else.
 *
 * @param clocks the time that everything goes by
 * @param pieces the rows of uploads in pieces
 * @param node this node among those that share the database; null where it is the only one
 * @param kept the kept files
 * @param comparison finds what only one of the two has
 */
record Storage(
    Clocks clocks,
    Database database,
    ThisNode node,
    Spool spool,
    KeptMedia kept,
    UploadTable pieces,
    Comparison comparison) {

  /**
   * Longer than an upload waits for its next byte, or a kept file for its row, and than a clock may
   * be off.
   */
  private static final Duration QUIET = Duration.ofHours(1);

  /** Opens the data folder. */
  static Storage open(Settings settings, Closing closing) throws IOException {
    makeWritable(settings.data());
    Path folder = settings.data().resolve("media");
    MediaPlace place = closing.later(place(settings, folder));
    Database database = open(settings, place.identity(), closing);
    ThisNode node =
        database.hasOneWriter()
            ? null
            : closing.later(new ThisNode(database, settings.data().resolve("node"))).start();
    Clocks clocks = Clocks.of(database, node);
    closing.later(new TimeKeeper(database, clocks.watch(), clocks.steady()));
    closing.later(new Refolding(database).start());
    MediaPresence presence = MediaPresence.of(place.identity());
    PieceStore store = node == null ? null : place.pieces().orElse(null);
    Spool spool = new Spool(folder, settings.operations().mediaAccess(), store);
    StrayObjects strays = new StrayObjects(database);
    MediaStore media = place.open(spool, strays::left);
    UploadTable pieces =
        new UploadTable(database, clocks.wall(), node == null ? null : node.id(), store);
    Leftovers leftovers = spool.leftovers(node == null ? Duration.ZERO : QUIET);
    Scan scan =
        new Scan(
            new PhotoFiles(database),
            pieces,
            leftovers,
            new RenditionQueue(database),
            place.isBesideSpool() ? null : media);
    Comparison comparison =
        new Comparison(
            folder, leftovers, scan, settings.operations().setAside(), claims(node, "comparison"));
    KeptMedia kept = new KeptMedia(place, media, presence);
    return new Storage(clocks, database, node, spool, kept, pieces, comparison);
  }

  /** What looks for objects of a bucket that no row knows; empty where files are in a folder. */
  Optional<SweepLoop> sweep(Duration grace) {
    if (kept.place().isBesideSpool()) {
      return Optional.empty();
    }
    MediaBucket bucket = (MediaBucket) kept.place();
    BucketSweep sweep =
        new BucketSweep(bucket.listing(), database, pieces, clocks.watch()::believed, grace);
    return Optional.of(new SweepLoop(sweep, claims("bucket")));
  }

  private static MediaPlace place(Settings settings, Path folder) {
    BucketAddress bucket = settings.stores().media();
    return bucket == null ? new MediaFolder(folder) : new MediaBucket(bucket);
  }

  /**
   * The kept files.
   *
   * @param presence whether they are there at all
   */
  record KeptMedia(MediaPlace place, MediaStore store, MediaPresence presence) {}

  /** The kept files. */
  MediaStore media() {
    return kept.store();
  }

  /** Whether they are there at all. */
  MediaPresence presence() {
    return kept.presence();
  }

  /** The wall clock. */
  Clock clock() {
    return clocks.wall();
  }

  /** Returns when files can be received and kept. */
  void checkMedia() throws IOException {
    if (!kept.place().isBesideSpool()) {
      new WriteCheck(spool.root(), false).run();
    }
    kept.place().check();
  }

  /** How many nodes there are now, with this one. */
  int nodes() {
    return node == null ? 1 : node.count();
  }

  /** The claims by which nodes share out a kind of work. */
  Claims claims(String what) {
    return claims(node, what);
  }

  private static Claims claims(ThisNode node, String what) {
    return node == null ? Claims.ALONE : node.claims(what);
  }

  /** A sweep of what the nodes share, which one of them makes for all, as long as it is there. */
  ToIntFunction<Instant> once(ToIntFunction<Instant> sweep) {
    Claims sweeps = claims("sweeps");
    return now -> sweeps.take(0) ? sweep.applyAsInt(now) : 0;
  }

  /** The same for a sweep that does not go by the time. */
  IntSupplier once(IntSupplier sweep) {
    ToIntFunction<Instant> once = once(now -> sweep.getAsInt());
    return () -> once.applyAsInt(Instant.EPOCH);
  }

  /**
   * The registry of tokens: its memory knows more than the rows, but only for one node.
   *
   * @param links the links whose guests have tokens
   */
  TokenRegistry tokens(UploadLinks links) {
    String name = node == null ? UUID.randomUUID().toString() : node.id();
    TokenRegistry tokens =
        node == null
            ? new MemoryTokenRegistry(database, clock())
            : new SqlTokenRegistry(database, clock(), name);
    LinkUses uses = new LinkUses(database, clock(), name);
    return new LinkedTokens(tokens, links, uses, clock());
  }

  /** Room for what is made of the files, beyond what must stay free. */
  FreeRoom room(Settings settings) {
    long leastFree = settings.operations().leastFreeBytes();
    return () -> usableBytes(settings.data(), spool) - leastFree;
  }

  /** Opens the database, unless it does not belong to the media folder. */
  private static Database open(Settings settings, MediaIdentity media, Closing closing)
      throws IOException {
    PostgresAddress server = settings.stores().database();
    return server == null
        ? file(settings.data().resolve("slipway.db"), media, closing)
        : opened(server, media, closing);
  }

  private static Database file(Path file, MediaIdentity media, Closing closing) throws IOException {
    Pairing pairing = new Pairing(file.toString(), media);
    try {
      Database.requireAccess(file);
      pairing.check(file);
      Database database = closing.later(Database.open(file));
      pairing.join(database);
      return database;
    } catch (RuntimeException e) {
      throw new IOException(
          "the database %s cannot be opened: %s".formatted(file, innermost(e).getMessage()), e);
    }
  }

  private static Database opened(PostgresAddress server, MediaIdentity media, Closing closing)
      throws IOException {
    Pairing pairing = new Pairing("of slipway.database", media);
    try {
      Database database = closing.later(new Database(PostgresEngine.open(server)));
      pairing.check(database);
      pairing.join(database);
      return database;
    } catch (RuntimeException e) {
      throw new IOException("the database of slipway.database: " + e.getMessage(), e);
    }
  }

  /** The driver's own message, which the layers above it wrap in messages of their own. */
  private static Throwable innermost(Throwable failure) {
    Throwable cause = failure;
    while (cause.getCause() != null && cause.getCause().getMessage() != null) {
      cause = cause.getCause();
    }
    return cause;
  }

  private static void makeWritable(Path folder) throws IOException {
    try {
      Files.delete(Files.createTempFile(Files.createDirectories(folder), "start", null));
    } catch (IOException e) {
      throw new IOException("the data folder " + folder + " cannot be written to", e);
    }
  }

  /**
   * Bytes that can still be written to the disk of the database and to that of the spool, whichever
   * has less: the media folder may be a disk of its own.
   */
  static long usableBytes(Path data, Spool spool) throws IOException {
    return Math.min(Files.getFileStore(data).getUsableSpace(), spool.usableBytes());
  }
}
