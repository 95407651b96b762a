package slipway.media.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import slipway.media.Incoming;
import slipway.media.IncomingFile;
import slipway.media.LocalFile;
import slipway.media.Media;
import slipway.media.MediaKey;
import slipway.media.MediaStore;
import slipway.media.PartialFile;
import slipway.media.Spool;
import slipway.net.FilePart;

/** The contract of every {@link MediaStore}, wherever its files are. */
public abstract class MediaStoreContract {
  /** Several times what a store reads at once. */
  private static final byte[] LARGE = new byte[300_001];

  private static final byte[] SMALL = {1, 2, 3};
  private static final MediaKey UNKNOWN = MediaKey.of("0".repeat(32));

  static {
    new Random(1).nextBytes(LARGE);
  }

  /** Where the spool is. */
  @TempDir protected Path folder;

  private Spool spool;
  private MediaStore store;

  /** A store that is empty, for files of that spool. */
  protected abstract MediaStore store(Spool spool) throws IOException;

  /** Whether what it keeps are local files that others may read by their names. */
  protected abstract boolean hasLocalFiles();

  @BeforeEach
  void openStore() throws IOException {
    spool = new Spool(folder);
    store = store(spool);
  }

  private MediaKey keep(byte[] bytes) throws IOException {
    try (Incoming incoming = spool.receive()) {
      incoming.write(ByteBuffer.wrap(bytes));
      return store.keep(incoming);
    }
  }

  private PartialFile pieces(byte[] bytes) throws IOException {
    PartialFile file = spool.receiveInPieces();
    file.create();
    try (WritableByteChannel piece = file.writeFrom(0)) {
      piece.write(ByteBuffer.wrap(bytes));
    }
    return file;
  }

  private byte[] kept(MediaKey key) throws IOException {
    try (Media media = store.open(key).orElseThrow()) {
      return copy(media, 0, media.size());
    }
  }

  private static byte[] copy(Media media, long first, long length) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    media.copy(first, length, bytes);
    return bytes.toByteArray();
  }

  private static byte[] spooled(IncomingFile file) throws IOException {
    try (var bytes = file.read()) {
      return bytes.readAllBytes();
    }
  }

  @Test
  void keepsAFileUnderItsNameWithAllItsBytes() throws IOException {
    Instant before = Instant.now().minus(Duration.ofMinutes(1));
    Incoming incoming = spool.receive();
    incoming.write(ByteBuffer.wrap(LARGE, 0, 1000));
    incoming.write(ByteBuffer.wrap(LARGE, 1000, LARGE.length - 1000));
    String name = incoming.name();
    MediaKey key = store.keep(incoming);
    incoming.close();
    assertThat(key).isEqualTo(MediaKey.of(name));
    assertThat(kept(key)).isEqualTo(LARGE);
    try (Media media = store.open(key).orElseThrow()) {
      assertThat(media.size()).isEqualTo(LARGE.length);
      assertThat(media.modified()).isBetween(before, Instant.now().plus(Duration.ofMinutes(1)));
    }
  }

  @Test
  void keepsAFileThatCameInPiecesThoughItIsDeletedFromTheSpoolAfterwards() throws IOException {
    PartialFile file = spool.receiveInPieces();
    file.create();
    try (WritableByteChannel second = file.writeFrom(1000);
        WritableByteChannel first = file.writeFrom(0)) {
      second.write(ByteBuffer.wrap(LARGE, 1000, LARGE.length - 1000));
      first.write(ByteBuffer.wrap(LARGE, 0, 1000));
    }
    MediaKey key = store.keep(file);
    file.delete();
    assertThat(kept(key)).isEqualTo(LARGE);
  }

  @Test
  void hasNothingOfAFileThatWasNotKept() throws IOException {
    Incoming incoming = spool.receive();
    incoming.write(ByteBuffer.wrap(SMALL));
    MediaKey key = MediaKey.of(incoming.name());
    assertThat(store.open(key)).isEmpty();
    incoming.close();
    assertThat(store.open(key)).isEmpty();
    assertThat(store.local(key)).isEmpty();
    assertThat(store.openRendition(key, 7, "small")).isEmpty();
  }

  @Test
  void keepsNoFileInPlaceOfAnother() throws IOException {
    PartialFile first = pieces(SMALL);
    MediaKey key = store.keep(first);
    PartialFile again = spool.partial(first.name());
    again.create();
    try (WritableByteChannel piece = again.writeFrom(0)) {
      piece.write(ByteBuffer.wrap(LARGE));
    }
    assertThatThrownBy(() -> store.keep(again)).isInstanceOf(IOException.class);
    assertThat(kept(key)).isEqualTo(SMALL);
    assertThat(spooled(again)).isEqualTo(LARGE);
  }

  @Test
  void copiesEveryRange() throws IOException {
    try (Media media = store.open(keep(LARGE)).orElseThrow()) {
      assertThat(copy(media, 0, LARGE.length)).isEqualTo(LARGE);
      Random random = new Random(2);
      for (int i = 0; i < 100; i++) {
        int first = random.nextInt(LARGE.length);
        int length = random.nextInt(LARGE.length - first + 1);
        assertThat(ByteBuffer.wrap(copy(media, first, length)))
            .isEqualTo(ByteBuffer.wrap(LARGE, first, length));
      }
      assertThat(copy(media, LARGE.length - 1, 1)).hasSize(1);
      assertThat(copy(media, 5, 0)).isEmpty();
    }
  }

  @Test
  void streamsEveryRange() throws IOException {
    MediaKey key = keep(LARGE);
    Random random = new Random(3);
    for (int i = 0; i < 50; i++) {
      int first = random.nextInt(LARGE.length);
      int length = random.nextInt(LARGE.length - first + 1);
      try (InputStream range = store.open(key).orElseThrow().stream(first, length)) {
        assertThat(ByteBuffer.wrap(range.readAllBytes()))
            .isEqualTo(ByteBuffer.wrap(LARGE, first, length));
        assertThat(range.read()).isNegative();
      }
    }
  }

  @Test
  void namesAFileThatHasTheSameBytesWhereItHasOne() throws IOException {
    MediaKey key = keep(LARGE);
    store.keepRenditions(key, 0, MadeRenditions.of(Map.of("small", LARGE)));
    for (Media open :
        List.of(
            store.open(key).orElseThrow(), store.openRendition(key, 0, "small").orElseThrow())) {
      try (open;
          InputStream stream = open.stream(5, 1000)) {
        assertThat(stream).as("no file itself").isNotInstanceOf(FilePart.class);
        Optional<FilePart> part = open.part(5, 1000);
        assertThat(part.isPresent()).isEqualTo(hasLocalFiles());
        if (part.isPresent()) {
          byte[] file = Files.readAllBytes(part.get().path());
          assertThat(part.get().path()).isAbsolute();
          assertThat(part.get().first()).isEqualTo(5);
          assertThat(part.get().length()).isEqualTo(1000);
          assertThat(Arrays.copyOfRange(file, 5, 1005)).isEqualTo(stream.readAllBytes());
        }
      }
    }
  }

  @Test
  void failsWhereARangeEndsBeyondTheFile() throws IOException {
    try (Media media = store.open(keep(SMALL)).orElseThrow()) {
      assertThatThrownBy(() -> copy(media, 1, 3)).isInstanceOf(IOException.class);
    }
  }

  @Test
  void tellsWhyWhenWhatItCopiesToFails() throws IOException {
    IOException gone = new IOException("gone");
    OutputStream failing =
        new OutputStream() {
          @Override
          public void write(int one) throws IOException {
            throw gone;
          }
        };
    try (Media media = store.open(keep(LARGE)).orElseThrow()) {
      assertThatThrownBy(() -> media.copy(0, LARGE.length, failing)).isSameAs(gone);
      assertThat(copy(media, 0, LARGE.length)).isEqualTo(LARGE);
    }
  }

  @Test
  void hasTheFirstBytesOrAllThereAre() throws IOException {
    try (Media large = store.open(keep(LARGE)).orElseThrow();
        Media small = store.open(keep(SMALL)).orElseThrow()) {
      assertThat(ByteBuffer.wrap(large.head(200_000)))
          .isEqualTo(ByteBuffer.wrap(LARGE, 0, 200_000));
      assertThat(copy(large, 0, LARGE.length)).isEqualTo(LARGE);
      assertThat(small.head(200_000)).isEqualTo(SMALL);
    }
  }

  @Test
  void canBeReadByManyAtOnce() throws IOException {
    MediaKey key = keep(LARGE);
    try (Media other = store.open(key).orElseThrow()) {
      store.open(key).orElseThrow().close();
      assertThat(copy(other, 0, LARGE.length)).isEqualTo(LARGE);
    }
  }

  @Test
  void takesAFileBackThatCanBeKeptAgain() throws IOException {
    try (Incoming incoming = spool.receive()) {
      incoming.write(ByteBuffer.wrap(SMALL));
      MediaKey key = store.keep(incoming);
      store.takeBack(key, incoming);
      assertThat(store.open(key)).isEmpty();
      assertThat(spooled(incoming)).isEqualTo(SMALL);
      assertThat(kept(store.keep(incoming))).isEqualTo(SMALL);
    }
  }

  @Test
  void takesAFileInPiecesBackOnlyIfItWasKept() throws IOException {
    PartialFile file = pieces(LARGE);
    assertThat(store.takeBackIfKept(file)).isFalse();
    assertThat(spooled(file)).isEqualTo(LARGE);
    MediaKey key = store.keep(file);
    assertThat(store.takeBackIfKept(file)).isTrue();
    assertThat(store.open(key)).isEmpty();
    assertThat(spooled(file)).isEqualTo(LARGE);
    assertThat(kept(store.keep(file))).isEqualTo(LARGE);
  }

  @Test
  void bringsAFileInPiecesBackThatIsInTheSpoolNoMore() throws IOException {
    PartialFile file = pieces(LARGE);
    store.keep(file);
    file.delete();
    assertThat(store.takeBackIfKept(file)).isTrue();
    assertThat(spooled(file)).isEqualTo(LARGE);
  }

  @Test
  void setsAFileInPiecesAsideOnlyIfItIsInTheSpoolNoMore() throws IOException {
    PartialFile file = pieces(LARGE);
    assertThat(store.isKept(file)).isFalse();
    assertThat(store.setAsideIfKept(file)).isFalse();
    MediaKey key = store.keep(file);
    file.delete();
    assertThat(store.isKept(file)).isTrue();
    assertThat(store.setAsideIfKept(file)).isTrue();
    assertThat(store.isKept(file)).isFalse();
    assertThat(store.open(key)).isEmpty();
  }

  @Test
  void lendsAFileAsALocalOneAndStillHasItAfterwards() throws IOException {
    MediaKey key = keep(LARGE);
    try (LocalFile file = store.local(key).orElseThrow()) {
      store.local(key).orElseThrow().close();
      assertThat(Files.readAllBytes(file.path())).isEqualTo(LARGE);
    }
    assertThat(kept(key)).isEqualTo(LARGE);
    assertThat(store.local(UNKNOWN)).isEmpty();
  }

  @Test
  void keepsRenditionsBesideThoseOfOtherVersions() throws IOException {
    MediaKey key = keep(SMALL);
    store.keepRenditions(
        key, 0, MadeRenditions.of(Map.of("small", new byte[] {4}, "large", LARGE)));
    Media before = store.openRendition(key, 0, "small").orElseThrow();
    store.keepRenditions(key, 7, MadeRenditions.of(Map.of("small", new byte[] {5, 6})));
    assertThat(rendition(key, 0, "large")).isEqualTo(LARGE);
    assertThat(rendition(key, 7, "small")).containsExactly(5, 6);
    assertThat(store.openRendition(key, 7, "large")).isEmpty();
    assertThat(store.openRendition(key, 8, "small")).isEmpty();
    store.deleteRenditions(key, 0);
    assertThat(store.openRendition(key, 0, "small")).isEmpty();
    try (before) {
      assertThat(copy(before, 0, 1)).as("to one who reads them").containsExactly(4);
    }
    assertThat(rendition(key, 7, "small")).containsExactly(5, 6);
    assertThat(kept(key)).isEqualTo(SMALL);
  }

  private byte[] rendition(MediaKey key, long version, String name) throws IOException {
    try (Media media = store.openRendition(key, version, name).orElseThrow()) {
      return copy(media, 0, media.size());
    }
  }

  @Test
  void deletesAFileAndItsRenditionsAndNoOther() throws IOException {
    MediaKey other = keep(SMALL);
    MediaKey key = keep(LARGE);
    store.keepRenditions(key, 7, MadeRenditions.of(Map.of("small", SMALL)));
    store.keepRenditions(other, 7, MadeRenditions.of(Map.of("small", SMALL)));
    store.deleteRenditions(key, 7);
    store.delete(key);
    assertThat(store.open(key)).isEmpty();
    assertThat(store.openRendition(key, 7, "small")).isEmpty();
    assertThat(kept(other)).isEqualTo(SMALL);
    assertThat(rendition(other, 7, "small")).isEqualTo(SMALL);
    assertThatCode(() -> store.delete(key)).doesNotThrowAnyException();
    assertThatCode(() -> store.deleteRenditions(key, 7)).doesNotThrowAnyException();
  }
}
