package io.smilodon.engine.log;

/**
 * Finds out whether the thread's stack has room for a commit, by using it. A program that recurses
 * without an end meets the end of its stack somewhere: better here than where half of a commit has
 * been carried out. Stateless.
 */
final class StackRoom {

    /** Several times as many calls as a commit nests. */
    private static final int DEPTH = 64;

    private StackRoom() {}

    /**
     * @throws StackOverflowError if there is none
     */
    static void require() {
        if (descend(DEPTH, 1, 2, 3) < 0) {
            throw new AssertionError("sums of positive numbers");
        }
    }

    /** What it is given is used after the call too, so that each call keeps it on the stack. */
    private static long descend(int depth, long first, long second, long third) {
        if (depth == 0) {
            return first;
        }
        return descend(depth - 1, second, third, first + depth) + first + second + third;
    }
}
