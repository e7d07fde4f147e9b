package io.smilodon.engine.codec;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.smilodon.engine.error.SmilodonException;
import io.smilodon.engine.testing.RandomValues;
import io.smilodon.engine.testing.Seeds;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.Value;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class DocumentEncoderTest {

    private static final int DOCUMENTS = 50;

    @RepeatedTest(20)
    void every_document_is_written_as_if_it_were_the_first() {
        long seed = Seeds.next();
        RandomValues values = new RandomValues(seed);
        DocumentEncoder encoder = new DocumentEncoder();
        for (int i = 0; i < DOCUMENTS; i++) {
            Document document = values.nextDocument();
            assertArrayEquals(
                    DocumentCodec.encode(document), encoder.encode(document), () -> "seed " + seed);
        }
    }

    @Test
    void what_was_written_before_does_not_matter() {
        DocumentEncoder encoder = new DocumentEncoder();
        Document small = Document.of("a", Value.of(1));
        byte[] bytes = encoder.encode(small);

        Document refused = Document.of("b", Document.of("with \0", Value.of(1)));
        assertThrows(SmilodonException.class, () -> encoder.encode(refused));
        assertArrayEquals(bytes, encoder.encode(small));

        Document large = Document.of("c", Value.of("x".repeat(1 << 20)));
        assertEquals(large, DocumentCodec.decode(encoder.encode(large)));
        assertArrayEquals(bytes, encoder.encode(small));
    }

    @Test
    void names_of_every_length_are_written_again_as_at_first() {
        DocumentEncoder encoder = new DocumentEncoder();
        for (int length = 1; length <= 2 * SmileFormat.NAME_ASCII_MAX; length++) {
            Document document =
                    Document.builder().put("n".repeat(length), 1).put("last", 2).build();
            byte[] first = encoder.encode(document);
            assertEquals(document, DocumentCodec.decode(first));
            assertArrayEquals(first, encoder.encode(document));
        }
    }
}
