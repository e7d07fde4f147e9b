package io.smilodon.query.aggregate.window;

/**
 * The window of each row of a partition. Neither end ever moves back.
 *
 * @param starts the first row of each
 * @param ends the row behind the last of each, at least its start
 */
record Frames(int[] starts, int[] ends) {

    int start(int row) {
        return starts[row];
    }

    int end(int row) {
        return ends[row];
    }
}
