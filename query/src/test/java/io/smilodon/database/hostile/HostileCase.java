package io.smilodon.database.hostile;

import io.smilodon.engine.value.Document;
import java.util.List;
import java.util.function.Supplier;

/**
 * A request made to exhaust the stack, the memory or the time.
 *
 * @param name the family and its size
 * @param codes how it may end, with commas: error codes, 0 for a right answer
 * @param command makes the request; mistakes in its text count as its answer
 */
record HostileCase(String name, String codes, Supplier<Document> command) {

    boolean allows(int code) {
        return List.of(codes.split(",")).contains(Integer.toString(code));
    }

    @Override
    public String toString() {
        return name.length() <= 150 ? name : name.substring(0, 150) + "...";
    }
}
