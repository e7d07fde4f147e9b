package io.smilodon.engine.salvage;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.smilodon.engine.Progress;
import io.smilodon.engine.testing.FaultyDirectory;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** What a salvage gives, and which of it is suspect. */
record Salvaged(Map<String, String> values, Set<String> suspects, List<Loss> losses) {

    static Salvaged of(FaultyDirectory source) throws IOException {
        long operations = source.operations();
        Map<String, String> values = new TreeMap<>();
        Set<String> suspects = new TreeSet<>();
        List<Loss> losses;
        try (StoreSalvage salvage = StoreSalvage.open(source, Progress.SILENT)) {
            salvage.forEach(
                    (key, value, isSuspect) -> {
                        String name = new String(key, StandardCharsets.UTF_8);
                        values.put(name, new String(value, StandardCharsets.UTF_8));
                        if (isSuspect) {
                            suspects.add(name);
                        }
                    });
            losses = salvage.losses();
        }
        assertEquals(operations, source.operations(), "nothing is written");
        assertEquals(0, source.openFiles());
        return new Salvaged(values, suspects, losses);
    }
}
