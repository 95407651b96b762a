package slipway.upload.resumable;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Two clients with files of one name and size, of three chunks, in every order. */
class VouchedTest {
  private static final int CHUNKS = 3;
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
    LOSE
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
    private boolean isGone;
    private boolean hasFailed;

    Client(Sender sender, int atATime, char content) {
      this.sender = sender;
      this.atATime = atATime;
      this.content = content;
    }

    boolean isDone() {
      return there == CHUNKS;
    }
  }

  /** A chunk whose answer waits, as another client's chunk may still be to be compared. */
  private record Ending(Client client, ChunkClaim chunk, boolean hasFilled) {}

  /** An upload with what two clients have done so far. */
  private static final class Run {
    private final Vouched vouched = new Vouched(CHUNKS, () -> 0);
    private final ByteRanges there = new ByteRanges();
    private final char[] bytes = new char[CHUNKS];
    private final List<Client> clients;
    private final boolean isOfOneSender;
    private boolean isRefused;
    private String photo;
    private final List<Ending> endings = new ArrayList<>();

    Run(Client one, Client two) {
      clients = List.of(one, two);
      isOfOneSender = one.sender.equals(two.sender);
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
        if (client.isGone || client.hasFailed || client.isDone()) {
          continue;
        }
        if (client.asked < CHUNKS && client.toSend.size() < client.atATime) {
          acts.add(new Act(i, Kind.ASK, client.asked));
        }
        for (int chunk : client.toSend) {
          acts.add(new Act(i, Kind.SEND, chunk));
        }
        for (Kind kind : once) {
          if (kind != Kind.LOSE || client.asked < CHUNKS) {
            acts.add(new Act(i, kind, client.asked));
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
        case GO -> client.isGone = true;
        case MOVE -> client.sender = MOVED;
        case BACK -> client.sender = PHONE;
        case LOSE -> isThere(client, act.chunk());
      }
      end(true);
    }

    private void ask(Client client, int chunk) {
      client.asked++;
      boolean isWhole = there.covers(0, CHUNKS);
      if (!isThere(client, chunk)) {
        client.toSend.add(chunk);
        return;
      }
      assertThat(bytes[chunk] == client.content || isOfOneSender).as("is there").isTrue();
      client.there++;
      if (isWhole && vouched.canBeAllOf(vouched.of(client.sender))) {
        complete(client);
      }
    }

    private boolean isThere(Client client, int chunk) {
      return vouched.asks(client.sender, chunk, chunk + 1, there.copy(), there.covers(0, CHUNKS));
    }

    private void send(Client client, int chunk) {
      ChunkClaim claim = vouched.claim(client.sender, chunk, chunk + 1);
      boolean wasWhole = there.covers(0, CHUNKS);
      client.toSend.remove((Integer) chunk);
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
    void hasTold() {
      for (Client client : clients) {
        if (client.isDone() && isOpen()) {
          throw new AssertionError("all sent, and no photo");
        }
        if (client.hasFailed && isOpen()) {
          addAgain(new Client(client.sender, 1, client.content));
        }
      }
    }

    private void addAgain(Client client) {
      for (int chunk = 0; chunk < CHUNKS && isOpen(); chunk++) {
        ask(client, chunk);
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
      run.hasTold();
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
    Vouched vouched = new Vouched(CHUNKS);
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
    Vouched vouched = new Vouched(CHUNKS);
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
    Vouched vouched = new Vouched(CHUNKS);
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
      Vouched vouched = new Vouched(CHUNKS);
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
    Vouched vouched = new Vouched(CHUNKS);
    asks(vouched, PHONE, 2, 0, 1);
    assertThat(vouched.canBeAllOf(send(vouched, PHONE, 2))).isTrue();
    vouched = new Vouched(CHUNKS);
    asks(vouched, PHONE, 0, 0, 1);
    send(vouched, PHONE, 0);
    assertThat(asks(vouched, PHONE, 1, 0, 1)).isFalse();
    assertThat(vouched.canBeAllOf(send(vouched, PHONE, 2))).isFalse();
    assertThat(vouched.canBeAllOf(send(vouched, PHONE, 1))).isTrue();
  }

  @Test
  void aClientThatNeverAsksCompletesWhatOthersBegan() {
    Vouched vouched = new Vouched(CHUNKS);
    send(vouched, OTHER, 0);
    send(vouched, OTHER, 1);
    assertThat(vouched.canBeAllOf(send(vouched, PHONE, 2))).isTrue();
  }

  /** They may be two clients of one network: the one's chunks may be under way. */
  @Test
  void theEndWaitsForWhatTheSameSenderWasToldToSendTwice() {
    Vouched vouched = new Vouched(CHUNKS);
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
    Vouched vouched = new Vouched(CHUNKS);
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
    Vouched vouched = new Vouched(CHUNKS);
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
    Vouched vouched = new Vouched(CHUNKS);
    asks(vouched, PHONE, 0);
    asks(vouched, PHONE, 1);
    asks(vouched, PHONE, 0);
    send(vouched, PHONE, 0);
    send(vouched, PHONE, 1);
    assertThat(asks(vouched, PHONE, 1, 0, 1)).isFalse();
  }

  @Test
  void aReloadedPageGoesOnOnceAnyChunkHasShownItsFile() {
    Vouched vouched = new Vouched(4);
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
    Vouched vouched = new Vouched(CHUNKS);
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
    Vouched vouched = new Vouched(CHUNKS);
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
