package slipway.http.comment;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import slipway.auth.Caller;
import slipway.auth.PermissionLevel;
import slipway.details.CleanHtml;
import slipway.details.Markup;
import slipway.http.Api;
import slipway.http.ApiCall;
import slipway.http.ApiException;
import slipway.http.ApiServlet;
import slipway.http.Parameter;
import slipway.http.Parameters;
import slipway.http.Reply;
import slipway.http.TextParameters;
import slipway.http.photo.VisiblePhoto;
import slipway.http.user.UserTexts;
import slipway.photo.comment.Comment;
import slipway.photo.comment.CommentMode;
import slipway.photo.comment.Comments;
import slipway.photo.user.User;
import slipway.photo.user.Users;

/**
 * {@code comment/add}: adds a comment to a photo. A visitor's is plain text, and waits to be
 * approved on a moderated site; callers of level {@code write} may use safe tags, and approve it at
 * once.
 */
public final class AddComment extends ApiServlet {
  private static final long serialVersionUID = 1L;
  private static final int MAX_NAME = 200;
  private static final int MAX_CONTENT = 5_000;
  private static final int RETRY_SECONDS = 3600;

  private static final Parameter<Long> OBJECT =
      Parameter.id("object_id").required("the number of a photo").words("The photo.");
  private static final Parameter<String> NAME =
      TextParameters.plain("name", MAX_NAME)
          .words(
              "Name of the commenter. Required, except from a caller that acts for a user, whose name is the default.");
  private static final Parameter<String> ADDRESS =
      Parameter.text("email", UserTexts.MAX_EMAIL, UserTexts.ADDRESS, UserTexts.VALID_EMAIL)
          .words("Shown to level read only. May be empty.");
  private static final Parameter<String> CONTENT =
      Parameter.text("content", MAX_CONTENT)
          .required("a text of at most " + MAX_CONTENT + " characters")
          .words(
              "HTML tags are stripped; safe tags of callers of level write are kept, unless one is"
                  + " disallowed.");
  private static final Parameter<Boolean> APPROVED =
      Parameter.flag("approved_p")
          .orElse(false)
          .words("1: shown at once, on a moderated site too; requires level write.");

  private final transient Api api;
  private final transient CommentMode mode;
  private final transient VisiblePhoto visible;
  private final transient Comments comments;
  private final transient Users users;

  /** The method, with the parts it works on. */
  public AddComment(
      Api api, CommentMode mode, VisiblePhoto visible, Comments comments, Users users) {
    super(api, PermissionLevel.ANONYMOUS);
    this.api = api;
    this.mode = mode;
    this.visible = visible;
    this.comments = comments;
    this.users = users;
  }

  @Override
  public List<Parameter<?>> parameters() {
    return List.of(
        OBJECT,
        CommentParameter.OBJECT_TYPE,
        NAME,
        ADDRESS,
        CONTENT,
        APPROVED,
        Parameter.refused("url", "people who comment have no page"),
        Parameter.refused("ip_address", "addresses are not stored"),
        Parameter.refused("ignore_spam_p", "only people approve comments"));
  }

  @Override
  protected Reply answer(ApiCall call) throws ApiException {
    CommentParameter.check(mode);
    Parameters parameters = call.parameters();
    CommentParameter.OBJECT_TYPE.of(parameters);
    boolean isTrusted = call.caller().level().includes(PermissionLevel.WRITE);
    if (APPROVED.of(parameters) && !isTrusted) {
      throw ApiException.denied(PermissionLevel.WRITE, call.caller());
    }
    long photoId = OBJECT.of(parameters);
    Comment.CommentText text = text(parameters, call.caller(), isTrusted);
    visible.check(photoId, call.caller());
    api.checkWrites(call);
    boolean isShown = mode == CommentMode.OPEN || APPROVED.of(parameters);
    long id =
        comments
            .tryAdd(photoId, text, isShown)
            .orElseThrow(
                () ->
                    ApiException.tryLater(
                        "This site has as many comments as it accepts; try again later.",
                        RETRY_SECONDS));
    return Reply.of(
        isShown ? "The comment was added" : "The comment was added, and is waiting for approval",
        "comment",
        fields(id, isShown));
  }

  /** In a fixed order, the same at every start. */
  private static Map<String, String> fields(long id, boolean isShown) {
    Map<String, String> fields = new LinkedHashMap<>();
    fields.put("comment_id", Long.toString(id));
    fields.put("approved_p", isShown ? "1" : "0");
    return fields;
  }

  private Comment.CommentText text(Parameters parameters, Caller caller, boolean isTrusted)
      throws ApiException {
    String given = CONTENT.of(parameters);
    CleanHtml content = isTrusted ? Markup.clean(given) : Markup.withoutTags(given);
    if (content.text().isBlank()) {
      throw ApiException.invalid(
          CONTENT.name(), "a text that is not empty once HTML tags are removed");
    }
    String name = NAME.of(parameters);
    if (name.isEmpty()) {
      name = user(caller).map(User::shownName).orElse("");
    }
    if (name.isEmpty()) {
      throw nameless(parameters);
    }
    return new Comment.CommentText(caller.userId(), name, ADDRESS.of(parameters), content);
  }

  private static ApiException nameless(Parameters parameters) {
    String valid = "1 to " + MAX_NAME + " characters once HTML tags are removed";
    return NAME.isGiven(parameters)
        ? ApiException.invalid(NAME.name(), valid)
        : NAME.missing(parameters, valid + "; a caller that acts for a user needs none");
  }

  private Optional<User> user(Caller caller) {
    return caller.userId() == null ? Optional.empty() : users.find(caller.userId());
  }
}
