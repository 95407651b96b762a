package slipway.rendition;

import java.io.IOException;
import java.util.List;
import slipway.disk.DiskNews;
import slipway.media.pictures.NoPreviewException;
import slipway.photo.RenditionQueue.Job;

/** What is done with each video that waits for it. */
interface VideoTask {
  /** Its name for those who run the service. */
  String name();

  /** What is told of a full disk. */
  DiskNews disk();

  /** Those that wait, in their order. */
  List<Job> after(Job last, int count);

  /** Counts an attempt before it is made. */
  void begin(Job job);

  /** Takes an attempt back that failed for another reason than its file. */
  void giveBack(Job job);

  /**
   * Does it, to its end.
   *
   * @throws NoPreviewException when it cannot be done, by the file's fault or its cost
   * @throws IOException when it failed this time, by no fault of the file
   */
  void run(Job job) throws IOException, NoPreviewException, InterruptedException;

  /** Says why it cannot be done. */
  void fail(Job job, String reason);
}
