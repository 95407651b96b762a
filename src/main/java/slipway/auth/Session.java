package slipway.auth;

import java.time.Instant;

/**
 * A session of a person who has signed in.
 *
 * @param credentialId the credential that vouches for it
 * @param userId the user it acts for; null for none
 * @param level what it may do at most; never more than its credential may now
 * @param createdAt when it began
 * @param usedAt when it was used last
 */
record Session(
    long credentialId, Long userId, PermissionLevel level, Instant createdAt, Instant usedAt) {

  /**
   * Whether it is still valid. A moment in the future was recorded by a clock that was wrong, and
   * extends the session by no more than the limits allow.
   */
  boolean isLive(Instant now, SessionLimits limits) {
    return usedAt.plus(limits.idle()).isAfter(now)
        && createdAt.plus(limits.longest()).isAfter(now)
        && usedAt.minus(limits.idle()).isBefore(now)
        && createdAt.minus(limits.idle()).isBefore(now);
  }

  Session usedAt(Instant moment) {
    return new Session(credentialId, userId, level, createdAt, moment);
  }

  /**
   * The caller of its requests. A session of the console acts as its credential; a visitor has
   * none, and limits count the address.
   *
   * @param credential the credential that vouches for it
   */
  Caller caller(Credential credential) {
    PermissionLevel most = credential.grant().level();
    PermissionLevel may = most.includes(level) ? level : most;
    boolean isVisitor = level.compareTo(PermissionLevel.ANONYMOUS) <= 0;
    return new Caller(may, userId, isVisitor ? null : credentialId);
  }
}
