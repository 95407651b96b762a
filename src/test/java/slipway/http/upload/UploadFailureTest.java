package slipway.http.upload;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.slf4j.LoggerFactory;
import slipway.health.BusyException;
import slipway.health.TextTooLongException;
import slipway.health.UnavailableException;
import slipway.http.ApiException;
import slipway.http.ErrorCode;
import slipway.http.limit.MemoryFullException;
import slipway.language.Language;
import slipway.upload.UploadLaterException;
import slipway.upload.UploadRefusedException;
import slipway.upload.resumable.ElsewhereException;

class UploadFailureTest {
  @ParameterizedTest
  @EnumSource(UploadRefusedException.Reason.class)
  void aRefusalIsFinalAndInItsOwnWords(UploadRefusedException.Reason reason) throws IOException {
    ApiException error = UploadFailure.error(new UploadRefusedException(reason, "Why it is so."));
    assertThat(error.status()).isBetween(400, 499);
    assertThat(error.mayPass()).isFalse();
    assertThat(error).hasMessage("Why it is so.");
  }

  /** Nothing is full: only that node has the upload. */
  @Test
  void whatIsAtAnotherNodeIsToldInItsOwnWords() throws IOException {
    ApiException error = UploadFailure.error(new ElsewhereException());
    assertThat(error.status()).isEqualTo(503);
    assertThat(error.mayPass()).isTrue();
    assertThat(error).hasMessageContaining("Another server");
    assertThat(error.message(Language.in(Locale.ENGLISH))).contains("Another server");
  }

  /** The server is not busy: it is about this file, or the link's last ones. */
  @Test
  void whatRunsAlreadyIsToldAsSuch() throws IOException {
    for (UploadLaterException.Reason reason :
        List.of(
            UploadLaterException.Reason.SAME_UPLOAD_RUNS, UploadLaterException.Reason.LINK_HELD)) {
      ApiException error = UploadFailure.error(new UploadLaterException(reason, "Later."));
      assertThat(error.code()).isEqualTo(ErrorCode.UPLOAD_IN_PROGRESS);
      assertThat(error.status()).isEqualTo(503);
      assertThat(error.retryAfterSeconds()).isEqualTo(5);
      assertThat(error.mayPass()).isTrue();
    }
  }

  /** It takes other codes for a gateway's. */
  @Test
  void hasNoCodeThatTheUploaderInThePageDoesNotKnow() throws IOException {
    List<Exception> causes = new ArrayList<>(List.of(new IOException("no disk")));
    for (UploadRefusedException.Reason reason : UploadRefusedException.Reason.values()) {
      causes.add(new UploadRefusedException(reason, "no"));
    }
    List<String> codes =
        Stream.of(
                ErrorCode.INVALID_UPLOAD_TOKEN,
                ErrorCode.UPLOAD_IN_PROGRESS,
                ErrorCode.RATE_LIMITED,
                ErrorCode.PERMISSION_DENIED,
                ErrorCode.METHOD_NOT_ALLOWED)
            .map(ErrorCode::id)
            .collect(Collectors.toCollection(ArrayList::new));
    for (Exception cause : causes) {
      codes.add(UploadFailure.error(cause).code().id());
    }
    assertThat(Files.readString(Path.of("webapp/assets/slipway-upload/failure.js")))
        .contains(codes.stream().map(code -> "'" + code + "'").toList());
  }

  @Test
  void whatTheDiskOrTheDatabaseCannotDoNowMayPassAndTellsNothingOfTheInside() throws IOException {
    for (Exception cause :
        new Exception[] {
          new IOException("/data/media: Input/output error"),
          new UnavailableException("slipway.db is locked", null)
        }) {
      ApiException error = UploadFailure.error(cause);
      assertThat(error.code()).isEqualTo(ErrorCode.SERVER_ERROR);
      assertThat(error.status()).isEqualTo(503);
      assertThat(error.retryAfterSeconds()).isPositive();
      assertThat(error).hasMessage("The file could not be stored; please try again later.");
    }
  }

  @Test
  void aTextThatTheDatabaseNeverTakesIsNotSentAgain() throws IOException {
    ApiException error = UploadFailure.error(new TextTooLongException(new IOException("row size")));
    assertThat(error.code()).isEqualTo(ErrorCode.INVALID_INPUT);
    assertThat(error.status()).isEqualTo(400);
    assertThat(error.retryAfterSeconds()).isZero();
    assertThat(error).hasMessage("A text is longer than the database accepts");
  }

  /** It is told to anyone who asks: a trace for each upload would fill the log of a busy server. */
  @Test
  void tooManyAtOnceIsAnsweredAsEverywhereAndNotToldTheLog() throws IOException {
    Logger logger = (Logger) LoggerFactory.getLogger(UploadFailure.class);
    Language danish = Language.in(Locale.forLanguageTag("da"));
    ListAppender<ILoggingEvent> log = new ListAppender<>();
    log.start();
    logger.addAppender(log);
    try {
      for (Exception cause :
          List.of(new BusyException("Too many read"), new MemoryFullException())) {
        ApiException error = UploadFailure.error(cause);
        assertThat(error).hasMessage(ApiException.busy().getMessage());
        assertThat(error.status()).isEqualTo(503);
        assertThat(error.retryAfterSeconds()).isEqualTo(ApiException.busy().retryAfterSeconds());
        assertThat(error.message(danish)).isEqualTo(ApiException.busy().message(danish));
      }
    } finally {
      logger.detachAppender(log);
    }
    assertThat(log.list).isEmpty();
  }

  @Test
  void aQuotaThatIsSpentIsAFullDisk() throws IOException {
    for (String words :
        new String[] {"/data/media: No space left on device", "Disk quota exceeded"}) {
      ApiException error = UploadFailure.error(new IOException(words));
      assertThat(error.status()).isEqualTo(507);
      assertThat(error).hasMessage("The file could not be stored; please try again later.");
    }
  }

  @Test
  void aFaultOfOursIsNoFaultOfTheCaller() throws IOException {
    ApiException error = UploadFailure.error(new IllegalStateException("a secret"));
    assertThat(error.status()).isEqualTo(500);
    assertThat(error.getMessage()).doesNotContain("secret");
  }

  @Test
  void anErrorOfTheApiIsAnsweredAsItIs() throws IOException {
    ApiException error = new ApiException(ErrorCode.NO_SUCH_ALBUM, "There is no such album.");
    assertThat(UploadFailure.error(error)).isSameAs(error);
  }
}
