package slipway.auth;

import java.lang.reflect.Proxy;
import java.net.MalformedURLException;
import java.net.URI;
import java.net.URL;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.glassfish.jersey.internal.inject.InjectionManager;
import org.glassfish.jersey.oauth1.signature.HmaSha1Method;
import org.glassfish.jersey.oauth1.signature.OAuth1Parameters;
import org.glassfish.jersey.oauth1.signature.OAuth1Request;
import org.glassfish.jersey.oauth1.signature.OAuth1Secrets;
import org.glassfish.jersey.oauth1.signature.OAuth1Signature;
import org.glassfish.jersey.oauth1.signature.OAuth1SignatureException;

/** HMAC-SHA1 signatures (RFC 5849, 3.4.2), made by Jersey's library. */
final class Signature {
  private static final OAuth1Signature LIBRARY = new OAuth1Signature(methods());

  private Signature() {}

  /**
   * The signature that a request must have, in Base64.
   *
   * @throws OAuth1SignatureException when the request's address is not one
   */
  static String of(SignedRequest request, OAuthKey key) throws OAuth1SignatureException {
    OAuth1Parameters protocol = new OAuth1Parameters();
    protocol.putAll(request.protocol());
    OAuth1Secrets secrets =
        new OAuth1Secrets().consumerSecret(key.consumerSecret()).tokenSecret(key.accessSecret());
    return LIBRARY.generate(new LibraryRequest(request), protocol, secrets);
  }

  /** The library asks Jersey's container for its signature methods, and for nothing else. */
  private static InjectionManager methods() {
    return (InjectionManager)
        Proxy.newProxyInstance(
            InjectionManager.class.getClassLoader(),
            new Class<?>[] {InjectionManager.class},
            (proxy, method, arguments) -> List.of(new HmaSha1Method()));
  }

  private record LibraryRequest(SignedRequest request) implements OAuth1Request {
    @Override
    public String getRequestMethod() {
      return request.method();
    }

    @Override
    public URL getRequestURL() {
      try {
        return URI.create(request.url()).toURL();
      } catch (MalformedURLException | IllegalArgumentException e) {
        return null;
      }
    }

    @Override
    public Set<String> getParameterNames() {
      return request.parameters().stream().map(Map.Entry::getKey).collect(Collectors.toSet());
    }

    @Override
    public List<String> getParameterValues(String name) {
      return request.parameters().stream()
          .filter(parameter -> parameter.getKey().equals(name))
          .map(Map.Entry::getValue)
          .toList();
    }

    @Override
    public List<String> getHeaderValues(String name) {
      return List.of();
    }

    @Override
    public void addHeaderValue(String name, String value) {
      throw new IllegalStateException("Requests are only read");
    }
  }
}
