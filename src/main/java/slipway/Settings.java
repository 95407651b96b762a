package slipway;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import slipway.auth.SessionLimits;
import slipway.db.postgres.PostgresAddress;
import slipway.details.TextLimits;
import slipway.event.Outgoing;
import slipway.event.Retries;
import slipway.http.Compatibility;
import slipway.media.MediaAccess;
import slipway.media.decoder.DecoderLimits;
import slipway.media.heif.HeifTool;
import slipway.media.program.ProgramLimits;
import slipway.media.s3.BucketAddress;
import slipway.media.video.ConversionLimits;
import slipway.media.video.VideoTools;
import slipway.photo.comment.CommentMode;
import slipway.scan.ClamdAddress;
import slipway.scan.ScanFailure;
import slipway.scan.ScanRules;
import slipway.scan.Scanning;
import slipway.upload.FileRules;
import slipway.upload.IncomingRoom;
import slipway.web.Branding;
import slipway.web.ZipBounds;

/**
 * Every setting of the service, by subject. Each comes from the system property of its name, the
 * environment ({@code slipway.base-url} is {@code SLIPWAY_BASE_URL} there), the servlet context's
 * parameter, or its default, whichever is first.
 *
 * @param stores where everything is kept
 * @param site the site
 * @param auth who may call it
 * @param intake which uploads it accepts, and how
 * @param limits how much one caller may request
 * @param operations what those who run it need
 * @param renditions how smaller pictures are made
 * @param outgoing how other servers are called
 */
record Settings(
    Stores stores,
    Site site,
    Auth auth,
    Intake intake,
    CallerLimits limits,
    Operating operations,
    Renditions renditions,
    OutgoingCalls outgoing) {
  private static final Logger LOG = LoggerFactory.getLogger(Settings.class);
  private static final int MOST_INDEXED_TITLE = 500;
  private static final int MOST_INDEXED_TAG = 300;

  /**
   * What all is kept in.
   *
   * @param data {@code slipway.data}: folder of database and media; default {@code slipway-data} in
   *     the home folder of the user that runs the server
   * @param database {@code slipway.database}: a PostgreSQL to be used in place of a file in the
   *     data folder, {@code slipway.database.user} and {@code slipway.database.password}, {@code
   *     slipway.database.connections}: how many at most, default 16; {@code
   *     slipway.database.timeout-seconds}: how long an answer is waited for, default 15; null, the
   *     default, for a file
   * @param secretKey {@code slipway.secret-key}: 64 hex digits, what secrets are encrypted with;
   *     null, the default, for a key file in the data folder
   * @param media {@code slipway.media}: a bucket to keep files in, in place of the data folder,
   *     such as {@code s3://bucket/prefix}; {@code slipway.media.endpoint}: where its service
   *     answers, default Amazon's; {@code slipway.media.region}, default as the environment has it;
   *     {@code slipway.media.path-style}: whether the bucket is in the path, default false; {@code
   *     slipway.media.access-key} and {@code slipway.media.access-secret}: default as the
   *     environment has them; null, the default, for the data folder
   */
  record Stores(Path data, PostgresAddress database, String secretKey, BucketAddress media) {
    private static final String DATABASE = "slipway.database";
    private static final String SECRET_KEY = "slipway.secret-key";
    private static final String MEDIA = "slipway.media";
    private static final String ACCESS_KEY = "slipway.media.access-key";
    private static final String ACCESS_SECRET = "slipway.media.access-secret";

    static Stores read(SettingSource source, Path webapp) {
      Stores stores =
          new Stores(
              source.folder("slipway.data", defaultData(), webapp),
              database(source),
              source.hex(SECRET_KEY, 64),
              media(source));
      if (stores.database() != null && stores.secretKey() == null) {
        throw new IllegalArgumentException(
            "The setting " + DATABASE + " needs " + SECRET_KEY + ", the same for all who use it");
      }
      return stores;
    }

    private static PostgresAddress database(SettingSource source) {
      String user = source.text("slipway.database.user", null);
      String password = source.text("slipway.database.password", null);
      int connections = (int) source.number("slipway.database.connections", 16, 2, 1000);
      // A server finds a deadlock after a second, and fails one of the transactions in it.
      Duration patience =
          Duration.ofSeconds(source.number("slipway.database.timeout-seconds", 15, 3, 3600));
      String url = source.text(DATABASE, null);
      if (url == null) {
        return null;
      }
      if (!PostgresAddress.isValid(url)) {
        throw SettingSource.invalid(
            DATABASE,
            "an address such as jdbc:postgresql://db.example.com/slipway?sslmode=verify-full,"
                + " and user and password stand in slipway.database.user and"
                + " slipway.database.password");
      }
      return new PostgresAddress(url, user, password, connections, patience);
    }

    private static BucketAddress media(SettingSource source) {
      String bucket = source.text(MEDIA, null);
      URI endpoint = source.webAddress("slipway.media.endpoint");
      String region = source.text("slipway.media.region", null);
      boolean isPathStyle = source.flag("slipway.media.path-style", false);
      String key = source.text(ACCESS_KEY, null);
      String secret = source.text(ACCESS_SECRET, null);
      if ((key == null) != (secret == null)) {
        throw new IllegalArgumentException(
            "The settings " + ACCESS_KEY + " and " + ACCESS_SECRET + " must be set together");
      }
      if (bucket == null) {
        return null;
      }
      return BucketAddress.of(bucket)
          .orElseThrow(
              () ->
                  SettingSource.invalid(
                      MEDIA,
                      "a bucket such as s3://bucket or s3://bucket/prefix; the prefix is of letters,"
                          + " digits, hyphens, underscores and slashes"))
          .at(endpoint, region, isPathStyle)
          .with(key, secret);
    }

    /** Says nothing secret. */
    @Override
    public String toString() {
      return "Stores[]";
    }
  }

  /** The folder of what is kept in files. */
  Path data() {
    return stores.data();
  }

  /**
   * What the service takes.
   *
   * @param uploads which files
   * @param incoming how much room they take while they are received
   * @param resumable how they come in pieces
   * @param tokens how upload tokens are kept
   * @param texts {@code slipway.text.title-chars}, {@code slipway.text.description-chars}, {@code
   *     slipway.text.tags} and {@code slipway.text.tag-chars}: how long the metadata of photos and
   *     albums may be; default 500 and 20,000 characters, 100 tags of 100
   * @param scanning {@code slipway.scan.command} or {@code slipway.scan.clamd}: a virus scanner,
   *     default none; {@code slipway.scan.failure}: what follows where it gives no verdict, default
   *     {@code closed}; {@code slipway.scan.patience-seconds}: how long one that is away is waited
   *     for, default 60; {@code slipway.scan.seconds}: how long it may take for a file, default
   *     300; {@code slipway.scan.max-bytes}: the largest file that it gets, default 10 GiB; {@code
   *     slipway.scan.threads}: files at a time, default 2; {@code slipway.scan.megabytes}: memory
   *     of the program, default 4096
   */
  record Intake(
      Uploads uploads,
      IncomingBounds incoming,
      Resumable resumable,
      Tokens tokens,
      TextLimits texts,
      Scanning scanning) {
    static Intake read(SettingSource source) {
      return new Intake(
          Uploads.read(source),
          IncomingBounds.read(source),
          Resumable.read(source),
          Tokens.read(source),
          Settings.texts(source),
          Settings.scanning(source));
    }
  }

  /** Which files are taken. */
  Uploads uploads() {
    return intake.uploads();
  }

  /** How much room files take while they are received. */
  IncomingBounds incoming() {
    return intake.incoming();
  }

  /** How files come in pieces. */
  Resumable resumable() {
    return intake.resumable();
  }

  /** How upload tokens are kept. */
  Tokens tokens() {
    return intake.tokens();
  }

  /** Which virus scanner looks at files. */
  Scanning scanning() {
    return intake.scanning();
  }

  /** How long the metadata of photos and albums may be. */
  TextLimits texts() {
    return intake.texts();
  }

  /**
   * The site.
   *
   * @param baseUrl {@code slipway.base-url}: address visitors reach this server at; null, the
   *     default, takes it from each request
   * @param branding {@code slipway.site.name}: for people, default {@code Slipway}; {@code
   *     slipway.site.logo} and {@code slipway.site.logo-dark}: files of a logo in place of the
   *     name; {@code slipway.site.accent}: the colour of buttons and links; {@code
   *     slipway.site.css}: the file of a style sheet; {@code slipway.site.footer}: links at the
   *     foot of pages; default none
   * @param isPublic {@code slipway.site.public}: whether callers without a credential may read;
   *     default true
   * @param compatibility {@code slipway.compat.always200}: error replies of API methods, and
   *     plain-text ones to forms, carry HTTP status 200; {@code slipway.compat.visual}: JSON of API
   *     methods comes as {@code var visual = {...};}; default false for both
   * @param comments {@code slipway.comments}: {@code off}, the default, {@code moderated} or {@code
   *     open}: whether people may comment on photos
   * @param proxies {@code slipway.proxies}: addresses and CIDR blocks of the proxies whose
   *     forwarding headers are believed, comma-separated; default none
   */
  record Site(
      URI baseUrl,
      Branding branding,
      boolean isPublic,
      Compatibility compatibility,
      CommentMode comments,
      List<String> proxies) {
    static Site read(SettingSource source) {
      return new Site(
          source.webAddress("slipway.base-url"),
          BrandSettings.read(source),
          source.flag("slipway.site.public", true),
          new Compatibility(
              source.flag("slipway.compat.always200", false),
              source.flag("slipway.compat.visual", false)),
          source.constant("slipway.comments", CommentMode.OFF),
          source.list("slipway.proxies", ""));
    }

    /** Its name, for people. */
    String name() {
      return branding.name();
    }
  }

  /**
   * The credentials.
   *
   * @param initialKey {@code slipway.auth.initial-key}: the key of the first super credential, at
   *     least 16 characters; null, the default, makes a random one
   * @param oauthWindow {@code slipway.oauth.window-seconds}: how far an OAuth timestamp may be off
   *     the clock; default 300 s
   * @param oauthNonces {@code slipway.oauth.nonces}: nonces remembered per credential; default
   *     100,000
   * @param sessions {@code slipway.session.idle}: how long a session lasts without being used;
   *     default 20 minutes; {@code slipway.session.longest}: how long at most; default 12 hours;
   *     {@code slipway.session.per-user}: how many of one user; default 20; {@code
   *     slipway.session.visitors}: how many of visitors that are no users; default 100,000
   */
  record Auth(String initialKey, long oauthWindow, int oauthNonces, SessionLimits sessions) {
    static Auth read(SettingSource source) {
      return new Auth(
          source.secret("slipway.auth.initial-key", 16),
          source.number("slipway.oauth.window-seconds", 300, 1, 86_400),
          (int) source.number("slipway.oauth.nonces", 100_000, 100, 10_000_000),
          new SessionLimits(
              source.duration("slipway.session.idle", Duration.ofMinutes(20)),
              source.duration("slipway.session.longest", Duration.ofHours(12)),
              (int) source.number("slipway.session.per-user", 20, 1, 1_000),
              (int) source.number("slipway.session.visitors", 100_000, 1, 10_000_000)));
    }

    /** Says nothing secret. */
    @Override
    public String toString() {
      return "Auth[]";
    }
  }

  /**
   * The uploads.
   *
   * @param maxBytes {@code slipway.upload.max-bytes}: the largest file; default 10 GiB
   * @param types {@code slipway.upload.types}: MIME types taken, comma-separated; default {@code
   *     image/*,video/*}
   * @param formParts {@code slipway.upload.form.parts}: fields and files in a form, default 200
   * @param fieldBytes {@code slipway.upload.form.field-bytes}: longest field, default 64 KiB
   * @param formBytes {@code slipway.upload.form.bytes}: all fields of a form together, with their
   *     names; default 256 KiB
   * @param readOffBytes {@code slipway.upload.read-off.bytes}: how much of a refused upload is read
   *     so that its sender gets to the answer; default 256 MiB
   * @param readOffSeconds {@code slipway.upload.read-off.seconds}: how long at most; default 30
   */
  record Uploads(
      long maxBytes,
      List<String> types,
      int formParts,
      int fieldBytes,
      int formBytes,
      long readOffBytes,
      long readOffSeconds) {
    FileRules rules() {
      return new FileRules(maxBytes, types);
    }

    static Uploads read(SettingSource source) {
      return new Uploads(
          source.number("slipway.upload.max-bytes", 10L << 30, 1, 1L << 50),
          source.mediaTypes("slipway.upload.types", "image/*,video/*"),
          (int) source.number("slipway.upload.form.parts", 200, 3, 1_000),
          (int) source.number("slipway.upload.form.field-bytes", 64 << 10, 1 << 10, 16 << 20),
          (int) source.number("slipway.upload.form.bytes", 256 << 10, 1 << 10, 64 << 20),
          source.number("slipway.upload.read-off.bytes", 256L << 20, 0, 1L << 50),
          source.number("slipway.upload.read-off.seconds", 30, 0, 3600));
    }
  }

  /**
   * The room of files that are being received.
   *
   * @param totalBytes {@code slipway.incoming.total-bytes}: all of them, unfinished uploads
   *     included; the default, 0, is what the disk has free beyond {@code
   *     slipway.health.least-free-bytes}
   * @param tokenlessBytes {@code slipway.incoming.tokenless-bytes}: those of forms that have not
   *     shown a known token yet; default 2 GiB
   * @param tokenlessBytesPerAddress {@code slipway.incoming.tokenless-bytes-per-address}: the same
   *     of one address; default 1 GiB
   */
  record IncomingBounds(long totalBytes, long tokenlessBytes, long tokenlessBytesPerAddress) {
    IncomingRoom.RoomLimits limits() {
      return new IncomingRoom.RoomLimits(totalBytes, tokenlessBytes, tokenlessBytesPerAddress);
    }

    static IncomingBounds read(SettingSource source) {
      return new IncomingBounds(
          source.number("slipway.incoming.total-bytes", 0, 0, 1L << 60),
          source.number("slipway.incoming.tokenless-bytes", 2L << 30, 0, 1L << 60),
          source.number("slipway.incoming.tokenless-bytes-per-address", 1L << 30, 0, 1L << 60));
    }
  }

  /**
   * The uploads that come in pieces.
   *
   * @param ttl {@code slipway.resumable.ttl}: how long an unfinished one waits for its next bytes,
   *     and a finished one is answered for, such as {@code 90m}; default 24 hours
   * @param emptyTtl {@code slipway.resumable.empty-ttl}: how long one waits for its first byte, and
   *     no longer than {@code ttl}; default 15 minutes
   * @param tokenBytes {@code slipway.resumable.token-bytes}: unfinished ones of one token together;
   *     default 50 GiB
   * @param totalBytes {@code slipway.resumable.total-bytes}: all unfinished ones; default 500 GiB
   * @param uploadsPerAddress {@code slipway.resumable.uploads-per-address}: how many unfinished
   *     ones of one address; default 1000, 0 for no limit
   */
  record Resumable(
      Duration ttl, Duration emptyTtl, long tokenBytes, long totalBytes, int uploadsPerAddress) {
    static Resumable read(SettingSource source) {
      return new Resumable(
          source.duration("slipway.resumable.ttl", Duration.ofHours(24)),
          source.duration("slipway.resumable.empty-ttl", Duration.ofMinutes(15)),
          source.number("slipway.resumable.token-bytes", 50L << 30, 1, 1L << 50),
          source.number("slipway.resumable.total-bytes", 500L << 30, 1, 1L << 50),
          (int) source.number("slipway.resumable.uploads-per-address", 1000, 0, 1_000_000));
    }
  }

  /**
   * The upload tokens.
   *
   * @param returnHosts {@code slipway.return.hosts}: hosts a return_url may name, comma-separated,
   *     {@code *.example.com} for all below one; default any
   * @param sweepPeriod {@code slipway.token.sweep-seconds}: how often what is expired is swept;
   *     default 60 s
   * @param extraBytes {@code slipway.token.extra-bytes}: names and values of extra parameters that
   *     the callback repeats, together; default 2048
   */
  record Tokens(List<String> returnHosts, Duration sweepPeriod, int extraBytes) {
    static Tokens read(SettingSource source) {
      return new Tokens(
          source.hosts("slipway.return.hosts"),
          Duration.ofSeconds(source.number("slipway.token.sweep-seconds", 60, 1, 86_400)),
          (int) source.number("slipway.token.extra-bytes", 2048, 0, 4000));
    }
  }

  /**
   * The limits; 0 is no limit.
   *
   * @param rates how often any one caller may call
   * @param requests how much requests may ask at the same time
   * @param bodies how long bodies are waited for
   * @param readers how slowly answers may be taken
   * @param zips {@code slipway.zip.files}: files in the zip of an album, tag or user, default 1000,
   *     0 for no zips; {@code slipway.zip.bytes}: their bytes together, default 10 GiB; {@code
   *     slipway.zip.at-once}: zips on their way at the same time, default 10; {@code
   *     slipway.zip.at-once-per-address}: of one address, default 2
   */
  record CallerLimits(
      Rates rates, Requests requests, Bodies bodies, SlowReaders readers, ZipBounds zips) {
    static CallerLimits read(SettingSource source) {
      return new CallerLimits(
          Rates.read(source),
          Requests.read(source),
          Bodies.read(source),
          SlowReaders.read(source),
          zips(source));
    }

    private static ZipBounds zips(SettingSource source) {
      return new ZipBounds(
          (int) source.number("slipway.zip.files", 1000, 0, 100_000),
          source.number("slipway.zip.bytes", 10L << 30, 0, 1L << 50),
          (int) source.number("slipway.zip.at-once", 10, 1, 10_000),
          (int) source.number("slipway.zip.at-once-per-address", 2, 1, 10_000));
    }
  }

  /**
   * The calls of each caller in a minute.
   *
   * @param perCredential {@code slipway.limit.credential-per-minute}: API calls of one credential;
   *     default 60,000
   * @param perAddress {@code slipway.limit.anonymous-per-minute}: API calls and upload requests of
   *     one address without a credential; default 6,000
   * @param failuresPerAddress {@code slipway.limit.failures-per-minute}: calls of one address with
   *     a credential that is not valid; default 60
   * @param pagesPerAddress {@code slipway.limit.pages-per-minute}: requests of one address for
   *     pages, media and {@code /health/ready}; default 12,000
   */
  record Rates(long perCredential, long perAddress, long failuresPerAddress, long pagesPerAddress) {
    static Rates read(SettingSource source) {
      return new Rates(
          source.number("slipway.limit.credential-per-minute", 60_000, 0, 1L << 40),
          source.number("slipway.limit.anonymous-per-minute", 6_000, 0, 1L << 40),
          source.number("slipway.limit.failures-per-minute", 60, 0, 1L << 40),
          source.number("slipway.limit.pages-per-minute", 12_000, 0, 1L << 40));
    }
  }

  /**
   * The requests that are answered at the same time.
   *
   * @param queryChars {@code slipway.limit.query-chars}: longest query, default 8192
   * @param memoryBytes {@code slipway.limit.memory-bytes}: memory that all requests hold together
   *     while they are read and answered, a quarter of it kept for those with a key; default a
   *     quarter of the heap
   * @param uploads {@code slipway.limit.uploads}: uploads at the same time; the default, 0, is
   *     10,000 on virtual threads and 140 on others, but no more than one for every 640 KB of heap;
   *     a fifth is kept for callers with a key
   * @param uploadsPerAddress {@code slipway.limit.uploads-per-address}: of one address at the same
   *     time, without a key; default 100
   */
  record Requests(int queryChars, long memoryBytes, int uploads, int uploadsPerAddress) {
    static Requests read(SettingSource source) {
      return new Requests(
          (int) source.number("slipway.limit.query-chars", 8192, 256, 1 << 20),
          source.number("slipway.limit.memory-bytes", defaultMemory(), 1 << 20, 1L << 50),
          (int) source.number("slipway.limit.uploads", 0, 0, 1_000_000),
          (int) source.number("slipway.limit.uploads-per-address", 100, 0, 1_000_000));
    }

    private static long defaultMemory() {
      return Runtime.getRuntime().maxMemory() / 4;
    }
  }

  /**
   * The bodies of requests, which may come slowly.
   *
   * @param bytesPerSecond {@code slipway.limit.least-bytes-per-second}: the least that a body must
   *     bring on average over the grace; default 256
   * @param tokenlessBytesPerSecond {@code slipway.limit.tokenless-bytes-per-second}: the least that
   *     a form must bring on average over the body patience until its token is known; default 4096
   * @param grace {@code slipway.limit.grace-seconds}: so much of the latest time waited for a body
   *     counts, once there was as much; default 30 s
   * @param patience {@code slipway.limit.body-seconds}: how long the body of a request that is no
   *     upload is waited for in all; default 30 s
   * @param slow {@code slipway.limit.slow-bodies}: how many such bodies are waited for at the same
   *     time, of requests with a key, and as many without; default 20
   * @param slowPerAddress {@code slipway.limit.slow-bodies-per-address}: without a key, of one
   *     address; default 10
   */
  record Bodies(
      long bytesPerSecond,
      long tokenlessBytesPerSecond,
      Duration grace,
      Duration patience,
      int slow,
      int slowPerAddress) {
    static Bodies read(SettingSource source) {
      return new Bodies(
          source.number("slipway.limit.least-bytes-per-second", 256, 0, 1L << 40),
          source.number("slipway.limit.tokenless-bytes-per-second", 4096, 0, 1L << 40),
          Duration.ofSeconds(source.number("slipway.limit.grace-seconds", 30, 1, 86_400)),
          Duration.ofSeconds(source.number("slipway.limit.body-seconds", 30, 1, 86_400)),
          (int) source.number("slipway.limit.slow-bodies", 20, 1, 1_000_000),
          (int) source.number("slipway.limit.slow-bodies-per-address", 10, 0, 1_000_000));
    }
  }

  /**
   * The readers of downloads and other answers, who may be slow.
   *
   * @param bytesPerSecond {@code slipway.limit.reader-bytes-per-second}: the least that they must
   *     take on average over {@code slipway.limit.grace-seconds} waited for them; default 1024
   * @param most {@code slipway.limit.slow-readers}: how many answers wait for their readers at the
   *     same time, a fifth of them kept for callers with a key; default one for every 512 KB of
   *     heap, 1000 at most
   * @param mostPerAddress {@code slipway.limit.slow-readers-per-address}: without a key, of one
   *     address; default 100
   */
  record SlowReaders(long bytesPerSecond, int most, int mostPerAddress) {
    private static final long HEAP_BYTES_PER_READER = 512 << 10;

    static SlowReaders read(SettingSource source) {
      return new SlowReaders(
          source.number("slipway.limit.reader-bytes-per-second", 1024, 0, 1L << 40),
          (int) source.number("slipway.limit.slow-readers", defaultMost(), 1, 1_000_000),
          (int) source.number("slipway.limit.slow-readers-per-address", 100, 0, 1_000_000));
    }

    private static long defaultMost() {
      return Math.max(1, Math.min(1000, Runtime.getRuntime().maxMemory() / HEAP_BYTES_PER_READER));
    }
  }

  /**
   * What those who run it need.
   *
   * @param metricsKey {@code slipway.metrics.key}: key that reads {@code /metrics}, at least 16
   *     characters; null, the default, lets callers on this machine read it
   * @param leastFreeBytes {@code slipway.health.least-free-bytes}: room on the disk below which the
   *     service is not ready; default 1 GiB
   * @param patience {@code slipway.shutdown.seconds}: how long the end waits for running uploads;
   *     default 30 s
   * @param setAside {@code slipway.media.set-aside}: how long the service runs before files that no
   *     row knows, which it set aside, are deleted, such as {@code 90d}; default 30 days
   * @param mediaAccess {@code slipway.media.group-readable}: whether the group of the media folder
   *     may read its files; default false
   * @param accelPrefix {@code slipway.media.accel}: where the nginx in front has the media folder,
   *     such as {@code /slipway-media/}, so that it sends the files; null, the default, sends them
   *     from here
   * @param isSentOn {@code slipway.media.redirect}: whether browsers are sent on to the bucket of
   *     {@code slipway.media} for published originals; default false
   * @param viewPeriod {@code slipway.views.seconds}: how often the views of photos are written;
   *     default 10 s
   */
  record Operating(
      String metricsKey,
      long leastFreeBytes,
      Duration patience,
      Duration setAside,
      MediaAccess mediaAccess,
      String accelPrefix,
      boolean isSentOn,
      Duration viewPeriod) {
    private static final String REDIRECT = "slipway.media.redirect";

    static Operating read(SettingSource source) {
      return new Operating(
          source.secret("slipway.metrics.key", 16),
          source.number("slipway.health.least-free-bytes", 1L << 30, 0, 1L << 60),
          Duration.ofSeconds(source.number("slipway.shutdown.seconds", 30, 0, 86_400)),
          source.duration("slipway.media.set-aside", Duration.ofDays(30)),
          source.flag("slipway.media.group-readable", false)
              ? MediaAccess.GROUP
              : MediaAccess.OWNER,
          source.prefix("slipway.media.accel", "slipway.proxies"),
          source.flag(REDIRECT, false),
          Duration.ofSeconds(source.number("slipway.views.seconds", 10, 1, 3600)));
    }

    /** Says nothing secret. */
    @Override
    public String toString() {
      return "Operating[leastFreeBytes=" + leastFreeBytes + ", patience=" + patience + "]";
    }
  }

  /**
   * The renditions.
   *
   * @param threads {@code slipway.rendition.threads}: how many files are worked on at a time, 0 for
   *     none; default one for every two processors, at least 1 and at most 4
   * @param pictures {@code slipway.rendition.megabytes}: the heap of the process that decodes a
   *     picture, default 512 MB; {@code slipway.rendition.seconds}: processor time it may take with
   *     all its renditions, default 20 s; {@code slipway.rendition.max-pixels}: the largest picture
   *     that is decoded, default 250 million
   * @param heif {@code slipway.heif.program}: name or path of heif-dec, heif-convert or
   *     vipsthumbnail, default the first of these that is installed; {@code slipway.heif.seconds}:
   *     how long it may decode a file, default 60; {@code slipway.heif.megabytes}: its memory,
   *     default 2048 MB
   * @param videos {@code slipway.video.ffmpeg} and {@code slipway.video.ffprobe}: their names or
   *     paths; {@code slipway.video.seconds}: how long either may look at a video, default 60;
   *     {@code slipway.video.megabytes}: their memory, default 2048 MB
   * @param conversions {@code slipway.video.conversions}: how many videos are converted at a time
   *     that not every browser plays, default 1, 0 for none; {@code slipway.video.lines}: the most
   *     lines of the result, default 1080; {@code slipway.video.threads}: threads of each, default
   *     one for every two processors, at least 1 and at most 4; {@code
   *     slipway.video.seconds-per-minute}: processor time for a minute of video, default 1800 s;
   *     {@code slipway.video.most-minutes}: longer videos are not converted, default 240
   */
  record Renditions(
      int threads,
      DecoderLimits pictures,
      HeifTool heif,
      VideoTools videos,
      ConversionLimits conversions) {
    private static final int MOST_DEFAULT_THREADS = 4;

    static Renditions read(SettingSource source) {
      return new Renditions(
          (int) source.number("slipway.rendition.threads", defaultThreads(), 0, 64),
          new DecoderLimits(
              (int) source.number("slipway.rendition.megabytes", 512, 128, 1 << 16),
              Duration.ofSeconds(source.number("slipway.rendition.seconds", 20, 1, 3600)),
              source.number("slipway.rendition.max-pixels", 250_000_000, 1, 1L << 40)),
          new HeifTool(
              source.program("slipway.heif.program", HeifTool.usual()),
              (int) source.number("slipway.heif.seconds", 60, 1, 3600),
              (int) source.number("slipway.heif.megabytes", 2048, 256, 1 << 20)),
          new VideoTools(
              source.program("slipway.video.ffmpeg", "ffmpeg"),
              source.program("slipway.video.ffprobe", "ffprobe"),
              (int) source.number("slipway.video.seconds", 60, 1, 3600),
              (int) source.number("slipway.video.megabytes", 2048, 256, 1 << 20)),
          conversions(source));
    }

    private static ConversionLimits conversions(SettingSource source) {
      return new ConversionLimits(
          (int) source.number("slipway.video.conversions", 1, 0, 16),
          (int) source.number("slipway.video.lines", 1080, 144, 1080),
          (int) source.number("slipway.video.threads", defaultThreads(), 1, 64),
          (int) source.number("slipway.video.seconds-per-minute", 1800, 1, 86_400),
          (int) source.number("slipway.video.most-minutes", 240, 1, 10_000));
    }

    private static long defaultThreads() {
      int processors = Runtime.getRuntime().availableProcessors();
      return Math.max(1, Math.min(MOST_DEFAULT_THREADS, processors / 2));
    }
  }

  /**
   * The calls to other servers: webhooks, pingbacks and background returns.
   *
   * @param allowPrivate {@code slipway.outgoing.allow-private}: hosts, addresses and CIDR blocks
   *     that may be called although they are private, comma-separated, or {@code true} for all;
   *     default none
   * @param retries {@code slipway.outgoing.first-pause-millis}, {@code
   *     slipway.outgoing.longest-pause-seconds} and {@code slipway.outgoing.give-up-seconds}:
   *     pauses between attempts, doubling from 10 seconds to 2 hours, for a day
   * @param limits {@code slipway.outgoing.workers}, {@code slipway.outgoing.per-host} and {@code
   *     slipway.outgoing.timeout-seconds}: 16 calls at once, 2 to one host, of 15 seconds each;
   *     {@code slipway.outgoing.most-waiting}: 100,000 may wait for one host
   * @param retention {@code slipway.event.retention}: how long events and calls are kept, unless
   *     they still wait, such as {@code 90d}; default 30 days
   * @param mail e-mail to the owners of links and albums; null, the default, for none
   */
  record OutgoingCalls(
      List<String> allowPrivate,
      Retries retries,
      Outgoing.CallLimits limits,
      Duration retention,
      MailSettings mail) {
    static OutgoingCalls read(SettingSource source) {
      return new OutgoingCalls(
          source.list("slipway.outgoing.allow-private", ""),
          new Retries(
              Duration.ofMillis(
                  source.number("slipway.outgoing.first-pause-millis", 10_000, 1, 3_600_000)),
              Duration.ofSeconds(
                  source.number("slipway.outgoing.longest-pause-seconds", 7200, 1, 86_400)),
              Duration.ofSeconds(
                  source.number("slipway.outgoing.give-up-seconds", 86_400, 0, 2_592_000))),
          new Outgoing.CallLimits(
              (int) source.number("slipway.outgoing.workers", 16, 1, 256),
              (int) source.number("slipway.outgoing.per-host", 2, 1, 256),
              Duration.ofSeconds(source.number("slipway.outgoing.timeout-seconds", 15, 1, 300)),
              (int)
                  source.number("slipway.outgoing.most-waiting", 100_000, 100, Integer.MAX_VALUE)),
          source.duration("slipway.event.retention", Duration.ofDays(30)),
          MailSettings.read(source));
    }
  }

  /**
   * Reads and checks the settings.
   *
   * @param contextParameters gives a servlet context parameter's value, or null
   * @param webapp folder of the web application, which must not hold the data; null when there is
   *     none
   * @throws IllegalArgumentException naming the setting and what is valid
   */
  static Settings read(UnaryOperator<String> contextParameters, Path webapp) {
    SettingSource source = new SettingSource(contextParameters);
    checkLog(source);
    Settings settings =
        new Settings(
            Stores.read(source, webapp),
            Site.read(source),
            Auth.read(source),
            Intake.read(source),
            CallerLimits.read(source),
            Operating.read(source),
            Renditions.read(source),
            OutgoingCalls.read(source));
    settings.checkIndexed();
    settings.checkSender();
    settings.checkMail();
    List<String> unknown = source.unknown();
    if (!unknown.isEmpty()) {
      LOG.warn(
          "These are not settings and have no effect (docs/settings.md lists all): {}",
          String.join(", ", unknown));
    }
    return settings;
  }

  private void checkMail() {
    if (outgoing.mail() != null) {
      outgoing.mail().check(site.baseUrl());
    }
  }

  /** Titles of albums, and tags, are indexed, and an entry of an index in PostgreSQL is short. */
  private void checkIndexed() {
    if (stores.database() == null) {
      return;
    }
    if (texts().title() > MOST_INDEXED_TITLE) {
      throw SettingSource.invalid(
          "slipway.text.title-chars", MOST_INDEXED_TITLE + " at most with slipway.database");
    }
    if (texts().tag() > MOST_INDEXED_TAG) {
      throw SettingSource.invalid(
          "slipway.text.tag-chars", MOST_INDEXED_TAG + " at most with slipway.database");
    }
  }

  /** A proxy can send files in our place only if they are in a folder. */
  private void checkSender() {
    if (stores.media() != null && operations.accelPrefix() != null) {
      throw SettingSource.both("slipway.media", "slipway.media.accel");
    }
    if (stores.media() == null && operations.isSentOn()) {
      throw new IllegalArgumentException(
          "The setting " + Operating.REDIRECT + " needs slipway.media: a folder has no addresses");
    }
  }

  /** The settings of the log, which {@code logback.xml} reads. */
  private static void checkLog(SettingSource source) {
    source.checkLog("slipway.log.format", Pattern.compile("text|json"), "text or json");
    source.checkLog(
        "slipway.log.level",
        Pattern.compile("(?i)\\s*|trace|debug|info|warn|error|off"),
        "trace, debug, info, warn, error or off");
  }

  private static Scanning scanning(SettingSource source) {
    List<String> command = source.command("slipway.scan.command");
    ClamdAddress clamd = source.clamd("slipway.scan.clamd");
    if (!command.isEmpty() && clamd != null) {
      throw SettingSource.both("slipway.scan.command", "slipway.scan.clamd");
    }
    return new Scanning(
        command,
        clamd,
        new ProgramLimits(
            (int) source.number("slipway.scan.seconds", 300, 1, 86_400),
            (int) source.number("slipway.scan.megabytes", 4096, 64, 1 << 20)),
        new ScanRules(
            source.constant("slipway.scan.failure", ScanFailure.CLOSED),
            source.number("slipway.scan.max-bytes", 10L << 30, 1, 1L << 50),
            (int) source.number("slipway.scan.threads", 2, 1, 64),
            Duration.ofSeconds(source.number("slipway.scan.patience-seconds", 60, 0, 86_400))));
  }

  private static TextLimits texts(SettingSource source) {
    TextLimits standard = TextLimits.DEFAULT;
    return new TextLimits(
        (int) source.number("slipway.text.title-chars", standard.title(), 1, 10_000),
        (int) source.number("slipway.text.description-chars", standard.description(), 1, 200_000),
        (int) source.number("slipway.text.tags", standard.tags(), 1, 1000),
        (int) source.number("slipway.text.tag-chars", standard.tag(), 1, 1000));
  }

  private static Path defaultData() {
    return Path.of(System.getProperty("user.home"), "slipway-data");
  }
}
