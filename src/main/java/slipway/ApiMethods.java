package slipway;

import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletRegistration;
import jakarta.servlet.http.HttpServlet;
import java.nio.file.Files;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import slipway.auth.CredentialStore;
import slipway.auth.Revocation;
import slipway.auth.Sessions;
import slipway.db.Database;
import slipway.editing.PhotoChanges;
import slipway.editing.Removal;
import slipway.editing.UploadChanges;
import slipway.event.Webhooks;
import slipway.http.Api;
import slipway.http.ApiServlet;
import slipway.http.HasParameters;
import slipway.http.Paging;
import slipway.http.TextParameters;
import slipway.http.album.CreateAlbum;
import slipway.http.album.DeleteAlbum;
import slipway.http.album.ListAlbums;
import slipway.http.album.UpdateAlbum;
import slipway.http.aside.ListAside;
import slipway.http.aside.RestoreAside;
import slipway.http.comment.AddComment;
import slipway.http.comment.ApproveComment;
import slipway.http.comment.DeleteComment;
import slipway.http.comment.ListComments;
import slipway.http.credential.CreateCredential;
import slipway.http.credential.ListCredentials;
import slipway.http.credential.RevokeCredential;
import slipway.http.event.CreateWebhook;
import slipway.http.event.DeleteWebhook;
import slipway.http.event.GetEvent;
import slipway.http.event.ListEvents;
import slipway.http.event.ListWebhooks;
import slipway.http.event.ReplayEvent;
import slipway.http.license.ListLicenses;
import slipway.http.openapi.OpenApi;
import slipway.http.photo.DeletePhoto;
import slipway.http.photo.GetFrame;
import slipway.http.photo.GetRatings;
import slipway.http.photo.GetTranscodingProgress;
import slipway.http.photo.ListPhotos;
import slipway.http.photo.PictureStates;
import slipway.http.photo.RatePhoto;
import slipway.http.photo.ScanPhoto;
import slipway.http.photo.UpdatePhoto;
import slipway.http.photo.VisiblePhoto;
import slipway.http.section.CreateSection;
import slipway.http.section.DeleteSection;
import slipway.http.section.ListSections;
import slipway.http.section.UpdateSection;
import slipway.http.session.GetLoginToken;
import slipway.http.session.GetSessionToken;
import slipway.http.session.RedeemToken;
import slipway.http.session.RevokeSessions;
import slipway.http.session.SignIn;
import slipway.http.session.SignOut;
import slipway.http.site.Echo;
import slipway.http.site.GetSite;
import slipway.http.site.NoSuchMethod;
import slipway.http.site.SiteUsage;
import slipway.http.subtitle.GetSubtitle;
import slipway.http.subtitle.ListSubtitles;
import slipway.http.subtitle.RemoveSubtitle;
import slipway.http.tag.ListTags;
import slipway.http.tag.RelatedTags;
import slipway.http.upload.FormLimits;
import slipway.http.upload.UploadServlet;
import slipway.http.upload.direct.DirectUploads;
import slipway.http.upload.direct.ReplacePhoto;
import slipway.http.upload.direct.SectionThumbnails;
import slipway.http.upload.direct.SetSectionThumbnail;
import slipway.http.upload.direct.UploadPhoto;
import slipway.http.upload.direct.UploadSubtitle;
import slipway.http.upload.direct.VideoPictures;
import slipway.http.upload.form.RedeemUploadToken;
import slipway.http.upload.tus.Tus;
import slipway.http.uploadlink.CreateUploadLink;
import slipway.http.uploadlink.LinkParameters;
import slipway.http.uploadlink.ListUploadLinks;
import slipway.http.uploadlink.RedeemUploadLink;
import slipway.http.uploadlink.RevokeUploadLink;
import slipway.http.uploadlink.UpdateUploadLink;
import slipway.http.uploadtoken.GetReplaceToken;
import slipway.http.uploadtoken.GetUploadToken;
import slipway.http.uploadtoken.ReturnUrls;
import slipway.http.uploadtoken.TokenIssue;
import slipway.http.uploadtoken.UpdateUploadToken;
import slipway.http.uploadtoken.UploadTokenList;
import slipway.http.uploadtoken.UploadTokenRevoke;
import slipway.http.uploadtoken.UploadTokenStatus;
import slipway.http.user.CreateUser;
import slipway.http.user.GetUser;
import slipway.http.user.ListUsers;
import slipway.http.user.UpdateUser;
import slipway.http.viewlink.GetAlbumViewLink;
import slipway.http.viewlink.GetPhotoViewLink;
import slipway.media.AsideFiles;
import slipway.media.Previews;
import slipway.media.program.WorkFolder;
import slipway.media.video.VideoFrames;
import slipway.multipart.MultipartReader;
import slipway.photo.Albums;
import slipway.photo.Photos;
import slipway.photo.Usage;
import slipway.photo.comment.CommentMode;
import slipway.photo.comment.Comments;
import slipway.photo.rating.Ratings;
import slipway.photo.user.Users;
import slipway.photo.viewlink.ViewLinks;
import slipway.rendition.Frames;
import slipway.rendition.KeptFiles;
import slipway.rendition.Posters;
import slipway.rendition.Thumbnails;
import slipway.rendition.WebVideos;
import slipway.section.VideoSections;
import slipway.subtitle.Subtitles;
import slipway.token.TokenPurpose;
import slipway.token.link.UploadLinks;
import slipway.upload.FileRules;
import slipway.upload.Redemptions;
import slipway.upload.Reinstatement;
import slipway.upload.Stored;

/** Registers the methods of the API, each at {@code /api/<object>/<method>}. */
final class ApiMethods {
  private static final int PART_HEADER_BYTES = 16 << 10;

  /** The largest picture that a thumbnail is made from. */
  private static final long MOST_THUMBNAIL_BYTES = 20 << 20;

  private static final String PREFIX = "/api/";

  private final ServletContext context;
  private final Settings settings;
  private final Services services;
  private final Api api;
  private final Previews previews;
  private final WebVideos videos;
  private final Map<String, HasParameters> methods = new LinkedHashMap<>();

  ApiMethods(
      ServletContext context,
      Settings settings,
      Services services,
      Api api,
      Previews previews,
      WebVideos videos) {
    this.videos = videos;
    this.previews = previews;
    this.context = context;
    this.settings = settings;
    this.services = services;
    this.api = api;
  }

  void register() {
    site();
    credentials();
    sessions();
    uploadTokens();
    uploadLinks();
    photos();
    viewLinks();
    scans();
    setAside();
    ratings();
    frames();
    comments();
    add("license/list", new ListLicenses(api));
    subtitles();
    sections();
    albums();
    users();
    tags();
    renditions();
    events();
    // Added last, as it describes all the others.
    map("openapi", new OpenApi(api, methods), "/api/openapi.json");
  }

  /** The method at a path; null where there is none, or a door. */
  ApiServlet at(String path) {
    return path.startsWith(PREFIX)
            && methods.get(path.substring(PREFIX.length())) instanceof ApiServlet method
        ? method
        : null;
  }

  /** The paths of the methods that list something page by page. */
  Set<String> lists() {
    return methods.entrySet().stream()
        .filter(method -> method.getValue().parameters().containsAll(Paging.PARAMETERS))
        .map(method -> PREFIX + method.getKey())
        .collect(Collectors.toSet());
  }

  private void site() {
    add("site/get", new GetSite(api));
    add(
        "site/usage",
        new SiteUsage(
            api,
            () -> Usage.of(services.storage().database(), services.storage().clock().instant()),
            services.receiving().tokens(),
            () -> Files.getFileStore(settings.data()).getUsableSpace()));
    add("echo", new Echo(api));
    map("no-such-method", new NoSuchMethod(api), "/api/*");
  }

  private void credentials() {
    CredentialStore credentials = services.access().credentials();
    add(
        "credential/create",
        new CreateCredential(
            api, credentials, services.catalogue().users(), services.notices().addresses()));
    add("credential/list", new ListCredentials(api, credentials));
    add(
        "credential/revoke",
        new RevokeCredential(api, new Revocation(credentials, services.receiving().tokens())));
  }

  private void sessions() {
    Sessions sessions = services.access().sessions();
    Users users = services.catalogue().users();
    ReturnUrls allowed = new ReturnUrls(settings.tokens().returnHosts());
    add("session/get-token", new GetSessionToken(api, sessions, allowed));
    add("session/redeem-token", RedeemToken.ofVisitors(api, sessions));
    add("user/get-login-token", new GetLoginToken(api, sessions, users, allowed));
    add("user/redeem-login-token", RedeemToken.ofUsers(api, sessions));
    add("session/sign-in", new SignIn(api, sessions));
    add("session/sign-out", new SignOut(api));
    add("session/revoke", new RevokeSessions(api, sessions, users));
  }

  private void events() {
    Webhooks webhooks = services.notices().webhooks();
    add("webhook/create", new CreateWebhook(api, webhooks, services.notices().addresses()));
    add("webhook/list", new ListWebhooks(api, webhooks));
    add("webhook/delete", new DeleteWebhook(api, webhooks));
    add("event/list", new ListEvents(api, services.notices().events()));
    add("event/get", new GetEvent(api, services.notices().events()));
    add("event/replay", new ReplayEvent(api, services.notices().events()));
  }

  private void uploadTokens() {
    add(
        "photo/get-upload-token",
        new GetUploadToken(
            api, issue(), services.catalogue().users(), services.catalogue().albums(), texts()));
    add(
        "photo/redeem-upload-token",
        new RedeemUploadToken(
            RedeemUploadToken.UPLOAD_DOOR,
            api,
            redemptions(TokenPurpose.UPLOAD),
            services.receiving().chunked(),
            form()));
    add(
        "photo/get-replace-token",
        new GetReplaceToken(api, issue(), services.catalogue().photos()));
    add(
        "photo/redeem-replace-token",
        new RedeemUploadToken(
            RedeemUploadToken.REPLACE_DOOR,
            api,
            redemptions(TokenPurpose.REPLACE),
            services.receiving().chunked(),
            form()));
    Doors.open(
        context,
        "tus",
        new Tus(api, services.receiving().chunked(), form(), settings.uploads().maxBytes()));
    add(
        "photo/update-upload-token",
        new UpdateUploadToken(
            api,
            services.receiving().tokens(),
            services.catalogue().albums(),
            new UploadChanges(
                services.storage().database(),
                services.receiving().tokens(),
                services.catalogue().photos(),
                services.notices().photoEvents()),
            texts()));
    add(
        "upload-token/status",
        new UploadTokenStatus(
            api,
            services.receiving().tokens(),
            services.catalogue().photos(),
            services.tokenStates()));
    add(
        "upload-token/list",
        new UploadTokenList(api, services.receiving().tokens(), services.tokenStates()));
    add("upload-token/revoke", new UploadTokenRevoke(api, services.receiving().tokens()));
  }

  private void uploadLinks() {
    UploadLinks links = services.receiving().links();
    Clock clock = services.storage().clock();
    LinkParameters parameters =
        new LinkParameters(
            settings.uploads().rules(),
            new ReturnUrls(settings.tokens().returnHosts()),
            texts(),
            services.catalogue().albums(),
            clock);
    add(
        "upload-link/create",
        new CreateUploadLink(api, links, parameters, services.catalogue().users(), clock));
    add("upload-link/list", new ListUploadLinks(api, links, clock));
    add("upload-link/update", new UpdateUploadLink(api, links, parameters, clock));
    add("upload-link/revoke", new RevokeUploadLink(api, links));
    add(
        "upload-link/redeem",
        new RedeemUploadLink(api, links, services.receiving().tokens(), clock));
  }

  private void photos() {
    Database database = services.storage().database();
    Photos photos = services.catalogue().photos();
    DirectUploads uploads =
        new DirectUploads(
            services.storage().spool(),
            services.receiving().completion(),
            settings.uploads().rules(),
            services.receiving().incoming(),
            form());
    add(
        "photo/upload",
        new UploadPhoto(
            api, uploads, services.catalogue().users(), services.catalogue().albums(), texts()));
    add("photo/replace", new ReplacePhoto(api, uploads, photos, videoPictures()));
    add(
        "photo/list",
        new ListPhotos(
            api,
            services.catalogue().lists(),
            visible(),
            services.catalogue().albums(),
            services.catalogue().users(),
            texts()));
    add(
        "photo/update",
        new UpdatePhoto(
            api,
            photos,
            new PhotoChanges(database, photos, services.notices().photoEvents()),
            services.catalogue().albums(),
            texts()));
    add(
        "photo/delete",
        new DeletePhoto(
            api,
            photos,
            new Removal(
                database, services.storage().media(), photos, services.notices().photoEvents())));
  }

  private void viewLinks() {
    ViewLinks links = services.viewLinks();
    Clock clock = services.storage().clock();
    add(
        "photo/get-view-link",
        new GetPhotoViewLink(api, services.catalogue().photos(), links, clock));
    add(
        "album/get-view-link",
        new GetAlbumViewLink(api, services.catalogue().albums(), links, clock));
  }

  private void scans() {
    add("photo/scan", new ScanPhoto(api, services.catalogue().photos(), services.verdicts()));
  }

  private void setAside() {
    AsideFiles files = new AsideFiles(services.storage().spool(), settings.operations().setAside());
    add("set-aside/list", new ListAside(api, files));
    add(
        "set-aside/restore",
        new RestoreAside(
            api,
            new Reinstatement(
                files,
                services.storage().spool(),
                services.receiving().completion(),
                settings.uploads().rules(),
                services.receiving().incoming(),
                services.storage().claims("set-aside"))));
  }

  private VideoPictures videoPictures() {
    return new VideoPictures(
        new Posters(
            services.storage().database(),
            services.storage().media(),
            services.storage().room(settings),
            services.catalogue().photos(),
            services.catalogue().renditions(),
            services.notices().photoEvents(),
            previews),
        settings.renditions().threads() > 0);
  }

  private void ratings() {
    VisiblePhoto visible = visible();
    Ratings ratings = new Ratings(services.storage().database(), services.storage().clock());
    add("photo/rate", new RatePhoto(api, visible, ratings));
    add("photo/get-ratings", new GetRatings(api, visible, ratings, services.catalogue().users()));
  }

  private void comments() {
    CommentMode mode = settings.site().comments();
    Comments comments = new Comments(services.storage().database(), services.storage().clock());
    add("comment/list", new ListComments(api, mode, visible(), comments));
    add(
        "comment/add",
        new AddComment(api, mode, visible(), comments, services.catalogue().users()));
    add("comment/approve", new ApproveComment(api, comments));
    add("comment/delete", new DeleteComment(api, comments));
  }

  private void subtitles() {
    Photos photos = services.catalogue().photos();
    Subtitles subtitles = new Subtitles(services.storage().database());
    add("photo/subtitle/list", new ListSubtitles(api, visible(), subtitles));
    add("photo/subtitle/data", new GetSubtitle(api, visible(), subtitles));
    add("photo/subtitle/upload", new UploadSubtitle(api, form(), photos, subtitles));
    add("photo/subtitle/remove", new RemoveSubtitle(api, photos, subtitles));
  }

  private void sections() {
    Photos photos = services.catalogue().photos();
    VideoSections sections = new VideoSections(services.storage().database());
    add("photo/section/list", new ListSections(api, visible(), sections));
    add("photo/section/create", new CreateSection(api, photos, sections));
    add("photo/section/update", new UpdateSection(api, photos, sections));
    add("photo/section/delete", new DeleteSection(api, photos, sections));
    DirectUploads pictures =
        new DirectUploads(
            services.storage().spool(),
            services.receiving().completion(),
            new FileRules(MOST_THUMBNAIL_BYTES, List.of("image/*")),
            services.receiving().incoming(),
            form());
    SectionThumbnails thumbnails =
        new SectionThumbnails(
            sections, new Thumbnails(previews), settings.renditions().threads() > 0);
    add("photo/section/set-thumbnail", new SetSectionThumbnail(api, pictures, photos, thumbnails));
  }

  private void frames() {
    Settings.Renditions videos = settings.renditions();
    VideoFrames taken =
        new VideoFrames(
            videos.videos(),
            new WorkFolder(settings.data().resolve("work")),
            videos.pictures().maxPixels());
    int most = Math.max(1, Runtime.getRuntime().availableProcessors() / 2);
    Frames frames = new Frames(services.storage().media(), taken, most);
    add(
        "photo/frame",
        new GetFrame(
            api,
            services.catalogue().photos(),
            new KeptFiles(services.catalogue().photos(), services.storage().media()),
            frames,
            services.receiving().tokens(),
            services.receiving().chunked()::lend,
            new PictureStates(
                services.catalogue().renditions(),
                videos.threads() > 0,
                settings.scanning().isOn())));
  }

  private void albums() {
    Albums albums = services.catalogue().albums();
    add("album/create", new CreateAlbum(api, albums, services.catalogue().users(), texts()));
    add("album/update", new UpdateAlbum(api, albums, texts()));
    add("album/delete", new DeleteAlbum(api, albums));
    add("album/list", new ListAlbums(api, albums, visible()));
  }

  private void users() {
    add("user/create", new CreateUser(api, services.catalogue().users()));
    add("user/update", new UpdateUser(api, services.catalogue().users()));
    add("user/get", new GetUser(api, services.catalogue().users(), services.notices().events()));
    add("user/list", new ListUsers(api, services.catalogue().users()));
  }

  private void tags() {
    add("tag/list", new ListTags(api, services.catalogue().tags(), texts()));
    add("tag/related", new RelatedTags(api, services.catalogue().tags(), texts()));
  }

  private void renditions() {
    add(
        "photo/get-transcoding-progress",
        new GetTranscodingProgress(
            api, services.catalogue().photos(), services.catalogue().renditions(), videos));
  }

  private VisiblePhoto visible() {
    return new VisiblePhoto(services.catalogue().photos(), services.storage().clock());
  }

  private TextParameters texts() {
    return new TextParameters(settings.texts());
  }

  private TokenIssue issue() {
    return new TokenIssue(
        services.receiving().tokens(),
        new ReturnUrls(settings.tokens().returnHosts()),
        settings.uploads().rules(),
        settings.tokens().extraBytes(),
        services.storage().clock());
  }

  private Redemptions redemptions(TokenPurpose purpose) {
    Clock clock = services.storage().clock();
    return new Redemptions(
        purpose,
        services.receiving().tokens(),
        services.storage().spool(),
        services.receiving().completion(),
        settings.uploads().rules(),
        services.receiving().incoming(),
        new Stored(services.catalogue().photos(), services.storage().media(), clock),
        clock);
  }

  private FormLimits form() {
    Settings.Uploads uploads = settings.uploads();
    return new FormLimits(
        new MultipartReader.Limits(
            uploads.formParts(), PART_HEADER_BYTES, uploads.fieldBytes(), uploads.formBytes()),
        uploads.readOffBytes(),
        uploads.readOffSeconds() * 1000);
  }

  /** Adds a method, which is described in {@code openapi/<name>.json} among the resources. */
  private void add(String name, UploadServlet method) {
    methods.put(name, method);
    Doors.open(context, name, method);
  }

  private void add(String name, ApiServlet method) {
    methods.put(name, method);
    map(name, method, PREFIX + name);
  }

  private void map(String name, HttpServlet servlet, String path) {
    ServletRegistration.Dynamic added = context.addServlet(name, servlet);
    added.setAsyncSupported(true);
    added.addMapping(path);
  }
}
