package io.smilodon.engine.codec;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.smile.SmileFactory;
import com.fasterxml.jackson.dataformat.smile.SmileGenerator;
import io.smilodon.engine.Limits;
import io.smilodon.engine.error.SmilodonException;
import io.smilodon.engine.testing.RandomValues;
import io.smilodon.engine.testing.Seeds;
import io.smilodon.engine.value.ArrayValue;
import io.smilodon.engine.value.BinaryValue;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.Int64Value;
import io.smilodon.engine.value.Value;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Documents in Smile, from strangers and to them. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class ExtendedSmileTest {

    private static final String HEADER = "3a290a00";

    private static final SmileFactory JACKSON =
            SmileFactory.builder().disable(SmileGenerator.Feature.CHECK_SHARED_NAMES).build();

    private static final ObjectMapper CLIENT = new ObjectMapper(JACKSON);

    /** How somebody writes with Jackson. */
    private interface Writing {
        void write(JsonGenerator out) throws IOException;
    }

    private static byte[] written(SmileFactory factory, Writing writing) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (JsonGenerator out = factory.createGenerator(bytes)) {
            out.writeStartObject();
            writing.write(out);
            out.writeEndObject();
        }
        return bytes.toByteArray();
    }

    private static byte[] bytes(String hex) {
        return HexFormat.of().parseHex(hex.replace(" ", ""));
    }

    private static SmilodonException assertRefused(int code, byte[] smile) {
        SmilodonException refusal =
                assertThrows(SmilodonException.class, () -> ExtendedSmile.readBody(smile));
        assertEquals(code, refusal.code().number(), refusal.toString());
        return refusal;
    }

    // ---- What is written

    @RepeatedTest(200)
    void canonical_smile_keeps_every_value() {
        long seed = Seeds.next();
        Document document = new RandomValues(seed).nextDocument();

        byte[] smile = ExtendedSmile.write(document, JsonMode.CANONICAL);

        assertEquals(document, ExtendedSmile.readBody(smile), () -> "seed " + seed);
    }

    @RepeatedTest(200)
    void a_client_sees_the_tree_that_json_has() throws IOException {
        long seed = Seeds.next();
        Document document = new RandomValues(seed).nextDocument();
        for (JsonMode mode : List.of(JsonMode.RELAXED, JsonMode.CANONICAL)) {
            JsonNode smile = CLIENT.readTree(ExtendedSmile.write(document, mode));
            JsonNode json = new ObjectMapper().readTree(ExtendedJson.write(document, mode));
            assertEquals(json.toString(), smile.toString(), () -> "seed " + seed);
        }
    }

    @ParameterizedTest
    @EnumSource
    void every_mode_writes_every_type(JsonMode mode) {
        long seed = Seeds.next();
        RandomValues values = new RandomValues(seed);
        for (int i = 0; i < 200; i++) {
            Document document = values.nextDocument();
            assertTrue(ExtendedSmile.write(document, mode).length > 4, () -> "seed " + seed);
        }
    }

    @Test
    void it_has_a_header_and_no_back_references() {
        Document same = Document.of("name", Value.of("text"));

        byte[] smile = ExtendedSmile.write(ArrayValue.of(same, same), JsonMode.RELAXED);

        assertEquals(
                HEADER + "f8" + "fa836e616d654374657874fb".repeat(2) + "f9",
                HexFormat.of().formatHex(smile));
    }

    // ---- What is read

    @RepeatedTest(50)
    void what_a_client_writes_is_read_as_its_json() throws IOException {
        long seed = Seeds.next();
        Document document = new RandomValues(seed).nextDocument();
        String json = ExtendedJson.write(document, JsonMode.CANONICAL);

        byte[] smile = CLIENT.writeValueAsBytes(new ObjectMapper().readTree(json));

        assertEquals(ExtendedJson.readDocument(json), ExtendedSmile.readBody(smile), "" + seed);
    }

    @Test
    void numbers_have_the_types_that_they_have() throws IOException {
        byte[] smile =
                written(
                        JACKSON,
                        out -> {
                            out.writeNumberField("float", 0.1f);
                            out.writeNumberField("double", 0.1);
                            out.writeNumberField("nan", Double.NaN);
                            out.writeNumberField("int", 7);
                            out.writeNumberField("long", 1L << 40);
                            out.writeFieldName("integer");
                            out.writeNumber(BigInteger.TEN.pow(30));
                            out.writeNumberField("decimal", new BigDecimal("1.5"));
                        });
        assertEquals(
                Document.builder()
                        .put("float", (double) 0.1f)
                        .put("double", 0.1)
                        .put("nan", Double.NaN)
                        .put("int", 7)
                        .put("long", 1L << 40)
                        .put("integer", 1e30)
                        .put("decimal", 1.5)
                        .build(),
                ExtendedSmile.readBody(smile));
        assertEquals(
                new Int64Value(1),
                ExtendedSmile.readBody(bytes(HEADER + "fa 80 61 25 00 00 00 00 82 fb")).get("a"));
    }

    @Test
    void numbers_that_are_no_doubles_are_refused() throws IOException {
        BigInteger huge = BigInteger.TEN.pow(400);
        byte[] smile =
                written(
                        JACKSON,
                        out -> {
                            out.writeFieldName("a");
                            out.writeNumber(huge);
                        });
        assertRefused(9, smile);
        byte[] decimal =
                written(JACKSON, out -> out.writeNumberField("a", new BigDecimal("1E+999999999")));
        assertRefused(9, decimal);
    }

    @Test
    void bytes_are_binary_data() throws IOException {
        byte[] data = new byte[1_000];
        new Random(1).nextBytes(data);

        byte[] smile = written(JACKSON, out -> out.writeBinaryField("a", data));

        BinaryValue read = (BinaryValue) ExtendedSmile.readBody(smile).get("a");
        assertArrayEquals(data, read.bytes());
        assertEquals(0, read.subtype());
    }

    @Test
    void an_array_is_read_document_by_document() {
        List<Document> documents = List.of(Document.of("a", Value.of(1)), Document.EMPTY);
        byte[] smile = ExtendedSmile.write(ArrayValue.of(documents), JsonMode.RELAXED);
        List<Document> read = new ArrayList<>();
        try (DocumentReader reader = ExtendedSmile.readDocuments(smile)) {
            reader.forEachRemaining(read::add);
        }
        assertEquals(documents, read);
        assertTrue(ExtendedSmile.isArray(smile));
        assertFalse(ExtendedSmile.isArray(ExtendedSmile.write(Document.EMPTY, JsonMode.RELAXED)));
        assertFalse(ExtendedSmile.isArray(new byte[0]));
    }

    @Test
    void each_document_of_an_array_may_be_as_large_as_a_document() {
        Document large = Document.of("a", Value.of("x".repeat(Limits.DOCUMENT_BYTES_MAX - 20)));
        byte[] two = ExtendedSmile.write(ArrayValue.of(large, large), JsonMode.RELAXED);
        try (DocumentReader reader = ExtendedSmile.readDocuments(two)) {
            assertEquals(large, reader.next());
            assertEquals(large, reader.next());
        }
        Document larger = Document.of("a", Value.of("x".repeat(Limits.DOCUMENT_BYTES_MAX + 20)));
        byte[] one = ExtendedSmile.write(ArrayValue.of(larger), JsonMode.RELAXED);
        try (DocumentReader reader = ExtendedSmile.readDocuments(one)) {
            SmilodonException refusal = assertThrows(SmilodonException.class, reader::next);
            assertEquals(10334, refusal.code().number());
        }
        byte[] body = new byte[Limits.REQUEST_BODY_BYTES_MAX + 1];
        assertRefused(10334, body);
    }

    // ---- What is refused

    @Test
    void back_references_and_raw_binary_are_refused() throws IOException {
        Writing nothing = out -> {};
        SmileFactory sharesNames = new SmileFactory();
        SmilodonException refusal = assertRefused(9, written(sharesNames, nothing));
        assertTrue(refusal.hint().isPresent());
        SmileFactory sharesValues =
                SmileFactory.builder()
                        .disable(SmileGenerator.Feature.CHECK_SHARED_NAMES)
                        .enable(SmileGenerator.Feature.CHECK_SHARED_STRING_VALUES)
                        .build();
        assertRefused(9, written(sharesValues, nothing));
        SmileFactory raw =
                SmileFactory.builder()
                        .disable(SmileGenerator.Feature.CHECK_SHARED_NAMES)
                        .disable(SmileGenerator.Feature.ENCODE_BINARY_AS_7BIT)
                        .build();
        assertRefused(9, written(raw, nothing));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "nothing                  | ''",
                "no header                | fafb",
                "another header           | 3a290b00 fafb",
                "another version          | 3a290a10 fafb",
                "half a header            | 3a29",
                "a header alone           | 3a290a00",
                "two headers              | 3a290a00 3a290a01 fafb",
                "two documents            | 3a290a00 fafb fafb",
                "more behind the end      | 3a290a00 fafb ff 00",
                "an array                 | 3a290a00 f8f9",
                "no document              | 3a290a00 c2",
                "a name twice             | 3a290a00 fa 8061 c2 8061 c4 fb",
                "twice, one written long  | 3a290a00 fa 8061 c2 3461fc c4 fb",
                "a name with NUL          | 3a290a00 fa 8000 c2 fb",
                "a name of other bytes    | 3a290a00 fa 80e9 c2 fb",
                "a shared name            | 3a290a00 fa 8061 c2 40 c2 fb",
                "a long shared name       | 3a290a00 fa 3000 c2 fb",
                "a name alone             | 3a290a00 fa 8061 fb",
                "a shared value           | 3a290a00 fa 8061 01 fb",
                "a long shared value      | 3a290a00 fa 8061 ec00 fb",
                "raw binary               | 3a290a00 fa 8061 fd8161 fb",
                "an unknown token         | 3a290a00 fa 8061 2c fb",
                "text of other bytes      | 3a290a00 fa 8061 40e9 fb",
                "long text of other bytes | 3a290a00 fa 8061 e0e9fc fb",
                "overlong text            | 3a290a00 fa 8061 80c0af fb",
                "half a surrogate pair    | 3a290a00 fa 8061 81eda080 fb",
                "text without an end      | 3a290a00 fa 8061 e461 fb",
                "the end inside           | 3a290a00 f8 ff f9",
                "a header inside          | 3a290a00 f8 3a290a00 f9",
                "no end of an array       | 3a290a00 fa 8061 f8 fb",
                "an end of nothing        | 3a290a00 f9",
                "a number without an end  | 3a290a00 fa 8061 24 0101010101 81 fb",
                "a number that is too big | 3a290a00 fa 8061 24 7f7f7f7fbf fb",
                "a number with two marks  | 3a290a00 fa 8061 24 c1 fb",
                "a float of eight bits    | 3a290a00 fa 8061 28 00000000ff fb",
                "binary of eight bits     | 3a290a00 fa 8061 e8 81 ffff fb",
                "binary that is not there | 3a290a00 fa 8061 e8 017f7f7fbf fb",
            })
    void malformed_smile_is_refused(String what, String hex) {
        assertRefused(9, bytes(hex));
    }

    @Test
    void nesting_is_limited() {
        String start = "8061fa".repeat(Limits.NESTING_MAX - 1);
        String end = "fb".repeat(Limits.NESTING_MAX - 1);
        assertTrue(ExtendedSmile.readBody(bytes(HEADER + "fa" + start + end + "fb")).has("a"));
        assertRefused(15, bytes(HEADER + "fa8061fa" + start + end + "fbfb"));
        assertRefused(15, bytes(HEADER + "f8".repeat(1_000_000)));
    }

    @Test
    void an_error_tells_the_place() {
        byte[] twice = bytes(HEADER + "fa 8061 fa 8062 c2 8062 c2 fb fb");
        SmilodonException refusal = assertRefused(9, twice);
        assertEquals("/a/b", refusal.location().orElseThrow().pointer());
        assertTrue(refusal.details().containsKey("offset"), refusal.details().toString());
        assertFalse(refusal.details().containsKey("line"), refusal.details().toString());
    }

    @Test
    void wrappers_mean_types() {
        Document wrapped =
                Document.of("a", Document.of("$oid", Value.of("65f000000000000000000001")));
        byte[] smile = ExtendedSmile.write(wrapped, JsonMode.RELAXED);
        assertEquals("OBJECT_ID", ExtendedSmile.readBody(smile).get("a").type().name());
        Document broken = Document.of("a", Document.of("$oid", Value.of("x")));
        SmilodonException refusal = assertRefused(9, ExtendedSmile.write(broken, JsonMode.RELAXED));
        assertTrue(refusal.location().orElseThrow().pointer().startsWith("/a"));
    }

    /** What is damaged is another document, or refused: nothing else happens. */
    @RepeatedTest(100)
    void damage_is_read_or_refused() {
        long seed = Seeds.next();
        Random random = new Random(seed);
        byte[] sound =
                ExtendedSmile.write(new RandomValues(seed).nextDocument(), JsonMode.CANONICAL);
        for (int round = 0; round < 200; round++) {
            byte[] damaged = Arrays.copyOf(sound, 1 + random.nextInt(sound.length + 3));
            for (int count = random.nextInt(4); count > 0; count--) {
                damaged[random.nextInt(damaged.length)] = (byte) random.nextInt(256);
            }
            try {
                Document read = ExtendedSmile.readBody(damaged);
                byte[] again = ExtendedSmile.write(read, JsonMode.CANONICAL);
                assertEquals(read, ExtendedSmile.readBody(again), () -> "seed " + seed);
            } catch (SmilodonException refusal) {
                assertTrue(List.of(9, 15).contains(refusal.code().number()), "seed " + seed);
            }
        }
    }

    @RepeatedTest(50)
    void text_is_the_text_that_was_written() throws IOException {
        long seed = Seeds.next();
        String text = new RandomValues(seed).nextString().value();
        String name = "é" + "x".repeat(70);

        byte[] smile = CLIENT.writeValueAsBytes(Map.of("a", text, name, text));

        Document read = ExtendedSmile.readBody(smile);
        assertEquals(Value.of(text), read.get("a"), () -> "seed " + seed);
        assertEquals(Value.of(text), read.get(name), () -> "seed " + seed);
        assertEquals(2, read.size());
    }
}
