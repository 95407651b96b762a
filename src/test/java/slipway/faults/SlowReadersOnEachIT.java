package slipway.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import slipway.harness.Addresses;
import slipway.harness.Answer;
import slipway.harness.Container;
import slipway.harness.RawConnection;
import slipway.harness.Server;

/** What of {@link SlowReadersIT} needs no server of its own, on each container. */
@ParameterizedClass
@EnumSource(Container.class)
class SlowReadersOnEachIT {
  /** More than may be written with a thread at the same time. */
  private static final int VISITORS = 14;

  private static final int PAGES = 40;

  @Parameter Container container;

  @Test
  void leaveErrorPagesWholeHoweverManyEndAtOnce() throws Exception {
    Server shared = Server.shared(container);
    ExecutorService visitors = Executors.newFixedThreadPool(VISITORS);
    List<Future<Integer>> pages = new ArrayList<>();
    for (int i = 0; i < VISITORS; i++) {
      pages.add(visitors.submit(() -> wholePages(shared)));
    }
    visitors.shutdown();
    for (Future<Integer> whole : pages) {
      assertThat(whole.get()).isEqualTo(PAGES);
    }
  }

  private static int wholePages(Server server) throws IOException {
    int whole = 0;
    try (RawConnection connection = RawConnection.to(server)) {
      for (int i = 0; i < PAGES; i++) {
        connection.send("GET /not/there" + SlowReadersIT.END);
        Optional<Answer> page = connection.answer();
        whole += page.isPresent() && page.get().status() == 404 ? 1 : 0;
      }
    }
    return whole;
  }

  @Test
  void areCutWhenTheyAreTooSlow() throws Exception {
    Server hasty = Server.narrow(container);
    String end =
        SlowReadersIT.END.replaceFirst("Host", "X-Forwarded-For: " + Addresses.next() + "\r\nHost");
    try (RawConnection reader = RawConnection.withSmallWindow(hasty)) {
      reader.send("GET " + SlowReadersIT.original(hasty) + end);
      byte[] buffer = new byte[64 * 1024];
      long taken = 0;
      for (int count = reader.read(buffer); count >= 0; count = reader.read(buffer)) {
        taken += count;
        Thread.sleep(20);
      }
      assertThat(taken).isLessThan(SlowReadersIT.FILE_BYTES);
    }
  }
}
