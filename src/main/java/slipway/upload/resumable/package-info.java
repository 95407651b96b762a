/**
 * Uploads in pieces, over several requests and runs of the server.
 *
 * <h2>Why there are locks</h2>
 *
 * <p>A visitor sends a film from a train. The browser sends four pieces at a time; the connection
 * breaks, and two of the requests stay open on the server for a minute, as nothing tells it that
 * their sender is gone. The browser comes back, asks what is there, and sends the missing pieces
 * again, over bytes that the old requests may still write. It sends one piece twice, since the
 * answer to it was lost. Two requests bring the last missing bytes at the same moment, and both try
 * to make the photo. Meanwhile the visitor presses "cancel", the disk fails a flush, and the
 * sweeper finds that the upload is a day old.
 *
 * <p>Whatever the order, these hold:
 *
 * <ul>
 *   <li>A byte is acknowledged only if it is on the disk and its range is in the row; after a flush
 *       that failed, no byte that it may have taken with it counts as received.
 *   <li>An upload ends once: as a photo, refused, or removed. It makes one photo at most.
 *   <li>No client is told about every chunk of its file without a photo. One that asks which chunks
 *       are there is told about its own only, and about none once every byte is there ({@code
 *       Contributors}). One whose earlier chunks are gone is not told about the others, unless it
 *       begins with the first ({@code EndedUploads}).
 *   <li>A client that gives its files no identifier has uploads that are its sender's alone, whose
 *       chunks come one after the other ({@code UploadKey.inOrder}): they have no gap, the first
 *       file of a name is that of the upload, and another harms it in nothing. A request that is
 *       older than the upload brings nothing to it. Two pages of one sender say the same of their
 *       chunks, and a page may go on after hours. So what was told of a file binds its name: until
 *       the upload would have expired, no other file may come under it, whatever became of the
 *       upload; another would get the older page's next chunk once it stands where that begins
 *       ({@code FileStart}). No wait that is shorter keeps it from that.
 *   <li>Where chunks of two files came under one identifier, the upload ends, and all that comes
 *       later is refused at every node: a row says so, which is written with the end ({@code
 *       RefusedTable}), and no upload begins while that is there.
 *   <li>An upload that has only its id for a name is that of one client: anyone who is given it
 *       again gets a new id ({@code Handover}), and nothing comes by the old one any more.
 *   <li>While nobody knows how a commit of its row has ended, an upload keeps its bytes and its use
 *       and is answered for by neither of its addresses; {@code UploadEnding.settle} tells, asked
 *       by the next request or by a sweep.
 *   <li>A file that was among the kept ones when its upload was brought back may be that of a photo
 *       whose row was lost. It is never deleted with its upload, whatever ends that, but set aside;
 *       a mark beside it tells this while it is on its way in again ({@code
 *       PartialFile.rememberKept}).
 *   <li>A connection that another has taken over from writes no byte more.
 *   <li>What an upload takes of the disk's room, of its token's uses and of the counts is given
 *       back once, when it ends.
 *   <li>An upload that waits for its disk holds up no other upload.
 *   <li>Where nodes share a bucket, what is acknowledged is in pieces there, which are never
 *       written over, and the row is changed only by the node that has the upload, and only while
 *       no other has had it since ({@code UploadInfo.epoch}): what a node writes that has lost it
 *       is found by nobody. What is in the spool is a copy that nobody relies on ({@code
 *       PiecedFile}). A request that comes to another node has the upload come there ({@code
 *       Arrivals}).
 *   <li>Of several nodes, that one has an upload whose name is in its row, whatever they remember.
 *       Before a file is moved, cut or deleted, the row is asked ({@code UploadTable.holds}); where
 *       an upload changes hands, first the row is changed, then the memory. So a node that could
 *       not write the row has the upload still, and one that has written it and failed afterwards
 *       says that the upload is elsewhere, and never that there is none.
 *   <li>Once the service has stopped, no request that still runs touches file or row of an upload:
 *       the next service may be at work on them.
 * </ul>
 *
 * <h2>The locks, in the order in which they are taken</h2>
 *
 * <p>Anyone who holds one takes only those that stand below it. Those of one upload (2 to 7) are
 * never held together with those of another upload. Those that are held while a disk or the
 * database is waited for (1 to 5) are no monitors: on Java 21 to 23 a virtual thread that waits
 * under one holds its carrier, of which there are as few as processors.
 *
 * <ol>
 *   <li>One of {@code ResumableUploads.locks}, by the hash of the key: two requests for one key
 *       begin one upload. Held while the row is inserted; never while a file is touched. Or one of
 *       {@code Concatenations.locks}, by the parts: two requests put them together once. Or one of
 *       {@code Creations.locks}, by the token: a creation that is repeated creates nothing. Held
 *       while the row of an upload without bytes gets another id. Or one of {@code Arrivals.locks},
 *       by the id: requests have an upload come here once. Held while its row is taken over; none
 *       of them is held while it is waited for another node.
 *   <li>{@code UploadEnding}: the upload ends once. Held while the file is flushed and kept and the
 *       photo is committed, while row and file are deleted, or while the row gets another id.
 *   <li>{@code Writers}: which connections are sending. Held while a file is opened, and while the
 *       bytes that nobody received are cut off, before which the row is asked whose they are.
 *   <li>{@code PieceWriter}: one connection. Held while bytes of one buffer are written, so that no
 *       byte follows once {@code stop()} has returned; never while bytes are waited for.
 *   <li>{@code ReceivedBytes.committing}: one flush and one update of the row at a time, for all
 *       that was written until then. Who waits for it shares the next one.
 *   <li>That of a {@code PiecedFile}. Held while pieces are fetched.
 *   <li>{@code ReceivedBytes}: the ranges. Held for arithmetic only.
 *   <li>{@code DiskUse}, then {@code IncomingRoom}; {@code OpenCounts}; {@code TypeCheck}; {@code
 *       RecentRefusals}; {@code EndedUploads}, {@code EarlyQuestions}, {@code WaitingSenders} and
 *       {@code SharedWait}, which is waited on under no other lock, then {@code Contributors}; the
 *       maps of {@code UnfinishedUploads}; the locks of the token registry, of {@code FreeDisk} and
 *       of the database's writer. None of them calls back into this package under its own lock,
 *       except for the statements that an upload hands to the writer, which take no lock of 1 to 7.
 * </ol>
 *
 * <p>4 and 5 are not held together: a piece is added under 4 and 7, and committed after 4 has been
 * released, so that a flush stops no connection that is still sending.
 *
 * <h2>What is done without a lock</h2>
 *
 * <ul>
 *   <li>Looking at the first bytes of a file for its type. A type that is not accepted ends the
 *       upload under 2, which looks again at the whole file before it becomes a photo.
 *   <li>Asking the disk for its free space when room is claimed.
 *   <li>Copying the parts of an upload to one file: nobody knows the new upload's address yet, a
 *       repeat of the request is told to come later, and parts that are removed meanwhile make the
 *       copy fail.
 *   <li>Looking whether an upload has connections, before the sweeper waits for 3.
 *   <li>Waiting for an upload that comes from another node ({@code Arrivals}): whoever brings it
 *       takes whichever locks.
 * </ul>
 *
 * <p>{@code UploadEnding.photoId}, {@code refusal} and {@code doubt} change under 2 only and are
 * volatile, so that answers about an upload need not wait for its end. Every other field that
 * changes names its lock with {@code @GuardedBy}, which the compiler checks. {@code ByteRanges},
 * {@code Unflushed} and {@code Stretch} have no locks: 7 guards them, or that of {@code
 * Contributors}.
 */
package slipway.upload.resumable;
