package io.smilodon.engine.bucket;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.smilodon.engine.bucket.BlobWrite.Outcome;
import io.smilodon.engine.file.MemoryDirectory;
import io.smilodon.engine.store.EmbeddedStore;
import io.smilodon.engine.store.Precondition;
import io.smilodon.engine.store.StorageOptions;
import io.smilodon.engine.store.VersionedValue;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class BucketConcurrencyTest {

    private static final int THREADS = 8;
    private static final byte[] KEY = {1};

    private final Buckets buckets =
            Buckets.open(EmbeddedStore.open(new MemoryDirectory(), StorageOptions.DEFAULTS));
    private final Bucket bucket = buckets.bucket("b");
    private final ExecutorService threads = Executors.newFixedThreadPool(THREADS);

    @AfterEach
    void close() {
        threads.close();
        buckets.close();
    }

    /** Work of one of the threads, which all begin at the same time. */
    private interface Work<T> {

        T run(int thread) throws Exception;
    }

    private <T> List<T> together(Work<T> work) throws Exception {
        CyclicBarrier start = new CyclicBarrier(THREADS);
        List<Callable<T>> calls = new ArrayList<>();
        for (int thread = 0; thread < THREADS; thread++) {
            int number = thread;
            calls.add(
                    () -> {
                        start.await();
                        return work.run(number);
                    });
        }
        List<T> results = new ArrayList<>();
        for (Future<T> result : threads.invokeAll(calls)) {
            results.add(result.get());
        }
        return results;
    }

    @RepeatedTest(20)
    void creators_of_one_bucket_share_it() throws Exception {
        together(thread -> bucket.put(new byte[] {(byte) thread}, KEY));

        assertEquals(THREADS, bucket.list(new byte[0], new byte[0], 100).entries().size());
        assertEquals(List.of("b"), buckets.names("", 10));
    }

    @RepeatedTest(20)
    void creators_of_different_buckets_get_different_ones() throws Exception {
        together(thread -> buckets.bucket("b" + thread).put(KEY, new byte[] {(byte) thread}));

        for (int thread = 0; thread < THREADS; thread++) {
            assertEquals((byte) thread, buckets.bucket("b" + thread).get(KEY).orElseThrow()[0]);
        }
    }

    @RepeatedTest(20)
    void only_one_of_many_creates_a_blob() throws Exception {
        List<BlobWrite> writes =
                together(
                        thread -> bucket.put(KEY, new byte[] {(byte) thread}, Precondition.ABSENT));

        List<BlobWrite> winners =
                writes.stream().filter(write -> write.outcome() == Outcome.CREATED).toList();
        assertEquals(1, winners.size());
        assertEquals(
                winners.getFirst().version().orElseThrow(),
                bucket.find(KEY).orElseThrow().version());
    }

    @Test
    void versions_make_a_counter_that_loses_nothing() throws Exception {
        bucket.put(KEY, number(0));
        int rounds = 50;
        together(
                thread -> {
                    for (int done = 0; done < rounds; ) {
                        done += increment() ? 1 : 0;
                    }
                    return rounds;
                });
        assertEquals(THREADS * rounds, ByteBuffer.wrap(bucket.get(KEY).orElseThrow()).getInt());
    }

    private boolean increment() {
        VersionedValue found = bucket.find(KEY).orElseThrow();
        int next = ByteBuffer.wrap(found.value()).getInt() + 1;
        return bucket.put(KEY, number(next), Precondition.version(found.version())).outcome()
                == Outcome.REPLACED;
    }

    private static byte[] number(int value) {
        return ByteBuffer.allocate(Integer.BYTES).putInt(value).array();
    }

    /** A blob may be put before or after a drop, but never into what was dropped. */
    @RepeatedTest(20)
    void what_is_put_after_a_drop_is_not_lost_with_it() throws Exception {
        bucket.put(KEY, KEY);
        together(
                thread -> {
                    if (thread == 0) {
                        bucket.drop();
                    }
                    bucket.put(new byte[] {2, (byte) thread}, KEY);
                    return thread;
                });

        bucket.put(new byte[] {3}, KEY);
        int left = bucket.list(new byte[0], new byte[0], 100).entries().size();
        assertTrue(left >= 2 && left <= THREADS + 1, () -> "left " + left);
        assertTrue(bucket.get(KEY).isEmpty());
        assertTrue(bucket.get(new byte[] {2, 0}).isPresent());
    }
}
