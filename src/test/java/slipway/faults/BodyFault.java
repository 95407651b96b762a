package slipway.faults;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import slipway.harness.RawConnection;
import slipway.harness.Server;

/** What can be wrong with the rest of a body. */
enum BodyFault {
  STALL,
  HALF_CLOSE,
  BAD_CHUNK,
  STALL_IN_CHUNKS,
  HALF_CLOSE_IN_CHUNKS;

  /**
   * Sends the beginning of a request, and what is wrong with its end.
   *
   * @param head with a {@code Content-Length} beyond the beginning
   */
  RawConnection send(Server server, String head, byte[] beginning) throws IOException {
    RawConnection connection = RawConnection.to(server);
    if (this == STALL || this == HALF_CLOSE) {
      connection.send(head.getBytes(US_ASCII)).send(beginning);
    } else {
      connection.send(head.replaceFirst("Content-Length: \\d+", "Transfer-Encoding: chunked"));
      connection.send(Integer.toHexString(beginning.length) + "\r\n").send(beginning).send("\r\n");
    }
    if (this == BAD_CHUNK) {
      connection.send("nonsense\r\n");
    } else if (!isStall()) {
      connection.endSending();
    }
    return connection;
  }

  boolean isStall() {
    return this == STALL || this == STALL_IN_CHUNKS;
  }
}
