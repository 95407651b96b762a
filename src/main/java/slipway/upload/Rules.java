package slipway.upload;

import java.util.List;

/**
 * Which files are taken.
 *
 * @param maxBytes the largest file
 * @param types MIME types such as {@code image/png} or {@code video/*}
 */
public record Rules(long maxBytes, List<String> types) {}
