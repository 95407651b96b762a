package slipway.http.photo;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import slipway.auth.PermissionLevel;
import slipway.http.Api;
import slipway.http.ApiCall;
import slipway.http.ApiException;
import slipway.http.ApiServlet;
import slipway.http.Cors;
import slipway.http.ErrorCode;
import slipway.http.FileIdentifier;
import slipway.http.Parameter;
import slipway.http.Parameters;
import slipway.http.Picture;
import slipway.http.Reply;
import slipway.media.LocalFile;
import slipway.media.Media;
import slipway.media.MediaType;
import slipway.media.pictures.NoPreviewException;
import slipway.net.EntityTag;
import slipway.photo.Photo;
import slipway.photo.Photos;
import slipway.photo.RenditionSize;
import slipway.rendition.Frame;
import slipway.rendition.Frames;
import slipway.rendition.KeptFiles;
import slipway.token.KeptToken;
import slipway.token.TokenPurpose;
import slipway.token.TokenRegistry;

/**
 * {@code photo/frame}: a picture of a video at a time, or of a photo, for anyone who knows its
 * token; with an upload token also while the video is being uploaded.
 */
public final class GetFrame extends ApiServlet {
  private static final long serialVersionUID = 1L;
  private static final int MAX_PIXELS = 1280;
  private static final int DEFAULT_PIXELS = 600;
  private static final int RETRY_SECONDS = 5;
  private static final int HEAD_BYTES = 16;
  private static final String VALID_SIZE =
      "width x height in pixels, each from 1 to " + MAX_PIXELS + ", such as 160x90";
  private static final Pattern SIZE = Pattern.compile("([0-9]{1,4})x([0-9]{1,4})");

  private static final Parameter<Long> ID =
      Parameter.id("photo_id").words("The photo or video; requires its token.");
  private static final Parameter<String> TOKEN =
      Parameter.text("token").words("The token of the photo or video.");
  private static final Parameter<String> UPLOAD_TOKEN =
      Parameter.secret(TokenPurpose.UPLOAD.parameter())
          .words(
              "Instead of photo_id and token: the upload token of the file, which may still be on its way.");
  private static final Parameter<String> IDENTIFIER =
      FileIdentifier.asked("Which of the files of upload_token; the latest if missing.");
  private static final Parameter<Long> MILLIS =
      VideoTime.MILLIS
          .required(VideoTime.VALID)
          .words(
              "Time of the frame, in seconds from the start of the video; required for a photo too, but without effect.");
  private static final Parameter<int[]> BOX =
      Parameter.text("size", 9, SIZE, VALID_SIZE)
          .as((name, text) -> box(name, text))
          .orNone(new int[] {DEFAULT_PIXELS, DEFAULT_PIXELS})
          .words(
              "Size that the frame of a video must fit into, such as 160x90; 600x600 if missing. For a"
                  + " photo, the smallest rendition that is at least as wide is sent, or else the"
                  + " largest.");

  private final transient Api api;
  private final transient Photos photos;
  private final transient KeptFiles renditions;
  private final transient Frames frames;
  private final transient TokenRegistry tokens;
  private final transient UnfinishedFiles uploads;
  private final transient PictureStates states;

  /** The files that are being uploaded. */
  @FunctionalInterface
  public interface UnfinishedFiles {
    /**
     * Lends the file of an upload, as far as it has come.
     *
     * @param token the upload token's secret
     * @param identifier the name its client gave the file; null for any file of the token
     * @return empty when there is no such upload
     */
    Optional<LocalFile> lend(String token, String identifier) throws IOException;
  }

  /** The method, with the parts it works on. */
  public GetFrame(
      Api api,
      Photos photos,
      KeptFiles renditions,
      Frames frames,
      TokenRegistry tokens,
      UnfinishedFiles uploads,
      PictureStates states) {
    super(api, PermissionLevel.NONE, new Cors("GET, POST"));
    this.api = api;
    this.photos = photos;
    this.renditions = renditions;
    this.frames = frames;
    this.tokens = tokens;
    this.uploads = uploads;
    this.states = states;
  }

  @Override
  protected boolean isReading() {
    return true;
  }

  @Override
  public List<Parameter<?>> parameters() {
    return List.of(
        ID,
        TOKEN,
        UPLOAD_TOKEN,
        IDENTIFIER,
        MILLIS,
        BOX,
        Parameter.refused(
            "filename", "files of a token are distinguished by " + IDENTIFIER.name()));
  }

  @Override
  protected Reply answer(ApiCall call) throws ApiException {
    Parameters given = call.parameters();
    int[] box = BOX.of(given);
    Frame frame = new Frame(MILLIS.of(given), box[0], box[1]);
    call.browser().show(PictureMaking.shown(() -> picture(call, frame)));
    return Reply.of("");
  }

  private Picture picture(ApiCall call, Frame frame)
      throws ApiException, IOException, NoPreviewException, InterruptedException {
    Optional<String> token = UPLOAD_TOKEN.find(call.parameters());
    if (token.isEmpty()) {
      return of(known(call.parameters()), frame, call);
    }
    KeptToken kept = tokens.recall(token.get()).orElseThrow(GetFrame::unknown);
    call.origin().check(kept.token().limits().allowedOrigin());
    String identifier = IDENTIFIER.find(call.parameters()).orElse(null);
    Optional<LocalFile> unfinished = uploads.lend(kept.token().id(), identifier);
    if (unfinished.isPresent()) {
      return ofUnfinished(unfinished.get(), frame, call);
    }
    return of(
        photos
            .findUploaded(kept.token().id(), identifier)
            .orElseThrow(
                () ->
                    new ApiException(
                        ErrorCode.NO_SUCH_PHOTO,
                        "Nothing has been uploaded with this upload token yet.")),
        frame,
        call);
  }

  private Photo known(Parameters given) throws ApiException {
    Optional<Long> id = ID.find(given);
    String token = TOKEN.of(given);
    if (id.isEmpty() || token.isEmpty()) {
      throw new ApiException(
          ErrorCode.INVALID_INPUT,
          "The parameters 'photo_id' and 'token' are required, or 'upload_token'.");
    }
    return photos
        .find(id.get(), token)
        .orElseThrow(
            () ->
                new ApiException(
                    ErrorCode.INVALID_PHOTO_TOKEN, "No photo has this photo_id and token."));
  }

  private static ApiException unknown() {
    return new ApiException(ErrorCode.INVALID_UPLOAD_TOKEN, "This upload token is not known.");
  }

  private Picture of(Photo photo, Frame frame, ApiCall call)
      throws ApiException, IOException, NoPreviewException, InterruptedException {
    if (photo.isHeld()) {
      throw states.noPicture(photo);
    }
    if (!photo.isVideo()) {
      return rendition(photo, frame, call);
    }
    VideoTime.check(MILLIS.name(), frame.millis(), photo);
    EntityTag tag = tag(photo, frame);
    if (call.browser().has(tag)) {
      return Picture.known(tag);
    }
    if (!frames.isKept(photo, frame)) {
      api.checkFrames(call);
    }
    try {
      byte[] jpeg = frames.of(photo, frame).orElseThrow(VideoTime::nothingThere);
      return Picture.of(jpeg, "image/jpeg", tag);
    } catch (NoSuchFileException e) {
      throw states.noPicture(photo);
    }
  }

  /** A frame is taken from the file, whatever picture represents the video. */
  private static EntityTag tag(Photo photo, Frame frame) {
    return new EntityTag(
        "%s-%d-%dx%d"
            .formatted(photo.mediaKey(), frame.millis(), frame.maxWidth(), frame.maxHeight()));
  }

  private Picture ofUnfinished(LocalFile file, Frame frame, ApiCall call)
      throws ApiException, IOException, InterruptedException {
    try (file) {
      if (states.areScanned()) {
        throw ApiException.tryLater(
            "Files are scanned for viruses once they have arrived: there is no frame before that.",
            RETRY_SECONDS);
      }
      api.checkFrames(call);
      return Picture.of(frames.of(file, frame).orElseThrow(GetFrame::notYet), "image/jpeg", null);
    } catch (NoPreviewException e) {
      throw notYet();
    }
  }

  private static ApiException notYet() {
    return ApiException.tryLater(
        "The part of the file with this frame has not arrived yet.", RETRY_SECONDS);
  }

  /** The smallest rendition of a photo that is at least as large as requested, else the largest. */
  private Picture rendition(Photo photo, Frame frame, ApiCall call)
      throws ApiException, IOException {
    RenditionSize size =
        Arrays.stream(RenditionSize.values())
            .filter(each -> !each.isSquare())
            .filter(each -> each.most() >= frame.maxWidth())
            .findFirst()
            .orElse(RenditionSize.LARGE);
    KeptFiles.Opened opened =
        renditions.open(photo, size).orElseThrow(() -> states.noPicture(photo));
    EntityTag tag = KeptFiles.tag(opened.photo(), size);
    Media file = opened.file();
    boolean isRead = false;
    try {
      if (call.browser().has(tag)) {
        return Picture.known(tag);
      }
      Picture picture = Picture.of(file, MediaType.detect(file.head(HEAD_BYTES)), tag);
      isRead = true;
      return picture;
    } finally {
      if (!isRead) {
        file.close();
      }
    }
  }

  private static int[] box(String name, String text) throws ApiException {
    Matcher size = SIZE.matcher(text);
    if (size.matches()) {
      int width = Integer.parseInt(size.group(1));
      int height = Integer.parseInt(size.group(2));
      if (width > 0 && width <= MAX_PIXELS && height > 0 && height <= MAX_PIXELS) {
        return new int[] {width, height};
      }
    }
    throw ApiException.invalid(name, VALID_SIZE);
  }
}
