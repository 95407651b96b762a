package slipway;

import jakarta.servlet.ServletContext;
import java.nio.file.Files;
import java.util.LinkedHashMap;
import java.util.Map;
import slipway.auth.CredentialStore;
import slipway.db.Database;
import slipway.editing.PhotoChanges;
import slipway.editing.Removal;
import slipway.editing.UploadChanges;
import slipway.http.Api;
import slipway.http.ApiServlet;
import slipway.http.HasParameters;
import slipway.http.TextParameters;
import slipway.http.album.CreateAlbum;
import slipway.http.album.DeleteAlbum;
import slipway.http.album.ListAlbums;
import slipway.http.album.UpdateAlbum;
import slipway.http.credential.CreateCredential;
import slipway.http.credential.ListCredentials;
import slipway.http.credential.RevokeCredential;
import slipway.http.event.CreateWebhook;
import slipway.http.event.DeleteWebhook;
import slipway.http.event.GetEvent;
import slipway.http.event.ListEvents;
import slipway.http.event.ListWebhooks;
import slipway.http.event.ReplayEvent;
import slipway.http.openapi.OpenApi;
import slipway.http.photo.DeletePhoto;
import slipway.http.photo.GetTranscodingProgress;
import slipway.http.photo.ListPhotos;
import slipway.http.photo.UpdatePhoto;
import slipway.http.site.Echo;
import slipway.http.site.GetSite;
import slipway.http.site.NoSuchMethod;
import slipway.http.site.SiteUsage;
import slipway.http.tag.ListTags;
import slipway.http.tag.RelatedTags;
import slipway.http.upload.FormLimits;
import slipway.http.upload.UploadServlet;
import slipway.http.upload.direct.DirectUploads;
import slipway.http.upload.direct.ReplacePhoto;
import slipway.http.upload.direct.UploadPhoto;
import slipway.http.upload.form.RedeemUploadToken;
import slipway.http.upload.tus.Tus;
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
import slipway.multipart.MultipartReader;
import slipway.photo.Albums;
import slipway.photo.Photos;
import slipway.photo.Usage;
import slipway.token.TokenPurpose;
import slipway.upload.Redemptions;

/** Registers the methods of the API, each at {@code /api/<object>/<method>}. */
final class ApiMethods {
  private static final int PART_HEADER_BYTES = 16 << 10;

  private final ServletContext context;
  private final Settings settings;
  private final Services stores;
  private final Api api;
  private final Map<String, HasParameters> methods = new LinkedHashMap<>();

  ApiMethods(ServletContext context, Settings settings, Services stores, Api api) {
    this.context = context;
    this.settings = settings;
    this.stores = stores;
    this.api = api;
  }

  void register() {
    site();
    credentials();
    uploadTokens();
    photos();
    albums();
    users();
    tags();
    renditions();
    events();
    // The last one: it describes all that were added.
    context.addServlet("openapi", new OpenApi(api, methods)).addMapping("/api/openapi.json");
  }

  private void site() {
    add("site/get", new GetSite(api));
    add(
        "site/usage",
        new SiteUsage(
            api,
            () -> Usage.of(stores.database(), stores.clock().instant()),
            stores.tokens(),
            () -> Files.getFileStore(settings.data()).getUsableSpace()));
    add("echo", new Echo(api));
    context.addServlet("no-such-method", new NoSuchMethod(api)).addMapping("/api/*");
  }

  private void credentials() {
    CredentialStore credentials = stores.credentials();
    add("credential/create", new CreateCredential(api, credentials, stores.users()));
    add("credential/list", new ListCredentials(api, credentials));
    add("credential/revoke", new RevokeCredential(api, credentials));
  }

  private void events() {
    add("webhook/create", new CreateWebhook(api, stores.webhooks()));
    add("webhook/list", new ListWebhooks(api, stores.webhooks()));
    add("webhook/delete", new DeleteWebhook(api, stores.webhooks()));
    add("event/list", new ListEvents(api, stores.events()));
    add("event/get", new GetEvent(api, stores.events()));
    add("event/replay", new ReplayEvent(api, stores.events()));
  }

  private void uploadTokens() {
    add(
        "photo/get-upload-token",
        new GetUploadToken(api, issue(), stores.users(), stores.albums(), texts()));
    add(
        "photo/redeem-upload-token",
        new RedeemUploadToken(
            RedeemUploadToken.UPLOAD_DOOR,
            api,
            redemptions(TokenPurpose.UPLOAD),
            stores.chunked(),
            form()));
    add("photo/get-replace-token", new GetReplaceToken(api, issue(), stores.photos()));
    add(
        "photo/redeem-replace-token",
        new RedeemUploadToken(
            RedeemUploadToken.REPLACE_DOOR,
            api,
            redemptions(TokenPurpose.REPLACE),
            stores.chunked(),
            form()));
    Doors.open(
        context, "tus", new Tus(api, stores.chunked(), form(), settings.uploads().maxBytes()));
    add(
        "photo/update-upload-token",
        new UpdateUploadToken(
            api,
            stores.tokens(),
            stores.albums(),
            new UploadChanges(
                stores.database(), stores.tokens(), stores.photos(), stores.photoEvents()),
            texts()));
    add(
        "upload-token/status",
        new UploadTokenStatus(api, stores.tokens(), stores.photos(), stores.clock()));
    add("upload-token/list", new UploadTokenList(api, stores.tokens(), stores.clock()));
    add("upload-token/revoke", new UploadTokenRevoke(api, stores.tokens()));
  }

  private void photos() {
    Database database = stores.database();
    Photos photos = stores.photos();
    DirectUploads uploads =
        new DirectUploads(
            stores.spool(),
            stores.completion(),
            settings.uploads().rules(),
            stores.incoming(),
            form());
    add("photo/upload", new UploadPhoto(api, uploads, stores.users(), stores.albums(), texts()));
    add("photo/replace", new ReplacePhoto(api, uploads, photos));
    add(
        "photo/list",
        new ListPhotos(api, stores.lists(), photos, stores.albums(), stores.users(), texts()));
    add(
        "photo/update",
        new UpdatePhoto(
            api,
            photos,
            new PhotoChanges(database, photos, stores.photoEvents()),
            stores.albums(),
            texts()));
    add(
        "photo/delete",
        new DeletePhoto(
            api, photos, new Removal(database, stores.media(), photos, stores.photoEvents())));
  }

  private void albums() {
    Albums albums = stores.albums();
    add("album/create", new CreateAlbum(api, albums, stores.users(), texts()));
    add("album/update", new UpdateAlbum(api, albums, texts()));
    add("album/delete", new DeleteAlbum(api, albums));
    add("album/list", new ListAlbums(api, albums));
  }

  private void users() {
    add("user/create", new CreateUser(api, stores.users()));
    add("user/get", new GetUser(api, stores.users()));
    add("user/list", new ListUsers(api, stores.users()));
  }

  private void tags() {
    add("tag/list", new ListTags(api, stores.tags(), texts()));
    add("tag/related", new RelatedTags(api, stores.tags(), texts()));
  }

  private void renditions() {
    add(
        "photo/get-transcoding-progress",
        new GetTranscodingProgress(api, stores.photos(), stores.renditions()));
  }

  private TextParameters texts() {
    return new TextParameters(settings.texts());
  }

  private TokenIssue issue() {
    return new TokenIssue(
        stores.tokens(),
        new ReturnUrls(settings.tokens().returnHosts()),
        settings.uploads().rules(),
        settings.tokens().extraBytes(),
        stores.clock());
  }

  private Redemptions redemptions(TokenPurpose purpose) {
    return new Redemptions(
        purpose,
        stores.tokens(),
        stores.spool(),
        stores.completion(),
        settings.uploads().rules(),
        stores.incoming());
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
    context.addServlet(name, method).addMapping("/api/" + name);
  }
}
