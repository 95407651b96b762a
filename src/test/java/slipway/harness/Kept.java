package slipway.harness;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;

/** What is made once for all test JVMs of a build: by the first that needs it; the others wait. */
public final class Kept {
  private Kept() {}

  /** Makes a file or a folder. */
  @FunctionalInterface
  public interface Maker {
    /**
     * Makes it.
     *
     * @param place where nothing is yet
     */
    void make(Path place) throws IOException, InterruptedException;
  }

  /**
   * What was made under that name; nobody changes it.
   *
   * @param name a file's; it says all that the content depends on
   */
  public static synchronized Path of(String name, Maker maker) {
    try {
      Path folder = Files.createDirectories(Build.directory().resolve("kept"));
      Path kept = folder.resolve(name);
      if (!Files.exists(kept)) {
        Path locks = Files.createDirectories(folder.resolve("locks"));
        try (FileChannel lock =
            FileChannel.open(
                locks.resolve(name), StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
          lock.lock();
          make(kept, maker);
        }
      }
      return kept;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private static void make(Path kept, Maker maker) throws IOException, InterruptedException {
    if (Files.exists(kept)) {
      return;
    }
    Path folder = Build.newFolder("kept", "made");
    try {
      Path made = folder.resolve(kept.getFileName());
      maker.make(made);
      Files.move(made, kept, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      Build.delete(folder);
    }
  }

  /** A name for what depends on these texts and on all files of these folders. */
  public static String name(List<String> texts, Path... folders) {
    MessageDigest all = digest();
    texts.forEach(text -> add(all, text));
    for (Path folder : folders) {
      try (Stream<Path> files = Files.walk(folder)) {
        for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
          add(all, folder.relativize(file).toString());
          all.update(Files.readAllBytes(file));
        }
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    return HexFormat.of().formatHex(all.digest(), 0, 12);
  }

  private static void add(MessageDigest all, String text) {
    all.update((text + "\0").getBytes(StandardCharsets.UTF_8));
  }

  private static MessageDigest digest() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
