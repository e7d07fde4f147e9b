package io.smilodon.database.torture;

import io.smilodon.database.DatabaseOptions;
import io.smilodon.database.DocumentCollection;
import io.smilodon.database.SearchKinds;
import io.smilodon.database.Smilodon;
import io.smilodon.database.UpdateOptions;
import io.smilodon.engine.codec.ExtendedJson;
import io.smilodon.engine.torture.KilledProgram;
import io.smilodon.engine.torture.Ledger;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.Int64Value;
import io.smilodon.engine.value.StringValue;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * A program that replaces and deletes documents until it is killed, or so many times, while it
 * builds and drops indexes, for searches too, searches, and makes backups. Arguments: folder, seed,
 * commits per thread.
 */
public final class IndexedProgram {

    private static final int THREADS = 2;

    private static final List<String> INDEXES =
            List.of(
                    "{'key': {'version': 1}, 'unique': false}",
                    "{'key': {'group': 1, 'version': -1}}",
                    "{'key': {'tags': 1}}",
                    "{'key': {'slot': 1}, 'unique': true}");

    private static final List<String> INDEX_NAMES =
            List.of("version_1", "group_1_version_-1", "tags_1", "slot_1");

    private final Smilodon smilodon;
    private final Ledger ledger;

    private IndexedProgram(Smilodon smilodon, Ledger ledger) {
        this.smilodon = smilodon;
        this.ledger = ledger;
    }

    private static Document document(String json) {
        return ExtendedJson.readDocument(json.replace('\'', '"'));
    }

    static DocumentCollection slots(Smilodon smilodon) {
        return smilodon.database("torture").collection("slots");
    }

    /**
     * Compares the documents with the ledger, and the indexes with the documents.
     *
     * @throws AssertionError if anything is wrong
     */
    static void check(Smilodon smilodon, Ledger ledger) {
        for (int slot = 0; slot < Ledger.SLOTS; slot++) {
            long found =
                    slots(smilodon)
                            .findOne(document("{'_id': " + slot + "}"))
                            .map(document -> ((Int64Value) document.get("version")).value())
                            .orElse(0L);
            ledger.settle(slot, found);
        }
        requireAgreement(smilodon);
    }

    /**
     * Compares the indexes with the documents.
     *
     * @throws AssertionError if anything is wrong
     */
    static void requireAgreement(Smilodon smilodon) {
        List<String> wrong = new ArrayList<>(slots(smilodon).verify());
        wrong.addAll(SearchKinds.disagreements(slots(smilodon)));
        if (!wrong.isEmpty()) {
            throw new AssertionError("indexes: " + wrong);
        }
    }

    public static void main(String[] arguments) throws Exception {
        Path home = Path.of(arguments[0]);
        Random random = new Random(Long.parseLong(arguments[1]));
        int commits = Integer.parseInt(arguments[2]);
        DatabaseOptions options =
                DatabaseOptions.DEFAULTS.withStorage(KilledProgram.options(random));
        try (Ledger ledger = Ledger.open(home.resolve("ledger"));
                Smilodon smilodon = Smilodon.open(home.resolve("store"), options)) {
            new IndexedProgram(smilodon, ledger).run(home, random, commits);
        }
    }

    private void run(Path home, Random random, int commits) throws InterruptedException {
        check(smilodon, ledger);
        changeSearched(random);
        ledger.setPhase(1);
        List<Thread> threads = new ArrayList<>();
        for (int thread = 0; thread < THREADS; thread++) {
            int number = thread;
            long seed = random.nextLong();
            threads.add(Thread.ofPlatform().start(() -> commit(number, seed, commits)));
        }
        boolean isFirst = true;
        while (isFirst || threads.stream().anyMatch(Thread::isAlive)) {
            isFirst = false;
            upkeep(home, random);
        }
        check(smilodon, ledger);
    }

    private void upkeep(Path home, Random random) {
        int index = random.nextInt(INDEXES.size());
        switch (random.nextInt(8)) {
            case 0 -> smilodon.checkpoint();
            case 1 -> smilodon.backup(home.resolve("backup" + Long.toHexString(random.nextLong())));
            case 2 -> {
                if (slots(smilodon).indexes().toString().contains(INDEX_NAMES.get(index))) {
                    slots(smilodon).dropIndex(new StringValue(INDEX_NAMES.get(index)));
                }
            }
            case 3 -> changeSearched(random);
            case 4 -> requireOneState();
            default -> slots(smilodon).createIndex(document(INDEXES.get(index)));
        }
    }

    private void changeSearched(Random random) {
        if (slots(smilodon).exists()) {
            SearchKinds.change(slots(smilodon), random);
        }
    }

    /** While others write, searches in a transaction find its documents. */
    private void requireOneState() {
        List<String> wrong =
                smilodon.transaction(
                        transaction ->
                                SearchKinds.disagreements(
                                        transaction.database("torture").collection("slots")));
        if (!wrong.isEmpty()) {
            throw new AssertionError("searches: " + wrong);
        }
    }

    private void commit(int thread, long seed, int commits) {
        Random random = new Random(seed);
        for (int count = 0; count < commits; count++) {
            int slot = random.nextInt(Ledger.SLOTS / THREADS) * THREADS + thread;
            long version = ledger.issued(slot) + 1;
            ledger.issue(slot, version);
            Document filter = document("{'_id': " + slot + "}");
            if (Ledger.isRemoval(version)) {
                slots(smilodon).deleteOne(filter);
            } else {
                String fields =
                        "'group': %d, 'tags': [%d, 'a', %d], 'slot': %d, 'pad': '%s', %s"
                                .formatted(
                                        version % 10,
                                        version % 7,
                                        slot,
                                        slot,
                                        "x".repeat(random.nextInt(100)),
                                        searched(slot, version));
                String number = "{'$numberLong': '" + version + "'}";
                slots(smilodon)
                        .replaceOne(
                                filter,
                                document("{'version': " + number + ", " + fields + "}"),
                                UpdateOptions.DEFAULTS.withUpsert(true));
            }
            ledger.acknowledge(slot, version);
        }
    }

    /** What search indexes hold. */
    private static String searched(int slot, long version) {
        List<String> words = SearchKinds.WORDS;
        return "'t': '%s %s', 'k': %d, 'q': [%d, %d]"
                .formatted(
                        words.get((int) (version % words.size())),
                        words.get(slot % words.size()),
                        version % 4,
                        version % 9,
                        slot % 9);
    }
}
