package slipway.upload.resumable;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import slipway.health.BusyException;
import slipway.media.KeptPiece;
import slipway.media.PartialFile;
import slipway.media.PieceStore;
import slipway.media.Spool;
import slipway.token.KeptToken;
import slipway.token.TokenRegistry;
import slipway.token.UploadToken;
import slipway.upload.Completion;
import slipway.upload.FileRules;
import slipway.upload.UploadRefusedException;

/**
 * What all uploads in pieces share.
 *
 * @param unfinished those that are unfinished
 * @param refusals why some were refused that are known by their ids
 * @param table the rows of all
 * @param tokens the tokens they are uploaded with
 * @param spool where their files are
 * @param completion makes photos of them
 * @param disk the room that the unfinished ones take
 * @param terms what they have to keep to
 */
record UploadContext(
    UnfinishedUploads unfinished,
    RecentRefusals refusals,
    UploadTable table,
    TokenRegistry tokens,
    Spool spool,
    Completion completion,
    DiskUse disk,
    Terms terms) {

  /**
   * What uploads in pieces have to keep to.
   *
   * @param rules which files are taken
   * @param ttl how long an unfinished one stays after the last byte came
   * @param emptyTtl how long one stays to which no byte came yet
   * @param clock what that goes by; it must not jump
   * @param wall what clients are told it by
   */
  record Terms(FileRules rules, Duration ttl, Duration emptyTtl, Clock clock, Clock wall) {}

  FileRules rules() {
    return terms.rules();
  }

  Duration ttl() {
    return terms.ttl();
  }

  Duration emptyTtl() {
    return terms.emptyTtl();
  }

  Clock clock() {
    return terms.clock();
  }

  Clock wall() {
    return terms.wall();
  }

  /**
   * The upload of that id, begun or finished.
   *
   * @throws BusyException when another node receives it, which was asked to let it go, or none does
   *     for a moment
   */
  Optional<ResumableUpload> find(String id) {
    Optional<ResumableUpload> found =
        unfinished.find(id).or(() -> table.finished(id).map(this::finished));
    if (found.isEmpty() && table.askFor(id).isPresent()) {
      // It may have begun, or been taken over, between the two.
      return Optional.of(unfinished.find(id).orElseThrow(UploadContext::elsewhere));
    }
    return found;
  }

  /**
   * What a request gets for an upload that another node receives: it can be gone on with there; or
   * here soon, once that one has let it go, or is gone.
   */
  static BusyException elsewhere() {
    return new ElsewhereException();
  }

  /**
   * Tells once more why an upload was refused, at whichever node.
   *
   * @throws UploadRefusedException when it was, lately
   */
  void checkNotRefused(UploadKey key) throws UploadRefusedException {
    Optional<String> type = table.refused().typeOf(key);
    if (type.isEmpty()) {
      return;
    }
    if (type.get().isEmpty()) {
      throw UploadRefusedException.otherFileOnItsWay();
    }
    // Another start may have brought other rules.
    FileRules now = token(key.token()).map(its -> rules().within(its.limits())).orElse(rules());
    now.checkType(type.get());
  }

  /** An upload that is finished, as its row says. */
  ResumableUpload finished(UploadTable.Row row) {
    return new ResumableUpload(this, row, newFile(row.info()), null, null);
  }

  /** Where their bytes are, so that any node can go on with them; null where that is the spool. */
  PieceStore pieces() {
    return spool.pieces();
  }

  /** The file of an upload of which no byte has come. */
  PartialFile newFile(UploadInfo info) {
    return file(info, List.of());
  }

  /** The file of an upload as its rows say. */
  PartialFile file(UploadInfo info) {
    return file(info, pieces() == null ? List.of() : table.pieces(info));
  }

  private PartialFile file(UploadInfo info, List<KeptPiece> there) {
    return pieces() == null
        ? spool.partial(info.mediaName())
        : spool.pieced(info.mediaName(), there);
  }

  /** A token, though it be used up or expired since. */
  Optional<UploadToken> token(String id) {
    return tokens.find(id).or(() -> tokens.recall(id).map(KeptToken::token));
  }

  /** A token, though it be revoked since, too: for answers about uploads that are finished. */
  Optional<UploadToken> tokenEvenRevoked(String id) {
    return tokens.find(id).or(() -> tokens.recallEvenRevoked(id).map(KeptToken::token));
  }
}
