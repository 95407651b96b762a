package slipway.rendition;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import slipway.disk.DiskNews;
import slipway.media.pictures.NoPreviewException;
import slipway.photo.RenditionQueue.Job;

/** What is done with each photo that waits for it. */
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
   * Counts an attempt before it is made.
   *
   * @return false when another node has made one since the job was read
   */
  boolean begin(Job job);

  /** Takes an attempt back that failed for another reason than its file. */
  void giveBack(Job job);

  /**
   * Does it, to its end.
   *
   * @throws NoPreviewException when it cannot be done, by the file's fault or its cost
   * @throws IOException when it failed this time, by no fault of the file
   */
  void run(Job job) throws IOException, NoPreviewException, InterruptedException;

  /** Notes that it cannot be done, and why. */
  void fail(Job job, NoPreviewException why);

  /** Looks, before each round, whether more is to be done. */
  default void prepare() {}

  /** How long nothing is done after a round, where nothing is announced. */
  Duration pause();

  /** Waits for that long at most, and may use the time where nothing comes. */
  default void rest(Duration most) throws InterruptedException {
    Thread.sleep(most.toMillis());
  }
}
