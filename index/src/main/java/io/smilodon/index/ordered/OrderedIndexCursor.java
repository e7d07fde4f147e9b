package io.smilodon.index.ordered;

import io.smilodon.engine.entry.ByteSpan;
import io.smilodon.engine.store.KeyCursor;
import io.smilodon.engine.store.KeyRange;
import io.smilodon.engine.store.ReadView;
import io.smilodon.engine.value.Direction;
import io.smilodon.index.IdPage;
import io.smilodon.index.IndexCursor;
import io.smilodon.index.NumberedIds;
import io.smilodon.index.key.IndexKey;
import java.util.Arrays;
import java.util.Optional;

/**
 * Walks the entries inside bounds. From an entry outside it goes to the next one that may be
 * inside: a few steps along the keys, and if that does not get there, by a new cursor.
 */
final class OrderedIndexCursor implements IndexCursor {

    /** Stepping over this many keys costs about as much as opening a cursor. */
    private static final int STEPS_MAX = 8;

    private final ReadView view;
    private final ByteBounds bounds;
    private final Direction direction;
    private final EntryReader entry;
    private final ByteSpan key = new ByteSpan();
    private final ByteSpan value = new ByteSpan();
    private KeyRange range;
    private KeyCursor keys;
    private long keysExamined;

    /** Where to go on, if it is not at the next key. */
    private Optional<byte[]> target = Optional.empty();

    /** What reads pages of entries, once somebody has asked for that. */
    private Optional<NumberedIds> numbers = Optional.empty();

    OrderedIndexCursor(ReadView view, Scan scan, KeyRange range) {
        this.view = view;
        this.bounds = scan.bounds;
        this.direction = scan.direction;
        this.entry = scan.entry;
        this.range = range;
        this.keys = view.cursor(range, direction);
    }

    /**
     * What to walk.
     *
     * @param bounds which entries to return
     * @param direction which way to go
     * @param entry reads the entries of the index
     */
    record Scan(ByteBounds bounds, Direction direction, EntryReader entry) {}

    @Override
    public boolean advance() {
        boolean isAtKey = target.isPresent() ? skipTo(target.get()) : keys.advance();
        target = Optional.empty();
        while (isAtKey) {
            keys.key(key);
            keys.value(value);
            entry.read(key, value);
            keysExamined++;
            Optional<byte[]> next = bounds.next(entry, direction);
            if (next.isEmpty()) {
                return true;
            }
            isAtKey = skipTo(next.get());
        }
        return false;
    }

    @Override
    public void skipAlike(int parts) {
        byte[] head = entry.head(parts);
        target = Optional.of(direction == Direction.FORWARD ? KeyRange.successor(head) : head);
    }

    /** Where each number has one place in the keys, nothing else of the entries is looked at. */
    @Override
    public Optional<IdPage> page(int part) {
        if (numbers.isEmpty()) {
            int start = entry.startOfLast(part);
            if (start < 0 || target.isPresent() || !bounds.isRange()) {
                return IndexCursor.super.page(part);
            }
            numbers = Optional.of(new NumberedIds(start));
        }
        Optional<IdPage> page = keys.page(numbers.get());
        keysExamined += page.map(IdPage::count).orElse(0);
        return page;
    }

    private boolean skipTo(byte[] place) {
        for (int step = 0; step < STEPS_MAX; step++) {
            if (!keys.advance()) {
                return false;
            }
            if (hasReached(keys.key(), place)) {
                return true;
            }
        }
        return seek(place);
    }

    private boolean hasReached(byte[] key, byte[] place) {
        int order = Arrays.compareUnsigned(key, place);
        return direction == Direction.FORWARD ? order >= 0 : order < 0;
    }

    private boolean seek(byte[] place) {
        range =
                direction == Direction.FORWARD
                        ? new KeyRange(place, range.to())
                        : new KeyRange(range.from(), place);
        if (Arrays.compareUnsigned(range.from(), range.to()) >= 0) {
            return false;
        }
        keys.close();
        keys = view.cursor(range, direction);
        return keys.advance();
    }

    @Override
    public byte[] idKey() {
        return entry.idKey();
    }

    @Override
    public void id(ByteSpan span) {
        entry.id(span);
    }

    @Override
    public IndexKey key() {
        return entry.indexKey();
    }

    @Override
    public double number(int part) {
        return entry.number(part);
    }

    @Override
    public double floor(int part) {
        return entry.floor(part);
    }

    @Override
    public boolean isCut() {
        return entry.isCut();
    }

    @Override
    public long keysExamined() {
        return keysExamined;
    }

    @Override
    public void close() {
        keys.close();
    }
}
