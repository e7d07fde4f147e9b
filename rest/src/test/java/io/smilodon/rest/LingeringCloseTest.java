package io.smilodon.rest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.smilodon.engine.Limits;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Clients that send all of their body before they look for an answer. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
@Timeout(60)
class LingeringCloseTest {

    private static final String BLOB = "/api/v1/buckets/photos/lake.jpg";
    private static final int MEBIBYTE = 1 << 20;

    private static final String LENGTH = "Content-Length: ";

    /** So much that no buffer of a connection holds it. */
    private static final int SENT_MEBIBYTES = Limits.VALUE_BYTES_MAX / MEBIBYTE + 32;

    private final TestServer test = new TestServer();

    @AfterEach
    void stop() {
        test.close();
    }

    @Test
    void who_sends_on_at_the_limit_reads_why_it_was_refused() throws IOException {
        try (Socket socket = connect()) {
            OutputStream out = put(socket, "Transfer-Encoding: chunked");
            byte[] mebibyte = new byte[MEBIBYTE];
            for (int i = 0; i < SENT_MEBIBYTES; i++) {
                out.write(ascii(Integer.toHexString(MEBIBYTE) + "\r\n"));
                out.write(mebibyte);
                out.write(ascii("\r\n"));
            }
            out.write(ascii("0\r\n\r\n"));
            assertIsRefusedAndServedOn(socket);
        }
    }

    @Test
    void who_sends_what_it_announced_reads_why_it_was_refused() throws IOException {
        try (Socket socket = connect()) {
            OutputStream out = put(socket, "Content-Length: " + SENT_MEBIBYTES * MEBIBYTE);
            byte[] mebibyte = new byte[MEBIBYTE];
            for (int i = 0; i < SENT_MEBIBYTES; i++) {
                out.write(mebibyte);
            }
            assertIsRefusedAndServedOn(socket);
        }
    }

    @Test
    void who_never_ends_is_cut_off() throws IOException {
        try (Socket socket = connect()) {
            OutputStream out = put(socket, "Content-Length: " + Long.MAX_VALUE);
            byte[] mebibyte = new byte[MEBIBYTE];
            long most = LingeringClose.BYTES_MAX + SENT_MEBIBYTES * MEBIBYTE;
            assertThrows(
                    IOException.class,
                    () -> {
                        for (long sent = 0; sent <= most; sent += MEBIBYTE) {
                            out.write(mebibyte);
                        }
                    });
        }
    }

    /** The client sends no byte of the body before it has its answer, and then none at all. */
    @Test
    void who_asks_first_is_answered_before_it_sends() throws IOException {
        try (Socket socket = connect()) {
            put(socket, "Expect: 100-continue\r\nContent-Length: " + (Limits.VALUE_BYTES_MAX + 1));
            assertEquals(413, status(reader(socket)));
        }
    }

    /** As all of the body is read by then, the connection takes the next request. */
    private void assertIsRefusedAndServedOn(Socket socket) throws IOException {
        BufferedReader in = reader(socket);
        assertEquals(413, status(in));
        request(socket, "GET", "");
        assertEquals(404, status(in));
    }

    private Socket connect() throws IOException {
        Socket socket = new Socket("localhost", test.server().port());
        socket.setSoTimeout(20_000);
        return socket;
    }

    private OutputStream put(Socket socket, String header) throws IOException {
        return request(socket, "PUT", header + "\r\n");
    }

    private OutputStream request(Socket socket, String method, String headers) throws IOException {
        OutputStream out = socket.getOutputStream();
        String host = "Host: localhost:" + test.server().port() + "\r\n";
        out.write(ascii(method + " " + BLOB + " HTTP/1.1\r\n" + host + headers + "\r\n"));
        return out;
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    private static BufferedReader reader(Socket socket) throws IOException {
        return new BufferedReader(
                new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII));
    }

    /** The next answer's status; its body is passed by. */
    private static int status(BufferedReader in) throws IOException {
        String first = in.readLine();
        int length = 0;
        for (String line = in.readLine(); !line.isEmpty(); line = in.readLine()) {
            if (line.startsWith(LENGTH)) {
                length = Integer.parseInt(line.substring(LENGTH.length()));
            }
        }
        assertEquals(length, in.skip(length));
        return Integer.parseInt(first.split(" ")[1]);
    }
}
