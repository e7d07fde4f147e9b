package io.smilodon.engine;

/** Is told how far something long is, from the thread that does it. */
@FunctionalInterface
public interface Progress {

    Progress SILENT = (step, done, total) -> {};

    /**
     * @param step what is being done, in a few words
     * @param done how much of it, in bytes or pieces
     * @param total how much there is
     */
    void at(String step, long done, long total);
}
