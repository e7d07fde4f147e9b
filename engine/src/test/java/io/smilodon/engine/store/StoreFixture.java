package io.smilodon.engine.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.smilodon.engine.error.ErrorCode;
import io.smilodon.engine.error.SmilodonException;
import io.smilodon.engine.value.Direction;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** A store under test, and short ways to use it. */
abstract class StoreFixture {

    protected KeyValueStore store;

    /** Opens the store under test; the second time on the same data. */
    protected abstract KeyValueStore open() throws Exception;

    @BeforeEach
    void openStore() throws Exception {
        store = open();
    }

    @AfterEach
    void closeStore() {
        store.close();
    }

    protected static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    protected final void put(String key, String value) {
        try (Transaction transaction = store.begin()) {
            transaction.put(bytes(key), bytes(value));
            transaction.commit();
        }
    }

    protected static Optional<String> get(ReadView view, String key) {
        return view.get(bytes(key)).map(found -> new String(found.value(), StandardCharsets.UTF_8));
    }

    protected static List<String> scan(ReadView view, KeyRange range, Direction direction) {
        List<String> found = new ArrayList<>();
        try (KeyCursor cursor = view.cursor(range, direction)) {
            while (cursor.advance()) {
                found.add(
                        new String(cursor.key(), StandardCharsets.UTF_8)
                                + "="
                                + new String(cursor.value(), StandardCharsets.UTF_8));
            }
            assertFalse(cursor.advance(), "stays at the end");
        }
        return found;
    }

    protected static void assertCode(ErrorCode code, Runnable action) {
        SmilodonException error = assertThrows(SmilodonException.class, action::run);
        assertEquals(code, error.code(), error.getMessage());
    }
}
