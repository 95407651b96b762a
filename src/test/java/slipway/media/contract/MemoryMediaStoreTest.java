package slipway.media.contract;

import slipway.media.MediaStore;
import slipway.media.Spool;

class MemoryMediaStoreTest extends MediaStoreContract {
  @Override
  protected MediaStore store(Spool spool) {
    return new MemoryMediaStore();
  }

  @Override
  protected boolean hasLocalFiles() {
    return false;
  }
}
