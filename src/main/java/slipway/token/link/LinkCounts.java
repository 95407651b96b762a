package slipway.token.link;

/**
 * What was uploaded with a link.
 *
 * @param guests tokens that it issued
 * @param files files that are stored
 * @param bytes bytes of these files
 * @param filesUnderWay uploads that have not ended: each is a file when it is stored, or none
 * @param bytesUnderWay bytes that these will have, as far as known
 */
public record LinkCounts(
    long guests, long files, long bytes, long filesUnderWay, long bytesUnderWay) {}
