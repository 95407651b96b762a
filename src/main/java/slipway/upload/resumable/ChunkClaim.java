package slipway.upload.resumable;

import java.util.List;

/**
 * Whose chunk comes.
 *
 * @param sessions those whose client may have sent it, the one used last at the end; never empty
 * @param isAsked whether these were told to send it; else they are all of its sender
 * @param first its first byte
 * @param end where it ends
 */
record ChunkClaim(List<ChunkSession> sessions, boolean isAsked, long first, long end) {
  /** Whether only one client can have sent it. */
  boolean isSure() {
    return sessions.size() == 1;
  }

  /** Whether it shows what its session's client has, be that not sure. */
  boolean shows() {
    return isAsked || isSure();
  }

  /** The session that it is counted for. */
  ChunkSession session() {
    return sessions.get(sessions.size() - 1);
  }
}
