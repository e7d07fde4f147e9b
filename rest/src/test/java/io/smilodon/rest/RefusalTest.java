package io.smilodon.rest;

import static io.smilodon.rest.TestServer.MOVIES;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.smilodon.engine.value.Value;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class RefusalTest {

    private final TestServer test = new TestServer();
    private final Http http = test.http();

    @AfterEach
    void stop() {
        test.close();
    }

    // ---- Errors

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "find      | {\"filter\":{\"year\":{\"$gtt\":1990}}} | 2     | /filter/year/$gtt",
                "find      | {\"filter\":{\"a\":1,\"a\":2}}          | 9     | /filter/a",
                "find      | {\"filter\":                            | 9     |",
                "find      | {\"fitler\":{}}                         | 40415 | /fitler",
                "aggregate | {\"pipeline\":[{\"$macth\":{}}]}        | 40324 | /pipeline/0/$macth",
                "updateOne | {\"filter\":{},\"update\":{\"$sett\":{}}} | 9   | /update/$sett",
                "insertOne | {\"document\":{\"_id\":[1]}}            | 53    |",
            })
    void wrong_input_is_told_with_code_and_place(
            String action, String body, int code, String pointer) {
        Http.Answer answer = http.post(MOVIES + "/" + action, body);

        assertEquals(400, answer.status(), answer.text());
        assertEquals(Value.of(code), answer.get("code"), answer.text());
        assertEquals(Problem.MEDIA_TYPE, answer.header("Content-Type"));
        if (pointer != null) {
            assertEquals(Value.of(pointer), answer.get("pointer"), answer.text());
        }
    }

    @Test
    void nesting_that_is_too_deep_writes_nothing() {
        String deep = "{\"a\":".repeat(101) + "1" + "}".repeat(101);

        Http.Answer answer = http.post(MOVIES + "/documents", deep);

        assertEquals(400, answer.status());
        assertEquals(404, http.get(MOVIES).status());
    }

    @Test
    void a_document_that_is_too_large_is_refused() {
        String longText = "x".repeat(17 << 20);

        Http.Answer alone = http.post(MOVIES + "/documents", "{\"a\":\"" + longText + "\"}");
        Http.Answer inside =
                http.post(MOVIES + "/insertOne", "{\"document\":{\"a\":\"" + longText + "\"}}");

        assertEquals(413, alone.status());
        assertEquals(Value.of(10334), alone.get("code"));
        assertEquals(413, inside.status());
        assertEquals(Value.of(10334), inside.get("code"));
    }

    @Test
    void bytes_that_are_not_utf8_are_refused_and_not_replaced() {
        byte[] body = "{\"a\":\"?\"}".getBytes(StandardCharsets.US_ASCII);
        body[6] = (byte) 0xe4;

        Http.Answer answer = http.post(MOVIES + "/documents", body);

        assertEquals(400, answer.status(), answer.text());
        assertEquals(Value.of(9), answer.get("code"));
        assertEquals(404, http.get(MOVIES).status());
    }

    @Test
    void a_bad_name_is_refused() {
        Http.Answer answer = http.put("/api/v1/dbs/cinema/collections/a%24b", "{}");

        assertEquals(400, answer.status());
        assertEquals(Value.of(73), answer.get("code"), answer.text());
    }

    @Test
    void an_unknown_route_is_a_problem_document() {
        Http.Answer answer = http.get("/api/v1/nowhere");

        assertEquals(404, answer.status());
        assertEquals(Problem.MEDIA_TYPE, answer.header("Content-Type"));
    }

    // ---- Browsers

    @Test
    void requests_for_other_hosts_and_from_other_origins_are_refused() {
        assertEquals(403, http.get("/api/v1/dbs", "Origin", "http://evil.example").status());
        assertEquals(
                415,
                http.send("POST", MOVIES + "/find", "{}", "Content-Type", "text/plain").status());
    }

    // ---- Headers

    @Test
    void a_request_has_at_most_64_headers() throws IOException {
        String[] tooMany = new String[2 * RequestGuard.HEADERS_MAX];
        Arrays.fill(tooMany, "x");
        Http.Answer answer = http.get("/health/live", tooMany);

        assertEquals(431, answer.status(), answer.text());
        assertEquals(Problem.MEDIA_TYPE, answer.header("Content-Type"));
        assertTrue(status(RequestGuard.HEADERS_MAX, "").contains("200"));
        assertTrue(status(RequestGuard.HEADERS_MAX + 1, "").contains("431"));
        String upgrade = "Connection: Upgrade\r\nUpgrade: websocket\r\n";
        String socket =
                upgrade
                        + "Sec-WebSocket-Version: 13\r\n"
                        + "Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n";
        assertTrue(status(RequestGuard.HEADERS_MAX, socket).contains("101"));
        assertTrue(status(RequestGuard.HEADERS_MAX + 1, socket).contains("431"));
    }

    /**
     * The status line for a request of so many headers.
     *
     * @param some of them
     */
    private String status(int headers, String some) throws IOException {
        int others = headers - 1 - (int) some.lines().count();
        String path = some.isEmpty() ? "/health/live" : MOVIES + "/watch";
        String request =
                "GET %s HTTP/1.1\r\nHost: localhost\r\n%s%s\r\n"
                        .formatted(path, some, "X-Same: 1\r\n".repeat(others));
        try (Socket socket = new Socket("localhost", test.server().port())) {
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            return new BufferedReader(
                            new InputStreamReader(
                                    socket.getInputStream(), StandardCharsets.US_ASCII))
                    .readLine();
        }
    }
}
