package io.smilodon.engine.isolation;

import io.smilodon.engine.error.ErrorCode;
import io.smilodon.engine.error.SmilodonException;
import io.smilodon.engine.store.Isolation;
import io.smilodon.engine.store.KeyCursor;
import io.smilodon.engine.store.KeyRange;
import io.smilodon.engine.store.KeyValueStore;
import io.smilodon.engine.store.Transaction;
import io.smilodon.engine.store.TransactionOptions;
import io.smilodon.engine.value.Direction;
import java.nio.charset.StandardCharsets;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;

/** The store under test. Thread-safe. */
record StoreEngine(KeyValueStore store, Isolation isolation) implements Engine {

    @Override
    public Work begin() {
        return new StoreWork(
                store.begin(new TransactionOptions(isolation, Optional.empty())), isolation);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }

    private record StoreWork(Transaction transaction, Isolation isolation) implements Work {

        @Override
        public Optional<String> get(String key) {
            return transaction.get(bytes(key)).map(found -> text(found.value()));
        }

        @Override
        public NavigableMap<String, String> scan(String prefix) {
            NavigableMap<String, String> found = new TreeMap<>();
            Direction direction =
                    prefix.hashCode() % 2 == 0 ? Direction.FORWARD : Direction.BACKWARD;
            try (KeyCursor cursor = transaction.cursor(KeyRange.prefix(bytes(prefix)), direction)) {
                while (cursor.advance()) {
                    found.put(text(cursor.key()), text(cursor.value()));
                }
            }
            return found;
        }

        @Override
        public void put(String key, String value) {
            refusing(
                    () -> {
                        transaction.put(bytes(key), bytes(value));
                        return true;
                    });
        }

        @Override
        public boolean commit() {
            return refusing(() -> transaction.commit() >= 0);
        }

        private static boolean refusing(BooleanSupplier action) {
            try {
                return action.getAsBoolean();
            } catch (SmilodonException error) {
                if (error.code().equals(ErrorCode.WRITE_CONFLICT)) {
                    throw new RefusedException(error.getMessage());
                }
                throw error;
            }
        }

        @Override
        public void close() {
            transaction.close();
        }
    }
}
