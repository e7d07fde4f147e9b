package io.smilodon.database.torture;

import io.smilodon.engine.mutant.Mutant;
import io.smilodon.engine.mutant.MutantSuite;
import io.smilodon.engine.mutant.Mutants;
import io.smilodon.engine.torture.Campaign;
import io.smilodon.engine.torture.Suite;
import io.smilodon.engine.torture.Suites;
import java.util.ArrayList;
import java.util.List;

/** The suites of the engine and those of the database. The program behind {@code ./torture}. */
public final class DatabaseCampaign {

    private DatabaseCampaign() {}

    public static void main(String[] arguments) throws Exception {
        List<Suite> suites = new ArrayList<>(Suites.ALL);
        suites.add(new IndexKillSuite());
        suites.add(new AgreementSuite());
        suites.add(new IndexPowerSuite());
        List<Mutant> mutants = new ArrayList<>(Mutants.ALL);
        mutants.addAll(IndexMutants.ALL);
        suites.add(new MutantSuite(DatabaseCampaign.class.getName(), mutants));
        Campaign.main(arguments, suites);
    }
}
