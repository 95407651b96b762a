package slipway.upload;

import java.util.List;
import slipway.media.MediaType;
import slipway.token.TokenLimits;

/**
 * Which files are taken.
 *
 * @param maxBytes the largest file
 * @param types MIME types such as {@code image/png} or {@code video/*}
 */
public record FileRules(long maxBytes, List<String> types) {

  /** The types, as the {@code accept} of a file input has them. */
  public String accept() {
    return String.join(",", MediaType.withLike(types));
  }

  /** These rules and those of a token together. */
  public FileRules within(TokenLimits limits) {
    long most = limits.maxBytes() == null ? maxBytes : Math.min(maxBytes, limits.maxBytes());
    List<String> both =
        limits.accept().isEmpty() ? types : MediaType.common(types, limits.accept());
    return new FileRules(most, both);
  }

  /** These rules, for files of at most so many bytes. */
  public FileRules atMost(long bytes) {
    return new FileRules(Math.min(maxBytes, bytes), types);
  }

  /**
   * Checks a file's size.
   *
   * @throws UploadRefusedException when there are too many bytes
   */
  public void checkSize(long bytes) throws UploadRefusedException {
    if (bytes > maxBytes) {
      throw UploadRefusedException.tooLarge(maxBytes);
    }
  }

  /**
   * Checks a file's type, as detected by {@link MediaType#detect}.
   *
   * @throws UploadRefusedException when it is not taken
   */
  public void checkType(String type) throws UploadRefusedException {
    if (!MediaType.isAccepted(type, types)) {
      throw UploadRefusedException.unsupported(type, types);
    }
  }
}
