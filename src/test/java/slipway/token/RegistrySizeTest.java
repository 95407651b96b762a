package slipway.token;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import slipway.db.Database;
import slipway.harness.NewDatabase;
import slipway.harness.SetClock;

class RegistrySizeTest {
  private static final int TOKENS = Integer.getInteger("slipway.test.tokens", 20_000);

  @TempDir Path folder;

  private static long used() {
    System.gc();
    System.gc();
    return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
  }

  /** A million tokens, each with an address and a title of its own, take 300 MB at most. */
  @Test
  void keepsATokenInLessThan300Bytes() throws IOException {
    SetClock clock = new SetClock();
    long until = clock.instant().plusSeconds(3600).toEpochMilli();
    try (Database database = NewDatabase.open(folder.resolve("test.db"))) {
      database.write(
          tx ->
              tx.execute(
                  """
                  with recursive n (i) as (select 1 union all select i + 1 from n where i < ?)
                  insert into upload_token (token, return_url, album_id, title, description, tags,
                    publish, valid_minutes, max_uploads, valid_until, credential_id)
                  select lower(hex(randomblob(20))), 'https://www.example.com/back?visitor=' || i,
                    '', 'A day at the harbour ' || i, '', 'summer', true, 180, 1, ?, 1 from n\
                  """,
                  TOKENS,
                  until));
      List<String> ids =
          database.read(
              handle ->
                  handle.createQuery("select token from upload_token").mapTo(String.class).list());
      MemoryTokenRegistry registry = new MemoryTokenRegistry(database, clock);
      long before = used();
      ids.forEach(registry::find);
      long each = (used() - before) / TOKENS;
      assertThat(registry.inMemory()).isEqualTo(TOKENS);
      assertThat(each).isBetween(100L, 300L);
    }
  }
}
