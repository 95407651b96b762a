package slipway.http.upload;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import slipway.http.Declaration;
import slipway.http.FileIdentifier;
import slipway.http.Parameter;
import slipway.http.Parameters;

/**
 * The fields with which a client library describes a chunk; all their names begin alike.
 *
 * @param prefix what the names begin with, before a capital
 * @param identifier identifies its file, at most {@link FileIdentifier#MOST} characters
 * @param number of the chunk, from 1
 * @param chunkSize bytes of every chunk but the last
 * @param totalSize bytes of the file
 * @param totalChunks chunks of the file
 * @param currentSize bytes of the chunk
 * @param filename the file's name
 */
public record ChunkFields(
    String prefix,
    Parameter<String> identifier,
    Parameter<Long> number,
    Parameter<Long> chunkSize,
    Parameter<Long> totalSize,
    Parameter<Long> totalChunks,
    Parameter<Long> currentSize,
    Parameter<String> filename) {
  private static final long MOST = (1L << 50) - 1;

  /** The fields of each client library. */
  public static final List<ChunkFields> DIALECTS =
      List.of(of("resumable", "Resumable.js"), of("flow", "Flow.js"));

  /** All fields of all client libraries. */
  public static final List<Parameter<?>> PARAMETERS =
      DIALECTS.stream().flatMap(ChunkFields::all).toList();

  private static final Declaration DECLARATION =
      Declaration.of(Parameter.all(List.of(UploadParameters.UPLOAD_TOKEN), PARAMETERS));

  private static ChunkFields of(String prefix, String library) {
    return new ChunkFields(
        prefix,
        FileIdentifier.of(prefix)
            .words(
                "Marks the request as one about a chunk of "
                    + library
                    + ", and identifies the file."),
        number(prefix + "ChunkNumber", 1, "From 1."),
        number(
            prefix + "ChunkSize",
            1,
            "Bytes of every chunk but the last, which may have up to twice as many."),
        number(prefix + "TotalSize", 0, "Bytes of the file."),
        number(prefix + "TotalChunks", 1, "Chunks of the file, as stated by the client."),
        number(prefix + "CurrentChunkSize", 0, "Bytes of this chunk, as stated by the client."),
        Parameter.text(prefix + "Filename").words("The file's name, as stated by the client."));
  }

  /**
   * Sizes of 0 are read, as they are those of an empty file, which is refused in words of its own.
   */
  private static Parameter<Long> number(String name, long least, String words) {
    return Parameter.number(name, least, MOST, "a whole number above 0").words(words);
  }

  private Stream<Parameter<?>> all() {
    return Stream.of(identifier, number, chunkSize, totalSize, totalChunks, currentSize, filename);
  }

  /** The fields that can be read from what came with a chunk. */
  public static Parameters declaring(Parameters came) {
    return came.declaring(DECLARATION);
  }

  /**
   * The fields of a form, and those about a chunk that are only in its query.
   *
   * @param query that of the same request
   */
  public static Parameters ofForm(Parameters form, Parameters query) {
    return declaring(form.orOf(query, PARAMETERS));
  }

  /** The fields that are present, if a chunk is described at all. */
  public static Optional<ChunkFields> in(Parameters parameters) {
    return DIALECTS.stream().filter(fields -> fields.identifier().isGiven(parameters)).findFirst();
  }
}
