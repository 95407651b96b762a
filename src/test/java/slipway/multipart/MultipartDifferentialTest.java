package slipway.multipart;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.file.InvalidPathException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.regex.Pattern;
import org.apache.commons.fileupload2.core.FileItemInput;
import org.apache.commons.fileupload2.core.FileItemInputIterator;
import org.apache.commons.fileupload2.core.FileUploadException;
import org.apache.commons.fileupload2.jakarta.servlet6.JakartaServletDiskFileUpload;
import org.junit.jupiter.api.Test;
import slipway.multipart.RandomBody.Written;

/**
 * Holds the reader equal to Commons FileUpload's own. {@code -Dslipway.test.bodies=5000000} tries
 * more bodies than the default.
 */
class MultipartDifferentialTest {
  private static final int BODIES = Integer.getInteger("slipway.test.bodies", 10_000);
  private static final Pattern OTHER_DISPOSITION =
      Pattern.compile("(?i)content-disposition:(?!\\s*form-data)");
  private static final MultipartReader.Limits LIMITS =
      new MultipartReader.Limits(100, 4096, 1 << 20, 4 << 20);

  @Test
  void readsEveryBodyAsItWasWrittenAndAsCommonsFileUploadDoes() throws IOException {
    Random random = new Random(1);
    for (int i = 0; i < BODIES; i++) {
      RandomBody body = new RandomBody(random);
      assertThat(read(body.request(body.bytes()))).as("body %d", i).isEqualTo(body.parts());
      assertThat(commons(body.request(body.bytes()))).as("body %d", i).isEqualTo(body.parts());
    }
  }

  @Test
  void readsADamagedBodyAsCommonsFileUploadDoesOrRefusesIt() throws IOException {
    Random random = new Random(2);
    int both = 0;
    for (int i = 0; i < BODIES; i++) {
      RandomBody body = new RandomBody(random);
      byte[] damaged = body.damaged();
      List<Written> ours = orNull(() -> read(body.request(damaged)));
      List<Written> theirs = orNull(() -> commons(body.request(damaged)));
      if (ours != null
          && theirs != null
          && !body.hasDelimiterAfterHeaders(damaged)
          && !hasOtherDisposition(damaged)) {
        both++;
        assertThat(ours).as("body %d: %s", i, new String(damaged, ISO_8859_1)).isEqualTo(theirs);
      }
    }
    assertThat(both).isGreaterThan(BODIES / 4);
  }

  /** Commons FileUpload passes over a part whose disposition type is not form-data. */
  private static boolean hasOtherDisposition(byte[] body) {
    return OTHER_DISPOSITION.matcher(new String(body, ISO_8859_1)).find();
  }

  private interface Reading {
    List<Written> read() throws IOException;
  }

  private static List<Written> orNull(Reading reading) throws IOException {
    try {
      return reading.read();
    } catch (MultipartException | FileUploadException | InvalidPathException e) {
      return null;
    }
  }

  private static List<Written> read(BodyRequest request) throws IOException {
    List<Written> parts = new ArrayList<>();
    MultipartReader reader = new MultipartReader(request, LIMITS);
    for (Part part = reader.next(); part != null; part = reader.next()) {
      String body = new String(part.isFile() ? copy(part) : read(part), ISO_8859_1);
      parts.add(new Written(part.name(), part.filename(), body));
    }
    return parts;
  }

  private static byte[] read(Part part) throws IOException {
    return part.body().readAllBytes();
  }

  private static byte[] copy(Part part) throws IOException {
    ByteArrayOutputStream copy = new ByteArrayOutputStream();
    part.copyTo(Channels.newChannel(copy));
    return copy.toByteArray();
  }

  private static List<Written> commons(BodyRequest request) throws IOException {
    List<Written> parts = new ArrayList<>();
    FileItemInputIterator items = new JakartaServletDiskFileUpload().getItemIterator(request);
    while (items.hasNext()) {
      FileItemInput item = items.next();
      String body = new String(item.getInputStream().readAllBytes(), ISO_8859_1);
      parts.add(new Written(item.getFieldName(), item.getName(), body));
    }
    return parts;
  }
}
