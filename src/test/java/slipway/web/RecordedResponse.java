package slipway.web;

import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import jakarta.servlet.http.HttpServletResponse;
import java.io.ByteArrayOutputStream;
import java.lang.reflect.Proxy;
import java.util.HashMap;
import java.util.Map;

/** An answer without a container around it, kept to be looked at. */
final class RecordedResponse {
  private final Map<String, String> headers = new HashMap<>();
  private final ByteArrayOutputStream body = new ByteArrayOutputStream();
  private int status = 200;

  HttpServletResponse response() {
    return (HttpServletResponse)
        Proxy.newProxyInstance(
            RecordedResponse.class.getClassLoader(),
            new Class<?>[] {HttpServletResponse.class},
            (proxy, method, arguments) -> {
              switch (method.getName()) {
                case "getOutputStream" -> {
                  return new Output();
                }
                case "setStatus" -> status = (int) arguments[0];
                case "setContentLengthLong" ->
                    headers.put("Content-Length", arguments[0].toString());
                case "setContentType" -> headers.put("Content-Type", (String) arguments[0]);
                case "setHeader", "setDateHeader" ->
                    headers.put((String) arguments[0], arguments[1].toString());
                default -> throw new UnsupportedOperationException(method.getName());
              }
              return null;
            });
  }

  int status() {
    return status;
  }

  String header(String name) {
    return headers.get(name);
  }

  byte[] body() {
    return body.toByteArray();
  }

  private final class Output extends ServletOutputStream {
    @Override
    public void write(int b) {
      body.write(b);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) {
      body.write(bytes, offset, length);
    }

    @Override
    public boolean isReady() {
      return true;
    }

    @Override
    public void setWriteListener(WriteListener listener) {
      throw new UnsupportedOperationException();
    }
  }
}
