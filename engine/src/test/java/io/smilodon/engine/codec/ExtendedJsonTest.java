package io.smilodon.engine.codec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.smilodon.engine.Limits;
import io.smilodon.engine.error.ErrorCode;
import io.smilodon.engine.error.SmilodonException;
import io.smilodon.engine.value.ArrayValue;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.DoubleValue;
import io.smilodon.engine.value.Value;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class ExtendedJsonTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"$oid\":\"65f0c0ffee65f0c0ffee0001\"}",
                "{\"$numberInt\":\"-2147483648\"}",
                "{\"$numberLong\":\"9223372036854775807\"}",
                "{\"$numberDouble\":\"-0.0\"}",
                "{\"$numberDouble\":\"NaN\"}",
                "{\"$numberDouble\":\"-Infinity\"}",
                "{\"$numberDecimal\":\"1.00\"}",
                "{\"$numberDecimal\":\"-0E+3\"}",
                "{\"$numberDecimal\":\"Infinity\"}",
                "{\"$binary\":{\"base64\":\"AQID\",\"subType\":\"80\"}}",
                "{\"$regularExpression\":{\"pattern\":\"^a\",\"options\":\"im\"}}",
                "{\"$timestamp\":{\"t\":4294967295,\"i\":1}}",
                "{\"$date\":{\"$numberLong\":\"-62135596800000\"}}",
                "{\"$minKey\":1}",
                "{\"$maxKey\":1}",
                "{\"$undefined\":true}",
                "{\"$symbol\":\"s\"}",
                "{\"$code\":\"f()\"}",
                "{\"$code\":\"f()\",\"$scope\":{\"a\":{\"$numberInt\":\"1\"}}}",
                "{\"$dbPointer\":{\"$ref\":\"db.c\",\"$id\":{\"$oid\":\"65f0c0ffee65f0c0ffee0001\"}}}",
                "{\"a\":[\"x\",null,true,{\"\":{}}]}",
                "{\"$gt\":{\"$numberInt\":\"1\"}}",
                "{\"$regex\":\"^a\",\"$options\":\"i\"}",
                "{\"$ref\":\"c\",\"$id\":{\"$numberInt\":\"1\"}}",
            })
    void canonical_text_is_read_and_written_unchanged(String json) {
        assertEquals(json, ExtendedJson.write(ExtendedJson.readValue(json), JsonMode.CANONICAL));
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '~',
            delimiter = '|',
            value = {
                "1 | {\"$numberInt\":\"1\"} | 1",
                "2147483648 | {\"$numberLong\":\"2147483648\"} | 2147483648",
                "9223372036854775808 | {\"$numberDouble\":\"9.223372036854775807E18\"} | 9.223372036854775807E18",
                "1.0 | {\"$numberDouble\":\"1.0\"} | 1.0",
                "1e2 | {\"$numberDouble\":\"100.0\"} | 100.0",
                "{\"$numberLong\":\"5\"} | {\"$numberLong\":\"5\"} | 5",
                "{\"$numberDecimal\":\"1E+3\"} | {\"$numberDecimal\":\"1E+3\"} | 1E+3",
                "{\"$date\":\"2020-01-02T03:04:05.678Z\"} | {\"$date\":{\"$numberLong\":\"1577934245678\"}} | \"2020-01-02T03:04:05.678Z\"",
                "{\"$date\":\"2020-01-02T03:04:05+02:00\"} | {\"$date\":{\"$numberLong\":\"1577927045000\"}} | \"2020-01-02T01:04:05Z\"",
                "{\"$date\":\"1970-01-01T00:00:00+0000\"} | {\"$date\":{\"$numberLong\":\"0\"}} | \"1970-01-01T00:00:00Z\"",
                "{\"$scope\":{},\"$code\":\"f\"} | {\"$code\":\"f\",\"$scope\":{}} | \"f\"",
                "{\"$uuid\":\"00112233-4455-6677-8899-aabbccddeeff\"} | {\"$binary\":{\"base64\":\"ABEiM0RVZneImaq7zN3u/w==\",\"subType\":\"04\"}} | \"00112233-4455-6677-8899-aabbccddeeff\"",
                "{\"$binary\":\"AQID\",\"$type\":\"0\"} | {\"$binary\":{\"base64\":\"AQID\",\"subType\":\"00\"}} | \"AQID\"",
                "{\"$regularExpression\":{\"options\":\"mi\",\"pattern\":\"a\"}} | {\"$regularExpression\":{\"pattern\":\"a\",\"options\":\"im\"}} | \"/a/im\"",
            })
    void every_form_has_a_canonical_and_a_plain_one(String json, String canonical, String plain) {
        Value value = ExtendedJson.readValue(json);
        assertEquals(
                canonical.replace("9.223372036854775807E18", "9.223372036854776E18"),
                ExtendedJson.write(value, JsonMode.CANONICAL));
        assertEquals(
                plain.replace("9.223372036854775807E18", "9.223372036854776E18"),
                ExtendedJson.write(value, JsonMode.PLAIN));
    }

    @Test
    void relaxed_text_keeps_numbers_and_dates_readable() {
        String json =
                "{\"i\":1,\"l\":5000000000,\"d\":1.5,\"n\":{\"$numberDouble\":\"NaN\"},"
                        + "\"t\":{\"$date\":\"9999-12-31T23:59:59.999Z\"},"
                        + "\"b\":{\"$date\":{\"$numberLong\":\"-1\"}}}";
        assertEquals(json, ExtendedJson.write(ExtendedJson.readDocument(json), JsonMode.RELAXED));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"$oid\":\"xyz\"}",
                "{\"$oid\":1}",
                "{\"$oid\":\"65f0c0ffee65f0c0ffee0001\",\"a\":1}",
                "{\"$date\":\"garbage\"}",
                "{\"$date\":\"2020-01-02T03:04:05\"}",
                "{\"$date\":{\"a\":1}}",
                "{\"$numberInt\":\"2147483648\"}",
                "{\"$numberInt\":5}",
                "{\"$numberLong\":\"1.5\"}",
                "{\"$numberDouble\":\"0x1p3\"}",
                "{\"$numberDouble\":\"1e999\"}",
                "{\"$numberDecimal\":\"abc\"}",
                "{\"$numberDecimal\":\"1E999999999\"}",
                "{\"$binary\":{\"base64\":\"?\",\"subType\":\"00\"}}",
                "{\"$binary\":{\"base64\":\"\"}}",
                "{\"$binary\":\"AQID\"}",
                "{\"$uuid\":\"1-2-3-4-5\"}",
                "{\"$regularExpression\":{\"pattern\":\"a\"}}",
                "{\"$timestamp\":{\"t\":-1,\"i\":0}}",
                "{\"$timestamp\":{\"t\":4294967296,\"i\":0}}",
                "{\"$minKey\":2}",
                "{\"$undefined\":false}",
                "{\"$symbol\":1}",
                "{\"$code\":1}",
                "{\"$scope\":{}}",
                "{\"$code\":\"f\",\"$scope\":1}",
                "{\"$dbPointer\":{\"$ref\":\"a\",\"$id\":1}}",
            })
    void a_wrong_wrapper_is_refused_with_its_place(String wrapper) {
        SmilodonException refusal = refusal("{\"a\":[0," + wrapper + "]}");
        assertEquals(ErrorCode.FAILED_TO_PARSE, refusal.code());
        String pointer = refusal.location().orElseThrow().pointer();
        assertEquals("/a/1/", pointer.substring(0, 5));
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '~',
            delimiter = '|',
            value = {
                "{\"a\":1,\"b\":{\"c\":1,\"c\":2}} | /b/c",
                "{\"a/~\":[1,2,tru]} | /a~1~0/2",
                "{\"a\":1 | /a",
                "{\"a\":1} 2 | ~~",
                "{\"a\":'x'} | /a",
                "{\"a\":01} | /a",
                "{\"a\":NaN} | /a",
                "{\"a\":1e999} | /a",
                "{\"a\":\"\\ud800\"} | /a",
                "[1] | ~~",
                "~~ | ~~",
            })
    void malformed_text_is_refused_with_its_place(String json, String pointer) {
        SmilodonException refusal = refusal(json);
        assertEquals(ErrorCode.FAILED_TO_PARSE, refusal.code());
        assertEquals(pointer, refusal.location().orElseThrow().pointer());
        assertEquals(1, refusal.details().get("line"));
        assertFalse(refusal.getMessage().contains("Source:"), refusal.getMessage());
    }

    @Test
    void a_document_at_the_top_is_no_wrapper() {
        Document document = ExtendedJson.readDocument("{\"$oid\":\"65f0c0ffee65f0c0ffee0001\"}");
        assertEquals(Value.of("65f0c0ffee65f0c0ffee0001"), document.get("$oid"));
    }

    @Test
    void nesting_is_limited_in_values_not_in_brackets() {
        int most = Limits.NESTING_MAX;
        String deepest = "{\"a\":".repeat(most) + "{\"$minKey\":1}" + "}".repeat(most);
        ExtendedJson.readDocument(deepest);
        String pointer =
                "{\"$dbPointer\":{\"$ref\":\"c\",\"$id\":{\"$oid\":\"65f0c0ffee65f0c0ffee0001\"}}}";
        ExtendedJson.readValue("[".repeat(most) + pointer + "]".repeat(most));

        assertEquals(ErrorCode.OVERFLOW, refusal("{\"a\":" + deepest + "}").code());
        String arrays = "{\"a\":" + "[".repeat(most) + "]".repeat(most) + "}";
        assertEquals(ErrorCode.OVERFLOW, refusal(arrays).code());
        assertEquals(ErrorCode.OVERFLOW, refusal("{\"a\":" + "[".repeat(1_000_000)).code());
    }

    @Test
    void a_text_of_the_largest_size_is_read_and_one_byte_more_is_refused() {
        String fits = "{\"a\":\"" + "é".repeat((Limits.DOCUMENT_BYTES_MAX - 8) / 2) + "\"}";
        assertEquals(Limits.DOCUMENT_BYTES_MAX, fits.getBytes(StandardCharsets.UTF_8).length);
        ExtendedJson.readDocument(fits);

        String larger = fits.replace("}", " }");
        assertEquals(ErrorCode.OBJECT_TOO_LARGE, refusal(larger).code());
        byte[] bytes = larger.getBytes(StandardCharsets.UTF_8);
        for (SmilodonException refusal :
                List.of(
                        assertThrows(
                                SmilodonException.class, () -> ExtendedJson.readDocument(bytes)),
                        assertThrows(
                                SmilodonException.class,
                                () -> ExtendedJson.readDocument(new ByteArrayInputStream(bytes))),
                        assertThrows(
                                SmilodonException.class,
                                () -> streamed(larger.replace("é", "xx"))))) {
            assertEquals(ErrorCode.OBJECT_TOO_LARGE, refusal.code());
        }
        assertEquals(1, ExtendedJson.readBody(bytes).size());
    }

    @Test
    void too_many_fields_are_refused() {
        StringBuilder json = new StringBuilder("{\"f\":0");
        for (int i = 1; i < Limits.FIELDS_MAX; i++) {
            json.append(",\"").append(i).append("\":0");
        }
        assertEquals(Limits.FIELDS_MAX, ExtendedJson.readDocument(json + "}").size());
        assertEquals(ErrorCode.OBJECT_TOO_LARGE, refusal(json + ",\"x\":0}").code());
    }

    @Test
    void long_names_and_numbers_are_refused() {
        String name = "n".repeat(Limits.FIELD_NAME_CHARS_MAX);
        ExtendedJson.readDocument("{\"" + name + "\":1}");
        assertEquals(ErrorCode.FAILED_TO_PARSE, refusal("{\"x" + name + "\":1}").code());
        String digits = "1".repeat(Limits.NUMBER_CHARS_MAX + 1);
        assertEquals(ErrorCode.FAILED_TO_PARSE, refusal("{\"a\":0." + digits + "}").code());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"a\":1}\n{\"a\":2}\n\n{\"a\":3}\n",
                "[{\"a\":1},{\"a\":2},{\"a\":3}]",
                "{\"a\":1}{\"a\":2} {\"a\":3}"
            })
    void a_stream_yields_its_documents_one_by_one(String json) {
        assertEquals(
                List.of(
                        Document.of("a", Value.of(1)),
                        Document.of("a", Value.of(2)),
                        Document.of("a", Value.of(3))),
                streamed(json));
    }

    @Test
    void a_stream_may_be_larger_than_a_document() {
        String document = "{\"a\":\"" + "x".repeat(1 << 20) + "\"}\n";
        assertEquals(20, streamed(document.repeat(20)).size());
    }

    @Test
    void an_empty_stream_has_no_documents() {
        assertEquals(List.of(), streamed(" "));
        assertEquals(List.of(), streamed("[]"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"a\":1}\n{\"b\":", "[{\"a\":1},2]", "[{\"a\":1}", "[{\"a\":1}] x"})
    void a_broken_stream_is_refused_after_its_good_documents(String json) {
        try (DocumentReader reader =
                ExtendedJson.readDocuments(
                        new ByteArrayInputStream(json.getBytes(StandardCharsets.UTF_8)))) {
            SmilodonException refusal =
                    assertThrows(
                            SmilodonException.class,
                            () -> {
                                while (reader.hasNext()) {
                                    reader.next();
                                }
                            });
            assertEquals(ErrorCode.FAILED_TO_PARSE, refusal.code());
        }
    }

    @Test
    void invalid_utf8_is_refused() {
        byte[] bytes = {'{', '"', 'a', '"', ':', '"', (byte) 0xC0, (byte) 0x80, '"', '}'};
        assertThrows(SmilodonException.class, () -> ExtendedJson.readDocument(bytes));
    }

    @Test
    void names_with_nul_are_refused() {
        assertEquals(ErrorCode.FAILED_TO_PARSE, refusal("{\"a\\u0000\":1}").code());
    }

    @Test
    void a_byte_order_mark_is_skipped() {
        byte[] bytes = "\uFEFF{\"a\":1}".getBytes(StandardCharsets.UTF_8);
        assertEquals(Document.of("a", Value.of(1)), ExtendedJson.readDocument(bytes));
        assertEquals(1, streamed("\uFEFF{\"a\":1}").size());
    }

    @Test
    void an_array_is_read_as_one() {
        assertEquals(ArrayValue.of(Value.of(1)), ExtendedJson.readArray("[1]"));
        assertThrows(SmilodonException.class, () -> ExtendedJson.readArray("{}"));
    }

    @Test
    void writing_goes_to_streams_as_utf8() {
        ByteArrayOutputStream target = new ByteArrayOutputStream();
        ExtendedJson.write(Document.of("é", Value.of("😀")), JsonMode.PLAIN, target);
        assertEquals("{\"é\":\"😀\"}", target.toString(StandardCharsets.UTF_8));
        assertInstanceOf(DoubleValue.class, ExtendedJson.readValue("-0.0"));
    }

    private static List<Document> streamed(String json) {
        List<Document> documents = new ArrayList<>();
        try (DocumentReader reader =
                ExtendedJson.readDocuments(
                        new ByteArrayInputStream(json.getBytes(StandardCharsets.UTF_8)))) {
            reader.forEachRemaining(documents::add);
        }
        return documents;
    }

    private static SmilodonException refusal(String json) {
        return assertThrows(SmilodonException.class, () -> ExtendedJson.readDocument(json));
    }

    @Test
    void typed_text_needs_no_double_quotes() {
        Document expected = ExtendedJson.readDocument("{\"a\": {\"$gt\": 1}, \"b.c\": \"it's\"}");
        assertEquals(expected, ExtendedJson.readTypedDocument("{a: {$gt: 1}, 'b.c': \"it's\"}"));
        assertEquals(expected, ExtendedJson.readTypedDocument("{'a':{'$gt':1},'b.c':'it\\'s'}"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{a: b}",
                "{'a': 1",
                "{'a': 1, 'a': 2}",
                "{a: 01}",
                "{a: NaN}",
                "[]",
                "{a: 1}}"
            })
    void typed_text_is_strict_otherwise(String text) {
        SmilodonException refusal =
                assertThrows(SmilodonException.class, () -> ExtendedJson.readTypedDocument(text));
        assertEquals(ErrorCode.FAILED_TO_PARSE, refusal.code());
    }
}
