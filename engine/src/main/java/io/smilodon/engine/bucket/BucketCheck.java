package io.smilodon.engine.bucket;

import io.smilodon.engine.error.SmilodonException;
import io.smilodon.engine.store.KeyCursor;
import io.smilodon.engine.store.ReadView;
import io.smilodon.engine.value.Direction;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalInt;
import java.util.function.Consumer;

/**
 * Checks the buckets of a store: every name stands for an id of its own, and no id that a name or a
 * blob has is given again. A bucket without its name cannot be told from one that was dropped,
 * whose blobs go only when they are merged. Not thread-safe.
 */
public final class BucketCheck {

    private final ReadView view;
    private final Consumer<String> damage;

    /** The id that the next bucket gets. */
    private final int next;

    private BucketCheck(ReadView view, Consumer<String> damage) {
        this.view = view;
        this.damage = damage;
        this.next = BucketKeys.nextId(view);
    }

    /**
     * Checks all buckets.
     *
     * @param damage is told what is wrong
     * @throws SmilodonException if something of it cannot be read
     */
    public static void run(ReadView view, Consumer<String> damage) {
        BucketCheck check = new BucketCheck(view, damage);
        check.checkNames();
        check.checkBlobs();
    }

    private void checkNames() {
        Map<Integer, String> names = new HashMap<>();
        try (KeyCursor cursor = view.cursor(BucketKeys.names(""), Direction.FORWARD)) {
            while (cursor.advance()) {
                String name = BucketKeys.nameIn(cursor.key());
                int id = BucketKeys.id(cursor.value());
                String other = names.putIfAbsent(id, name);
                if (other != null) {
                    damage.accept("buckets " + other + " and " + name + " have the same id " + id);
                }
                if (id >= next) {
                    damage.accept("the id " + id + " of bucket " + name + " is to be given again");
                }
            }
        }
    }

    private void checkBlobs() {
        OptionalInt id = BucketKeys.firstId(BucketKeys.blobsBehind(next - 1), view);
        while (id.isPresent()) {
            damage.accept("the id " + id.getAsInt() + " that blobs have is to be given again");
            id = BucketKeys.firstId(BucketKeys.blobsBehind(id.getAsInt()), view);
        }
    }
}
