package io.smilodon.rest;

import static io.smilodon.rest.TestServer.MOVIES;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.smilodon.engine.value.ArrayValue;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.Value;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

/** Indexes over HTTP. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class IndexRoutesTest {

    private final TestServer test = new TestServer();
    private final Http http = test.http();

    @AfterEach
    void stop() {
        test.close();
    }

    private Document index(int place) {
        return (Document) ((ArrayValue) http.get(MOVIES + "/indexes").get("indexes")).get(place);
    }

    @Test
    void the_list_tells_how_often_each_was_used() {
        test.insertMovies(20);
        assertEquals(201, http.post(MOVIES + "/indexes", "{\"key\":{\"year\":1}}").status());
        for (int i = 0; i < 3; i++) {
            http.get(MOVIES + "/documents?filter=" + Http.encoded("{\"year\":1905}"));
        }
        assertEquals(Value.of(3), ((Document) index(1).get("accesses")).get("ops"));
        assertEquals(Value.of(0), ((Document) index(0).get("accesses")).get("ops"));
    }

    @Test
    void an_index_is_filled_by_a_task() {
        test.insertMovies(3000);
        Http.Answer begun = inBackground("{\"key\":{\"year\":1}}");
        assertEquals(202, begun.status(), begun.text());
        Document task = ended(begun);
        assertEquals(Value.of("done"), task.get("state"));
        assertEquals(Value.of("filling"), task.get("step"));
        assertEquals(Value.of(3000), task.get("done"));
        assertEquals(Value.of("year_1"), ((Document) task.get("result")).get("name"));
        assertEquals(Value.of("year_1"), index(1).get("name"));
    }

    @Test
    void a_task_tells_why_it_has_failed() {
        test.insertMovies(2);
        Document task = ended(inBackground("{\"key\":{\"none\":1},\"unique\":true}"));
        assertEquals(Value.of("failed"), task.get("state"));
        assertEquals(Value.of(11000), ((Document) task.get("error")).get("code"));
        assertEquals(400, http.post(MOVIES + "/indexes?background=x", "{}").status());
    }

    private Http.Answer inBackground(String definition) {
        return http.post(MOVIES + "/indexes?background=true", definition);
    }

    private Document ended(Http.Answer begun) {
        Document task = begun.json();
        while (task.get("state").equals(Value.of("waiting"))
                || task.get("state").equals(Value.of("running"))) {
            task = http.get(begun.header("Location")).json();
        }
        return task;
    }
}
