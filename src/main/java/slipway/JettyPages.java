package slipway;

import jakarta.servlet.ServletContext;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** Jetty's answers to what it refuses before it looks for an application. */
final class JettyPages implements InvocationHandler {
  private static final String HANDLER = "org.eclipse.jetty.server.Request$Handler";
  private static final String DEFAULT = "org.eclipse.jetty.server.Server$DynamicErrorHandler";

  private JettyPages() {}

  /** Makes the server call this in place of its own error handler. */
  static Undo replace(ServletContext context) throws ReflectiveOperationException {
    Reflected server = new Reflected(context).get("getContextHandler").get("getServer");
    Reflected before = server.get("getErrorHandler");
    if (before.object() != null && !before.isA(DEFAULT)) {
      return Undo.NOTHING;
    }
    ClassLoader jetty = server.object().getClass().getClassLoader();
    Class<?>[] handler = {Class.forName(HANDLER, false, jetty)};
    Object ours = Proxy.newProxyInstance(jetty, handler, new JettyPages());
    server.call("setErrorHandler", ours);
    List<Reflected> telling = tellingTheirVersion(server);
    tellVersion(telling, false);
    return () -> {
      server.call("setErrorHandler", before.object());
      tellVersion(telling, true);
    };
  }

  /** The configurations of connectors that put Jetty's version into each answer. */
  private static List<Reflected> tellingTheirVersion(Reflected server)
      throws ReflectiveOperationException {
    List<Reflected> telling = new ArrayList<>();
    for (Object connector : (Object[]) server.get("getConnectors").object()) {
      for (Object factory :
          (Collection<?>) new Reflected(connector).get("getConnectionFactories").object()) {
        Reflected http = new Reflected(factory);
        if (http.has("getHttpConfiguration")) {
          Reflected configuration = http.get("getHttpConfiguration");
          if (configuration.get("getSendServerVersion").isTrue()) {
            telling.add(configuration);
          }
        }
      }
    }
    return telling;
  }

  private static void tellVersion(List<Reflected> configurations, boolean tells)
      throws ReflectiveOperationException {
    for (Reflected configuration : configurations) {
      configuration.call("setSendServerVersion", tells);
    }
  }

  @Override
  public Object invoke(Object proxy, Method method, Object[] arguments) throws Throwable {
    return switch (method.getName()) {
      case "handle" -> answer(new Reflected(arguments[1]), arguments[2]);
      case "hashCode" -> System.identityHashCode(proxy);
      case "equals" -> proxy == arguments[0];
      case "toString" -> "plain errors";
      default -> InvocationHandler.invokeDefault(proxy, method, arguments);
    };
  }

  /** Writes the body of an answer whose status is decided. */
  private static boolean answer(Reflected response, Object callback)
      throws ReflectiveOperationException {
    int status = (Integer) response.get("getStatus").object();
    byte[] text = words(status).getBytes(StandardCharsets.UTF_8);
    Object headers = response.get("getHeaders").object();
    Method put = headers.getClass().getMethod("put", String.class, String.class);
    put.setAccessible(true);
    put.invoke(headers, "Content-Type", "text/plain; charset=utf-8");
    put.invoke(headers, "Content-Length", Integer.toString(text.length));
    put.invoke(headers, "Cache-Control", "no-store");
    put.invoke(headers, "X-Content-Type-Options", "nosniff");
    response.call("write", true, ByteBuffer.wrap(text), callback);
    return true;
  }

  private static String words(int status) {
    return switch (status) {
      case 413, 414, 431 -> "The request is too large.";
      case 503 -> "The service is not available now; please try again soon.";
      default -> status < 500 ? "The request is not valid." : "Something went wrong here.";
    };
  }
}
