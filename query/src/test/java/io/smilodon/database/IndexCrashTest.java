package io.smilodon.database;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.smilodon.database.IndexKinds.Kind;
import io.smilodon.engine.error.SmilodonException;
import io.smilodon.engine.testing.CrashPolicy;
import io.smilodon.engine.testing.FaultyDirectory;
import io.smilodon.engine.testing.Seeds;
import io.smilodon.engine.value.Document;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The power fails while an index of any kind is built, kept or emptied: afterwards it has the
 * entries of its documents and answers as a scan does. {@code ./torture --suite A3i} goes on.
 */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class IndexCrashTest {

    /** More than one part of a build, and of a pass that removes what has expired. */
    private static final int COUNT = 1_010;

    /** Whether to lose power at every operation, instead of at some of each work. */
    private static final boolean IS_WHOLE = Boolean.getBoolean("smilodon.crash.all");

    private static FaultyDirectory full;

    @BeforeAll
    static void fill() {
        full = new FaultyDirectory();
        Random random = new Random(7);
        try (Smilodon smilodon = IndexedWork.open(full)) {
            List<Document> documents = new ArrayList<>();
            for (int id = 0; id < COUNT; id++) {
                documents.add(
                        id % 50 == 0
                                ? IndexKinds.document(id, random)
                                : Json.doc("{'_id':" + id + ",'u':" + id + ",'at':{'$date':1}}"));
            }
            things(smilodon).insertMany(documents, true);
            smilodon.checkpoint();
        }
    }

    private static DocumentCollection things(Smilodon smilodon) {
        return smilodon.database("d").collection("things");
    }

    static List<Kind> kinds() {
        return IndexKinds.ALL;
    }

    @Test
    void indexes_of_every_kind_outlive_power_losses() {
        long seed = Seeds.next();
        IndexedWork work = new IndexedWork(seed, 25);
        Random random = new Random(seed);
        for (int loss = 0; loss < (IS_WHOLE ? 5 : 2); loss++) {
            long operations = random.nextLong(work.operations());
            FaultyDirectory directory = FaultyDirectory.crashingAfter(operations);
            int acknowledged = work.run(directory);
            work.checkAfterCrash(
                    directory.afterCrash(CrashPolicy.POSIX_RANDOM, seed), acknowledged);
        }
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void a_build_that_a_power_loss_interrupts_leaves_a_whole_index_or_none(Kind kind) {
        Consumer<Smilodon> build = smilodon -> things(smilodon).createIndex(kind.specification());
        int interrupted =
                atEveryOperation(
                        full,
                        32,
                        build,
                        recovered -> {
                            boolean isThere = things(recovered).indexes().size() == 2;
                            assertEquals(List.of(), IndexKinds.disagreements(things(recovered)));
                            build.accept(recovered);
                            assertEquals(2, things(recovered).indexes().size());
                            return isThere;
                        });
        assertTrue(interrupted > 0, "some loss came in the middle");
    }

    @Test
    void a_pass_that_a_power_loss_interrupts_leaves_entries_of_what_is_left() {
        FaultyDirectory indexed = full.afterCrash(CrashPolicy.KEEP_ALL, 0);
        try (Smilodon smilodon = IndexedWork.open(indexed)) {
            IndexKinds.ALL.forEach(kind -> things(smilodon).createIndex(kind.specification()));
            smilodon.checkpoint();
        }
        Document lasting = Json.doc("{'at': {'$not': {'$lte': {'$date': 1}}}}");
        int interrupted =
                atEveryOperation(
                        indexed,
                        16,
                        IndexCrashTest::removeExpired,
                        recovered -> {
                            long left = things(recovered).count(Document.EMPTY);
                            assertEquals(List.of(), IndexKinds.disagreements(things(recovered)));
                            recovered.removeExpired();
                            long last = things(recovered).count(Document.EMPTY);
                            assertTrue(last < 30 && last == things(recovered).count(lasting));
                            return left == last;
                        });
        assertTrue(interrupted > 0, "some loss came in the middle");
    }

    /** A pass that fails is tried again later: only the next request tells that it did. */
    private static void removeExpired(Smilodon smilodon) {
        smilodon.removeExpired();
        smilodon.database("d").collection("others").insertOne(Document.EMPTY);
    }

    /** Looks at what is left, tries to end the work, and says whether that was done already. */
    private interface Check {
        boolean wasDone(Smilodon recovered);
    }

    /**
     * Does some work until the power fails, at each operation in turn, or at some of them.
     *
     * @param stepMax how far apart these are at most
     * @return how often it could not end; a build may have gone on by itself since
     */
    private static int atEveryOperation(
            FaultyDirectory start, int stepMax, Consumer<Smilodon> work, Check check) {
        long operations = operationsOfOpening(start);
        Random random = new Random(Seeds.next());
        int interrupted = 0;
        boolean isCrashed = true;
        while (isCrashed) {
            FaultyDirectory directory = start.afterCrash(CrashPolicy.KEEP_ALL, 0, operations);
            boolean isAcknowledged = isDone(directory, work);
            isCrashed = directory.operations() > operations;
            FaultyDirectory left = directory.afterCrash(CrashPolicy.POSIX_RANDOM, operations);
            try (Smilodon recovered = IndexedWork.open(left)) {
                boolean wasDone = check.wasDone(recovered);
                assertTrue(wasDone || !isAcknowledged, "after " + operations);
            }
            interrupted += isAcknowledged ? 0 : 1;
            operations += IS_WHOLE ? 1 : 1 + random.nextInt(stepMax);
        }
        return interrupted;
    }

    private static long operationsOfOpening(FaultyDirectory start) {
        FaultyDirectory directory = start.afterCrash(CrashPolicy.KEEP_ALL, 0);
        try (Smilodon smilodon = IndexedWork.open(directory)) {
            assertTrue(things(smilodon).exists());
            return directory.operations();
        }
    }

    private static boolean isDone(FaultyDirectory directory, Consumer<Smilodon> work) {
        try (Smilodon smilodon = IndexedWork.open(directory)) {
            work.accept(smilodon);
            return true;
        } catch (SmilodonException stopped) {
            return false;
        }
    }
}
