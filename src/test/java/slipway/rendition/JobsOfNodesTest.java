package slipway.rendition;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import slipway.db.Database;
import slipway.disk.DiskNews;
import slipway.harness.Await;
import slipway.harness.NeedsPostgres;
import slipway.harness.TestedDatabase;
import slipway.media.pictures.NoPreviewException;
import slipway.node.Claims;
import slipway.node.ThisNode;
import slipway.photo.ManyPhotos;
import slipway.photo.PhotoFacts;
import slipway.photo.RenditionQueue;
import slipway.photo.RenditionQueue.Job;
import slipway.photo.RenditionState;

/** Nodes that work on one queue. */
@NeedsPostgres
class JobsOfNodesTest {
  private static final int COUNT = 60;

  @TempDir Path folder;
  private final Map<Long, Integer> runs = new ConcurrentHashMap<>();
  private Database database;
  private RenditionQueue queue;

  @BeforeEach
  void open() throws IOException {
    database = TestedDatabase.POSTGRES.open(folder.resolve("test.db"));
    queue = new RenditionQueue(database);
    ManyPhotos.add(database, COUNT, 0);
    database.execute("update photo set rendition_state = 'waiting', rendition_attempts = 0");
  }

  @AfterEach
  void close() {
    database.close();
  }

  /** Takes a while for each, so that the others see the same queue. */
  private final class SlowTask implements JobTask {
    @Override
    public String name() {
      return "test";
    }

    @Override
    public String deed() {
      return "test";
    }

    @Override
    public DiskNews disk() {
      return DiskNews.OF_PICTURES;
    }

    @Override
    public List<Job> after(Job last, int count) {
      return queue.after(last, count);
    }

    @Override
    public List<String> stillWaiting(Collection<String> mediaKeys) {
      return queue.stillWaiting(mediaKeys);
    }

    @Override
    public boolean begin(Job job) {
      return queue.begin(job);
    }

    @Override
    public void giveBack(Job job) {
      queue.giveBack(job);
    }

    @Override
    public void run(Job job) throws InterruptedException {
      runs.merge(job.photoId(), 1, Integer::sum);
      Thread.sleep(5);
      queue.end(job, RenditionState.DONE, "", new PhotoFacts(null, null, null, null));
    }

    @Override
    public void fail(Job job, NoPreviewException why) {
      throw new IllegalStateException(why);
    }

    @Override
    public Duration pause() {
      return Duration.ofMillis(20);
    }
  }

  private JobLoop loop(Claims claims) {
    return new JobLoop(new SlowTask(), claims, 2, Duration.ofMillis(20)).start();
  }

  @Test
  void doEachJobOnce() throws IOException {
    try (ThisNode one = new ThisNode(database, folder.resolve("one")).start();
        ThisNode other = new ThisNode(database, folder.resolve("other")).start();
        JobLoop here = loop(one.claims("test"));
        JobLoop there = loop(other.claims("test"))) {
      Await.until("all jobs", () -> queue.first(1).isEmpty());
      assertThat(here.isWell() && there.isWell()).isTrue();
    }
    assertThat(runs).hasSize(COUNT);
    assertThat(runs.values()).containsOnly(1);
  }

  @Test
  void leaveAJobThatAnotherHasBegunSinceItWasRead() {
    Job job = queue.first(1).get(0);
    assertThat(queue.begin(job)).isTrue();
    assertThat(queue.begin(job)).isFalse();
    queue.giveBack(job);
    assertThat(queue.begin(job)).isTrue();
    queue.end(job, RenditionState.DONE, "", new PhotoFacts(null, null, null, null));
    assertThat(queue.begin(job)).as("one that was done meanwhile").isFalse();
  }
}
