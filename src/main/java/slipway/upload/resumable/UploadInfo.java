package slipway.upload.resumable;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;
import slipway.upload.FileName;

/**
 * What is known of an upload in pieces from its start on.
 *
 * @param id 32 hex digits that nobody can guess: anyone who knows them may continue the upload
 * @param key what it is of; of one that is {@link #DEFERRED}, with the most bytes it may have
 * @param filename the name it has with the visitor: data to show, never a path
 * @param mediaName name of its file in the spool, and where it is kept
 * @param metadata what the client said about it, in the client's form
 * @param concat {@link #PARTIAL}, {@link #DEFERRED}, the ids that a final upload was put together
 *     from, or empty
 * @param epoch how often nodes have taken it over: who had it before writes nothing any more
 */
public record UploadInfo(
    String id,
    UploadKey key,
    String filename,
    String mediaName,
    String metadata,
    String concat,
    long epoch) {
  /** The name is kept as far as it is of use. */
  public UploadInfo {
    filename = FileName.kept(filename);
  }

  /** That of one which no node has taken over. */
  UploadInfo(
      String id,
      String token,
      String identifier,
      long size,
      String filename,
      String mediaName,
      String metadata,
      String concat) {
    this(id, new UploadKey(token, identifier, size), filename, mediaName, metadata, concat, 0);
  }

  /** The upload token's secret. */
  public String token() {
    return key.token();
  }

  /** The name its client gave the file; the id where the client gives none. */
  public String identifier() {
    return key.identifier();
  }

  /** Bytes of the whole file; of one that is {@link #DEFERRED}, the most it may have. */
  public long size() {
    return key.size();
  }

  /** The {@link #concat} of an upload that is only a part of another. */
  public static final String PARTIAL = "partial";

  /** The {@link #concat} of an upload whose client says later how long the file is. */
  static final String DEFERRED = "deferred";

  /** What a title stands under in the metadata. */
  private static final String TITLE = "photo_title";

  /** Whether its client has not said yet how long the file is. */
  public boolean isDeferred() {
    return concat.equals(DEFERRED);
  }

  /** Whether its chunks come one after the other, as {@link UploadKey#inOrder} has it. */
  boolean isInOrder() {
    return UploadKey.isInOrder(identifier());
  }

  /** Whether it is only a part, to be put together with others. */
  public boolean isPartial() {
    return concat.equals(PARTIAL);
  }

  /** Whether it is a file that its client gave no other name than its id. */
  boolean hasNoOtherName() {
    return identifier().equals(id) && (concat.isEmpty() || isDeferred());
  }

  /** Whether its client gave a file of that name and size another name than this one. */
  boolean isAnotherNameOf(UploadKey other, String name) {
    return (concat.isEmpty() || isDeferred())
        && !hasNoOtherName()
        && size() == other.size()
        && filename.equals(FileName.kept(name))
        && !identifier().equals(other.identifier());
  }

  /** Whether its client gave it no other name than its id: one connection at a time sends it. */
  boolean isNamedById() {
    return identifier().equals(id);
  }

  /** Whether it was put together from others. */
  public boolean isPutTogether() {
    return !concat.isEmpty() && !isPartial() && !isDeferred();
  }

  /** What the visitor calls it, as the metadata of tus has it; empty for nothing. */
  String title() {
    return Stream.of(metadata.split(","))
        .map(pair -> pair.strip().split(" ", 2))
        .filter(pair -> pair.length == 2 && pair[0].equals(TITLE))
        .map(pair -> new String(Base64.getDecoder().decode(pair[1].strip()), UTF_8))
        .findFirst()
        .orElse("");
  }

  /** The ids of those that it was put together from. */
  public List<String> parts() {
    return isPutTogether() ? List.of(concat.split(" ")) : List.of();
  }

  /** The same under another id, as of an upload that its client gave no other name. */
  UploadInfo withId(String other) {
    UploadKey own = new UploadKey(token(), other, size());
    return new UploadInfo(other, own, filename, mediaName, metadata, concat, epoch);
  }

  /** The same of a file of which it is known by now how long it is. */
  UploadInfo declared(long bytes) {
    UploadKey own = new UploadKey(token(), identifier(), bytes);
    return new UploadInfo(id, own, filename, mediaName, metadata, "", epoch);
  }

  /** The same of a file of which it is known by now how its visitor calls it. */
  UploadInfo named(String name) {
    return new UploadInfo(id, key, name, mediaName, metadata, concat, epoch);
  }

  /** The same with its file under another name. */
  UploadInfo withMediaName(String name) {
    return new UploadInfo(id, key, filename, name, metadata, concat, epoch);
  }

  /** Says nothing secret. */
  @Override
  public String toString() {
    return "UploadInfo[size=" + size() + "]";
  }
}
