package slipway.harness;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A disk that fails as it is told, for a {@link Server} that is started with it ({@link
 * Server.Builder#faults}): flushes, writes and renames of the files a pattern names. What is told
 * holds at once. It is a library in C, built with gcc; where that is missing, or the system is not
 * Linux, the test is skipped with a line on stderr, and fails under {@code CI=true}.
 */
public final class Faults {
  /** No such file. */
  public static final int ENOENT = 2;

  /** An error of the disk itself. */
  public static final int EIO = 5;

  /** A full disk. */
  public static final int ENOSPC = 28;

  /** A quota that is spent. */
  public static final int EDQUOT = 122;

  private final Path control = Build.newFolder("faults", "rules").resolve("rules");
  private final List<String> rules = new ArrayList<>();

  /** A disk without faults so far. */
  public static Faults none() {
    CLibrary.of("faults");
    return new Faults();
  }

  private Faults() {
    write();
  }

  /**
   * Has flushes of files, or of folders, fail with {@link #EIO}.
   *
   * @param pattern of the file's whole path; {@code *} stands for anything, slashes too
   * @param times how many fail before the next ones succeed
   */
  public Faults failFlush(String pattern, int times) {
    return rule("sync", 0, times, EIO, 0, false, pattern);
  }

  /**
   * Like {@link #failFlush}, and what was written since the last good flush becomes zeros, as Linux
   * drops the pages of a failed flush. For bytes that are written after this call.
   */
  public Faults loseFlush(String pattern, int times) {
    return loseFlush(pattern, 0, times);
  }

  /** Like {@link #loseFlush(String, int)}, after so many flushes that succeed. */
  public Faults loseFlush(String pattern, int skip, int times) {
    return rule("sync", skip, times, EIO, 0, true, pattern);
  }

  /** Like {@link #failFlush}, after some flushes that succeed, each only after so long. */
  public Faults failFlushLate(String pattern, int skip, int times, long millis) {
    return rule("sync", skip, times, EIO, millis, false, pattern);
  }

  /** Has writes fail with that error number. */
  public Faults failWrite(String pattern, int times, int error) {
    return rule("write", 0, times, error, 0, false, pattern);
  }

  /** Has renames to such a path fail with {@link #EIO}. */
  public Faults failRename(String pattern, int times) {
    return rule("rename", 0, times, EIO, 0, false, pattern);
  }

  /** Has a file be gone ({@link #ENOENT}) when it is opened, after so often that it is there. */
  public Faults failOpen(String pattern, int skip, int times) {
    return rule("open", skip, times, ENOENT, 0, false, pattern);
  }

  /** Has flushes take so much longer. */
  public Faults stallFlush(String pattern, int times, long millis) {
    return rule("sync", 0, times, 0, millis, false, pattern);
  }

  /** A disk without faults again, for new calls. */
  public void end() {
    rules.clear();
    write();
  }

  private Faults rule(
      String call, int skip, int times, int error, long stall, boolean drop, String pattern) {
    rules.add(
        String.join(" ", call, skip + "", times + "", error + "", stall + "", drop ? "1" : "0")
            + (" " + pattern));
    write();
    return this;
  }

  /** A rule that is given starts all the others' counts again. */
  private void write() {
    try {
      Path next = control.resolveSibling("rules.next");
      Files.write(next, rules);
      Files.move(next, control, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The faults that were made, in order: call, error number and path of each. */
  public List<String> made() {
    try {
      Path made = control.resolveSibling("rules.made");
      return Files.exists(made) ? Files.readAllLines(made) : List.of();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The environment of a process that has this disk. */
  Map<String, String> environment() {
    return Map.of("LD_PRELOAD", CLibrary.of("faults").toString(), "FAULTS", control.toString());
  }
}
