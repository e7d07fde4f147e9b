package io.smilodon.query.predicate.schema;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.smilodon.engine.codec.DocumentCodec;
import io.smilodon.engine.error.Location;
import io.smilodon.engine.testing.Seeds;
import io.smilodon.engine.value.Document;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

/** Laws of all schemas, on random ones. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class SchemaLawsTest {

    private static final int CASES = 8_000;

    @Test
    void a_parsed_schema_accepts_what_the_naive_reading_accepts() {
        long seed = Seeds.next();
        RandomSchemas random = new RandomSchemas(seed);
        int accepted = 0;
        for (int i = 0; i < CASES; i++) {
            Document schema = random.schema();
            Document document = random.document();
            boolean expected = NaiveSchema.accepts(schema, document);
            accepted += expected ? 1 : 0;

            assertEquals(
                    expected,
                    JsonSchema.parse(schema, Location.ROOT).accepts(document),
                    () -> "seed " + seed + ": " + schema + " on " + document);
        }
        int share = accepted;
        assertTrue(
                accepted > CASES / 10 && accepted < CASES * 9 / 10,
                () -> "too one-sided to tell: " + share);
    }

    @Test
    void a_document_is_accepted_exactly_if_nothing_is_wrong_with_it() {
        long seed = Seeds.next();
        RandomSchemas random = new RandomSchemas(seed);
        for (int i = 0; i < CASES; i++) {
            Document schema = random.schema();
            Document document = random.document();
            Document stored = DocumentCodec.decode(DocumentCodec.encode(document));
            JsonSchema parsed = JsonSchema.parse(schema, Location.ROOT);

            assertEquals(
                    parsed.accepts(stored),
                    parsed.failures(document).isEmpty(),
                    () -> "seed " + seed + ": " + schema + " on " + document);
        }
    }
}
