package slipway.upload.resumable;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import slipway.upload.IncomingRoomTest;
import slipway.upload.UploadLaterException;

class DiskUseTest {
  private final DiskUse disk = new DiskUse(100, 150, IncomingRoomTest.large());

  private void assertFull(String token, long bytes, String message) {
    assertThatThrownBy(() -> disk.claim(token, bytes))
        .isInstanceOfSatisfying(
            UploadLaterException.class,
            e -> assertThat(e.reason()).isEqualTo(UploadLaterException.Reason.NO_ROOM))
        .hasMessageContaining(message);
  }

  @Test
  void takesJustAsMuchOfATokenAsItMay() throws UploadLaterException {
    disk.claim("a", 60);
    assertFull("a", 41, "this upload token");
    disk.claim("a", 40);
    assertFull("a", 1, "this upload token");
    disk.claim("b", 50);
  }

  @Test
  void takesJustAsMuchInAllAsItMay() throws UploadLaterException {
    disk.claim("a", 100);
    assertFull("b", 51, "no room for more");
    disk.claim("b", 50);
    assertFull("c", 1, "no room for more");
  }

  @Test
  void aRefusalTakesNoRoom() throws UploadLaterException {
    assertFull("a", 101, "this upload token");
    assertFull("a", 151, "no room for more");
    disk.claim("a", 100);
  }

  @Test
  void looksAtAnAnnouncedLengthButTakesNoRoomForIt() throws UploadLaterException {
    disk.check("a", 100);
    disk.check("b", 100);
    assertThat(disk.used()).isZero();
    disk.claim("b", 60);
    assertThatThrownBy(() -> disk.check("a", 91)).hasMessageContaining("no room for more");
    assertThatThrownBy(() -> disk.check("b", 41)).hasMessageContaining("this upload token");
    disk.check("a", 90);
  }

  @Test
  void countsWhatIsThereInPlaceOfWhatWasClaimed() throws UploadLaterException {
    disk.claim("a", 60);
    disk.settle("a", 60, 60);
    assertThat(disk.used()).isEqualTo(60);
    disk.claim("a", 40);
    disk.settle("a", 40, 10);
    assertThat(disk.used()).isEqualTo(70);
    disk.settle("a", 0, 20);
    assertThat(disk.used()).isEqualTo(90);
  }

  @Test
  void givesRoomBack() throws UploadLaterException {
    disk.claim("a", 100);
    disk.release("a", 30);
    assertFull("a", 31, "this upload token");
    disk.claim("a", 30);
    disk.release("a", 100);
    disk.claim("b", 100);
    disk.claim("a", 50);
  }

  @Test
  void countsWhatIsThereEvenWhereItIsMoreThanItMay() throws UploadLaterException {
    disk.add("a", 140);
    assertFull("a", 1, "this upload token");
    assertFull("b", 11, "no room for more");
    disk.claim("b", 10);
    disk.release("a", 140);
    disk.claim("a", 100);
  }

  @Test
  void tellsWhetherAFileFitsAtAll() throws UploadLaterException {
    disk.claim("a", 100);
    assertThat(disk.fits(100)).isTrue();
    assertThat(disk.fits(101)).isFalse();
    assertThat(new DiskUse(100, 50, IncomingRoomTest.large()).fits(51)).isFalse();
  }
}
