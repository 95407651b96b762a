package slipway.media.program;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * A session of the system's of its own for a program, where {@code setsid} is installed: what it
 * has begun can be found by that once the program is gone, and has another parent.
 */
final class ProgramSession {
  private static final String PROGRAM = "setsid";

  /** What is ended may begin something meanwhile. */
  private static final int MOST_LOOKS = 5;

  /** Of what follows the name in {@code /proc/<pid>/stat}: state, parent, group, session. */
  private static final int SESSION_FIELD = 3;

  private ProgramSession() {}

  /** What precedes a command that is to have its own. */
  static List<String> command() {
    return Program.isInstalled(PROGRAM) ? List.of(PROGRAM) : List.of();
  }

  /** Ends all that is in the session of a program, which may be gone. */
  static void end(long program) {
    for (int look = 0; look < MOST_LOOKS && isAnyEnded(program); look++) {
      Thread.onSpinWait();
    }
  }

  private static boolean isAnyEnded(long program) {
    return ProcessHandle.allProcesses()
            .filter(process -> isOf(program, process.pid()))
            .filter(ProcessHandle::destroyForcibly)
            .count()
        > 0;
  }

  private static boolean isOf(long program, long process) {
    try {
      String stat = Files.readString(Path.of("/proc", Long.toString(process), "stat"));
      // The name before it may be anything.
      String[] fields = stat.substring(stat.lastIndexOf(')') + 1).strip().split(" ");
      return !fields[0].equals("Z") && fields[SESSION_FIELD].equals(Long.toString(program));
    } catch (IOException | IndexOutOfBoundsException e) {
      return false; // It has ended, or this system has no such files.
    }
  }
}
