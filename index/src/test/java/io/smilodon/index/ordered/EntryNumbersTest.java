package io.smilodon.index.ordered;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.smilodon.engine.codec.KeyCodec;
import io.smilodon.engine.entry.ByteSpan;
import io.smilodon.engine.testing.RandomValues;
import io.smilodon.engine.testing.Seeds;
import io.smilodon.engine.value.Direction;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.NumberValue;
import io.smilodon.engine.value.Value;
import io.smilodon.index.IdPage;
import io.smilodon.index.IndexCursor;
import io.smilodon.index.IndexDefinition;
import io.smilodon.index.key.IndexBounds;
import io.smilodon.index.key.Interval;
import io.smilodon.index.key.IntervalSet;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.RepeatedTest;

/** What the entries of an index tell when they are read all at once, against one by one. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class EntryNumbersTest {

    private static final List<String> KEYS =
            List.of(
                    "{a: 1, n: 1}",
                    "{a: -1, n: 1}",
                    "{a: 1, n: -1}",
                    "{n: 1}",
                    "{a: 1, n: 1, b: 1}");

    private final long seed = Seeds.next();
    private final RandomValues values = new RandomValues(seed);

    private static String told(Value id, double number) {
        return id + " " + (number + 0.0);
    }

    private Value number() {
        while (values.nextInt(3) == 0) {
            Value value = values.next();
            if (value instanceof NumberValue) {
                return value;
            }
        }
        return values.nextInt(3) == 0
                ? Value.of(values.nextInt(9) - 3)
                : Value.of(0.5 + values.nextInt(9));
    }

    private IndexFixture index() {
        String key = KEYS.get(values.nextInt(KEYS.size())).replaceAll("(\\w+):", "\"$1\":");
        boolean isUnique = values.nextInt(4) == 0;
        String written = "{\"key\": %s, \"unique\": %s}".formatted(key, isUnique);
        IndexDefinition definition = IndexDefinition.parse(IndexFixture.json(written)).withId(7);
        IndexFixture index = new IndexFixture(definition);
        int count = values.nextInt(4) == 0 ? 700 : 60;
        for (int id = 0; id < count; id++) {
            Value own = values.nextInt(2) == 0 ? Value.of(id) : Value.of("x".repeat(id % 60) + id);
            Document document =
                    Document.of("_id", own).with("n", number()).with("a", Value.of(id % 3));
            index.save(isUnique ? document.with("n", Value.of(id - 7.5)) : document);
        }
        return index;
    }

    private IndexBounds bounds(IndexFixture index) {
        if (values.nextInt(4) == 0) {
            return IndexBounds.ALL;
        }
        List<Interval> points = new ArrayList<>(List.of(Interval.point(Value.of(1))));
        if (values.nextInt(3) == 0) {
            points.add(Interval.point(Value.of(2.5)));
        }
        return IndexBounds.of(IntervalSet.of(points));
    }

    private static void read(IndexCursor cursor, int part, List<String> found) {
        ByteSpan id = new ByteSpan();
        Optional<IdPage> page = cursor.page(part);
        while (page.isPresent()) {
            for (int place = 0; place < page.get().count(); place++) {
                page.get().id(place, id);
                found.add(told(KeyCodec.decode(id.copy()), page.get().number(place)));
            }
            page = cursor.page(part);
        }
    }

    @RepeatedTest(200)
    void all_at_once_they_tell_what_they_tell_one_by_one() {
        IndexFixture index = index();
        IndexBounds bounds = bounds(index);
        int part = index.definition.pattern().part(0).path().dotted().equals("n") ? 0 : 1;
        for (Direction direction : Direction.values()) {
            List<String> expected = new ArrayList<>();
            try (IndexCursor cursor = index.maintainer.open(bounds, direction, index.store)) {
                while (cursor.advance()) {
                    expected.add(told(KeyCodec.decode(cursor.idKey()), cursor.number(part)));
                }
            }
            List<String> found = new ArrayList<>();
            try (IndexCursor cursor = index.maintainer.open(bounds, direction, index.store)) {
                read(cursor, part, found);
                assertTrue(cursor.keysExamined() >= expected.size());
            }
            assertEquals(expected, found, () -> "seed " + seed + " " + index.definition);
        }
    }
}
