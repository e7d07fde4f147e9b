package io.smilodon.reference;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * A part of the reference.
 *
 * @param title its heading
 * @param words what stands under the heading
 * @param families its operators, with an example of each
 * @param kind what the examples are
 * @param names every name that must be described, from the tables of operators
 */
record Chapter(
        String title, String words, List<Family> families, ExampleKind kind, Set<String> names) {

    /** A chapter that is a file in {@code reference/}. */
    static Chapter read(String file, String title, ExampleKind kind, Set<String> names) {
        String[] parts = title.split(": ", 2);
        String words = parts.length > 1 ? parts[1] : "";
        return new Chapter(parts[0], words, Family.read(file), kind, names);
    }

    List<Example> examples() {
        return families.stream().flatMap(family -> family.examples().stream()).toList();
    }

    Set<String> described() {
        Set<String> described = new LinkedHashSet<>();
        families.forEach(family -> described.addAll(family.described()));
        return described;
    }

    /** Names of the tables without a description, and descriptions of what is in no table. */
    Set<String> mismatches() {
        Set<String> described = new LinkedHashSet<>();
        families.stream()
                .filter(family -> family.probe().isEmpty())
                .forEach(family -> described.addAll(family.described()));
        Set<String> mismatches = new TreeSet<>();
        names.stream().filter(name -> !described.contains(name)).forEach(mismatches::add);
        described.stream().filter(name -> !names.contains(name)).forEach(mismatches::add);
        return mismatches;
    }

    /**
     * Names that the code tells of, where it is asked with one that nobody knows, and that are not
     * described; and descriptions of what it does not tell.
     */
    Set<String> mismatches(ExampleDatabase database) {
        Set<String> mismatches = new TreeSet<>();
        for (Family family : families) {
            if (family.probe().isPresent()) {
                Set<String> known = family.probe().get().known(database);
                Set<String> missing = new TreeSet<>(known);
                missing.removeAll(described());
                Set<String> unknown = new TreeSet<>(family.described());
                unknown.removeAll(known);
                missing.forEach(name -> mismatches.add(family.title() + " " + name));
                unknown.forEach(name -> mismatches.add(family.title() + " " + name));
            }
        }
        for (Example example : examples()) {
            if (example.probe().isPresent()) {
                Set<String> known = example.probe().get().known(database);
                known.remove("type");
                Set<String> told = example.options();
                told.remove("type");
                if (!told.equals(known)) {
                    mismatches.add(example.name() + " " + known);
                }
            }
        }
        return mismatches;
    }
}
