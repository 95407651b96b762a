package slipway.token;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import slipway.db.Database;
import slipway.harness.NewDatabase;
import slipway.harness.SetClock;

class RegistrySizeTest {
  private static final int TOKENS = Integer.getInteger("slipway.test.tokens", 100_000);

  @TempDir Path folder;

  private static long used() {
    System.gc();
    System.gc();
    return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
  }

  /** A million tokens, each with an address of its own, take less than half a gigabyte. */
  @Test
  void keepsATokenInLessThan450Bytes() throws IOException {
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
                    '', '', '', '', true, 180, 1, ?, 1 from n""",
                  TOKENS,
                  until));
      long before = used();
      TokenRegistry registry = new MemoryTokenRegistry(database, clock);
      long each = (used() - before) / TOKENS;
      assertThat(registry.count(1L)).isEqualTo(TOKENS);
      assertThat(each).isLessThan(450);
    }
  }
}
