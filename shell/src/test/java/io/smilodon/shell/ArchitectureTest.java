package io.smilodon.shell;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.simpleName;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.regex.Pattern;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The arrows of the house: who may know whom, and which package speaks to which library. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class ArchitectureTest {

    private static final Pattern TEST_JAR = Pattern.compile(".*-tests?[./].*");

    private static final JavaClasses CLASSES =
            new ClassFileImporter()
                    .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                    .withImportOption(location -> !location.matches(TEST_JAR))
                    .importPackages("io.smilodon");

    @ParameterizedTest
    @CsvSource({
        "io.smilodon.engine.value.., io.smilodon.engine.codec..",
        "io.smilodon.engine.value.., io.smilodon.engine.store..",
        "io.smilodon.engine.error.., io.smilodon.engine.value..",
        "io.smilodon.engine.codec.., io.smilodon.engine.store..",
        "io.smilodon.engine.codec.., io.smilodon.engine.file..",
        "io.smilodon.engine.file.., io.smilodon.engine.log..",
        "io.smilodon.engine.file.., io.smilodon.engine.segment..",
        "io.smilodon.engine.log.., io.smilodon.engine.store..",
        "io.smilodon.engine.memtable.., io.smilodon.engine.segment..",
        "io.smilodon.engine.segment.., io.smilodon.engine.memtable..",
        "io.smilodon.engine.manifest.., io.smilodon.engine.store..",
        "io.smilodon.engine.., io.smilodon.index..",
        "io.smilodon.index.., io.smilodon.query..",
        "io.smilodon.index.., io.smilodon.database..",
        "io.smilodon.index.key.., io.smilodon.index.ordered..",
        "io.smilodon.index.key.., io.smilodon.index.geo..",
        "io.smilodon.index.key.., io.smilodon.index.text..",
        "io.smilodon.index.collation.., io.smilodon.index",
        "io.smilodon.index.collation.., io.smilodon.index.key..",
        "io.smilodon.index.collation.., io.smilodon.index.text..",
        "io.smilodon.index.ordered.., io.smilodon.index.geo..",
        "io.smilodon.index.ordered.., io.smilodon.index.text..",
        "io.smilodon.index.geo.., io.smilodon.index.ordered..",
        "io.smilodon.index.geo.., io.smilodon.index.text..",
        "io.smilodon.index.text.., io.smilodon.index.ordered..",
        "io.smilodon.index.text.lucene.., io.smilodon.index.text.search..",
        "io.smilodon.query.., io.smilodon.database..",
        "io.smilodon.query.predicate.., io.smilodon.query.plan..",
        "io.smilodon.query.expression.., io.smilodon.query.aggregate..",
        "io.smilodon.query.update.., io.smilodon.query.plan..",
        "io.smilodon.query.aggregate.., io.smilodon.query.plan..",
        "io.smilodon.query.plan.., io.smilodon.query.exec..",
        "io.smilodon.query.sort.., io.smilodon.query.plan..",
        "io.smilodon.security.., io.smilodon.database..",
        "io.smilodon.security.., io.smilodon.query..",
        "io.smilodon.database, io.smilodon.database.action..",
        "io.smilodon.database, io.smilodon.database.command..",
        "io.smilodon.database, io.smilodon.database.files..",
        "io.smilodon.database, io.smilodon.database.transfer..",
        "io.smilodon.database.action.., io.smilodon.database.command..",
        "io.smilodon.database.catalog.., io.smilodon.database.command..",
        "io.smilodon.database.stream.., io.smilodon.database.command..",
        "io.smilodon.database.., io.smilodon.samples..",
        "io.smilodon.security.scram.., io.smilodon.query..",
        "io.smilodon.security.scram.., io.smilodon.database..",
        "io.smilodon.samples.., io.smilodon.rest..",
        "io.smilodon.rest.graphql.., io.smilodon.rest",
        "io.smilodon.rest.login.., io.smilodon.rest",
        "io.smilodon.rest.restheart.., io.smilodon.rest",
        "io.smilodon.rest.., io.smilodon.shell..",
        "io.smilodon.rest.., io.smilodon.wire..",
        "io.smilodon.wire.., io.smilodon.rest..",
        "io.smilodon.wire.., io.smilodon.shell..",
    })
    void lower_rooms_do_not_know_upper_ones(String lower, String upper) {
        noClasses()
                .that()
                .resideInAPackage(lower)
                .should()
                .dependOnClassesThat()
                .resideInAPackage(upper)
                .check(CLASSES);
    }

    @ParameterizedTest
    @CsvSource({
        "com.fasterxml.jackson.., io.smilodon.engine.codec..",
        "net.jpountz.., io.smilodon.engine.segment..",
        "com.google.re2j.., io.smilodon.query.predicate..",
        "com.ibm.icu.., io.smilodon.index.collation..",
        "org.locationtech.jts.., io.smilodon.index.geo..",
        "org.apache.lucene.., io.smilodon.index.text..",
        "org.tartarus.snowball.., io.smilodon.index.text..",
        "org.bson.., io.smilodon.wire..",
        "io.airlift.., io.smilodon.wire..",
        "io.javalin.., io.smilodon.rest..",
        "com.auth0.jwt.., io.smilodon.rest.login..",
        "org.eclipse.jetty.., io.smilodon.rest..",
        "jakarta.servlet.., io.smilodon.rest..",
        "graphql.., io.smilodon.rest.graphql..",
        "org.dataloader.., io.smilodon.rest.graphql..",
        "io.micrometer.., io.smilodon.rest..",
        "org.graalvm.., io.smilodon.shell..",
        "org.jline.., io.smilodon.shell..",
        "picocli.., io.smilodon.shell..",
    })
    void one_library_lives_in_one_package(String library, String home) {
        noClasses()
                .that(not(resideInAPackage(home)))
                .should()
                .dependOnClassesThat()
                .resideInAPackage(library)
                .check(CLASSES);
    }

    /**
     * A database without search indexes never loads Lucene: it opens by what knows nothing of it.
     */
    @Test
    void opening_does_not_load_lucene() {
        noClasses()
                .that()
                .haveSimpleName("LuceneIndexes")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.apache.lucene..")
                .check(CLASSES);
    }

    /** All input and output of the storage goes through one door. */
    @Test
    void only_the_file_package_touches_files() {
        noClasses()
                .that()
                .resideInAnyPackage(
                        "io.smilodon.engine..",
                        "io.smilodon.index..",
                        "io.smilodon.query..",
                        "io.smilodon.database..")
                .and(not(resideInAPackage("io.smilodon.engine.file..")))
                .should()
                .dependOnClassesThat()
                .haveNameMatching(
                        "java\\.io\\.(File|RandomAccessFile).*"
                                + "|java\\.nio\\.channels\\..*|java\\.nio\\.file\\.Files")
                .check(CLASSES);
    }

    /** The first look-up of a logger reads every jar of the class path. */
    @Test
    void loggers_are_looked_up_when_there_is_something_to_say() {
        noClasses()
                .that()
                .resideInAnyPackage(
                        "io.smilodon.engine..", "io.smilodon.query..", "io.smilodon.database..")
                .and(not(simpleName("DatabaseLog")))
                .should()
                .callMethod(System.class, "getLogger", String.class)
                .check(CLASSES);
    }

    @Test
    void nothing_uses_java_serialization_or_naming_services() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .haveNameMatching("java\\.io\\.Object(In|Out)putStream|javax\\.naming\\..*")
                .check(CLASSES);
    }
}
