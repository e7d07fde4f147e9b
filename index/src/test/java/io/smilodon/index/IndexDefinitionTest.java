package io.smilodon.index;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.smilodon.engine.codec.ExtendedJson;
import io.smilodon.engine.codec.JsonMode;
import io.smilodon.engine.error.Location;
import io.smilodon.engine.error.SmilodonException;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.DocumentBuilder;
import io.smilodon.engine.value.Value;
import io.smilodon.index.key.KeyPattern;
import io.smilodon.index.key.MultikeyPaths;
import io.smilodon.index.testing.Script;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class IndexDefinitionTest {

    @ParameterizedTest(name = "{0}")
    @MethodSource("cases")
    void a_specification_means_what_the_script_says(Case example) {
        assertEquals(example.expected(), example.actual());
    }

    static Stream<Case> cases() {
        List<Case> cases = new ArrayList<>();
        Script.Line input = null;
        for (Script.Line line : Script.lines("/io/smilodon/index/definitions.txt")) {
            if (line.is("parse")) {
                input = line;
            } else {
                cases.add(new Case(input, line));
            }
        }
        return cases.stream();
    }

    record Case(Script.Line input, Script.Line result) {

        String expected() {
            return result.is("=")
                    ? ExtendedJson.write(ExtendedJson.readDocument(result.rest()), JsonMode.RELAXED)
                    : result.text();
        }

        String actual() {
            try {
                IndexDefinition parsed = parse(input.rest());
                return ExtendedJson.write(parsed.toDocument(), JsonMode.RELAXED);
            } catch (SmilodonException refused) {
                String place = refused.location().map(Location::pointer).orElse("");
                return ("! " + refused.code().number() + " " + place).strip();
            }
        }

        @Override
        public String toString() {
            return input.toString();
        }
    }

    private static IndexDefinition parse(String specification) {
        return IndexDefinition.parse(ExtendedJson.readDocument(specification));
    }

    private static int code(List<IndexDefinition> existing, String wanted) {
        return assertThrows(
                        SmilodonException.class,
                        () -> IndexDefinitions.isNew(parse(wanted), existing))
                .code()
                .number();
    }

    @Test
    void thirty_two_fields_are_allowed_and_one_more_is_not() {
        assertEquals(32, KeyPattern.parse(fields(32), Location.ROOT).length());
        SmilodonException refused =
                assertThrows(
                        SmilodonException.class, () -> KeyPattern.parse(fields(33), Location.ROOT));
        assertEquals(13103, refused.code().number());
    }

    private static Document fields(int count) {
        DocumentBuilder builder = Document.builder();
        for (int i = 0; i < count; i++) {
            builder.put("f" + i, 1);
        }
        return builder.build();
    }

    @Test
    void errors_name_what_is_supported() {
        SmilodonException refused =
                assertThrows(SmilodonException.class, () -> parse("{\"key\": {\"a\": \"3d\"}}"));

        assertTrue(refused.hint().orElseThrow().contains("1 (ascending), -1 (descending)"));
    }

    @Test
    void the_catalog_gets_back_what_it_was_given() {
        IndexDefinition definition =
                parse("{\"key\": {\"a\": 1, \"b\": -1}, \"unique\": true}").withId(42);

        assertEquals(definition, IndexDefinition.fromDocument(definition.toDocument()));
    }

    @Test
    void a_damaged_catalog_entry_is_reported() {
        SmilodonException refused =
                assertThrows(
                        SmilodonException.class,
                        () -> IndexDefinition.fromDocument(Document.of("name", Value.of("x"))));

        assertEquals(366, refused.code().number());
    }

    @Test
    void traits_survive_the_catalog_and_only_grow() {
        IndexDefinition definition = parse("{\"key\": {\"a.b\": 1, \"c\": 1}}");
        IndexTraits none = IndexTraits.none(definition);
        IndexTraits multikey =
                new IndexTraits(new MultikeyPaths(List.of(Set.of(2, 1), Set.of())), false);
        IndexTraits cut = new IndexTraits(none.multikeyPaths(), true);

        IndexTraits both = none.union(multikey).union(cut);

        assertEquals(both, IndexTraits.fromDocument(both.toDocument()));
        assertTrue(both.containsAll(multikey) && both.containsAll(cut) && both.containsAll(none));
        assertFalse(none.containsAll(multikey) || none.containsAll(cut));
        assertTrue(both.multikeyPaths().isArray(0, 2));
        assertFalse(both.multikeyPaths().isMultikey(1));
        assertTrue(both.holdsCutKeys());
    }

    @Test
    void the_same_index_again_is_not_new() {
        IndexDefinition existing = parse("{\"key\": {\"a\": 1}}").withId(3);

        assertFalse(IndexDefinitions.isNew(parse("{\"key\": {\"a\": 1}}"), List.of(existing)));
        assertFalse(IndexDefinitions.isNew(IndexDefinition.onId(), List.of()));
        assertTrue(IndexDefinitions.isNew(parse("{\"key\": {\"a\": -1}}"), List.of(existing)));
    }

    /** Rule 84. */
    @Test
    void the_same_key_with_other_options_is_another_index() {
        IndexDefinition existing = parse("{\"key\": {\"a\": 1}}");

        assertTrue(
                IndexDefinitions.isNew(
                        parse("{\"key\": {\"a\": 1}, \"name\": \"u\", \"unique\": true}"),
                        List.of(existing)));
    }

    /** Rule 83. */
    @Test
    void names_and_keys_that_conflict_are_refused() {
        List<IndexDefinition> existing = List.of(parse("{\"key\": {\"a\": 1}}"));

        assertEquals(85, code(existing, "{\"key\": {\"a\": 1}, \"name\": \"other\"}"));
        assertEquals(86, code(existing, "{\"key\": {\"b\": 1}, \"name\": \"a_1\"}"));
        assertEquals(86, code(existing, "{\"key\": {\"a\": 1}, \"unique\": true}"));
    }

    /** Rule 86: 64 indexes, that on _id included whether it is listed or not. */
    @Test
    void a_collection_has_at_most_64_indexes() {
        List<IndexDefinition> existing = new ArrayList<>();
        existing.add(IndexDefinition.onId());
        for (int i = 0; i < 62; i++) {
            existing.add(parse("{\"key\": {\"f" + i + "\": 1}}"));
        }
        IndexDefinition last = parse("{\"key\": {\"last\": 1}}");
        assertTrue(IndexDefinitions.isNew(last, existing));

        existing.add(last);
        assertEquals(67, code(existing, "{\"key\": {\"more\": 1}}"));
        assertEquals(67, code(existing.subList(1, 64), "{\"key\": {\"more\": 1}}"));
    }
}
