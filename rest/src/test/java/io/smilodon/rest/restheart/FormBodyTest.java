package io.smilodon.rest.restheart;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.smilodon.engine.error.ErrorCode;
import io.smilodon.engine.error.SmilodonException;
import io.smilodon.engine.testing.Seeds;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class FormBodyTest {

    private static final String TYPE = "multipart/form-data; boundary=xyz";

    private static Map<FormBody.Part, ByteArrayOutputStream> read(InputStream body) {
        Map<FormBody.Part, ByteArrayOutputStream> parts = new LinkedHashMap<>();
        FormBody.read(
                TYPE, body, part -> parts.computeIfAbsent(part, p -> new ByteArrayOutputStream()));
        return parts;
    }

    private static InputStream body(String text) {
        byte[] bytes = text.replace("\n", "\r\n").getBytes(StandardCharsets.UTF_8);
        return new ByteArrayInputStream(bytes);
    }

    private static String part(String headers, String content) {
        return "--xyz\n" + headers + "\n\n" + content + "\n";
    }

    /** Comes in pieces of random size. */
    private static final class Pieces extends InputStream {

        private final ByteArrayInputStream all;
        private final Random random;

        Pieces(byte[] bytes, Random random) {
            this.all = new ByteArrayInputStream(bytes);
            this.random = random;
        }

        @Override
        public int read() {
            return all.read();
        }

        @Override
        public int read(byte[] bytes, int offset, int count) {
            return all.read(bytes, offset, Math.min(count, 1 + random.nextInt(50)));
        }
    }

    @Test
    void parts_have_names_files_and_types() {
        Map<FormBody.Part, ByteArrayOutputStream> parts =
                read(
                        body(
                                part("Content-Disposition: form-data; name=\"metadata\"", "{}")
                                        + part(
                                                "Content-Disposition: form-data; name=\"file\";"
                                                        + " filename=\"a \\\"b\\\".txt\"\n"
                                                        + "content-type: text/plain",
                                                "hello")
                                        + "--xyz--\n"));
        FormBody.Part file =
                new FormBody.Part("file", Optional.of("a \"b\".txt"), Optional.of("text/plain"));
        FormBody.Part metadata = new FormBody.Part("metadata", Optional.empty(), Optional.empty());
        assertEquals("hello", parts.get(file).toString(StandardCharsets.UTF_8));
        assertEquals("{}", parts.get(metadata).toString(StandardCharsets.UTF_8));
    }

    /** Also of bytes that look like the boundary, wherever they are cut in pieces. */
    @RepeatedTest(50)
    void the_bytes_of_a_part_are_what_was_sent() throws IOException {
        long seed = Seeds.next();
        Random random = new Random(seed);
        byte[] alphabet = "\r\n-xyz".getBytes(StandardCharsets.UTF_8);
        byte[] content = new byte[random.nextInt(500)];
        for (int i = 0; i < content.length; i++) {
            content[i] = alphabet[random.nextInt(alphabet.length)];
        }
        String text = new String(content, StandardCharsets.ISO_8859_1);
        if (("\r\n" + text).contains("\r\n--xyz")) {
            return; // no sender chooses a boundary that is in it
        }
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        String head = "--xyz\r\nContent-Disposition: form-data; name=a; filename=b\r\n\r\n";
        body.write(head.getBytes(StandardCharsets.UTF_8));
        body.write(content);
        body.write("\r\n--xyz--\r\n".getBytes(StandardCharsets.UTF_8));
        byte[] found =
                read(new Pieces(body.toByteArray(), random))
                        .values()
                        .iterator()
                        .next()
                        .toByteArray();
        assertArrayEquals(content, found, () -> "seed " + seed);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "no form",
                "--xyz\n",
                "--xyz\nContent-Disposition: form-data; name=a\n\nhalf of",
                "--xyz\nContent-Disposition: form-data; name=a\n\nhalf of\n--xyz",
                "--xyz\nContent-Disposition: form-data\n\nnameless\n--xyz--\n",
                "--xyz\n\nnameless\n--xyz--\n"
            })
    void what_is_no_form_is_refused(String text) {
        SmilodonException failure = assertThrows(SmilodonException.class, () -> read(body(text)));
        assertEquals(ErrorCode.FAILED_TO_PARSE, failure.code());
    }

    @Test
    void a_form_has_at_most_twenty_parts_and_small_headers() {
        String part = part("Content-Disposition: form-data; name=a", "b");
        assertEquals(1, read(body(part.repeat(20) + "--xyz--\n")).size());
        assertThrows(SmilodonException.class, () -> read(body(part.repeat(21) + "--xyz--\n")));
        String large = "Content-Disposition: form-data; name=" + "a".repeat(8 << 10);
        assertThrows(SmilodonException.class, () -> read(body(part(large, "b") + "--xyz--\n")));
    }

    @Test
    void errors_of_the_receiver_come_through() {
        SmilodonException thrown = new SmilodonException(ErrorCode.OBJECT_TOO_LARGE, "too large");
        String text = part("Content-Disposition: form-data; name=a", "b") + "--xyz--\n";
        SmilodonException failure =
                assertThrows(
                        SmilodonException.class,
                        () ->
                                FormBody.read(
                                        TYPE,
                                        body(text),
                                        part -> {
                                            throw thrown;
                                        }));
        assertEquals(thrown, failure);
    }

    @Test
    void a_type_without_a_boundary_is_refused() {
        assertThrows(
                SmilodonException.class,
                () -> FormBody.read("multipart/form-data", body(""), part -> null));
    }

    @ParameterizedTest
    @CsvSource({
        "lake.jpg, inline; filename=\"lake.jpg\"; filename*=UTF-8''lake.jpg",
        "ä \"b\".txt, inline; filename=\"_ _b_.txt\"; filename*=UTF-8''%C3%A4%20%22b%22.txt",
    })
    void names_of_files_are_told_safely(String name, String header) {
        assertEquals(header, HeaderValue.inline(name));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "form-data; name=a | {name=a}",
                "form-data;name=\"a;b\" ; NAME=c; x | {name=a;b}",
                "form-data; name=\"a\\\"b\\\\c\\d\" | {name=a\"b\\c\\d}",
                "form-data; name=\"open | {name=open}",
                "form-data; name=\"a\\ | {name=a\\}",
                "form-data; name= | {name=}",
                "form-data | {}",
                "; | {}",
            })
    void parameters_of_headers_are_read(String header, String parameters) {
        assertEquals(parameters, HeaderValue.parameters(header).toString());
    }

    @Test
    void a_header_of_any_length_is_read_and_a_long_name_is_cut_off() {
        String name = "\\\"".repeat(1 << 20);
        Map<String, String> found = HeaderValue.parameters("form-data; name=\"" + name + "\"; b=c");
        assertEquals(1 << 20, found.get("name").length());
        assertEquals("c", found.get("b"));
        String smile = new String(Character.toChars(0x1F600));
        String header = HeaderValue.inline(smile.repeat(1_000));
        assertEquals(200, header.split("%F0%9F%98%80", -1).length - 1);
    }
}
