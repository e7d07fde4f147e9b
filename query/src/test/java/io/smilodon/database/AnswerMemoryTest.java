package io.smilodon.database;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.smilodon.database.command.CommandContext;
import io.smilodon.database.command.Commands;
import io.smilodon.engine.value.ArrayValue;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.Value;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
@Timeout(60)
class AnswerMemoryTest {

    private static final int COUNT = 20;
    private static final Document FIND = Document.of("find", Value.of("c"));

    private final Smilodon smilodon = Smilodon.inMemory();

    /** Has room for some bytes at once; for more its readers wait. */
    private static class Scarce implements AnswerMemory.Source {

        private final long bytesMax;
        private final AtomicInteger waits = new AtomicInteger();

        Scarce(long bytesMax) {
            this.bytesMax = bytesMax;
        }

        @Override
        public boolean tryTake(long bytes) {
            return bytes <= bytesMax;
        }

        @Override
        public boolean take(long bytes) throws InterruptedException {
            waits.incrementAndGet();
            return true;
        }
    }

    @BeforeEach
    void insert() {
        List<Document> documents =
                IntStream.range(0, COUNT)
                        .mapToObj(id -> Document.of("_id", Value.of(id)).with("x", text()))
                        .toList();
        smilodon.database("d").collection("c").insertMany(documents, true);
    }

    private static Value text() {
        return Value.of("x".repeat(1_000));
    }

    @AfterEach
    void close() {
        smilodon.close();
    }

    private Document run(AnswerMemory.Source source, Document command) {
        CommandContext context = CommandContext.of(smilodon, "d");
        return AnswerMemory.within(source, () -> Commands.run(context, command));
    }

    private static int count(Document answer, String batch) {
        return ((ArrayValue) ((Document) answer.get("cursor")).get(batch)).elements().size();
    }

    @Test
    void a_batch_that_finds_no_room_ends_and_the_next_one_goes_on() {
        Scarce scarce = new Scarce(5_500);
        Document answer = run(scarce, FIND);
        assertEquals(5, count(answer, "firstBatch"));
        Document more =
                Document.of("getMore", ((Document) answer.get("cursor")).get("id"))
                        .with("collection", Value.of("c"));
        assertEquals(5, count(run(scarce, more), "nextBatch"));
        assertEquals(COUNT - 10, count(run(new Scarce(1 << 20), more), "nextBatch"));
        assertEquals(0, scarce.waits.get());
    }

    @Test
    void a_first_document_waits_and_so_does_a_batch_that_is_the_only_one() {
        Scarce scarce = new Scarce(500);
        assertEquals(1, count(run(scarce, FIND), "firstBatch"));
        assertEquals(1, scarce.waits.get());
        Document single = FIND.with("singleBatch", Value.of(true));
        assertEquals(COUNT, count(run(scarce, single), "firstBatch"));
    }

    @Test
    void different_values_wait_for_room_for_all_of_them() {
        Document distinct = Document.of("distinct", Value.of("c")).with("key", Value.of("_id"));
        Scarce scarce = new Scarce(20);
        Document answer = run(scarce, distinct);
        assertEquals(COUNT, ((ArrayValue) answer.get("values")).size());
        assertTrue(scarce.waits.get() > 0);
        Scarce empty =
                new Scarce(20) {
                    @Override
                    public boolean take(long bytes) {
                        return false;
                    }
                };
        assertEquals(Value.of(146), run(empty, distinct).get("code"));
        Scarce large = new Scarce(1 << 10);
        run(large, distinct);
        assertEquals(0, large.waits.get());
    }

    @Test
    void who_waits_in_vain_is_told_so() {
        Scarce empty =
                new Scarce(0) {
                    @Override
                    public boolean take(long bytes) {
                        return false;
                    }
                };
        assertEquals(Value.of(146), run(empty, FIND).get("code"));
    }

    @Test
    void who_waits_can_be_killed() {
        Scarce endless =
                new Scarce(0) {
                    @Override
                    public boolean take(long bytes) throws InterruptedException {
                        RunningOperation own = smilodon.operations().running().getFirst();
                        Thread.ofVirtual().start(() -> smilodon.operations().kill(own.id()));
                        new CountDownLatch(1).await();
                        return true;
                    }
                };
        assertEquals(Value.of(11601), run(endless, FIND).get("code"));
        assertFalse(Thread.interrupted());
    }

    @Test
    void who_waits_lets_another_have_the_turn() {
        Admission admission = new Admission(1, 1, Duration.ofSeconds(20));
        CountDownLatch come = new CountDownLatch(1);
        Scarce kept =
                new Scarce(0) {
                    @Override
                    public boolean take(long bytes) throws InterruptedException {
                        Thread.ofVirtual().start(() -> admission.admit(() -> let(come)));
                        return come.await(10, TimeUnit.SECONDS);
                    }
                };
        Document answer = admission.admit(() -> run(kept, FIND.with("limit", Value.of(1))));
        assertEquals(1, count(answer, "firstBatch"));
    }

    private static boolean let(CountDownLatch come) {
        come.countDown();
        return true;
    }
}
