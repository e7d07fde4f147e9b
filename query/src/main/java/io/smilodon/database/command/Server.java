package io.smilodon.database.command;

import io.smilodon.engine.value.Document;
import java.net.InetAddress;
import java.net.UnknownHostException;

/** What the server is called, and which MongoDB it speaks like. */
final class Server {

    /** The release of MongoDB whose language this is; clients decide by it what to use. */
    static final String VERSION = "8.0.0";

    /** The version of the wire protocol that goes with it. */
    static final int WIRE_VERSION_MAX = 25;

    private static final String HOST = host();

    private Server() {}

    static String name() {
        return HOST;
    }

    static Document description() {
        return Document.builder()
                .put("host", HOST)
                .put("version", VERSION)
                .put("product", "Smilodon")
                .build();
    }

    private static String host() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException nameless) {
            return "localhost";
        }
    }
}
