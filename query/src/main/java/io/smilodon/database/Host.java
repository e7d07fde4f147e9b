package io.smilodon.database;

import java.net.InetAddress;
import java.net.UnknownHostException;

/** The machine that the database runs on. */
public final class Host {

    /** Its name; {@code localhost} if it has none. */
    public static final String NAME = name();

    private Host() {}

    private static String name() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException nameless) {
            return "localhost";
        }
    }
}
