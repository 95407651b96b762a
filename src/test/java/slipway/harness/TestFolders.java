package slipway.harness;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.extension.AnnotatedElementContext;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.io.TempDirFactory;

/**
 * Makes the folders of tests that start no server in memory, where this machine has some to spare:
 * to flush each commit of their databases to a disk takes longer than most of them. {@code mvn
 * -Pfaults verify} has them on the disk.
 */
public final class TestFolders implements TempDirFactory {
  private static final Path MEMORY = Path.of("/dev/shm");
  private static final long LEAST_BYTES = 2L << 30;
  private static final boolean IN_MEMORY = !AnyContainer.ALL && isRoomy();

  private static boolean isRoomy() {
    try {
      return Files.isWritable(MEMORY) && Files.getFileStore(MEMORY).getUsableSpace() >= LEAST_BYTES;
    } catch (IOException e) {
      return false;
    }
  }

  @Override
  public Path createTempDirectory(AnnotatedElementContext element, ExtensionContext context)
      throws Exception {
    if (IN_MEMORY && context.getRequiredTestClass().getName().endsWith("Test")) {
      return Files.createTempDirectory(MEMORY, "junit-");
    }
    return TempDirFactory.Standard.INSTANCE.createTempDirectory(element, context);
  }
}
