package slipway.mail;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import slipway.db.Database;
import slipway.db.Plain;
import slipway.db.RowReader;

/** Reads digests from the database, as far as their files are still there. */
final class DigestTable {
  /** Sources that a digest names. */
  static final int MOST_SOURCES = 10;

  /** Files that it names of each. */
  static final int MOST_NAMES = 5;

  private static final String FILES =
      """
      select source, source_title, name, files, total from (
        select coalesce(a.upload_link, '') || ' ' || coalesce(a.album_id, 0) as source,
          substr(coalesce(l.name, b.title, ''), 1, 200) as source_title,
          substr(case when p.title = '' then p.filename else p.title end, 1, 200) as name,
          count(*) over () as total,
          count(*) over (partition by a.upload_link, a.album_id) as files,
          min(a.arrival_id) over (partition by a.upload_link, a.album_id) as earliest,
          row_number() over (partition by a.upload_link, a.album_id order by a.arrival_id) as place
        from mail_arrival a join photo p on p.photo_id = a.photo_id
          left join upload_link l on l.upload_link = a.upload_link
          left join album b on b.album_id = a.album_id
        where a.digest = ? and coalesce(l.notified, b.notified, true)) named
      where place <= ? order by files desc, earliest, place limit ?\
      """;

  private static final String ADDRESS =
      "select email from app_user where user_id = ? and notified and email <> ''";

  private final Database database;

  DigestTable(Database database) {
    this.database = database;
  }

  private record Line(String source, String title, String name, long files, long total) {}

  /** The digest of that id; empty where nothing is left to tell, or nobody who wants to know. */
  Optional<Digest> find(String id, long userId) {
    return database.read(
        handle ->
            Plain.query(handle, row -> row.text("email"), ADDRESS, userId).stream()
                .findFirst()
                .flatMap(
                    address ->
                        digest(
                            id,
                            address,
                            Plain.query(
                                handle,
                                DigestTable::line,
                                FILES,
                                id,
                                MOST_NAMES,
                                MOST_SOURCES * MOST_NAMES))));
  }

  private static Line line(RowReader row) throws SQLException {
    return new Line(
        row.text("source"),
        row.text("source_title"),
        row.text("name"),
        row.number("files"),
        row.number("total"));
  }

  private static Optional<Digest> digest(String id, String address, List<Line> lines) {
    Map<String, Digest.DigestSource> sources = new LinkedHashMap<>();
    for (Line line : lines) {
      if (sources.containsKey(line.source()) || sources.size() < MOST_SOURCES) {
        sources
            .computeIfAbsent(
                line.source(),
                any -> new Digest.DigestSource(line.title(), line.files(), new ArrayList<>()))
            .names()
            .add(line.name());
      }
    }
    return lines.stream()
        .findFirst()
        .map(line -> new Digest(id, address, line.total(), List.copyOf(sources.values())));
  }
}
