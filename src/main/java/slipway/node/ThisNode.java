package slipway.node;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import slipway.db.Database;
import slipway.db.RowReader;
import slipway.health.Loop;
import slipway.health.LoopThread;
import slipway.health.Nuisance;

/**
 * This node among those that share a database. It has a row there, and every few seconds records
 * that it is alive, by the database's clock. A node that has not done so for a while counts as
 * dead, and its row is deleted. A node that was only paused returns with its next sign of life, and
 * has lost what it held.
 */
public final class ThisNode implements AutoCloseable, Loop {
  /** How long a silent node counts as alive. */
  public static final Duration SILENCE = Duration.ofSeconds(30);

  private static final Logger LOG = LoggerFactory.getLogger(ThisNode.class);
  private static final Duration PERIOD = Duration.ofSeconds(5);

  /** Longer than a write may wait. */
  private static final Duration MOST_TURN = Duration.ofMinutes(1);

  private static final String NOW = "(extract(epoch from clock_timestamp()) * 1000)::bigint";

  private static final String BEAT =
      "insert into node (node_id, started_at, seen_at) values (?, "
          + NOW
          + ", "
          + NOW
          + ") on conflict (node_id) do update set seen_at = excluded.seen_at"
          + " returning seen_at, started_at, (select count(*) from node) as nodes";

  private static final String BURY =
      "delete from node where seen_at < " + NOW + " - ? returning node_id";

  private static final String LEAVE = "delete from node where node_id = ? returning node_id";

  /** Claims of finished work that nobody may take again. */
  private static final String FORGET =
      """
      delete from claim c where not exists (select 1 from node n where n.node_id = c.node_id)
      returning node_id""";

  /** The database's answer to a sign of life: its time, in milliseconds, and the live nodes. */
  private record Beat(long time, long started, int nodes) {
    static Beat of(RowReader row) throws SQLException {
      return new Beat(row.number("seen_at"), row.number("started_at"), row.integer("nodes"));
    }
  }

  private final Database database;
  private final Path file;
  private final String id = UUID.randomUUID().toString();
  private final Nuisance nuisance = new Nuisance();
  private final SharedClock clock;
  private volatile int nodes = 1;
  private volatile Runnable whenBack = () -> {};

  /** When its row was made, by the database's clock; 0 while it has none. */
  private volatile long started;

  private final CountDownLatch closed = new CountDownLatch(1);
  private final LoopThread thread = new LoopThread("slipway-node", this::turn);

  /**
   * A node that has yet to be started.
   *
   * @param file stores its name; no other running node may use it
   */
  public ThisNode(Database database, Path file) {
    this(database, file, Clock.systemUTC());
  }

  /**
   * The same.
   *
   * @param wall its machine's clock, which is only compared with the database's
   */
  public ThisNode(Database database, Path file, Clock wall) {
    this.database = database;
    this.file = file;
    this.clock = new SharedClock(wall);
  }

  /** Runs something each time that this node counted as dead and has returned. */
  public void whenBack(Runnable then) {
    whenBack = then;
  }

  /** The database's clock, which all nodes go by; it is known once this node is started. */
  public Clock clock() {
    return clock;
  }

  /** Whether this machine's clock shows about the same as the database's. */
  public boolean isOnTime() {
    return clock.isOnTime();
  }

  /** How many nodes there are, with this one, as of its last sign of life. */
  public int count() {
    return nodes;
  }

  /**
   * Starts to give signs of life. The node that used its file before is known to be gone.
   *
   * @throws RuntimeException when the database does not take it
   */
  public ThisNode start() throws IOException {
    if (Files.exists(file)) {
      leave(Files.readString(file));
    }
    Files.writeString(file, id);
    beat();
    thread.start();
    return this;
  }

  private void leave(String name) {
    database.alone(row -> row.text("node_id"), LEAVE, name);
  }

  /** The claims of this node and the others on a kind of work. */
  public Claims claims(String what) {
    return new NodeClaims(database, what, id);
  }

  /** The name by which the others know it, a new one after each start. */
  public String id() {
    return id;
  }

  /** Gives a sign of life. */
  void beat() {
    long begun = System.nanoTime();
    Beat beat = database.alone(Beat::of, BEAT, id).get(0);
    clock.set(Instant.ofEpochMilli(beat.time()), begun, System.nanoTime());
    nodes = Math.max(1, beat.nodes());
    boolean isBack = started != 0 && started != beat.started();
    started = beat.started();
    if (isBack) {
      LOG.warn("This node was silent for so long that others considered it dead");
      whenBack.run();
    }
  }

  /** Deletes the rows of those that were silent for too long, and what they had claimed. */
  void bury() {
    for (String dead : database.alone(row -> row.text("node_id"), BURY, SILENCE.toMillis())) {
      LOG.warn(
          "The node {} has been silent for {} s and is considered dead", dead, SILENCE.toSeconds());
    }
    database.alone(row -> row.text("node_id"), FORGET);
  }

  private boolean turn() throws InterruptedException {
    if (closed.await(PERIOD.toMillis(), TimeUnit.MILLISECONDS)) {
      return false;
    }
    try {
      beat();
      bury();
    } catch (RuntimeException e) {
      if (nuisance.isNews(e)) {
        LOG.warn("The database does not accept this node's sign of life", e);
      }
    }
    return true;
  }

  @Override
  public String loopName() {
    return "node";
  }

  @Override
  public boolean isWell() {
    return thread.isWell(MOST_TURN);
  }

  /** Deletes its row, as it is leaving. */
  @Override
  public void close() {
    closed.countDown();
    if (!thread.join(PERIOD)) {
      LOG.warn("This node's sign of life is still being written");
    }
    try {
      leave(id);
    } catch (RuntimeException e) {
      LOG.debug("The others will soon consider this node dead", e);
    }
  }
}
