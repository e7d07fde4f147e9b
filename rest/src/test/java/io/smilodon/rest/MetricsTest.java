package io.smilodon.rest;

import static io.smilodon.rest.TestServer.MOVIES;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.Value;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class MetricsTest {

    private static final Pattern ROW = Pattern.compile("(?m)^\\| `(smilodon_\\w+)");

    private final TestServer test = new TestServer();
    private final Http http = test.http();

    @AfterEach
    void stop() {
        test.close();
    }

    /** The figures by their name, the labels summed up. */
    private Map<String, Double> scrape() {
        Map<String, Double> figures = new TreeMap<>();
        http.get("/metrics")
                .text()
                .lines()
                .filter(line -> !line.startsWith("#"))
                .forEach(
                        line ->
                                figures.merge(
                                        line.split("[ {]")[0],
                                        Double.parseDouble(
                                                line.substring(line.lastIndexOf(' ') + 1)),
                                        Double::sum));
        return figures;
    }

    @Test
    void every_figure_of_the_table_is_there_and_every_figure_is_in_the_table() throws IOException {
        http.get("/api/v1/dbs");
        Set<String> named =
                ROW.matcher(Files.readString(Path.of("README.md")))
                        .results()
                        .map((MatchResult row) -> row.group(1))
                        .collect(Collectors.toCollection(TreeSet::new));
        Set<String> found = new TreeSet<>(scrape().keySet());
        found.removeIf(name -> !name.startsWith("smilodon_"));

        assertEquals(named, found);
    }

    @Test
    void figures_move_with_what_they_count() {
        Map<String, Double> before = scrape();
        test.insertMovies(50);
        test.smilodon().checkpoint();
        http.post(MOVIES + "/documents", "{\"_id\":\"late\"}");
        http.get(MOVIES + "/documents/int:7");
        Map<String, Double> after = scrape();

        for (String name :
                Set.of(
                        "smilodon_commits_total",
                        "smilodon_log_appended_bytes_total",
                        "smilodon_log_groups_total",
                        "smilodon_log_group_commits_total",
                        "smilodon_log_sync_seconds_count",
                        "smilodon_log_sync_seconds_sum",
                        "smilodon_flush_runs_total",
                        "smilodon_flush_bytes_total",
                        "smilodon_cache_misses_total",
                        "smilodon_cache_bytes",
                        "smilodon_segments",
                        "smilodon_segment_bytes",
                        "smilodon_level_segments",
                        "smilodon_level_bytes",
                        "smilodon_memtable_bytes",
                        "smilodon_sequence",
                        "smilodon_http_requests_seconds_count")) {
            assertTrue(
                    after.get(name) > before.getOrDefault(name, 0.0),
                    () -> name + ": " + before.get(name) + ", then " + after.get(name));
        }
        assertEquals(1, after.get("smilodon_state"), "one state at a time");
    }

    @Test
    void a_database_that_takes_writes_is_ready_and_says_how_it_is() {
        Http.Answer ready = http.get("/health/ready");

        assertEquals(200, ready.status());
        Document store = (Document) ((Document) ready.get("checks")).get("store");
        assertEquals(Value.of("writable"), store.get("state"));
        assertEquals(Value.of(0), store.get("failedFlushes"));
    }
}
