package io.smilodon.engine.codec;

import java.util.Arrays;

/**
 * Where a stored container stands. Immutable.
 *
 * @param start the position of the token that opens the container
 * @param depth the container's level of nesting in the document it is read from, 1 for the document
 */
record StoredExtent(SmileNavigator navigator, int start, int depth) {

    byte[] bytes() {
        return navigator.bytes();
    }

    /** The position after the container; found by going over its content. */
    int end() {
        return navigator.skip(start, depth - 1);
    }

    int levels() {
        return navigator.levels(start);
    }

    /** The bytes of an outermost document: it reaches to the end. The same array if it can be. */
    byte[] outermostBytes() {
        boolean whole = start == 0 && navigator.end() == bytes().length;
        return whole ? bytes() : Arrays.copyOfRange(bytes(), start, navigator.end());
    }
}
