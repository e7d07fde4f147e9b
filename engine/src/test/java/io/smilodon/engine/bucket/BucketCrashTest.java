package io.smilodon.engine.bucket;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.smilodon.engine.error.SmilodonException;
import io.smilodon.engine.store.EmbeddedStore;
import io.smilodon.engine.store.StorageOptions;
import io.smilodon.engine.testing.CrashPolicy;
import io.smilodon.engine.testing.FaultyDirectory;
import io.smilodon.engine.testing.Seeds;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

/** The machine stops at every operation while buckets are filled, emptied and dropped. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class BucketCrashTest {

    private static final StorageOptions OPTIONS =
            StorageOptions.DEFAULTS
                    .withMemtableBytesMax(2_000)
                    .withLogFileBytesMax(1_500)
                    .withSegmentCountMax(2);

    private static final int STEPS = 24;
    private static final byte[] NONE = {};

    /** A step of the workload, on buckets or on the model of them. */
    private interface Target {

        void put(String bucket, String key, String blob);

        void delete(String bucket, String key);

        void drop(String bucket);
    }

    private static void step(int number, Target target) {
        String bucket = "b" + number % 2;
        if (number % 11 == 10) {
            target.drop(bucket);
        } else if (number % 5 == 4) {
            target.delete(bucket, "k" + (number - 2));
        } else {
            target.put(bucket, "k" + number, "x".repeat(number % 4 == 0 ? 700 : number));
        }
    }

    private record RealBuckets(Buckets buckets) implements Target {

        @Override
        public void put(String bucket, String key, String blob) {
            buckets.bucket(bucket).put(key, blob.getBytes(StandardCharsets.UTF_8));
        }

        @Override
        public void delete(String bucket, String key) {
            if (buckets.bucket(bucket).get(key).isPresent()) {
                buckets.bucket(bucket).delete(key);
            }
        }

        @Override
        public void drop(String bucket) {
            buckets.bucket(bucket).drop();
        }
    }

    private record Model(Map<String, Map<String, String>> buckets) implements Target {

        @Override
        public void put(String bucket, String key, String blob) {
            buckets.computeIfAbsent(bucket, absent -> new TreeMap<>()).put(key, blob);
        }

        @Override
        public void delete(String bucket, String key) {
            buckets.getOrDefault(bucket, new TreeMap<>()).remove(key);
        }

        @Override
        public void drop(String bucket) {
            buckets.remove(bucket);
        }
    }

    private static Map<String, Map<String, String>> after(int steps) {
        Model model = new Model(new TreeMap<>());
        for (int number = 0; number < steps; number++) {
            step(number, model);
        }
        return model.buckets();
    }

    @Test
    void a_crash_at_any_operation_leaves_every_acknowledged_write_and_no_half_one() {
        boolean isFinished = false;
        int crashes = (int) (Seeds.next() & 1); // one half of the operations or the other
        for (; !isFinished; crashes += 2) {
            FaultyDirectory directory = FaultyDirectory.crashingAfter(crashes);
            Run run = run(directory);
            int acknowledged = run.acknowledged();
            isFinished = run.isFinished();
            for (CrashPolicy policy : CrashPolicy.values()) {
                verify(directory.afterCrash(policy, crashes), acknowledged, policy + " " + crashes);
            }
        }
        assertTrue(crashes > 60, "the workload has many operations: " + crashes);
    }

    private record Run(int acknowledged, boolean isFinished) {}

    /** Works until the machine stops; says how many steps were acknowledged. */
    private static Run run(FaultyDirectory directory) {
        int acknowledged = 0;
        try (Buckets buckets = Buckets.open(EmbeddedStore.open(directory, OPTIONS))) {
            while (acknowledged < STEPS) {
                step(acknowledged, new RealBuckets(buckets));
                acknowledged++;
            }
        } catch (SmilodonException stopped) {
            return new Run(acknowledged, false);
        }
        return new Run(acknowledged, true);
    }

    private static void verify(FaultyDirectory left, int acknowledged, String where) {
        Map<String, Map<String, String>> found;
        try (Buckets buckets = Buckets.open(EmbeddedStore.open(left, OPTIONS))) {
            found = contents(buckets);
            buckets.bucket("new").put("k", NONE);
            assertEquals(1, buckets.bucket("new").list(NONE, NONE, 10).entries().size(), where);
        }
        List<Map<String, Map<String, String>>> legal = new ArrayList<>();
        legal.add(after(acknowledged));
        legal.add(after(Math.min(acknowledged + 1, STEPS)));
        assertTrue(legal.contains(found), () -> where + ": " + found + " instead of " + legal);
    }

    private static Map<String, Map<String, String>> contents(Buckets buckets) {
        Map<String, Map<String, String>> contents = new TreeMap<>();
        for (String name : buckets.names("", 10)) {
            Map<String, String> blobs = new TreeMap<>();
            Bucket bucket = buckets.bucket(name);
            for (BlobPage.Entry entry : bucket.list(NONE, NONE, 100).entries()) {
                byte[] blob = bucket.get(entry.key()).orElseThrow();
                blobs.put(
                        new String(entry.key(), StandardCharsets.UTF_8),
                        new String(blob, StandardCharsets.UTF_8));
            }
            contents.put(name, blobs);
        }
        return contents;
    }
}
