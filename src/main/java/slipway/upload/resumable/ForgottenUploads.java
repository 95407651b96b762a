package slipway.upload.resumable;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Removes unfinished uploads that hold uses of their tokens for which nobody comes. One that
 * another node has is asked for only once nothing has come for it for so long: those of clients
 * that go on stay where they are. How long that is, it brings along.
 */
final class ForgottenUploads {
  /** So long nothing comes of a file that its visitor adds anew. */
  private static final Duration FORGOTTEN = Duration.ofSeconds(5);

  /** So many are asked for at a time. */
  private static final int MOST_ASKED = 16;

  private final UploadContext context;
  private final Arrivals arrivals;

  ForgottenUploads(UploadContext context, Arrivals arrivals) {
    this.context = context;
    this.arrivals = arrivals;
  }

  /** Removes an upload if it is forgotten; false when it stays. */
  @FunctionalInterface
  private interface Forgetting {
    boolean of(ResumableUpload upload) throws IOException;
  }

  /** See {@link ResumableUploads#removeForgotten(UploadKey, String, Sender)}. */
  boolean remove(UploadKey key, String filename, Sender who) throws IOException {
    return remove(
        unfinished(key.token())
            .filter(row -> row.info().isInOrder() || row.info().isAnotherNameOf(key, filename)),
        upload ->
            (upload.info().isAnotherNameOf(key, filename)
                    && upload.removeIfForgotten(who, ago(FORGOTTEN)))
                || upload.removeIfLeft(ago(ResumableUploads.LEFT)));
  }

  /** See {@link ResumableUploads#removeForgotten(Creation, Sender)}. */
  boolean remove(Creation creation, Sender who) throws IOException {
    return remove(
        unfinished(creation.token()).filter(row -> creation.isOfLike(row.info())),
        upload -> upload.removeIfForgotten(who, ago(FORGOTTEN)));
  }

  private Stream<UploadTable.Row> unfinished(String token) {
    return context.table().unfinished(token).stream();
  }

  private Instant ago(Duration time) {
    return context.clock().instant().minus(time);
  }

  private boolean remove(Stream<UploadTable.Row> rows, Forgetting forgetting) throws IOException {
    List<UploadTable.Row> elsewhere = new ArrayList<>();
    boolean isAny = false;
    for (UploadTable.Row row : rows.toList()) {
      Optional<ResumableUpload> here = context.unfinished().find(row.info().id());
      if (here.isPresent()) {
        isAny |= forgetting.of(here.get());
      } else if (isForgotten(row)) {
        elsewhere.add(row);
      }
    }
    return isAny || removeElsewhere(elsewhere, forgetting);
  }

  /** Those in order may be of any sender; the others are of this one, as a rule. */
  private static boolean isForgotten(UploadTable.Row row) {
    Duration least = row.info().isInOrder() ? ResumableUploads.LEFT : FORGOTTEN;
    boolean isWhole = !row.info().isDeferred() && row.received().covers(0, row.info().size());
    return !isWhole && row.idle().compareTo(least) > 0;
  }

  /**
   * All are asked for at once: those for which this does not wait are here for the next request.
   */
  private boolean removeElsewhere(List<UploadTable.Row> rows, Forgetting forgetting)
      throws IOException {
    List<String> asked =
        rows.stream()
            .sorted(Comparator.comparing(UploadTable.Row::idle).reversed())
            .limit(MOST_ASKED)
            .map(row -> row.info().id())
            .toList();
    asked.forEach(context.table()::askFor);
    try {
      for (String id : asked) {
        Optional<ResumableUpload> upload = arrivals.await(id);
        if (upload.isPresent() && forgetting.of(upload.get())) {
          return true;
        }
      }
    } catch (ElsewhereException e) {
      return false;
    }
    return false;
  }
}
