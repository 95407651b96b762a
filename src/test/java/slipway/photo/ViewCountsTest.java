package slipway.photo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import slipway.db.Database;
import slipway.harness.OnEachDatabase;
import slipway.harness.TestedDatabase;

@OnEachDatabase
class ViewCountsTest {
  @Parameter TestedDatabase on;

  @TempDir private Path folder;
  private Database database;
  private ViewCounts counts;

  @BeforeEach
  void open() throws IOException {
    database = on.open(folder.resolve("slipway.db"));
    counts = new ViewCounts(database);
  }

  @AfterEach
  void close() {
    database.close();
  }

  private void addPhotos(int count) {
    database.write(
        tx ->
            tx.createUpdate(
                    """
                    with recursive n (i) as (select 1 union all select i + 1 from n where i < :count)
                    insert into photo (token, tree_id, media_key, title, description, published,
                      filename, content_type, size, published_at, created_at)
                    select 't', 1, 'key' || i, '', '', true, 'a.jpg', 'image/jpeg', 1, 0, 0 from n""")
                .bind("count", count)
                .execute());
  }

  private long sum() {
    return database.read(
        handle -> handle.select("select sum(view_count) from photo").mapTo(Long.class).one());
  }

  @Test
  void countsEveryLookOfManyAtTheSameTime() throws InterruptedException {
    addPhotos(3);
    int threads = 4;
    CountDownLatch done = new CountDownLatch(threads);
    for (int t = 0; t < threads; t++) {
      new Thread(
              () -> {
                for (int i = 0; i < 3_000; i++) {
                  counts.count(1 + i % 3);
                }
                done.countDown();
              })
          .start();
    }
    while (done.getCount() > 0) {
      counts.write();
    }
    done.await();
    counts.close();
    assertThat(sum()).isEqualTo(threads * 3_000L);
  }

  @Test
  void writesManyPhotosInBatches() {
    addPhotos(1_200);
    for (long photo = 1; photo <= 1_200; photo++) {
      counts.count(photo);
      counts.count(photo);
    }
    assertThat(sum()).isZero();
    assertThat(counts.write()).isEqualTo(1_200);
    assertThat(counts.write()).isZero();
    assertThat(sum()).isEqualTo(2_400);
  }

  @Test
  void holdsNoMorePhotosThanItMay() {
    for (long photo = 1; photo <= ViewCounts.MOST_WAITING + 10; photo++) {
      counts.count(photo);
    }
    counts.count(1);
    assertThat(counts.waiting()).isEqualTo(ViewCounts.MOST_WAITING);
  }

  @Test
  void keepsWhatCouldNotBeWritten() throws IOException {
    addPhotos(1);
    counts.count(1);
    database.close();
    assertThat(catchThrowable(counts::write)).isNotNull();
    assertThat(counts.waiting()).isEqualTo(1);
    database = on.open(folder.resolve("slipway.db"));
  }
}
