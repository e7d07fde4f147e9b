package io.smilodon.rest.restheart;

import java.util.List;

/** Whether HAL has its links. */
enum HalMode {
    COMPACT("compact", "c"),
    FULL("full", "f");

    private final List<String> names;

    HalMode(String... names) {
        this.names = List.of(names);
    }

    List<String> names() {
        return names;
    }
}
