package slipway.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import slipway.harness.Answer;
import slipway.harness.Api;
import slipway.harness.Container;
import slipway.harness.Multipart;
import slipway.harness.SampleMedia;
import slipway.harness.Server;

class DiskIT {
  private static String issue(Server server) {
    return Api.withKey(server)
        .post(
            "/api/photo/get-upload-token",
            Map.of("return_url", "http://a.test/", "max_uploads", "10"))
        .xml("/response/upload_token");
  }

  private static Answer upload(Server server, String token, byte[] jpeg) {
    Answer back =
        Api.of(server)
            .post(
                "/api/photo/redeem-upload-token",
                new Multipart()
                    .field("upload_token", token)
                    .file("file", "a.jpg", "image/jpeg", jpeg));
    assertThat(back.status()).as(back.text()).isEqualTo(301);
    return back;
  }

  @Test
  void bringsTheVisitorBackFromAFullDiskAndKeepsWhatIsStored() throws Exception {
    try (SmallDisk disk = SmallDisk.ofMegabytes(16);
        Server server = Server.on(Container.JETTY_12).data(disk.folder()).start()) {
      Map<String, byte[]> stored = new HashMap<>();
      byte[] jpeg = SampleMedia.jpeg(900, 900);
      String token = issue(server);
      Answer back = upload(server, token, jpeg);
      while (back.locationParameters().containsKey("photo_id") && stored.size() < 40) {
        stored.put(back.returnedPath(), jpeg);
        if (stored.size() % 10 == 0) {
          token = issue(server);
        }
        back = upload(server, token, jpeg);
      }
      assertThat(back.locationParameters().get("error_message")).contains("could not be stored");
      assertThat(stored).isNotEmpty();
      try (DataFolder data = new DataFolder(disk.folder())) {
        assertThat(data.originals()).hasSameSizeAs(stored.keySet());
      }
      disk.grow(64);
      stored.put(upload(server, token, jpeg).returnedPath(), jpeg);
      server.restart();
      Api api = Api.of(server);
      stored.forEach((path, bytes) -> assertThat(api.get(path).body()).isEqualTo(bytes));
    }
  }

  @Test
  void doesNotStartOnAFolderItCannotWriteTo() throws Exception {
    try (SmallDisk disk = SmallDisk.ofMegabytes(4)) {
      disk.makeReadOnly();
      assertThatThrownBy(() -> Server.on(Container.JETTY_12).data(disk.folder()).start())
          .hasMessageContaining("Slipway could not start")
          .hasMessageContaining(disk.folder().toString());
    }
  }

  @Test
  void saysSoWhileTheDatabaseIsLockedAndGoesOnAfterwards() throws Exception {
    try (Server server = Server.on(Container.JETTY_12).start()) {
      String token = issue(server);
      byte[] jpeg = SampleMedia.jpeg(20, 20);
      String url = "jdbc:sqlite:" + server.data().resolve("slipway.db");
      try (Connection other = DriverManager.getConnection(url);
          Statement statement = other.createStatement()) {
        statement.execute("begin immediate");
        assertThat(upload(server, token, jpeg).locationParameters().get("error_message"))
            .contains("could not be stored");
        statement.execute("rollback");
      }
      String path = upload(server, token, jpeg).returnedPath();
      assertThat(Api.of(server).get(path).body()).isEqualTo(jpeg);
      try (DataFolder data = new DataFolder(server.data())) {
        assertThat(data.originals()).hasSize(1);
        assertThat(data.spent(token)).isEqualTo(1);
      }
    }
  }
}
