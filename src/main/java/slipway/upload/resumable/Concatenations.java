package slipway.upload.resumable;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.stream.Stream;
import slipway.photo.Photo;
import slipway.token.TokenRefusedException;
import slipway.upload.UploadLaterException;
import slipway.upload.UploadRefusedException;

/**
 * Puts parts together to files, each once: a client whose answer was lost repeats its request, and
 * gets what was made before. For many threads.
 */
final class Concatenations {
  /** Concatenations share so many locks, under which they begin. */
  private static final int LOCKS = 16;

  private final List<ReentrantLock> locks =
      Stream.generate(ReentrantLock::new).limit(LOCKS).toList();

  private final UploadContext context;
  private final UploadOpening opening;

  Concatenations(UploadContext context, UploadOpening opening) {
    this.context = context;
    this.opening = opening;
  }

  /**
   * What a request asks for.
   *
   * @param ids those of the parts, in order
   * @param metadata what the client says about the whole, in the client's form
   * @param address where the request comes from
   */
  record Request(String token, List<String> ids, String filename, String metadata, String address) {
    /** As {@link UploadInfo#concat} has them. */
    String concat() {
      return String.join(" ", ids);
    }

    /** Short, as refusals are remembered by it. */
    private String key() {
      return String.join(" ", token, ids.get(0), ids.get(ids.size() - 1), "" + ids.size());
    }
  }

  /** See {@link ResumableUploads#concatenate}. */
  ResumableUpload concatenate(Request request, Function<Photo, String> callback)
      throws IOException, TokenRefusedException {
    context.refusals().check(request.key());
    Begun begun = begin(request);
    return begun.parts() == null
        ? goOn(begun.whole(), callback)
        : make(request, begun.parts(), begun.whole(), callback);
  }

  /**
   * What the parts are put together to.
   *
   * @param parts null when a request before began it
   */
  private record Begun(ResumableUpload whole, Concatenation parts) {}

  private Begun begin(Request request) throws IOException, TokenRefusedException {
    ReentrantLock lock = locks.get(Math.floorMod(request.concat().hashCode(), LOCKS));
    lock.lock();
    try {
      Optional<ResumableUpload> earlier = earlier(request);
      if (earlier.isPresent()) {
        return new Begun(earlier.get(), null);
      }
      Concatenation parts = Concatenation.of(request.token(), request.ids(), context::find);
      return new Begun(opening.createWhole(request, parts), parts);
    } finally {
      lock.unlock();
    }
  }

  private Optional<ResumableUpload> earlier(Request request) {
    return context
        .unfinished()
        .findConcat(request.token(), request.concat())
        .or(
            () ->
                context
                    .table()
                    .finishedConcat(request.token(), request.concat())
                    .map(context::finished));
  }

  /** One whose commit was in doubt becomes a photo now, unless it has become one. */
  private ResumableUpload goOn(ResumableUpload whole, Function<Photo, String> callback)
      throws IOException {
    try {
      if (!whole.isFinished() && whole.finish(callback).isEmpty()) {
        throw UploadLaterException.locked();
      }
    } catch (UploadRefusedException e) {
      // It was given up at this moment, and its parts are there.
      throw e.reason() == UploadRefusedException.Reason.REMOVED ? UploadLaterException.locked() : e;
    }
    remove(whole.info().parts().stream().flatMap(id -> context.unfinished().find(id).stream()));
    return whole;
  }

  private ResumableUpload make(
      Request request, Concatenation parts, ResumableUpload whole, Function<Photo, String> callback)
      throws IOException {
    try {
      parts.appendTo(whole, context.disk());
      if (whole.finish(callback).isEmpty()) {
        // A flush took bytes with it, or the file of a part is shorter than it was.
        throw UploadLaterException.locked();
      }
    } catch (UploadRefusedException e) {
      // The same parts would be refused again, and take room until then.
      context.refusals().add(request.key(), e);
      remove(parts.parts().stream());
      throw e;
    } finally {
      if (!whole.isFinished()) {
        whole.discard();
      }
    }
    remove(parts.parts().stream());
    return whole;
  }

  /** What was made of the parts stands, whatever becomes of this. */
  private static void remove(Stream<ResumableUpload> parts) {
    parts.distinct().forEach(ResumableUpload::discard);
  }
}
