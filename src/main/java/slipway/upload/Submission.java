package slipway.upload;

import java.util.function.Function;
import slipway.photo.Photo;

/**
 * How an upload came, besides its file.
 *
 * @param resumableIdentifier the name its client gave the file; null for none
 * @param idempotencyKey what tells a repeat from a new upload; null for none
 * @param callback the address that says what came of it, once there is the photo
 */
public record Submission(
    String resumableIdentifier, String idempotencyKey, Function<Photo, String> callback) {}
