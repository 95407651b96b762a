package slipway.web;

import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import slipway.media.DownloadName;
import slipway.photo.Photo;

/**
 * Names of the files of a zip. Each is unique, even on systems that ignore case; none has a folder,
 * and none begins with a dot.
 */
final class ZipNames {
  private final Set<String> taken = new HashSet<>();

  /** The name of the next file: the one it had with its sender, with a number where it is taken. */
  String next(Photo photo) {
    String name =
        DownloadName.of(photo.filename(), photo.contentType()).replaceAll("[/\\\\:]", "_");
    String safe = name.startsWith(".") ? "_" + name.substring(1) : name;
    int dot = safe.lastIndexOf('.');
    String unique = safe;
    for (int number = 2; !taken.add(unique.toLowerCase(Locale.ROOT)); number++) {
      unique = safe.substring(0, dot) + " (" + number + ")" + safe.substring(dot);
    }
    return unique;
  }
}
