package io.smilodon.rest;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Objects;
import java.util.Properties;

/** Which Smilodon this is, as the build wrote it down. */
public final class Version {

    /** Such as {@code 0.1.0}. */
    public static final String CURRENT = read("version");

    /** The release of Swagger UI that travels along, part of the path of its files. */
    static final String SWAGGER_UI = read("swagger-ui");

    private Version() {}

    private static String read(String name) {
        Properties properties = new Properties();
        try (InputStream in = Version.class.getResourceAsStream("version.properties")) {
            properties.load(Objects.requireNonNull(in, "version.properties"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return properties.getProperty(name);
    }
}
