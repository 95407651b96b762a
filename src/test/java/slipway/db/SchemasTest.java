package slipway.db;

import static java.util.stream.Collectors.joining;
import static java.util.stream.Collectors.toCollection;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import slipway.harness.NeedsPostgres;
import slipway.harness.TestedDatabase;

/** The tables of all databases are the same. */
@NeedsPostgres
class SchemasTest {
  private static final Path MIGRATIONS = Path.of("src/main/resources/db");

  /** The first version of a PostgreSQL has all that SQLite has by then. */
  private static final int FIRST_OF_POSTGRES = 69;

  private static final Map<String, String> TYPES =
      Map.of("real", "double precision", "blob", "bytea", "integer", "number", "bigint", "number");

  /** Of photos whose texts were not folded yet, which only SQLite may have. */
  private static final Pattern OF_BEFORE = Pattern.compile("photo_by_(title|words)");

  /**
   * Of rows that an upload writes with those that they belong to: no key of PostgreSQL checks it.
   */
  private static final Set<String> WRITTEN_TOGETHER =
      Set.of(
          "outgoing_call.event_id",
          "outgoing_call.webhook_id",
          "photo_album.photo_id",
          "photo_tag.photo_id",
          "photo_title.photo_id",
          "photo_word.photo_id");

  /** Of long texts, for whose hashes PostgreSQL has an index in place of a key. */
  private static final Set<String> BY_HASH =
      Set.of(
          "chunked_upload upload_token,identifier,size",
          "upload_change upload_token,resumable_identifier");

  /** There without the title, whose length an index of PostgreSQL does not take. */
  private static final String WITHOUT_TITLE = "album_by_title";

  @TempDir private static Path folder;
  private static Database sqlite;
  private static Database postgres;

  @BeforeAll
  static void open() throws IOException {
    sqlite = TestedDatabase.SQLITE.open(folder.resolve("a.db"));
    postgres = TestedDatabase.POSTGRES.open(folder.resolve("b.db"));
  }

  @AfterAll
  static void close() {
    sqlite.close();
    postgres.close();
  }

  private static Set<String> rows(Database database, String sql) {
    List<String> rows = database.read(handle -> handle.createQuery(sql).mapTo(String.class).list());
    return new TreeSet<>(rows);
  }

  @Test
  void haveTheSameColumns() {
    Set<String> ofSqlite =
        rows(
            sqlite,
            """
            select t.name || '.' || c.name || ' ' || lower(c.type)
              || case when c."notnull" or c.pk > 0 then ' not null' else '' end
              || case when c.hidden in (2, 3) then ' generated' else '' end
              || coalesce(' default ' || c.dflt_value, '')
            from sqlite_master t join pragma_table_xinfo(t.name) c
            where t.type = 'table' and t.name not like 'sqlite_%' and t.name not like 'flyway_%'""");
    Set<String> ofPostgres =
        rows(
            postgres,
            """
            select table_name || '.' || column_name || ' ' || data_type
              || case when is_nullable = 'NO' then ' not null' else '' end
              || case when is_generated = 'ALWAYS' then ' generated' else '' end
              || coalesce(' default ' || column_default, '')
            from information_schema.columns
            where table_schema = 'public' and table_name not like 'flyway_%'""");
    assertThat(ofSqlite).hasSizeGreaterThan(100);
    assertThat(columns(ofPostgres)).isEqualTo(columns(ofSqlite));
  }

  private static Set<String> columns(Set<String> columns) {
    return new TreeSet<>(columns.stream().map(SchemasTest::column).toList());
  }

  private static String column(String column) {
    String[] words = column.replaceAll("::\\w+|[()]", "").replace("'-1'", "-1").split(" ", 3);
    String rest = words.length == 3 ? " " + words[2] : "";
    String type = words[1] + (rest.startsWith(" precision") ? " precision" : "");
    return words[0] + " " + TYPES.getOrDefault(type, type) + rest.replaceFirst("^ precision", "");
  }

  /** SQLite's foreign keys have their actions in upper case. */
  @Test
  void haveTheSameForeignKeys() {
    Set<String> ofSqlite =
        rows(
            sqlite,
            """
            select t.name || '.' || f."from" || ' ' || f."table" || ' ' || lower(f.on_delete)
            from sqlite_master t join pragma_foreign_key_list(t.name) f
            where t.type = 'table'""");
    Set<String> ofPostgres =
        rows(
            postgres,
            """
            select c.conrelid::regclass || '.' || a.attname || ' ' || c.confrelid::regclass || ' '
              || case c.confdeltype when 'c' then 'cascade' when 'n' then 'set null'
                when 'a' then 'no action' else c.confdeltype::text end
            from pg_constraint c join pg_attribute a
              on a.attrelid = c.conrelid and a.attnum = c.conkey[1]
            where c.contype = 'f' and c.connamespace = 'public'::regnamespace""");
    assertThat(ofSqlite).hasSizeGreaterThan(10);
    assertThat(ofPostgres)
        .isEqualTo(
            ofSqlite.stream()
                .filter(key -> !WRITTEN_TOGETHER.contains(key.substring(0, key.indexOf(' '))))
                .collect(toCollection(TreeSet::new)));
  }

  @Test
  void haveTheSameKeys() {
    Set<String> ofSqlite =
        rows(
            sqlite,
            """
            select t.name || ' ' || group_concat(c.name, ',' order by c.seqno)
            from sqlite_master t join pragma_index_list(t.name) i join pragma_index_info(i.name) c
            where t.type = 'table' and i.origin <> 'c' and t.name not like 'flyway_%'
            group by t.name, i.name
            union all
            select t.name || ' ' || c.name from sqlite_master t join pragma_table_info(t.name) c
            where t.type = 'table' and c.pk = 1 and lower(c.type) in ('integer')
              and t.name not like 'sqlite_%' and t.name not like 'flyway_%'""");
    Set<String> ofPostgres =
        rows(
            postgres,
            """
            select c.conrelid::regclass || ' ' || (select string_agg(a.attname, ',' order by k.n)
              from unnest(c.conkey) with ordinality k (attnum, n) join pg_attribute a
                on a.attrelid = c.conrelid and a.attnum = k.attnum)
            from pg_constraint c
            where c.contype in ('p', 'u') and c.connamespace = 'public'::regnamespace
              and c.conrelid::regclass::text not like 'flyway_%'""");
    assertThat(ofSqlite).hasSizeGreaterThan(20);
    Set<String> hashed =
        rows(
            postgres,
            """
            select tablename || ' ' || substring(replace(indexdef, ' ', '') from 'btree\\((.*)\\)$')
            from pg_indexes where indexdef like 'CREATE UNIQUE INDEX%text\\_hash%'""");
    hashed.forEach(key -> ofPostgres.add(key.replaceAll("text_hash\\((\\w+)\\)", "$1")));
    assertThat(ofPostgres).isEqualTo(ofSqlite).containsAll(BY_HASH);
  }

  @Test
  void haveTheSameIndexes() {
    Set<String> ofSqlite =
        rows(
            sqlite,
            """
            select sql from sqlite_master
            where type = 'index' and sql is not null and tbl_name not like 'flyway_%'""");
    Set<String> ofPostgres =
        rows(
            postgres,
            """
            select pg_get_indexdef(indexrelid) from pg_index
            where indrelid::regclass::text not like 'flyway_%'
              and indrelid in (select oid from pg_class where relnamespace = 'public'::regnamespace)
              and indexrelid not in (select conindid from pg_constraint where contype in ('p', 'u'))""");
    assertThat(ofSqlite).hasSizeGreaterThan(40);
    assertThat(indexes(ofPostgres)).isEqualTo(indexes(ofSqlite));
  }

  private static Set<String> indexes(Set<String> indexes) {
    return new TreeSet<>(
        indexes.stream()
            .map(SchemasTest::index)
            .filter(index -> !OF_BEFORE.matcher(index).find() && !index.contains("text_hash"))
            .map(index -> index.contains(WITHOUT_TITLE) ? index.replace(",title,", ",") : index)
            .toList());
  }

  /** In the words of one of them, without spaces and parentheses. */
  private static String index(String sql) {
    return sql.toLowerCase(Locale.ROOT)
        .replaceAll("public\\.| using btree|::text|::double precision|[\\[\\]]", "")
        .replace("= any (array", " in ")
        .replaceAll("[\\s()]", "");
  }

  @Test
  void haveTheSameVersionsFromTheFirstOfPostgresOn() throws IOException {
    assertThat(versions("postgresql")).isEqualTo(versions("migration")).isNotEmpty();
  }

  private static List<Integer> versions(String folder) throws IOException {
    try (Stream<Path> files = Files.list(MIGRATIONS.resolve(folder))) {
      String names = files.map(file -> file.getFileName().toString()).collect(joining("\n"));
      return Pattern.compile("(?m)^V(\\d+)__.*\\.sql$")
          .matcher(names)
          .results()
          .map((MatchResult version) -> Integer.valueOf(version.group(1)))
          .filter(version -> version >= FIRST_OF_POSTGRES)
          .sorted()
          .toList();
    }
  }
}
