package slipway.media.program;

import java.io.IOException;
import java.util.List;
import slipway.media.pictures.NoPreviewException;

/**
 * How a program that read a file ended. It may have failed because of the file, or because of the
 * machine, which says nothing about the file.
 *
 * @param status its exit status
 * @param words the first that it printed for people
 */
record ProgramEnd(int status, String words) {
  /** It wrote a file that is longer than it may be (SIGXFSZ): it will the next time, too. */
  private static final int TOO_LONG = 128 + 25;

  /** What ffmpeg makes of such a signal; it says nothing then. */
  private static final int ENDED_BY_ITSELF = 255;

  /** {@code nice} and {@code prlimit} failed, or could not run it. */
  private static final List<Integer> NOT_RUN = List.of(125, 126, 127);

  private static final List<String> NOT_RUN_WORDS = List.of("nice: ", "prlimit: ");

  /** As the system says them, at the end of a line. */
  private static final List<String> OF_THE_MACHINE =
      List.of(
          ": Too many open files",
          ": No space left on device",
          ": Disk quota exceeded",
          ": Permission denied",
          ": No such file or directory");

  /** Printed for a failing disk, but also for some broken files. */
  private static final List<String> UNREAD = List.of(": Input/output error");

  /** As libheif and libvips say it. */
  private static final List<String> NO_CODEC =
      List.of(
          "Unsupported codec",
          "No decoding plugin",
          "Unsupported feature",
          "is not a known file format");

  /**
   * Does nothing where it did what it was to do.
   *
   * @throws NoPreviewException when there is no picture, by the file's fault or its cost
   * @throws NotStartedException when it could not be started
   * @throws KilledException when it was killed from outside
   * @throws IOException when it was told to end, or the machine has no room or does not let it read
   */
  void check() throws IOException, NoPreviewException {
    if (status == 0) {
      return;
    }
    checkStart();
    EndStatus end = new EndStatus(status);
    if (isOurs(end)) {
      throw new IOException("A program ended with status " + status + ": " + words);
    }
    if (status == TOO_LONG) {
      throw NoPreviewException.broken("The file's picture is too large.");
    }
    if (end.isKilled()) {
      throw new KilledException("A program was killed, with status " + status + ": " + words);
    }
    if (end.isCrash()) {
      throw NoPreviewException.costly("The file ended the program that was to read it.");
    }
    if (isSaid(UNREAD)) {
      throw NoPreviewException.costly("The file could not be read to its end.");
    }
    if (NO_CODEC.stream().anyMatch(words::contains)) {
      throw NoPreviewException.unsupported(
          "The program here has no decoder for this kind of file.");
    }
    throw NoPreviewException.broken("The file cannot be decoded.");
  }

  /**
   * Does nothing where it was run, whatever came of it.
   *
   * @throws NotStartedException when it could not be started
   */
  void checkStart() throws NotStartedException {
    if (isNotRun()) {
      throw new NotStartedException("A program could not be started: " + words, null);
    }
  }

  private boolean isNotRun() {
    return NOT_RUN.contains(status) || NOT_RUN_WORDS.stream().anyMatch(words::startsWith);
  }

  private boolean isOurs(EndStatus end) {
    return end.isToldToEnd()
        || (status == ENDED_BY_ITSELF && words.isEmpty())
        || isSaid(OF_THE_MACHINE);
  }

  private boolean isSaid(List<String> endings) {
    return words.lines().anyMatch(line -> endings.stream().anyMatch(line.strip()::endsWith));
  }
}
