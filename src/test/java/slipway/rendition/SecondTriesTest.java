package slipway.rendition;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import slipway.db.Database;
import slipway.harness.OnEachDatabase;
import slipway.harness.TestedDatabase;
import slipway.photo.ManyPhotos;
import slipway.photo.RenditionQueue;

@OnEachDatabase
class SecondTriesTest {
  @Parameter TestedDatabase on;

  private static final int COUNT = 50;

  @TempDir Path folder;

  private static List<Long> with(Database database, String state) {
    return database.read(
        handle ->
            handle
                .createQuery("select photo_id from photo where rendition_state = ?")
                .bind(0, state)
                .mapTo(Long.class)
                .list());
  }

  @Test
  void queueEachPhotoOfTheirTypesOnceAndInSteps() throws Exception {
    try (Database database = on.open(folder.resolve("test.db"))) {
      ManyPhotos.add(database, COUNT, 0);
      String original = "update photo set rendition_state = 'original_only'";
      database.execute(original + ", content_type = 'audio/mpeg'");
      database.execute(original + ", content_type = 'video/mp4' where photo_id % 2 = 0");
      database.execute(original + ", content_type = 'image/heif' where photo_id in (3, 5)");
      database.execute(original + ", content_type = 'image/heif-sequence' where photo_id = 7");
      SecondTries again =
          new SecondTries(new RenditionQueue(database), 1).of(List.of("image/heif")).ofVideos();
      again.look();
      assertThat(again.isMore()).isTrue();
      assertThat(with(database, "waiting")).contains(3L, 5L).hasSizeLessThan(COUNT / 2);
      // Work has come to the same end as before.
      database.execute(original + " where photo_id = 5");
      again.look();
      again.look();
      assertThat(again.isMore()).isFalse();
      assertThat(with(database, "waiting")).hasSize(COUNT / 2 + 1).doesNotContain(5L, 7L, 9L);
    }
  }
}
