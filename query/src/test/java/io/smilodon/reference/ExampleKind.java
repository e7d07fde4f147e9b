package io.smilodon.reference;

/** What examples of one kind look like, and how to tell that they are true. */
interface ExampleKind {

    /** The example in a line of Markdown. */
    String text(Example example);

    /** Fails if the example is not true. */
    void check(Example example, ExampleDatabase database);

    /** Whether the text is several lines of code, too long for a table. */
    default boolean isBlock() {
        return false;
    }
}
