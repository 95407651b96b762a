package slipway.upload.resumable;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Two clients with files of one name and size, of three chunks, in every order. */
class VouchedTest {
  private static final int CHUNKS = 3;
  private static final Sender PHONE = new Sender("192.0.2.1", "phone");
  private static final Sender OTHER = new Sender("192.0.2.2", "phone");

  /** What a client does. */
  private enum Kind {
    ASK,
    SEND,
    GO
  }

  private record Act(int client, Kind kind, int chunk) {}

  /** A client as Resumable.js and Flow.js are: it asks in order, and sends what it is told to. */
  private static final class Client {
    private final Sender sender;
    private final int atATime;
    private final char content;
    private final List<Integer> toSend = new ArrayList<>();
    private int asked;
    private int there;
    private boolean isGone;

    Client(Sender sender, int atATime, char content) {
      this.sender = sender;
      this.atATime = atATime;
      this.content = content;
    }

    boolean isDone() {
      return there == CHUNKS;
    }
  }

  /** An upload with what two clients have done so far. */
  private static final class Run {
    private final Vouched vouched = new Vouched(CHUNKS, () -> 0);
    private final ByteRanges there = new ByteRanges();
    private final char[] bytes = new char[CHUNKS];
    private final List<Client> clients;
    private boolean isRefused;
    private String photo;

    /** Those that wait for their end, as another client's chunk may still be to be compared. */
    private final Map<Client, ChunkSession> ending = new LinkedHashMap<>();

    Run(Client one, Client two) {
      clients = List.of(one, two);
    }

    /** Has those that wait look again, or wait no longer. */
    void end(boolean isPatient) {
      Map<Client, ChunkSession> waiting = new LinkedHashMap<>(ending);
      ending.clear();
      if (isOpen()) {
        waiting.forEach((client, session) -> finish(client, session, isPatient));
      }
    }

    boolean isOpen() {
      return !isRefused && photo == null;
    }

    List<Act> next(boolean mayGo) {
      List<Act> acts = new ArrayList<>();
      for (int i = 0; i < clients.size(); i++) {
        Client client = clients.get(i);
        if (client.isGone || client.isDone()) {
          continue;
        }
        if (client.asked < CHUNKS && client.toSend.size() < client.atATime) {
          acts.add(new Act(i, Kind.ASK, client.asked));
        }
        for (int chunk : client.toSend) {
          acts.add(new Act(i, Kind.SEND, chunk));
        }
        if (mayGo) {
          acts.add(new Act(i, Kind.GO, 0));
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
      }
      end(true);
    }

    private void ask(Client client, int chunk) {
      client.asked++;
      if (vouched.asks(client.sender, chunk, chunk + 1, there.copy())) {
        assertThat(bytes[chunk] == client.content || isOfOneSender()).as("is there").isTrue();
        client.there++;
        finish(client, vouched.of(client.sender), true);
      } else {
        client.toSend.add(chunk);
      }
    }

    private void send(Client client, int chunk) {
      ChunkClaim claim = vouched.claim(client.sender, chunk, chunk + 1);
      client.toSend.remove((Integer) chunk);
      if (there.covers(chunk, chunk + 1) && bytes[chunk] != client.content) {
        isRefused = true;
        return;
      }
      bytes[chunk] = client.content;
      there.add(chunk, chunk + 1);
      client.there++;
      vouched.sent(claim);
      finish(client, claim.session(), true);
    }

    private void finish(Client client, ChunkSession session, boolean isPatient) {
      boolean canEnd = there.covers(0, CHUNKS) && vouched.canBeAllOf(session);
      if (canEnd && isPatient && isOfOneSender() && vouched.mayShowYet(session)) {
        ending.put(client, session);
      } else if (canEnd && photo == null) {
        photo = new String(bytes);
        assertThat(photo).isEqualTo(Character.toString(client.content).repeat(CHUNKS));
      }
      assertThat(client.isDone() && photo == null && !isOfOneSender())
          .as("all sent, and no photo")
          .isFalse();
    }

    private boolean isOfOneSender() {
      return clients.get(0).sender.equals(clients.get(1).sender);
    }
  }

  private static Supplier<Run> clients(int one, int two, Sender second, char content) {
    return () -> new Run(new Client(PHONE, one, 'A'), new Client(second, two, content));
  }

  /** Goes through all orders, each from its start, and gives how many there are. */
  private static int all(Supplier<Run> begin, List<Act> acts, boolean mayGo) {
    Run run = begin.get();
    acts.forEach(run::act);
    List<Act> next = run.isOpen() ? run.next(mayGo) : List.of();
    int count = next.isEmpty() ? 1 : 0;
    if (next.isEmpty()) {
      run.end(false);
    }
    for (Act act : next) {
      List<Act> more = new ArrayList<>(acts);
      more.add(act);
      count += all(begin, more, mayGo && act.kind() != Kind.GO);
    }
    return count;
  }

  @ParameterizedTest
  @CsvSource({"1, 1", "1, 2", "1, 3", "2, 2"})
  void noOrderMixesTwoFilesOrTellsOneThatItIsThere(int one, int two) {
    assertThat(all(clients(one, two, OTHER, 'B'), List.of(), true)).isGreaterThan(20);
  }

  @ParameterizedTest
  @CsvSource({"1, 1", "1, 2", "1, 3", "2, 2"})
  void noOrderMixesTwoFilesOfOneSender(int one, int two) {
    assertThat(all(clients(one, two, PHONE, 'B'), List.of(), true)).isGreaterThan(20);
  }

  @ParameterizedTest
  @CsvSource({"1, 1", "1, 3", "2, 2"})
  void everyOrderOfOneFileEndsAsAPhoto(int one, int two) {
    assertThat(all(clients(one, two, OTHER, 'A'), List.of(), true)).isGreaterThan(20);
  }

  private static boolean asks(Vouched vouched, Sender who, int chunk, int... there) {
    ByteRanges all = new ByteRanges();
    IntStream.of(there).forEach(one -> all.add(one, one + 1));
    return vouched.asks(who, chunk, chunk + 1, all);
  }

  private static ChunkSession send(Vouched vouched, Sender who, int chunk) {
    ChunkClaim claim = vouched.claim(who, chunk, chunk + 1);
    vouched.sent(claim);
    return claim.session();
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
  void aPhoneThatMovesBackIsAtItsEndOnceItHasSentTheLastChunk() {
    Vouched vouched = new Vouched(CHUNKS);
    for (int i = 0; i < 2; i++) {
      asks(vouched, PHONE, i);
      assertThat(vouched.isAtTheEndOf(send(vouched, PHONE, i))).isFalse();
    }
    asks(vouched, OTHER, 2, 0, 1);
    send(vouched, OTHER, 2);
    assertThat(vouched.isAtTheEndOf(send(vouched, PHONE, 2))).isTrue();
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

  @Test
  void aSecondTabThatIsClosedAtOnceKeepsNobodyFromTheEnd() {
    Vouched vouched = new Vouched(CHUNKS);
    asks(vouched, PHONE, 0);
    send(vouched, PHONE, 0);
    asks(vouched, PHONE, 1, 0);
    send(vouched, PHONE, 1);
    asks(vouched, PHONE, 0, 0, 1);
    asks(vouched, PHONE, 2, 0, 1);
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
  void whoHasSentAllCompletesOnceNobodyElseDoesAnything() {
    AtomicLong now = new AtomicLong();
    Vouched vouched = new Vouched(CHUNKS, now::get);
    IntStream.range(0, CHUNKS).forEach(chunk -> asks(vouched, PHONE, chunk));
    send(vouched, PHONE, 1);
    asks(vouched, PHONE, 0, 1);
    ChunkSession session = send(vouched, PHONE, 0);
    asks(vouched, PHONE, 2, 0, 1);
    send(vouched, PHONE, 2);
    assertThat(vouched.canBeAllOf(session)).isFalse();
    now.addAndGet(TimeUnit.SECONDS.toNanos(11));
    assertThat(vouched.isAtTheEndOf(session)).isTrue();
    assertThat(vouched.canBeAllOf(session)).isTrue();
  }

  /** It sends its last chunk again, which seems to be of the session before. */
  @Test
  void aClientThatIsToTryAgainIsNotToldThatAllIsThere() {
    Vouched vouched = new Vouched(CHUNKS, () -> 0);
    IntStream.range(0, CHUNKS).forEach(chunk -> asks(vouched, PHONE, chunk));
    send(vouched, PHONE, 1);
    asks(vouched, PHONE, 0, 1);
    asks(vouched, PHONE, 2, 1);
    send(vouched, PHONE, 0);
    for (int i = 0; i < 3; i++) {
      ChunkSession session = send(vouched, PHONE, 2);
      assertThat(vouched.canBeAllOf(session)).isFalse();
      assertThat(vouched.isAtTheEndOf(session)).isTrue();
    }
  }

  @Test
  void oneThatOnlySendsAgainWhatItHasSentKeepsNobodyFromTheEnd() {
    AtomicLong now = new AtomicLong();
    Vouched vouched = new Vouched(CHUNKS, now::get);
    IntStream.range(0, CHUNKS).forEach(chunk -> asks(vouched, PHONE, chunk));
    send(vouched, PHONE, 1);
    asks(vouched, OTHER, 0, 1);
    send(vouched, OTHER, 0);
    asks(vouched, PHONE, 0, 0, 1);
    asks(vouched, PHONE, 2, 0, 1);
    send(vouched, PHONE, 0);
    ChunkSession session = send(vouched, PHONE, 2);
    assertThat(vouched.canBeAllOf(session)).isFalse();
    for (int i = 0; i < 11; i++) {
      now.addAndGet(TimeUnit.SECONDS.toNanos(1));
      send(vouched, OTHER, 0);
    }
    assertThat(vouched.canBeAllOf(session)).isTrue();
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
