package slipway.photo;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.HandleCallback;
import slipway.db.Reading;
import slipway.db.RowReader;

/** The files that the photos have, for a comparison with the existing ones. */
public final class PhotoFiles {
  private final Reading database;

  /** The files of that database's photos. */
  public PhotoFiles(Reading database) {
    this.database = database;
  }

  /**
   * A photo's file.
   *
   * @param treeId storage tree
   * @param mediaKey name, unique
   */
  public record File(int treeId, String mediaKey) {
    static File of(RowReader row) throws SQLException {
      return new File(row.integer("tree_id"), row.text("media_key"));
    }
  }

  /**
   * A photo's file with what its row says of its renditions.
   *
   * @param version see {@link RenditionVersion}
   * @param areMade whether they are there, as far as the row knows
   * @param videoVersion of the copy of a video; {@link RenditionVersion#NONE} for none
   */
  public record Rendered(File file, long version, boolean areMade, long videoVersion) {
    static Rendered of(RowReader row) throws SQLException {
      return new Rendered(
          File.of(row),
          row.number("rendition_version"),
          row.constant("rendition_state", RenditionState.class) == RenditionState.DONE,
          row.number("video_version"));
    }
  }

  /** What the rows with these names, which may be some hundreds, say about renditions. */
  public List<Rendered> rendered(Collection<String> mediaKeys) {
    if (mediaKeys.isEmpty()) {
      return List.of();
    }
    return read(
        handle ->
            handle
                .createQuery(
                    "select tree_id, media_key, rendition_version, rendition_state,"
                        + " video_version from photo where media_key in (<keys>)")
                .bindList("keys", List.copyOf(mediaKeys))
                .map(RowReader.to(Rendered::of))
                .list());
  }

  /** Those files with one of these names, which may be some hundreds. */
  public Set<File> known(Collection<String> mediaKeys) {
    if (mediaKeys.isEmpty()) {
      return Set.of();
    }
    return read(
        handle ->
            new HashSet<>(
                handle
                    .createQuery("select tree_id, media_key from photo where media_key in (<keys>)")
                    .bindList("keys", List.copyOf(mediaKeys))
                    .map(RowReader.to(File::of))
                    .list()));
  }

  /** The files whose names follow a name, in order. */
  public List<File> after(String mediaKey, int count) {
    return read(
        handle ->
            handle
                .createQuery(
                    "select tree_id, media_key from photo where media_key > ?"
                        + " order by media_key limit ?")
                .bind(0, mediaKey)
                .bind(1, count)
                .map(RowReader.to(File::of))
                .list());
  }

  /** The files whose names lie between two: the first one or more, and less than the second. */
  public Set<File> between(String from, String to) {
    return read(
        handle ->
            new HashSet<>(
                handle
                    .createQuery(
                        "select tree_id, media_key from photo where media_key >= ? and media_key < ?")
                    .bind(0, from)
                    .bind(1, to)
                    .map(RowReader.to(File::of))
                    .list()));
  }

  /** The name that follows so many names from a start on; empty when there are not so many. */
  public Optional<String> next(String from, int count) {
    return read(
        handle ->
            handle
                .createQuery(
                    "select media_key from photo where media_key >= ?"
                        + " order by media_key limit 1 offset ?")
                .bind(0, from)
                .bind(1, count)
                .mapTo(String.class)
                .findOne());
  }

  /** The name of the newest file, as names begin with the time; empty when there is no photo. */
  public Optional<String> newest() {
    return read(
        handle ->
            handle.createQuery("select max(media_key) from photo").mapTo(String.class).findOne());
  }

  /** Some files, spread evenly over all photos by number; fewer when there are few. */
  public List<File> sample(int count) {
    return read(
        handle -> {
          long first = number(handle, "min");
          long step = Math.max(1, (number(handle, "max") - first + count) / count);
          List<File> files = new ArrayList<>();
          for (int i = 0; i < count; i++) {
            handle
                .createQuery(
                    "select tree_id, media_key from photo where photo_id >= ? and photo_id < ?"
                        + " order by photo_id desc limit 1")
                .bind(0, first + i * step)
                .bind(1, first + (i + 1) * step)
                .map(RowReader.to(File::of))
                .findOne()
                .ifPresent(files::add);
          }
          return files;
        });
  }

  private static long number(Handle handle, String which) {
    return handle
        .createQuery("select coalesce(" + which + "(photo_id), 0) from photo")
        .mapTo(Long.class)
        .one();
  }

  private <T> T read(HandleCallback<T, RuntimeException> query) {
    return database.read(query);
  }
}
