package slipway.harness;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The WAR, deployed at {@code /} or a path of a real container on 127.0.0.1, in a JVM of its own
 * that can be stopped, killed and started again. Its data folder outlives every restart; {@link
 * #close} removes it unless the test gave it, and keeps the log.
 */
public final class Server implements AutoCloseable {
  private static final Duration START_LIMIT = Duration.ofMinutes(2);
  private static final Duration STOP_LIMIT = Duration.ofSeconds(30);
  private static final String LOOPBACK = "127.0.0.1";

  /**
   * A test server runs for seconds, too short for better compiled code to pay off. Its heap in huge
   * pages, where the system has them, takes a third of the page faults of a start.
   */
  private static final List<String> QUICK_START =
      List.of(
          "-XX:TieredStopAtLevel=1",
          "-XX:+UseSerialGC",
          "-XX:+IgnoreUnrecognizedVMOptions",
          "-XX:+UseTransparentHugePages");

  private static final String JAVA =
      Path.of(System.getProperty("java.home"), "bin", "java").toString();
  private static final String HEAP = "-Xmx256m";

  /** The option of a server that deploys the WAR again and again. */
  private static final String BY_MANAGER = "-Dharness.manager=true";

  private static final Pattern READY = Pattern.compile(Launch.READY + "(\\d+)");
  private static final Map<Container, Server> SHARED = new ConcurrentHashMap<>();
  private static final Map<Container, Server> NARROW = new ConcurrentHashMap<>();
  private static final Map<Container, Server> MORTAL = new ConcurrentHashMap<>();

  private static final String FIRST_KEY = "slipway.auth.initial-key";
  private static final String RENDITION_THREADS = "slipway.rendition.threads";

  /** A name of this machine which shared servers know and may call, for a {@link Receiver}. */
  public static final String RECEIVER = "receiver.test";

  /** Another one, to tell two sites apart. */
  public static final String OTHER_RECEIVER = "other.test";

  /** A name whose address changes, see {@link #moveAway}. */
  public static final String MOVING = "moving.test";

  private static final String ALLOWED_PLACE = "127.0.0.3";
  private static final String REFUSED_PLACE = "127.0.0.4";

  /** Whether servers have a PostgreSQL where a test does not say what they have. */
  private static final boolean ON_POSTGRES = Boolean.getBoolean("harness.postgres");

  private final Container container;
  private final Path war;
  private final Path home;
  private final Path data;
  private final Map<String, String> settings;
  private final List<String> jvmOptions;
  private final Map<String, String> names;
  private final Map<String, String> environment;
  private final boolean isMeasured;
  private final boolean hasTables;
  private final String contextPath;
  private final String contextParameters;
  private int port;
  private Process process;

  private Server(Builder builder) {
    container = builder.container;
    war = builder.war;
    port = builder.port;
    jvmOptions = List.copyOf(builder.jvmOptions);
    names = Map.copyOf(builder.names);
    environment = Map.copyOf(builder.environment);
    isMeasured = builder.isMeasured;
    contextPath = builder.contextPath;
    contextParameters = String.join(",", builder.contextParameters);
    home = Build.newFolder("servers", container.folder());
    data = home.resolve(builder.data);
    // Tests of the first start set the first key or give the folder.
    hasTables =
        !isMeasured
            && !ON_POSTGRES
            && !builder.data.isAbsolute()
            && !builder.settings.containsKey(FIRST_KEY)
            && !builder.settings.containsKey("slipway.database");
    settings = new LinkedHashMap<>(builder.settings);
    settings.putIfAbsent("slipway.data", data.toString());
    settings.putIfAbsent(FIRST_KEY, randomKey());
    // All tests call from one address, faster than any visitor.
    settings.putIfAbsent("slipway.limit.anonymous-per-minute", "0");
    settings.putIfAbsent("slipway.limit.failures-per-minute", "0");
    settings.putIfAbsent("slipway.limit.pages-per-minute", "0");
    settings.putIfAbsent("slipway.health.least-free-bytes", "1");
    if (ON_POSTGRES) {
      settings.putIfAbsent("slipway.database", TestPostgres.newDatabase());
      settings.putIfAbsent("slipway.secret-key", "0123456789abcdef".repeat(4));
    }
    if (!isMeasured) {
      // Each server that makes some starts a process for it.
      settings.putIfAbsent(RENDITION_THREADS, "0");
    }
  }

  /** A server to be: set what differs from the default, then {@link Builder#start}. */
  public static Builder on(Container container) {
    return new Builder(container);
  }

  /**
   * The one server of a container, with the WAR as it is handed out, that all tests of this JVM may
   * use with the default settings, except for calls to other servers, which may go to {@link
   * #RECEIVER} and {@link #OTHER_RECEIVER} and are tried again soon. It makes renditions on Jetty,
   * and on each container in {@code mvn -Pfaults verify}. Started at first use, closed at the end.
   * Never stop it: what needs that starts its own.
   */
  public static Server shared(Container container) {
    return SHARED.computeIfAbsent(container, Server::startShared);
  }

  private static Server startShared(Container container) {
    Builder builder = on(container);
    // What looks at renditions runs on one container, and each photo of all other tests has some.
    if (AnyContainer.ALL || container == Container.JETTY_12) {
      builder.withRenditions();
    }
    Server server =
        builder
            .packed()
            .names(sharedNames(ALLOWED_PLACE))
            .setting(
                "slipway.outgoing.allow-private",
                String.join(",", RECEIVER, OTHER_RECEIVER, ALLOWED_PLACE))
            .setting("slipway.outgoing.first-pause-millis", "50")
            .setting("slipway.outgoing.longest-pause-seconds", "1")
            .setting("slipway.outgoing.give-up-seconds", "30")
            .start();
    return closedAtTheEnd(server);
  }

  private static Map<String, String> sharedNames(String moving) {
    return Map.of(
        "localhost", LOOPBACK, RECEIVER, LOOPBACK, OTHER_RECEIVER, LOOPBACK, MOVING, moving);
  }

  /**
   * Has {@link #MOVING} lead to an address that may be called, or to one that may not. Of shared
   * servers.
   */
  public void moveAway(boolean isAway) throws IOException {
    names(sharedNames(isAway ? REFUSED_PLACE : ALLOWED_PLACE));
  }

  static Server closedAtTheEnd(Server server) {
    Runtime.getRuntime().addShutdownHook(new Thread(server::close));
    return server;
  }

  /**
   * The one server of a container that all tests of this JVM may use which run into limits of an
   * address: it believes {@code X-Forwarded-For}, so each test has {@link Addresses} of its own. A
   * minute takes six anonymous calls, three wrong keys and four pages of an address and 40 calls of
   * a key, a query 300 characters and an upload 13 MB; an address has one upload at a time, and all
   * have four; a body is cut that brings less than 1,000 bytes a second, and a reader who takes
   * less than 100 MB. It has no upload running.
   */
  public static Server narrow(Container container) {
    Server server = NARROW.computeIfAbsent(container, Server::startNarrow);
    Await.metric(server, "slipway_uploads_running", 0);
    return server;
  }

  private static Server startNarrow(Container container) {
    return closedAtTheEnd(
        on(container)
            .jvm("-Dharness.send-buffer=16384")
            .setting("slipway.proxies", "127.0.0.1")
            .setting("slipway.limit.anonymous-per-minute", "6")
            .setting("slipway.limit.failures-per-minute", "3")
            .setting("slipway.limit.pages-per-minute", "4")
            .setting("slipway.limit.credential-per-minute", "40")
            .setting("slipway.limit.query-chars", "300")
            .setting("slipway.limit.uploads", "4")
            .setting("slipway.limit.uploads-per-address", "1")
            .setting("slipway.limit.least-bytes-per-second", "1000")
            .setting("slipway.limit.reader-bytes-per-second", "100000000")
            .setting("slipway.limit.grace-seconds", "1")
            .setting("slipway.upload.max-bytes", "13000000")
            .start());
  }

  /**
   * The one server of a container, with the default settings, that tests of this JVM may kill, stop
   * and start again. It runs; what it has may be other tests'.
   */
  public static Server mortal(Container container) {
    Server server = MORTAL.computeIfAbsent(container, each -> closedAtTheEnd(on(each).start()));
    if (!server.process.isAlive()) {
      server.start();
    }
    return server;
  }

  /**
   * An absolute address of the application; {@code path} is below where that is deployed, starts
   * with a slash and is encoded.
   */
  public URI uri(String path) {
    return URI.create("http://127.0.0.1:" + port + contextPath + path);
  }

  /** The port, the same after every restart. */
  public int port() {
    return port;
  }

  /** The first key of the server, of level {@code super}: the one it was given, or has made. */
  public String key() {
    String given = settings.get(FIRST_KEY);
    return given.isEmpty() ? madeKey() : given;
  }

  private String madeKey() {
    try {
      return Files.readString(data.resolve("initial-key.txt")).strip();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The WAR that is deployed, packed or as the folder it is packed from. */
  public Path war() {
    return war;
  }

  /** The data folder. */
  public Path data() {
    return data;
  }

  /** The folder the server has for temporary files ({@code java.io.tmpdir}), empty at the start. */
  public Path temp() {
    return home.resolve("tmp");
  }

  /** The process id of the running server. */
  public long pid() {
    return process.pid();
  }

  /** The file with all that every run of this server wrote to stdout and stderr. */
  public Path logFile() {
    return home.resolve("server.log");
  }

  /** The content of {@link #logFile} so far. */
  public String log() {
    try {
      return Files.exists(logFile())
          ? new String(Files.readAllBytes(logFile()), StandardCharsets.UTF_8)
          : "";
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The patterns of the WAR's servlets, as Jetty has them. */
  public List<String> servletMappings() throws IOException {
    return Files.readAllLines(Launch.mappings(home.resolve("work")));
  }

  /** Ends the server at once, as {@code kill -9} does, and waits until it is gone. */
  public void kill() {
    process.destroyForcibly();
    awaitEnd();
  }

  /** Stops the server in an orderly way (SIGTERM) and waits until it is gone. */
  public void stop() {
    process.destroy();
    if (!awaitEnd()) {
      kill();
      throw new IllegalStateException("Not stopped within " + STOP_LIMIT + ":\n" + log());
    }
  }

  /** Changes a setting from the next start on. */
  public void setting(String name, String value) {
    settings.put(name, value);
  }

  /** Starts the server again, on the same port and data, after stopping it if it still runs. */
  public void restart() {
    if (process.isAlive()) {
      stop();
    }
    start();
  }

  /**
   * Ends the server at once and removes its folders, but not its log. A data folder that was given
   * is kept, so such a server is stopped in an orderly way.
   */
  @Override
  public void close() {
    boolean isOurs = data.startsWith(home);
    if (process != null) {
      if (isOurs) {
        process.destroyForcibly();
      } else {
        process.destroy();
      }
      if (!awaitEnd()) {
        kill();
      }
    }
    if (isOurs) {
      Build.delete(home.resolve(home.relativize(data).getName(0)));
    }
    List.of("tmp", "work").forEach(folder -> Build.delete(home.resolve(folder)));
  }

  private void start() {
    try {
      Files.createDirectories(temp());
      // A killed server leaves its unpacked WAR behind, which the next must not trust.
      Build.delete(home.resolve("work"));
      Files.createDirectories(home.resolve("work"));
      if (!names.isEmpty()) {
        names(names);
      }
      if (hasTables && !Files.exists(data)) {
        Files.createDirectories(data);
        NewDatabase.put(data.resolve("slipway.db"));
      }
      int logged = log().length();
      process = launch();
      port = awaitReady(logged);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Changes the names that the server knows, at once; {@link Builder#names} gave it the first. */
  public void names(Map<String, String> addresses) throws IOException {
    StringBuilder hosts = new StringBuilder();
    addresses.forEach((name, address) -> hosts.append(address + " " + name + "\n"));
    Path next = Files.writeString(home.resolve("hosts.next"), hosts);
    Files.move(next, hostsFile(), StandardCopyOption.ATOMIC_MOVE);
  }

  private Path hostsFile() {
    return home.resolve("hosts");
  }

  private Process launch() throws IOException {
    List<String> command = new ArrayList<>();
    if (isMeasured) {
      command.addAll(List.of(JAVA, HEAP, "-cp", container.classPath()));
    } else {
      command.addAll(java());
      command.addAll(ClassArchive.options(container));
      if (!jvmOptions.contains(BY_MANAGER)) {
        command.add(NativeSqlite.option());
      }
    }
    command.addAll(List.of("-Djava.awt.headless=true", "-Djava.io.tmpdir=" + temp()));
    if (!names.isEmpty()) {
      command.addAll(List.of("-Djdk.net.hosts.file=" + hostsFile(), "-Dsun.net.inetaddr.ttl=0"));
    }
    if (!contextPath.isEmpty()) {
      command.add("-Dharness.context-path=" + contextPath);
    }
    command.add("-Dharness.context-parameters=" + contextParameters);
    command.addAll(jvmOptions);
    settings.forEach((name, value) -> command.add("-D" + name + "=" + value));
    command.add(container.mainClass());
    command.addAll(
        List.of(war.toString(), Integer.toString(port), home.resolve("work").toString()));
    ProcessBuilder builder = new ProcessBuilder(command).directory(home.toFile());
    builder.environment().keySet().removeIf(name -> name.startsWith("SLIPWAY_"));
    builder.environment().putAll(environment);
    builder.redirectErrorStream(true);
    builder.redirectOutput(ProcessBuilder.Redirect.appendTo(logFile().toFile()));
    return builder.start();
  }

  /** The JVM of a test server, with the options that a class archive depends on. */
  static List<String> java() {
    List<String> command = new ArrayList<>(List.of(JAVA, HEAP));
    command.addAll(QUICK_START);
    return command;
  }

  /** Waits for the launcher's line, which comes only after the WAR was deployed. */
  private int awaitReady(int logged) {
    Instant end = Instant.now().plus(START_LIMIT);
    while (Instant.now().isBefore(end)) {
      boolean alive = process.isAlive();
      String output = log().substring(logged);
      Matcher ready = READY.matcher(output);
      if (ready.find() && output.indexOf('\n', ready.end()) >= 0) {
        return Integer.parseInt(ready.group(1));
      }
      if (!alive) {
        throw new IllegalStateException(
            container + " ended with status " + process.exitValue() + ":\n" + output);
      }
      pause();
    }
    kill();
    throw new IllegalStateException(
        container + " not ready within " + START_LIMIT + ":\n" + log().substring(logged));
  }

  private static void pause() {
    try {
      Thread.sleep(20);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private boolean awaitEnd() {
    try {
      return process.waitFor(STOP_LIMIT.toSeconds(), TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private static String randomKey() {
    byte[] bytes = new byte[20];
    new SecureRandom().nextBytes(bytes);
    return HexFormat.of().formatHex(bytes);
  }

  /** What a server is started with. */
  public static final class Builder {
    private final Container container;
    private final Map<String, String> settings = new LinkedHashMap<>();
    private final List<String> contextParameters = new ArrayList<>();
    private final List<String> jvmOptions = new ArrayList<>();
    private final Map<String, String> names = new LinkedHashMap<>();
    private final Map<String, String> environment = new LinkedHashMap<>();
    private Path war = Build.exploded();
    private Path data = Path.of("data");
    private boolean isMeasured;
    private String contextPath = "";
    private int port;

    private Builder(Container container) {
      this.container = container;
    }

    /** A setting such as {@code slipway.base-url}, given as a system property. */
    public Builder setting(String name, String value) {
      settings.put(name, value);
      return this;
    }

    /** Makes renditions, as a server does that is not told otherwise; test servers make none. */
    public Builder withRenditions() {
      return setting(RENDITION_THREADS, "1");
    }

    /** A setting given as a parameter of the servlet context, with no comma in it. */
    public Builder contextParameter(String name, String value) {
      contextParameters.add(name + "=" + value);
      return this;
    }

    /** Options of the server's JVM, such as {@code -Xmx64m}; its heap is 256 MB at most if not. */
    public Builder jvm(String... options) {
      jvmOptions.addAll(List.of(options));
      return this;
    }

    /** Has the JVM's own compilers and collector, as a server in use has: for benchmarks. */
    public Builder measured() {
      isMeasured = true;
      return this;
    }

    /** The only names the server knows, with their addresses, in place of the machine's. */
    public Builder names(Map<String, String> addresses) {
      names.putAll(addresses);
      return this;
    }

    /** A disk that fails as it is told. */
    public Builder faults(Faults disk) {
      environment.putAll(disk.environment());
      return this;
    }

    /** A variable of the server's environment. */
    public Builder environment(String name, String value) {
      environment.put(name, value);
      return this;
    }

    /** A wall clock that is set as it is told. */
    public Builder clock(MovedClock clock) {
      environment.putAll(clock.environment());
      return this;
    }

    /** A disk that may lose what is not flushed, once the server is killed. */
    public Builder power(PowerLoss disk) {
      environment.putAll(disk.environment());
      return this;
    }

    /** A data folder of the test's own, which is kept. */
    public Builder data(Path folder) {
      data = folder.toAbsolutePath();
      return this;
    }

    /** Leaves it to the first start to make the data folder, with one above it, and the key. */
    public Builder thatMakesAll() {
      data = Path.of("new", "data");
      return setting(FIRST_KEY, "");
    }

    /** Where to deploy the WAR, such as {@code /media}; at the root if not given. */
    public Builder contextPath(String path) {
      contextPath = path;
      return this;
    }

    /** The port to listen on; any free one if not given. */
    public Builder port(int port) {
      this.port = port;
      return this;
    }

    /**
     * The WAR as it is handed out, in place of the folder it is packed from, which starts faster.
     */
    public Builder packed() {
      return war(Build.war());
    }

    /** Another WAR than the built one. */
    public Builder war(Path file) {
      war = file.toAbsolutePath();
      return this;
    }

    /**
     * Starts the server and waits until the WAR is deployed.
     *
     * @throws IllegalStateException with the server's output, when it is not within two minutes
     */
    public Server start() {
      Server server = new Server(this);
      try {
        server.start();
        return server;
      } catch (RuntimeException e) {
        server.close();
        throw e;
      }
    }
  }
}
