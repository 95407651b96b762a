package slipway.media;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import slipway.media.contract.MadeRenditions;
import slipway.media.contract.MediaStoreContract;

class FileMediaStoreTest extends MediaStoreContract {
  private Spool spool;
  private FileMediaStore store;

  @Override
  protected MediaStore store(Spool incoming) throws IOException {
    spool = incoming;
    store = new FileMediaStore(incoming);
    return store;
  }

  @Override
  protected boolean hasLocalFiles() {
    return true;
  }

  private MediaKey keep() throws IOException {
    try (Incoming incoming = spool.receive()) {
      incoming.write(ByteBuffer.wrap(new byte[] {1}));
      MediaKey key = store.keep(incoming);
      store.keepRenditions(
          key, 7, MadeRenditions.of(Map.of("small", new byte[] {2}, "large", new byte[] {3, 4})));
      return key;
    }
  }

  private long size(MediaKey key, String rendition) throws IOException {
    try (Media media = store.openRendition(key, 7, rendition).orElseThrow()) {
      return media.size();
    }
  }

  @Test
  void leavesNothingOfRenditionsThatCannotBeKept() throws IOException {
    MediaKey key = keep();
    assertThatThrownBy(
            () ->
                store.keepRenditions(
                    key, 7, MadeRenditions.of(Map.of("no/such/folder", new byte[] {1}))))
        .isInstanceOf(IOException.class);
    try (Stream<Path> left = Files.list(folder.resolve("incoming"))) {
      assertThat(left).isEmpty();
    }
    assertThat(size(key, "large")).isEqualTo(2);
  }

  @Test
  void isNotWellWithoutAFolderThatFilesAreMovedTo() throws IOException {
    WriteCheck check = new WriteCheck(folder, true);
    check.run();
    Path tree = folder.resolve("42");
    Files.move(tree, folder.resolve("was-42"));
    assertThatThrownBy(check::run).hasMessageContaining(tree.toString());
    Files.createSymbolicLink(tree, folder.resolve("nowhere"));
    assertThatThrownBy(check::run).hasMessageContaining(tree.toString());
    Files.delete(tree);
    Files.move(folder.resolve("was-42"), tree);
    check.run();
  }

  @Test
  void deletesRenditionsWithTheirFile() throws IOException {
    MediaKey key = keep();
    store.deleteRenditions(key, 7);
    store.delete(key);
    assertThat(store.openRendition(key, 7, "small")).isEmpty();
    assertThat(store.open(key)).isEmpty();
    try (var files = Files.list(folder.resolve(Integer.toString(key.treeId())))) {
      assertThat(files).isEmpty();
    }
  }

  @Test
  void setsAFileAsideWithItsRenditionsAndBringsBothBack() throws IOException {
    MediaKey known = keep();
    MediaKey unknown = keep();
    Leftovers left = reopened();
    assertThat(keysLeft(left)).containsExactlyInAnyOrder(known, unknown);
    assertThat(left.setAside(whole(unknown))).isTrue();
    assertThat(store.open(unknown)).isEmpty();
    assertThat(store.openRendition(unknown, 7, "large")).isEmpty();
    assertThat(left.keptAside()).containsExactly(unknown);
    assertThat(left.bringBack(unknown, unknown, 7)).isTrue();
    assertThat(size(unknown, "large")).isEqualTo(2);
    assertThat(left.countAside()).isZero();
  }

  @Test
  void leavesAloneWhatThisProcessWorksOnAndWhatIsNotItsOwn() throws IOException {
    Path foreign = Files.createDirectory(folder.resolve("1/lost+found"));
    MediaKey key = keep();
    assertThat(keysLeft(spool.leftovers(Duration.ZERO))).isEmpty();
    assertThat(spool.leftovers(Duration.ZERO).setAside(whole(key))).isFalse();
    Leftovers left = reopened();
    assertThat(keysLeft(left)).containsExactly(key);
    assertThat(foreign).exists();
  }

  /** What another node works on is in no list of this one's. */
  @Test
  void leavesAloneWhatSomethingWasDoneToLatelyWhereNodesShareTheFolder() throws Exception {
    MediaKey key = keep();
    Path coming = Files.write(folder.resolve("incoming/coming"), new byte[] {1});
    Leftovers shared = new Spool(folder).leftovers(Duration.ofMinutes(5));
    assertThat(keysLeft(shared)).isEmpty();
    assertThat(shared.deleteUnacknowledged()).isZero();
    assertThat(folder.resolve("incoming")).isDirectoryContaining(coming::equals);
    assertThat(Files.list(folder.resolve("incoming"))).as("no mark stays").hasSize(1);
    Thread.sleep(50);
    Leftovers later = new Spool(folder).leftovers(Duration.ofMillis(1));
    assertThat(keysLeft(later)).containsExactly(key);
  }

  @Test
  void deletesAFileThatWasSetAsideJustBefore() throws IOException {
    MediaKey key = keep();
    reopened().setAside(whole(key));
    store.deleteRenditions(key, 7);
    store.delete(key);
    assertThat(reopened().countAside()).isZero();
    try (Stream<Path> left = Files.walk(folder.resolve("set-aside"))) {
      assertThat(left.filter(Files::isRegularFile)).isEmpty();
    }
  }

  @Test
  void deletesOfUnfinishedUploadsOnlyWhatNobodyWasToldOf() throws IOException {
    Path half = Files.createDirectory(folder.resolve("incoming").resolve("0".repeat(32)));
    Files.write(half.resolve("small"), new byte[1]);
    Incoming whole = spool.receive();
    whole.write(ByteBuffer.wrap(new byte[] {1}));
    PartialFile pieces = spool.receiveInPieces();
    pieces.create();
    Leftovers left = reopened();
    assertThat(left.deleteUnacknowledged()).isEqualTo(2);
    assertThat(left.unfinished()).containsExactly(pieces.name());
    try (Stream<Path> files = Files.list(folder.resolve("incoming"))) {
      assertThat(files).containsExactly(pieces.path());
    }
    assertThat(left.setAside(pieces.name())).isTrue();
    assertThat(spool.bringBack(pieces)).isTrue();
    assertThat(pieces.path()).exists();
  }

  @Test
  void deletesWhatIsSetAsideOnlyAfterTheServiceHasRunForTheGraceTime() throws IOException {
    MediaKey key = keep();
    reopened().setAside(whole(key));
    Duration grace = Duration.ofMinutes(3);
    for (int minute = 1; minute <= 2; minute++) {
      assertThat(reopened().pass(Duration.ofMinutes(1), grace, names -> Set.of())).isZero();
    }
    assertThat(reopened().countAside()).isEqualTo(1);
    assertThat(reopened().pass(Duration.ofMinutes(1), grace, names -> Set.of())).isEqualTo(1);
    assertThat(reopened().countAside()).isZero();
  }

  @Test
  void neverDeletesWhatIsSetAsideAndHasARow() throws IOException {
    MediaKey known = keep();
    MediaKey unknown = keep();
    Leftovers left = reopened();
    left.setAside(whole(known));
    left.setAside(whole(unknown));
    Duration grace = Duration.ofMinutes(3);
    for (int i = 0; i < 2; i++) {
      left.pass(grace, grace, names -> Set.of(known.name()));
      assertThat(left.keptAside()).containsExactly(known);
    }
    MediaKey other = new MediaKey(known.treeId() % MediaKey.TREES + 1, known.name());
    assertThat(left.bringBack(known, other, 7)).isTrue();
    assertThat(size(other, "large")).isEqualTo(2);
    assertThat(store.open(other)).isPresent();
  }

  @Test
  void setsNothingAsideInAFolderWhoseGraceTimeHasBegun() throws IOException {
    Duration grace = Duration.ofMinutes(9);
    for (int i = 1; i <= 3; i++) {
      MediaKey key = keep();
      Leftovers left = reopened();
      left.setAside(whole(key));
      left.pass(Duration.ofMinutes(1), grace, names -> Set.of());
      try (Stream<Path> times = Files.list(folder.resolve("set-aside"))) {
        assertThat(times).as("of one second").hasSize(i);
      }
    }
  }

  /** They are where they were before there were versions, so that nothing is moved. */
  @Test
  void keepsRenditionsOfVersion0InAFolderWithoutAVersion() throws IOException {
    MediaKey key = keep();
    store.keepRenditions(key, 0, MadeRenditions.of(Map.of("small", new byte[] {9})));
    assertThat(path(key, ".renditions").resolve("small")).hasBinaryContent(new byte[] {9});
    assertThat(path(key, ".renditions-7").resolve("small")).hasBinaryContent(new byte[] {2});
    try (Media media = store.openRendition(key, 0, "small").orElseThrow()) {
      assertThat(media.head(2)).containsExactly(9);
    }
  }

  @Test
  void findsWhatWasLeftOfRenditionsAndDeletesAllButThoseOfARow() throws IOException {
    MediaKey key = keep();
    store.keepRenditions(key, 0, MadeRenditions.of(Map.of("small", new byte[1])));
    store.keepRenditions(key, 4, MadeRenditions.of(Map.of("small", new byte[1])));
    Leftovers left = reopened();
    Leftovers.Kept kept = left.kept(key.treeId()).get(0);
    assertThat(kept.versions()).containsExactlyInAnyOrder(0L, 4L, 7L);
    assertThat(spool.leftovers(Duration.ZERO).deleteOthers(kept, 7)).as("in use").isFalse();
    assertThat(left.deleteOthers(kept, 7)).isTrue();
    assertThat(size(key, "large")).isEqualTo(2);
    assertThat(left.kept(key.treeId())).containsExactly(whole(key));
  }

  private Path path(MediaKey key, String end) {
    return folder.resolve(Integer.toString(key.treeId())).resolve(key.name() + end);
  }

  /** As {@link #keep} leaves it. */
  private static Leftovers.Kept whole(MediaKey key) {
    return new Leftovers.Kept(key, true, List.of(7L));
  }

  /** As the next process has it. */
  private Leftovers reopened() throws IOException {
    return new Spool(folder).leftovers(Duration.ZERO);
  }

  private static List<MediaKey> keysLeft(Leftovers left) throws IOException {
    List<MediaKey> keys = new ArrayList<>();
    for (int tree = 1; tree <= MediaKey.TREES; tree++) {
      left.kept(tree).forEach(kept -> keys.add(kept.key()));
    }
    return keys;
  }
}
