package slipway.http.aside;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import slipway.auth.PermissionLevel;
import slipway.http.Api;
import slipway.http.ApiCall;
import slipway.http.ApiException;
import slipway.http.ApiServlet;
import slipway.http.Paging;
import slipway.http.Parameter;
import slipway.http.Reply;
import slipway.media.AsideFiles;

/** {@code set-aside/list}: the files that no photo refers to, those set aside last first. */
public final class ListAside extends ApiServlet {
  private static final long serialVersionUID = 1L;

  private final transient AsideFiles files;

  /** The method, with the part it works on. */
  public ListAside(Api api, AsideFiles files) {
    super(api, PermissionLevel.ADMIN);
    this.files = files;
  }

  @Override
  protected boolean isReading() {
    return true;
  }

  @Override
  public List<Parameter<?>> parameters() {
    return Paging.PARAMETERS;
  }

  @Override
  protected Reply answer(ApiCall call) throws ApiException, IOException {
    Paging paging = Paging.of(call.parameters());
    List<String> ids = files.ids();
    List<Reply.Item> items = new ArrayList<>();
    for (String id : paging.cut(ids)) {
      files.find(id).ifPresent(file -> items.add(item(file)));
    }
    return paging.reply("The files that are set aside are listed", "files", items, ids.size());
  }

  private static Reply.Item item(AsideFiles.AsideFile file) {
    Map<String, String> fields = new LinkedHashMap<>();
    fields.put("file_id", file.id());
    fields.put("bytes", Long.toString(file.bytes()));
    fields.put("arrived", Long.toString(file.arrived().getEpochSecond()));
    fields.put("seconds_left", Long.toString(file.left().toSeconds()));
    return new Reply.Item("file", fields, Map.of());
  }
}
