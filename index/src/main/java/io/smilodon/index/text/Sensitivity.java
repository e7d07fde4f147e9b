package io.smilodon.index.text;

/**
 * What makes words differ.
 *
 * @param isOfCase whether capitals do
 * @param isOfMarks whether accents do
 */
record Sensitivity(boolean isOfCase, boolean isOfMarks) {

    /** That of the entries of an index. */
    static final Sensitivity NONE = new Sensitivity(false, false);

    /** The text as it is compared. */
    String fold(String text, TextLanguage language) {
        String cased = isOfCase ? text : Letters.lowerCase(text, language);
        return isOfMarks ? cased : Letters.withoutMarks(cased);
    }
}
