package slipway;

import static com.tngtech.archunit.base.DescribedPredicate.alwaysTrue;
import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.core.domain.JavaCall.Predicates.target;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.equivalentTo;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.name;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching;
import static com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With.owner;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noConstructors;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toList;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.junit.ArchTests;
import com.tngtech.archunit.lang.ArchRule;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.http.HttpServlet;
import java.io.File;
import java.sql.ResultSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.commons.fileupload2.jakarta.servlet6.JakartaServletRequestContext;
import org.jdbi.v3.core.mapper.RowMapper;
import slipway.details.CleanHtml;
import slipway.http.DeclaredParameterRules;
import slipway.http.FormBody;
import slipway.http.OnReserveRules;
import slipway.http.Parameters;
import slipway.http.site.Echo;
import slipway.http.upload.UploadServlet;
import slipway.http.upload.chunk.ChunkRequest;
import slipway.http.upload.dialect.ForeignChunk;
import slipway.http.upload.form.RedeemUploadToken;
import slipway.http.upload.tus.FilePondRequest;
import slipway.media.FileMediaStore;
import slipway.media.Leftovers;
import slipway.media.Media;
import slipway.media.MediaIdentity;
import slipway.media.MediaStore;
import slipway.upload.DirectUpload;
import slipway.upload.Redemptions;
import slipway.upload.resumable.ResumableUploads;

@AnalyzeClasses(packages = "slipway", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {
  /** Here, as to read all classes takes longest. */
  @ArchTest static final ArchTests MONITORS = ArchTests.in(MonitorRules.class);

  @ArchTest static final ArchTests PARAMETERS = ArchTests.in(DeclaredParameterRules.class);

  @ArchTest static final ArchTests RESERVE = ArchTests.in(OnReserveRules.class);

  @ArchTest
  static final ArchRule roomsAreUsedFromAboveOnly =
      layeredArchitecture()
          .consideringOnlyDependenciesInLayers()
          .layer("root")
          .definedBy("slipway")
          .layer("doors")
          .definedBy("slipway.http..", "slipway.web..")
          .layer("acts")
          .definedBy(
              "slipway.upload..",
              "slipway.editing..",
              "slipway.rendition..",
              "slipway.auth..",
              "slipway.scan..",
              "slipway.mail..",
              "slipway.reconcile..")
          .layer("stores")
          .definedBy(
              "slipway.token..",
              "slipway.photo..",
              "slipway.media..",
              "slipway.event..",
              "slipway.section..",
              "slipway.subtitle..",
              "slipway.stray..")
          .layer("details")
          .definedBy("slipway.details..", "slipway.license..")
          .layer("database")
          .definedBy("slipway.db..", "slipway.node..")
          .layer("leaves")
          .definedBy(
              "slipway.secret..",
              "slipway.net..",
              "slipway.multipart..",
              "slipway.health..",
              "slipway.clock..",
              "slipway.disk..",
              "slipway.log..",
              "slipway.language..")
          .whereLayer("root")
          .mayNotBeAccessedByAnyLayer()
          .whereLayer("doors")
          .mayOnlyBeAccessedByLayers("root")
          .whereLayer("acts")
          .mayOnlyBeAccessedByLayers("root", "doors")
          .whereLayer("stores")
          .mayOnlyBeAccessedByLayers("root", "doors", "acts")
          .whereLayer("details")
          .mayOnlyBeAccessedByLayers("root", "doors", "acts", "stores")
          .whereLayer("database")
          .mayOnlyBeAccessedByLayers("root", "acts", "stores")
          // Pages are generated.
          .ensureAllClassesAreContainedInArchitectureIgnoring("slipway.jte..");

  @ArchTest
  static final ArchRule waysInDoNotKnowEachOther =
      slices()
          .matching("slipway.http.upload.(*)..")
          .should()
          .notDependOnEachOther()
          // A form may bring a chunk, or announce some.
          .ignoreDependency(RedeemUploadToken.class, ChunkRequest.class)
          .ignoreDependency(RedeemUploadToken.class, FilePondRequest.class)
          // Requests for chunks are parsed below all doors.
          .ignoreDependency(alwaysTrue(), equivalentTo(ForeignChunk.class));

  @ArchTest
  static final ArchRule theMultipartReaderKnowsNothingOfSlipway =
      classes()
          .that()
          .resideInAPackage("slipway.multipart..")
          .should()
          .onlyDependOnClassesThat()
          .resideOutsideOfPackages("slipway..")
          .orShould()
          .onlyDependOnClassesThat()
          .resideInAnyPackage("slipway.multipart..", "java..", "org.apache.commons..");

  @ArchTest
  static final ArchRule roomsHaveNoCircles =
      slices().matching("slipway.(*)..").should().beFreeOfCycles();

  /** What two rooms of a house share stands above them. */
  @ArchTest
  static final ArchRule roomsWithinAHouseHaveNoCircles =
      slices().matching("slipway.(*).(*)..").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule theDoorsDoNotKnowEachOther =
      slices().matching("slipway.(http|web)..").should().notDependOnEachOther();

  @ArchTest
  static final ArchRule theStoresDoNotKnowEachOther =
      slices()
          .matching("slipway.(token|photo|media|event|section|subtitle|stray)..")
          .should()
          .notDependOnEachOther();

  @ArchTest
  static final ArchRule servletsStayAtTheDoors =
      noClasses()
          .that()
          .resideOutsideOfPackages("slipway", "slipway.http..", "slipway.web..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("jakarta.servlet..");

  @ArchTest
  static final ArchRule xmlAndJsonStayInTheApi =
      noClasses()
          .that()
          // An event keeps the JSON that its webhooks get.
          .resideOutsideOfPackages("slipway.http..", "slipway.event..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("jakarta.xml.bind..", "com.google.gson..");

  @ArchTest
  static final ArchRule sqlStaysWhereThingsAreKept =
      noClasses()
          .that()
          .resideInAnyPackage("slipway", "slipway.http..", "slipway.web..", "slipway.media..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("org.jdbi..", "java.sql..", "javax.sql..", "org.sqlite..");

  /** So that times, lists and nulls are read in one way. */
  @ArchTest
  static final ArchRule rowsAreReadInOnePlace =
      noClasses()
          .that()
          .resideOutsideOfPackage("slipway.db..")
          .should()
          .dependOnClassesThat()
          .belongToAnyOf(ResultSet.class, RowMapper.class);

  /** Arguments of one type are easily mixed up where there are many. */
  @ArchTest
  static final ArchRule constructorsTakeEightAtMost =
      noConstructors()
          .that()
          .areDeclaredInClassesThat()
          .areNotEnums()
          .and()
          // Pages are generated.
          .areDeclaredInClassesThat()
          .resideOutsideOfPackage("slipway.jte")
          .should()
          .haveRawParameterTypes(describe("more than eight", parameters -> parameters.size() > 8));

  /** Anything that another class declared clean would be printed unescaped. */
  @ArchTest
  static final ArchRule cleanHtmlIsReadFromColumnsOnly =
      noClasses()
          .that()
          .resideOutsideOfPackages("slipway.token..", "slipway.photo..", "slipway.section")
          .should()
          .callMethod(CleanHtml.class, "stored", String.class);

  /** A servlet mapped elsewhere would be a way in that no filter and no log knows of. */
  @ArchTest
  static final ArchRule servletsAreApiMethodsPagesOrDoors =
      noClasses()
          .that()
          .doNotBelongToAnyOf(ApiMethods.class, Doors.class, Pages.class, OperationsPages.class)
          .should()
          .callMethodWhere(
              target(name("addServlet")).and(target(owner(assignableTo(ServletContext.class)))));

  /** All others read declared parameters, which the description and the callback know of. */
  @ArchTest
  static final ArchRule fewReadParametersThatAreNotDeclared =
      noClasses()
          .that()
          .resideInAPackage("slipway.http..")
          .and()
          .doNotBelongToAnyOf(Parameters.class, Echo.class, ChunkRequest.class, ForeignChunk.class)
          .and()
          .haveSimpleNameNotContaining("ForeignRequest")
          .and()
          .haveSimpleNameNotContaining("PacedRequest")
          .should()
          .callMethod(Parameters.class, "all")
          .orShould()
          .callMethodWhere(
              target(nameMatching("getParameter.*"))
                  .and(target(owner(assignableTo(ServletRequest.class)))));

  /** The containers' parsers have limits, and may fail on a header that anybody may send. */
  @ArchTest
  static final ArchRule headersAreReadAsTheyWereSent =
      noClasses()
          .should()
          .callMethodWhere(
              target(
                      nameMatching(
                          "getContentType|getCharacterEncoding|getLocales?|getCookies|getReader"
                              + "|getParts?|getDateHeader|getIntHeader"))
                  .and(target(owner(assignableTo(ServletRequest.class)))));

  @ArchTest
  static final ArchRule theLibrarysViewOfARequestIsUsedInOnePlace =
      noClasses()
          .that()
          .doNotBelongToAnyOf(FormBody.class)
          .should()
          .dependOnClassesThat()
          .belongToAnyOf(JakartaServletRequestContext.class);

  @ArchTest
  static final ArchRule servletsThatTakeFilesStandAtADoor =
      noClasses()
          .that()
          .areAssignableTo(HttpServlet.class)
          .and()
          .areNotAssignableTo(UploadServlet.class)
          .should()
          .dependOnClassesThat()
          .belongToAnyOf(Redemptions.class, DirectUpload.class, ResumableUploads.class);

  /**
   * A store may be far away: a local path is a loan, as a {@code LocalFile}, or a {@code FilePart}
   * that only some have.
   */
  @ArchTest
  static final ArchRule theStoreOfMediaTellsNothingOfFiles =
      noClasses()
          .that()
          .belongToAnyOf(MediaStore.class, Media.class)
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("java.nio.channels..", "java.nio.file..")
          .orShould()
          .dependOnClassesThat()
          .belongToAnyOf(File.class, FileMediaStore.class);

  @ArchTest
  static final ArchRule onlyTheRootKnowsWhereMediaAreKept =
      noClasses()
          .that()
          .resideOutsideOfPackages("slipway", "slipway.media..")
          .should()
          .dependOnClassesThat()
          .belongToAnyOf(FileMediaStore.class);

  /** Listing a media folder as a whole does not work with other stores. */
  @ArchTest
  static final ArchRule mediaFoldersAreListedOnlyToCompareThem =
      noClasses()
          .that()
          .resideOutsideOfPackages(
              "slipway", "slipway.media", "slipway.media.s3", "slipway.reconcile")
          .should()
          .dependOnClassesThat()
          .belongToAnyOf(Leftovers.class, MediaIdentity.class);

  /** Nested types included: a search for a name finds one thing. */
  @ArchTest
  static void noSimpleNameStandsForTwoThings(JavaClasses all) {
    Map<String, List<JavaClass>> byName =
        all.stream()
            .filter(type -> !type.isAnonymousClass())
            // Pages are generated.
            .filter(type -> !type.getPackageName().equals("slipway.jte"))
            .filter(type -> !type.getSimpleName().equals("package-info"))
            .collect(groupingBy(JavaClass::getSimpleName, TreeMap::new, toList()));
    byName
        .values()
        .removeIf(
            types ->
                types.size() == 1
                    || types.stream().allMatch(ArchitectureTest::isReasonOfAnException));
    assertThat(byName).isEmpty();
  }

  private static boolean isReasonOfAnException(JavaClass type) {
    return type.getSimpleName().equals("Reason")
        && type.getEnclosingClass().stream().anyMatch(of -> of.isAssignableTo(Exception.class));
  }
}
