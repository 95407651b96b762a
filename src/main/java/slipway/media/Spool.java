package slipway.media;

import static java.nio.file.StandardOpenOption.CREATE_NEW;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * The files that are being received, in the local folder {@code incoming/}, wherever they are kept
 * later. Names are made here; nothing from a visitor becomes a path. For many threads.
 */
public final class Spool {
  static final String FOLDER = "incoming";

  private final Path root;
  private final Path folder;
  private final MediaAccess access;
  private final SetAside aside;
  private final PieceStore pieces;
  private final NamesInUse names = new NamesInUse();

  /** A spool in that folder, making it where it is missing; nobody else reads its files. */
  public Spool(Path root) throws IOException {
    this(root, MediaAccess.OWNER);
  }

  /** A spool in that folder, making it where it is missing. */
  public Spool(Path root, MediaAccess access) throws IOException {
    this(root, access, null);
  }

  /**
   * A spool in that folder, making it where it is missing.
   *
   * @param pieces the store of files in pieces until they are whole; null if that is the folder
   */
  public Spool(Path root, MediaAccess access, PieceStore pieces) throws IOException {
    this.pieces = pieces;
    this.root = access.prepareFolder(root);
    this.access = access;
    this.folder = access.prepareFolder(root.resolve(FOLDER));
    this.aside = new SetAside(root, access);
  }

  /** Starts to receive a file in one request. Close it: what was not kept is deleted. */
  public Incoming receive() throws IOException {
    Path path = folder.resolve(newName() + FileNames.WHOLE);
    return new Incoming(path, access.open(path, CREATE_NEW, READ, WRITE));
  }

  /** Starts to receive a file in pieces; it stays until it is kept or deleted. */
  public PartialFile receiveInPieces() {
    return partial(newName());
  }

  /** The file of that name that was started by {@link #receiveInPieces}. */
  public PartialFile partial(String name) {
    if (!FileNames.isName(name)) {
      throw new IllegalArgumentException("No name of a file in the spool");
    }
    names.add(name);
    return new SparseFile(folder.resolve(name), access);
  }

  /**
   * A file in pieces that are kept in a store, from which any node can continue it. The local file
   * is only a copy, under a name of its own.
   *
   * @param name that was made by {@link #receiveInPieces}
   * @param there in the order in which they came
   */
  public PartialFile pieced(String name, List<KeptPiece> there) {
    if (!FileNames.isName(name)) {
      throw new IllegalArgumentException("No name of a file in the spool");
    }
    Path local = folder.resolve(newName() + FileNames.WHOLE);
    return new PiecedFile(name, new SparseFile(local, access), pieces, there);
  }

  /**
   * Brings a file that was received in pieces, and is not there, back from where it was set aside.
   *
   * @return whether it was there
   */
  public boolean bringBack(PartialFile file) throws IOException {
    return aside.bringBack(file.path());
  }

  /** Renames the file of an upload in pieces to a name that does not exist yet. */
  public void rename(PartialFile file, PartialFile next) throws IOException {
    if (Files.exists(file.path())) {
      if (file.wasKept()) {
        next.rememberKept();
      }
      Files.move(file.path(), next.path(), StandardCopyOption.ATOMIC_MOVE);
      Folders.sync(folder);
      file.forgetKept();
    }
  }

  /**
   * Sets a file aside that was received in pieces: it is deleted after the grace time. One that was
   * kept before is put where it would be had it been kept all the time: its photo may come back. Of
   * one whose pieces are in a store, those are left there until then.
   */
  public void setAside(PartialFile file) throws IOException {
    if (!file.mayLoseWhatWasKept()) {
      file.leave();
      return;
    }
    Path path = file.path();
    Path as = file.wasKept() ? FileNames.path(root, MediaKey.of(file.name())) : path;
    if (aside.add(path, as)) {
      aside.sync(as.getParent());
      Folders.sync(folder);
    }
    file.forgetKept();
  }

  /** The files in pieces that an earlier process took from among the kept ones, and left here. */
  public List<PartialFile> wereKept() throws IOException {
    List<PartialFile> files = new ArrayList<>();
    try (DirectoryStream<Path> marks = Files.newDirectoryStream(folder, "*" + FileNames.KEPT)) {
      for (Path mark : marks) {
        String file = mark.getFileName().toString();
        String name = file.substring(0, file.length() - FileNames.KEPT.length());
        if (FileNames.isName(name)) {
          PartialFile marked = new SparseFile(folder.resolve(name), access);
          if (Files.notExists(marked.path())) {
            marked.forgetKept(); // It is among the kept ones, or set aside.
          } else {
            files.add(marked);
          }
        }
      }
    }
    return files;
  }

  /**
   * Notes that nobody continues the file of that name, so that the comparison may handle what is
   * kept under it.
   */
  public void forget(String name) {
    names.remove(name);
  }

  /**
   * What an earlier process left there, and among the files that are kept beside it.
   *
   * @param quiet how long a file must not have been touched to count as left by a process that is
   *     gone; zero if this process has the folder to itself
   */
  public Leftovers leftovers(Duration quiet) {
    return new Leftovers(this, quiet);
  }

  /** Bytes that can still be written to its disk. */
  public long usableBytes() throws IOException {
    return Files.getFileStore(folder).getUsableSpace();
  }

  /** A name for a new file; it keeps it when it is kept. */
  String newName() {
    String name = FileNames.newName();
    names.add(name);
    return name;
  }

  /** The store of files in pieces until they are whole; null if that is its folder. */
  public PieceStore pieces() {
    return pieces;
  }

  /** The folder that it is in, which kept files are in, too. */
  public Path root() {
    return root;
  }

  /** Where its files are. */
  Path folder() {
    return folder;
  }

  MediaAccess access() {
    return access;
  }

  SetAside aside() {
    return aside;
  }

  NamesInUse names() {
    return names;
  }
}
