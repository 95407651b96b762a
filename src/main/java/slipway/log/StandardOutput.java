package slipway.log;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.OutputStreamAppender;
import ch.qos.logback.core.joran.spi.ConsoleTarget;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;

/**
 * Writes the log to the standard output. The lines of answered requests are collected, as writing
 * each by itself costs a good part of what a short request does: they are written once there are
 * {@value #BYTES} bytes of them, before the next line of any other kind, {@value #MOST_WAIT_MILLIS}
 * ms after the first of them, and at the end of the application or of the JVM. All other lines are
 * written at once. The order of the lines stays as it was.
 */
public final class StandardOutput extends OutputStreamAppender<ILoggingEvent> {
  /** The logger whose lines may wait. */
  static final String MAY_WAIT = "slipway.access";

  static final int BYTES = 64 * 1024;
  static final long MOST_WAIT_MILLIS = 500;

  private static final long MOST_STOP_MILLIS = 5_000;

  /** For what has come since, and for the end. */
  private final Condition news = streamWriteLock.newCondition();

  private final Thread endOfJvm = new Thread(this::waitNoMore, "slipway-log-end");
  private Thread writer;
  private boolean isWaiting;
  private boolean mayWait;

  @Override
  public void start() {
    if (getOutputStream() == null) {
      setOutputStream(ConsoleTarget.SystemOut.getStream());
    }
    super.start();
    if (isStarted()) {
      mayWait = true;
      writer = new Thread(this::writeInTime, "slipway-log");
      writer.setDaemon(true);
      writer.start();
      Runtime.getRuntime().addShutdownHook(endOfJvm);
    }
  }

  /** Adds the buffer in which lines wait. */
  @Override
  public void setOutputStream(OutputStream stream) {
    super.setOutputStream(new BufferedOutputStream(stream, BYTES));
  }

  @Override
  protected void writeOut(ILoggingEvent event) throws IOException {
    byte[] line = getEncoder().encode(event);
    streamWriteLock.lock();
    try {
      if (!isStarted()) {
        return;
      }
      getOutputStream().write(line);
      if (!mayWait || !event.getLoggerName().equals(MAY_WAIT)) {
        flush();
      } else if (!isWaiting) {
        isWaiting = true;
        news.signalAll();
      }
    } finally {
      streamWriteLock.unlock();
    }
  }

  private void flush() throws IOException {
    isWaiting = false;
    getOutputStream().flush();
  }

  private void writeInTime() {
    streamWriteLock.lock();
    try {
      while (mayWait) {
        awaitLines();
        if (isWaiting) {
          flush();
        }
      }
    } catch (InterruptedException | IOException e) {
      addError("The lines of requests are written one by one from now on", e);
    } finally {
      mayWait = false;
      streamWriteLock.unlock();
    }
  }

  /** Waits for the first line, and then for others. */
  private void awaitLines() throws InterruptedException {
    while (mayWait && !isWaiting) {
      news.await();
    }
    long left = TimeUnit.MILLISECONDS.toNanos(MOST_WAIT_MILLIS);
    while (mayWait && left > 0) {
      left = news.awaitNanos(left);
    }
  }

  /** Has all lines written at once from now on, and those that wait now. */
  private void waitNoMore() {
    streamWriteLock.lock();
    try {
      mayWait = false;
      news.signalAll();
      if (isStarted()) {
        flush();
      }
    } catch (IOException e) {
      addError("The last lines of requests could not be written", e);
    } finally {
      streamWriteLock.unlock();
    }
  }

  @Override
  public void stop() {
    if (!isStarted()) {
      return;
    }
    waitNoMore();
    super.stop();
    try {
      Runtime.getRuntime().removeShutdownHook(endOfJvm);
    } catch (IllegalStateException e) {
      // The JVM is ending already.
    }
    try {
      writer.join(MOST_STOP_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
