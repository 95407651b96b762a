package slipway.http.site;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import slipway.auth.PermissionLevel;
import slipway.http.Api;
import slipway.http.ApiCall;
import slipway.http.ApiServlet;
import slipway.http.Parameter;
import slipway.http.Reply;
import slipway.photo.Usage;
import slipway.token.TokenRegistry;

/** {@code site/usage}: storage and traffic at a glance; sizes in bytes. */
public final class SiteUsage extends ApiServlet {
  private static final long serialVersionUID = 1L;

  private final transient Supplier<Usage> usage;
  private final transient TokenRegistry tokens;
  private final transient FreeSpace freeSpace;

  /** Gives how many bytes the data's disk has left. */
  @FunctionalInterface
  public interface FreeSpace {
    /** Bytes that can still be written. */
    long bytes() throws IOException;
  }

  /** The method, with what it asks. */
  public SiteUsage(Api api, Supplier<Usage> usage, TokenRegistry tokens, FreeSpace freeSpace) {
    super(api, PermissionLevel.WRITE);
    this.usage = usage;
    this.tokens = tokens;
    this.freeSpace = freeSpace;
  }

  @Override
  protected boolean isReading() {
    return true;
  }

  @Override
  public List<Parameter<?>> parameters() {
    return List.of();
  }

  @Override
  protected Reply answer(ApiCall call) throws IOException {
    Usage now = usage.get();
    Map<String, String> fields = new LinkedHashMap<>();
    fields.put("photos", Long.toString(now.photos()));
    fields.put("published", Long.toString(now.published()));
    fields.put("bytes", Long.toString(now.bytes()));
    fields.put("uploads_24h", Long.toString(now.newPhotos()));
    fields.put("bytes_24h", Long.toString(now.newBytes()));
    fields.put("live_tokens", Long.toString(tokens.countValid()));
    fields.put("free_bytes", Long.toString(freeSpace.bytes()));
    return Reply.of("", "usage", fields);
  }
}
