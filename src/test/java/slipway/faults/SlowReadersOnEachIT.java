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
import slipway.harness.Addresses;
import slipway.harness.Answer;
import slipway.harness.AnyContainer;
import slipway.harness.Container;
import slipway.harness.RawConnection;
import slipway.harness.Server;

/** What of {@link SlowReadersIT} depends on the container, on one of each kind. */
@ParameterizedClass
@AnyContainer({Container.JETTY_12, Container.TOMCAT_10})
class SlowReadersOnEachIT {
  /** More than may be written with a thread at the same time. */
  private static final int VISITORS = 14;

  private static final int PAGES = AnyContainer.ALL ? 40 : 8;

  @Parameter Container container;

  @Test
  void leaveErrorPagesWholeHoweverManyEndAtOnce() throws Exception {
    Server server = Server.narrow(container);
    ExecutorService visitors = Executors.newFixedThreadPool(VISITORS);
    List<Future<Integer>> pages = new ArrayList<>();
    for (int i = 0; i < VISITORS; i++) {
      pages.add(visitors.submit(() -> wholePages(server)));
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
        connection.send("GET /not/there" + SlowReadersIT.from(Addresses.next()));
        Optional<Answer> page = connection.answer();
        whole += page.isPresent() && page.get().status() == 404 ? 1 : 0;
      }
    }
    return whole;
  }

  @Test
  void areCutWhenTheyAreTooSlow() throws Exception {
    Server hasty = Server.narrow(container);
    try (RawConnection reader = RawConnection.withSmallWindow(hasty)) {
      reader.send("GET " + SlowReadersIT.original(hasty) + SlowReadersIT.from(Addresses.next()));
      byte[] buffer = new byte[64 * 1024];
      long taken = 0;
      for (int count = reader.read(buffer); count >= 0; count = reader.read(buffer)) {
        taken += count;
        Thread.sleep(100);
      }
      assertThat(taken).isLessThan(SlowClients.FILE_BYTES);
    }
  }
}
