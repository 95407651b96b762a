package slipway.media;

/**
 * A range of a file that is kept separately until the file is whole. It is never written again.
 *
 * @param name 32 hex digits that begin with the time when it was made; unique
 * @param first its first byte in the file, from 0
 * @param end the byte after its last
 */
public record KeptPiece(String name, long first, long end) {}
