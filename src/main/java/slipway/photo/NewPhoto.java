package slipway.photo;

import slipway.details.Details;
import slipway.details.PhotoText;

/**
 * A photo or video whose file is in the media store, about to get its row.
 *
 * @param file its file
 * @param details what is said about it, and its owner and albums
 * @param text title, description and tags of the details, and its words
 * @param uploadToken the upload token it came with; null for none
 * @param resumableIdentifier the name the client gave the file; null for none
 */
public record NewPhoto(
    PhotoFile file,
    Details details,
    PhotoText text,
    String uploadToken,
    String resumableIdentifier) {}
