package slipway.photo;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import slipway.db.Database;
import slipway.details.Details;
import slipway.details.DetailsChange;
import slipway.harness.OnEachDatabase;
import slipway.harness.SetClock;
import slipway.harness.TestedDatabase;

@OnEachDatabase
class UsageTest {
  @Parameter TestedDatabase on;

  @TempDir Path folder;
  private final SetClock clock = new SetClock();
  private Database database;
  private Photos photos;

  @BeforeEach
  void open() throws IOException {
    database = on.open(folder.resolve("test.db"));
    photos = new Photos(database, clock);
  }

  @AfterEach
  void close() {
    database.close();
  }

  private long add(String key, long size) {
    NewPhoto photo =
        SamplePhoto.of(new PhotoFile(1, key, "a.jpg", "image/jpeg", size), Details.NONE, null);
    return database.write(tx -> photos.add(tx, photo)).photoId();
  }

  private Usage usage() {
    return Usage.of(database, clock.instant());
  }

  @Test
  void followsEveryPhoto() {
    assertThat(usage()).isEqualTo(new Usage(0, 0, 0, 0, 0));
    long one = add("a", 10);
    long two = add("b", 200);
    assertThat(usage()).isEqualTo(new Usage(2, 2, 210, 2, 210));
    database.write(
        tx ->
            photos.change(
                tx,
                photos
                    .plan(tx, one, new DetailsChange(null, null, null, null, false))
                    .orElseThrow()));
    clock.pass(Duration.ofHours(25));
    assertThat(usage()).isEqualTo(new Usage(2, 1, 210, 0, 0));
    database.write(
        tx -> photos.replaceFile(tx, two, new PhotoFile(1, "c", "a.jpg", "image/jpeg", 3000)));
    assertThat(usage()).isEqualTo(new Usage(2, 1, 3010, 0, 0));
    database.write(tx -> photos.delete(tx, two));
    assertThat(usage()).isEqualTo(new Usage(1, 0, 10, 0, 0));
  }

  @Test
  void looksAtThePhotosOfTheLastDayOnly() {
    on.assumeSqlite();
    List<String> plan =
        database.read(
            handle ->
                handle
                    .createQuery("explain query plan " + Usage.SQL)
                    .bind("since", 1)
                    .map((row, context) -> row.getString("detail"))
                    .list());
    assertThat(plan)
        .filteredOn(step -> step.contains("photo"))
        .anyMatch(step -> step.contains("SEARCH photo USING INDEX photo_by_creation"))
        .noneMatch(step -> step.matches("SCAN photo\\b.*"));
  }
}
