package slipway.media.contract;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import slipway.media.LocalFile;

/** Renditions as they were just made. */
public final class MadeRenditions {
  private MadeRenditions() {}

  /** Those of these bytes, by name. */
  public static Map<String, LocalFile> of(Map<String, byte[]> renditions) throws IOException {
    Map<String, LocalFile> files = new HashMap<>();
    for (Map.Entry<String, byte[]> one : renditions.entrySet()) {
      Path file = Files.write(Files.createTempFile("slipway-made", null), one.getValue());
      file.toFile().deleteOnExit();
      files.put(one.getKey(), new LocalFile(file, () -> {}));
    }
    return files;
  }
}
