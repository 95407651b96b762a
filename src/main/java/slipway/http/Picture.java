package slipway.http;

/**
 * A picture that answers a call in place of a reply.
 *
 * @param bytes the file
 * @param type its MIME type
 * @param isFinal whether the same call gives the same again, so that a browser may keep it
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record Picture(byte[] bytes, String type, boolean isFinal) {}
