package io.smilodon.wire;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoDatabase;
import io.smilodon.database.Smilodon;
import java.util.logging.Level;
import java.util.logging.Logger;

/** A database in memory that is served, and the official driver connected to it. */
final class Served implements AutoCloseable {

    private static final Logger DRIVER = Logger.getLogger("org.mongodb.driver");

    static {
        DRIVER.setLevel(Level.WARNING);
    }

    private final Smilodon smilodon = Smilodon.inMemory();
    private final WireServer server;
    private final MongoClient client;

    Served() {
        this(WireOptions.DEFAULTS.withPort(0));
    }

    Served(WireOptions options) {
        server = WireServer.start(smilodon, options);
        client = connect("");
    }

    /**
     * Another client.
     *
     * @param options of the connection string
     */
    MongoClient connect(String options) {
        return MongoClients.create(
                "mongodb://127.0.0.1:"
                        + server.port()
                        + "/?serverSelectionTimeoutMS=5000&"
                        + options);
    }

    Smilodon smilodon() {
        return smilodon;
    }

    WireServer server() {
        return server;
    }

    MongoClient client() {
        return client;
    }

    MongoDatabase database() {
        return client.getDatabase("test");
    }

    @Override
    public void close() {
        client.close();
        server.close();
        smilodon.close();
    }
}
