package slipway.upload.resumable;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Two clients with files of one name and size, of three chunks, in every order. */
class VouchedTest {
  private static final int CHUNKS = 3;
  private static final Semaphore WAITS = new Semaphore(2);
  private static final List<Integer> IN_ORDER = List.of(0, 1, 2);
  private static final List<Integer> LAST_SECOND = List.of(0, 2, 1);
  private static final Sender PHONE = new Sender("192.0.2.1", "phone");
  private static final Sender MOVED = new Sender("192.0.2.3", "phone");
  private static final Sender OTHER = new Sender("192.0.2.2", "phone");

  /** What a client does. */
  private enum Kind {
    ASK,
    SEND,
    /** It gives up. */
    GO,
    /** It has another address from now on. */
    MOVE,
    /** It has its first address again. */
    BACK,
    /** The answer to its question is lost: it is to ask again. */
    LOSE,
    /** Its question has waited long enough. */
    HEAR
  }

  private record Act(int client, Kind kind, int chunk) {}

  /** A client as Resumable.js and Flow.js are: it asks in order, and sends what it is told to. */
  private static final class Client {
    private Sender sender;
    private final int atATime;
    private final char content;
    private final List<Integer> toSend = new ArrayList<>();
    private int asked;
    private int there;
    private int triesLeft = 1;
    private final List<Integer> order;
    private boolean isGone;
    private boolean hasFailed;

    /** What it waits for an answer to. */
    private Vouched.Question question;

    /** Whether it is to send a chunk, and has sent none since another client's question. */
    private boolean isToTry;

    Client(Sender sender, int atATime, char content) {
      this(sender, atATime, content, IN_ORDER);
    }

    /** One that asks in another order, or not for all. */
    Client(Sender sender, int atATime, char content, List<Integer> order) {
      this.sender = sender;
      this.atATime = atATime;
      this.content = content;
      this.order = order;
    }

    boolean mayAsk() {
      return asked < order.size() && question == null && toSend.size() < atATime;
    }

    boolean isThere() {
      return !isGone && !hasFailed && !isDone();
    }

    boolean isDone() {
      return there == CHUNKS;
    }
  }

  /** A chunk whose answer waits, as another client's chunk may still be to be compared. */
  private record Ending(Client client, ChunkClaim chunk, boolean hasFilled) {}

  /** An upload with what two clients have done so far. */
  private static final class Run {
    private final Vouched vouched = new Vouched(CHUNKS, WAITS, new AtomicLong()::incrementAndGet);
    private final ByteRanges there = new ByteRanges();
    private final char[] bytes = new char[CHUNKS];
    private final List<Client> clients;
    private final boolean isOfOneSender;
    private boolean isRefused;
    private String photo;
    private final List<Ending> endings = new ArrayList<>();

    Run(Client... clients) {
      this.clients = List.of(clients);
      isOfOneSender = Stream.of(clients).map(one -> one.sender).distinct().count() == 1;
    }

    /** Has those that wait look again, or wait no longer. */
    void end(boolean isPatient) {
      List<Ending> waiting = new ArrayList<>(endings);
      endings.clear();
      if (!isRefused) {
        waiting.forEach(one -> answer(one, isPatient));
      }
    }

    boolean isOpen() {
      return !isRefused && photo == null;
    }

    List<Act> next(Set<Kind> once) {
      List<Act> acts = new ArrayList<>();
      for (int i = 0; i < clients.size(); i++) {
        Client client = clients.get(i);
        if (!client.isThere()) {
          continue;
        }
        if (client.mayAsk()) {
          acts.add(new Act(i, Kind.ASK, client.order.get(client.asked)));
        }
        if (client.question != null && clients.stream().noneMatch(one -> one.isToTry)) {
          acts.add(new Act(i, Kind.HEAR, 0));
        }
        for (int chunk : client.toSend) {
          acts.add(new Act(i, Kind.SEND, chunk));
        }
        for (Kind kind : once) {
          if (kind != Kind.LOSE || client.mayAsk()) {
            acts.add(new Act(i, kind, 0));
          }
        }
      }
      return acts;
    }

    void act(Act act) {
      Client client = clients.get(act.client());
      switch (act.kind()) {
        case ASK -> ask(client, act.chunk());
        case SEND -> send(client, act.chunk());
        case GO -> {
          client.isGone = true;
          client.isToTry = false;
        }
        case MOVE -> client.sender = MOVED;
        case BACK -> client.sender = PHONE;
        case LOSE -> vouched.answer(question(client, client.order.get(client.asked)));
        case HEAR -> hear(client);
      }
      end(true);
    }

    private void ask(Client client, int chunk) {
      client.asked++;
      client.question = question(client, chunk);
      if (client.question.session().isHeld()) {
        clients.stream()
            .filter(one -> one.isThere() && !one.toSend.isEmpty())
            .forEach(one -> one.isToTry = true);
      } else {
        hear(client);
      }
    }

    private void hear(Client client) {
      Vouched.Question question = client.question;
      client.question = null;
      int chunk = (int) question.first();
      if (!vouched.answer(question)) {
        client.toSend.add(chunk);
        return;
      }
      assertThat(bytes[chunk] == client.content || isOfOneSender).as("is there").isTrue();
      client.there++;
      if (question.isWhole() && vouched.canBeAllOf(vouched.of(client.sender))) {
        complete(client);
      }
    }

    private Vouched.Question question(Client client, int chunk) {
      boolean isWhole = there.covers(0, CHUNKS);
      return vouched.ask(client.sender, chunk, chunk + 1, there.copy(), isWhole);
    }

    private void send(Client client, int chunk) {
      ChunkClaim claim = vouched.claim(client.sender, chunk, chunk + 1);
      boolean wasWhole = there.covers(0, CHUNKS);
      client.toSend.remove((Integer) chunk);
      client.isToTry = false;
      if (there.covers(chunk, chunk + 1) && bytes[chunk] != client.content) {
        isRefused = true;
        return;
      }
      bytes[chunk] = client.content;
      there.add(chunk, chunk + 1);
      vouched.sent(claim);
      answer(new Ending(client, claim, !wasWhole), true);
    }

    private void answer(Ending ending, boolean isPatient) {
      boolean isWhole = there.covers(0, CHUNKS);
      ChunkClaim chunk = ending.chunk();
      boolean canEnd = isWhole && vouched.canBeAllOf(chunk.session());
      Client client = ending.client();
      if (canEnd && isPatient && isOfOneSender && vouched.mayShowYet(chunk.session())) {
        endings.add(ending);
      } else if (canEnd || photo != null) {
        client.there++;
        complete(client);
      } else if (!isWhole || vouched.goesOn(chunk, ending.hasFilled())) {
        client.there++;
      } else if (client.triesLeft-- > 0) {
        client.toSend.add((int) chunk.first());
      } else {
        client.hasFailed = true;
      }
    }

    private void complete(Client client) {
      if (photo == null) {
        photo = new String(bytes);
        assertThat(photo).isEqualTo(Character.toString(client.content).repeat(CHUNKS));
      }
    }

    /** No client holds its file for stored that is not; one that was told so sends it again. */
    void hasTold(List<Act> acts) {
      for (Client client : clients) {
        if (client.isDone() && isOpen()) {
          throw new AssertionError("all sent, and no photo: " + acts);
        }
        if (client.hasFailed && isOpen()) {
          boolean isAll = client.order.size() == CHUNKS;
          addAgain(new Client(client.sender, 1, client.content, isAll ? client.order : IN_ORDER));
        }
      }
    }

    private void addAgain(Client client) {
      for (int i = 0; i < CHUNKS && isOpen(); i++) {
        int chunk = client.order.get(i);
        ask(client, chunk);
        if (client.question != null) {
          hear(client);
        }
        if (client.toSend.contains(chunk)) {
          send(client, chunk);
        }
        end(false);
      }
      assertThat(isOpen())
          .as("the file that was added again is neither stored nor refused")
          .isFalse();
    }
  }

  private static Supplier<Run> clients(int one, int two, Sender second, char content) {
    return () -> new Run(new Client(PHONE, one, 'A'), new Client(second, two, content));
  }

  /**
   * Goes through all orders, each from its start, and gives how many there are.
   *
   * @param once what one of the clients may do once
   */
  private static int all(Supplier<Run> begin, List<Act> acts, Set<Kind> once) {
    Run run = begin.get();
    acts.forEach(run::act);
    List<Act> next = run.isOpen() ? run.next(once) : List.of();
    int count = next.isEmpty() ? 1 : 0;
    if (next.isEmpty()) {
      run.end(false);
      run.hasTold(acts);
    }
    for (Act act : next) {
      List<Act> more = new ArrayList<>(acts);
      more.add(act);
      Set<Kind> left = new HashSet<>(once);
      left.remove(act.kind());
      count += all(begin, more, left);
    }
    return count;
  }

  @ParameterizedTest
  @CsvSource({"1, 1", "1, 2", "1, 3", "2, 2"})
  void noOrderMixesTwoFilesOrTellsOneThatItIsThere(int one, int two) {
    assertThat(all(clients(one, two, OTHER, 'B'), List.of(), Set.of(Kind.GO))).isGreaterThan(20);
  }

  @ParameterizedTest
  @CsvSource({"1, 1", "1, 2", "1, 3", "2, 2"})
  void noOrderMixesTwoFilesOfOneSender(int one, int two) {
    assertThat(all(clients(one, two, PHONE, 'B'), List.of(), Set.of(Kind.GO))).isGreaterThan(20);
  }

  @Test
  void noOrderMixesTwoFilesWhereOneMoves() {
    move(1, 1);
  }

  @Test
  @Tag("faults")
  void noOrderMixesTwoFilesWhereOneOfSeveralChunksAtATimeMoves() {
    move(1, 2);
  }

  private static void move(int one, int two) {
    assertThat(all(clients(one, two, OTHER, 'B'), List.of(), Set.of(Kind.MOVE))).isGreaterThan(20);
    assertThat(all(clients(one, two, PHONE, 'B'), List.of(), Set.of(Kind.MOVE))).isGreaterThan(20);
    assertThat(all(clients(one, two, OTHER, 'A'), List.of(), Set.of(Kind.MOVE))).isGreaterThan(20);
  }

  @ParameterizedTest
  @CsvSource({"1, 1", "1, 3"})
  void everyOrderOfOneFileEndsAsAPhoto(int one, int two) {
    assertThat(all(clients(one, two, OTHER, 'A'), List.of(), Set.of(Kind.GO))).isGreaterThan(20);
  }

  /** Two have begun, and send their first chunk at most. */
  @Test
  @Tag("faults")
  void noOrderOfThreeTabsTellsOneThatItsFileIsThere() {
    Supplier<Run> tabs =
        () ->
            new Run(
                new Client(PHONE, 3, 'A'),
                new Client(PHONE, 1, 'A', List.of(0)),
                new Client(PHONE, 1, 'A', List.of(0)));
    assertThat(all(tabs, List.of(), Set.of(Kind.GO))).isGreaterThan(20);
  }

  /** The second tab is reloaded, and closed, while the first tries its first chunk again. */
  @Test
  void aChunkThatMayBeOfATabAtItsEndIsNotTakenForThatOfANewOne() {
    Vouched vouched = new Vouched(CHUNKS, WAITS);
    IntStream.range(0, CHUNKS).forEach(chunk -> asks(vouched, PHONE, chunk));
    asks(vouched, PHONE, 0);
    send(vouched, PHONE, 2);
    send(vouched, PHONE, 1);
    assertThat(goesOn(vouched, 0, true)).isFalse();
    Vouched.Question again = askWhole(vouched);
    assertThat(again.session().isHeld()).isTrue();
    assertThat(goesOn(vouched, 0, false)).isFalse();
    assertThat(vouched.answer(again)).isFalse();
    assertThat(goesOn(vouched, 0, false)).as("it was heard").isFalse();
    assertThat(vouched.answer(askWhole(vouched))).isFalse();
    assertThat(goesOn(vouched, 0, false)).as("it is gone").isTrue();
  }

  private static Vouched.Question askWhole(Vouched vouched) {
    ByteRanges all = new ByteRanges();
    all.add(0, CHUNKS);
    return vouched.ask(PHONE, 0, 1, all, true);
  }

  private static boolean goesOn(Vouched vouched, int chunk, boolean hasFilled) {
    ChunkClaim claim = vouched.claim(PHONE, chunk, chunk + 1);
    vouched.sent(claim);
    return vouched.goesOn(claim, hasFilled);
  }

  @Test
  void aFirstQuestionDoesNotWaitForAClientThatWasSilentForLong() {
    AtomicLong clock = new AtomicLong();
    Vouched vouched = new Vouched(CHUNKS, WAITS, clock::incrementAndGet);
    IntStream.range(0, CHUNKS).forEach(chunk -> asks(vouched, PHONE, chunk));
    send(vouched, PHONE, 1);
    clock.addAndGet(TimeUnit.SECONDS.toNanos(6));
    assertThat(vouched.asks(PHONE, 0, 1, new ByteRanges(), true)).isFalse();
    assertThat(goesOn(vouched, 0, false)).isTrue();
  }

  @Test
  void aQuestionDoesNotWaitWhereTooManyDoAndTakesNobodyForGone() {
    Vouched vouched = new Vouched(CHUNKS, new Semaphore(0));
    IntStream.range(0, CHUNKS).forEach(chunk -> asks(vouched, PHONE, chunk));
    send(vouched, PHONE, 1);
    assertThat(vouched.asks(PHONE, 0, 1, new ByteRanges(), true)).isFalse();
    assertThat(goesOn(vouched, 0, false)).isFalse();
  }

  /** It is added again, and its questions overtake each other. */
  @Test
  void aQuestionJustBeforeTheFirstIsOfTheSameClient() throws InterruptedException {
    Vouched vouched = new Vouched(CHUNKS, WAITS);
    IntStream.range(0, CHUNKS).forEach(chunk -> asks(vouched, OTHER, chunk));
    send(vouched, OTHER, 1);
    send(vouched, OTHER, 2);
    asks(vouched, PHONE, 0, 1, 2);
    send(vouched, PHONE, 0);
    Thread second = new Thread(() -> vouched.asks(PHONE, 1, 2, new ByteRanges(), true));
    second.start();
    while (second.getState() != Thread.State.TIMED_WAITING && second.isAlive()) {
      Thread.onSpinWait();
    }
    assertThat(vouched.answer(askWhole(vouched))).isFalse();
    second.join();
    ChunkSession session = vouched.claim(PHONE, 0, 1).session();
    assertThat(vouched.claim(PHONE, 1, 2).session()).isSameAs(session);
  }

  /** As with {@code prioritizeFirstAndLastChunk}. */
  @ParameterizedTest
  @CsvSource({"1, A", "1, B", "3, A"})
  void noOrderOfOneThatSendsItsLastChunkSecondTellsItThatItsFileIsThere(int one, char content) {
    Supplier<Run> clients =
        () -> new Run(new Client(PHONE, one, 'A', LAST_SECOND), new Client(OTHER, 1, content));
    assertThat(all(clients, List.of(), Set.of(Kind.GO))).isGreaterThan(20);
  }

  private static boolean asks(Vouched vouched, Sender who, int chunk, int... there) {
    ByteRanges all = new ByteRanges();
    IntStream.of(there).forEach(one -> all.add(one, one + 1));
    return vouched.asks(who, chunk, chunk + 1, all, false);
  }

  private static ChunkSession send(Vouched vouched, Sender who, int chunk) {
    ChunkClaim claim = vouched.claim(who, chunk, chunk + 1);
    vouched.sent(claim);
    return claim.session();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3})
  void aClientAloneThatMovesAndLosesAnswersIsToldNoLie(int atATime) {
    Supplier<Run> alone = clients(atATime, 0, OTHER, 'A');
    assertThat(all(alone, List.of(), EnumSet.of(Kind.MOVE, Kind.BACK, Kind.LOSE)))
        .isGreaterThan(20);
  }

  @Test
  void noLostAnswerMixesTwoFiles() {
    assertThat(all(clients(1, 1, OTHER, 'B'), List.of(), Set.of(Kind.LOSE))).isGreaterThan(20);
    assertThat(all(clients(1, 1, PHONE, 'B'), List.of(), Set.of(Kind.LOSE))).isGreaterThan(20);
  }

  @Test
  void aReloadSendsTheFirstChunkOnly() {
    Vouched vouched = new Vouched(CHUNKS, WAITS);
    asks(vouched, PHONE, 0);
    send(vouched, PHONE, 0);
    asks(vouched, PHONE, 1);
    send(vouched, PHONE, 1);
    assertThat(asks(vouched, PHONE, 0, 0, 1)).isFalse();
    send(vouched, PHONE, 0);
    assertThat(asks(vouched, PHONE, 1, 0, 1)).isTrue();
    assertThat(asks(vouched, PHONE, 2, 0, 1)).isFalse();
    assertThat(vouched.canBeAllOf(send(vouched, PHONE, 2))).isTrue();
  }

  /** What came without a first chunk is of nobody knows which file. */
  @Test
  void aSecondFileOfTheSameSenderIsComparedThoughTheFirstChunkWasLost() {
    Vouched vouched = new Vouched(CHUNKS, WAITS);
    asks(vouched, PHONE, 0);
    asks(vouched, PHONE, 1);
    send(vouched, PHONE, 1);
    asks(vouched, PHONE, 2);
    send(vouched, PHONE, 2);
    assertThat(asks(vouched, PHONE, 0, 1, 2)).isFalse();
    assertThat(vouched.canBeAllOf(send(vouched, PHONE, 0))).isFalse();
    assertThat(asks(vouched, PHONE, 1, 0, 1, 2)).isFalse();
  }

  @Test
  void aPhoneThatMovesGoesOn() {
    Vouched vouched = new Vouched(CHUNKS, WAITS);
    asks(vouched, PHONE, 0);
    send(vouched, PHONE, 0);
    asks(vouched, PHONE, 1);
    send(vouched, OTHER, 1);
    assertThat(asks(vouched, OTHER, 2, 0, 1)).isFalse();
    assertThat(vouched.canBeAllOf(send(vouched, OTHER, 2))).isTrue();
  }

  @Test
  void aClientOfTwoAddressesCompletesFromEither() {
    for (Sender last : List.of(PHONE, OTHER)) {
      Vouched vouched = new Vouched(CHUNKS, WAITS);
      asks(vouched, PHONE, 0);
      send(vouched, OTHER, 0);
      asks(vouched, OTHER, 1, 0);
      send(vouched, PHONE, 1);
      asks(vouched, PHONE, 2, 0, 1);
      assertThat(vouched.canBeAllOf(send(vouched, last, 2))).isTrue();
    }
  }

  @Test
  void whatCameBeforeAStartIsOfWhoeverGoesOnButNotOfWhoBeginsAnew() {
    Vouched vouched = new Vouched(CHUNKS, WAITS);
    asks(vouched, PHONE, 2, 0, 1);
    assertThat(vouched.canBeAllOf(send(vouched, PHONE, 2))).isTrue();
    vouched = new Vouched(CHUNKS, WAITS);
    asks(vouched, PHONE, 0, 0, 1);
    send(vouched, PHONE, 0);
    assertThat(asks(vouched, PHONE, 1, 0, 1)).isFalse();
    assertThat(vouched.canBeAllOf(send(vouched, PHONE, 2))).isFalse();
    assertThat(vouched.canBeAllOf(send(vouched, PHONE, 1))).isTrue();
  }

  @Test
  void aClientThatNeverAsksCompletesWhatOthersBegan() {
    Vouched vouched = new Vouched(CHUNKS, WAITS);
    send(vouched, OTHER, 0);
    send(vouched, OTHER, 1);
    assertThat(vouched.canBeAllOf(send(vouched, PHONE, 2))).isTrue();
  }

  /** They may be two clients of one network: the one's chunks may be under way. */
  @Test
  void theEndWaitsForWhatTheSameSenderWasToldToSendTwice() {
    Vouched vouched = new Vouched(CHUNKS, WAITS);
    IntStream.range(0, CHUNKS).forEach(chunk -> asks(vouched, PHONE, chunk));
    IntStream.range(0, CHUNKS).forEach(chunk -> asks(vouched, PHONE, chunk));
    send(vouched, PHONE, 0);
    send(vouched, PHONE, 1);
    ChunkSession session = send(vouched, PHONE, 2);
    assertThat(vouched.canBeAllOf(session)).isTrue();
    assertThat(vouched.mayShowYet(session)).isTrue();
    IntStream.range(0, CHUNKS).forEach(chunk -> send(vouched, PHONE, chunk));
    assertThat(vouched.mayShowYet(session)).isFalse();
  }

  /** The rest of the first tab's chunks seem to be the second tab's. */
  @Test
  void whereASecondTabIsClosedAtOnceTheFileIsStoredOnceItIsAddedAgain() {
    Vouched vouched = new Vouched(CHUNKS, WAITS);
    asks(vouched, PHONE, 0);
    send(vouched, PHONE, 0);
    asks(vouched, PHONE, 1, 0);
    send(vouched, PHONE, 1);
    asks(vouched, PHONE, 0, 0, 1);
    asks(vouched, PHONE, 2, 0, 1);
    assertThat(vouched.canBeAllOf(send(vouched, PHONE, 2))).isFalse();
    asks(vouched, PHONE, 0, 0, 1, 2);
    send(vouched, PHONE, 0);
    assertThat(asks(vouched, PHONE, 1, 0, 1, 2)).isTrue();
    assertThat(asks(vouched, PHONE, 2, 0, 1, 2)).isFalse();
    assertThat(vouched.canBeAllOf(send(vouched, PHONE, 2))).isTrue();
  }

  /** Its chunk was under way when the second one of its address began. */
  @Test
  void aChunkIsOfTheClientThatBeganToSendIt() {
    Vouched vouched = new Vouched(CHUNKS, WAITS);
    IntStream.range(0, CHUNKS).forEach(chunk -> asks(vouched, PHONE, chunk));
    send(vouched, PHONE, 1);
    send(vouched, PHONE, 2);
    ChunkClaim first = vouched.claim(PHONE, 0, 1);
    asks(vouched, PHONE, 0, 1, 2);
    vouched.sent(first);
    assertThat(vouched.canBeAllOf(first.session())).isTrue();
  }

  /** The one's first chunk is under way, while the other has begun. */
  @Test
  void aChunkIsOfTheClientThatWasToldToSendIt() {
    Vouched vouched = new Vouched(CHUNKS, WAITS);
    asks(vouched, PHONE, 0);
    asks(vouched, PHONE, 1);
    asks(vouched, PHONE, 0);
    send(vouched, PHONE, 0);
    send(vouched, PHONE, 1);
    assertThat(asks(vouched, PHONE, 1, 0, 1)).isFalse();
  }

  @Test
  void aReloadedPageGoesOnOnceAnyChunkHasShownItsFile() {
    Vouched vouched = new Vouched(4, WAITS);
    for (int i = 0; i < 3; i++) {
      asks(vouched, PHONE, i);
      send(vouched, PHONE, i);
    }
    asks(vouched, PHONE, 0, 0, 1, 2);
    asks(vouched, PHONE, 1, 0, 1, 2);
    send(vouched, PHONE, 1);
    assertThat(asks(vouched, PHONE, 2, 0, 1, 2)).isTrue();
  }

  @Test
  void bytesThatWereLostAreSentAgain() {
    Vouched vouched = new Vouched(CHUNKS, WAITS);
    asks(vouched, PHONE, 0);
    send(vouched, PHONE, 0);
    send(vouched, PHONE, 1);
    assertThat(asks(vouched, PHONE, 1, 0, 1)).isTrue();
    ByteRanges kept = new ByteRanges();
    kept.add(0, 1);
    vouched.keepOnly(kept);
    assertThat(asks(vouched, PHONE, 1, 0)).isFalse();
  }

  @Test
  void onlySoManyClientsAreRemembered() {
    Vouched vouched = new Vouched(CHUNKS, WAITS);
    send(vouched, PHONE, 0);
    for (int i = 0; i < 8; i++) {
      send(vouched, new Sender("192.0.2." + i, "other"), 1);
    }
    assertThat(asks(vouched, PHONE, 0, 0)).isFalse();
    assertThat(vouched.canBeAllOf(send(vouched, PHONE, 2))).isFalse();
    assertThat(asks(vouched, PHONE, 1, 0, 1, 2)).isFalse();
    assertThat(vouched.canBeAllOf(send(vouched, PHONE, 1))).isFalse();
    assertThat(vouched.canBeAllOf(send(vouched, PHONE, 0))).isTrue();
  }
}
