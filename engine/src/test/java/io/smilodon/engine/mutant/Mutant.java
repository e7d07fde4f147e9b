package io.smilodon.engine.mutant;

import java.util.List;

/**
 * The engine with one sin.
 *
 * @param name the sin
 * @param suite the name of the torture suite that must find it out
 * @param surgeries the changes that make it
 */
public record Mutant(String name, String suite, List<Surgery> surgeries) {

    public static Mutant of(String name, String suite, Surgery... surgeries) {
        return new Mutant(name, suite, List.of(surgeries));
    }

    @Override
    public String toString() {
        return name + " (" + suite + ')';
    }
}
