package io.smilodon.query.predicate;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.smilodon.engine.codec.DocumentCodec;
import io.smilodon.engine.error.Location;
import io.smilodon.engine.testing.RandomValues;
import io.smilodon.engine.testing.Seeds;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.FieldPath;
import io.smilodon.engine.value.Value;
import io.smilodon.index.key.ExtractedKeys;
import io.smilodon.index.key.IndexKey;
import io.smilodon.index.key.KeyExtractor;
import io.smilodon.index.key.KeyPattern;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

/** Laws of all filters, on random ones. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class PredicateLawsTest {

    private static final int CASES = 20_000;

    @Test
    void a_parsed_filter_matches_what_the_naive_reading_matches() {
        long seed = Seeds.next();
        RandomFilters random = new RandomFilters(seed);
        int matched = 0;
        for (int i = 0; i < CASES; i++) {
            Document filter = random.filter();
            Document document = random.document();
            boolean expected = NaiveMatcher.matches(filter, document);
            matched += expected ? 1 : 0;

            assertEquals(
                    expected,
                    PredicateParser.parse(filter).matches(document),
                    () -> "seed " + seed + ": " + filter + " on " + document);
        }
        int share = matched;
        assertTrue(matched > CASES / 20, () -> "too few match to tell: " + share);
    }

    @Test
    void a_stored_document_matches_like_the_tree_of_it() {
        long seed = Seeds.next();
        RandomFilters random = new RandomFilters(seed);
        for (int i = 0; i < CASES; i++) {
            Predicate predicate = PredicateParser.parse(random.filter());
            Document document = random.document();
            Document stored = DocumentCodec.decode(DocumentCodec.encode(document));

            assertEquals(
                    predicate.matches(document),
                    predicate.matches(stored),
                    () -> "seed " + seed + ": " + predicate + " on " + document);
        }
    }

    @Test
    void a_filter_made_ready_for_bytes_matches_what_the_filter_matches() {
        long seed = Seeds.next();
        RandomFilters random = new RandomFilters(seed);
        for (int i = 0; i < CASES / 4; i++) {
            Predicate predicate = PredicateParser.parse(random.filter());
            StoredFilter ready = new StoredFilter(predicate);
            for (int turn = 0; turn < 3; turn++) {
                Document document = random.document();
                Document stored = DocumentCodec.decode(DocumentCodec.encode(document));
                boolean expected = predicate.matches(document);

                assertEquals(
                        expected,
                        ready.matches(stored),
                        () -> "seed " + seed + ": " + predicate + " on " + document);
            }
        }
    }

    @Test
    void comparisons_of_bytes_answer_like_those_of_values() {
        long seed = Seeds.next();
        RandomValues values = new RandomValues(seed);
        for (int i = 0; i < CASES; i++) {
            Value bound = values.next();
            Value other = i % 3 == 0 ? bound : values.next();
            Document stored = DocumentCodec.decode(DocumentCodec.encode(Document.of("a", other)));
            for (ValueTest test : comparisons(bound)) {
                Predicate predicate = new Predicate.At(FieldPath.parse("a"), test);

                assertEquals(
                        predicate.matches(Document.of("a", other)),
                        new StoredFilter(predicate).matches(stored),
                        () -> "seed " + seed + ": " + predicate + " on " + other);
            }
        }
    }

    private static List<ValueTest> comparisons(Value bound) {
        return List.of(
                new Equal(bound),
                new GreaterThan(bound),
                new GreaterOrEqual(bound),
                new LessThan(bound),
                new LessOrEqual(bound));
    }

    @Test
    void a_filter_that_was_stored_is_read_like_the_tree_of_it() {
        long seed = Seeds.next();
        RandomFilters random = new RandomFilters(seed);
        for (int i = 0; i < CASES / 10; i++) {
            Document filter = random.filter();
            Document stored = DocumentCodec.decode(DocumentCodec.encode(filter));

            assertEquals(
                    PredicateParser.parse(filter).toDocument(),
                    PredicateParser.parse(stored).toDocument(),
                    () -> "seed " + seed + ": " + filter);
        }
    }

    @Test
    void a_test_that_has_one_name_only_is_written_before_one_that_has_two() {
        String filter =
                "{\"a\": {\"$elemMatch\": {\"$not\": {\"$exists\": true}, \"$exists\": true}}}";
        Document rendered = Matching.parse(filter).toDocument();

        assertDoesNotThrow(() -> PredicateParser.parse(rendered), rendered::toString);
    }

    @Test
    void a_rendered_filter_parses_to_one_with_the_same_matches() {
        long seed = Seeds.next();
        RandomFilters random = new RandomFilters(seed);
        for (int i = 0; i < CASES; i++) {
            Document filter = random.filter();
            Document document = random.document();
            Predicate predicate = PredicateParser.parse(filter);
            Document rendered = predicate.toDocument();
            Predicate again =
                    assertDoesNotThrow(
                            () -> PredicateParser.parse(rendered),
                            () -> "seed " + seed + ": " + filter + " and " + rendered);

            assertEquals(
                    predicate.matches(document),
                    again.matches(document),
                    () -> "seed " + seed + ": " + filter + " and " + rendered);
        }
    }

    /** The law that lets an index answer a filter. */
    @Test
    void intervals_cover_a_key_of_every_document_that_passes_and_exact_ones_no_other() {
        long seed = Seeds.next();
        RandomFilters random = new RandomFilters(seed);
        int proven = 0;
        for (int i = 0; i < CASES; i++) {
            String path = List.of("a", "a.b", "a.a.b").get(i % 3);
            Document filter = Document.of(path, random.condition(2));
            Document document = random.document();
            Predicate predicate = PredicateParser.parse(filter);
            for (Predicate.At at : tests(predicate).toList()) {
                proven += checkCover(at, document, () -> "seed " + seed + ": " + filter) ? 1 : 0;
            }
        }
        int count = proven;
        assertTrue(proven > CASES / 400, () -> "too few keys prove a match to tell: " + count);
    }

    private static boolean checkCover(Predicate.At at, Document document, Supplier<String> where) {
        KeyPattern pattern =
                KeyPattern.parse(Document.of(at.path().dotted(), Value.of(1)), Location.ROOT);
        ExtractedKeys keys = KeyExtractor.keys(pattern, document);
        boolean isCovered = keys.keys().stream().anyMatch(key -> lies(key, at.test()));
        boolean matches = at.matches(document);
        if (matches) {
            assertTrue(isCovered, () -> where.get() + " on " + document + " has " + keys);
        }
        boolean proves = isCovered && at.test().isExact() && !keys.multikeyPaths().isMultikey();
        if (proves) {
            assertTrue(matches, () -> where.get() + " does not match " + document + keys);
        }
        return proves;
    }

    private static boolean lies(IndexKey key, ValueTest test) {
        return test.intervals().stream().anyMatch(interval -> interval.contains(key.value(0)));
    }

    private static Stream<Predicate.At> tests(Predicate predicate) {
        return switch (predicate) {
            case Predicate.And and -> and.children().stream().flatMap(PredicateLawsTest::tests);
            case Predicate.Or or -> or.children().stream().flatMap(PredicateLawsTest::tests);
            case Predicate.Not not -> tests(not.child());
            case Predicate.At at -> Stream.of(at);
            case Predicate.Computed computed -> Stream.empty();
            case Predicate.Whole whole -> Stream.empty();
        };
    }
}
