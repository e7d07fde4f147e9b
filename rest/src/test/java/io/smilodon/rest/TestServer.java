package io.smilodon.rest;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.smilodon.database.Smilodon;

/** A real server on a database in memory, and requests to it. */
final class TestServer implements AutoCloseable {

    static final String MOVIES = "/api/v1/dbs/cinema/collections/movies";

    private final Smilodon smilodon;
    private final RestServer server;
    private final Http http;

    TestServer() {
        this(Smilodon.inMemory());
    }

    /** Takes the database over. */
    TestServer(Smilodon smilodon) {
        this(smilodon, RestOptions.DEFAULTS);
    }

    /** The same with these options, but for the port. */
    TestServer(Smilodon smilodon, RestOptions options) {
        this.smilodon = smilodon;
        this.server = RestServer.start(smilodon, options.withPort(0));
        this.http = new Http(server.port());
    }

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
