package io.smilodon.engine.bucket;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.smilodon.engine.error.ErrorCode;
import io.smilodon.engine.error.SmilodonException;
import io.smilodon.engine.store.EmbeddedStore;
import io.smilodon.engine.store.KeyValueStore;
import io.smilodon.engine.store.Precondition;
import io.smilodon.engine.store.StorageOptions;
import io.smilodon.engine.store.SyncMode;
import io.smilodon.engine.testing.CrashPolicy;
import io.smilodon.engine.testing.FaultyDirectory;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A store that syncs at leisure loses its power right after a write to a bucket. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class BucketDurabilityTest {

    private static final StorageOptions LAZY = StorageOptions.DEFAULTS.withSyncMode(SyncMode.NONE);

    private static final byte[] NONE = {};
    private static final List<String> BEFORE = List.of("old");

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** Each write, beside the keys that are there when it has been made. */
    static Stream<Arguments> writes() {
        return Stream.of(
                write("put text", List.of("new", "old"), b -> b.put("new", NONE)),
                write("put bytes", List.of("new", "old"), b -> b.put(utf8("new"), NONE)),
                write(
                        "put if absent",
                        List.of("new", "old"),
                        b -> b.put(utf8("new"), NONE, Precondition.ABSENT)),
                write("delete text", List.of(), b -> b.delete("old")),
                write("delete bytes", List.of(), b -> b.delete(utf8("old"))),
                write(
                        "delete if present",
                        List.of(),
                        b -> b.delete(utf8("old"), Precondition.PRESENT)),
                write("drop", List.of(), Bucket::drop));
    }

    private static Arguments write(String name, List<String> after, Consumer<Bucket> write) {
        return Arguments.of(name, after, write);
    }

    /** The keys that are there after the power came back. */
    private static List<String> survivors(Function<Bucket, Bucket> asking, Consumer<Bucket> write) {
        FaultyDirectory directory = new FaultyDirectory();
        FaultyDirectory left;
        try (Buckets buckets = Buckets.open(EmbeddedStore.open(directory, LAZY))) {
            Bucket bucket = buckets.bucket("b");
            bucket.with(SyncMode.SYNC).put("old", NONE);
            write.accept(asking.apply(bucket));
            left = directory.afterCrash(CrashPolicy.DROP_ALL, 1);
        }
        try (Buckets recovered = Buckets.open(EmbeddedStore.open(left, LAZY))) {
            return recovered.bucket("b").list(NONE, NONE, 10).entries().stream()
                    .map(entry -> new String(entry.key(), StandardCharsets.UTF_8))
                    .toList();
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("writes")
    void what_asks_for_sync_is_on_the_disk(
            String name, List<String> after, Consumer<Bucket> write) {
        assertEquals(after, survivors(bucket -> bucket.with(SyncMode.SYNC), write));
        assertEquals(
                after,
                survivors(bucket -> bucket.with(SyncMode.SYNC).within(60_000), write),
                "a limit of time leaves durability as it is");
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("writes")
    void what_asks_for_nothing_may_be_lost(
            String name, List<String> after, Consumer<Bucket> write) {
        assertEquals(BEFORE, survivors(bucket -> bucket, write));
        assertEquals(BEFORE, survivors(bucket -> bucket.with(SyncMode.NONE), write));
    }

    @Test
    void what_is_asked_for_holds_for_whom_asked_alone() {
        assertEquals(
                BEFORE,
                survivors(
                        bucket -> {
                            assertFalse(bucket.with(SyncMode.SYNC).get("new").isPresent());
                            return bucket;
                        },
                        bucket -> bucket.put("new", NONE)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("writes")
    void a_write_that_others_outrun_ends_with_its_time(
            String name, List<String> after, Consumer<Bucket> write) {
        Bucket bucket = Buckets.open(outrun(), 1).bucket("b");

        assertEquals(ErrorCode.WRITE_CONFLICT, failure(() -> write.accept(bucket)));
        assertEquals(
                ErrorCode.MAX_TIME_EXPIRED,
                failure(() -> write.accept(bucket.within(1).with(SyncMode.SYNC))));
    }

    /** A store in which somebody else is always faster. */
    private static KeyValueStore outrun() {
        return (KeyValueStore)
                Proxy.newProxyInstance(
                        KeyValueStore.class.getClassLoader(),
                        new Class<?>[] {KeyValueStore.class},
                        (proxy, method, arguments) -> {
                            throw new SmilodonException(
                                    ErrorCode.WRITE_CONFLICT, "others were faster");
                        });
    }

    private static ErrorCode failure(Executable write) {
        return assertThrows(SmilodonException.class, write).code();
    }
}
