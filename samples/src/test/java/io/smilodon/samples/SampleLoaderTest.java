package io.smilodon.samples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.smilodon.database.Database;
import io.smilodon.database.Smilodon;
import io.smilodon.database.action.Actions;
import io.smilodon.engine.codec.ExtendedJson;
import io.smilodon.engine.error.ErrorCode;
import io.smilodon.engine.error.SmilodonException;
import io.smilodon.engine.value.ArrayValue;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.Value;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class SampleLoaderTest {

    private static Smilodon smilodon;

    @BeforeAll
    static void load_everything() {
        smilodon = Smilodon.inMemory();
        for (Dataset dataset : Datasets.all()) {
            new SampleLoader(database(dataset), LoadProgress.SILENT).load(dataset, false);
        }
    }

    @AfterAll
    static void close() {
        smilodon.close();
    }

    private static Database database(Dataset dataset) {
        return smilodon.database(dataset.name());
    }

    static Stream<Arguments> examples() {
        return Datasets.all().stream()
                .flatMap(
                        dataset ->
                                dataset.examples().stream()
                                        .map(example -> Arguments.of(dataset, example)));
    }

    @ParameterizedTest
    @MethodSource("examples")
    void every_example_finds_something(Dataset dataset, Example example) {
        Document answer =
                Actions.run(
                        database(dataset).collection(example.collection()),
                        example.action(),
                        ExtendedJson.readDocument(example.body()));

        assertFalse(((ArrayValue) answer.get("documents")).isEmpty(), example.title());
    }

    @Test
    void the_jdk_has_its_classes_with_their_documentation() {
        Document list =
                smilodon.database("jdk")
                        .collection("classes")
                        .findOne(Document.of("_id", Value.of("java.util.List")))
                        .orElseThrow();

        assertEquals(Value.of("interface"), list.get("kind"));
        assertEquals(Value.of("java.base"), list.get("module"));
        assertTrue(smilodon.database("jdk").collection("classes").count(Document.EMPTY) > 4_000);
    }

    @Test
    void a_place_has_its_position_and_its_changes_of_the_clock() {
        Document berlin =
                smilodon.database("places")
                        .collection("zones")
                        .findOne(Document.of("_id", Value.of("Europe/Berlin")))
                        .orElseThrow();

        assertEquals(Value.of("Point"), ((Document) berlin.get("location")).get("type"));
        assertTrue(((ArrayValue) berlin.get("transitions")).size() > 40);
    }

    @Test
    void a_loaded_dataset_is_not_loaded_twice_unless_it_is_replaced() {
        Dataset places = Datasets.named("places");
        SampleLoader loader = new SampleLoader(database(places), LoadProgress.SILENT);

        SmilodonException refusal =
                assertThrows(SmilodonException.class, () -> loader.load(places, false));

        assertEquals(ErrorCode.NAMESPACE_EXISTS, refusal.code());
        assertTrue(loader.load(places, true) > 400);
    }

    @Test
    void a_loading_that_was_cut_short_is_seen_and_done_anew() {
        Dataset places = Datasets.named("places");
        Database database = smilodon.database("cut_short");
        database.collection("zones").insertOne(Document.of("_id", Value.of("stray")));
        SampleLoader loader = new SampleLoader(database, LoadProgress.SILENT);

        assertFalse(loader.isLoaded(places));
        loader.load(places, false);

        assertTrue(loader.isLoaded(places));
        assertEquals(0, database.collection("zones").count(Document.of("_id", Value.of("stray"))));
    }

    @Test
    void an_unknown_dataset_is_refused_with_the_known_ones() {
        SmilodonException refusal =
                assertThrows(SmilodonException.class, () -> Datasets.named("movies"));

        assertEquals(ErrorCode.BAD_VALUE, refusal.code());
        assertTrue(refusal.hint().orElseThrow().contains("jdk"));
    }
}
