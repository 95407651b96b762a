package slipway;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import slipway.harness.NewDatabase;
import slipway.harness.Run;
import slipway.harness.TestBuckets;
import slipway.media.Incoming;
import slipway.media.Media;
import slipway.media.MediaKey;
import slipway.media.contract.MadeRenditions;
import slipway.media.s3.BucketAddress;
import slipway.reconcile.CopyOfAll;

class CopyMediaTest {
  private static final byte[] FILE = new byte[100_000];

  static {
    new Random(1).nextBytes(FILE);
  }

  @TempDir Path data;
  private final Map<String, String> settings = new HashMap<>();

  private Settings settings() {
    settings.put("slipway.data", data.toString());
    return Settings.read(settings::get, null);
  }

  private static MediaKey keep(Storage storage) throws IOException {
    try (Incoming incoming = storage.spool().receive()) {
      incoming.write(ByteBuffer.wrap(FILE));
      MediaKey key = storage.media().keep(incoming);
      storage.media().keepRenditions(key, 7, MadeRenditions.of(Map.of("small", new byte[] {1})));
      storage.media().keepRenditions(key, 9, MadeRenditions.of(Map.of("video", new byte[] {2, 3})));
      storage
          .database()
          .execute(
              "insert into photo (token, title, description, published, filename, content_type,"
                  + " size, tree_id, media_key, published_at, created_at, rendition_version,"
                  + " rendition_state, video_version) values ('t', 'a', '', true, 'a.jpg',"
                  + " 'image/jpeg', 1, ?, ?, 1, 1, 7, 'done', 9)",
              key.treeId(),
              key.name());
      return key;
    }
  }

  private void has(MediaKey key) throws IOException {
    Closing closing = new Closing();
    try {
      Storage storage = Storage.open(settings(), closing);
      try (Media file = storage.media().open(key).orElseThrow();
          Media small = storage.media().openRendition(key, 7, "small").orElseThrow();
          Media video = storage.media().openRendition(key, 9, "video").orElseThrow()) {
        assertThat(file.head(FILE.length)).isEqualTo(FILE);
        assertThat(small.head(9)).containsExactly(1);
        assertThat(video.head(9)).containsExactly(2, 3);
      }
    } finally {
      closing.close();
    }
  }

  @Test
  void copiesToABucketAndBackWithoutCopyingTwice() throws IOException {
    NewDatabase.put(data.resolve("slipway.db"));
    Closing closing = new Closing();
    Storage files = Storage.open(settings(), closing);
    MediaKey key = keep(files);
    MediaKey lost = keep(files);
    closing.close();
    Path lostFile = data.resolve("media/" + lost.treeId() + "/" + lost.name());
    byte[] found = Files.readAllBytes(lostFile);
    Files.delete(lostFile);
    BucketAddress bucket = TestBuckets.newBucket();
    settings.putAll(TestBuckets.settings(bucket));
    CopyOfAll.CopyTally first = CopyMedia.copy(settings(), false);
    assertThat(first)
        .isEqualTo(new CopyOfAll.CopyTally(1, 0, 1, lost.treeId() + "/" + lost.name()));
    Files.write(lostFile, found);
    assertThat(CopyMedia.copy(settings(), false)).isEqualTo(new CopyOfAll.CopyTally(1, 1, 0, null));
    has(key);
    has(lost);
    for (MediaKey each : new MediaKey[] {key, lost}) {
      deleteTree(data.resolve("media/" + each.treeId()));
    }
    assertThat(CopyMedia.copy(settings(), true)).isEqualTo(new CopyOfAll.CopyTally(2, 0, 0, null));
    settings.clear();
    has(key);
    has(lost);
  }

  private static void deleteTree(Path tree) throws IOException {
    try (Stream<Path> files = Files.walk(tree)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        Files.delete(file);
      }
    }
    try (Stream<Path> folders = Files.list(tree)) {
      for (Path folder : folders.toList()) {
        Files.delete(folder);
      }
    }
  }

  @Tag("faults")
  @Test
  void saysWhatIsWrongWithAnOption() throws IOException {
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    Run run = Run.of(data, List.of(java, "-cp", classPath(), "slipway.CopyMedia", "--back"), "");
    assertThat(run.status()).isEqualTo(1);
    assertThat(run.output())
        .contains("Nothing was copied: the only option is --to-folder")
        .doesNotContain("run it again")
        .doesNotContain("IllegalArgumentException");
  }

  /** The command runs in another folder. */
  private static String classPath() {
    return Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
        .map(part -> Path.of(part).toAbsolutePath().toString())
        .collect(Collectors.joining(File.pathSeparator));
  }
}
