package slipway.http.upload.chunk;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.code_intelligence.jazzer.mutation.annotation.NotNull;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import slipway.http.ApiException;
import slipway.http.ErrorCode;
import slipway.http.Parameters;
import slipway.http.upload.ChunkFields;
import slipway.upload.UploadRefusedException;
import slipway.upload.resumable.Sender;

/** Whatever the fields of a chunk say, it lies within its file, or is refused by name. */
class ChunkFuzzTest {
  private static final String PREFIX = "resumable";
  private static final ChunkFields NAMES = ChunkFields.DIALECTS.get(0);
  private static final Sender WHO = new Sender("192.0.2.1", "a browser");
  private static final int MOST_TILES = 1000;

  static Stream<Arguments> chunks() {
    return Stream.of(
        Arguments.of("1", "1000", "5500", "5", "1000", "id"),
        Arguments.of("5", "1000", "5500", "5", "1500", "id"),
        Arguments.of("6", "1000", "5500", "6", "500", "id"),
        Arguments.of("1", "1000", "10", "", "", "x".repeat(2000)),
        Arguments.of("0", "0", "0", "0", "0", ""),
        Arguments.of("1", "1000", "0", "1", "0", "id"),
        Arguments.of("-1", "-1", "-1", "-1", "-1", "id"),
        Arguments.of("1125899906842623", "1", "1125899906842623", "", "", "id"),
        Arguments.of("9223372036854775808", "+1", "1e3", "١", " 1", "id"));
  }

  @MethodSource("chunks")
  @FuzzTest(maxDuration = "120s")
  void liesWithinItsFileOrIsRefused(
      @NotNull String number,
      @NotNull String chunkSize,
      @NotNull String size,
      @NotNull String count,
      @NotNull String current,
      @NotNull String identifier) {
    try {
      Parameters fields = fields(number, chunkSize, size, count, current, identifier);
      Chunk chunk = Chunk.of(fields, NAMES, "token", WHO);
      assertThat(chunk.offset()).isNotNegative();
      assertThat(chunk.length()).isPositive();
      assertThat(chunk.offset() + chunk.length()).isLessThanOrEqualTo(chunk.key().size());
      assertThat(chunk.length()).isLessThan(2 * Long.parseLong(chunkSize));
      assertThat(chunk.key().identifier()).isEqualTo(identifier).hasSizeLessThanOrEqualTo(1024);
      assertThat(ChunkFields.in(fields).isPresent()).isEqualTo(!identifier.isEmpty());
      checkTiles(chunkSize, size, count);
    } catch (ApiException e) {
      assertThat(e.code()).isEqualTo(ErrorCode.INVALID_INPUT);
      assertThat(e.getMessage()).startsWith("The parameter '" + PREFIX);
    } catch (UploadRefusedException e) {
      assertThat(e.reason()).isEqualTo(UploadRefusedException.Reason.NO_FILE);
      assertThat(Long.parseLong(size)).isZero();
    }
  }

  /** All chunks of that file together are the file, each byte once. */
  private static void checkTiles(String chunkSize, String size, String count)
      throws ApiException, UploadRefusedException {
    long whole = Long.parseLong(size);
    long end = 0;
    for (int i = 1; i <= MOST_TILES && end < whole; i++) {
      Chunk tile =
          Chunk.of(
              fields(Integer.toString(i), chunkSize, size, count, "", "id"), NAMES, "token", WHO);
      assertThat(tile.offset()).isEqualTo(end);
      end += tile.length();
    }
  }

  private static Parameters fields(String... values) {
    String[] names = {
      "ChunkNumber", "ChunkSize", "TotalSize", "TotalChunks", "CurrentChunkSize", "Identifier"
    };
    List<Map.Entry<String, String>> fields = new ArrayList<>();
    for (int i = 0; i < names.length; i++) {
      fields.add(Map.entry(PREFIX + names[i], values[i]));
    }
    return ChunkFields.declaring(Parameters.of(fields));
  }
}
