package io.smilodon.database.command;

import io.smilodon.database.Host;
import io.smilodon.engine.value.Document;

/** What the server is called, and which MongoDB it speaks like. */
final class Server {

    /** The release of MongoDB whose language this is; clients decide by it what to use. */
    static final String VERSION = "8.0.0";

    static final String GIT_VERSION = "smilodon";

    /** The version of the wire protocol that goes with it. */
    static final int WIRE_VERSION_MAX = 25;

    private Server() {}

    static String name() {
        return Host.NAME;
    }

    static Document description() {
        return Document.builder()
                .put("host", Host.NAME)
                .put("version", VERSION)
                .put("gitVersion", GIT_VERSION)
                .put("product", "Smilodon")
                .build();
    }
}
