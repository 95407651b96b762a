package slipway.web;

import jakarta.servlet.ServletContext;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collections;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * All that pages load besides media, read and packed once: the folder {@code assets} of the
 * application, Pico's style sheet as {@code pico.min.css}, {@link VisitorStyles}, the site's own
 * files in {@code brand/}, and the uploader as the one file that the build makes of its modules.
 * Where the build made none, the modules are loaded one by one.
 *
 * <p>Each has two addresses: {@code /assets/<name>}, which stays and answers with the newest, and
 * {@code /assets/<version>/<name>} for Slipway's own pages, which a browser asks for once. The
 * version stands for the content of all of them, so that modules that load each other are of one.
 */
public final class Assets {
  /** What the paths of all of them begin with. */
  public static final String PATH = "/assets/";

  private static final String UPLOADER = "slipway-upload.js";
  private static final String TEXTS = "slipway-upload/texts/";
  private static final String PICO_FOLDER = "/webjars/picocss__pico/";
  private static final String PICO = "pico.min.css";
  private static final String VISITORS = "visitors.css";
  private static final int VERSION_BYTES = 8;
  private static final Pattern VERSIONED =
      Pattern.compile("([0-9a-f]{" + 2 * VERSION_BYTES + "})/(.*)", Pattern.DOTALL);

  private final SortedMap<String, Asset> all;
  private final String version;
  private final boolean isBundled;

  private Assets(SortedMap<String, Asset> all, boolean isBundled) {
    this.all = Collections.unmodifiableSortedMap(all);
    this.version = version(all);
    this.isBundled = isBundled;
  }

  /** How long a browser may keep what it is answered with. */
  enum Lifetime {
    /** The content of the address never changes. */
    FOR_EVER("public, max-age=31536000, immutable"),
    /** A file that goes with any version of the others. */
    SHORT("public, max-age=300"),
    /** Revalidated each time, so that no page mixes the modules of two versions. */
    NONE("no-cache");

    private final String header;

    Lifetime(String header) {
      this.header = header;
    }

    /** As {@code Cache-Control} has it. */
    String header() {
      return header;
    }
  }

  /** An asset at an address, and how long it may be kept. */
  record ServedAsset(Asset asset, Lifetime lifetime) {}

  /** Reads all that the application has, and what the site has of its own. */
  public static Assets read(ServletContext context, Branding branding) throws IOException {
    SortedMap<String, Asset> all = new TreeMap<>();
    add(all, context, PATH);
    for (String folder : paths(context, PICO_FOLDER)) {
      put(all, PICO, context.getResourceAsStream(folder + "css/" + PICO));
    }
    for (BrandFile own : branding.files()) {
      all.put(own.path(), Asset.of(own.path(), own.bytes()));
    }
    String styles = VisitorStyles.of(text(all, PICO), text(all, "slipway.css"), branding.styles());
    all.put(VISITORS, Asset.of(VISITORS, styles.getBytes(StandardCharsets.UTF_8)));
    boolean isBundled = putIfMade(all, UPLOADER);
    putIfMade(all, UPLOADER + ".map");
    return new Assets(all, isBundled);
  }

  private static void add(Map<String, Asset> all, ServletContext context, String folder)
      throws IOException {
    for (String path : paths(context, folder)) {
      if (path.endsWith("/")) {
        add(all, context, path);
      } else {
        put(all, path.substring(PATH.length()), context.getResourceAsStream(path));
      }
    }
  }

  private static Iterable<String> paths(ServletContext context, String folder) {
    return Optional.ofNullable(context.getResourcePaths(folder)).orElse(Collections.emptySet());
  }

  /** Takes what the build made, from beside the classes. */
  private static boolean putIfMade(Map<String, Asset> all, String name) throws IOException {
    InputStream made = Assets.class.getResourceAsStream(PATH + name);
    if (made != null) {
      put(all, name, made);
    }
    return made != null;
  }

  private static void put(Map<String, Asset> all, String name, InputStream in) throws IOException {
    if (in == null) {
      throw new IOException("The application has no " + name + ".");
    }
    try (in) {
      all.put(name, Asset.of(name, in.readAllBytes()));
    }
  }

  private static String text(Map<String, Asset> all, String name) throws IOException {
    Asset asset = all.get(name);
    if (asset == null) {
      throw new IOException("The application has no " + name + ".");
    }
    return new String(asset.bytes(), StandardCharsets.UTF_8);
  }

  private static String version(SortedMap<String, Asset> all) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      all.forEach(
          (name, asset) -> {
            digest.update(
                (name + '\n' + asset.bytes().length + '\n').getBytes(StandardCharsets.UTF_8));
            digest.update(asset.bytes());
          });
      return HexFormat.of().formatHex(digest.digest(), 0, VERSION_BYTES);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  /** What the paths of the pages' own begin with, such as {@code /assets/0123456789abcdef}. */
  String path() {
    return PATH + version;
  }

  /**
   * The asset at a path below {@link #PATH}. The name of another version leads to the newest:
   * during the upgrade of a cluster, pages and their assets may come from different nodes.
   */
  Optional<ServedAsset> find(String path) {
    Matcher versioned = VERSIONED.matcher(path);
    if (!versioned.matches()) {
      return found(path, lifetime(path));
    }
    boolean isThis = versioned.group(1).equals(version);
    return found(versioned.group(2), isThis ? Lifetime.FOR_EVER : Lifetime.NONE);
  }

  private Optional<ServedAsset> found(String name, Lifetime lifetime) {
    return Optional.ofNullable(all.get(name)).map(asset -> new ServedAsset(asset, lifetime));
  }

  private Lifetime lifetime(String name) {
    boolean isWhole = (isBundled && name.equals(UPLOADER)) || name.startsWith(TEXTS);
    return isWhole ? Lifetime.SHORT : Lifetime.NONE;
  }

  /**
   * The path of the uploader's texts in a language, as BCP 47 names it; null for those that it
   * contains.
   */
  String texts(String language) {
    String name = language.toLowerCase(Locale.ROOT);
    for (String each : new String[] {name, name.replaceFirst("-.*", "")}) {
      String path = TEXTS + each + ".js";
      if (all.containsKey(path) && !each.equals("en")) {
        return path() + '/' + path;
      }
    }
    return null;
  }
}
