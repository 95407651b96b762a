package slipway.http.upload;

import slipway.multipart.MultipartReader;

/**
 * Bounds of an upload form.
 *
 * @param parts the number of fields and files, the length of their headers and of a field
 * @param readOffBytes how much of a refused upload is read, so that its sender gets to the answer
 * @param readOffMillis how long that may take
 */
public record FormLimits(MultipartReader.Limits parts, long readOffBytes, long readOffMillis) {}
