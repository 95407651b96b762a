package slipway.upload.resumable;

import java.io.IOException;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import slipway.media.PartialFile;

/** Brings the unfinished uploads back that a restart interrupted. */
final class Restoration {
  private static final Logger LOG = LoggerFactory.getLogger(Restoration.class);

  private final UploadContext context;

  Restoration(UploadContext context) {
    this.context = context;
  }

  /** Brings them back, each with the use of its token that it held. */
  void run() throws IOException {
    for (UploadTable.Row row : context.table().unfinished()) {
      boolean kept = isKept(row);
      Optional<ResumableUpload> upload = kept || comesBack(row) ? restored(row) : Optional.empty();
      if (upload.isPresent()) {
        upload.get().beganBefore();
        if (kept) {
          LOG.warn(
              "The file of an unfinished upload is kept already, as {}: either a crash came between"
                  + " the two, or the database is older than the media",
              row.info().mediaName());
          upload.get().leaveKept();
        }
        context.disk().add(row.info().token(), upload.get().onDisk());
        context.unfinished().counts().restored(row.info());
        context.unfinished().add(upload.get());
      } else {
        drop(row.info());
      }
    }
  }

  /** Whether its bytes are there; one that was being put together is begun anew by its client. */
  private boolean comesBack(UploadTable.Row row) throws IOException {
    return !row.info().isPutTogether() && file(row).size() >= row.received().end();
  }

  /** The upload's file, where its pieces are received. */
  private PartialFile file(UploadTable.Row row) throws IOException {
    PartialFile file = context.spool().partial(row.info().mediaName());
    if (row.received().end() > 0 && file.size() == 0) {
      context.spool().bringBack(file);
    }
    return file;
  }

  /**
   * Whether its file is whole and kept, and there is no photo: it was kept just before a crash, or
   * it has become a photo, and was acknowledged, and this database is older or has lost its last
   * commits. As nobody can tell, it stays where it is until its client goes on. So does a file that
   * is kept, though it is not whole by its row; but nobody can go on with that.
   */
  private boolean isKept(UploadTable.Row row) throws IOException {
    UploadInfo info = row.info();
    return info.concat().isEmpty()
        && row.received().covers(0, info.size())
        && context.completion().isKept(context.spool().partial(info.mediaName()))
        && !context.completion().isRecorded(info.mediaName());
  }

  private Optional<ResumableUpload> restored(UploadTable.Row row) {
    String token = row.info().token();
    return row.info().isPartial()
        ? context.token(token).map(its -> new ResumableUpload(context, row, its, null))
        : context
            .tokens()
            .resume(token)
            .map(use -> new ResumableUpload(context, row, use.token(), use));
  }

  private void drop(UploadInfo info) throws IOException {
    LOG.warn("An unfinished upload was dropped: its token or its bytes are gone");
    context.table().delete(info.id());
    PartialFile file = context.spool().partial(info.mediaName());
    if (info.isPutTogether()) {
      file.delete();
    } else if (file.size() > 0) {
      context.spool().setAside(file);
    }
    context.spool().forget(info.mediaName());
  }
}
