package slipway.media.decoder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.assertj.core.api.AbstractThrowableAssert;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import slipway.harness.SampleMedia;
import slipway.media.ExifBomb;
import slipway.media.ManyScans;
import slipway.media.pictures.MediaFacts;
import slipway.media.pictures.NoPreviewException;
import slipway.media.pictures.NoPreviewException.Obstacle;
import slipway.media.program.KilledException;
import slipway.media.program.WorkFolder;

class DecodersTest {
  @TempDir static Path sharedWork;

  /** Of tests that ask nothing of its process. */
  private static Decoders shared;

  @TempDir Path folder;
  private Decoders decoders;

  @BeforeAll
  static void openShared() {
    shared = opened(sharedWork, 128, Duration.ofSeconds(20));
  }

  @AfterAll
  static void closeShared() {
    shared.close();
  }

  @AfterEach
  void close() {
    if (decoders != shared) {
      decoders.close();
    }
  }

  private DecodedPicture decode(byte[] file) throws Exception {
    return decode(Files.write(folder.resolve("file"), file));
  }

  private DecodedPicture decode(Path file) throws Exception {
    return decode(file, "image/jpeg");
  }

  private DecodedPicture decode(Path file, String type) throws Exception {
    if (decoders == null) {
      open(128, Duration.ofSeconds(20));
    }
    return decoders.decode(file, type, 1280);
  }

  private void open(int megabytes, Duration most) {
    decoders = opened(folder.resolve("work"), megabytes, most);
  }

  private static Decoders opened(Path work, int megabytes, Duration most) {
    return new Decoders(new DecoderLimits(megabytes, most, 250_000_000), new WorkFolder(work));
  }

  private void decodesAnother() throws Exception {
    try (DecodedPicture picture = decode(SampleMedia.jpeg(300, 200))) {
      assertThat(picture.facts()).isEqualTo(new MediaFacts(300, 200, null, null));
    }
  }

  private static void costs(ThrowingCallable decoding, String words) {
    assertThatThrownBy(decoding)
        .isInstanceOfSatisfying(
            NoPreviewException.class, e -> assertThat(e.obstacle()).isEqualTo(Obstacle.COST))
        .hasMessageContaining(words);
  }

  private static Set<Long> running() {
    Set<Long> pids = new TreeSet<>();
    ProcessHandle.current().children().forEach(child -> pids.add(child.pid()));
    return pids;
  }

  @Test
  void makesRenditionsInFilesUntilThePictureIsClosed() throws Exception {
    decoders = shared;
    Path small;
    try (DecodedPicture picture = decode(SampleMedia.jpeg(300, 200))) {
      small = picture.rendition("small", 150, 100, false);
      Path square = picture.rendition("square", 16, 16, true);
      assertThat(ImageIO.read(small.toFile()).getWidth()).isEqualTo(150);
      assertThat(ImageIO.read(square.toFile()).getHeight()).isEqualTo(16);
    }
    assertThat(small).doesNotExist();
  }

  @Test
  void decodesOnePictureAfterAnotherInOneProcessUntilItIsClosed() throws Exception {
    Set<Long> before = running();
    decodesAnother();
    Set<Long> after = running();
    decodesAnother();
    assertThat(running()).isEqualTo(after);
    assertThat(after).hasSize(before.size() + 1);
    after.removeAll(before);
    assertHasNothingOfTheEnvironment(after.iterator().next());
    decoders.close();
    assertThat(running()).isEqualTo(before);
    assertThat(folder.resolve("work")).isEmptyDirectory();
    assertThatThrownBy(() -> decode(SampleMedia.jpeg(20, 20))).isInstanceOf(IOException.class);
    assertThat(running()).isEqualTo(before);
  }

  private static void assertHasNothingOfTheEnvironment(long pid) throws IOException {
    String environment = Files.readString(Path.of("/proc", Long.toString(pid), "environ"));
    List<String> names =
        Stream.of(environment.split("\0")).map(entry -> entry.replaceAll("=.*", "")).toList();
    assertThat(names)
        .isSubsetOf(
            "PATH",
            "LD_LIBRARY_PATH",
            "LANG",
            "LC_ALL",
            "LC_CTYPE",
            "VIPS_BLOCK_UNTRUSTED",
            "VIPS_CONCURRENCY",
            "");
  }

  @Test
  void endsWithItsProcessWhereAPictureTakesItsMemory() throws Exception {
    open(64, Duration.ofSeconds(20));
    costs(() -> decode(ExifBomb.jpeg(1)), "more memory to decode than the 64 MB");
    decodesAnother();
  }

  /** The JDK's reader of JPEGs ends for nobody. */
  @Test
  void endsAPictureThatTakesTooLong() throws Exception {
    open(512, Duration.ofSeconds(1));
    Path slow = Files.write(folder.resolve("slow"), ManyScans.jpeg(5_600, 99));
    long start = System.nanoTime();
    costs(() -> decode(slow), "longer to decode than the 1 seconds");
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(60));
    decodesAnother();
  }

  /** Each of them alone stays far below it. */
  @Tag("faults")
  @Test
  void endsAPictureWhoseRenditionsTakeTooLongTogether() throws Exception {
    open(128, Duration.ofSeconds(1));
    try (DecodedPicture picture = decode(SampleMedia.png(1280, 1280), "image/png")) {
      costs(
          () -> {
            for (int i = 0; i < 500; i++) {
              picture.rendition("a", 1270, 1270, false);
            }
          },
          "longer to decode than the 1 seconds");
    }
  }

  private DecodedPicture decode(byte[] file, String type) throws Exception {
    return decode(Files.write(folder.resolve("file"), file), type);
  }

  /** Decoders may keep parts of a file on the disk. */
  @Tag("faults")
  @Test
  void needsNoDiskToDecode() throws Exception {
    decodesAnother();
    try (Stream<Path> made = Files.list(folder.resolve("work"))) {
      Files.move(made.findFirst().orElseThrow(), folder.resolve("away"));
    }
    DecodedPicture picture = decode(OldTiff.file(40, 30), "image/tiff");
    assertThat(picture.facts()).isEqualTo(new MediaFacts(40, 30, null, null));
    assertThatThrownBy(() -> picture.rendition("a", 40, 30, false)).isInstanceOf(IOException.class);
  }

  @Test
  void saysNothingOfWhatADecoderDoesNotSay() {
    decoders = shared;
    assertThatThrownBy(() -> decode(LyingWebp.file(), "image/webp"))
        .isInstanceOfSatisfying(
            NoPreviewException.class, e -> assertThat(e.obstacle()).isEqualTo(Obstacle.FILE))
        .hasMessage("The picture cannot be decoded.");
  }

  /** As a service manager ends all processes of a service. */
  @Tag("faults")
  @Test
  void doesNotTakeTheEndOfEverythingForAFaultOfTheFile() throws Exception {
    assertThatEndedAtWork(ProcessHandle::destroy).isInstanceOf(IOException.class);
  }

  /** As Linux does where its memory is used up. Between two pictures it is not even noticed. */
  @Test
  void tellsThatSomebodyKilledItAndStartsAnother() throws Exception {
    assertThatEndedAtWork(ProcessHandle::destroyForcibly).isInstanceOf(KilledException.class);
    Set<Long> before = running();
    decodesAnother();
    Set<Long> after = running();
    after.removeAll(before);
    ProcessHandle process = ProcessHandle.of(after.iterator().next()).orElseThrow();
    process.destroyForcibly();
    process.onExit().get();
    decodesAnother();
  }

  /** What is thrown where its process is ended from outside while it decodes. */
  private AbstractThrowableAssert<?, ?> assertThatEndedAtWork(Consumer<ProcessHandle> end)
      throws Exception {
    open(512, Duration.ofSeconds(20));
    Set<Long> before = running();
    decodesAnother();
    Set<Long> after = running();
    after.removeAll(before);
    ProcessHandle process = ProcessHandle.of(after.iterator().next()).orElseThrow();
    Path slow = Files.write(folder.resolve("slow"), ManyScans.jpeg(5_600, 99));
    Thread ending =
        new Thread(
            () -> {
              Duration idle = process.info().totalCpuDuration().orElseThrow();
              while (process.info().totalCpuDuration().orElse(idle).minus(idle).toMillis() < 100) {
                Thread.onSpinWait();
              }
              end.accept(process);
            });
    ending.start();
    AbstractThrowableAssert<?, ?> thrown = assertThatThrownBy(() -> decode(slow));
    ending.join();
    return thrown;
  }

  @Test
  void takesASideThatNoArrayHasForAFaultOfTheFile() throws Exception {
    decoders = shared;
    try (DecodedPicture picture = decode(SampleMedia.png(1, 1000), "image/png")) {
      assertThatThrownBy(() -> picture.rendition("a", 70_000, 70_000, true))
          .isInstanceOfSatisfying(
              NoPreviewException.class, e -> assertThat(e.obstacle()).isEqualTo(Obstacle.FILE));
    }
    decodesAnother();
  }

  /** To open a folder works, to read it does not. */
  @Test
  void tellsAFileThatCannotBeReadFromABrokenOne() {
    decoders = shared;
    assertThatThrownBy(() -> decode(folder)).isInstanceOf(IOException.class);
    assertThatThrownBy(() -> decode(new byte[100])).isInstanceOf(NoPreviewException.class);
  }

  @Tag("faults")
  @Test
  void failsForNoFilesFaultWhereNoProcessCanBegin() throws Exception {
    Files.createFile(folder.resolve("work"));
    assertThatThrownBy(() -> decode(SampleMedia.jpeg(20, 20))).isInstanceOf(IOException.class);
    Files.delete(folder.resolve("work"));
    decodesAnother();
  }
}
