package slipway.token.link;

/**
 * What has come of a link.
 *
 * @param guests tokens that it gave
 * @param files files that are stored
 * @param bytes those of these files
 * @param filesUnderWay uploads that have not ended: each is a file when it is stored, or none
 * @param bytesUnderWay bytes that those will have, as far as that is known
 */
public record LinkCounts(
    long guests, long files, long bytes, long filesUnderWay, long bytesUnderWay) {}
