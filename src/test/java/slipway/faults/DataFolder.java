package slipway.faults;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import slipway.media.MediaKey;
import slipway.photo.RenditionSize;

/** What a server has on the disk, looked at from outside. */
final class DataFolder implements AutoCloseable {
  private static final Set<String> ALL_SIZES =
      Stream.of(RenditionSize.values()).map(RenditionSize::id).collect(Collectors.toSet());

  private final Path media;
  private final Handle database;

  DataFolder(Path folder) {
    this.media = folder.resolve("media");
    this.database = Jdbi.create("jdbc:sqlite:" + folder.resolve("slipway.db")).open();
  }

  /**
   * What the database would have if the server were killed now, without the media: no transaction
   * may be under way.
   *
   * @param copy where a copy of its files is put
   */
  static DataFolder afterAKill(Path folder, Path copy) throws IOException {
    for (String file : List.of("slipway.db", "slipway.db-wal")) {
      Files.copy(folder.resolve(file), copy.resolve(file));
    }
    return new DataFolder(copy);
  }

  /** The keys of all originals in the media folder, those being received included. */
  List<String> originals() throws IOException {
    List<String> all = kept();
    all.addAll(incoming());
    return all;
  }

  /** The keys of all originals in the storage trees. */
  List<String> kept() throws IOException {
    List<String> keys = new ArrayList<>();
    for (int tree : IntStream.rangeClosed(1, MediaKey.TREES).toArray()) {
      keys.addAll(files(media.resolve(Integer.toString(tree))));
    }
    return keys;
  }

  /** The names of the originals being received. Renditions are made in folders there. */
  List<String> incoming() throws IOException {
    return files(media.resolve("incoming"));
  }

  private static List<String> files(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(Files::isRegularFile).map(file -> file.getFileName().toString()).toList();
    }
  }

  /** The folders in which renditions are being made, or were. */
  long unfinishedRenditions() throws IOException {
    try (Stream<Path> files = Files.list(media.resolve("incoming"))) {
      return files.filter(Files::isDirectory).count();
    }
  }

  /** The keys of all files that photos have. */
  List<String> mediaKeys() {
    return database.createQuery("select media_key from photo").mapTo(String.class).list();
  }

  /** The originals of all photos, read from the disk. */
  List<byte[]> files() throws IOException {
    List<byte[]> files = new ArrayList<>();
    for (String path :
        database
            .createQuery("select tree_id || '/' || media_key from photo")
            .mapTo(String.class)
            .list()) {
      files.add(Files.readAllBytes(media.resolve(path)));
    }
    return files;
  }

  /** The ids of all photos. */
  List<String> photoIds() {
    return database.createQuery("select photo_id from photo").mapTo(String.class).list();
  }

  /** The paths at which the originals of all photos are asked for. */
  List<String> paths() {
    return database
        .createQuery(
            "select '/' || tree_id || '/' || photo_id || '/' || token || '/original' from photo")
        .mapTo(String.class)
        .list();
  }

  /** The names of the files of all unfinished uploads in pieces. */
  List<String> unfinished() {
    return database
        .createQuery("select media_name from chunked_upload where photo_id is null")
        .mapTo(String.class)
        .list();
  }

  /** The bytes that are there of an upload in chunks that is no photo yet, as its row has them. */
  Optional<String> received(String token, String identifier) {
    return database
        .createQuery(
            "select received from chunked_upload"
                + " where upload_token = ? and identifier = ? and photo_id is null")
        .bind(0, token)
        .bind(1, identifier)
        .mapTo(String.class)
        .findOne();
  }

  /** Of how many photos the renditions are in this state. */
  int renditions(String state) {
    return number("select count(*) from photo where rendition_state = ?", state);
  }

  /** The photos of which renditions are missing that are said to be made; their folders. */
  List<String> withoutRenditions() throws IOException {
    List<String> missing = new ArrayList<>();
    for (String path :
        database
            .createQuery(
                "select tree_id || '/' || media_key || '.renditions'"
                    + " || iif(rendition_version = 0, '', '-' || rendition_version)"
                    + " from photo where rendition_state = 'done'")
            .mapTo(String.class)
            .list()) {
      Path folder = media.resolve(path);
      if (!Files.isDirectory(folder) || !new HashSet<>(files(folder)).containsAll(ALL_SIZES)) {
        missing.add(path);
      }
    }
    return missing;
  }

  /** How many uses of a token are spent. */
  int spent(String token) {
    return number("select spent from upload_token where token = ?", token);
  }

  /** How many uses of a token unfinished uploads hold; parts of uploads hold none. */
  int held(String token) {
    return number(
        "select count(*) from chunked_upload"
            + " where upload_token = ? and photo_id is null and concat = ''",
        token);
  }

  /** How many photos came with a token. */
  int photos(String token) {
    return number("select count(*) from photo where upload_token = ?", token);
  }

  private int number(String sql, String value) {
    return database.createQuery(sql).bind(0, value).mapTo(Integer.class).one();
  }

  @Override
  public void close() {
    database.close();
  }
}
