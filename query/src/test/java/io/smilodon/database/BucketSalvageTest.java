package io.smilodon.database;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.smilodon.engine.Progress;
import io.smilodon.engine.bucket.Bucket;
import io.smilodon.engine.store.EmbeddedStore;
import io.smilodon.engine.store.RetentionSettings;
import io.smilodon.engine.store.Snapshot;
import io.smilodon.engine.store.StorageOptions;
import io.smilodon.engine.store.VersionedValue;
import io.smilodon.engine.store.WriteBatch;
import io.smilodon.engine.testing.FaultyDirectory;
import io.smilodon.engine.value.Document;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What salvage makes of buckets: all blobs are reachable, and no id is given twice. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class BucketSalvageTest {

    private static final byte[] COUNTER = {4, 0};
    private static final byte[] COLLECTION_COUNTER = {1, 0};
    private static final String OF_SECOND = "salvaged.bucket_2";

    /** Every checkpoint leaves a segment of its own, and no log stands in for it. */
    private static final DatabaseOptions OPTIONS =
            DatabaseOptions.DEFAULTS.withStorage(
                    StorageOptions.DEFAULTS
                            .withSegmentCountMax(100)
                            .withRetention(RetentionSettings.DEFAULTS.withFeed(0, 0)));

    private final FaultyDirectory directory = new FaultyDirectory();
    private final FaultyDirectory target = new FaultyDirectory();

    private void fill(Consumer<Smilodon> work) {
        try (Smilodon smilodon = Smilodon.open(directory, OPTIONS)) {
            work.accept(smilodon);
        }
    }

    /** Buckets 1 and 2, of one blob each. */
    private static void putTwo(Smilodon smilodon) {
        put(smilodon, "photos", "lake");
        put(smilodon, "letters", "hello");
    }

    private static void put(Smilodon smilodon, String bucket, String key) {
        smilodon.bucket(bucket).put(key, bytes(key + " of " + bucket));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] name(String bucket) {
        return bytes("\4\1" + bucket);
    }

    /** Loses keys of the store under the database. */
    private void lose(byte[]... keys) {
        try (EmbeddedStore store = EmbeddedStore.open(directory, OPTIONS.storage())) {
            WriteBatch batch = new WriteBatch();
            for (byte[] key : keys) {
                batch.delete(key);
            }
            store.write(batch);
        }
    }

    private SalvageReport salvage(boolean keepsSuspects) throws IOException {
        return Salvage.run(directory, target, keepsSuspects, Progress.SILENT);
    }

    private Optional<byte[]> stored(byte[] key) {
        try (EmbeddedStore store = EmbeddedStore.open(target, StorageOptions.DEFAULTS);
                Snapshot snapshot = store.snapshot()) {
            return snapshot.get(key).map(VersionedValue::value);
        }
    }

    private void inTheCopy(Consumer<Smilodon> test) {
        try (Smilodon smilodon = Smilodon.open(target, DatabaseOptions.DEFAULTS)) {
            test.accept(smilodon);
        }
    }

    private static void assertHolds(Bucket bucket, String key, String blob) {
        assertEquals(
                Optional.of(blob),
                bucket.get(key).map(found -> new String(found, StandardCharsets.UTF_8)));
    }

    private static List<String> names(Smilodon smilodon) {
        return smilodon.bucketNames("", 100);
    }

    /** A new bucket has nothing in it but its own, and takes nothing else along when it goes. */
    private static void assertANewOneIsApart(Smilodon smilodon) {
        Bucket fresh = smilodon.bucket("fresh");
        put(smilodon, "fresh", "own");
        assertEquals(1, fresh.list(new byte[0], new byte[0], 100).entries().size());
        assertTrue(fresh.drop());
    }

    @Test
    void without_the_counter_the_next_bucket_gets_an_id_of_its_own() throws IOException {
        fill(BucketSalvageTest::putTwo);
        lose(COUNTER);

        salvage(true);

        inTheCopy(
                smilodon -> {
                    assertANewOneIsApart(smilodon);
                    assertEquals(List.of("letters", "photos"), names(smilodon));
                    assertHolds(smilodon.bucket("photos"), "lake", "lake of photos");
                    assertHolds(smilodon.bucket("letters"), "hello", "hello of letters");
                });
    }

    @Test
    void the_id_of_a_bucket_that_is_empty_is_not_given_again() throws IOException {
        fill(
                smilodon -> {
                    put(smilodon, "photos", "lake");
                    smilodon.bucket("photos").delete("lake");
                });
        lose(COUNTER);

        salvage(true);

        inTheCopy(
                smilodon -> {
                    put(smilodon, "fresh", "own");
                    assertEquals(Optional.empty(), smilodon.bucket("photos").get("own"));
                });
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void a_counter_that_is_ahead_stays_so(boolean keepsSuspects) throws IOException {
        fill(BucketSalvageTest::putTwo);
        fill(smilodon -> assertTrue(smilodon.bucket("letters").drop()));
        directory.delete("MANIFEST");

        salvage(keepsSuspects);

        assertArrayEquals(new byte[] {0, 0, 0, 3}, stored(COUNTER).orElseThrow());
    }

    @Test
    void blobs_whose_bucket_has_lost_its_name_get_another() throws IOException {
        fill(BucketSalvageTest::putTwo);
        lose(name("letters"));

        salvage(true);

        inTheCopy(
                smilodon -> {
                    assertEquals(List.of("photos", OF_SECOND), names(smilodon));
                    assertHolds(smilodon.bucket(OF_SECOND), "hello", "hello of letters");
                    put(smilodon, "letters", "new");
                    assertTrue(smilodon.bucket("letters").drop());
                    assertHolds(smilodon.bucket(OF_SECOND), "hello", "hello of letters");
                    assertANewOneIsApart(smilodon);
                    assertHolds(smilodon.bucket("photos"), "lake", "lake of photos");
                });
    }

    @Test
    void without_counter_and_names_all_blobs_are_reachable() throws IOException {
        fill(BucketSalvageTest::putTwo);
        lose(COUNTER, name("photos"), name("letters"));

        salvage(true);

        inTheCopy(
                smilodon -> {
                    assertANewOneIsApart(smilodon);
                    assertEquals(List.of("salvaged.bucket_1", OF_SECOND), names(smilodon));
                    assertHolds(smilodon.bucket("salvaged.bucket_1"), "lake", "lake of photos");
                    assertHolds(smilodon.bucket(OF_SECOND), "hello", "hello of letters");
                });
    }

    @Test
    void a_bucket_that_has_the_name_already_keeps_it() throws IOException {
        fill(BucketSalvageTest::putTwo);
        fill(smilodon -> put(smilodon, OF_SECOND, "mine"));
        lose(name("letters"));

        salvage(true);

        inTheCopy(
                smilodon -> {
                    assertEquals(List.of("photos", OF_SECOND, OF_SECOND + "_"), names(smilodon));
                    assertHolds(smilodon.bucket(OF_SECOND), "mine", "mine of " + OF_SECOND);
                    assertHolds(smilodon.bucket(OF_SECOND + "_"), "hello", "hello of letters");
                });
    }

    /** The segment in the middle may have held newer versions of what stands in the first. */
    @Test
    void counter_and_names_are_kept_where_suspects_are_left_out() throws IOException {
        fill(
                smilodon -> {
                    putTwo(smilodon);
                    smilodon.checkpoint();
                    put(smilodon, "photos", "hill");
                    smilodon.checkpoint();
                    put(smilodon, "photos", "wood");
                });
        List<String> segments =
                directory.list().stream().filter(name -> name.endsWith(".segment")).toList();
        assertEquals(3, segments.size(), segments::toString);
        directory.delete(segments.get(1));

        SalvageReport report = salvage(false);

        assertTrue(report.suspects().count() > 0);
        inTheCopy(
                smilodon -> {
                    assertEquals(List.of("letters", "photos"), names(smilodon));
                    assertEquals(Optional.empty(), smilodon.bucket("photos").get("lake"));
                    assertHolds(smilodon.bucket("photos"), "wood", "wood of photos");
                    assertANewOneIsApart(smilodon);
                    assertHolds(smilodon.bucket("photos"), "wood", "wood of photos");
                });
    }

    @Test
    void the_ids_of_blobs_that_are_left_out_are_not_given_again() throws IOException {
        fill(BucketSalvageTest::putTwo);
        lose(COUNTER, name("photos"), name("letters"));
        directory.delete("MANIFEST");

        salvage(false);

        assertArrayEquals(new byte[] {0, 0, 0, 3}, stored(COUNTER).orElseThrow());
        inTheCopy(smilodon -> assertEquals(List.of(), names(smilodon)));
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void the_report_names_buckets_with_and_without_a_name(boolean keepsSuspects)
            throws IOException {
        fill(BucketSalvageTest::putTwo);
        fill(smilodon -> smilodon.database("d").collection("c").insertOne(Json.doc("{'_id': 1}")));
        lose(name("letters"));
        directory.delete("MANIFEST");

        SalvageReport report = salvage(keepsSuspects);

        TreeSet<String> subjects = new TreeSet<>();
        report.suspects().listed().forEach(suspect -> subjects.add(suspect.subject()));
        String lost = report.losses().get(0).subject();
        assertTrue(subjects.contains("d.c"), subjects::toString);
        assertTrue(subjects.contains("bucket photos"), subjects::toString);
        assertTrue(lost.contains("catalog, d.c, bucket photos"), lost);
        assertEquals(keepsSuspects, subjects.contains("bucket " + OF_SECOND), subjects::toString);
        assertEquals(keepsSuspects, lost.contains("bucket " + OF_SECOND), lost);
    }

    @Test
    void buckets_and_collections_are_put_in_order_side_by_side() throws IOException {
        fill(
                smilodon -> {
                    smilodon.database("d").collection("c").insertOne(Json.doc("{'_id': 1}"));
                    putTwo(smilodon);
                    smilodon.database("d").collection("lost").insertOne(Json.doc("{'_id': 2}"));
                });
        lose(COUNTER, COLLECTION_COUNTER, name("letters"), bytes("\1\2d\0lost"));

        salvage(true);

        inTheCopy(
                smilodon -> {
                    Database orphans = smilodon.database("salvaged");
                    String orphan = orphans.collections().get(0).name();
                    smilodon.database("d").collection("fresh").insertOne(Json.doc("{'_id': 3}"));
                    assertANewOneIsApart(smilodon);
                    assertEquals(List.of("photos", OF_SECOND), names(smilodon));
                    assertHolds(smilodon.bucket("photos"), "lake", "lake of photos");
                    assertHolds(smilodon.bucket(OF_SECOND), "hello", "hello of letters");
                    assertEquals(1, orphans.collection(orphan).count(Document.EMPTY));
                    assertEquals(1, smilodon.database("d").collection("c").count(Document.EMPTY));
                });
        assertTrue(DatabaseCheck.run(target, Progress.SILENT).isGood());
    }

    @Test
    void a_database_without_buckets_is_salvaged_without_their_counter() throws IOException {
        fill(smilodon -> smilodon.database("d").collection("c").insertOne(Json.doc("{'_id': 1}")));

        salvage(true);

        assertFalse(stored(COUNTER).isPresent());
    }
}
