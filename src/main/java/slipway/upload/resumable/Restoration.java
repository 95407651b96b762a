package slipway.upload.resumable;

import java.io.IOException;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import slipway.health.Nuisance;
import slipway.media.PartialFile;
import slipway.token.TokenRefusedException;
import slipway.token.TokenUse;

/** Brings the unfinished uploads back that a restart, or the end of another node, interrupted. */
final class Restoration {
  private static final Logger LOG = LoggerFactory.getLogger(Restoration.class);

  private final UploadContext context;
  private final Nuisance failures = new Nuisance();

  Restoration(UploadContext context) {
    this.context = context;
  }

  /** Brings them back, each with the use of its token that it held. */
  void run() throws IOException {
    List<UploadTable.Row> rows = rows();
    if (context.table().isShared()) {
      rows.forEach(this::takeOver);
    } else {
      for (PartialFile file : context.spool().wereKept()) {
        putBack(file);
      }
      for (UploadTable.Row row : rows) {
        restore(row, context.file(row.info()));
      }
    }
  }

  /**
   * The rows are this node's by now: one that cannot be brought back is let go, so that whichever
   * node looks next tries it again, and it keeps no other from coming back. Where that fails, too,
   * {@link ResumableUploads#letLostGo} does it. There may be many, and this node may sleep between
   * two: what another has by then is left alone.
   */
  void takeOver(UploadTable.Row row) {
    try {
      if (!context.table().holds(row.info())) {
        return;
      }
      // As this node had it before, and does not know that it was taken.
      context.unfinished().find(row.info().id()).ifPresent(ResumableUpload::leaveToOther);
      PartialFile file = context.file(row.info());
      if (file.wasKept() && file.size() > 0) {
        putBack(file);
      }
      restore(row, file);
    } catch (IOException | RuntimeException e) {
      if (failures.isNews(e)) {
        LOG.warn("An unfinished upload could not be taken over yet: that is tried again", e);
      }
      letGo(row.info());
    }
  }

  private void letGo(UploadInfo info) {
    try {
      context.table().letLostGo(info.id());
    } catch (RuntimeException e) {
      LOG.debug("An unfinished upload will be released later", e);
    }
  }

  private void restore(UploadTable.Row row, PartialFile file) throws IOException {
    if (file.isDoomed()) {
      LOG.info("An unfinished upload was being removed when the service ended: it is now");
      drop(row.info(), file, true);
    } else if (isKept(row, file)) {
      LOG.warn(
          "The file of an unfinished upload is kept already, as {}: either a crash came between the"
              + " two, or the database is older than the media",
          row.info().mediaName());
      bringBack(row, file, true);
    } else if (comesBack(row, file)) {
      bringBackOutOfTheWay(row, file);
    } else {
      dropWithoutBytes(row.info(), file);
    }
  }

  /**
   * Puts a file back that was kept when its upload was gone on with, so that it is dealt with like
   * every other that is kept without a photo, and not deleted. Where another is there by now, its
   * upload gets another name, and the comparison sets it aside if it has none.
   */
  private void putBack(PartialFile file) throws IOException {
    if (!context.completion().isNameKept(file)) {
      context.completion().keepAgain(file);
    }
  }

  /**
   * The rows, those with most bytes first, and of these the latest: where a token has too few uses,
   * as a row was left that was to be deleted, nothing that has come is lost for that.
   */
  private List<UploadTable.Row> rows() {
    Comparator<UploadTable.Row> byBytes = Comparator.comparingLong(row -> row.received().total());
    return context.table().takeOver().stream().sorted(byBytes.reversed()).toList();
  }

  private void bringBack(UploadTable.Row row, PartialFile file, boolean kept) throws IOException {
    Optional<ResumableUpload> restored = restored(row, file);
    if (restored.isEmpty()) {
      dropWithoutToken(row, file);
      return;
    }
    ResumableUpload upload = restored.get().beganBefore();
    if (context.table().isShared()) {
      upload.begunBefore(context.table().age(row.info().id()));
    }
    if (kept) {
      upload.leaveKept();
    }
    context.disk().add(row.info().token(), upload.onDisk());
    context.unfinished().counts().restored(row.info());
    context.unfinished().add(upload);
  }

  /** Whether its bytes are there; one that was being put together is begun anew by its client. */
  private boolean comesBack(UploadTable.Row row, PartialFile file) throws IOException {
    if (row.info().isPutTogether()) {
      return false;
    }
    if (row.received().end() > 0 && file.size() == 0) {
      context.spool().bringBack(file);
    }
    return file.size() >= row.received().end();
  }

  /**
   * Whether its file is whole and kept, and there is no photo: it was kept just before a crash, or
   * it has become a photo, and was acknowledged, and this database is older or has lost its last
   * commits. As nobody can tell, it stays where it is until its client goes on.
   */
  private boolean isKept(UploadTable.Row row, PartialFile file) throws IOException {
    UploadInfo info = row.info();
    return info.concat().isEmpty()
        && row.received().covers(0, info.size())
        && context.completion().isKept(file)
        && !context.completion().isRecorded(info.mediaName());
  }

  /**
   * Has an upload go on under another name where a file may be kept under its own that no photo
   * has. The comparison sets that one aside.
   */
  private void bringBackOutOfTheWay(UploadTable.Row row, PartialFile file) throws IOException {
    UploadInfo info = row.info();
    if (!mayBeKept(row, file)) {
      bringBack(row, file, false);
      return;
    }
    PartialFile next = context.spool().receiveInPieces();
    if (context.pieces() == null) {
      LOG.warn(
          "A file is kept already under the name of an unfinished upload, {}, and no photo has it:"
              + " the database is older than the media. The upload continues under the name {}",
          info.mediaName(),
          next.name());
    }
    context.spool().rename(file, next);
    context.table().rename(info, next.name());
    context.spool().forget(info.mediaName());
    UploadInfo renamed = info.withMediaName(next.name());
    bringBack(row.of(renamed), context.file(renamed), false);
  }

  /**
   * Whether a file is kept by its name that no photo has. The node that had an upload which is
   * whole by now may be about to keep it in a store, at any time.
   */
  private boolean mayBeKept(UploadTable.Row row, PartialFile file) throws IOException {
    UploadInfo info = row.info();
    return context.pieces() == null
        ? context.completion().isNameKept(file)
            && !context.completion().isRecorded(info.mediaName())
        : !info.isPartial() && row.received().covers(0, info.size());
  }

  private Optional<ResumableUpload> restored(UploadTable.Row row, PartialFile file) {
    String token = row.info().token();
    return row.info().isPartial()
        ? context.token(token).map(its -> new ResumableUpload(context, row, file, its, null))
        : context
            .tokens()
            .resume(token, row.info().id())
            .map(
                use ->
                    new ResumableUpload(context, row, file, use.token(), claimed(use, row.info())));
  }

  /** What is no more to be had now may be by the end, which decides. */
  private static TokenUse claimed(TokenUse use, UploadInfo info) {
    try {
      use.claim(info.isDeferred() ? 0 : info.size());
    } catch (TokenRefusedException e) {
      LOG.info("An unfinished upload is larger than its link has room for now");
    }
    return use;
  }

  /**
   * A token that the database knows as revoked was to take nothing more. With one that it does not
   * know another database may go on; and bytes that have come are not deleted for want of a use.
   */
  private void dropWithoutToken(UploadTable.Row row, PartialFile file) throws IOException {
    String token = row.info().token();
    if (context.token(token).isPresent()) {
      LOG.warn("An unfinished upload was dropped: its token has no use for it any more");
      drop(row.info(), file, row.received().isEmpty());
    } else {
      boolean isRevoked = context.tokenEvenRevoked(token).isPresent();
      LOG.warn(
          "An unfinished upload was dropped: its token {}",
          isRevoked ? "has been revoked" : "is not known");
      drop(row.info(), file, isRevoked);
    }
  }

  private void dropWithoutBytes(UploadInfo info, PartialFile file) throws IOException {
    LOG.warn("An unfinished upload was dropped: its bytes are gone");
    drop(info, file, info.isPutTogether());
  }

  private void drop(UploadInfo info, PartialFile file, boolean isToDelete) throws IOException {
    if (!context.table().holds(info)) {
      LOG.warn("Another node has taken it over: it is left alone");
      return;
    }
    boolean isDeleted = isToDelete && !file.wasKept();
    if (isDeleted) {
      file.doom();
    }
    context.table().delete(info, null);
    if (isDeleted) {
      context.table().forgetPieces(file.delete());
    } else if (file.size() > 0) {
      context.spool().setAside(file);
    }
    context.spool().forget(info.mediaName());
  }
}
