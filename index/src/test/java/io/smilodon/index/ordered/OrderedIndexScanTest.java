package io.smilodon.index.ordered;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.smilodon.engine.codec.KeyCodec;
import io.smilodon.engine.testing.RandomValues;
import io.smilodon.engine.testing.Seeds;
import io.smilodon.engine.value.ArrayValue;
import io.smilodon.engine.value.Direction;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.DocumentBuilder;
import io.smilodon.engine.value.NumberValue;
import io.smilodon.engine.value.Value;
import io.smilodon.engine.value.ValueText;
import io.smilodon.index.IndexCursor;
import io.smilodon.index.IndexDefinition;
import io.smilodon.index.IndexOptions;
import io.smilodon.index.key.IndexBounds;
import io.smilodon.index.key.IndexKey;
import io.smilodon.index.key.Interval;
import io.smilodon.index.key.IntervalSet;
import io.smilodon.index.key.KeyExtractor;
import io.smilodon.index.key.KeyPart;
import io.smilodon.index.key.KeyPattern;
import io.smilodon.index.key.RandomBounds;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class OrderedIndexScanTest {

    private static final int DOCUMENTS = 60;
    private static final String[] PATHS = {"a", "b.x", "c", "b.y"};

    /** A key that the index should hold, and whose it is. */
    private record Expected(IndexKey key, int id) {}

    /** A scan finds the keys inside its bounds, no others, in the order of the pattern. */
    @RepeatedTest(60)
    void a_scan_is_a_filter_over_all_keys() {
        long seed = Seeds.next();
        RandomValues values = new RandomValues(seed);
        IndexFixture index = new IndexFixture(definition(values));
        List<Expected> keys = fill(index, values);
        List<List<Value>> pools = pools(index.definition.pattern(), keys);

        for (int scan = 0; scan < 12; scan++) {
            IndexBounds bounds = RandomBounds.bounds(values, pools);
            for (Direction direction : Direction.values()) {
                String where = "seed " + seed + " " + index.definition + " " + bounds + direction;
                List<Expected> inside =
                        keys.stream().filter(key -> bounds.contains(key.key)).toList();
                assertEquals(
                        render(sorted(inside, index.definition.pattern(), direction)),
                        render(scan(index, bounds, direction)),
                        where);
            }
        }
        assertEquals(0, index.store.cursorsOpen(), () -> "seed " + seed);
        assertEquals(List.of(), index.verify(), () -> "seed " + seed);
    }

    private static IndexDefinition definition(RandomValues values) {
        int parts = 1 + values.nextInt(3);
        List<KeyPart> chosen = new ArrayList<>();
        for (int part = 0; part < parts; part++) {
            String path = PATHS[part];
            chosen.add(values.nextInt(2) == 0 ? KeyPart.ascending(path) : KeyPart.descending(path));
        }
        IndexOptions options = IndexOptions.DEFAULTS.withSparse(values.nextInt(3) == 0);
        return new IndexDefinition(
                values.nextInt(1 << 20), "random", new KeyPattern(chosen), options);
    }

    private static List<Expected> fill(IndexFixture index, RandomValues values) {
        KeyExtractor extractor =
                new KeyExtractor(index.definition.pattern(), index.definition.options().sparse());
        List<Value> pool = new ArrayList<>();
        IntStream.range(0, 8).forEach(i -> pool.add(values.next()));
        List<Expected> keys = new ArrayList<>();
        for (int id = 0; id < DOCUMENTS; id++) {
            Document document = document(id, values, pool);
            index.save(document);
            int owner = id;
            extractor.keys(document).keys().forEach(key -> keys.add(new Expected(key, owner)));
        }
        return keys;
    }

    /** Only b holds arrays, so that no two arrays meet in one key. */
    private static Document document(int id, RandomValues values, List<Value> pool) {
        DocumentBuilder builder = Document.builder().put("_id", id);
        if (values.nextInt(8) > 0) {
            builder.put("a", scalar(values, pool));
        }
        builder.put("c", scalar(values, pool));
        List<Value> elements = new ArrayList<>();
        int count = values.nextInt(4);
        for (int i = 0; i < count; i++) {
            elements.add(
                    Document.builder()
                            .put("x", scalar(values, pool))
                            .put("y", scalar(values, pool))
                            .build());
        }
        return builder.put("b", ArrayValue.of(elements)).build();
    }

    private static Value scalar(RandomValues values, List<Value> pool) {
        Value value =
                values.nextInt(4) == 0
                        ? values.next()
                        : values.near(pool.get(values.nextInt(pool.size())));
        return value instanceof ArrayValue ? Value.of("array") : value;
    }

    private static List<List<Value>> pools(KeyPattern pattern, List<Expected> keys) {
        List<List<Value>> pools = new ArrayList<>();
        for (int part = 0; part < pattern.length(); part++) {
            int position = part;
            pools.add(new ArrayList<>(keys.stream().map(k -> k.key.value(position)).toList()));
        }
        return pools;
    }

    private static List<Expected> sorted(
            List<Expected> keys, KeyPattern pattern, Direction direction) {
        Comparator<Expected> order =
                Comparator.comparing(Expected::key, pattern.keyOrder()).thenComparing(Expected::id);
        List<Expected> sorted = new ArrayList<>(keys);
        sorted.sort(direction == Direction.FORWARD ? order : order.reversed());
        return sorted;
    }

    private static List<Expected> scan(IndexFixture index, IndexBounds bounds, Direction way) {
        List<Expected> found = new ArrayList<>();
        try (IndexCursor cursor = index.maintainer.open(bounds, way, index.store)) {
            while (cursor.advance()) {
                checkNumbers(index, cursor);
                Value id = KeyCodec.decode(cursor.idKey());
                found.add(new Expected(cursor.key(), Integer.parseInt(idText(id))));
            }
            assertTrue(cursor.keysExamined() >= found.size());
        }
        return found;
    }

    private static void checkNumbers(IndexFixture index, IndexCursor cursor) {
        for (int part = 0; part < index.definition.pattern().length(); part++) {
            if (cursor.key(part) instanceof NumberValue number) {
                assertEquals(number.toDouble() + 0.0, cursor.number(part) + 0.0, number::toString);
            }
        }
    }

    private static String idText(Value id) {
        return ValueText.of(id);
    }

    /** Exact types included: {@code toString} of values tells them. */
    private static String render(List<Expected> keys) {
        StringBuilder text = new StringBuilder();
        keys.forEach(key -> text.append(key.id).append(": ").append(key.key.values()).append('\n'));
        return text.toString();
    }

    @Test
    void the_walk_jumps_over_what_is_between_its_intervals() {
        IndexFixture index = IndexFixture.of("{\"key\": {\"a\": 1, \"b\": 1}}");
        for (int i = 0; i < 1_000; i++) {
            index.save(document(i, i / 100, i % 100));
        }
        IntervalSet ends = points(0, 9);
        IntervalSet middle = points(50, 51);

        try (IndexCursor cursor =
                index.maintainer.open(
                        IndexBounds.of(ends, middle), Direction.FORWARD, index.store)) {
            List<Value> ids = new ArrayList<>();
            while (cursor.advance()) {
                ids.add(KeyCodec.decode(cursor.idKey()));
            }
            assertEquals(ints(50, 51, 950, 951), ids);
            assertTrue(cursor.keysExamined() <= 8, () -> "examined " + cursor.keysExamined());
        }
    }

    /** {@code {b: 7}} on an index of a and b: one jump for each a. */
    @Test
    void a_bound_on_the_second_field_alone_skips_through_the_first() {
        IndexFixture index = IndexFixture.of("{\"key\": {\"a\": -1, \"b\": 1}}");
        for (int i = 0; i < 1_000; i++) {
            index.save(document(i, i / 100, i % 100));
        }
        IndexBounds bounds = IndexBounds.of(IntervalSet.ALL, points(7));

        for (Direction direction : Direction.values()) {
            try (IndexCursor cursor = index.maintainer.open(bounds, direction, index.store)) {
                int found = 0;
                while (cursor.advance()) {
                    found++;
                }
                assertEquals(10, found);
                assertTrue(cursor.keysExamined() <= 31, () -> "" + cursor.keysExamined());
            }
        }
    }

    private static Document document(int id, int a, int b) {
        return Document.builder().put("_id", id).put("a", a).put("b", b).build();
    }

    private static IntervalSet points(int... values) {
        return IntervalSet.of(
                IntStream.of(values).mapToObj(Value::of).map(Interval::point).toList());
    }

    private static List<Value> ints(int... values) {
        return IntStream.of(values).mapToObj(Value::of).toList();
    }

    @Test
    void empty_bounds_find_nothing() {
        IndexFixture index = IndexFixture.of("{\"key\": {\"a\": 1}}");
        index.save("{\"_id\": 1, \"a\": 1}");

        assertEquals(List.of(), index.ids(IndexBounds.of(IntervalSet.NONE), Direction.FORWARD));
    }

    @Test
    void indexes_do_not_see_each_other() {
        IndexFixture index = IndexFixture.of("{\"key\": {\"a\": 1}}");
        index.save("{\"_id\": 1, \"a\": 1}");
        OrderedIndexMaintainer neighbour =
                new OrderedIndexMaintainer(index.definition.withId(8), "shop.orders");

        try (IndexCursor cursor =
                neighbour.open(IndexBounds.ALL, Direction.BACKWARD, index.store)) {
            assertTrue(!cursor.advance());
        }
    }

    /** Keys keep the exact types, so that a covered query returns what was stored. */
    @Test
    void keys_come_back_in_their_types() {
        IndexFixture index = IndexFixture.of("{\"key\": {\"a\": -1, \"_id\": 1}}");
        String document =
                "{\"_id\": {\"$numberLong\": \"3\"}, \"a\": {\"$numberDouble\": \"2.0\"}}";
        index.save(document);

        try (IndexCursor cursor =
                index.maintainer.open(IndexBounds.ALL, Direction.FORWARD, index.store)) {
            assertTrue(cursor.advance());
            assertEquals(Value.of(2.0), cursor.key(0));
            assertEquals(Value.of(3L), cursor.key(1));
        }
    }

    @Test
    void the_last_index_id_has_its_place() {
        IndexFixture index =
                new IndexFixture(IndexFixture.of("{\"key\": {\"a\": 1}}").definition.withId(-1));
        index.save("{\"_id\": 1, \"a\": 1}");
        index.save("{\"_id\": 2, \"a\": 2}");

        assertEquals(ints(2, 1), index.ids(IndexBounds.ALL, Direction.BACKWARD));
    }
}
