package io.smilodon.engine.store;

import io.smilodon.engine.store.CommitWindow.Link;

/**
 * What a serializable transaction has read, and up to where that is known to be unchanged.
 *
 * @param link the commit from which to look on
 * @param sequence the last commit that need not be looked at any more
 */
record ReadCheck(ReadSet reads, Link link, long sequence) {

    /**
     * The same after a look at what is visible now.
     *
     * @throws io.smilodon.engine.error.SmilodonException {@code WRITE_CONFLICT} if something has
     *     changed
     */
    ReadCheck advanced(Tables tables, CommitWindow window) {
        CommitWindow.Walk walk = CommitWindow.walk(reads, link, sequence);
        if (walk.isChanged()) {
            throw Committer.conflict();
        }
        if (!walk.isCut()) {
            return new ReadCheck(reads, walk.reached(), sequence);
        }
        Link newest = window.newest();
        Tables.Pin now = tables.pin();
        try {
            if (isChangedIn(now.view())) {
                throw Committer.conflict();
            }
            return new ReadCheck(reads, newest, now.sequence());
        } finally {
            now.view().release();
        }
    }

    /** Whether anything has changed up to the commit that is being decided. */
    boolean isChanged(TableView view) {
        CommitWindow.Walk walk = CommitWindow.walk(reads, link, sequence);
        return walk.isChanged() || walk.isCut() && isChangedIn(view);
    }

    /** The slow way: looks for newer versions in the tables themselves. */
    private boolean isChangedIn(TableView view) {
        for (KeyRange range : reads.ranges()) {
            if (view.isChangedAfter(range, sequence, key -> true)) {
                return true;
            }
        }
        return view.isChangedAfter(ReservedKeys.retiredMarks(), sequence, reads::isTouchedBy);
    }
}
