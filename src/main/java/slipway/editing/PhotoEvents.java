package slipway.editing;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jdbi.v3.core.Handle;
import slipway.event.EventType;
import slipway.event.Events;
import slipway.event.Webhook;
import slipway.mail.ArrivedFiles;
import slipway.photo.Photo;
import slipway.photo.ScanState;

/** Stores the events of photos, each in the transaction of the change that it reports. */
public final class PhotoEvents {
  private final Events events;

  /** Null where nobody is told by e-mail. */
  private final ArrivedFiles arrivals;

  /** Stores them there; nobody is told by e-mail. */
  public PhotoEvents(Events events) {
    this(events, null);
  }

  /** The same; users are told by e-mail of what visitors send. */
  public PhotoEvents(Events events, ArrivedFiles arrivals) {
    this.events = events;
    this.arrivals = arrivals;
  }

  /** Requests the webhooks that an event of that transaction is reported to. */
  public Supplier<List<Webhook>> listeners(Handle tx) {
    return events.listeners(tx);
  }

  /**
   * A photo was made with an upload token, or without one if that is null.
   *
   * @param listeners asked for in the transaction
   * @return the event's id
   */
  public String uploaded(
      Handle tx, Photo photo, String uploadToken, Supplier<List<Webhook>> listeners) {
    if (arrivals != null && uploadToken != null) {
      arrivals.note(tx, photo.photoId(), uploadToken);
    }
    return record(tx, EventType.UPLOADED, photo, uploadToken, listeners);
  }

  /** The metadata of a photo was changed; it is given as it is now. */
  public void updated(Handle tx, Photo photo) {
    events.record(tx, EventType.UPDATED, photo.photoId(), said(photo));
  }

  /** A photo was deleted; it is given as it was. */
  public void deleted(Handle tx, Photo photo) {
    events.record(tx, EventType.DELETED, photo.photoId(), said(photo));
  }

  /**
   * A photo got another file, with a token or, where that is null, without; given as it is now.
   *
   * @param listeners asked for in the transaction
   * @return the event's id
   */
  public String replaced(Handle tx, Photo photo, String token, Supplier<List<Webhook>> listeners) {
    return record(tx, EventType.REPLACED, photo, token, listeners);
  }

  /** The virus scanner found something in a photo's file; it is given as it is now. */
  public void infected(Handle tx, Photo photo) {
    events.record(tx, EventType.INFECTED, photo.photoId(), said(photo));
  }

  private String record(
      Handle tx,
      EventType type,
      Photo photo,
      String uploadToken,
      Supplier<List<Webhook>> listeners) {
    Map<String, String> said = said(photo);
    said.put("upload_token", uploadToken == null ? "" : uploadToken);
    return events.record(tx, type, photo.photoId(), said, listeners).eventId();
  }

  private static Map<String, String> said(Photo photo) {
    Map<String, String> said = new LinkedHashMap<>();
    said.put("photo_id", Long.toString(photo.photoId()));
    said.put("tree_id", Integer.toString(photo.treeId()));
    said.put("token", photo.token());
    said.put("title", photo.title());
    said.put("description", photo.description().html());
    said.put("published_p", photo.published() ? "1" : "0");
    said.put("user_id", photo.userId() == null ? "" : photo.userId().toString());
    said.put("filename", photo.filename());
    said.put("content_type", photo.contentType());
    said.put("size", Long.toString(photo.size()));
    said.put("video_p", photo.isVideo() ? "1" : "0");
    if (photo.scan().state() != ScanState.NONE) {
      said.put("scan_state", photo.scan().state().id());
      said.put("scan_reason", photo.scan().reason());
    }
    return said;
  }
}
