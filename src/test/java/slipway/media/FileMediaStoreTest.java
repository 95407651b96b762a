package slipway.media;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileMediaStoreTest {
  @TempDir Path folder;
  private FileMediaStore store;

  @BeforeEach
  void open() throws IOException {
    store = new FileMediaStore(folder);
  }

  private MediaKey keep() throws IOException {
    try (Incoming incoming = store.receive()) {
      incoming.write(ByteBuffer.wrap(new byte[] {1}));
      MediaKey key = store.keep(incoming);
      store.keepRenditions(key, Map.of("small", new byte[] {2}, "large", new byte[] {3, 4}));
      return key;
    }
  }

  private long size(MediaKey key, String rendition) throws IOException {
    try (Media media = store.openRendition(key, rendition).orElseThrow()) {
      return media.size();
    }
  }

  @Test
  void keepsRenditionsInPlaceOfThoseBefore() throws IOException {
    MediaKey key = keep();
    store.keepRenditions(key, Map.of("small", new byte[5]));
    assertThat(size(key, "small")).isEqualTo(5);
    assertThat(store.openRendition(key, "large")).isEmpty();
  }

  @Test
  void leavesNothingOfRenditionsThatCannotBeKept() throws IOException {
    MediaKey key = keep();
    assertThatThrownBy(() -> store.keepRenditions(key, Map.of("no/such/folder", new byte[] {1})))
        .isInstanceOf(IOException.class);
    try (Stream<Path> left = Files.list(folder.resolve("incoming"))) {
      assertThat(left).isEmpty();
    }
    assertThat(size(key, "large")).isEqualTo(2);
  }

  @Test
  void deletesRenditionsWithTheirFile() throws IOException {
    MediaKey key = keep();
    store.delete(key);
    assertThat(store.openRendition(key, "small")).isEmpty();
    assertThat(store.open(key)).isEmpty();
    try (var files = Files.list(folder.resolve(Integer.toString(key.treeId())))) {
      assertThat(files).isEmpty();
    }
  }

  @Test
  void sweepsTheRenditionsOfUnknownFilesOnly() throws IOException {
    MediaKey known = keep();
    MediaKey unknown = keep();
    Path half = Files.createDirectory(folder.resolve("incoming").resolve("half"));
    Files.write(half.resolve("small"), new byte[1]);
    assertThat(store.sweep(known::equals, Set.of())).isEqualTo(3);
    assertThat(size(known, "large")).isEqualTo(2);
    assertThat(store.openRendition(unknown, "large")).isEmpty();
    assertThat(half).doesNotExist();
  }
}
