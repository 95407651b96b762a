package slipway.upload.resumable;

/**
 * Who asks for an upload.
 *
 * @param address whom it is counted for
 * @param program what its client says of itself; empty for nothing
 */
public record Sender(String address, String program) {}
