package slipway.mail;

import jakarta.mail.MessagingException;
import jakarta.mail.internet.MimeMessage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import slipway.db.Database;
import slipway.db.RowReader;
import slipway.details.CleanHtml;
import slipway.details.Details;
import slipway.details.TextLimits;
import slipway.editing.PhotoEvents;
import slipway.event.AddressPolicy;
import slipway.event.Events;
import slipway.event.Outgoing;
import slipway.event.OutgoingCall;
import slipway.event.Retries;
import slipway.event.Webhooks;
import slipway.harness.SetClock;
import slipway.harness.SmtpServer;
import slipway.harness.TestedDatabase;
import slipway.language.Language;
import slipway.photo.Albums;
import slipway.photo.Photo;
import slipway.photo.PhotoFile;
import slipway.photo.Photos;
import slipway.photo.SamplePhoto;
import slipway.photo.user.NewUser;
import slipway.photo.user.UserChange;
import slipway.photo.user.Users;
import slipway.secret.SecretBox;
import slipway.token.Issuer;
import slipway.token.ReturnTo;
import slipway.token.TestedRegistry;
import slipway.token.TokenLimits;
import slipway.token.TokenRegistry;
import slipway.token.TokenTerms;
import slipway.token.link.LinkBounds;
import slipway.token.link.UploadLink;
import slipway.token.link.UploadLinks;

/** A site whose users are told by e-mail, with a clock that stands still. */
final class MailSite implements AutoCloseable {
  static final Duration SETTLE = Duration.ofMinutes(1);
  static final Duration PAUSE = Duration.ofMinutes(10);

  final SetClock clock;
  final Database database;
  final Users users;
  final Albums albums;
  private final UploadLinks links;
  private final TokenRegistry tokens;
  private final Photos photos;
  private final PhotoEvents events;
  private final Outgoing outgoing;
  final SmtpCalls smtp;
  final Digests digests;
  private int count;

  /** A node of a site, on that database, which hands e-mails to that server. */
  MailSite(TestedDatabase on, Path folder, SetClock clock, MailServer server) throws IOException {
    this.clock = clock;
    database = on.open(folder.resolve("test.db"));
    users = new Users(database, clock);
    albums = new Albums(database, clock, TextLimits.DEFAULT);
    links = new UploadLinks(database, clock);
    tokens = TestedRegistry.on(on, database, clock);
    photos = new Photos(database, clock);
    outgoing = outgoing(folder);
    LetterTexts texts =
        new LetterTexts(Language.in(Locale.ENGLISH), "The Site", "https://m.test/console#photos");
    MailSender from = new MailSender("slipway@m.test", "The Site", "m.test");
    smtp = new SmtpCalls(database, clock, texts, server, from);
    outgoing.mailing(smtp).start();
    digests = new Digests(database, clock, outgoing, new Digests.Rhythm(SETTLE, PAUSE));
    Events all = new Events(database, clock, outgoing, List::of);
    events = new PhotoEvents(all, new ArrivedFiles(clock));
  }

  /** The same for tests in which all goes well; without TLS. */
  static MailServer server(SmtpServer smtp) {
    return new MailServer(
        "127.0.0.1", smtp.port(), MailSecurity.NONE, null, null, Duration.ofSeconds(20));
  }

  private Outgoing outgoing(Path folder) throws IOException {
    Webhooks webhooks = new Webhooks(database, SecretBox.open(folder.resolve("test.key")), clock);
    return new Outgoing(
        database,
        clock,
        webhooks,
        new AddressPolicy(List.of("127.0.0.1")),
        new Retries(Duration.ofSeconds(10), Duration.ofHours(2), Duration.ofDays(1)),
        new Outgoing.CallLimits(4, 2, Duration.ofSeconds(20)));
  }

  long user(String name, String email) {
    return users.tryAdd(new NewUser(name, name, email, NewUser.UTC, false, true)).orElseThrow();
  }

  void change(long userId, String email, Boolean notified) {
    users.update(userId, new UserChange(null, null, email, null, null, notified));
  }

  long album(String title, long userId) {
    return albums.add(title, CleanHtml.NONE, userId, false, true).albumId();
  }

  /** The token of a guest of a new link. */
  String guest(String name, Long owner, boolean notified, Long... albumIds) {
    Details none = Details.NONE;
    UploadLink link =
        new UploadLink(
            UploadLink.newId(clock.instant()),
            name,
            "",
            new Details(owner, List.of(albumIds), "", none.description(), "", true, null, null),
            TokenLimits.NONE,
            TokenTerms.of(180, 100),
            new LinkBounds(clock.instant().plus(Duration.ofDays(9)), null, 0, 0, 0, notified),
            Issuer.of(null, null));
    links.add(link);
    ReturnTo back = new ReturnTo("http://a.test/", false, List.of());
    return links.admit(link, back, tokens).orElseThrow().id();
  }

  /** A visitor's file is stored, as the end of an upload does it. */
  Photo arrive(String token, String title, Long... albumIds) {
    Details none = Details.NONE;
    Details details =
        new Details(null, List.of(albumIds), title, none.description(), "", true, null, null);
    String key = "k" + System.identityHashCode(this) + "_" + count++;
    PhotoFile file = new PhotoFile(1, key, "IMG_1.jpg", "image/jpeg", 1);
    return database.write(
        tx -> {
          Photo photo = photos.add(tx, SamplePhoto.of(file, details, token));
          events.uploaded(tx, photo, token, events.listeners(tx));
          return photo;
        });
  }

  void delete(Photo photo) {
    database.write(tx -> photos.delete(tx, photo.photoId()));
  }

  /** The owner of the link of that name no longer wants to know. */
  void refuse(String link) {
    database.write(
        tx -> tx.execute("update upload_link set notified = ? where name = ?", false, link));
  }

  /** Time passes until the first file of a user no longer waits for others. */
  int planSettled() {
    clock.pass(SETTLE);
    return digests.plan();
  }

  /** Time passes, and the outbox looks for what is due. */
  void pass(Duration time) {
    clock.pass(time);
    call("http://127.0.0.2:1/");
  }

  /** Has the outbox make another call, which goes to 127.0.0.1 only. */
  void call(String url) {
    database.write(
        tx -> {
          outgoing.enqueue(tx, OutgoingCall.backgroundReturn(url));
          return null;
        });
  }

  /** What is stored of the one e-mail there is: its state, attempts and last error. */
  String told() {
    return database.read(
        handle ->
            handle
                .createQuery(
                    "select state || ' ' || attempts || ' ' || last_error from outgoing_call"
                        + " where kind = 'mail'")
                .mapTo(String.class)
                .one());
  }

  /** How SQLite goes about a query. */
  String plan(String sql) {
    return database.read(
        handle ->
            String.join(
                "\n",
                handle
                    .createQuery("explain query plan " + sql.replaceAll(":[a-z]+", "1"))
                    .map(RowReader.to(row -> row.text("detail")))
                    .list()));
  }

  /** How many rows a table has with that condition. */
  long count(String rows) {
    return database.read(
        handle -> handle.createQuery("select count(*) from " + rows).mapTo(Long.class).one());
  }

  /** An e-mail as a program reads it. */
  static MimeMessage read(SmtpServer.Mail mail) throws MessagingException {
    return new MimeMessage(
        null, new ByteArrayInputStream(mail.text().getBytes(StandardCharsets.UTF_8)));
  }

  static String body(SmtpServer.Mail mail) throws MessagingException, IOException {
    return ((String) read(mail).getContent()).replace("\r\n", "\n");
  }

  @Override
  public void close() throws IOException {
    outgoing.close();
    smtp.close();
    database.close();
  }
}
