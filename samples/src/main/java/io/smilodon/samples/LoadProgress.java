package io.smilodon.samples;

/** Hears how far the loading of a dataset has come. Called on the loading thread. */
@FunctionalInterface
public interface LoadProgress {

    /** For callers that do not want to know. */
    LoadProgress SILENT = (what, done, total) -> {};

    /**
     * Some step forward.
     *
     * @param what what is being done now, such as {@code jdk.classes}
     * @param done documents or indexes done so far
     * @param total how many there are
     */
    void at(String what, long done, long total);
}
