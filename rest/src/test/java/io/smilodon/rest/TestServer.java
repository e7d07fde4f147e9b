package io.smilodon.rest;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.smilodon.database.Smilodon;

/** A real server on a database in memory, and requests to it. */
final class TestServer implements AutoCloseable {

    static final String MOVIES = "/api/v1/dbs/cinema/collections/movies";

    private final Smilodon smilodon = Smilodon.inMemory();
    private final RestServer server = RestServer.start(smilodon, RestOptions.DEFAULTS.withPort(0));
    private final Http http = new Http(server.port());

    Smilodon smilodon() {
        return smilodon;
    }

    RestServer server() {
        return server;
    }

    Http http() {
        return http;
    }

    void insertMovies(int count) {
        StringBuilder array = new StringBuilder("[");
        for (int i = 0; i < count; i++) {
            array.append(i == 0 ? "" : ",");
            array.append("{\"_id\":%d,\"year\":%d,\"title\":\"m%d\"}".formatted(i, 1900 + i, i));
        }
        assertEquals(201, http.post(MOVIES + "/documents", array + "]").status());
    }

    @Override
    public void close() {
        server.close();
        smilodon.close();
    }
}
