package slipway.http.upload.tus;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.code_intelligence.jazzer.mutation.annotation.NotNull;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.junit.jupiter.params.provider.ValueSource;
import slipway.harness.HeaderRequest;
import slipway.http.ApiException;
import slipway.http.ErrorCode;
import slipway.upload.UploadRefusedException;

/** Whatever the headers of a tus request say, they are read as written, or refused by name. */
class TusHeadersFuzzTest {
  private static final String SECRET = "022fe6e3fb42758d6147c539727c5358af3524b1";

  private static final String TYPE = "application/offset+octet-stream";

  private interface Reading<T> {
    T read() throws ApiException;
  }

  /** What is read; empty when it is refused in words that name the header. */
  private static <T> Optional<T> read(String header, Reading<T> reading) {
    try {
      return Optional.of(reading.read());
    } catch (ApiException e) {
      assertThat(e.code()).isEqualTo(ErrorCode.INVALID_INPUT);
      assertThat(e.status()).isEqualTo(400);
      assertThat(e.getMessage()).startsWith("The header " + header + " must be ");
      return Optional.empty();
    }
  }

  @ValueSource(
      strings = {
        "",
        "filename",
        "filename Y2F0LmpwZw==",
        "filename Y2F0,upload_token MDIy",
        "upload_token MDIy",
        "a ,b , c",
        "a  Yg==",
        "a,a Yg==",
        ",",
        "a !",
        "a\tYg==",
        "f\now w6Y=",
        "æ w6Y=",
        "name w6Y="
      })
  @FuzzTest(maxDuration = "120s")
  void readsMetadataAsItWasWrittenOrRefusesIt(@NotNull String header) {
    Optional<UploadMetadata> read =
        read("Upload-Metadata", () -> UploadMetadata.parse(header))
            .or(() -> read("Upload-Metadata", () -> UploadMetadata.parse(null)));
    String stored = read.orElseThrow().header();
    assertThat(stored).doesNotContain("\r", "\n");
    UploadMetadata again =
        read("Upload-Metadata", () -> UploadMetadata.parse(stored)).orElseThrow();
    assertThat(again.header()).isEqualTo(stored);
    assertThat(again.filename()).isEqualTo(read.get().filename());
    assertThat(again.echoed()).isEqualTo(read.get().echoed());
    assertThat(again.token()).isEmpty();
  }

  @ValueSource(strings = {"", "a", "filename Y2F0,", "a Yg==,,"})
  @FuzzTest(maxDuration = "120s")
  void neverTellsTheUploadTokenToWhoeverHasTheAddress(@NotNull String before) {
    String header = before + ",upload_token " + TusClient.base64(SECRET);
    read("Upload-Metadata", () -> UploadMetadata.parse(header))
        .ifPresent(
            read -> {
              assertThat(read.token()).isEqualTo(SECRET);
              assertThat(read.header()).doesNotContain(TusClient.base64(SECRET));
              assertThat(read.echoed()).extracting(Map.Entry::getValue).doesNotContain(SECRET);
            });
  }

  @ValueSource(
      strings = {"", "sha1", "sha1 ", "sha1 Kq5sNclPz7QV2+lfQIuc6R7oRu0=", "md5 !", "crc32 AAAA"})
  @FuzzTest(maxDuration = "120s")
  void takesAChecksumOrRefusesIt(@NotNull String header) {
    read("Upload-Checksum", () -> Checksum.parse(header))
        .ifPresent(
            checksum -> {
              checksum.update(new byte[] {1, 2, 3}, 3);
              try {
                checksum.verify();
              } catch (ApiException e) {
                assertThat(e.status()).isEqualTo(460);
              }
            });
  }

  @ValueSource(
      strings = {
        "",
        "0",
        "-1",
        "+1",
        " 7 ",
        "00",
        "1e3",
        "9223372036854775808",
        "١",
        "1,2",
        "5\n",
        "application/offset+octet-stream",
        "Application/Offset+Octet-Stream ; a=b"
      })
  @FuzzTest(maxDuration = "120s")
  void readsANumberOfBytesOrRefusesIt(@NotNull String value) {
    TusRequest request =
        new TusRequest(
            HeaderRequest.of(
                "192.0.2.1",
                Map.of("Upload-Offset", List.of(value), "Content-Type", List.of(value))));
    read("Upload-Offset", () -> request.bytes("Upload-Offset"))
        .ifPresent(
            bytes -> {
              assertThat(bytes).isBetween(0L, 999_999_999_999_999_999L);
              assertThat(value.strip()).isEqualTo("0".repeat(leading(value)) + bytes);
            });
    if (request.hasBytes()) {
      assertThat(value.strip()).startsWithIgnoringCase(TYPE);
    } else {
      assertThat(value).doesNotMatch("(?i)" + Pattern.quote(TYPE) + " ?(;.*)?");
    }
  }

  /** How many needless zeros a number begins with. */
  private static int leading(String number) {
    return number.strip().replaceFirst("^(0*)\\d.*$", "$1").length();
  }

  @ValueSource(
      strings = {"", "/", "/files/", "/files/0123456789abcdef0123456789abcdef", "//", "/.."})
  @FuzzTest(maxDuration = "120s")
  void knowsAnAddressByItsIdOnly(@NotNull String address) {
    try {
      String id = TusRequest.id(address);
      assertThat(id).matches("[0-9a-f]{32}");
      assertThat(address).endsWith(id);
    } catch (UploadRefusedException e) {
      assertThat(e.reason()).isEqualTo(UploadRefusedException.Reason.REMOVED);
    }
  }
}
