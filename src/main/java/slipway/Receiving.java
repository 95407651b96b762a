package slipway;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import slipway.clock.ClockWatch;
import slipway.token.IdempotencyKeys;
import slipway.token.TokenRegistry;
import slipway.token.link.UploadLinks;
import slipway.upload.Completion;
import slipway.upload.FreeDisk;
import slipway.upload.IncomingRoom;
import slipway.upload.resumable.ResumableUploads;

/**
 * The parts that receive uploads and make photos of them.
 *
 * @param links issues guests their tokens
 * @param incoming the room for bytes that are on their way in
 * @param chunked the uploads in pieces
 */
record Receiving(
    TokenRegistry tokens,
    UploadLinks links,
    Completion completion,
    IncomingRoom incoming,
    ResumableUploads chunked) {

  /** How soon what a failed commit held up continues without a request. */
  private static final Duration SETTLE_PERIOD = Duration.ofSeconds(3);

  /** How soon a node releases an upload that requests at another node wait for. */
  private static final Duration LET_GO_PERIOD = Duration.ofMillis(250);

  /**
   * How soon a node takes over what others have released, or what belonged to nodes that are gone.
   */
  private static final Duration USE_PERIOD = Duration.ofSeconds(2);

  /** Longer than it takes for one node to release an upload and another to take it over. */
  private static final Duration MOST_ARRIVAL = USE_PERIOD.multipliedBy(3);

  /** How soon the only node regains uses whose return the database did not confirm. */
  private static final Duration OWN_USE_PERIOD = Duration.ofMinutes(1);

  /** Opens them, and repairs what a crash left. */
  static Receiving open(Settings settings, Storage storage, Catalogue catalogue, Notices notices)
      throws IOException {
    UploadLinks links = new UploadLinks(storage.database(), storage.clock());
    TokenRegistry tokens = storage.tokens(links);
    Completion completion =
        new Completion(
            storage.database(),
            storage.media(),
            catalogue.photos(),
            new IdempotencyKeys(storage.database()),
            notices.photoEvents(),
            catalogue.renditions(),
            notices.outgoing(),
            settings.texts());
    IncomingRoom incoming = incoming(settings, storage);
    ResumableUploads chunked =
        new ResumableUploads(
            storage.pieces(),
            tokens,
            storage.spool(),
            completion,
            settings.uploads().rules(),
            limits(settings.resumable()),
            incoming,
            storage.clock());
    // Unfinished uploads take their uses again.
    tokens.settleUses();
    chunked.restore();
    return new Receiving(tokens, links, completion, incoming, chunked);
  }

  private static ResumableUploads.ResumableLimits limits(Settings.Resumable resumable) {
    return new ResumableUploads.ResumableLimits(
        resumable.ttl(),
        shorter(resumable.emptyTtl(), resumable.ttl()),
        resumable.tokenBytes(),
        resumable.totalBytes(),
        resumable.uploadsPerAddress());
  }

  private static Duration shorter(Duration one, Duration other) {
    return one.compareTo(other) < 0 ? one : other;
  }

  private static IncomingRoom incoming(Settings settings, Storage storage) {
    FreeDisk disk =
        new FreeDisk(
            () -> Storage.usableBytes(settings.data(), storage.spool()),
            settings.operations().leastFreeBytes());
    return new IncomingRoom(settings.incoming().limits(), disk);
  }

  /** Removes expired uploads in time, and leaves the others to the next service at the end. */
  void sweep(Settings settings, Storage storage, Closing closing) {
    ClockWatch watch = storage.clocks().watch();
    Duration period = settings.tokens().sweepPeriod();
    closing.later(chunked);
    closing.later(Sweeper.byAge("upload tokens", storage.once(tokens::sweep), period, watch));
    if (storage.node() == null) {
      closing.later(new Sweeper("uses of links", tokens::settleUses, OWN_USE_PERIOD));
    } else {
      storage.node().whenBack(chunked::leaveTaken);
      chunked.waitForOthers(MOST_ARRIVAL);
      closing.later(new Sweeper("uses of tokens", this::takeOver, USE_PERIOD));
      if (storage.spool().pieces() != null) {
        closing.later(new Sweeper("wanted uploads", chunked::letWantedGo, LET_GO_PERIOD));
      }
    }
    closing.later(new Sweeper("unfinished uploads", this::sweepUnfinished, period));
    closing.later(new Sweeper("uploads in doubt", chunked::settle, SETTLE_PERIOD));
    closing.later(Sweeper.byAge("finished uploads", chunked::forgetFinished, period, watch));
  }

  /**
   * Takes over from nodes that are gone: first their uses, which unfinished uploads take again;
   * then uploads whose clients have come to another node.
   */
  private int takeOver() {
    int settled = tokens.settleUses() + chunked.letWantedGo() + chunked.letLostGo();
    try {
      chunked.restore();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return settled;
  }

  private int sweepUnfinished() {
    incoming.look();
    return chunked.sweep();
  }
}
