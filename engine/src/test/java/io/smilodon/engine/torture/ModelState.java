package io.smilodon.engine.torture;

import io.smilodon.engine.store.KeyCursor;
import io.smilodon.engine.store.KeyRange;
import io.smilodon.engine.store.ReadView;
import io.smilodon.engine.store.WriteBatch;
import io.smilodon.engine.value.Direction;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;

/**
 * What a store must hold: keys and values of ASCII, whose order is that of their bytes. Keys of
 * zones that were retired may be there or not. Not thread-safe.
 */
final class ModelState {

    private static final String ZONE = "zone";

    private final NavigableMap<String, String> entries;
    private final Set<String> retired;
    private int zone;

    ModelState() {
        this(new TreeMap<>(), new HashSet<>(), 0);
    }

    private ModelState(NavigableMap<String, String> entries, Set<String> retired, int zone) {
        this.entries = entries;
        this.retired = retired;
        this.zone = zone;
    }

    ModelState copy() {
        return new ModelState(new TreeMap<>(entries), new HashSet<>(retired), zone);
    }

    static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.US_ASCII);
    }

    /** A key of few, sometimes in the zone that is not retired yet. */
    String key(Random random) {
        StringBuilder key = new StringBuilder(random.nextInt(5) == 0 ? zonePrefix() : "");
        for (int length = 1 + random.nextInt(3); length > 0; length--) {
            key.append((char) (random.nextInt(5) == 0 ? 0x7f : 'a' + random.nextInt(5)));
        }
        return key.toString();
    }

    String zonePrefix() {
        return ZONE + zone + '/';
    }

    static String value(Random random) {
        int length = random.nextInt(30) == 0 ? random.nextInt(20_000) : random.nextInt(40);
        return Integer.toString(random.nextInt(1_000)).repeat(1 + length / 3);
    }

    /** Some changes, empty for removals; not made yet. */
    Map<String, Optional<String>> changes(Random random) {
        Map<String, Optional<String>> changes = new TreeMap<>();
        for (int count = random.nextInt(6); count >= 0; count--) {
            boolean isRemoval = random.nextInt(3) == 0;
            changes.put(key(random), isRemoval ? Optional.empty() : Optional.of(value(random)));
        }
        return changes;
    }

    static WriteBatch batch(Map<String, Optional<String>> changes) {
        WriteBatch batch = new WriteBatch();
        changes.forEach(
                (key, value) ->
                        value.ifPresentOrElse(
                                text -> batch.put(bytes(key), bytes(text)),
                                () -> batch.delete(bytes(key))));
        return batch;
    }

    void apply(Map<String, Optional<String>> changes) {
        changes.forEach(
                (key, value) ->
                        value.ifPresentOrElse(
                                text -> entries.put(key, text), () -> entries.remove(key)));
    }

    /** The zone's keys are gone, and it is never written again. */
    void retireZone() {
        retired.add(zonePrefix());
        entries.keySet().removeIf(key -> key.startsWith(zonePrefix()));
        zone++;
    }

    /**
     * Compares keys, ranges in both directions and everything.
     *
     * @throws AssertionError if the view differs
     */
    void compare(ReadView view, Random random) {
        for (int count = 0; count < 3; count++) {
            String key = key(random);
            Optional<String> found = view.get(bytes(key)).map(value -> text(value.value()));
            require(Optional.ofNullable(entries.get(key)), found, key);
        }
        String one = key(random);
        String other = key(random);
        String from = one.compareTo(other) < 0 ? one : other;
        String to = one.compareTo(other) < 0 ? other : one;
        compareRange(view, from, to);
        compareRange(view, "", "");
    }

    private void compareRange(ReadView view, String from, String to) {
        NavigableMap<String, String> expected =
                to.isEmpty() ? entries : entries.subMap(from, true, to, false);
        KeyRange range = new KeyRange(bytes(from), bytes(to));
        for (Direction direction : Direction.values()) {
            NavigableMap<String, String> ordered =
                    direction == Direction.FORWARD ? expected : expected.descendingMap();
            String found = shown(view, range, direction);
            String wanted = ordered.toString();
            require(wanted, found, direction + " from " + from + " to " + to);
        }
    }

    private String shown(ReadView view, KeyRange range, Direction direction) {
        StringBuilder shown = new StringBuilder();
        try (KeyCursor cursor = view.cursor(range, direction)) {
            while (cursor.advance()) {
                String key = text(cursor.key());
                if (retired.stream().noneMatch(key::startsWith)) {
                    shown.append(shown.isEmpty() ? "{" : ", ");
                    shown.append(key).append('=').append(text(cursor.value()));
                }
            }
        }
        return shown.isEmpty() ? "{}" : shown.append('}').toString();
    }

    static void require(Object expected, Object found, String where) {
        if (!expected.equals(found)) {
            throw new AssertionError(where + ": " + cut(found) + ", not " + cut(expected));
        }
    }

    private static String cut(Object value) {
        String text = value.toString();
        return text.length() > 200 ? Arrays.hashCode(bytes(text)) + " of " + text.length() : text;
    }
}
