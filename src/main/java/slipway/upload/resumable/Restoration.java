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
      Optional<ResumableUpload> upload = comesBack(row) ? restored(row) : Optional.empty();
      if (upload.isPresent()) {
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

  /**
   * The upload's file, where its pieces are received. A whole one that is kept and has no photo was
   * kept just before a crash. One that is not whole by its row, and kept all the same, has become a
   * photo that this older database does not know: it stays as it is.
   */
  private PartialFile file(UploadTable.Row row) throws IOException {
    PartialFile file = context.spool().partial(row.info().mediaName());
    if (row.received().end() > 0 && file.size() == 0 && !context.spool().bringBack(file)) {
      boolean isWhole = row.received().covers(0, row.info().size());
      if (isWhole && !context.completion().isRecorded(row.info().mediaName())) {
        context.completion().takeBackIfKept(file);
      }
    }
    return file;
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
    context.spool().partial(info.mediaName()).delete();
  }
}
