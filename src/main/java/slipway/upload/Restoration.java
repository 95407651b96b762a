package slipway.upload;

import java.io.IOException;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

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
      Optional<ChunkedUpload> upload = comesBack(row) ? restored(row) : Optional.empty();
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
    UploadInfo info = row.info();
    boolean wasPutTogether = !info.concat().isEmpty() && !info.isPartial();
    return !wasPutTogether
        && context.media().partial(info.mediaName()).size() >= row.received().end();
  }

  private Optional<ChunkedUpload> restored(UploadTable.Row row) {
    String token = row.info().token();
    return row.info().isPartial()
        ? context.token(token).map(its -> new ChunkedUpload(context, row, its, null))
        : context
            .tokens()
            .resume(token)
            .map(use -> new ChunkedUpload(context, row, use.token(), use));
  }

  private void drop(UploadInfo info) throws IOException {
    LOG.warn("An unfinished upload was dropped: its token or its bytes are gone");
    context.table().delete(info.id());
    context.media().partial(info.mediaName()).delete();
  }
}
