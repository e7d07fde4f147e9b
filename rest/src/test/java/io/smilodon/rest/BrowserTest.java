package io.smilodon.rest;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The pages as a browser shows them; skipped where no Chromium is installed. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class BrowserTest {

    private final TestServer test = new TestServer();

    @TempDir private Path profile;

    @AfterEach
    void stop() {
        test.close();
    }

    private static Optional<Path> chromium() {
        return Stream.of("/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome")
                .map(Path::of)
                .filter(Files::isExecutable)
                .findFirst();
    }

    /** The page's elements after its scripts have run. */
    private String rendered(String path) throws Exception {
        assumeTrue(chromium().isPresent(), "no Chromium: the pages are not tested in a browser");
        Process browser =
                new ProcessBuilder(
                                List.of(
                                        chromium().get().toString(),
                                        "--headless",
                                        "--no-sandbox",
                                        "--disable-gpu",
                                        "--no-first-run",
                                        "--disable-background-networking",
                                        "--disable-component-update",
                                        "--disable-sync",
                                        "--user-data-dir=" + profile,
                                        "--virtual-time-budget=20000",
                                        "--dump-dom",
                                        "http://localhost:" + test.server().port() + path))
                        .redirectError(ProcessBuilder.Redirect.DISCARD)
                        .start();
        String page = new String(browser.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        browser.waitFor();
        return page;
    }

    @Test
    void the_front_page_lists_the_databases() throws Exception {
        test.insertMovies(3);

        String page = rendered("/");

        assertTrue(page.contains("cinema"), page);
    }

    @Test
    void the_interface_is_rendered_from_its_description() throws Exception {
        String page = rendered("/docs");

        assertTrue(page.contains("opblock-summary"), "no operations in the page");
        assertTrue(page.contains("Insert one document, an array of them, or NDJSON"));
    }
}
