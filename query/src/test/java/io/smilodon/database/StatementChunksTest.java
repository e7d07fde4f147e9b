package io.smilodon.database;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.smilodon.database.catalog.Namespace;
import io.smilodon.engine.error.ErrorCode;
import io.smilodon.engine.error.SmilodonException;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.NumberValue;
import io.smilodon.engine.value.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class StatementChunksTest {

    private final Smilodon smilodon = Smilodon.inMemory(DatabaseOptions.DEFAULTS);

    @AfterEach
    void close() {
        smilodon.close();
    }

    private DocumentCollection collection() {
        return smilodon.database("d").collection("items");
    }

    /** What is to be kept of several is too large. */
    @Test
    void statements_whose_common_commit_fails_are_carried_out_one_by_one() {
        StatementChunks<Integer> chunks =
                smilodon.chunks(
                        new Insertions(collection()),
                        WriteOptions.DEFAULTS,
                        Optional.of(new LittleKept()));
        List<Integer> told = new ArrayList<>();
        while (told.size() < Insertions.COUNT) {
            told.addAll(chunks.run(told.size()));
        }
        assertEquals(IntStream.range(0, Insertions.COUNT).boxed().toList(), told);
        assertEquals(Insertions.COUNT, collection().count(Document.EMPTY));
    }

    /** As where the machine stands still for a while. */
    @Test
    void one_statement_at_least_is_carried_out_however_long_it_takes_to_come_to_it() {
        AtomicLong seconds = new AtomicLong();
        StatementChunks<Integer> chunks =
                smilodon.chunks(
                        new StatementChunks.Request<>(
                                new Insertions(collection()),
                                WriteOptions.DEFAULTS,
                                Optional.of(new LittleKept()),
                                () -> TimeUnit.SECONDS.toNanos(seconds.incrementAndGet())));
        for (int number = 0; number < Insertions.COUNT; number++) {
            assertEquals(List.of(number), chunks.run(number));
        }
        assertEquals(Insertions.COUNT, collection().count(Document.EMPTY));
    }

    private record Insertions(DocumentCollection collection)
            implements StatementChunks.Statements<Integer> {

        static final int COUNT = 10;

        @Override
        public int count() {
            return COUNT;
        }

        @Override
        public boolean isOrdered() {
            return false;
        }

        @Override
        public Namespace namespace(int position) {
            return collection.namespace();
        }

        @Override
        public boolean isMany(int position) {
            return false;
        }

        @Override
        public Integer run(int position, Function<Namespace, DocumentCollection> collections) {
            collections
                    .apply(collection.namespace())
                    .insertOne(Document.of("_id", Value.of(position)));
            return position;
        }

        @Override
        public Integer alone(int position) {
            throw new AssertionError("it is to be kept");
        }

        @Override
        public Integer failed(int position, SmilodonException failure) {
            throw new AssertionError(failure);
        }
    }

    /** Keeps the outcome of one statement only. */
    private static final class LittleKept implements StatementChunks.Kept<Integer> {

        @Override
        public Optional<String> name(int first) {
            return Optional.of("little:" + first);
        }

        @Override
        public Document encode(int first, List<Integer> results) {
            if (results.size() > 1) {
                throw new SmilodonException(ErrorCode.OBJECT_TOO_LARGE, "too much to keep");
            }
            return Document.of("result", Value.of(results.getFirst()));
        }

        @Override
        public List<Integer> decode(Document outcome) {
            return List.of((int) ((NumberValue) outcome.get("result")).toLong());
        }
    }
}
