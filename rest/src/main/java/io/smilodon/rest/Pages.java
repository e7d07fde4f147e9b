package io.smilodon.rest;

import io.smilodon.database.DatabaseSummary;
import io.smilodon.database.Smilodon;
import io.smilodon.security.Caller;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.stream.Collectors;

/** The pages for people. */
final class Pages {

    private final int port;

    Pages(int port) {
        this.port = port;
    }

    /** What runs here, as far as the caller may see it, with links and requests to copy. */
    String front(Smilodon smilodon, Caller caller) {
        String rows =
                smilodon.databases().stream()
                        .filter(database -> caller.mayTouch(database.name()))
                        .map(Pages::row)
                        .collect(Collectors.joining("\n"));
        return resource("front.html")
                .replace("{{version}}", escaped(Version.CURRENT))
                .replace("{{port}}", Integer.toString(port))
                .replace("{{databases}}", rows.isEmpty() ? row("none yet", "", "") : rows);
    }

    String docs() {
        return resource("docs.html");
    }

    private static String row(DatabaseSummary database) {
        String name = escaped(database.name());
        return row(
                "<a href=\"/api/v1/dbs/%s/collections\">%s</a>".formatted(name, name),
                Integer.toString(database.collectionCount()),
                "%,d".formatted(database.documentCount()));
    }

    private static String row(String name, String collections, String documents) {
        return "<tr><td>%s</td><td>%s</td><td>%s</td></tr>".formatted(name, collections, documents);
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace("\"", "&quot;");
    }

    private static String resource(String name) {
        try (InputStream in = Pages.class.getResourceAsStream(name)) {
            return new String(
                    Objects.requireNonNull(in, name).readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
