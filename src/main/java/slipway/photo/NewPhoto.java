package slipway.photo;

import java.time.Instant;
import java.util.List;
import slipway.details.PhotoText;

/**
 * A photo or video whose file is in the media store, about to get its row.
 *
 * @param treeId storage tree of its file
 * @param mediaKey name of its file in that tree
 * @param text what is said of it
 * @param published whether the public sees it
 * @param userId owner; null when uploaded anonymously
 * @param albumIds albums it is put into
 * @param filename the name it had with the visitor: data to show, never a path
 * @param contentType MIME type by content
 * @param size bytes
 * @param uploadToken the upload token it came with; null for none
 * @param resumableIdentifier the name the client gave the file; null for none
 * @param publishAt from when on the public sees it; null for now
 * @param absoluteUrl its canonical address elsewhere; null for the one it has here
 */
public record NewPhoto(
    int treeId,
    String mediaKey,
    PhotoText text,
    boolean published,
    Long userId,
    List<Long> albumIds,
    String filename,
    String contentType,
    long size,
    String uploadToken,
    String resumableIdentifier,
    Instant publishAt,
    String absoluteUrl) {}
