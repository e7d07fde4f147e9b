package io.smilodon.database;

import static io.smilodon.database.Json.doc;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.smilodon.database.action.Actions;
import io.smilodon.engine.store.StorageOptions;
import io.smilodon.engine.store.SyncMode;
import io.smilodon.engine.testing.CrashPolicy;
import io.smilodon.engine.testing.FaultyDirectory;
import io.smilodon.engine.value.Document;
import java.util.function.Consumer;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A database that syncs at leisure loses its power right after a write that asked for more. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class WriteOptionsTest {

    private static final DatabaseOptions LAZY =
            DatabaseOptions.DEFAULTS.withStorage(
                    StorageOptions.DEFAULTS.withSyncMode(SyncMode.NONE));

    /** How many documents are there after the power came back. */
    private static long survivors(Consumer<Smilodon> writes) {
        FaultyDirectory directory = new FaultyDirectory();
        Smilodon smilodon = Smilodon.open(directory, LAZY);
        writes.accept(smilodon);
        FaultyDirectory left = directory.afterCrash(CrashPolicy.DROP_ALL, 1);
        smilodon.close();
        try (Smilodon recovered = Smilodon.open(left, LAZY)) {
            return recovered.database("d").collection("c").count(Document.EMPTY);
        }
    }

    private static DocumentCollection collection(Smilodon smilodon) {
        return smilodon.database("d").collection("c");
    }

    @Test
    void what_asks_for_nothing_may_be_lost() {
        assertEquals(0, survivors(smilodon -> collection(smilodon).insertOne(doc("{}"))));
    }

    @Test
    void what_asks_for_sync_is_on_the_disk_with_all_before_it() {
        assertEquals(
                2,
                survivors(
                        smilodon -> {
                            collection(smilodon).insertOne(doc("{}"));
                            collection(smilodon).with(WriteOptions.SYNC).insertOne(doc("{}"));
                        }));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "'writeConcern': {'j': true}",
                "'writeConcern': {'w': 'majority'}",
                "'durability': 'sync'",
                "'requestId': 'r', 'durability': 'sync'"
            })
    void an_action_asks_for_it_in_its_body(String option) {
        Document body = doc("{'document': {}, " + option + "}");

        assertEquals(
                1, survivors(smilodon -> Actions.run(collection(smilodon), "insertOne", body)));
    }

    @Test
    void a_transaction_asks_for_it_when_it_begins() {
        TransactionSettings settings = TransactionSettings.DEFAULTS.withWrite(WriteOptions.SYNC);

        assertEquals(
                1,
                survivors(
                        smilodon ->
                                smilodon.transaction(
                                        settings,
                                        own ->
                                                own.database("d")
                                                        .collection("c")
                                                        .insertOne(doc("{}")))));
    }

    @Test
    void a_bucket_asks_for_it_as_a_collection_does() {
        byte[] blob = {};

        assertEquals(
                0,
                survivors(
                        smilodon -> {
                            collection(smilodon).insertOne(doc("{}"));
                            smilodon.bucket("b").put("k", blob);
                        }));
        assertEquals(
                1,
                survivors(
                        smilodon -> {
                            collection(smilodon).insertOne(doc("{}"));
                            smilodon.bucket("b").with(SyncMode.SYNC).put("k", blob);
                        }));
    }
}
