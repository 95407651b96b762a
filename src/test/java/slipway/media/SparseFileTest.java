package slipway.media;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import slipway.media.contract.PartialFileContract;

class SparseFileTest extends PartialFileContract {
  @Override
  protected PartialFile file(String named, List<KeptPiece> pieces) throws IOException {
    return new Spool(folder.resolve("media")).partial(named);
  }

  @Override
  protected boolean isThere() throws IOException {
    try (Stream<Path> files = Files.list(folder.resolve("media/incoming"))) {
      return files.findAny().isPresent();
    }
  }
}
