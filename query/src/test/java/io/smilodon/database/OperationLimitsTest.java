package io.smilodon.database;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.smilodon.engine.codec.ExtendedJson;
import io.smilodon.engine.error.ErrorCode;
import io.smilodon.engine.error.SmilodonException;
import io.smilodon.engine.file.MemoryDirectory;
import io.smilodon.engine.file.StorageDirectory;
import io.smilodon.engine.store.Precondition;
import io.smilodon.engine.testing.Await;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.Missing;
import io.smilodon.engine.value.NullValue;
import io.smilodon.engine.value.Value;
import io.smilodon.query.exec.OperationLimits;
import io.smilodon.query.exec.OperationScope;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What a program asks for itself ends, too: in time, and when somebody wants it to. */
@Timeout(60)
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class OperationLimitsTest {

    /** Would take days. */
    private static final String ENDLESS =
            "{'$sum': {'$map': {'input': {'$range': [0, 999999]},"
                    + " 'in': {'$size': {'$range': [0, 999999]}}}}}";

    private static final Value ENDLESS_UPDATE =
            ExtendedJson.readValue(("[{'$set': {'a': " + ENDLESS + "}}]").replace('\'', '"'));

    private static final Document FILTER = doc("{'$expr': {'$lt': [" + ENDLESS + ", 0]}}");
    private static final Value UPDATE = doc("{'$set': {'a': 1}}");

    private static Document doc(String json) {
        return ExtendedJson.readDocument(json.replace('\'', '"'));
    }

    /** With one document in it already: the limit may be too short to insert that. */
    private static Smilodon limited(long millis) {
        StorageDirectory directory = new MemoryDirectory();
        try (Smilodon unlimited = Smilodon.open(directory, DatabaseOptions.DEFAULTS)) {
            filled(unlimited, 1);
        }
        OperationLimits limits = OperationLimits.DEFAULTS.withTimeMillisMax(millis);
        return Smilodon.open(directory, DatabaseOptions.DEFAULTS.withOperations(limits));
    }

    private static DocumentCollection filled(Smilodon smilodon, int count) {
        DocumentCollection collection = smilodon.database("d").collection("c");
        List<Document> documents = new ArrayList<>();
        for (int id = 0; id < count; id++) {
            documents.add(Document.of("_id", Value.of(id)));
        }
        collection.insertMany(documents, true);
        return collection;
    }

    private static ErrorCode codeOf(Runnable work) {
        return assertThrows(SmilodonException.class, work::run).code();
    }

    static Stream<Consumer<DocumentCollection>> writes() {
        return Stream.of(
                films -> films.updateOne(FILTER, UPDATE),
                films -> films.updateMany(FILTER, UPDATE),
                films -> films.replaceOne(FILTER, Document.EMPTY),
                films -> films.deleteOne(FILTER),
                films -> films.deleteMany(FILTER),
                films -> films.findOneAndUpdate(FILTER, UPDATE, FindAndModifyOptions.DEFAULTS),
                films -> films.findOneAndDelete(FILTER, FindAndModifyOptions.DEFAULTS),
                films -> films.updateById(Value.of(0), ENDLESS_UPDATE, Precondition.NONE));
    }

    @ParameterizedTest
    @MethodSource("writes")
    void the_time_limit_of_the_database_ends_what_does_not_set_its_own(
            Consumer<DocumentCollection> write) {
        try (Smilodon smilodon = limited(40)) {
            DocumentCollection films = smilodon.database("d").collection("c");
            assertEquals(ErrorCode.MAX_TIME_EXPIRED, codeOf(() -> write.accept(films)));
            assertEquals(List.of(), smilodon.operations().running());
        }
    }

    @Test
    void a_write_may_set_a_limit_of_its_own() {
        try (Smilodon smilodon = Smilodon.inMemory()) {
            DocumentCollection films = filled(smilodon, 1);
            UpdateOptions update = UpdateOptions.DEFAULTS.withMaxTimeMillis(40);
            DeleteOptions delete = new DeleteOptions(Missing.INSTANCE, 40, Document.EMPTY);
            Document byId = Document.of("_id", Value.of(0));
            assertEquals(
                    ErrorCode.MAX_TIME_EXPIRED,
                    codeOf(() -> films.updateOne(byId, ENDLESS_UPDATE, update)));
            assertEquals(
                    ErrorCode.MAX_TIME_EXPIRED, codeOf(() -> films.deleteMany(FILTER, delete)));
        }
    }

    @Test
    void what_a_program_writes_is_listed_and_can_be_ended() {
        try (Smilodon smilodon = Smilodon.inMemory()) {
            DocumentCollection films = filled(smilodon, 1);
            CompletableFuture<UpdateResult> result =
                    CompletableFuture.supplyAsync(() -> films.updateMany(FILTER, UPDATE));
            RunningOperation running = running(smilodon);
            Document shown = running.toDocument();
            assertEquals(Value.of("d.c"), shown.get("ns"));
            assertEquals(
                    Document.of("updateMany", Value.of("c")).with("filter", FILTER),
                    shown.get("command"));

            assertTrue(smilodon.operations().kill(running.id()));

            CompletionException failure = assertThrows(CompletionException.class, result::join);
            assertEquals(ErrorCode.INTERRUPTED, ((SmilodonException) failure.getCause()).code());
            assertEquals(List.of(), smilodon.operations().slow().all());
        }
    }

    private static RunningOperation running(Smilodon smilodon) {
        return Await.present(
                "something runs", () -> smilodon.operations().running().stream().findFirst());
    }

    static Stream<Consumer<DocumentCollection>> longWork() {
        return Stream.of(
                DocumentCollection::verification,
                DocumentCollection::estimatedCount,
                films -> films.createIndex(doc("{'key': {'a': 1}}")),
                films -> films.storageStats(1));
    }

    @ParameterizedTest
    @MethodSource("longWork")
    void what_reads_a_whole_collection_ends_with_its_request(Consumer<DocumentCollection> work) {
        try (Smilodon smilodon = Smilodon.inMemory()) {
            DocumentCollection films = filled(smilodon, 3_000);
            OperationScope scope = new OperationScope(0);
            scope.cancel();
            Runnable request =
                    () ->
                            scope.run(
                                    () -> {
                                        work.accept(films);
                                        return films;
                                    });

            assertEquals(ErrorCode.INTERRUPTED, codeOf(request));

            assertEquals(3_000, films.estimatedCount());
            assertEquals(List.of(), films.verify());
        }
    }

    @Test
    void limits_of_requests_have_a_default_and_a_maximum() {
        TimeLimits limits = new TimeLimits(60, 1_000);
        assertEquals(60, limits.of(Missing.INSTANCE));
        assertEquals(60, limits.of(NullValue.INSTANCE));
        assertEquals(1_000, limits.of(Value.of(0)));
        assertEquals(1_000, limits.of(Value.of(1_000)));
        assertEquals(5, limits.of(Value.of(5.0)));
        assertEquals(ErrorCode.BAD_VALUE, codeOf(() -> limits.of(Value.of(1_001))));
        assertEquals(1_000, limits.patient().of(Missing.INSTANCE));
        assertEquals(0, TimeLimits.NONE.of(Missing.INSTANCE));
        assertEquals(Integer.MAX_VALUE, TimeLimits.NONE.of(Value.of(Integer.MAX_VALUE)));
    }
}
