package io.smilodon.reference;

import io.smilodon.query.testing.Script;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Operators that belong together.
 *
 * @param probe tells which names the code takes here, if no table of operators does
 */
record Family(String title, List<Example> examples, Optional<Probe> probe) {

    Family(String title, List<Example> examples) {
        this(title, examples, Optional.empty());
    }

    /** The families of a file in {@code reference/}: a line names each, its operators follow. */
    static List<Family> read(String name) {
        List<Family> families = new ArrayList<>();
        for (Script.Case lines : Script.cases("/reference/" + name + ".txt")) {
            if (lines.has("family")) {
                families.add(new Family(lines.get("family"), new ArrayList<>(), Probe.of(lines)));
            } else {
                families.get(families.size() - 1).examples.add(Example.of(lines));
            }
        }
        return families;
    }

    Set<String> described() {
        Set<String> described = new LinkedHashSet<>();
        examples.forEach(example -> described.add(example.name()));
        return described;
    }
}
