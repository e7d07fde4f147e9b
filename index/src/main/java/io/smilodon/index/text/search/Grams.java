package io.smilodon.index.text.search;

import java.util.Map;

/** How many characters the pieces of a term have. */
record Grams(int min, int max) {

    /** More pieces of each character would make an index too large. */
    private static final int CHARS_MAX = 255;

    static Grams parse(Options options) {
        options.only("type", "minGram", "maxGram", "termNotInBounds");
        options.required("minGram");
        options.required("maxGram");
        return of(options, "minGram", options.count("minGram", 1, 1, CHARS_MAX), "maxGram", 0);
    }

    /** Those of an autocomplete field. */
    static Grams ofAutocomplete(Options options) {
        return of(options, "minGrams", options.count("minGrams", 2, 1, CHARS_MAX), "maxGrams", 15);
    }

    private static Grams of(
            Options options, String minName, int min, String maxName, int otherwise) {
        int max = options.count(maxName, otherwise, 1, CHARS_MAX);
        if (min > max) {
            throw options.error(
                    minName,
                    "The smallest grams are larger than the largest",
                    Map.of("min", min, "max", max));
        }
        return new Grams(min, max);
    }
}
