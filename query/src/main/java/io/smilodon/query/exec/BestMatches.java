package io.smilodon.query.exec;

import io.smilodon.engine.entry.ByteSpan;
import io.smilodon.index.IdPage;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.Optional;
import java.util.PriorityQueue;

/**
 * The documents of a search of several words, the best first; of equal ones that which the entries
 * lead to first, as in a stable sort of all. Not thread-safe.
 *
 * <p>They come in batches, so that nothing beyond those wanted is put in order. Where the scores of
 * all do not fit into memory, each batch reads the entries several times, for a part of the ids at
 * a time: what it needs then is time.
 */
final class BestMatches implements AutoCloseable {

    private static final int BATCH_MIN = 16;
    private static final int BATCH_MAX = 4_096;

    /** Into how many times as many parts the ids are divided that do not fit. */
    private static final int PARTS_FACTOR = 4;

    private static final int PARTS_MAX = 256;

    /** What a match takes besides its id. */
    private static final long MATCH_BYTES = 64;

    private static final Comparator<Match> WORST_FIRST =
            (left, right) -> compare(left.score, left.turn, right);

    private final WordEntries entries;
    private final MemoryAccount batchMemory;
    private final MemoryAccount pagesMemory;
    private final WordPages pages;

    /** Of ids that may have several words. */
    private final ScoredIds ids;

    private final String stage;
    private final OperationContext operation;
    private final PriorityQueue<Match> best = new PriorityQueue<>(WORST_FIRST);
    private final BestOfWord alone = new BestOfWord(BATCH_MIN);
    private final Deque<Match> batch = new ArrayDeque<>();
    private final WordPages.Taker taker = new AloneTaker();

    private Optional<Match> last = Optional.empty();
    private int parts = 1;
    private int batchMax = BATCH_MIN;
    private int batchMost = BATCH_MAX;
    private boolean isBatchTooLarge;
    private boolean isRead;
    private boolean isEnded;

    /** Which part of the ids is read, and how many entries of any have been. */
    private int part;

    private long turn;

    /** Of the last word alone, what scores no more is not among the best of the first batch. */
    private double floor;

    BestMatches(WordEntries entries, String stage, OperationContext operation) {
        this.entries = entries;
        this.stage = stage;
        this.operation = operation;
        this.batchMemory = new MemoryAccount(stage, operation);
        this.pagesMemory = new MemoryAccount(stage, operation);
        this.pages = new WordPages(pagesMemory);
        this.ids = new ScoredIds(new MemoryAccount(stage, operation));
    }

    /**
     * A document.
     *
     * @param score what its words score together
     * @param turn the number of the first entry that led to it
     */
    private record Match(double score, long turn, byte[] id) {}

    /** The id of the next one, empty at the end. */
    Optional<byte[]> next() {
        if (batch.isEmpty() && !isEnded) {
            readBatch();
        }
        if (batch.isEmpty()) {
            return Optional.empty();
        }
        last = Optional.of(batch.removeFirst());
        return last.map(Match::id);
    }

    private void readBatch() {
        batchMemory.close();
        while (!offerAll()) {
            best.clear();
            batchMemory.close();
            giveWay();
        }
        isEnded = best.size() < batchMax;
        batchMax = Math.min(batchMost, 2 * batchMax);
        while (!best.isEmpty()) {
            batch.addFirst(best.remove());
        }
    }

    /** Offers every match to the batch; false if a part of them does not fit into memory. */
    private boolean offerAll() {
        for (int part = 0; part < parts; part++) {
            isBatchTooLarge = false;
            if (!isRead && !read(part)) {
                return false;
            }
            isRead = parts == 1 && !isFirst();
            for (int place = ids.size() - 1; place >= 0; place--) {
                if (isWanted(ids.score(place), ids.turn(place)) && !take(match(place))) {
                    return false;
                }
            }
            if (!pages.forEachAlone(taker)) {
                return false;
            }
        }
        return true;
    }

    /** Whether this is the first batch: mostly nobody asks for another. */
    private boolean isFirst() {
        return last.isEmpty();
    }

    private boolean read(int partRead) {
        ids.clear();
        pages.close();
        alone.clear();
        entries.rewind();
        part = partRead;
        turn = 0;
        floor = 0;
        boolean isFirstWord = true;
        while (entries.nextWord()) {
            boolean isLast = entries.isAtLast() && isFirst();
            if (!pages.beginWord() || !readWord(isLast)) {
                return false;
            }
            floor = isFirstWord ? floorOfFirst() : floor;
            isFirstWord = false;
        }
        return pages.join(ids) && alone.forEach(this::offer);
    }

    private boolean readWord(boolean isLast) {
        Optional<IdPage> read = entries.page();
        while (read.isPresent()) {
            WordPage.Read page = new WordPage.Read(read.get(), turn);
            turn += page.count();
            if (!(isLast ? keepSeen(page) : keepAll(page))) {
                return false;
            }
            read = entries.page();
        }
        return true;
    }

    private boolean keepAll(WordPage.Read page) {
        if (parts == 1) {
            return pages.keep(page);
        }
        for (int index = 0; index < page.count(); index++) {
            if (isInPart(page, index)) {
                pages.mayBeSeen(page, index);
                if (!pages.keep(page, index)) {
                    return false;
                }
            }
        }
        return true;
    }

    /** Keeps those of the last word that may have another too; of others the best are enough. */
    private boolean keepSeen(WordPage.Read page) {
        for (int index = 0; index < page.count(); index++) {
            if (!isInPart(page, index)) {
                continue;
            }
            if (!pages.mayBeSeen(page, index)) {
                if (page.score(index) > floor) {
                    alone.add(page, index);
                }
            } else if (!pages.keep(page, index)) {
                return false;
            }
        }
        return true;
    }

    /** The first word's scores ascend, and what other words add makes them no less. */
    private double floorOfFirst() {
        return pages.count() < BATCH_MIN ? 0 : pages.scoreBefore(BATCH_MIN - 1);
    }

    /** Takes documents that have one word. */
    private final class AloneTaker implements WordPages.Taker {

        @Override
        public double least() {
            return best.size() < batchMax ? 0 : best.element().score;
        }

        @Override
        public boolean take(ByteSpan id, double score, long turn) {
            return !isWanted(score, turn)
                    || BestMatches.this.take(new Match(score, turn, id.copy()));
        }
    }

    private boolean offer(byte[] found, double score, long turn) {
        return !isWanted(score, turn) || take(new Match(score, turn, found.clone()));
    }

    /** By other bits than those that the tables go by. */
    private boolean isInPart(WordPage page, int index) {
        return parts == 1 || (page.hash(index) * 0x85EBCA6B >>> 16) % parts == part;
    }

    /** Takes a smaller batch from now on, or else a smaller part of the ids at a time. */
    private void giveWay() {
        if (isBatchTooLarge && batchMax > BATCH_MIN) {
            batchMost = Math.max(BATCH_MIN, batchMax / 2);
            batchMax = batchMost;
        } else {
            divide();
        }
    }

    private void divide() {
        long needed = 2 * pagesMemory.bytes() + ids.bytesNeeded();
        ids.close();
        pages.close();
        isRead = false;
        if (parts >= PARTS_MAX) {
            throw operation.refused(stage, needed);
        }
        parts *= PARTS_FACTOR;
    }

    private Match match(int place) {
        return new Match(ids.score(place), ids.turn(place), ids.id(place));
    }

    /** Whether it follows what was handed out, and is among the best of that so far. */
    private boolean isWanted(double score, long turn) {
        return (last.isEmpty() || compare(score, turn, last.get()) < 0)
                && (best.size() < batchMax || compare(score, turn, best.element()) > 0);
    }

    /** Takes a match into the batch; false if there is no memory. */
    private boolean take(Match match) {
        if (best.size() == batchMax) {
            batchMemory.release(bytes(best.remove()));
        }
        isBatchTooLarge = !batchMemory.tryReserve(bytes(match));
        return !isBatchTooLarge && best.add(match);
    }

    private static long bytes(Match match) {
        return MATCH_BYTES + match.id().length;
    }

    /** How a match sorts against another, the worst first. */
    private static int compare(double score, long turn, Match other) {
        int byScore = Double.compare(score, other.score);
        return byScore != 0 ? byScore : Long.compare(other.turn, turn);
    }

    @Override
    public void close() {
        batchMemory.close();
        ids.close();
        pages.close();
        entries.close();
    }
}
