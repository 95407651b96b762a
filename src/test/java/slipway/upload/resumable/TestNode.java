package slipway.upload.resumable;

import java.io.IOException;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import slipway.db.Database;
import slipway.details.TextLimits;
import slipway.editing.PhotoEvents;
import slipway.event.Events;
import slipway.event.Outgoing;
import slipway.media.FileMediaStore;
import slipway.media.MediaAccess;
import slipway.media.MediaPlace;
import slipway.media.MediaStore;
import slipway.media.PieceStore;
import slipway.media.Spool;
import slipway.node.ThisNode;
import slipway.photo.Photos;
import slipway.photo.RenditionQueue;
import slipway.token.IdempotencyKeys;
import slipway.token.SqlTokenRegistry;
import slipway.token.TokenRegistry;
import slipway.upload.Completion;
import slipway.upload.FileRules;
import slipway.upload.IncomingRoomTest;

/** A node, as far as it receives uploads in pieces. */
final class TestNode {
  private static final long MOST_BYTES = 1 << 30;

  final ThisNode there;
  final SqlTokenRegistry tokens;
  final ResumableUploads uploads;

  private TestNode(
      ThisNode there,
      Database database,
      Outgoing outgoing,
      Clock clock,
      Spool spool,
      MediaStore media,
      Runnable stop)
      throws IOException {
    this.there = there;
    tokens = new SqlTokenRegistry(database, clock, there.id());
    Completion completion =
        new Completion(
            database,
            media,
            new Photos(database, clock),
            new IdempotencyKeys(database),
            new PhotoEvents(new Events(database, clock, outgoing, List::of)),
            new RenditionQueue(database),
            outgoing,
            TextLimits.DEFAULT);
    Duration day = Duration.ofDays(1);
    uploads =
        new ResumableUploads(
            new UploadContext(
                new UnfinishedUploads(0, clock.instant()),
                new RecentRefusals(),
                new UploadTable(database, clock, there.id(), spool.pieces()),
                stop == null ? tokens : stopping(tokens, stop),
                spool,
                completion,
                new DiskUse(MOST_BYTES, MOST_BYTES, IncomingRoomTest.on(() -> 1L << 50)),
                new UploadContext.Terms(
                    new FileRules(MOST_BYTES, List.of("image/*", "video/*")),
                    day,
                    day,
                    clock,
                    clock)));
  }

  /** One that has a media folder with all others. */
  static TestNode sharing(
      Path folder, String name, Database database, Outgoing outgoing, Clock clock)
      throws IOException {
    return stopping(folder, name, database, outgoing, clock, null);
  }

  /** The same, but it stops for so long before it takes up the use of an upload. */
  static TestNode stopping(
      Path folder, String name, Database database, Outgoing outgoing, Clock clock, Runnable stop)
      throws IOException {
    ThisNode there = new ThisNode(database, folder.resolve(name)).start();
    Spool spool = new Spool(folder.resolve("media"));
    MediaStore media = new FileMediaStore(spool);
    return new TestNode(there, database, outgoing, clock, spool, media, stop);
  }

  /** One that has a bucket with all others, and a folder of its own. */
  static TestNode apart(
      Path folder,
      String name,
      MediaPlace bucket,
      Database database,
      Outgoing outgoing,
      Clock clock)
      throws IOException {
    ThisNode there = new ThisNode(database, folder.resolve(name)).start();
    PieceStore pieces = bucket.pieces().orElseThrow();
    Spool spool = new Spool(folder.resolve(name + "-media"), MediaAccess.OWNER, pieces);
    MediaStore media = bucket.open(spool, left -> {});
    return new TestNode(there, database, outgoing, clock, spool, media, null);
  }

  void takeOver() throws IOException {
    tokens.settleUses();
    uploads.restore();
  }

  ResumableUpload find(UploadKey key) throws IOException {
    return uploads.find(key).orElseThrow();
  }

  private static TokenRegistry stopping(TokenRegistry tokens, Runnable stop) {
    return (TokenRegistry)
        Proxy.newProxyInstance(
            TokenRegistry.class.getClassLoader(),
            new Class<?>[] {TokenRegistry.class},
            (proxy, method, values) -> {
              if (method.getName().equals("resume")) {
                stop.run();
              }
              return method.invoke(tokens, values);
            });
  }
}
