package io.smilodon.engine.torture;

import io.smilodon.engine.Progress;
import io.smilodon.engine.file.StorageDirectory;
import io.smilodon.engine.salvage.Loss;
import io.smilodon.engine.salvage.StoreSalvage;
import io.smilodon.engine.store.EmbeddedStore;
import io.smilodon.engine.store.KeyCursor;
import io.smilodon.engine.store.KeyRange;
import io.smilodon.engine.store.ReadView;
import io.smilodon.engine.store.Snapshot;
import io.smilodon.engine.store.Transaction;
import io.smilodon.engine.store.VersionedValue;
import io.smilodon.engine.store.WriteBatch;
import io.smilodon.engine.value.Direction;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Commits that are known by their numbers: what each changes follows from its number and the
 * script. In the order in which they took effect, they make every state that a store may ever be
 * in. Not thread-safe, except {@link #commit}.
 */
final class NumberedCommits {

    private static final String LAST = "last/";
    private static final String RETIRED = "zone";

    private final Script script;
    private final List<Map<String, String>> states = new ArrayList<>();
    private final Map<Integer, Integer> rankOf = new HashMap<>();
    private final List<Integer> highestNumber = new ArrayList<>();

    NumberedCommits(Script script) {
        this.script = script;
        states.add(Map.of());
        highestNumber.add(0);
    }

    private Map<String, Optional<String>> changes(int number) {
        Map<String, Optional<String>> changes = new TreeMap<>();
        changes.put(LAST + number % script.writers(), Optional.of(Integer.toString(number)));
        changes.put("slot" + number % 7, Optional.of("v" + number));
        boolean isBig = script.bigEvery() > 0 && number % script.bigEvery() == 0;
        changes.put("own" + number, Optional.of("x".repeat(isBig ? 1_500 : 20 + number % 40)));
        if (number > 5) {
            changes.put("own" + (number - 5), Optional.empty());
        }
        if (script.retireEvery() > 0) {
            changes.put(zone(number) + number, Optional.of("z" + number));
        }
        return changes;
    }

    /** Zones overlap by one commit, so that a retired one is never written again. */
    private String zone(int number) {
        return RETIRED + (char) ('A' + number / script.retireEvery()) + '/';
    }

    private Optional<String> retiredBy(int number) {
        boolean retires =
                script.retireEvery() > 0
                        && script.writers() == 1
                        && number % script.retireEvery() == script.retireEvery() / 2
                        && number > script.retireEvery();
        return retires ? Optional.of(zone(number - script.retireEvery())) : Optional.empty();
    }

    /**
     * Makes a commit; thread-safe.
     *
     * @return its sequence
     */
    long commit(EmbeddedStore store, int number) {
        Optional<String> retired = retiredBy(number);
        return retired.isPresent()
                ? commitRetiring(store, number, retired.get())
                : store.write(batch(number));
    }

    private WriteBatch batch(int number) {
        WriteBatch batch = new WriteBatch();
        changes(number)
                .forEach(
                        (key, value) ->
                                value.ifPresentOrElse(
                                        text -> batch.put(bytes(key), bytes(text)),
                                        () -> batch.delete(bytes(key))));
        return batch;
    }

    private long commitRetiring(EmbeddedStore store, int number, String prefix) {
        try (Transaction transaction = store.begin()) {
            batch(number)
                    .writes()
                    .forEach(
                            write ->
                                    write.value()
                                            .ifPresentOrElse(
                                                    bytes -> transaction.put(write.key(), bytes),
                                                    () -> transaction.delete(write.key())));
            transaction.retire(bytes(prefix));
            return transaction.commit();
        }
    }

    /** Says which commit took effect next. */
    void append(int number) {
        Map<String, String> state = new TreeMap<>(states.get(states.size() - 1));
        changes(number)
                .forEach(
                        (key, value) ->
                                value.ifPresentOrElse(
                                        text -> state.put(key, text), () -> state.remove(key)));
        retiredBy(number)
                .ifPresent(prefix -> state.keySet().removeIf(key -> key.startsWith(prefix)));
        rankOf.put(number, states.size());
        highestNumber.add(Math.max(number, highestNumber.get(states.size() - 1)));
        states.add(state);
    }

    int size() {
        return states.size() - 1;
    }

    /** The highest number among the first so many commits that took effect. */
    int highestNumber(int rank) {
        return highestNumber.get(rank);
    }

    /** How many commits had taken effect with this one. */
    int rank(int number) {
        if (number == 0) {
            return 0;
        }
        Integer rank = rankOf.get(number);
        if (rank == null) {
            throw new AssertionError("commit " + number + " is there, yet it failed");
        }
        return rank;
    }

    /**
     * Which state a store is in: how many commits took effect in it.
     *
     * @throws AssertionError if it is in none of them
     */
    int rankOf(EmbeddedStore store) {
        try (Snapshot snapshot = store.snapshot()) {
            Map<String, String> contents = contents(snapshot);
            int rank = 0;
            for (int writer = 0; writer < script.writers(); writer++) {
                String last = contents.getOrDefault(LAST + writer, "0");
                rank = Math.max(rank, rank(Integer.parseInt(last)));
            }
            Map<String, String> expected = states.get(rank);
            contents.keySet().removeIf(key -> isRetired(key, expected));
            if (!contents.equals(expected)) {
                throw new AssertionError(
                        "after " + rank + " commits " + expected + ", found " + contents);
            }
            requireFound(snapshot, expected);
            return rank;
        }
    }

    /**
     * Holds what a salvage gives against the last state.
     *
     * @throws AssertionError if a key is missing or has an older value, or if one that was removed
     *     is back without being suspect
     */
    void requireSalvaged(StorageDirectory directory) throws IOException {
        Map<String, String> expected = states.get(size());
        Map<String, String> found = new TreeMap<>();
        List<Loss> losses;
        try (StoreSalvage salvage = StoreSalvage.open(directory, Progress.SILENT)) {
            losses = salvage.losses();
            salvage.forEach(
                    (key, value, isSuspect) -> {
                        String name = new String(key, StandardCharsets.UTF_8);
                        if (!isSuspect || expected.containsKey(name)) {
                            found.put(name, new String(value, StandardCharsets.UTF_8));
                        }
                    });
        }
        if (!found.equals(expected) || losses.isEmpty()) {
            throw new AssertionError("of " + expected + " salvaged " + found + ", " + losses);
        }
    }

    /** Keys of a zone that was retired may be there or not. */
    private static boolean isRetired(String key, Map<String, String> expected) {
        if (!key.startsWith(RETIRED) || expected.containsKey(key)) {
            return false;
        }
        String zone = key.substring(0, RETIRED.length() + 2);
        return expected.keySet().stream().noneMatch(kept -> kept.startsWith(zone));
    }

    private static void requireFound(ReadView view, Map<String, String> expected) {
        expected.forEach(
                (key, value) -> {
                    String found = view.get(bytes(key)).map(NumberedCommits::text).orElse("");
                    if (!found.equals(value)) {
                        throw new AssertionError(key + " is scanned but not found: " + found);
                    }
                });
        if (view.get(bytes("own0")).isPresent()) {
            throw new AssertionError("a key that was never written");
        }
    }

    private static String text(VersionedValue found) {
        return new String(found.value(), StandardCharsets.UTF_8);
    }

    private static Map<String, String> contents(ReadView view) {
        Map<String, String> contents = new TreeMap<>();
        try (KeyCursor cursor = view.cursor(KeyRange.all(), Direction.FORWARD)) {
            while (cursor.advance()) {
                contents.put(
                        new String(cursor.key(), StandardCharsets.UTF_8),
                        new String(cursor.value(), StandardCharsets.UTF_8));
            }
        }
        return contents;
    }

    static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
