package slipway.rendition;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import slipway.photo.RenditionQueue.Job;

class JobSearchTest {
  private final List<Job> jobs = new ArrayList<>();
  private int rows;
  private int looks;
  private final JobSearch<Job> search = new JobSearch<>(this::after);

  private List<Job> after(Job last, int count) {
    List<Job> page =
        jobs.stream()
            .filter(job -> last == null || job.photoId() > last.photoId())
            .limit(count)
            .toList();
    rows += page.size();
    looks++;
    return page;
  }

  private void add(int count) {
    for (int i = 0; i < count; i++) {
      int id = jobs.size() + 1;
      jobs.add(new Job(id, 1, "file" + id, "image/png", 0));
    }
  }

  @Test
  void readsNoMoreThanItMustToFindTheFirst() {
    add(1000);
    assertThat(search.next(0, job -> true)).contains(jobs.get(0));
    assertThat(search.next(3, job -> job.photoId() > 3)).contains(jobs.get(3));
    assertThat(rows).isEqualTo(5);
  }

  @Test
  void comesToTheLastOneInBoundedLooksHoweverManyAreHeldUp() {
    add(5000);
    Predicate<Job> isLast = job -> job.photoId() == 5000;
    Optional<Job> found = Optional.empty();
    while (found.isEmpty() && looks < 100) {
      int before = rows;
      found = search.next(4999, isLast);
      assertThat(rows - before).isLessThanOrEqualTo(500);
    }
    assertThat(found).contains(jobs.get(4999));
    assertThat(looks).isEqualTo(10);
  }

  @Test
  void beginsAtTheFrontAgainBehindTheLast() {
    add(1200);
    for (int i = 0; i < 3; i++) {
      assertThat(search.next(1200, job -> false)).isEmpty();
    }
    assertThat(search.next(1199, job -> job.photoId() == 7)).contains(jobs.get(6));
  }
}
