package slipway.http.comment;

import java.util.LinkedHashMap;
import java.util.Map;
import slipway.auth.PermissionLevel;
import slipway.http.ApiCall;
import slipway.http.Reply;
import slipway.http.Timestamps;
import slipway.photo.comment.Comment;

/** A comment as a list has it: only callers of level read see the e-mail address. */
final class CommentItem {
  private static final int SHORT = 200;

  private CommentItem() {}

  static Reply.Item of(Comment comment, ApiCall call) {
    Comment.CommentText text = comment.text();
    Comment.CommentedPhoto photo = comment.photo();
    String path = call.site().path();
    Map<String, String> fields = new LinkedHashMap<>();
    fields.put("comment_id", Long.toString(comment.commentId()));
    fields.put("object_id", Long.toString(photo.photoId()));
    fields.put("object_type", "photo");
    fields.put("user_id", text.userId() == null ? "" : text.userId().toString());
    fields.put("name", text.name());
    if (call.caller().level().includes(PermissionLevel.READ)) {
      fields.put("email", text.email());
    }
    fields.put("approved_p", comment.approved() ? "1" : "0");
    fields.put("creation_date_ansi", Timestamps.format(comment.createdAt()));
    fields.put("pretty_date", Timestamps.date(comment.createdAt()));
    fields.put("pretty_time", Timestamps.time(comment.createdAt()));
    fields.put("object_url", path + "/photo/" + photo.photoId());
    fields.put("object_title", photo.title());
    fields.put("cover_photo_id", Long.toString(photo.photoId()));
    fields.put("cover_photo_download", path + cover(photo));
    fields.put("within_edit_timeframe_p", "0");
    Map<String, String> children = new LinkedHashMap<>();
    String plain = text.content().text();
    children.put("content", text.content().html());
    children.put("content_text", plain);
    children.put("truncated_content", cut(plain));
    return new Reply.Item("comment", fields, children);
  }

  private static String cover(Comment.CommentedPhoto photo) {
    return "/" + photo.treeId() + "/" + photo.photoId() + "/" + photo.token() + "/quad50";
  }

  private static String cut(String text) {
    int length = text.codePointCount(0, text.length());
    return length <= SHORT ? text : text.substring(0, text.offsetByCodePoints(0, SHORT)) + "…";
  }
}
