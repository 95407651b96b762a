package slipway.media;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import slipway.media.contract.MadeRenditions;

class MediaAccessTest {
  @TempDir Path folder;

  private Path media() {
    return folder.resolve("media");
  }

  /** Keeps a file that arrived whole and one that came in pieces, and sets one aside. */
  private void use(MediaAccess access) throws IOException {
    Spool spool = new Spool(media(), access);
    FileMediaStore store = new FileMediaStore(spool);
    Incoming whole = spool.receive();
    whole.write(ByteBuffer.allocate(9));
    MediaKey key = store.keep(whole);
    store.keepRenditions(key, 7, MadeRenditions.of(Map.of("small", new byte[9])));
    spool.setAside(pieces(spool));
    store.keep(pieces(spool));
    pieces(spool);
    new FolderIdentity(media()).write("one");
  }

  private static PartialFile pieces(Spool spool) throws IOException {
    PartialFile pieces = spool.receiveInPieces();
    pieces.create();
    try (var channel = pieces.writeFrom(3)) {
      channel.write(ByteBuffer.allocate(9));
    }
    return pieces;
  }

  private Set<String> modes(boolean ofFolders) throws IOException {
    Set<String> modes = new TreeSet<>();
    try (Stream<Path> all = Files.walk(media())) {
      for (Path path : all.filter(one -> Files.isDirectory(one) == ofFolders).toList()) {
        if (!path.endsWith("identity")) {
          modes.add(PosixFilePermissions.toString(Files.getPosixFilePermissions(path)));
        }
      }
    }
    return modes;
  }

  @Test
  void isForTheOwnerAlone() throws IOException {
    use(MediaAccess.OWNER);
    assertThat(modes(false)).containsExactly("rw-------");
    assertThat(modes(true)).containsExactly("rwx------");
  }

  @Test
  void letsTheGroupReadWhereThatIsAskedFor() throws IOException {
    use(MediaAccess.GROUP);
    assertThat(modes(false)).containsExactly("rw-r-----");
    assertThat(modes(true)).containsExactly("rwxr-x---");
  }

  @Test
  void closesTheFoldersOfBeforeAndLeavesNewFilesTheGroupOfTheirFolder() throws IOException {
    for (String name : new String[] {"media", "media/1", "media/incoming"}) {
      Path old = Files.createDirectory(folder.resolve(name));
      Files.setAttribute(old, "unix:mode", 02755);
    }
    new FileMediaStore(new Spool(media(), MediaAccess.OWNER));
    assertThat(modes(true)).containsExactly("rwx------");
    assertThat((int) Files.getAttribute(media().resolve("1"), "unix:mode") & 07777)
        .isEqualTo(02700);
    new FileMediaStore(new Spool(media(), MediaAccess.GROUP));
    assertThat(modes(true)).containsExactly("rwxr-x---");
  }
}
