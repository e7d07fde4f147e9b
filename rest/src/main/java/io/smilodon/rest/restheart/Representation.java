package io.smilodon.rest.restheart;

import java.util.List;

/** What stands around the documents of a list. */
public enum Representation {
    /** Nothing: a list is an array. */
    STANDARD("standard", "s"),
    /** {@code _embedded} by kind, and links. */
    HAL("hal"),
    /** {@code _embedded} as an array. */
    SHAL("shal", "plain_json", "pj", "nested");

    private final List<String> names;

    Representation(String... names) {
        this.names = List.of(names);
    }

    List<String> names() {
        return names;
    }
}
