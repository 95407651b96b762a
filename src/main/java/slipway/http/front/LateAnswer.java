package slipway.http.front;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.WriteListener;
import java.io.IOException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import slipway.http.limit.BodySlots.Slot;

/**
 * Sends the rest of an answer at the pace of its reader. It has a thread only while there is
 * something to do: the container calls it when it can send more. The container's own idle limit
 * ends a reader that takes nothing at all.
 */
final class LateAnswer extends AsyncEnd implements WriteListener, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(LateAnswer.class);

  private final AsyncContext async;
  private final CountedOutput out;
  private final Pace.Watch watch;
  private final Slot slot;
  private final Runnable atEnd;
  private final LatePieces rest;
  private boolean isAll;
  private boolean isFlushed;
  private boolean isEnded;
  private volatile boolean isCut;
  private long handed;
  private long waitingSince;

  /**
   * An answer whose rest is not sent yet.
   *
   * @param rest what is not sent
   * @param slot its place
   */
  LateAnswer(
      AsyncContext async,
      CountedOutput out,
      LatePieces rest,
      Pace.Watch watch,
      Slot slot,
      Runnable atEnd) {
    this.async = async;
    this.out = out;
    this.watch = watch;
    this.slot = slot;
    this.atEnd = atEnd;
    this.rest = rest;
  }

  void begin() {
    async.setTimeout(0);
    async.addListener(this);
    out.setWriteListener(this);
  }

  @Override
  public void onWritePossible() throws IOException {
    if (isCut || isTooSlow()) {
      throw new SlowReaderException();
    }
    while (!isEnded && out.isReady()) {
      if (isFlushed) {
        rest.giveBack();
        end();
        async.complete();
      } else {
        step();
      }
    }
    waitingSince = System.nanoTime();
  }

  private boolean isTooSlow() {
    long now = System.nanoTime();
    long waited = waitingSince == 0 ? 0 : now - waitingSince;
    long came = handed;
    handed = 0;
    return watch.isTooSlow(came, waited);
  }

  private void step() throws IOException {
    int count = isAll ? -1 : read();
    if (count < 0) {
      isAll = true;
      // Sending what the container still holds would make a thread wait.
      out.flush();
      isFlushed = true;
    } else {
      rest.hand();
      handed += count;
    }
  }

  private int read() throws IOException {
    try {
      int count = rest.read();
      if (isCut) {
        throw new SlowReaderException();
      }
      return count;
    } catch (SlowReaderException e) {
      throw e;
    } catch (IOException e) {
      LOG.error("The content to be sent could not be read", e);
      throw e;
    }
  }

  @Override
  public void onError(Throwable failure) {
    LOG.debug("The client has disconnected, or is too slow", failure);
    end();
    try {
      async.complete();
    } catch (IllegalStateException e) {
      LOG.debug("The container has ended it already", e);
    }
  }

  /** Makes the unsent rest fail, as the service ends. */
  @Override
  public void close() throws IOException {
    isCut = true;
    rest.close();
  }

  @Override
  synchronized void end() {
    if (!isEnded) {
      isEnded = true;
      out.late().end();
      slot.close();
      atEnd.run();
    }
  }
}
