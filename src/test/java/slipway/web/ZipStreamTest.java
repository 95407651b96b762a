package slipway.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.Test;
import slipway.details.CleanHtml;
import slipway.media.Media;
import slipway.media.contract.MemoryMedia;
import slipway.photo.Origin;
import slipway.photo.Photo;
import slipway.photo.PhotoFacts;
import slipway.photo.PhotoFile;
import slipway.photo.Publication;

class ZipStreamTest {
  private final AtomicInteger closed = new AtomicInteger();
  private long last;

  private Photo photo(String filename) {
    return new Photo(
        ++last,
        "t".repeat(32),
        new PhotoFile(1, "key" + last, filename, "image/jpeg", 1),
        "",
        CleanHtml.NONE,
        new Publication(true, Instant.EPOCH, null),
        PhotoFacts.NONE,
        new Origin(null, Instant.EPOCH));
  }

  private ZipStream zip(ZipStream.OriginalSource originals, Photo... photos) {
    return new ZipStream(List.of(photos), originals, closed::incrementAndGet);
  }

  private static byte[] bytes(Photo photo) {
    byte[] bytes = new byte[(int) (photo.photoId() * 100_000)];
    bytes[bytes.length - 1] = (byte) photo.photoId();
    return bytes;
  }

  private static Optional<Media> open(Photo photo) {
    return Optional.of(new MemoryMedia(bytes(photo), Instant.EPOCH));
  }

  private static Map<String, byte[]> entries(byte[] zip) throws IOException {
    Map<String, byte[]> entries = new LinkedHashMap<>();
    try (ZipInputStream in = new ZipInputStream(new ByteArrayInputStream(zip))) {
      for (ZipEntry each = in.getNextEntry(); each != null; each = in.getNextEntry()) {
        assertThat(entries.put(each.getName(), in.readAllBytes())).as(each.getName()).isNull();
      }
    }
    return entries;
  }

  @Test
  void hasEachOriginalUnderANameOfItsOwn() throws IOException {
    Photo[] photos = {
      photo("image.jpg"),
      photo("IMAGE.jpg"),
      photo("../../image.jpg"),
      photo(".htaccess"),
      photo("a:b.exe"),
      photo("image (2).jpg")
    };
    Map<String, byte[]> entries;
    try (ZipStream zip = zip(ZipStreamTest::open, photos)) {
      entries = entries(zip.readAllBytes());
    }
    assertThat(entries.keySet())
        .containsExactly(
            "image.jpg",
            "IMAGE (2).jpg",
            "image (3).jpg",
            "_htaccess.jpg",
            "a_b.exe.jpg",
            "image (2) (2).jpg");
    int number = 0;
    for (byte[] content : entries.values()) {
      assertThat(content).isEqualTo(bytes(photos[number++]));
    }
    assertThat(closed).hasValue(1);
  }

  @Test
  void leavesOutWhatIsGoneByItsTurn() throws IOException {
    Photo first = photo("a.jpg");
    Photo gone = photo("b.jpg");
    Photo third = photo("c.jpg");
    try (ZipStream zip =
        zip(photo -> photo == gone ? Optional.empty() : open(photo), first, gone, third)) {
      assertThat(entries(zip.readAllBytes())).containsOnlyKeys("a.jpg", "c.jpg");
    }
  }

  @Test
  void breaksOffWhereAFileIsLost() throws IOException {
    Photo whole = photo("a.jpg");
    Photo lost = photo("b.jpg");
    ZipStream zip =
        zip(
            photo -> {
              if (photo == lost) {
                throw new IOException("lost");
              }
              return open(photo);
            },
            whole,
            lost);
    assertThatThrownBy(zip::readAllBytes).isInstanceOf(IOException.class).hasMessage("lost");
    zip.close();
    zip.close();
    assertThat(closed).hasValue(1);
  }
}
