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
        int min = options.count("minGram", 1, 1, CHARS_MAX);
        return new Grams(min, options.count("maxGram", min, 1, CHARS_MAX)).checked(options);
    }

    /** Those of an autocomplete field. */
    static Grams ofAutocomplete(Options options) {
        int min = options.count("minGrams", 2, 1, CHARS_MAX);
        return new Grams(min, options.count("maxGrams", 15, 1, CHARS_MAX)).checked(options);
    }

    private Grams checked(Options options) {
        if (min > max) {
            throw Options.error(
                    "The smallest grams are larger than the largest",
                    Map.of("min", min, "max", max),
                    options.location());
        }
        return this;
    }
}
