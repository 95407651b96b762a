package slipway;

import java.io.IOException;
import slipway.photo.viewlink.ViewLinks;
import slipway.scan.Verdicts;
import slipway.upload.TokenStates;

/** All parts that keep something. */
record Services(
    Storage storage, Catalogue catalogue, Access access, Notices notices, Receiving receiving) {

  /**
   * Opens the stores in the data folder, and repairs what a crash left.
   *
   * @param contextPath the path that all of the service's are below
   */
  static Services open(Settings settings, String contextPath, Closing closing) throws IOException {
    Storage storage = Storage.open(settings, closing);
    Catalogue catalogue = Catalogue.open(settings, storage);
    Access access = Access.open(settings, storage);
    Notices notices = Notices.open(settings, contextPath, storage, access, closing);
    Receiving receiving = Receiving.open(settings, storage, catalogue, notices);
    receiving.sweep(settings, storage, closing);
    access.sweep(settings, storage, closing);
    catalogue.count(settings.operations().viewPeriod(), storage, closing);
    notices.sweep(settings, storage, closing);
    return new Services(storage, catalogue, access, notices, receiving);
  }

  /** Tells the states of upload tokens. */
  TokenStates tokenStates() {
    return new TokenStates(catalogue.photos(), receiving.links(), storage.clock());
  }

  /** What makes links to look at photos and albums, and knows them again: on each node alike. */
  ViewLinks viewLinks() {
    return new ViewLinks(
        catalogue.photos(), catalogue.albums(), access.box().signer(ViewLinks.PURPOSE));
  }

  /** What records what a virus scanner, or anyone who overrules it, says about files. */
  Verdicts verdicts() {
    return new Verdicts(
        storage.database(),
        catalogue.photos(),
        catalogue.scans(),
        catalogue.renditions(),
        notices.photoEvents());
  }
}
