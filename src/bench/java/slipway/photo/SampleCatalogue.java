package slipway.photo;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A large catalogue in which every kind of set is there small and large. Photo n always gets the
 * same: what looks random is a number spread by multiplication. Its files are named by {@link
 * #mediaKey} and {@link #treeId}.
 */
public final class SampleCatalogue {
  private static final int BATCH = 20_000;
  private static final int USERS = 5002;
  private static final int ALBUMS = 5002;

  /** KiB for the writer's pages: what is spread over large indexes comes soon. */
  private static final String MANY_PAGES = "pragma cache_size = -800000";

  /** Milliseconds from photo to photo in the rows below: a million in eight years. */
  private static final String INTERVAL = "250000";

  /** One photo every 250 seconds, from 2018 on; sooner after each other where there are more. */
  private static final String NUMBERS =
      "with recursive ns(n) as (select %d union all select n + 1 from ns where n < %d) ";

  private static final List<String> ROWS =
      List.of(
          """
          insert into photo (photo_id, token, tree_id, media_key, title, description, published,
            video, user_id, filename, content_type, size, upload_token, taken_at, published_at,
            created_at, rendition_state, view_count, counted,
            description_folded)
          select n, printf('%032d', n), n % 64 + 1, printf('%032x', n),
            printf('w%d photo w%d %d', n * 7919 % 20000, n * 104729 % 20000, n),
            printf('w%d text', n * 7919 % 20000), n % 20 > 0,
            n % 10 = 0, case when n % 3 = 0 then 1 else n % 5000 + 2 end, 'a.jpg',
            case when n % 1000 = 7 then 'audio/mpeg' else 'image/jpeg' end,
            1000, printf('%016x%024d', n / 5, n / 5),
            case when n % 2 = 0 then n * 7919 % 1000000 * 250000 + 1514764800000 end,
            n * 250000 + 1514764800000, n * 250000 + 1514764800000,
            case when n % 5000 = 0 then 'waiting' else 'done' end, n * 7919 % 1000, n % 20 > 0,
            printf('w%d text', n * 7919 % 20000)
          from ns\
          """,
          """
          insert into photo_title (photo_id, folded)
          select n, printf('w%d photo w%d %d', n * 7919 % 20000, n * 104729 % 20000, n) from ns\
          """,
          """
          insert into photo_album (photo_id, album_id)
          select n, n % 5000 + 2 from ns union all select n, 1 from ns where n % 2 = 0\
          """,
          """
          insert into photo_tag (photo_id, tag, position)
          select n, 'rare' || (n * 7919 % 50000), 0 from ns
          union all select n, 'odd', 1 from ns where n % 4 = 1
          union all select n, 'even', 1 from ns where n % 4 = 2
          union all select n, 'fifth', 2 from ns where n % 5 = 0
          union all select n, 'hundredth', 3 from ns where n % 100 = 3\
          """,
          """
          insert into photo_word (photo_id, word)
          select n, 'photo' from ns
          union select n, 'w' || (n * 7919 % 20000) from ns
          union select n, 'w' || (n * 104729 % 20000) from ns
          union select n, 'rare' || (n * 7919 % 50000) from ns
          union select n, '' || n from ns
          union select n, 'tenth' from ns where n % 10 = 0
          union select n, 'ninth' from ns where n % 9 = 0\
          """,
          """
          insert into event (event_id, type, photo_id, payload, created_at, state)
          select printf('evt_%024x', n), 'photo.uploaded', n,
            printf('{"type":"photo.uploaded","photo":{"photo_id":"%d","text":"%0250d"}}', n, n),
            n * 250000 + 1514764800000, 'delivered'
          from ns\
          """);

  private static final List<String> COUNTS =
      List.of(
          """
          insert into tag (tag, folded, photo_count) select t.tag, t.tag, sum(p.counted)
          from photo_tag t join photo p on p.photo_id = t.photo_id group by t.tag""",
          """
          update album set photo_count = (select count(*) from photo_album x
            join photo p on p.photo_id = x.photo_id where x.album_id = album.album_id and p.counted)\
          """,
          """
          update photo_total set (photos, published, bytes, latest) =
            (select count(*), sum(published), sum(size), max(published_at) from photo)""");

  private final Path file;

  /** One that is to fill the database in that file, which has its tables and is empty. */
  public SampleCatalogue(Path file) {
    this.file = file;
  }

  /** Adds so many photos, with all that is derived from them, and their events. */
  public void fill(int photos) throws SQLException {
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
        Statement statement = connection.createStatement()) {
      statement.execute("pragma synchronous = off");
      statement.execute(MANY_PAGES);
      write(statement, "insert into app_user (username, created_at) select 'user' || n, 0 from ns", 1, USERS);
      write(
          statement,
          "insert into album (token, title, title_folded, created_at)"
              + " select n, 'Album ' || n, 'album ' || n, 0 from ns",
          1,
          ALBUMS);
      for (int first = 1; first <= photos; first += BATCH) {
        for (String rows : ROWS) {
          String inThePast = rows.replace(INTERVAL, Integer.toString(interval(photos)));
          write(statement, inThePast, first, Math.min(photos, first + BATCH - 1));
        }
      }
      for (String sql : COUNTS) {
        statement.execute(sql);
      }
    }
  }

  private static int interval(int photos) {
    return (int) (Long.parseLong(INTERVAL) * 1_000_000 / Math.max(1_000_000, photos));
  }

  /** The name of a photo's file. */
  public static String mediaKey(int photoId) {
    return "%032x".formatted(photoId);
  }

  /** The storage tree of a photo's file. */
  public static int treeId(int photoId) {
    return photoId % 64 + 1;
  }

  private static void write(Statement statement, String insert, int first, int last)
      throws SQLException {
    statement.execute(NUMBERS.formatted(first, last) + insert);
  }

  /** Filters by what they are good for. */
  static Map<String, PhotoFilter> filters() {
    Map<String, PhotoFilter> filters = new LinkedHashMap<>();
    filters.put("all", new Filter().done());
    filters.put("with those unpublished", new Filter().unpublished().done());
    filters.put("album of 200", new Filter().album(3).done());
    filters.put("album of half", new Filter().album(1).done());
    filters.put("user of 133", new Filter().user(10).done());
    filters.put("user of a third", new Filter().user(1).done());
    filters.put("tag of 20", new Filter().tags(true, "rare7").done());
    filters.put("tag of a quarter", new Filter().tags(true, "odd").done());
    filters.put("tags of 20 and of a quarter", new Filter().tags(true, "rare7", "odd").done());
    filters.put("tags of a quarter and of a fifth", new Filter().tags(true, "odd", "fifth").done());
    filters.put("large tags that no photo has both", new Filter().tags(true, "odd", "even").done());
    filters.put("any of two large tags", new Filter().tags(false, "odd", "even").done());
    filters.put("word of 150", new Filter().search("w77").done());
    filters.put("word of all", new Filter().search("photo").done());
    filters.put("words of a tenth and a ninth", new Filter().search("tenth ninth").done());
    filters.put("beginning of two words of all", new Filter().search("w").done());
    filters.put("word of nothing", new Filter().search("zebra").done());
    filters.put("day", new Filter().time("2024-03-01", "2024-03-02").done());
    filters.put("month", new Filter().time("2024-03-01", "2024-04-01").done());
    filters.put("year", new Filter().time("2020-01-01", "2021-01-01").done());
    filters.put(
        "year and large tag",
        new Filter().time("2020-01-01", "2021-01-01").tags(true, "odd").done());
    filters.put(
        "day of large album", new Filter().time("2024-03-01", "2024-03-02").album(1).done());
    filters.put("videos", new Filter().video(true).done());
    filters.put(
        "videos of a large tag that has none", new Filter().video(true).tags(true, "odd").done());
    filters.put("since a time", new Filter().since("2018-01-01").done());
    filters.put("audio", kind(new PhotoFilter.FileKind(null, true, null, false)));
    filters.put("no audio", kind(new PhotoFilter.FileKind(null, false, null, false)));
    filters.put("videos with pictures", kind(new PhotoFilter.FileKind(null, null, true, false)));
    filters.put(
        "videos without pictures", kind(new PhotoFilter.FileKind(null, null, false, false)));
    filters.put("like a photo of a rare tag", PhotoFilter.PUBLISHED.like(8L));
    filters.put("like a photo of a large tag", PhotoFilter.PUBLISHED.like(5L));
    filters.put("upload token", new Filter().uploadToken("%016x%024d".formatted(777, 777)).done());
    return filters;
  }

  private static PhotoFilter kind(PhotoFilter.FileKind kind) {
    return PhotoFilter.PUBLISHED.kind(kind);
  }

  /** Builds a filter of what matters. */
  private static final class Filter {
    private Long album;
    private Long user;
    private List<String> tags = List.of();
    private boolean everyTag;
    private String search = "";
    private String uploadToken;
    private Instant from;
    private Instant until;
    private Boolean video;
    private boolean unpublished;

    Filter album(long id) {
      album = id;
      return this;
    }

    Filter user(long id) {
      user = id;
      return this;
    }

    Filter tags(boolean every, String... names) {
      tags = List.of(names);
      everyTag = every;
      return this;
    }

    Filter search(String words) {
      search = words;
      return this;
    }

    Filter uploadToken(String token) {
      uploadToken = token;
      return this;
    }

    Filter time(String first, String next) {
      from = Instant.parse(first + "T00:00:00Z");
      until = Instant.parse(next + "T00:00:00Z");
      return this;
    }

    Filter since(String first) {
      from = Instant.parse(first + "T00:00:00Z");
      return this;
    }

    Filter video(boolean only) {
      video = only;
      return this;
    }

    Filter unpublished() {
      unpublished = true;
      return this;
    }

    PhotoFilter done() {
      return PhotoFilter.PUBLISHED.of(album, user, uploadToken).tagged(tags, everyTag).search(search).published(from, until).video(video).unpublished(unpublished);
    }
  }
}
