package slipway.harness;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/**
 * Two certificates of the same hosts, signed by themselves: one that a server trusts, one it does
 * not.
 */
public final class Certificates {
  /** A site of {@code https}. */
  public static final String SITE = "tls.test";

  /** A site of e-mail. */
  public static final String MAIL = "mail.test";

  private static final String PASSWORD = "changeit";
  private static final String TRUSTED = "trusted.p12";
  private static final String UNTRUSTED = "untrusted.p12";

  private final Path trusted;
  private final Path untrusted;

  private Certificates(Path trusted, Path untrusted) {
    this.trusted = trusted;
    this.untrusted = untrusted;
  }

  /**
   * Those of {@link #SITE}, {@link #MAIL} and 127.0.0.1, made once a build by the keytool of this
   * Java.
   */
  public static Certificates make() {
    Path folder = Kept.of("certificates", Certificates::make);
    return new Certificates(folder.resolve(TRUSTED), folder.resolve(UNTRUSTED));
  }

  private static void make(Path folder) throws IOException, InterruptedException {
    Files.createDirectory(folder);
    key(folder.resolve(TRUSTED));
    key(folder.resolve(UNTRUSTED));
  }

  private static void key(Path store) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
    command.addAll(List.of("-J-XX:TieredStopAtLevel=1", "-J-XX:+UseSerialGC"));
    command.addAll(List.of("-genkeypair", "-alias", "site", "-keyalg", "EC", "-storetype"));
    command.addAll(List.of("PKCS12", "-storepass", PASSWORD, "-keystore", store.toString()));
    command.addAll(List.of("-dname", "CN=" + SITE, "-ext"));
    command.add("SAN=dns:" + SITE + ",dns:" + MAIL + ",ip:127.0.0.1");
    command.addAll(List.of("-validity", "3650"));
    Process keytool = new ProcessBuilder(command).redirectErrorStream(true).start();
    byte[] output = keytool.getInputStream().readAllBytes();
    if (keytool.waitFor() != 0) {
      throw new IllegalStateException(new String(output, StandardCharsets.UTF_8));
    }
  }

  /** The JVM options of a server that trusts the trusted one, and no other. */
  public String[] trust() {
    return new String[] {
      "-Djavax.net.ssl.trustStore=" + trusted, "-Djavax.net.ssl.trustStorePassword=" + PASSWORD
    };
  }

  /** What a site with the trusted certificate answers with. */
  public SSLContext trusted() throws GeneralSecurityException, IOException {
    return context(trusted);
  }

  /** What a site with the other certificate answers with. */
  public SSLContext untrusted() throws GeneralSecurityException, IOException {
    return context(untrusted);
  }

  private static SSLContext context(Path store) throws GeneralSecurityException, IOException {
    KeyStore keys = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(store)) {
      keys.load(in, PASSWORD.toCharArray());
    }
    KeyManagerFactory factory =
        KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    factory.init(keys, PASSWORD.toCharArray());
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(factory.getKeyManagers(), null, null);
    return context;
  }
}
