package io.smilodon.wire;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoDatabase;
import io.smilodon.database.DatabaseOptions;
import io.smilodon.database.RunningOperation;
import io.smilodon.database.Smilodon;
import io.smilodon.engine.testing.Await;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;

/** A database in memory that is served, and the official driver connected to it. */
final class Served implements AutoCloseable {

    private static final Logger DRIVER = Logger.getLogger("org.mongodb.driver");

    /** Tells of each broken message; tests send hundreds. */
    private static final Logger CONNECTIONS = Logger.getLogger(WireConnection.class.getName());

    static {
        DRIVER.setLevel(Level.WARNING);
        CONNECTIONS.setLevel(Level.WARNING);
    }

    private final Smilodon smilodon;
    private final WireServer server;
    private final MongoClient client;

    Served() {
        this(WireOptions.DEFAULTS.withPort(0));
    }

    Served(WireOptions options) {
        this(options, Smilodon.inMemory());
    }

    Served(WireOptions options, Smilodon smilodon) {
        this.smilodon = smilodon;
        server = WireServer.start(smilodon, options);
        client = connect("");
    }

    /** One for users, whose time stands still: who guessed too often waits for ever. */
    static Served forUsers() {
        Clock standing = Clock.fixed(Instant.EPOCH, ZoneOffset.UTC);
        return new Served(
                WireOptions.DEFAULTS.withPort(0).withLoginRequired(),
                Smilodon.inMemory(DatabaseOptions.DEFAULTS.withClock(standing)));
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

    /** Waits until a command of this name is being carried out. */
    RunningOperation awaitRunning(String name) {
        return Await.present(name + " runs", () -> running(name));
    }

    void awaitEnd(String name) {
        Await.until(name + " has ended", () -> running(name).isEmpty());
    }

    private Optional<RunningOperation> running(String name) {
        return smilodon.operations().running().stream()
                .filter(operation -> operation.description().name().equals(name))
                .findFirst();
    }

    @Override
    public void close() {
        client.close();
        server.close();
        smilodon.close();
    }
}
