package io.smilodon.database.torture;

import io.smilodon.engine.mutant.Mutant;
import io.smilodon.engine.mutant.MutantSuite;
import io.smilodon.engine.mutant.Mutants;
import io.smilodon.engine.mutant.Surgery;
import io.smilodon.engine.torture.Campaign;
import io.smilodon.engine.torture.Suite;
import io.smilodon.engine.torture.Suites;
import java.util.ArrayList;
import java.util.List;

/** The suites of the engine and those of the database. The program behind {@code ./torture}. */
public final class DatabaseCampaign {

    private static final Mutant EMPTY_INDEX =
            Mutant.of(
                    "an index is used though it is not filled",
                    "A1i",
                    Surgery.withoutBody("io.smilodon.database.IndexFilling", "fillPart"));

    private DatabaseCampaign() {}

    public static void main(String[] arguments) throws Exception {
        List<Suite> suites = new ArrayList<>(Suites.ALL);
        suites.add(new IndexKillSuite());
        List<Mutant> mutants = new ArrayList<>(Mutants.ALL);
        mutants.add(EMPTY_INDEX);
        suites.add(new MutantSuite(DatabaseCampaign.class.getName(), mutants));
        Campaign.main(arguments, suites);
    }
}
