package slipway.harness;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;

/**
 * Ceph's gateway for S3, with a cluster of one node that has all in memory: it starts at first use,
 * and ends with this JVM. Where it is not installed (Debian's radosgw, ceph-mon and ceph-osd), the
 * test is skipped.
 */
public final class Radosgw {
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  /** Nobody else reaches it, and without its manager there are no keys. */
  private static final String SETTINGS =
      """
      [global]
      fsid = FSID
      mon_host = [v1:127.0.0.1:PORT]
      mon_initial_members = a
      public_network = 127.0.0.0/8
      auth_cluster_required = none
      auth_service_required = none
      auth_client_required = none
      ms_mon_client_mode = crc
      ms_bind_msgr2 = false
      run_dir = HOME
      admin_socket = HOME/$name.asok
      log_file = HOME/$name.log
      pid_file = HOME/$name.pid
      crash_dir = HOME/crash
      mon_data = HOME/mon
      mon_allow_pool_size_one = true
      mon_warn_on_pool_no_redundancy = false
      osd_data = HOME/osd
      osd_objectstore = memstore
      memstore_device_bytes = 8589934592
      osd_pool_default_size = 1
      osd_pool_default_min_size = 1
      osd_pool_default_pg_num = 4
      osd_pool_default_pg_autoscale_mode = off
      osd_crush_chooseleaf_type = 0
      osd_max_object_name_len = 1024
      rgw_data = HOME/rgw
      rgw_frontends = beast endpoint=127.0.0.1:GATE
      """;

  private static int port;

  private final Path home = Build.newFolder("servers", "radosgw");
  private final Path settings = home.resolve("ceph.conf");

  private Radosgw() {}

  /** Where it listens; it knows the credentials of {@link TestBuckets}. */
  public static synchronized int port() {
    if (port == 0) {
      List.of("radosgw", "ceph-mon", "ceph-osd").forEach(Radosgw::require);
      try {
        port = new Radosgw().start();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    return port;
  }

  private static void require(String program) {
    if (Tool.find(program).isEmpty()) {
      throw Tool.skip(program + " is not installed: Ceph's gateway is not tested.");
    }
  }

  private int start() throws IOException {
    int gate = freePort();
    String fsid = UUID.randomUUID().toString();
    int monitor = freePort();
    Files.writeString(
        settings,
        SETTINGS
            .replace("HOME", home.toString())
            .replace("FSID", fsid)
            .replace("PORT", Integer.toString(monitor))
            .replace("GATE", Integer.toString(gate)));
    for (String folder : List.of("mon", "osd", "rgw", "crash")) {
      Files.createDirectory(home.resolve(folder));
    }
    startCluster(fsid, monitor);
    run(
        "radosgw-admin",
        "user",
        "create",
        "--uid=test",
        "--display-name=test",
        "--access-key=" + S3ProxyLauncher.KEY,
        "--secret-key=" + S3ProxyLauncher.SECRET);
    serve("radosgw", "-f", "-n", "client.rgw");
    Await.until("the gateway", PATIENCE, () -> answers(gate));
    return gate;
  }

  private void startCluster(String fsid, int monitor) throws IOException {
    String map = home.resolve("monmap").toString();
    run(
        "monmaptool",
        "--create",
        "--fsid",
        fsid,
        "--addv",
        "a",
        "[v1:127.0.0.1:" + monitor + "]",
        map);
    run("ceph-mon", "--mkfs", "-i", "a", "--monmap", map);
    serve("ceph-mon", "-f", "-i", "a");
    String disk = UUID.randomUUID().toString();
    run("ceph", "--connect-timeout", "60", "osd", "new", disk);
    run("ceph-osd", "-i", "0", "--mkfs", "--osd-uuid", disk);
    serve("ceph-osd", "-f", "-i", "0");
  }

  private static boolean answers(int port) {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      return socket.isConnected();
    } catch (IOException e) {
      return false;
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private Process program(String... command) throws IOException {
    List<String> all = new ArrayList<>(List.of(command));
    all.addAll(List.of("-c", settings.toString()));
    return new ProcessBuilder(all)
        .directory(home.toFile())
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.appendTo(home.resolve("output").toFile()))
        .start();
  }

  private void serve(String... command) throws IOException {
    Process process = program(command);
    Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
  }

  private void run(String... command) throws IOException {
    Process process = program(command);
    try {
      if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
      if (process.waitFor() != 0) {
        throw new IOException(String.join(" ", command) + " failed; see " + home);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException(e);
    }
  }
}
