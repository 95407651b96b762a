package slipway.upload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import slipway.harness.SampleMedia;
import slipway.media.Spool;
import slipway.upload.resumable.DiskUse;

public class IncomingRoomTest {
  private static final int TOTAL = 1000;
  private static final int TOKENLESS = 400;
  private static final int OF_ADDRESS = 150;

  @TempDir Path folder;
  private final AtomicLong usable = new AtomicLong(1L << 40);
  private final IncomingRoom room = room(TOTAL);

  /** A room that nothing in a test fills. */
  public static IncomingRoom large() {
    return new IncomingRoom(
        new IncomingRoom.RoomLimits(0, 1L << 40, 1L << 40), new FreeDisk(() -> 1L << 50, 0));
  }

  /** The same, on that disk. */
  public static IncomingRoom on(FreeDisk.UsableBytes disk) {
    return new IncomingRoom(
        new IncomingRoom.RoomLimits(0, 1L << 40, 1L << 40), new FreeDisk(disk, 0));
  }

  /** Bytes that are being received. */
  public static long used(IncomingRoom room) {
    return room.used();
  }

  private IncomingRoom room(long total) {
    return new IncomingRoom(
        new IncomingRoom.RoomLimits(total, TOKENLESS, OF_ADDRESS), new FreeDisk(usable::get, 100));
  }

  private UploadRoom form(String address) {
    return room.ofForm(address, "upload_token", -1);
  }

  private static void assertFull(UploadRoom of, long bytes, String message) {
    assertThatThrownBy(() -> of.take(bytes))
        .isInstanceOf(UploadLaterException.class)
        .hasMessageContaining(message);
  }

  @Test
  void boundsTheFilesWithoutATokenOfOneAddress() throws IOException {
    try (UploadRoom one = form("a");
        UploadRoom two = form("a");
        UploadRoom other = form("b")) {
      one.take(100);
      assertFull(two, 51, "put the field upload_token before the file");
      two.take(50);
      assertFull(one, 1, "put the field upload_token before the file");
      other.take(120);
    }
  }

  @Test
  void givesAnAddressHalfOfWhatIsFreeAtMost() throws IOException {
    List<UploadRoom> greedy = new ArrayList<>();
    for (int expected : new int[] {150, 125, 62, 31, 16, 8, 4, 2}) {
      UploadRoom form = form("address " + greedy.size());
      greedy.add(form);
      int took = 0;
      while (tookOne(form)) {
        took++;
      }
      assertThat(took).isEqualTo(expected);
    }
    greedy.forEach(UploadRoom::close);
    assertThat(room.used()).isZero();
  }

  private static boolean tookOne(UploadRoom form) {
    try {
      form.take(1);
      return true;
    } catch (UploadLaterException e) {
      return false;
    }
  }

  @Test
  void countsAFileNoLongerAsTokenlessOnceItsTokenIsKnown() throws IOException {
    try (UploadRoom one = form("a");
        UploadRoom two = form("a")) {
      one.take(150);
      one.tokenKnown();
      one.tokenKnown();
      one.take(500);
      two.take(150);
      assertThat(room.used()).isEqualTo(800);
    }
    assertThat(room.used()).isZero();
  }

  @Test
  void boundsAllFilesTogether() throws IOException {
    DiskUse pieces = new DiskUse(2000, 2000, room);
    try (UploadRoom direct = room.ofKnown(-1);
        UploadRoom form = form("a")) {
      direct.take(500);
      pieces.claim("token", 400);
      assertFull(form, 101, "no room");
      form.take(100);
      assertFull(direct, 1, "no room");
      assertThatThrownBy(() -> pieces.claim("token", 1)).hasMessageContaining("no room");
      pieces.release("token", 400);
      direct.take(400);
    }
    assertThat(room.used()).isZero();
  }

  @Test
  void aRefusalTakesNoRoom() throws IOException {
    try (UploadRoom known = room.ofKnown(-1);
        UploadRoom form = form("a")) {
      known.take(900);
      assertFull(form, 140, "no room");
      assertFull(form, 151, "upload_token");
      form.take(100);
    }
    try (UploadRoom form = form("a")) {
      form.take(OF_ADDRESS);
    }
  }

  @Test
  void looksAtAnAnnouncedLengthButHoldsNoRoomForIt() throws IOException {
    UploadRoom tooLong = room.ofForm("a", "upload_token", OF_ADDRESS + 1);
    assertThatThrownBy(tooLong::checkLength).hasMessageContaining("upload_token");
    assertThatThrownBy(room.ofKnown(TOTAL + 1)::checkLength).hasMessageContaining("no room");
    room.ofKnown(TOTAL).checkLength();
    room.ofForm("a", "upload_token", OF_ADDRESS).checkLength();
    assertThat(room.used()).isZero();
  }

  @Test
  void leavesTheDiskWhatMustStayFree() throws IOException {
    usable.set(160);
    try (UploadRoom direct = room.ofKnown(60)) {
      direct.checkLength();
      assertThatThrownBy(room.ofKnown(61)::checkLength).hasMessageContaining("no room");
      direct.take(60);
      usable.set(100);
      assertFull(direct, 1, "no room");
      usable.set(101);
      direct.take(1);
    }
    usable.set(160);
    try (var out = room.guard(new Spool(folder).receive())) {
      out.write(ByteBuffer.allocate(60));
      usable.set(100);
      assertThatThrownBy(() -> out.write(ByteBuffer.allocate(1))).hasMessageContaining("no room");
    }
  }

  @Test
  void doesNotTakeADiskThatDoesNotTellForAFullOne() throws IOException {
    FreeDisk silent =
        new FreeDisk(
            () -> {
              throw new IOException("no answer");
            },
            1);
    assertThat(silent.take(1L << 40)).isTrue();
  }

  @Test
  void looksAtTheDiskAgainWhileOthersFillIt() {
    FreeDisk disk = new FreeDisk(usable::get, 0);
    assertThat(disk.take(1)).isTrue();
    usable.set(0);
    int took = 0;
    while (disk.take(1 << 20)) {
      took++;
    }
    assertThat(took).isLessThan(20);
  }

  @Test
  void keepsTheDisksRoomForAFileThatIsWrittenInOneGo() throws IOException {
    IncomingRoom files = room(100_000);
    usable.set(1100);
    try (DiskShare share = files.share(800)) {
      assertThatThrownBy(() -> files.share(201)).hasMessageContaining("no room");
      assertThatThrownBy(() -> files.writing(201)).hasMessageContaining("no room");
      usable.set(600);
      share.wrote(500);
      assertThatThrownBy(() -> files.share(201)).hasMessageContaining("no room");
      files.share(200).close();
    }
    files.share(500).close();
    assertThatThrownBy(() -> files.share(501)).hasMessageContaining("no room");
  }

  @Test
  void givesAllBackWhenStreamsFailAtAnyMoment() throws Exception {
    IncomingRoom files = room(100_000);
    Spool spool = new Spool(folder);
    byte[] jpeg = SampleMedia.jpeg(8, 8);
    List<Callable<Void>> visitors = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      String address = "address " + i % 3;
      visitors.add(() -> fail(spool, files.ofForm(address, "upload_token", -1), jpeg));
    }
    runAll(visitors);
    assertThat(files.used()).isZero();
    try (Stream<Path> left = Files.list(folder.resolve("incoming"))) {
      assertThat(left).isEmpty();
    }
    try (UploadRoom next = files.ofForm("address 0", "upload_token", -1)) {
      next.take(OF_ADDRESS);
    }
  }

  private static Void fail(Spool spool, UploadRoom room, byte[] bytes) {
    ThreadLocalRandom random = ThreadLocalRandom.current();
    FileRules rules = new FileRules(400, List.of("image/*"));
    try (room;
        FileReceiver file = new FileReceiver(spool.receive(), rules, room, "a.jpg")) {
      for (int i = random.nextInt(8); i >= 0; i--) {
        file.write(ByteBuffer.wrap(bytes, 0, random.nextInt(100)));
        if (random.nextInt(6) == 0) {
          room.tokenKnown();
        }
      }
      throw new IOException("The connection was lost");
    } catch (IOException e) {
      return null;
    }
  }

  @Test
  void neverAdmitsMoreThanItMayHoweverManyRace() throws Exception {
    AtomicLong held = new AtomicLong();
    AtomicLong most = new AtomicLong();
    List<Callable<Void>> visitors = new ArrayList<>();
    for (int i = 0; i < 64; i++) {
      String address = "address " + i % 16;
      visitors.add(() -> race(address, held, most));
    }
    runAll(visitors);
    assertThat(most.get()).isBetween(1L, (long) TOKENLESS);
    assertThat(room.used()).isZero();
  }

  /** What is counted here is never more than what the room holds at that moment. */
  private Void race(String address, AtomicLong held, AtomicLong most) {
    for (int round = 0; round < 500; round++) {
      UploadRoom form = form(address);
      long own = 0;
      try {
        for (int i = 0; i < 5; i++) {
          form.take(11);
          own += 11;
          most.accumulateAndGet(held.addAndGet(11), Math::max);
        }
      } catch (UploadLaterException e) {
        assertThat(own).isLessThan(OF_ADDRESS);
      } finally {
        held.addAndGet(-own);
        form.close();
      }
    }
    return null;
  }

  private static void runAll(List<Callable<Void>> calls) throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(16);
    try {
      for (Future<Void> call : threads.invokeAll(calls)) {
        call.get();
      }
    } finally {
      threads.shutdown();
    }
  }
}
