package io.smilodon.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.smilodon.database.Traffic;
import io.smilodon.engine.Limits;
import io.smilodon.engine.codec.DocumentCodec;
import io.smilodon.engine.error.ErrorCode;
import io.smilodon.engine.error.SmilodonException;
import io.smilodon.engine.testing.RandomValues;
import io.smilodon.engine.testing.Seeds;
import io.smilodon.engine.value.ArrayValue;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.Value;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collections;
import java.util.HexFormat;
import java.util.Optional;
import java.util.Random;
import org.bson.BsonSerializationException;
import org.bson.io.BasicOutputBuffer;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class BsonTest {

    private static final int CASES = 2_000;

    private static byte[] bytes(Document document) {
        BasicOutputBuffer output = new BasicOutputBuffer();
        BsonOutput.append(document, output);
        return output.toByteArray();
    }

    /** An element that takes one byte in store takes thirteen here. */
    @Test
    void what_is_larger_than_a_message_may_be_is_refused() {
        ArrayValue ones = ArrayValue.of(Collections.nCopies(5_000_000, Value.of(1)));
        SmilodonException refused =
                assertThrows(SmilodonException.class, () -> bytes(Document.of("n", ones)));
        assertEquals(ErrorCode.OBJECT_TOO_LARGE, refused.code());
    }

    @Test
    void who_asks_for_too_much_is_told_so() throws IOException {
        ArrayValue ones = ArrayValue.of(Collections.nCopies(5_000_000, Value.of(1)));
        ByteArrayOutputStream sent = new ByteArrayOutputStream();
        Answers.Form form = new Answers.Form(1, false, Optional.empty());

        AnswerRoom answering = new AnswerRoom(new Room(1 << 20, Duration.ofSeconds(1)));
        new Answers(new Delivery(sent), new Traffic(), answering)
                .send(Document.of("n", ones), form, false);

        byte[] message = sent.toByteArray();
        int begin = Message.HEADER_BYTES + Integer.BYTES + 1;
        Document answer = read(Arrays.copyOfRange(message, begin, message.length));
        assertEquals(Value.of(10334), answer.get("code"));
    }

    private static Document read(byte[] bytes) {
        return BsonInput.next(Message.littleEndian(bytes));
    }

    /** Compared as stored, which tells all types and all bits of a number. */
    @Test
    void every_document_that_bson_can_have_comes_back_as_it_was() {
        long seed = Seeds.next();
        RandomValues values = new RandomValues(seed);
        int written = 0;
        for (int i = 0; i < CASES; i++) {
            Document document = values.nextDocument();
            byte[] bytes;
            try {
                bytes = bytes(document);
            } catch (BsonSerializationException zeroInName) {
                assertTrue(zeroInName.getMessage().contains("null"), zeroInName::toString);
                continue;
            }
            written++;
            assertEquals(
                    HexFormat.of().formatHex(DocumentCodec.encode(document)),
                    HexFormat.of().formatHex(DocumentCodec.encode(read(bytes))),
                    () -> "seed " + seed + ": " + document);
        }
        assertTrue(written > CASES / 2, "only " + written);
    }

    @Test
    void broken_bytes_are_refused_and_do_no_harm() {
        long seed = Seeds.next();
        RandomValues values = new RandomValues(seed);
        Random random = new Random(seed);
        for (int i = 0; i < CASES; i++) {
            byte[] bytes;
            try {
                bytes = bytes(values.nextDocument());
            } catch (BsonSerializationException zeroInName) {
                continue;
            }
            for (int change = 0; change < 5; change++) {
                byte[] broken = bytes.clone();
                broken[random.nextInt(broken.length)] = (byte) random.nextInt();
                readOrRefuse(broken, seed);
                readOrRefuse(Arrays.copyOf(bytes, random.nextInt(bytes.length)), seed);
            }
        }
    }

    private static void readOrRefuse(byte[] bytes, long seed) {
        try {
            read(bytes);
        } catch (SmilodonException refusal) {
            assertTrue(refusal.code().number() > 0);
        } catch (RuntimeException | Error wrong) {
            throw new AssertionError(
                    "seed " + seed + ": " + HexFormat.of().formatHex(bytes), wrong);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "'', 22",
        "04000000, 22",
        "ffffffff, 22",
        "05000000ff, 22",
        "0600000000ff, 22",
        "0d000000016100000000000000, 22", // a double that ends too early
        "0e000000026100ffffff7f610000, 22", // a string of two gigabytes
        "0e00000005610000000001000000, 22",
        "0d000000056100ffffff7f0000, 22", // a binary of two gigabytes
        "09000000086100 0200, 22", // a boolean of 2
        "08000000636100 00, 22", // an unknown type
        "0f00000002610003000000c3280000, 22", // not UTF-8
        "0e0000000a6100 0a6100 0a620000, 2" // a name twice
    })
    void malformed_documents(String hex, int code) {
        byte[] bytes = HexFormat.of().parseHex(hex.replace(" ", ""));
        SmilodonException refusal = assertThrows(SmilodonException.class, () -> read(bytes));
        assertEquals(code, refusal.code().number(), refusal::toString);
    }

    @Test
    void documents_too_large_are_refused() {
        byte[] large = new byte[(16 << 20) + (16 << 10) + 1];
        Message.littleEndian(large).putInt(large.length);
        assertEquals(
                10334, assertThrows(SmilodonException.class, () -> read(large)).code().number());
    }

    @Test
    void documents_too_deep_are_refused_before_they_are_read() {
        Document deep = Document.EMPTY;
        for (int i = 0; i < 2 * Limits.NESTING_MAX + 1; i++) {
            deep = Document.of("a", deep);
        }
        byte[] bytes = bytes(deep);
        assertEquals(15, assertThrows(SmilodonException.class, () -> read(bytes)).code().number());
    }

    @Test
    void documents_follow_each_other() {
        byte[] one = bytes(Document.of("a", Value.of(1)));
        ByteBuffer two =
                Message.littleEndian(Arrays.copyOf(one, 2 * one.length))
                        .put(one.length, one)
                        .position(0);
        assertEquals(BsonInput.next(two), BsonInput.next(two));
        assertEquals(0, two.remaining());
    }
}
