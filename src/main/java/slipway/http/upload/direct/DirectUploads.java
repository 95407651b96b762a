package slipway.http.upload.direct;

import slipway.http.upload.FormLimits;
import slipway.media.Spool;
import slipway.upload.Completion;
import slipway.upload.DirectUpload;
import slipway.upload.FileRules;
import slipway.upload.IncomingRoom;

/**
 * The parts that the methods for files from a server work with.
 *
 * @param spool where the files come in
 * @param completion makes the photo of a file
 * @param rules which files are taken
 * @param room where the bytes that come in are counted
 * @param limits bounds of the form
 */
public record DirectUploads(
    Spool spool, Completion completion, FileRules rules, IncomingRoom room, FormLimits limits) {
  DirectUpload begin(long length) {
    return new DirectUpload(spool, completion, rules, room, length);
  }
}
