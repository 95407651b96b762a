package slipway.photo;

import static java.util.stream.Collectors.toList;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import slipway.db.Database;
import slipway.details.CleanHtml;
import slipway.details.Details;
import slipway.details.DetailsChange;
import slipway.details.Markup;
import slipway.details.Tags;
import slipway.details.TextLimits;
import slipway.harness.OnEachDatabase;
import slipway.harness.SetClock;
import slipway.harness.TestedDatabase;
import slipway.photo.user.User;
import slipway.photo.user.UserChange;
import slipway.photo.user.Users;

/** Names are compared, sorted and searched without case, in whatever form of Unicode they come. */
@OnEachDatabase(isLong = true)
class FoldedNamesTest {
  @Parameter TestedDatabase on;

  private static final String NFC = "\u00c9t\u00e9";
  private static final String NFD = "e\u0301te\u0301";

  @TempDir Path folder;
  private final SetClock clock = new SetClock();
  private Database database;
  private Photos photos;
  private PhotoLists lists;
  private TagLists tags;
  private Users users;
  private Albums albums;
  private int added;

  @BeforeEach
  void open() throws IOException {
    database = on.open(folder.resolve("test.db"));
    photos = new Photos(database, clock);
    tags = new TagLists(database, clock);
    users = new Users(database, clock);
    albums = new Albums(database, clock, TextLimits.DEFAULT);
    lists = new PhotoLists(database, clock, TextLimits.DEFAULT);
    assertThat(new Refolding(database).step()).isFalse();
  }

  @AfterEach
  void close() {
    database.close();
  }

  private long add(String title, String... tags) {
    NewPhoto photo =
        SamplePhoto.of(
            "key" + ++added,
            new Details(
                null,
                List.of(),
                title,
                CleanHtml.NONE,
                Tags.format(List.of(tags)),
                true,
                Instant.EPOCH,
                null));
    return database.write(tx -> photos.add(tx, photo)).photoId();
  }

  private void change(long photoId, String title, List<String> tags) {
    change(
        photoId,
        new DetailsChange(null, title, null, tags == null ? null : Tags.format(tags), null));
  }

  private void change(long photoId, DetailsChange change) {
    boolean changed =
        database.write(tx -> photos.change(tx, photos.plan(tx, photoId, change).orElseThrow()));
    assertThat(changed).isTrue();
  }

  private static PhotoFilter filter(boolean every, String search, String... tags) {
    return PhotoFilter.PUBLISHED.tagged(List.of(tags), every).search(search);
  }

  private List<Long> found(PhotoFilter filter) {
    List<Long> page =
        lists.page(filter, PhotoOrder.PUBLISHED, true, 100, 0).stream()
            .map(listed -> listed.photo().photoId())
            .toList();
    assertThat(lists.count(filter)).isEqualTo(page.size());
    return page;
  }

  private List<String> titles(boolean ascending, int small) {
    return new PhotoLists(database, clock, small, 100)
        .page(filter(true, "", "t"), PhotoOrder.TITLE, ascending, 100, 0).stream()
            .map(listed -> listed.photo().title())
            .toList();
  }

  private List<String> tagged(String prefix, TagLists.TagOrder order) {
    return tags.page(prefix, true, order, true, 100, 0).items().stream()
        .map(tag -> tag.tag() + " " + tag.count())
        .toList();
  }

  private List<String> named(String search) {
    Page<User> page = users.page(search, Users.UserOrder.USERNAME, true, 100, 0);
    assertThat(page.total()).isEqualTo(page.items().size());
    return page.items().stream().map(User::username).toList();
  }

  private List<String> albumsWith(String search) {
    return albums
        .page(new AlbumFilter(null, null, search, false), Albums.AlbumOrder.TITLE, true, 100, 0)
        .items()
        .stream()
        .map(Album::title)
        .toList();
  }

  @Test
  void makeOneOfTagsSpelledAsTheFirst() {
    long first = add("", NFC, "Sea");
    long second = add("", "SEA", NFD);
    assertThat(tagged("", TagLists.TagOrder.TAG)).containsExactly("Sea 2", NFC + " 2");
    assertThat(tagged("ÉT", TagLists.TagOrder.COUNT)).containsExactly(NFC + " 2");
    assertThat(found(filter(true, "", NFD, "sEA"))).containsExactly(first, second);
    assertThat(found(filter(false, "", "none", "sea"))).containsExactly(first, second);
    assertThat(tags.find("sea")).contains("Sea");
    assertThat(tags.related("Sea", 10)).extracting(TagLists.TagCount::tag).containsExactly(NFC);
    assertThat(
            lists.page(filter(true, ""), PhotoOrder.PUBLISHED, true, 100, 0).stream()
                .map(ListedPhoto::tags))
        .containsExactly(List.of(NFC, "Sea"), List.of("Sea", NFC));
  }

  @Test
  void forgetASpellingThatNoPhotoHas() {
    long photo = add("", "SEA");
    change(photo, null, List.of("Sea"));
    assertThat(tagged("", TagLists.TagOrder.TAG)).containsExactly("Sea 1");
    change(photo, "Title", null);
    database.write(tx -> photos.delete(tx, photo));
    add("", "sea");
    assertThat(tagged("", TagLists.TagOrder.TAG)).containsExactly("sea 1");
  }

  @Test
  void keepTheSpellingThatAnotherPhotoHas() {
    long first = add("", "SEA", "shore");
    add("", "sea");
    change(first, null, List.of("Sea", "Shore"));
    assertThat(tagged("", TagLists.TagOrder.TAG)).containsExactly("SEA 2", "Shore 1");
    database.write(tx -> photos.delete(tx, first));
    add("", "Sea");
    assertThat(tagged("", TagLists.TagOrder.TAG)).containsExactly("SEA 2");
  }

  @Test
  void keepTheOrderOfTagsKnownAndNew() {
    add("", "b", "d");
    add("", "a", "B", "c", "D", "É", NFD, "e");
    assertThat(
            lists.page(filter(true, "", "a"), PhotoOrder.PUBLISHED, true, 100, 0).stream()
                .map(ListedPhoto::tags))
        .containsExactly(List.of("a", "b", "c", "d", "É", NFD, "e"));
  }

  @Test
  void keepTheSpellingOfAnUnpublishedPhoto() {
    long hidden = add("", "Sea");
    change(hidden, new DetailsChange(null, null, null, null, false));
    assertThat(tags.find("sea")).isEmpty();
    add("", "sea");
    assertThat(tagged("", TagLists.TagOrder.TAG)).containsExactly("Sea 1");
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 100})
  void sortTitlesOfPhotosThroughTheirIndex(int small) {
    for (String title : List.of("Zebra", "äpple", "Åse", "", "apple", "zoo", "ØRN")) {
      add(title, "t");
    }
    change(1, "zebra", null);
    List<String> sorted = List.of("", "apple", "zebra", "zoo", "äpple", "Åse", "ØRN");
    assertThat(titles(true, small)).isEqualTo(sorted);
    List<String> down = new java.util.ArrayList<>(sorted);
    java.util.Collections.reverse(down);
    assertThat(titles(false, small)).isEqualTo(down);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 100})
  void sortPhotosByTheTextOfTheirDescriptions(int small) {
    String[] texts = {
      "Zebra",
      "ÆBLE to",
      "øre",
      "apple",
      "æble",
      "Øl",
      "<b>aaa</b>",
      "bbb &amp; c",
      "&amp;",
      "<i>zoo</i>",
      ""
    };
    for (String html : texts) {
      describe(add("", "t"), html);
    }
    Details details =
        new Details(null, List.of(), "", Markup.clean("ÅB"), "t", true, Instant.EPOCH, null);
    database.write(tx -> photos.add(tx, SamplePhoto.of("new", details)));
    describe(add("", "t"), "<p>" + "aaa ".repeat(1000) + "</p>");
    assertThat(descriptions(true, small))
        .extracting(html -> html.length() > 20 ? "long" : html)
        .containsExactly(
            "",
            "&amp;",
            "<b>aaa</b>",
            "long",
            "apple",
            "bbb &amp; c",
            "Zebra",
            "<i>zoo</i>",
            "ÅB",
            "æble",
            "ÆBLE to",
            "Øl",
            "øre");
    List<String> down = descriptions(false, small);
    Collections.reverse(down);
    assertThat(down).isEqualTo(descriptions(true, small));
  }

  private void describe(long photoId, String html) {
    change(photoId, new DetailsChange(null, null, Markup.clean(html), null, null));
  }

  private List<String> descriptions(boolean ascending, int small) {
    return new PhotoLists(database, clock, small, 100)
        .page(filter(true, "", "t"), PhotoOrder.WORDS, ascending, 100, 0).stream()
            .map(listed -> listed.photo().description().html())
            .collect(toList());
  }

  @Test
  void sortUsersByEmail() {
    for (String email : List.of("bob@a", "Carl@a", "Anna@a", "anton@a", "øl@a", "ÆB@a")) {
      users.tryAdd(email, "", email);
    }
    long last = users.tryAdd("last", "", "").orElseThrow();
    users.update(last, new UserChange(null, null, "BO@a", null, null, null));
    assertThat(users.page("", Users.UserOrder.EMAIL, true, 100, 0).items())
        .extracting(User::email)
        .containsExactly("Anna@a", "anton@a", "BO@a", "bob@a", "Carl@a", "ÆB@a", "øl@a");
  }

  @Test
  void leadAListByTitle() {
    on.assumeSqlite();
    String plan =
        database.read(
            handle -> {
              PhotoQuery query =
                  PhotoQuery.ofPage(handle, filter(true, ""), clock.instant(), PhotoQuery.SMALL);
              return String.join(
                  "\n",
                  query
                      .bound(
                          handle,
                          "explain query plan " + query.page(PhotoOrder.TITLE, false, 20, 0))
                      .map((row, context) -> row.getString("detail"))
                      .list());
            });
    assertThat(plan).contains("photo_title_by_folded").doesNotContain("TEMP B-TREE");
  }

  @Test
  void findNothingByASearchWithoutALetterOrDigit() {
    long photo = add("A day!", "c++");
    assertThat(found(filter(true, " \u00a0"))).containsExactly(photo);
    assertThat(found(filter(true, "!"))).isEmpty();
    assertThat(found(filter(true, "\u2764\ufe0f"))).isEmpty();
    assertThat(found(filter(true, "DAY !"))).containsExactly(photo);
    assertThat(tagged("C+", TagLists.TagOrder.TAG)).containsExactly("c++ 1");
    assertThat(tagged("!", TagLists.TagOrder.TAG)).isEmpty();
  }

  @Test
  void areUniqueAmongUsers() {
    long id = users.tryAdd("Øystein", "Ærlig", "").orElseThrow();
    assertThat(users.tryAdd("øYSTEIN", "", "")).isEmpty();
    assertThat(users.tryAdd("Øystein", "", "")).isEmpty();
    assertThat(users.find("ØYSTEIN")).map(User::userId).contains(id);
    assertThat(users.find("Oystein")).isEmpty();
  }

  @Test
  void findAndSortUsers() {
    users.tryAdd("Øystein", "Ærlig", "");
    users.tryAdd("zoë", "", "");
    users.tryAdd("Anna", "Østlund", "");
    assertThat(named("")).containsExactly("Anna", "zoë", "Øystein");
    assertThat(named("øst")).containsExactly("Anna");
    assertThat(named(" ØY")).containsExactly("Øystein");
    assertThat(named("ær")).containsExactly("Øystein");
    assertThat(named("%")).isEmpty();
    assertThat(named("ZOE\u0308")).containsExactly("zoë");
  }

  @Test
  void findAndSortAlbums() {
    Album album = albums.add("På ÆRØ!", CleanHtml.NONE, null, false, true);
    albums.add("Zoo", CleanHtml.NONE, null, false, true);
    albums.add("ære", CleanHtml.NONE, null, false, true);
    albums.add("Ære", CleanHtml.NONE, null, false, true);
    assertThat(albumsWith("")).containsExactly("På ÆRØ!", "Zoo", "Ære", "ære");
    assertThat(albumsWith("ærø")).containsExactly("På ÆRØ!");
    assertThat(albumsWith("!")).containsExactly("På ÆRØ!");
    assertThat(albumsWith("%")).isEmpty();
    albums.update(album.albumId(), "SAMSØ", null, null, null);
    albums.update(album.albumId(), null, Markup.clean("Island"), null, null);
    assertThat(albumsWith("samsø")).containsExactly("SAMSØ");
  }
}
