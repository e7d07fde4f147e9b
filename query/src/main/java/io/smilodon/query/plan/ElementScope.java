package io.smilodon.query.plan;

/**
 * Where a condition looks: at the whole document, or inside one {@code $elemMatch}, at one element
 * of an array. Two scopes are the same only if they are the same object: two {@code $elemMatch} on
 * one array may hold for different elements.
 */
final class ElementScope {

    static final ElementScope DOCUMENT = new ElementScope(0, null);

    private final int arrayLength;
    private final ElementScope outer;

    private ElementScope(int arrayLength, ElementScope outer) {
        this.arrayLength = arrayLength;
        this.outer = outer;
    }

    /** One element of the array at the path of this length. */
    ElementScope inElement(int pathLength) {
        return new ElementScope(pathLength, this);
    }

    boolean isDocument() {
        return this == DOCUMENT;
    }

    /** How many steps of a path lead to the array whose element this is; 0 for the document. */
    int arrayLength() {
        return arrayLength;
    }

    /** Whether both look at the same element of the array at the path of this length. */
    boolean sharesElement(ElementScope other, int pathLength) {
        for (ElementScope mine = this; !mine.isDocument(); mine = mine.outer) {
            if (mine.arrayLength >= pathLength && mine.encloses(other)) {
                return true;
            }
        }
        return false;
    }

    private boolean encloses(ElementScope other) {
        for (ElementScope theirs = other; !theirs.isDocument(); theirs = theirs.outer) {
            if (theirs == this) {
                return true;
            }
        }
        return false;
    }
}
