package slipway.http.front;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import slipway.http.limit.BodySlots.Slot;
import slipway.http.limit.MemoryFullException;
import slipway.http.limit.ReaderSlots;
import slipway.http.limit.RequestMemory;
import slipway.net.FilePart;

/**
 * The readers of answers, who may be slow. A few answers at a time are ended by the current thread;
 * long ones, and all others, are sent without a thread, in a bounded number.
 */
public final class Readers implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Readers.class);

  /** The memory for sending a file: the current piece, and the container's copies of it. */
  private static final long MEMORY = LatePieces.BYTES + 64 * 1024;

  private static final String RETRY_SECONDS = "5";
  private static final Duration MOST_WAIT = Duration.ofSeconds(1);
  private static final long LOOK_EVERY_NANOS = 5_000_000;

  /** Threads that wait until they may write. */
  private static final int MOST_WAITING = 20;

  private final Set<LateAnswer> late = ConcurrentHashMap.newKeySet();
  private final Semaphore waiting = new Semaphore(MOST_WAITING);
  private final ReaderSlots slots;
  private final Pace pace;
  private final Function<HttpServletRequest, String> address;
  private final Predicate<HttpServletRequest> isKnown;
  private final boolean endsAnswers;
  private final Pieces pieces = new Pieces(LatePieces.BYTES);
  private final SentFiles files;
  private volatile BufferWriter writer;

  /**
   * Readers who share these slots.
   *
   * @param pace how slowly they may take what is sent, on average over its window
   * @param address the address that a request is counted for
   * @param isKnown whether a request shows a valid key, without a look at its body
   * @param endsAnswers whether the container would end an answer with a thread that waits for the
   *     reader, as Tomcat does, so that all answers must be ended here
   */
  public Readers(
      ReaderSlots slots,
      Pace pace,
      Function<HttpServletRequest, String> address,
      Predicate<HttpServletRequest> isKnown,
      boolean endsAnswers) {
    this.slots = slots;
    this.pace = pace;
    this.address = address;
    this.isKnown = isKnown;
    this.endsAnswers = endsAnswers;
    this.files = new SentFiles(pace);
    slots.lookBy(files::look);
  }

  ReaderTurn turn(HttpServletRequest request) {
    return new ReaderTurn(request);
  }

  /** Cuts the answers that are still being sent. */
  @Override
  public void close() {
    for (LateAnswer answer : late) {
      try {
        answer.close();
      } catch (IOException e) {
        LOG.debug("The rest of an answer failed to close", e);
      }
    }
  }

  /** One request's answer. */
  final class ReaderTurn {
    private final HttpServletRequest request;
    private final Pace.Watch watch = pace.watch();
    private boolean isLate;

    private ReaderTurn(HttpServletRequest request) {
      this.request = request;
    }

    Pace.Watch watch() {
      return watch;
    }

    /** Writes buffers to the container, if it accepts them. */
    BufferWriter buffers(ServletOutputStream out) {
      BufferWriter known = writer;
      if (known == null || !known.isFor(out)) {
        known = BufferWriter.of(out);
        writer = known;
      }
      return known;
    }

    RequestMemory.Lease memory() {
      return RequestMemory.of(request);
    }

    private Optional<Slot> withThread() {
      return slots.withThread(address.apply(request));
    }

    /**
     * Whether an answer that the container ends by itself would make one more thread wait among
     * many.
     */
    boolean isPressed() {
      if (!endsAnswers) {
        return false;
      }
      Optional<Slot> thread = withThread();
      thread.ifPresent(Slot::close);
      return thread.isEmpty();
    }

    /** A slot to write with the current thread, if one is free; otherwise none is held. */
    Slot threadIfFree() {
      return withThread().orElse(() -> {});
    }

    /**
     * A slot to write with the current thread, for which it waits a little, unless many do: readers
     * who are not slow give theirs back at once.
     *
     * @throws SlowReaderException when none becomes free
     */
    Slot awaitThread() throws SlowReaderException {
      Optional<Slot> slot = withThread();
      if (slot.isEmpty()) {
        slot = waited(this::withThread);
      }
      return slot.orElseThrow(SlowReaderException::new);
    }

    private Optional<Slot> waited(Supplier<Optional<Slot>> claim) {
      if (!waiting.tryAcquire()) {
        return Optional.empty();
      }
      try {
        long end = System.nanoTime() + MOST_WAIT.toNanos();
        Optional<Slot> slot = claim.get();
        while (slot.isEmpty() && System.nanoTime() < end) {
          LockSupport.parkNanos(LOOK_EVERY_NANOS);
          slot = claim.get();
        }
        return slot;
      } finally {
        waiting.release();
      }
    }

    /** Whether the answer is sent without this thread. */
    boolean isLate() {
      return isLate;
    }

    /**
     * Sends the answer to its reader; to be called once everything else was done.
     *
     * @param asked the request as it is now, also within the error page
     * @param before done before it is sent with this thread
     */
    void end(HttpServletRequest asked, CountedResponse response, Runnable before)
        throws IOException {
      if (!endsAnswers && !response.hasLateBody()) {
        return;
      }
      Slot place = null;
      if (response.isShort()) {
        Optional<Slot> thread = withThread();
        if (thread.isEmpty() && !needsThread(asked, response)) {
          // A short answer takes no more than its connection does, and an action that was done must
          // be answered.
          place = place(response).orElse(() -> {});
        }
        if (place == null) {
          // It is answered even if all slots are taken.
          try (Slot held = thread.orElse(() -> {})) {
            before.run();
            response.end(endsAnswers);
          }
          return;
        }
      } else {
        FilePart file = response.getOutputStream().late().file();
        if (file != null && !response.isCommitted() && files.take(asked, file)) {
          leave(asked, response, file, before);
          return;
        }
        place = place(response).orElse(null);
      }
      sendLate(asked, response, place);
    }

    /** Leaves a file to the container, which sends it without a thread, if there is a slot. */
    private void leave(
        HttpServletRequest asked, CountedResponse response, FilePart file, Runnable before)
        throws IOException {
      Path name = files.enterOwn(file.path());
      Optional<Slot> slot;
      try {
        slot = place(response);
      } finally {
        files.leaveOwn(name);
      }
      if (slot.isEmpty()) {
        refuse(response);
        return;
      }
      boolean isHeld = false;
      try {
        SentFiles.leave(asked, file);
        response.getOutputStream().leave(file);
        before.run();
        response.end(true);
        files.hold(name, slot.get());
        isHeld = true;
      } finally {
        if (!isHeld) {
          slot.get().close();
        }
      }
    }

    /** Tomcat ends its error page once it is written, whatever was begun there. */
    private static boolean needsThread(HttpServletRequest asked, CountedResponse response) {
      return response.hasWriter() || asked.getDispatcherType() == DispatcherType.ERROR;
    }

    private void sendLate(HttpServletRequest asked, CountedResponse response, Slot slot)
        throws IOException {
      if (slot == null) {
        if (response.getOutputStream().late().mayBeRefused() && !response.isCommitted()) {
          refuse(response);
        } else {
          // An action that was done must be answered.
          response.getOutputStream().close();
        }
        return;
      }
      if (!asked.isAsyncSupported()) {
        // Tomcat's own servlets do not declare that they support it; they have returned by now.
        asked.setAttribute("org.apache.catalina.ASYNC_SUPPORTED", true);
      }
      CountedOutput out = response.getOutputStream();
      AsyncContext async = asked.startAsync(asked, response);
      isLate = true;
      LateAnswer[] self = new LateAnswer[1];
      LatePieces rest = new LatePieces(out, pieces);
      LateAnswer answer = new LateAnswer(async, out, rest, watch, slot, () -> late.remove(self[0]));
      self[0] = answer;
      late.add(answer);
      answer.begin();
    }

    private void refuse(CountedResponse response) throws IOException {
      String id = response.getHeader(RequestId.HEADER);
      response.reset();
      response.setHeader(RequestId.HEADER, id);
      SecurityHeaders.set(response);
      response.setHeader("Retry-After", RETRY_SECONDS);
      response.sendError(HttpServletResponse.SC_SERVICE_UNAVAILABLE);
    }

    private Optional<Slot> place(CountedResponse response) throws IOException {
      try {
        response.getOutputStream().late().takeMemory(MEMORY);
      } catch (MemoryFullException e) {
        return Optional.empty();
      }
      Optional<Slot> slot = late();
      return slot.isEmpty() && files.mayHaveEnded() ? waited(this::late) : slot;
    }

    private Optional<Slot> late() {
      return slots.late(address.apply(request), () -> isKnown.test(request));
    }
  }
}
