package slipway.media.s3;

import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import slipway.media.MediaAwayException;
import software.amazon.awssdk.core.ResponseInputStream;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.core.sync.ResponseTransformer;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.CompletedPart;
import software.amazon.awssdk.services.s3.model.DeleteObjectsResponse;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;
import software.amazon.awssdk.services.s3.model.MultipartUpload;
import software.amazon.awssdk.services.s3.model.NoSuchBucketException;
import software.amazon.awssdk.services.s3.model.ObjectIdentifier;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.s3.model.S3Object;
import software.amazon.awssdk.services.s3.presigner.S3Presigner;

/**
 * The requests that are made of a bucket, each of which may be repeated: names are below the
 * bucket's prefix, and a failure of which nobody knows what came is a {@link MediaAwayException}.
 * For many threads.
 */
public final class ObjectStore implements AutoCloseable {
  private static final String ATTEMPT = "attempt";
  private static final String TYPE = "application/octet-stream";
  private static final Duration ADDRESS_LIFE = Duration.ofMinutes(5);

  /** The most that are deleted by a request. */
  private static final int MOST_DELETED = 1000;

  private static final int READ_AT_ONCE = 64 << 10;

  private static final int NOT_FOUND = 404;
  private static final int PRECONDITION_FAILED = 412;
  private static final int NOT_SATISFIABLE = 416;

  /**
   * A store that does not know a request says so in one of several ways: bad request, no such
   * method, length required, not implemented.
   */
  private static final Set<Integer> NOT_KNOWN = Set.of(400, 405, 411, 501);

  /** The same, and forbidden: Ceph asks for a right of its own. */
  private static final Set<Integer> NOT_FOR_SEVERAL = Set.of(400, 403, 405, 411, 501);

  private final S3Client client;
  private final S3Presigner presigner;
  private final BucketAddress address;
  private final Breaker breaker = new Breaker();

  /** Until it has said that it does not. */
  private volatile boolean copiesParts = true;

  /** The store of that address, of which nothing is asked yet. */
  public ObjectStore(BucketAddress address) {
    this.address = address;
    this.client = S3Clients.client(address);
    this.presigner = S3Clients.presigner(address, client);
  }

  BucketAddress address() {
    return address;
  }

  private String key(String name) {
    return address.prefix() + name;
  }

  private interface StoreRequest<T> {
    T send() throws IOException;
  }

  /** An answer that says no is thrown as it is; what is no answer becomes an exception of ours. */
  private <T> T send(StoreRequest<T> request) throws IOException {
    breaker.check();
    T answer;
    try {
      answer = request.send();
    } catch (S3Exception e) {
      if (isAnswer(e)) {
        breaker.succeeded();
        throw e;
      }
      throw failed(e);
    } catch (SdkException | UncheckedIOException e) {
      throw failed(e);
    } catch (RuntimeException e) {
      throw unread(e);
    }
    breaker.succeeded();
    return answer;
  }

  /** What signs a request wraps what kept it from reading what is to be sent. */
  private static IOException unread(RuntimeException e) {
    Throwable cause = e;
    while (cause != null && !(cause instanceof IOException)) {
      cause = cause.getCause();
    }
    if (cause == null) {
      throw e;
    }
    return new IOException("What the object store is to keep cannot be read", e);
  }

  private static boolean isAnswer(S3Exception e) {
    boolean isBucketAway = "NoSuchBucket".equals(code(e));
    return e.statusCode() == PRECONDITION_FAILED
        || e.statusCode() == NOT_SATISFIABLE
        || e.statusCode() == NOT_FOUND && !isBucketAway;
  }

  private static String code(S3Exception e) {
    return e.awsErrorDetails() == null ? null : e.awsErrorDetails().errorCode();
  }

  private MediaAwayException failed(RuntimeException e) {
    breaker.failed();
    return new MediaAwayException("The object store of " + address + " failed: " + reason(e), e);
  }

  /** Without a body, as to HEAD, the store's own words do not say what is not there. */
  private String reason(RuntimeException e) {
    return e instanceof NoSuchBucketException
        ? "there is no bucket " + address.bucket()
        : e.getMessage();
  }

  /**
   * What the store says of an object; empty when there is none.
   *
   * @throws IOException also where the bucket is not there: then that says nothing of the object
   */
  Optional<ObjectHead> head(String name) throws IOException {
    try {
      HeadObjectResponse head =
          send(() -> client.headObject(to -> to.bucket(address.bucket()).key(key(name))));
      if (head.contentLength() == null || head.lastModified() == null) {
        throw new MediaAwayException("The object store of " + address + " gave half a head");
      }
      return Optional.of(
          new ObjectHead(head.contentLength(), head.lastModified(), head.metadata().get(ATTEMPT)));
    } catch (S3Exception e) {
      requireBucket(); // Such an answer has no body that would tell.
      return Optional.empty();
    }
  }

  private void requireBucket() throws IOException {
    try {
      send(() -> client.headBucket(to -> to.bucket(address.bucket())));
    } catch (S3Exception e) {
      throw failed(e);
    }
  }

  /**
   * What an object has of a range, which has a byte at least; close it. Empty when it has nothing
   * of it, or there is no such object.
   */
  Optional<ObjectBytes> get(String name, long first, long length) throws IOException {
    String range = "bytes=" + first + "-" + (first + length - 1);
    try {
      ResponseInputStream<GetObjectResponse> bytes =
          send(
              () ->
                  client.getObject(
                      to -> to.bucket(address.bucket()).key(key(name)).range(range),
                      ResponseTransformer.toInputStream()));
      return Optional.of(new ObjectBytes(requireFrom(first, bytes)));
    } catch (S3Exception e) {
      if (e.statusCode() == NOT_FOUND && !"NoSuchKey".equals(code(e))) {
        throw failed(e); // Something in between has answered, which does not know.
      }
      return Optional.empty();
    }
  }

  /** The bytes of what knows no ranges would be others; the head of an answer may be cut, too. */
  private ResponseInputStream<GetObjectResponse> requireFrom(
      long first, ResponseInputStream<GetObjectResponse> bytes) throws IOException {
    String range = bytes.response().contentRange();
    boolean isWhole = range != null && bytes.response().lastModified() != null;
    if (!isWhole || !range.startsWith("bytes " + first + "-")) {
      bytes.abort();
      throw new MediaAwayException("The object store of " + address + " gave no range");
    }
    return bytes;
  }

  /**
   * Makes an object of a file in one request, unless there is one of that name.
   *
   * @param attempt a mark by which its maker knows it
   * @return false when there is one already
   */
  boolean put(String name, long length, ObjectContent content, String attempt) throws IOException {
    try {
      send(
          () ->
              client.putObject(
                  to ->
                      to.bucket(address.bucket())
                          .key(key(name))
                          .ifNoneMatch("*")
                          .metadata(Map.of(ATTEMPT, attempt)),
                  body(content, 0, length)));
      return true;
    } catch (S3Exception e) {
      if (e.statusCode() == PRECONDITION_FAILED) {
        return false;
      }
      throw failed(e);
    }
  }

  /** Makes a small object, in place of one that is there. */
  void replace(String name, byte[] bytes) throws IOException {
    ObjectContent content =
        (first, length) -> new ByteArrayInputStream(bytes, (int) first, (int) length);
    try {
      send(
          () ->
              client.putObject(
                  to -> to.bucket(address.bucket()).key(key(name)),
                  body(content, 0, bytes.length)));
    } catch (S3Exception e) {
      throw failed(e);
    }
  }

  /** The library reads it twice, to sign and to send it, and a few kilobytes at a time. */
  private static RequestBody body(ObjectContent content, long first, long length) {
    return RequestBody.fromContentProvider(
        () -> {
          try {
            return new BufferedInputStream(content.read(first, length), READ_AT_ONCE);
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
        },
        length,
        TYPE);
  }

  /** Begins an object that comes in parts; returns the id that they are sent with. */
  String begin(String name, String attempt) throws IOException {
    try {
      return send(() ->
              client.createMultipartUpload(
                  to ->
                      to.bucket(address.bucket())
                          .key(key(name))
                          .metadata(Map.of(ATTEMPT, attempt))
                          .contentType(TYPE)))
          .uploadId();
    } catch (S3Exception e) {
      throw failed(e);
    }
  }

  /**
   * Sends a part.
   *
   * @param number from 1
   * @return its mark, by which it is named at the end
   */
  String part(String name, String id, int number, ObjectContent content, long first, long length)
      throws IOException {
    try {
      return send(() ->
              client.uploadPart(
                  to -> to.bucket(address.bucket()).key(key(name)).uploadId(id).partNumber(number),
                  body(content, first, length)))
          .eTag();
    } catch (S3Exception e) {
      throw failed(e);
    }
  }

  /**
   * Has the store copy another object as a part.
   *
   * @param source the name of that object
   * @return the part's mark; empty where there is no such object, or the store copies none
   */
  Optional<String> copyPart(String name, String id, int number, String source) throws IOException {
    if (!copiesParts) {
      return Optional.empty();
    }
    try {
      return Optional.of(
          send(() ->
                  client.uploadPartCopy(
                      to ->
                          to.sourceBucket(address.bucket())
                              .sourceKey(key(source))
                              .destinationBucket(address.bucket())
                              .destinationKey(key(name))
                              .uploadId(id)
                              .partNumber(number)))
              .copyPartResult()
              .eTag());
    } catch (S3Exception e) {
      return Optional.empty();
    } catch (MediaAwayException e) {
      requireSays(NOT_KNOWN, e);
      copiesParts = false;
      return Optional.empty();
    }
  }

  /** Throws the failure on, unless it is an answer of one of these statuses. */
  private static void requireSays(Set<Integer> statuses, MediaAwayException e)
      throws MediaAwayException {
    if (!(e.getCause() instanceof S3Exception answer && statuses.contains(answer.statusCode()))) {
      throw e;
    }
  }

  /**
   * Makes an object of its parts, unless there is one of that name. Not every store keeps to that,
   * and one that was asked twice, as the first answer was lost, may know the id no more: the object
   * is to be looked at.
   *
   * @param marks of the parts, in their order
   */
  void complete(String name, String id, List<String> marks) throws IOException {
    List<CompletedPart> parts = new ArrayList<>();
    for (String mark : marks) {
      parts.add(CompletedPart.builder().partNumber(parts.size() + 1).eTag(mark).build());
    }
    try {
      send(
          () ->
              client.completeMultipartUpload(
                  to ->
                      to.bucket(address.bucket())
                          .key(key(name))
                          .uploadId(id)
                          .ifNoneMatch("*")
                          .multipartUpload(all -> all.parts(parts))));
    } catch (S3Exception e) {
      // Whether it is there, and whose, its head tells.
    }
  }

  /** Drops the parts that came of an object. */
  void abort(String name, String id) throws IOException {
    try {
      send(
          () ->
              client.abortMultipartUpload(
                  to -> to.bucket(address.bucket()).key(key(name)).uploadId(id)));
    } catch (S3Exception e) {
      // There is nothing to drop.
    }
  }

  /** Deletes an object, if it is there. */
  void delete(String name) throws IOException {
    try {
      send(() -> client.deleteObject(to -> to.bucket(address.bucket()).key(key(name))));
    } catch (S3Exception e) {
      // It is not there.
    }
  }

  /**
   * Deletes objects, those of them that are there: with few requests, or one by one where the store
   * does not let several be deleted at once.
   */
  void deleteAll(List<String> names) throws IOException {
    for (int first = 0; first < names.size(); first += MOST_DELETED) {
      List<String> some = names.subList(first, Math.min(names.size(), first + MOST_DELETED));
      try {
        deleteSome(some);
      } catch (MediaAwayException e) {
        requireSays(NOT_FOR_SEVERAL, e);
        for (String name : some) {
          delete(name);
        }
      }
    }
  }

  private void deleteSome(List<String> names) throws IOException {
    List<ObjectIdentifier> objects =
        names.stream().map(name -> ObjectIdentifier.builder().key(key(name)).build()).toList();
    DeleteObjectsResponse answer;
    try {
      answer =
          send(
              () ->
                  client.deleteObjects(
                      to ->
                          to.bucket(address.bucket())
                              .delete(these -> these.objects(objects).quiet(true))));
    } catch (S3Exception e) {
      throw failed(e);
    }
    if (answer.hasErrors() && !answer.errors().isEmpty()) {
      throw new MediaAwayException(
          "The object store of " + address + " did not delete " + answer.errors().size(), null);
    }
  }

  /**
   * The names that begin with a text, in their order.
   *
   * @param after the name that they follow; empty for all
   * @param most how many at most; a store may give fewer, but none only where there is none
   */
  List<String> list(String start, String after, int most) throws IOException {
    try {
      ListObjectsV2Response page =
          send(
              () ->
                  client.listObjectsV2(
                      to ->
                          to.bucket(address.bucket())
                              .prefix(key(start))
                              .startAfter(after.isEmpty() ? null : key(after))
                              .maxKeys(most)));
      return page.contents().stream()
          .map(S3Object::key)
          .map(key -> key.substring(address.prefix().length()))
          .toList();
    } catch (S3Exception e) {
      throw failed(e);
    }
  }

  /** Drops what came of Slipway's objects that were begun before a time; returns of how many. */
  int abortUnfinished(Instant before) throws IOException {
    int count = 0;
    for (MultipartUpload begun : unfinished()) {
      String name = begun.key().substring(address.prefix().length());
      if (begun.initiated().isBefore(before) && ObjectNames.parse(name).isPresent()) {
        abort(name, begun.uploadId());
        count++;
      }
    }
    return count;
  }

  /** Some of them; others follow another time. */
  private List<MultipartUpload> unfinished() throws IOException {
    try {
      return send(() ->
              client.listMultipartUploads(
                  to -> to.bucket(address.bucket()).prefix(address.prefix())))
          .uploads();
    } catch (S3Exception e) {
      throw failed(e);
    }
  }

  /** Scheme, host and port of all addresses of objects. Asks nothing of the store. */
  String origin() {
    URL any = client.utilities().getUrl(to -> to.bucket(address.bucket()).key("any"));
    return any.getProtocol() + "://" + any.getAuthority();
  }

  /** An address that gives an object to whoever has it, for some minutes. */
  URI address(String name, String type, String disposition) throws IOException {
    try {
      return presigner
          .presignGetObject(
              sign ->
                  sign.signatureDuration(ADDRESS_LIFE)
                      .getObjectRequest(
                          get ->
                              get.bucket(address.bucket())
                                  .key(key(name))
                                  .responseContentType(type)
                                  .responseContentDisposition(disposition)
                                  .responseCacheControl("private, max-age=86400")))
          .url()
          .toURI();
    } catch (SdkException | URISyntaxException e) {
      throw new MediaAwayException("An object of " + address + " got no address", e);
    }
  }

  /** All of a small object; empty when there is none. */
  Optional<byte[]> read(String name, int most) throws IOException {
    Optional<ObjectBytes> bytes = get(name, 0, most);
    if (bytes.isEmpty()) {
      return Optional.empty();
    }
    try (InputStream all = bytes.get()) {
      return Optional.of(all.readNBytes(most));
    }
  }

  @Override
  public void close() {
    presigner.close();
    client.close();
  }
}
