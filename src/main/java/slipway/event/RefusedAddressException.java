package slipway.event;

import java.net.UnknownHostException;

/** A host has no address that may be called. */
final class RefusedAddressException extends UnknownHostException {
  private static final long serialVersionUID = 1L;

  RefusedAddressException() {
    super(
        "refused: the host's address is not public (the setting slipway.outgoing.allow-private"
            + " allows it)");
  }
}
