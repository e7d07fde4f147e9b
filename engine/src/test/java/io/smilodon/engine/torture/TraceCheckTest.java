package io.smilodon.engine.torture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

/** What the check of traces takes for a broken rule, and what not. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class TraceCheckTest {

    private static final String EDIT = "%d pwrite64(5</s/MANIFEST>, \"edit\", 4, 0) = 4";
    private static final String SYNC = "%d fdatasync(5</s/MANIFEST>) = 0";
    private static final String DELETION = "%d unlink(\"/s/000000000027.log\") = 0";

    private static int check(String... lines) {
        return new TraceCheck("/s", SystemCall.parse(List.of(lines))).acknowledgements();
    }

    private static String by(int thread, String call) {
        return call.formatted(thread);
    }

    /** A campaign took the next log's edit, by the log's thread, for that of the deletion. */
    @Test
    void a_log_may_be_deleted_while_another_thread_edits_the_manifest() {
        assertEquals(0, check(by(1, EDIT), by(1, SYNC), by(2, EDIT), by(1, DELETION)));
    }

    @Test
    void a_log_may_not_be_deleted_before_its_own_edit_is_synced() {
        assertThrows(AssertionError.class, () -> check(by(1, EDIT), by(1, DELETION)));
        assertThrows(
                AssertionError.class,
                () -> check(by(1, EDIT), by(1, SYNC), by(1, EDIT), by(1, DELETION)));
    }

    @Test
    void who_has_edited_nothing_deletes_only_when_all_edits_are_synced() {
        assertThrows(AssertionError.class, () -> check(by(2, EDIT), by(1, DELETION)));
        assertEquals(0, check(by(2, EDIT), by(2, SYNC), by(1, DELETION)));
    }
}
