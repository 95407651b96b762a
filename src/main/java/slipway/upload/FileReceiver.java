package slipway.upload;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import java.util.Optional;
import slipway.media.Incoming;
import slipway.media.LocalFile;
import slipway.media.MediaType;

/**
 * One file being received: its bytes go straight to the spool, and it is refused as soon as there
 * are too many or, if it is certainly a whole file, they show a type that is not accepted.
 */
final class FileReceiver implements WritableByteChannel {
  private final Incoming incoming;
  private final FileRules rules;
  private final UploadRoom room;
  private final String filename;
  private final boolean mayBeChunk;
  private ByteArrayOutputStream head = new ByteArrayOutputStream(0);
  private String type;
  private long size;

  /** Of a whole file. */
  FileReceiver(Incoming incoming, FileRules rules, UploadRoom room, String filename) {
    this(incoming, rules, room, filename, false);
  }

  /**
   * Of a file.
   *
   * @param mayBeChunk whether it may be any part of one, whose first bytes tell no type; {@link
   *     #checkWhole} is to follow where it is none
   */
  FileReceiver(
      Incoming incoming, FileRules rules, UploadRoom room, String filename, boolean mayBeChunk) {
    this.incoming = incoming;
    this.rules = rules;
    this.room = room;
    this.filename = filename;
    this.mayBeChunk = mayBeChunk;
  }

  @Override
  public int write(ByteBuffer bytes) throws IOException {
    size += bytes.remaining();
    rules.checkSize(size);
    if (type == null) {
      look(bytes);
    }
    room.take(bytes.remaining());
    try {
      return incoming.write(bytes);
    } catch (IOException e) {
      throw room.failed(e);
    }
  }

  /** Notes that the file is whole. */
  void end() throws IOException {
    if (!mayBeChunk) {
      checkNotEmpty();
    }
    if (type == null) {
      decide();
    }
  }

  private void checkNotEmpty() throws UploadRefusedException {
    if (size == 0) {
      throw UploadRefusedException.empty();
    }
  }

  /**
   * Refuses it after {@link #end}, as it would have been refused at once had it certainly been
   * whole.
   */
  void checkWhole() throws UploadRefusedException {
    checkNotEmpty();
    rules.checkType(type);
  }

  private void look(ByteBuffer bytes) throws IOException {
    if (head.size() == 0 && isToldByFirst(bytes)) {
      return;
    }
    byte[] some = new byte[Math.min(MediaType.HEAD_BYTES - head.size(), bytes.remaining())];
    bytes.get(bytes.position(), some);
    head.writeBytes(some);
    if (head.size() == MediaType.HEAD_BYTES) {
      decide();
    }
  }

  /** The type of most files is known by then. */
  private boolean isToldByFirst(ByteBuffer bytes) throws IOException {
    byte[] first = new byte[Math.min(MediaType.FIRST_BYTES, bytes.remaining())];
    bytes.get(bytes.position(), first);
    Optional<String> told = MediaType.ofFirstBytes(first);
    if (told.isPresent()) {
      decide(told.get());
    }
    return told.isPresent();
  }

  private void decide() throws IOException {
    decide(MediaType.detect(head.toByteArray()));
  }

  private void decide(String told) throws IOException {
    type = told;
    head = null;
    if (!mayBeChunk) {
      rules.checkType(type);
    }
  }

  /** The file, after {@link #end}. */
  Received received() {
    return new Received(incoming, filename, type, size);
  }

  /** Lends it, after {@link #end}. */
  LocalFile lend() {
    return incoming.lend();
  }

  @Override
  public boolean isOpen() {
    return incoming.isOpen();
  }

  @Override
  public void close() throws IOException {
    incoming.close();
  }
}
