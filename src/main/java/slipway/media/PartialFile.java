package slipway.media;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.NavigableMap;
import java.util.function.LongConsumer;

/**
 * A file whose bytes come in any order, several pieces at a time, over several runs of the server.
 * What {@link #keep} has returned for is durable: on the local disk, or in a store that other nodes
 * read, too. For many threads.
 */
public abstract sealed class PartialFile extends IncomingFile permits SparseFile, PiecedFile {
  PartialFile(Path path) {
    super(path);
  }

  /** Creates the file, empty, unless it is there. */
  public abstract void create() throws IOException;

  /**
   * A channel of its own that writes from that byte on, and never less than it is given.
   *
   * @throws java.nio.file.NoSuchFileException when the file is not there: it was not created, or
   *     has been kept or deleted
   */
  public abstract WritableByteChannel writeFrom(long position) throws IOException;

  /**
   * A channel of its own that reads and writes anywhere.
   *
   * @throws java.nio.file.NoSuchFileException when the file is not there
   */
  public abstract SeekableByteChannel open() throws IOException;

  /**
   * Appends another file to this one, which must be there.
   *
   * @param written is told about bytes as they are written
   */
  public abstract void append(PartialFile other, LongConsumer written) throws IOException;

  /** All of it, to be read locally; close it. */
  abstract FileChannel whole() throws IOException;

  /** The first bytes: so many, or all there are. */
  public abstract byte[] head(int length) throws IOException;

  /** Lends it as it is now, gaps included; it may be kept elsewhere, or deleted, meanwhile. */
  public abstract LocalFile lend() throws IOException;

  /** Cuts off what lies beyond so many bytes of the file, which must be there. */
  public abstract void truncate(long size) throws IOException;

  /**
   * Makes bytes durable that were written. Where it fails, they may be gone; on a local disk, with
   * all that was written since the last time, which the system says but once.
   *
   * @param ranges from the first byte to the one after the last; neither overlapping nor adjacent
   * @return what is to be written down with the ranges, so that others find the bytes, in place of
   *     earlier pieces that lie within these; empty where they are in the local file
   */
  public abstract List<KeptPiece> keep(NavigableMap<Long, Long> ranges) throws IOException;

  /** The names of pieces in whose place {@link #keep} gave others; maybe not written down yet. */
  public abstract List<String> replaced();

  /** Deletes pieces of which nothing is written down any more. */
  public abstract void drop(Collection<String> gone) throws IOException;

  /** Makes the local file durable, as it is. */
  @Override
  public abstract void sync() throws IOException;

  /**
   * Whether a failure of {@link #keep} may take bytes with it that were kept before, where they
   * were being written over.
   */
  public abstract boolean mayLoseWhatWasKept();

  /** Makes the file's name durable, as {@link #keep} does not. */
  public abstract void syncName() throws IOException;

  /**
   * Gives the file, if it is there, a name that says that it is to be deleted, which the start does
   * should the process end before {@link #delete}.
   */
  public abstract void doom() throws IOException;

  /** Whether {@link #doom} was not followed by {@link #delete}. */
  public abstract boolean isDoomed();

  /**
   * Notes that the file is or was among the kept ones, before it is moved back from there: durable
   * on return, and held until {@link #delete}, or until it is set aside. It may be that of a photo
   * whose row was lost.
   */
  public abstract void rememberKept() throws IOException;

  /** Whether {@link #rememberKept} was not followed by {@link #delete}, or nobody can tell. */
  public abstract boolean wasKept();

  abstract void forgetKept() throws IOException;

  /** Says that another node goes on with it: nothing of it is needed here any more. */
  public abstract void leave() throws IOException;

  /**
   * Deletes the file, if it is there; one that was moved on when it was kept is not.
   *
   * @return the names of pieces that are gone, whether they were there or not
   */
  public abstract List<String> delete() throws IOException;
}
