package io.smilodon.database;

import static io.smilodon.database.Json.doc;
import static io.smilodon.database.Json.value;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.smilodon.engine.testing.Seeds;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.NumberValue;
import io.smilodon.engine.value.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

/** Money moves between two collections; whoever looks, by whatever plan, finds all of it. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class BankHistoryTest {

    private static final int ACCOUNTS = 20;
    private static final long TOTAL = 2L * ACCOUNTS * 100;
    private static final int WRITERS = 3;
    private static final int TRANSFERS = 60;

    private final long seed = Seeds.next();

    @Test
    void every_snapshot_holds_all_money_by_every_plan() throws Exception {
        try (Smilodon smilodon = Smilodon.inMemory();
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (String name : List.of("left", "right")) {
                DocumentCollection side = smilodon.database("bank").collection(name);
                side.insertMany(
                        IntStream.range(0, ACCOUNTS).mapToObj(BankHistoryTest::account).toList(),
                        true);
                side.createIndex(doc("{'key': {'n': 1}}"));
            }
            List<Future<?>> writers = new ArrayList<>();
            for (int writer = 0; writer < WRITERS; writer++) {
                Random random = new Random(seed + writer);
                writers.add(threads.submit(() -> transferOften(smilodon, random)));
            }
            CompletableFuture<Void> all =
                    CompletableFuture.allOf(
                            writers.stream()
                                    .map(each -> CompletableFuture.runAsync(() -> join(each)))
                                    .toArray(CompletableFuture<?>[]::new));
            do {
                smilodon.transaction(this::assertAllMoney);
            } while (!all.isDone());
            all.join();
            smilodon.transaction(this::assertAllMoney);
            assertEquals(List.of(), smilodon.database("bank").collection("left").verify());
            assertEquals(List.of(), smilodon.database("bank").collection("right").verify());
        }
    }

    private static Document account(int id) {
        return Document.builder().put("_id", id).put("n", 100).build();
    }

    private static void join(Future<?> writer) {
        try {
            writer.get();
        } catch (ExecutionException failure) {
            throw new AssertionError(failure.getCause());
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private static void transferOften(Smilodon smilodon, Random random) {
        for (int i = 0; i < TRANSFERS; i++) {
            int from = random.nextInt(ACCOUNTS);
            int to = random.nextInt(ACCOUNTS);
            int amount = random.nextInt(10);
            boolean isGivenUp = random.nextInt(10) == 0;
            smilodon.transaction(
                    own -> {
                        add(own, "left", from, -amount);
                        add(own, "right", to, amount);
                        if (isGivenUp) {
                            own.abort();
                        }
                        return amount;
                    });
        }
    }

    private static void add(DocumentTransaction own, String side, int id, int amount) {
        Document account = Document.builder().put("_id", id).build();
        own.database("bank")
                .collection(side)
                .updateOne(account, value("{'$inc': {'n': " + amount + "}}"));
    }

    private int assertAllMoney(DocumentTransaction own) {
        long byScan = 0;
        long byIndex = 0;
        for (String side : List.of("left", "right")) {
            DocumentCollection accounts = own.database("bank").collection(side);
            byScan += sum(accounts, FindRequest.of(Document.EMPTY));
            byIndex +=
                    sum(
                            accounts,
                            FindRequest.of(doc("{'n': {'$gte': -100000}}"))
                                    .withHint(value("'n_1'"))
                                    .withProjection(doc("{'n': 1, '_id': 0}")));
        }
        assertEquals(TOTAL, byScan, () -> "by scan, seed " + seed);
        assertEquals(TOTAL, byIndex, () -> "by index, seed " + seed);
        return ACCOUNTS;
    }

    private static long sum(DocumentCollection accounts, FindRequest request) {
        long sum = 0;
        try (DocumentCursor cursor = accounts.find(request)) {
            while (cursor.hasNext()) {
                Value n = cursor.next().get("n");
                sum += ((NumberValue) n).toLong();
            }
        }
        return sum;
    }
}
