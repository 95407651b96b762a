package slipway.http.upload.direct;

import slipway.http.upload.FormLimits;
import slipway.media.MediaStore;
import slipway.upload.Completion;
import slipway.upload.DirectUpload;
import slipway.upload.FileRules;
import slipway.upload.IncomingRoom;

/**
 * What the methods that a server sends a file to work with.
 *
 * @param media where the files go
 * @param completion makes the photo of a file
 * @param rules which files are taken
 * @param room where the bytes that come in are counted
 * @param limits bounds of the form
 */
public record DirectUploads(
    MediaStore media,
    Completion completion,
    FileRules rules,
    IncomingRoom room,
    FormLimits limits) {
  DirectUpload begin(long length) {
    return new DirectUpload(media, completion, rules, room, length);
  }
}
