package io.smilodon.samples;

import io.smilodon.engine.error.ErrorCode;
import io.smilodon.engine.error.SmilodonException;
import io.smilodon.samples.jdk.JdkDataset;
import io.smilodon.samples.places.PlacesDataset;
import java.util.List;
import java.util.Map;

/** The table of bundled datasets. */
public final class Datasets {

    private static final List<Dataset> ALL = List.of(new JdkDataset(), new PlacesDataset());

    private Datasets() {}

    public static List<Dataset> all() {
        return ALL;
    }

    /**
     * The dataset of that name.
     *
     * @throws SmilodonException {@code BadValue} if there is none
     */
    public static Dataset named(String name) {
        return ALL.stream()
                .filter(dataset -> dataset.name().equals(name))
                .findFirst()
                .orElseThrow(
                        () ->
                                new SmilodonException(
                                                ErrorCode.BAD_VALUE,
                                                "No such dataset",
                                                Map.of("name", name))
                                        .withHint("the datasets are " + names()));
    }

    private static String names() {
        return String.join(", ", ALL.stream().map(Dataset::name).toList());
    }
}
