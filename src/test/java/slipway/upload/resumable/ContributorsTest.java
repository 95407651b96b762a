package slipway.upload.resumable;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** One or two clients with files of one name and size, of three chunks, in every order. */
class ContributorsTest {
  private static final int CHUNKS = 3;
  private static final Sender PHONE = new Sender("192.0.2.1", "phone");
  private static final Sender OTHER = new Sender("192.0.2.2", "phone");
  private static final Sender MOVED = new Sender("192.0.2.3", "phone");
  private static final Duration WAIT = Duration.ofSeconds(10);

  /** What a client does, or happens to it; all but the first two once, as a test says. */
  private enum Kind {
    ASK,
    SEND,
    /** It gives up. */
    GO,
    /** It has another address from now on. */
    MOVE,
    /** Its chunk comes, and the answer is lost: it sends it again. */
    LOSE,
    /** Its page is loaded again, and asks for all chunks again. */
    RELOAD,
    /** The question for the first chunk of the page before comes only now. */
    LATE_QUESTION,
    /** A chunk of the page before comes only now. */
    LATE_CHUNK,
    /** A chunk begins to come. */
    BEGIN,
    /** The chunk ends that has begun so. */
    END,
    /** The upload is removed, as after a long pause. */
    SWEEP,
    /** The end has waited long enough. */
    PASS
  }

  private record Act(int client, Kind kind, int chunk) {}

  /** A client as Resumable.js and Flow.js are: it asks in order, and sends what it is told to. */
  private static final class Client {
    private final int atATime;
    private final char content;

    /** Whether its questions may overtake each other. */
    private final boolean overtakes;

    /** Whether it has another address for every request. */
    private final boolean rotates;

    private Sender sender;
    private int requests;
    private List<Integer> toAsk = chunks();
    private final Set<Integer> toSend = new HashSet<>();
    private final Set<Integer> told = new HashSet<>();

    /** Those that it is to send again, once that helps. */
    private final Set<Integer> again = new HashSet<>();

    private Coming coming;
    private int late = -1;
    private boolean isGone;
    private boolean isRefused;

    Client(Sender sender, int atATime, char content, boolean overtakes, boolean rotates) {
      this.sender = sender;
      this.atATime = atATime;
      this.content = content;
      this.overtakes = overtakes;
      this.rotates = rotates;
    }

    Client(Sender sender, int atATime, char content) {
      this(sender, atATime, content, false, false);
    }

    static List<Integer> chunks() {
      return new ArrayList<>(List.of(0, 1, 2));
    }

    Sender sender() {
      return rotates ? new Sender("198.51.100." + requests++, "phone") : sender;
    }

    List<Integer> questions(int waiting) {
      int busy = toSend.size() + again.size() + waiting + (coming == null ? 0 : 1);
      int free = Math.min(toAsk.size(), Math.max(0, atATime - busy));
      return toAsk.subList(0, overtakes ? free : Math.min(free, 1));
    }

    boolean isSending(int chunk) {
      return coming != null && coming.chunk() == chunk;
    }

    boolean isThere() {
      return !isGone && !isRefused && !isDone();
    }

    boolean isDone() {
      return told.size() == CHUNKS;
    }

    boolean isPastItsStart() {
      return told.isEmpty() || told.contains(0);
    }

    /** Whether it gets 503 until it gives up. */
    boolean isToldThatItIsLost() {
      return !again.isEmpty();
    }

    void reload() {
      late = toSend.stream().findFirst().orElse(-1);
      toAsk = chunks();
      toSend.clear();
      again.clear();
      told.clear();
    }
  }

  /**
   * A chunk that has begun to come.
   *
   * @param owner the client that has asked for the first chunk last before it
   */
  private record Coming(int chunk, Contributors.Visit page, Client owner) {}

  /** A chunk whose answer waits for the end. */
  private record Waiting(Client client, int chunk) {}

  /** An upload with what the clients have done so far. */
  private static final class Run {
    private final AtomicLong clock = new AtomicLong(-5);
    private Contributors contributors = new Contributors();
    private final SharedWait wait =
        new SharedWait(
            () -> contributors.areOfOneFile(), new WaitingSenders(1, 1), WAIT, clock::get);
    private final ByteRanges there = new ByteRanges();
    private final char[] bytes = new char[CHUNKS];
    private final List<Client> clients;
    private final Map<Sender, Client> lastToBegin = new HashMap<>();
    private final List<Waiting> waiting = new ArrayList<>();
    private boolean isRefused;
    private String photo;

    /** Whether a chunk arrived again that counts for the page of another client. */
    private boolean isMistaken;

    private boolean hasPassed;
    private boolean isSwept;

    Run(Client... clients) {
      this.clients = List.of(clients);
    }

    List<Act> next(Set<Kind> once) {
      List<Act> acts = new ArrayList<>();
      for (int i = 0; i < clients.size(); i++) {
        Client client = clients.get(i);
        if (client.isThere()) {
          add(acts, i, client, once);
        }
      }
      if (!waiting.isEmpty()) {
        acts.add(new Act(0, Kind.PASS, 0));
      }
      return acts;
    }

    private void add(List<Act> acts, int i, Client client, Set<Kind> once) {
      int waits = (int) waiting.stream().filter(one -> one.client() == client).count();
      client.questions(waits).forEach(chunk -> acts.add(new Act(i, Kind.ASK, chunk)));
      client.toSend.stream()
          .filter(this::isFree)
          .forEach(chunk -> acts.add(new Act(i, Kind.SEND, chunk)));
      if (client.coming != null) {
        acts.add(new Act(i, Kind.END, client.coming.chunk()));
      }
      for (Kind kind : once) {
        switch (kind) {
          case LOSE, BEGIN ->
              client.toSend.stream()
                  .filter(this::isFree)
                  .forEach(chunk -> acts.add(new Act(i, kind, chunk)));
          case SWEEP -> {
            if (waiting.isEmpty() && photo == null && client.isPastItsStart()) {
              acts.add(new Act(i, kind, 0));
            }
          }
          case LATE_QUESTION, LATE_CHUNK -> {
            if (!once.contains(Kind.RELOAD) && client.late >= 0) {
              acts.add(new Act(i, kind, client.late));
            }
          }
          default -> acts.add(new Act(i, kind, 0));
        }
      }
    }

    /** Nobody else writes it: two would mix their bytes. */
    private boolean isFree(int chunk) {
      return isRefused
          || there.covers(chunk, chunk + 1)
          || clients.stream().noneMatch(one -> one.isThere() && one.isSending(chunk));
    }

    void act(Act act) {
      Client client = clients.get(act.client());
      switch (act.kind()) {
        case ASK -> ask(client, act.chunk());
        case SEND -> {
          client.toSend.remove(act.chunk());
          send(client, act.chunk(), true);
        }
        case BEGIN -> {
          client.toSend.remove(act.chunk());
          client.coming = begin(client, act.chunk());
        }
        case END -> {
          Coming coming = client.coming;
          client.coming = null;
          end(client, coming, true);
        }
        case LOSE, LATE_CHUNK -> send(client, act.chunk(), false);
        case GO -> leave(client, () -> client.isGone = true);
        case MOVE -> client.sender = MOVED;
        case RELOAD -> leave(client, client::reload);
        case LATE_QUESTION -> asks(client, 0);
        case SWEEP -> {
          contributors = new Contributors();
          there.clear();
          isSwept = true;
        }
        case PASS -> {
          clock.addAndGet(WAIT.toNanos());
          hasPassed = true;
        }
      }
      end();
    }

    private void leave(Client client, Runnable then) {
      waiting.replaceAll(one -> one.client() == client ? new Waiting(null, 0) : one);
      then.run();
    }

    private boolean asks(Client client, int chunk) {
      Sender sender = client.sender();
      boolean isThere = contributors.asks(sender, chunk, chunk + 1);
      if (chunk == 0) {
        lastToBegin.put(sender, client);
        sendAgain();
      }
      return isThere;
    }

    private void ask(Client client, int chunk) {
      client.toAsk.remove((Integer) chunk);
      boolean isOpen = !isRefused && photo == null && !there.covers(0, CHUNKS);
      if (asks(client, chunk) && isOpen && there.covers(chunk, chunk + 1)) {
        tell(client, chunk);
      } else {
        client.toSend.add(chunk);
      }
    }

    /** Has a chunk come; nobody waits for the answer if it is lost. */
    private void send(Client client, int chunk, boolean isHeard) {
      end(client, begin(client, chunk), isHeard);
    }

    private Coming begin(Client client, int chunk) {
      Sender sender = client.sender();
      Contributors.Visit page = contributors.begins(sender, chunk);
      return new Coming(chunk, page, lastToBegin.getOrDefault(sender, client));
    }

    private void end(Client client, Coming coming, boolean isHeard) {
      int chunk = coming.chunk();
      boolean isCompared = there.covers(chunk, chunk + 1);
      boolean isOther = isCompared && bytes[chunk] != client.content;
      isRefused |= isOther && photo == null;
      if (isRefused || isOther) {
        client.isRefused |= isHeard;
        return;
      }
      Client owner = coming.owner();
      isMistaken |= isCompared && owner != client && owner.content != client.content;
      bytes[chunk] = client.content;
      there.add(chunk, chunk + 1);
      contributors.came(coming.page(), chunk, chunk + 1);
      if (there.covers(0, CHUNKS)) {
        waiting.add(new Waiting(isHeard ? client : null, chunk));
      } else if (isHeard) {
        answer(client, chunk);
      }
      if (contributors.isBegun()) {
        sendAgain();
      }
    }

    private void answer(Client client, int chunk) {
      if (contributors.isBegun()) {
        tell(client, chunk);
      } else {
        client.again.add(chunk);
      }
    }

    private void sendAgain() {
      clients.forEach(
          client -> {
            client.toSend.addAll(client.again);
            client.again.clear();
          });
    }

    /** Has the upload end if it may; else those that have sent a chunk wait. */
    private void end() {
      if (isRefused) {
        heard().forEach(one -> one.client().isRefused = true);
        waiting.clear();
      } else if (!waiting.isEmpty() && (photo != null || wait.isOver())) {
        complete();
        heard().forEach(one -> tell(one.client(), one.chunk()));
        waiting.clear();
      } else if (!waiting.isEmpty()) {
        wait.begin();
      }
    }

    private List<Waiting> heard() {
      return waiting.stream().filter(one -> one.client() != null).toList();
    }

    private void complete() {
      if (photo == null) {
        photo = new String(bytes);
        wait.end();
        boolean isOfOne = photo.chars().distinct().count() == 1;
        assertThat(isOfOne || hasPassed || isMistaken)
            .as("a photo of two files: " + photo)
            .isTrue();
      }
    }

    private void tell(Client client, int chunk) {
      client.told.add(chunk);
      assertThat(client.isDone() && photo == null).as("told of all, without a photo").isFalse();
    }

    void hasEnded() {
      assertThat(clients)
          .as("somebody is stuck")
          .noneMatch(one -> one.isThere() && !(isSwept && one.isToldThatItIsLost()));
      boolean isOneFile = clients.stream().map(one -> one.content).distinct().count() == 1;
      assertThat(clients).as("refused").noneMatch(one -> isOneFile && one.isRefused);
    }
  }

  /** Goes through all orders, and gives how many there are. */
  private static final class Orders {
    private final Supplier<Run> begin;
    private final List<Act> acts = new ArrayList<>();

    Orders(Supplier<Run> begin) {
      this.begin = begin;
    }

    int all(Set<Kind> once) {
      try {
        return all(begin.get(), once);
      } catch (AssertionError e) {
        throw new AssertionError(e.getMessage() + " after " + acts, e);
      }
    }

    /**
     * Those that go on from a run with these acts, with the last of which the run itself goes on.
     */
    private int all(Run run, Set<Kind> once) {
      List<Act> next = run.next(once);
      if (next.isEmpty()) {
        run.hasEnded();
        return 1;
      }
      int count = 0;
      for (int i = 0; i < next.size(); i++) {
        count += all(i == next.size() - 1 ? run : again(), next.get(i), once);
      }
      return count;
    }

    private int all(Run run, Act act, Set<Kind> once) {
      acts.add(act);
      run.act(act);
      Set<Kind> left = EnumSet.copyOf(once);
      left.remove(act.kind());
      int count = all(run, left);
      acts.remove(acts.size() - 1);
      return count;
    }

    private Run again() {
      Run run = begin.get();
      acts.forEach(run::act);
      return run;
    }
  }

  private static void all(Supplier<Run> begin, Kind... once) {
    Set<Kind> kinds = EnumSet.noneOf(Kind.class);
    kinds.addAll(List.of(once));
    assertThat(new Orders(begin).all(kinds)).isGreaterThan(3);
  }

  private static Supplier<Run> two(int one, int two, Sender second, char content) {
    return () -> new Run(new Client(PHONE, one, 'A'), new Client(second, two, content));
  }

  private static Supplier<Run> alone(int atATime, boolean rotates) {
    return () -> new Run(new Client(PHONE, atATime, 'A', true, rotates));
  }

  @ParameterizedTest
  @CsvSource({"1, 1, A", "1, 1, B", "1, 3, B"})
  void everyOrderOfTwoClientsOfDifferentSendersEndsWell(int one, int two, char content) {
    all(two(one, two, OTHER, content), Kind.GO);
  }

  @ParameterizedTest
  @CsvSource({"1, 1, A", "1, 1, B", "1, 3, B"})
  void everyOrderOfTwoClientsOfOneSenderEndsWell(int one, int two, char content) {
    all(two(one, two, PHONE, content), Kind.GO);
  }

  /** While a chunk of one is on its way, the other begins. */
  @ParameterizedTest
  @CsvSource({"1, 1, A", "1, 1, B", "2, 1, B", "1, 2, B"})
  void everyOrderInWhichAChunkOfOneOfTwoTakesLongEndsWell(int one, int two, char content) {
    all(two(one, two, PHONE, content), Kind.BEGIN);
  }

  @ParameterizedTest
  @Tag("faults")
  @CsvSource({"1, 3, A", "2, 2, B"})
  void everyOrderOfTwoClientsOfDifferentSendersWithMoreAtATimeEndsWell(
      int one, int two, char content) {
    everyOrderOfTwoClientsOfDifferentSendersEndsWell(one, two, content);
  }

  @Test
  @Tag("faults")
  void everyOrderOfTwoClientsOfOneSenderWithTwoAtATimeEndsWell() {
    everyOrderOfTwoClientsOfOneSenderEndsWell(2, 2, 'B');
  }

  @Test
  @Tag("faults")
  void everyOrderOfTwoClientsOfOneSenderWithTheSameFileEndsWell() {
    everyOrderOfTwoClientsOfOneSenderEndsWell(1, 3, 'A');
    everyOrderInWhichAChunkOfOneOfTwoTakesLongEndsWell(1, 2, 'A');
  }

  @ParameterizedTest
  @CsvSource({"B, MOVE", "A, LOSE", "B, LOSE", "B, RELOAD"})
  void everyOrderInWhichOneOfTwoHasTroubleEndsWell(char content, Kind trouble) {
    all(two(1, 1, OTHER, content), trouble);
    all(two(1, 1, PHONE, content), trouble);
  }

  @Test
  @Tag("faults")
  void everyOrderInWhichOneOfTwoWithTheSameFileReloadsOrMovesEndsWell() {
    everyOrderInWhichOneOfTwoHasTroubleEndsWell('A', Kind.RELOAD);
    everyOrderInWhichOneOfTwoHasTroubleEndsWell('A', Kind.MOVE);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3})
  void everyOrderOfOneClientThatMovesAndLosesAnAnswerEndsWell(int atATime) {
    all(alone(atATime, false), Kind.MOVE, Kind.LOSE);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3})
  void everyOrderOfOneClientWhoseUploadIsRemovedMeanwhileEndsWell(int atATime) {
    all(alone(atATime, false), Kind.SWEEP);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2})
  void everyOrderOfOneClientWithAReloadEndsWell(int atATime) {
    reload(atATime);
  }

  @Test
  @Tag("faults")
  void everyOrderOfThreeChunksAtATimeWithAReloadEndsWell() {
    reload(3);
  }

  private static void reload(int atATime) {
    all(alone(atATime, false), Kind.RELOAD, Kind.LATE_QUESTION);
    all(alone(atATime, false), Kind.RELOAD, Kind.LATE_CHUNK);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2})
  void aClientThatHasAnotherAddressForEveryRequestEndsWell(int atATime) {
    all(alone(atATime, true), Kind.LOSE);
    all(alone(atATime, true), Kind.RELOAD);
  }

  @ParameterizedTest
  @CsvSource({"A", "B"})
  void aClientWithManyAddressesBesideAnotherEndsWell(char content) {
    all(
        () -> new Run(new Client(PHONE, 1, 'A', false, true), new Client(OTHER, 1, content)),
        Kind.GO);
  }

  /** As when the last chunk has said how long the file is. */
  @Test
  void areKnownStillOnceTheirUploadGoesOnAsAnother() {
    Contributors contributors = new Contributors();
    contributors.came(contributors.begins(PHONE, 0), 0, 10);
    contributors.came(contributors.begins(OTHER, 10), 10, 20);
    ByteRanges there = new ByteRanges();
    there.add(0, 20);
    contributors.startWith(there, "", false);
    assertThat(contributors.areOfOneFile()).isFalse();
    contributors.came(contributors.begins(OTHER, 0), 0, 10);
    assertThat(contributors.areOfOneFile()).isTrue();
  }
}
