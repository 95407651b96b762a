package slipway.event;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.ManagedHttpClientConnectionFactory;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.http.io.SocketConfig;

/**
 * Makes the HTTP client of the outgoing calls. It follows no redirect, keeps no cookie and no
 * connection, repeats nothing by itself, and accepts only certificates that Java trusts.
 */
final class Client {
  private static final int MOST_HEADERS = 100;
  private static final int LONGEST_LINE = 8 << 10;

  private Client() {}

  static CloseableHttpClient of(AddressPolicy addresses, Duration timeout, int connections) {
    long millis = timeout.toMillis();
    RequestConfig request =
        RequestConfig.custom().setResponseTimeout(millis, TimeUnit.MILLISECONDS).build();
    return HttpClients.custom()
        .setConnectionManager(
            PoolingHttpClientConnectionManagerBuilder.create()
                .setDnsResolver(addresses)
                .setConnectionFactory(
                    ManagedHttpClientConnectionFactory.builder().http1Config(limits()).build())
                .setDefaultConnectionConfig(
                    ConnectionConfig.custom()
                        .setConnectTimeout(millis, TimeUnit.MILLISECONDS)
                        .build())
                .setDefaultSocketConfig(
                    SocketConfig.custom().setSoTimeout((int) millis, TimeUnit.MILLISECONDS).build())
                .setMaxConnTotal(connections)
                .setMaxConnPerRoute(connections)
                .build())
        .setDefaultRequestConfig(request)
        .setConnectionReuseStrategy((sent, answer, context) -> false)
        .setUserAgent("Slipway")
        .disableRedirectHandling()
        .disableCookieManagement()
        .disableAuthCaching()
        .disableAutomaticRetries()
        .disableContentCompression()
        .build();
  }

  private static Http1Config limits() {
    return Http1Config.custom()
        .setMaxHeaderCount(MOST_HEADERS)
        .setMaxLineLength(LONGEST_LINE)
        .build();
  }
}
