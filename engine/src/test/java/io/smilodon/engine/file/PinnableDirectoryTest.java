package io.smilodon.engine.file;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.smilodon.engine.testing.FaultRule;
import io.smilodon.engine.testing.FaultRule.Fault;
import io.smilodon.engine.testing.FaultRule.Operation;
import io.smilodon.engine.testing.FaultyDirectory;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class PinnableDirectoryTest {

    private final FaultyDirectory files = new FaultyDirectory();
    private final PinnableDirectory directory = new PinnableDirectory(files);

    @BeforeEach
    void create() throws IOException {
        for (String name : List.of("a", "b", "c")) {
            directory.create(name).close();
        }
    }

    @Test
    void a_file_that_is_held_is_deleted_when_the_last_one_lets_go_of_it() throws IOException {
        PinnableDirectory.Pin first = directory.pin(() -> Set.of("a", "b"));
        PinnableDirectory.Pin second = directory.pin(() -> Set.of("a"));
        directory.delete("a");
        directory.delete("c");
        first.close();
        first.close();
        assertEquals(List.of("a", "b"), directory.list());
        second.close();
        assertEquals(List.of("b"), directory.list());
    }

    @Test
    void a_deletion_that_fails_keeps_no_other_from_being_made_and_is_tried_again()
            throws IOException {
        PinnableDirectory.Pin pin = directory.pin(() -> Set.of("a", "b", "c"));
        for (String name : List.of("a", "b", "c")) {
            directory.delete(name);
        }
        files.fail(
                new FaultRule(
                        Operation.DELETE,
                        name -> name.equals("a"),
                        0,
                        Integer.MAX_VALUE,
                        Fault.INPUT_OUTPUT_ERROR));
        pin.close();
        assertEquals(List.of("a"), directory.list());
        files.heal();
        directory.pin(Set::of).close();
        assertEquals(List.of(), directory.list());
    }
}
