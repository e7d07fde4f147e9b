package io.smilodon.engine.value;

/** An order of texts other than that of their code points. Immutable and thread-safe. */
public interface TextOrder {

    /** Negative, zero or positive, as in a comparator. */
    int compare(String left, String right);

    /**
     * A text that stands where this one does if texts are compared by code point: texts that this
     * order holds for equal have the same one.
     */
    String key(String text);
}
