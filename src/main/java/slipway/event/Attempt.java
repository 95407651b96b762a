package slipway.event;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLException;
import org.apache.hc.client5.http.classic.methods.HttpGet;
import org.apache.hc.client5.http.classic.methods.HttpPost;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;
import org.apache.hc.core5.io.Closer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import slipway.net.AsciiUrl;

/** Makes calls by HTTP. Only the status of the answer counts; its body is never read. */
final class Attempt implements CallMaker {
  private static final Logger LOG = LoggerFactory.getLogger(Attempt.class);

  private static final String NO_TLS =
      "no TLS connection; the certificate must be valid, for this host, and of an authority that"
          + " Java trusts: ";
  private static final ContentType FORM = ContentType.APPLICATION_FORM_URLENCODED;
  private static final ContentType JSON = ContentType.create("application/json");

  private final Clients clients;
  private final ScheduledExecutorService timer;
  private final Webhooks webhooks;
  private final Clock clock;
  private final long limitMillis;

  Attempt(
      Clients clients,
      ScheduledExecutorService timer,
      Webhooks webhooks,
      Clock clock,
      long limitMillis) {
    this.clients = clients;
    this.timer = timer;
    this.webhooks = webhooks;
    this.clock = clock;
    this.limitMillis = limitMillis;
  }

  @Override
  public Duration limit() {
    return Duration.ofMillis(limitMillis);
  }

  @Override
  public void abort() {
    clients.close();
  }

  @Override
  public Optional<CallFailure> make(OutgoingCall call) {
    try {
      Optional<String> secret = Optional.ofNullable(call.webhookId()).flatMap(webhooks::secret);
      if (call.webhookId() != null && secret.isEmpty()) {
        return Optional.of(new CallFailure("the webhook was deleted", true));
      }
      int status = status(request(call, secret));
      return status >= 200 && status < 300
          ? Optional.empty()
          : Optional.of(new CallFailure("answered HTTP status " + status, false));
    } catch (RefusedAddressException e) {
      return Optional.of(new CallFailure(e.getMessage(), true));
    } catch (InterruptedIOException e) {
      return Optional.of(new CallFailure("no answer within the time limit", false));
    } catch (SSLException e) {
      return Optional.of(new CallFailure(NO_TLS + e.getClass().getSimpleName(), false));
    } catch (IOException e) {
      return Optional.of(new CallFailure("no answer: " + e.getClass().getSimpleName(), false));
    } catch (RuntimeException e) {
      // A call that cannot be made, such as one to a malformed address, must not be retried
      // forever.
      LOG.warn("{} could not be made", call, e);
      return Optional.of(
          new CallFailure("could not be made: " + e.getClass().getSimpleName(), false));
    }
  }

  private int status(HttpUriRequestBase request) throws IOException {
    // A receiver that sends its answer slowly must not hold a worker: this limit is on the whole
    // attempt.
    CloseableHttpClient client = clients.current();
    ScheduledFuture<?> limit = timer.schedule(request::cancel, limitMillis, TimeUnit.MILLISECONDS);
    try {
      ClassicHttpResponse response = client.executeOpen(null, request, null);
      // The connection is cut, as closing alone would read the rest of the body first; after that,
      // closing may fail.
      request.cancel();
      Closer.closeQuietly(response);
      return response.getCode();
    } catch (IOException e) {
      if (request.isCancelled()) {
        throw (IOException) new InterruptedIOException().initCause(e);
      }
      throw e;
    } catch (Error e) {
      clients.renew(client);
      throw e;
    } finally {
      limit.cancel(false);
    }
  }

  private HttpUriRequestBase request(OutgoingCall call, Optional<String> secret) {
    URI url = URI.create(AsciiUrl.of(call.url()));
    if (call.body() == null) {
      return new HttpGet(url);
    }
    HttpPost post = new HttpPost(url);
    ContentType type = call.kind() == CallKind.WEBHOOK ? JSON : FORM;
    post.setEntity(new ByteArrayEntity(call.body().getBytes(StandardCharsets.UTF_8), type));
    if (call.eventId() != null) {
      post.setHeader("Slipway-Event-Id", call.eventId());
    }
    long now = clock.instant().getEpochSecond();
    secret.ifPresent(
        key -> post.setHeader("Slipway-Signature", WebhookSignature.of(key, now, call.body())));
    return post;
  }
}
