package slipway.disk;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class DiskNewsTest {
  private final AtomicLong nanos = new AtomicLong();
  private final DiskNews news = new DiskNews("no room", "room again", nanos::get);
  private final ListAppender<ILoggingEvent> log = new ListAppender<>();

  private static Logger logger() {
    return (Logger) LoggerFactory.getLogger(DiskNews.class);
  }

  @BeforeEach
  void listen() {
    log.start();
    logger().setLevel(Level.INFO);
    logger().addAppender(log);
  }

  @AfterEach
  void leave() {
    logger().setLevel(null);
    logger().detachAppender(log);
  }

  private void assertTold(String... lines) {
    assertThat(log.list.stream().map(event -> event.getLevel() + " " + event.getMessage()))
        .containsExactly(lines);
    log.list.clear();
  }

  private void pass(int seconds) {
    nanos.addAndGet(Duration.ofSeconds(seconds).toNanos());
  }

  @Test
  void tellsOnceThatThereIsNoRoomAndOnceThatThereIs() {
    news.roomy();
    assertTold();
    for (int request = 0; request < 100; request++) {
      news.full();
    }
    assertTold("WARN no room");
    pass(11);
    news.roomy();
    news.roomy();
    assertTold("INFO room again");
    news.full();
    assertTold("WARN no room");
  }

  /** A small file may fit where the next does not. */
  @Test
  void doesNotSwayBetweenTheTwo() {
    for (int request = 0; request < 100; request++) {
      news.full();
      pass(1);
      news.roomy();
    }
    assertTold("WARN no room");
  }
}
