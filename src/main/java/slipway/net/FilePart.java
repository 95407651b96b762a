package slipway.net;

import java.nio.file.Path;

/**
 * Bytes of a local file that another program, or the container, may read by the file's name. The
 * name stands for these bytes or for none: a file may go, and no other takes its name.
 */
public interface FilePart {
  /** Where the file is, as an absolute path. */
  Path path();

  /** The first byte, from 0. */
  long first();

  /** Bytes. */
  long length();
}
