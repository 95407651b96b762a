package slipway.net;

import java.nio.file.Path;

/**
 * Bytes of a local file that another program, or the container, may read by the file's name. The
 * name stands for these bytes or for none: a file may be deleted, but its name is never reused.
 *
 * @param path where the file is, as an absolute path
 * @param first the first byte, from 0
 * @param length bytes
 */
public record FilePart(Path path, long first, long length) {}
