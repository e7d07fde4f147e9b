package io.smilodon.database;

import static io.smilodon.database.Json.assertCode;
import static io.smilodon.database.Json.doc;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.smilodon.engine.value.Document;
import io.smilodon.security.Caller;
import io.smilodon.security.Origin;
import io.smilodon.security.UserName;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

/** How many cursors users may have open. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class CursorLimitsTest {

    private static final OptionalInt ONE = OptionalInt.of(1);

    private final Smilodon smilodon =
            Smilodon.inMemory(
                    DatabaseOptions.DEFAULTS.withCursorCounts(
                            CursorLimits.DEFAULTS.withCountMax(5).withCountOfUserMax(2)));
    private final DocumentCollection collection = smilodon.database("d").collection("c");
    private final CursorRegistry cursors = smilodon.cursors();
    private final CursorOwner ann = owner("ann");
    private final CursorOwner bob = owner("bob");

    @BeforeEach
    void insert() {
        collection.insertMany(
                List.of(doc("{'_id': 1}"), doc("{'_id': 2}"), doc("{'_id': 3}")), true);
    }

    @AfterEach
    void close() {
        smilodon.close();
    }

    private CursorOwner owner(String name) {
        UserName user = new UserName(name, "admin");
        Caller caller = smilodon.users().recognised(user, List.of(), Origin.UNKNOWN);
        return CursorOwner.NONE.by(caller, List.of());
    }

    private Batch open(CursorOwner owner) {
        return cursors.first(collection.find(Document.EMPTY), owner, ONE);
    }

    @Test
    void nobody_takes_those_of_others() {
        String first = open(ann).cursorId().orElseThrow();
        open(ann);
        assertCode(146, () -> open(ann));
        open(bob);
        open(bob);
        assertCode(146, () -> open(bob));
        cursors.kill(first);
        open(ann);
        open(CursorOwner.NONE);
        assertCode(146, () -> open(CursorOwner.NONE));
    }

    @Test
    void who_has_logged_in_nowhere_has_the_limit_of_all() {
        for (int count = 0; count < 5; count++) {
            open(CursorOwner.NONE);
        }
        assertCode(146, () -> open(CursorOwner.NONE));
    }

    @Test
    void those_that_are_open_are_read_on_and_what_fits_into_a_batch_needs_none() {
        open(ann);
        String id = open(ann).cursorId().orElseThrow();
        assertEquals(1, cursors.next(id, ONE).documents().size());
        DocumentCursor whole = collection.find(Document.EMPTY);
        assertEquals(3, cursors.first(whole, ann, OptionalInt.of(5)).documents().size());
        assertEquals(1, cursors.next(id, ONE).documents().size());
    }

    @Test
    void limits_begin_with_1() {
        CursorLimits limits = CursorLimits.DEFAULTS;
        assertThrows(IllegalArgumentException.class, () -> limits.withCountMax(0));
        assertThrows(IllegalArgumentException.class, () -> limits.withCountOfUserMax(0));
    }
}
