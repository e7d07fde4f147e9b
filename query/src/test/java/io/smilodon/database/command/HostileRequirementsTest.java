package io.smilodon.database.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.smilodon.engine.testing.RandomValues;
import io.smilodon.engine.testing.Seeds;
import io.smilodon.engine.value.ArrayValue;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.DocumentBuilder;
import io.smilodon.engine.value.Value;
import io.smilodon.query.aggregate.StageNames;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.RepeatedTest;

/** Rights are looked at before anything is checked: whatever is in a command, it is answered. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class HostileRequirementsTest {

    private final long seed = Seeds.next();

    private final Random random = new Random(seed);
    private final RandomValues values = new RandomValues(seed);
    private final List<String> stages = List.copyOf(StageNames.all());

    @RepeatedTest(3)
    void whatever_is_asked_who_may_write_nothing_writes_nothing() {
        try (CommandServer server = new CommandServer()) {
            server.insertFilms();
            List<LoggedIn> weak =
                    List.of(
                            LoggedIn.create(server, "ann"),
                            LoggedIn.create(server, "bob", "read@cinema"),
                            LoggedIn.create(server, "eve", "clusterMonitor@admin"));
            List<String> databases = server.smilodon().databaseNames();
            for (String name : Commands.TABLE.names()) {
                for (int i = 0; i < 20; i++) {
                    Document command = command(name);
                    for (String database : new String[] {"cinema", "admin"}) {
                        LoggedIn sender = weak.get(random.nextInt(weak.size()));
                        Document answer = sender.run(database, command);
                        assertTrue(
                                answer.has("ok"),
                                () -> "seed " + seed + ": " + command + " " + answer);
                    }
                }
            }
            assertEquals("{'n':3}", server.text("{'count': 'films'}"), "seed " + seed);
            assertEquals(3, server.smilodon().users().all().size(), "seed " + seed);
            assertEquals(databases, server.smilodon().databaseNames(), "seed " + seed);
            assertEquals(1, server.smilodon().database("cinema").listings().size(), "seed " + seed);
        }
    }

    private Document command(String name) {
        DocumentBuilder command = Document.builder().put(name, value(0));
        for (String field : Commands.TABLE.find(name).orElseThrow().rules().names()) {
            if (random.nextInt(3) > 0 && !field.equals(name)) {
                command.put(field, value(0));
            }
        }
        return command.build();
    }

    private Value value(int depth) {
        return switch (random.nextInt(depth > 4 ? 4 : 7)) {
            case 0 -> Value.of(random.nextInt(3));
            case 1 -> Value.of(random.nextBoolean() ? "films" : "cinema.films");
            case 2 -> Value.of(random.nextBoolean());
            case 3 -> values.next();
            case 4 -> stage(depth);
            default -> array(depth);
        };
    }

    private Value array(int depth) {
        List<Value> elements = new ArrayList<>();
        for (int i = random.nextInt(3); i > 0; i--) {
            elements.add(random.nextBoolean() ? stage(depth) : value(depth + 1));
        }
        return ArrayValue.of(elements);
    }

    private Document stage(int depth) {
        List<String> names = new ArrayList<>(stages);
        names.addAll(List.of("from", "coll", "db", "into", "pipeline", "input", "pipelines"));
        names.addAll(List.of("insert", "update", "ns", "role", "user", "resource", "actions"));
        DocumentBuilder stage = Document.builder();
        for (int i = 1 + random.nextInt(2); i > 0; i--) {
            stage.put(names.get(random.nextInt(names.size())), value(depth + 1));
        }
        return stage.build();
    }
}
