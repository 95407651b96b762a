package slipway.rendition;

import java.io.IOException;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import slipway.disk.DiskNews;
import slipway.media.pictures.NoPreviewException;
import slipway.photo.RenditionQueue.Job;

/** The task that a loop runs for each waiting photo. */
interface JobTask {
  /** Its name for those who run the service. */
  String name();

  /** What it does, for the log, such as {@code convert the video of}: a photo follows. */
  String deed();

  /** What is reported about a full disk. */
  DiskNews disk();

  /** Those that wait, in their order. */
  List<Job> after(Job last, int count);

  /**
   * Which of some files a photo still waits with: it may be deleted, or have another one.
   *
   * @param mediaKeys at least one
   */
  List<String> stillWaiting(Collection<String> mediaKeys);

  /**
   * Counts an attempt before it is made.
   *
   * @return false when another node has made one since the job was read
   */
  boolean begin(Job job);

  /** Takes back an attempt that failed for a reason other than the file. */
  void giveBack(Job job);

  /**
   * Runs the task to its end.
   *
   * @throws NoPreviewException when it cannot be done, by the file's fault or its cost
   * @throws IOException when it failed this time, by no fault of the file
   */
  void run(Job job) throws IOException, NoPreviewException, InterruptedException;

  /** Notes that it cannot be done, and why. */
  void fail(Job job, NoPreviewException why);

  /** Checks, before each round, whether there is more to do. */
  default void prepare() {}

  /** How long nothing is done after a round, where nothing is announced. */
  Duration pause();

  /** Waits for that long at most, and may use the time where nothing comes. */
  default void rest(Duration most) throws InterruptedException {
    Thread.sleep(most.toMillis());
  }
}
