package slipway.http.comment;

import java.util.List;
import slipway.http.ApiException;
import slipway.http.ErrorCode;
import slipway.http.Parameter;
import slipway.photo.comment.CommentMode;

/** What the methods on comments share. */
final class CommentParameter {
  static final Parameter<Long> ID =
      Parameter.id("comment_id").required("the number of a comment").words("The comment.");

  static final Parameter<String> OBJECT_TYPE =
      Parameter.choice("object_type", List.of("photo"), type -> type, "photo")
          .orElse("photo")
          .words("What the comment is on: there are comments on photos and videos only.");

  private CommentParameter() {}

  static ApiException missing() {
    return new ApiException(ErrorCode.NO_SUCH_COMMENT, "No comment has this comment_id.");
  }

  /** Checks that there are comments on this site. */
  static void check(CommentMode mode) throws ApiException {
    if (mode == CommentMode.OFF) {
      throw new ApiException(
          ErrorCode.PERMISSION_DENIED, "Comments are switched off on this site.");
    }
  }
}
