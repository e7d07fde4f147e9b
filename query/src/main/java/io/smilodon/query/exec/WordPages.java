package io.smilodon.query.exec;

import io.smilodon.engine.entry.ByteSpan;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Entries of several words, of each with ascending scores and no two of a document. Of most it is
 * known by a bit that their documents have no other of these words, so that only the rest is put
 * into a table. Accounts for its memory. Not thread-safe.
 */
final class WordPages implements AutoCloseable {

    private final MemoryAccount memory;

    /** Of the ids of the words before the current one. */
    private final HashBits seen;

    /** Of ids that may have been seen again. */
    private final HashBits again;

    private final List<WordPage> pages = new ArrayList<>();
    private final ByteSpan span = new ByteSpan();

    /** How many pages the words before have, and how many entries there are in all. */
    private int pagesSeen;

    private int count;

    /** The last page, if entries can be added to it one by one. */
    private Optional<WordPage.Picked> open = Optional.empty();

    WordPages(MemoryAccount memory) {
        this.memory = memory;
        this.seen = new HashBits(memory);
        this.again = new HashBits(memory);
    }

    /** Looks at the entries of another word from now on; false if there is no memory for that. */
    boolean beginWord() {
        if (!seen.makeRoom(count) || !again.makeRoom(count)) {
            return false;
        }
        while (pagesSeen < pages.size()) {
            WordPage page = pages.get(pagesSeen++);
            for (int index = 0; index < page.count(); index++) {
                seen.add(page.hash(index));
            }
        }
        open = Optional.empty();
        return true;
    }

    /** Whether the entry's document may have another word too, which is remembered. */
    boolean mayBeSeen(WordPage page, int index) {
        boolean mayBeSeen = seen.has(page.hash(index));
        if (mayBeSeen) {
            again.add(page.hash(index));
        }
        return mayBeSeen;
    }

    /** Keeps the page; false without memory. */
    boolean keep(WordPage.Read page) {
        for (int index = 0; pagesSeen > 0 && index < page.count(); index++) {
            mayBeSeen(page, index);
        }
        open = Optional.empty();
        count += page.count();
        return memory.tryReserve(page.bytes()) && pages.add(page);
    }

    /**
     * Keeps a copy of an entry for which {@link #mayBeSeen} has been asked; false without memory.
     */
    boolean keep(WordPage from, int index) {
        if (open.isEmpty() || !open.get().hasRoom()) {
            WordPage.Picked opened = new WordPage.Picked();
            if (!memory.tryReserve(opened.bytes())) {
                return false;
            }
            pages.add(opened);
            open = Optional.of(opened);
        }
        WordPage.Picked page = open.get();
        long before = page.bytes();
        page.add(from, index, span);
        count++;
        return memory.tryReserve(page.bytes() - before);
    }

    /** How many entries are kept. */
    int count() {
        return count;
    }

    /** The score of the entry that has so many behind it. */
    double scoreBefore(int behind) {
        int left = behind;
        int page = pages.size() - 1;
        while (left >= pages.get(page).count()) {
            left -= pages.get(page--).count();
        }
        return pages.get(page).score(pages.get(page).count() - 1 - left);
    }

    /** Puts all that may belong together into the table, in their order; false without memory. */
    boolean join(ScoredIds table) {
        for (WordPage page : pages) {
            for (int index = 0; index < page.count(); index++) {
                if (again.has(page.hash(index))) {
                    page.id(index, span);
                    if (!table.add(span, page.score(index), page.turn(index))) {
                        return false;
                    }
                }
            }
        }
        return true;
    }

    /** Who takes entries that belong to no others. */
    interface Taker {

        /** The score of which no smaller one is wanted. */
        double least();

        /** Takes one; false if it cannot. */
        boolean take(ByteSpan id, double score, long turn);
    }

    /** Hands on what has not been put into the table, the last ones first. */
    boolean forEachAlone(Taker taker) {
        for (int number = pages.size() - 1; number >= 0; number--) {
            WordPage page = pages.get(number);
            int index = page.count() - 1;
            while (index >= 0 && page.score(index) >= taker.least()) { // in one word they ascend
                boolean isAlone = !again.has(page.hash(index));
                if (isAlone && !take(page, index, taker)) {
                    return false;
                }
                index--;
            }
        }
        return true;
    }

    private boolean take(WordPage page, int index, Taker taker) {
        page.id(index, span);
        return taker.take(span, page.score(index), page.turn(index));
    }

    /** Forgets all. */
    @Override
    public void close() {
        memory.close();
        seen.clear();
        again.clear();
        pages.clear();
        pagesSeen = 0;
        count = 0;
        open = Optional.empty();
    }
}
