package io.smilodon.rest;

import static io.smilodon.rest.TestServer.MOVIES;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.Field;
import io.smilodon.engine.value.StringValue;
import io.smilodon.engine.value.Value;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class RestServerTest {

    private final TestServer test = new TestServer();
    private final Http http = test.http();

    @AfterEach
    void stop() {
        test.close();
    }

    // ---- The server itself

    @Test
    void every_route_is_described_and_every_description_has_a_route() {
        Document paths = (Document) http.get("/api/v1/openapi.json").get("paths");
        Set<String> described = new TreeSet<>();
        for (Field path : paths) {
            for (Field method : (Document) path.value()) {
                described.add(method.name().toUpperCase(Locale.ROOT) + " " + path.name());
            }
        }
        Set<String> declared = new TreeSet<>();
        test.server()
                .routes()
                .forEach(route -> declared.add(route.method() + " " + route.openApiPath()));

        assertEquals(declared, described);
        assertTrue(test.server().routes().stream().noneMatch(route -> route.summary().isEmpty()));
        assertTrue(test.server().routes().stream().noneMatch(route -> route.answers().isEmpty()));
    }

    @ParameterizedTest
    @CsvSource({
        "/, text/html",
        "/docs, text/html",
        "/docs/ui/swagger-ui-bundle.js, javascript",
        "/health/live, application/json",
        "/health/ready, application/json",
        "/metrics, text/plain",
        "/api/v1, application/json",
        "/api/v1/status, application/json",
        "/api/v1/samples, application/json",
        "/api/v1/dbs, application/json",
    })
    void pages_and_figures_are_there(String path, String type) {
        Http.Answer answer = http.get(path);

        assertEquals(200, answer.status());
        assertTrue(answer.header("Content-Type").contains(type), answer.header("Content-Type"));
        assertFalse(answer.text().isEmpty());
    }

    @Test
    void a_sample_is_loaded_by_a_task() {
        Http.Answer started = http.post("/api/v1/samples/places", "{}");
        assertEquals(202, started.status(), started.text());

        String state = "";
        while (!state.equals("done") && !state.equals("failed")) {
            state = ((StringValue) http.get(started.header("Location")).get("state")).value();
        }

        assertEquals("done", state);
        assertEquals(409, http.post("/api/v1/samples/places", "{}").status());
        assertEquals(400, http.post("/api/v1/samples/nothing", "{}").status());
    }

    @Test
    void a_port_in_use_is_refused_by_name() {
        RestOptions same = RestOptions.DEFAULTS.withPort(test.server().port());

        PortInUseException refusal =
                assertThrows(
                        PortInUseException.class, () -> RestServer.start(test.smilodon(), same));

        assertEquals(test.server().port(), refusal.port());
    }

    @Test
    void values_are_written_as_the_request_asks() {
        http.post(MOVIES + "/documents", "{\"_id\":1,\"n\":{\"$numberLong\":\"5\"}}");
        String path = MOVIES + "/documents/int:1";

        assertTrue(http.get(path + "?jsonMode=canonical").text().contains("\"$numberLong\""));
        assertTrue(
                http.get(path, "Accept", "application/json; mode=canonical")
                        .text()
                        .contains("\"$numberLong\""));
        assertFalse(http.get(path + "?jsonMode=plain").text().contains("$"));
        assertEquals(400, http.get(path + "?jsonMode=loud").status());
    }

    @Test
    void the_data_api_shape_is_answered() {
        http.post(
                "/api/v1/action/insertOne",
                """
                {"dataSource":"any","database":"cinema","collection":"movies",
                 "document":{"_id":1,"title":"Heat"}}""");

        Http.Answer found =
                http.post(
                        "/api/v1/action/findOne",
                        """
                        {"database":"cinema","collection":"movies","filter":{"_id":1}}""");

        assertEquals(Value.of("Heat"), ((Document) found.get("document")).get("title"));
    }
}
