package slipway.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import slipway.http.RequestBody.ClientGoneException;
import slipway.language.Language;

class RequestBodyTest {
  private static final int MANY = 8 * 1024;

  /** A connection that brings so many bytes a read, and breaks in the end. */
  private static RequestBody body(int... sizes) {
    return new RequestBody(
        new InputStream() {
          private int reads;

          @Override
          public int read() {
            throw new UnsupportedOperationException();
          }

          @Override
          public int read(byte[] buffer, int offset, int length) throws IOException {
            if (reads == sizes.length) {
              throw new IOException("reset");
            }
            int size = sizes[reads++];
            assertThat(size).isLessThanOrEqualTo(length);
            return size;
          }
        });
  }

  private static List<Integer> gathered(RequestBody body) throws IOException {
    List<Integer> counts = new ArrayList<>();
    byte[] buffer = new byte[3 * MANY];
    for (int count = body.gather(buffer); count >= 0; count = body.gather(buffer)) {
      counts.add(count);
    }
    return counts;
  }

  @Test
  void gathersWhatAFastSenderBringsToLargePieces() throws IOException {
    assertThat(gathered(body(MANY, MANY, MANY, MANY, 100, -1)))
        .containsExactly(3 * MANY, MANY + 100);
  }

  @Test
  void givesWhatASlowSenderBringsAtOnce() throws IOException {
    assertThat(gathered(body(100, 200, MANY - 1, -1))).containsExactly(100, 200, MANY - 1);
  }

  @Test
  void endsWithAPieceThatIsFollowedByTheEnd() throws IOException {
    assertThat(gathered(body(MANY, -1, -1))).containsExactly(MANY);
  }

  @ParameterizedTest
  @EnumSource
  void hasWordsForAVisitorOfEachThingThatBreaksIt(BrokenBodyException.Fault fault) {
    String words = Language.in(Locale.ENGLISH).say(new BrokenBodyException(fault, null).words());
    assertThat(words.contains("too slowly")).isEqualTo(fault == BrokenBodyException.Fault.TOO_SLOW);
    assertThat(words).endsWith(".");
  }

  @Test
  void tellsWhatCameBeforeTheClientWasGone() throws IOException {
    RequestBody body = body(MANY, MANY);
    assertThat(body.gather(new byte[4 * MANY])).isEqualTo(2 * MANY);
    assertThatThrownBy(() -> body.gather(new byte[1])).isInstanceOf(ClientGoneException.class);
  }
}
