package slipway.bench;

import com.google.gson.Gson;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.apache.commons.fileupload2.core.DiskFileItemFactory;
import org.apache.commons.fileupload2.jakarta.servlet6.JakartaServletFileUpload;

/** What Slipway is compared with: the least that does the same. */
public final class Yardsticks {
  private static final List<String> LIBRARIES =
      List.of("commons-fileupload2", "commons-io", "gson", "sqlite-jdbc", "slf4j-api");

  private Yardsticks() {}

  static Path war() throws IOException {
    Path war = Files.createTempFile("yardsticks", ".war");
    try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(war))) {
      put(zip, "WEB-INF/web.xml", webXml().getBytes(StandardCharsets.UTF_8));
      for (Class<?> type : List.of(Yardsticks.class, DurableFloor.class)) {
        putWithInner(zip, type);
      }
      for (String jar : System.getProperty("java.class.path").split(":", -1)) {
        String file = Path.of(jar).getFileName().toString();
        if (file.endsWith(".jar") && LIBRARIES.stream().anyMatch(file::startsWith)) {
          put(zip, "WEB-INF/lib/" + file, Files.readAllBytes(Path.of(jar)));
        }
      }
    }
    return war;
  }

  private static void putWithInner(ZipOutputStream zip, Class<?> type) throws IOException {
    String name = type.getName().replace('.', '/') + ".class";
    try (InputStream in = Yardsticks.class.getClassLoader().getResourceAsStream(name)) {
      put(zip, "WEB-INF/classes/" + name, in.readAllBytes());
    }
    for (Class<?> inner : type.getDeclaredClasses()) {
      putWithInner(zip, inner);
    }
  }

  private static List<Class<?>> servlets() {
    return Stream.of(Yardsticks.class, DurableFloor.class)
        .flatMap(outer -> Stream.of(outer.getDeclaredClasses()))
        .filter(HttpServlet.class::isAssignableFrom)
        .toList();
  }

  private static void put(ZipOutputStream zip, String name, byte[] content) throws IOException {
    zip.putNextEntry(new ZipEntry(name));
    zip.write(content);
  }

  private static String webXml() {
    StringBuilder xml =
        new StringBuilder("<web-app xmlns=\"https://jakarta.ee/xml/ns/jakartaee\" version=\"6.0\">");
    for (Class<?> type : servlets()) {
      String name = type.getSimpleName();
      xml.append("<servlet><servlet-name>" + name + "</servlet-name><servlet-class>");
      xml.append(type.getName() + "</servlet-class>");
      if (type == GetPart.class) {
        xml.append("<multipart-config><file-size-threshold>65536</file-size-threshold>");
        xml.append("</multipart-config>");
      }
      xml.append("</servlet><servlet-mapping><servlet-name>" + name);
      xml.append("</servlet-name><url-pattern>/" + name + "</url-pattern></servlet-mapping>");
    }
    return xml.append("</web-app>").toString();
  }

  /** Answers 700 bytes, as long as a token's reply, without looking at the request. */
  public static final class Constant extends HttpServlet {
    private static final long serialVersionUID = 1L;
    private static final byte[] BODY = "x".repeat(700).getBytes(StandardCharsets.US_ASCII);

    @Override
    protected void doPost(HttpServletRequest request, HttpServletResponse response)
        throws IOException {
      request.getInputStream().readAllBytes();
      response.setContentType("application/json");
      response.setContentLength(BODY.length);
      response.getOutputStream().write(BODY);
    }
  }

  /** Issues a token as is usual where nothing is kept: a map, and Gson for the answer. */
  public static final class MapToken extends HttpServlet {
    private static final long serialVersionUID = 1L;
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final Gson GSON = new Gson();

    private final transient Map<String, Map<String, String[]>> tokens = new ConcurrentHashMap<>();

    @Override
    protected void doPost(HttpServletRequest request, HttpServletResponse response)
        throws IOException {
      byte[] secret = new byte[20];
      RANDOM.nextBytes(secret);
      String token = HexFormat.of().formatHex(secret);
      tokens.put(token, request.getParameterMap());
      Map<String, String> answer =
          Map.of(
              "status", "ok", "upload_token", token, "return_url", request.getParameter("return_url"));
      response.setContentType("application/json");
      response.getOutputStream().write(GSON.toJson(answer).getBytes(StandardCharsets.UTF_8));
    }
  }

  /** Copies the raw body to a file. */
  public static class RawCopy extends HttpServlet {
    private static final long serialVersionUID = 1L;

    @Override
    protected void doPost(HttpServletRequest request, HttpServletResponse response)
        throws IOException {
      Path file = Files.createTempFile("bench", ".tmp");
      byte[] buffer = new byte[64 * 1024];
      try (FileChannel out = FileChannel.open(file, StandardOpenOption.WRITE)) {
        InputStream in = request.getInputStream();
        for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
          out.write(ByteBuffer.wrap(buffer, 0, n));
        }
        out.force(true);
      }
      Files.delete(kept(file));
      response.setContentLength(0);
    }

    Path kept(Path file) throws IOException {
      return file;
    }
  }

  /** The same, and renames the file durably, as a store must that answers for it. */
  public static final class DurableCopy extends RawCopy {
    private static final long serialVersionUID = 1L;

    @Override
    Path kept(Path file) throws IOException {
      Path kept = file.resolveSibling(file.getFileName() + ".kept");
      Files.move(file, kept, StandardCopyOption.ATOMIC_MOVE);
      try (FileChannel folder = FileChannel.open(file.getParent(), StandardOpenOption.READ)) {
        folder.force(true);
      }
      return kept;
    }
  }

  /** The container's own multipart. */
  public static final class GetPart extends HttpServlet {
    private static final long serialVersionUID = 1L;

    @Override
    protected void doPost(HttpServletRequest request, HttpServletResponse response)
        throws IOException, ServletException {
      Path file = Files.createTempFile("bench", ".tmp");
      request.getPart("file").write(file.toString());
      Files.delete(file);
      response.setContentLength(0);
    }
  }

  /** Commons FileUpload's items on disk. */
  public static final class DiskItem extends HttpServlet {
    private static final long serialVersionUID = 1L;

    @Override
    protected void doPost(HttpServletRequest request, HttpServletResponse response)
        throws IOException {
      DiskFileItemFactory factory =
          DiskFileItemFactory.builder().setBufferSize(64 * 1024).get();
      for (var item : new JakartaServletFileUpload<>(factory).parseRequest(request)) {
        if (!item.isFormField()) {
          Path file = Files.createTempFile("bench", ".tmp");
          Files.delete(file);
          item.write(file);
          Files.delete(file);
        }
      }
      response.setContentLength(0);
    }
  }
}
