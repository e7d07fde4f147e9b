package io.smilodon.reference;

import io.smilodon.query.testing.Script;
import java.util.ArrayList;
import java.util.List;

/** Operators that belong together. */
record Family(String title, List<Example> examples) {

    /** The families of a file in {@code reference/}: a line names each, its operators follow. */
    static List<Family> read(String name) {
        List<Family> families = new ArrayList<>();
        for (Script.Case lines : Script.cases("/reference/" + name + ".txt")) {
            if (lines.has("family")) {
                families.add(new Family(lines.get("family"), new ArrayList<>()));
            } else {
                families.get(families.size() - 1).examples.add(Example.of(lines));
            }
        }
        return families;
    }
}
