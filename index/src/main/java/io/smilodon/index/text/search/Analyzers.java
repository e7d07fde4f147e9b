package io.smilodon.index.text.search;

import io.smilodon.engine.error.Location;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.analysis.ar.ArabicAnalyzer;
import org.apache.lucene.analysis.bg.BulgarianAnalyzer;
import org.apache.lucene.analysis.bn.BengaliAnalyzer;
import org.apache.lucene.analysis.br.BrazilianAnalyzer;
import org.apache.lucene.analysis.ca.CatalanAnalyzer;
import org.apache.lucene.analysis.cjk.CJKAnalyzer;
import org.apache.lucene.analysis.ckb.SoraniAnalyzer;
import org.apache.lucene.analysis.core.KeywordAnalyzer;
import org.apache.lucene.analysis.core.SimpleAnalyzer;
import org.apache.lucene.analysis.core.WhitespaceAnalyzer;
import org.apache.lucene.analysis.cz.CzechAnalyzer;
import org.apache.lucene.analysis.da.DanishAnalyzer;
import org.apache.lucene.analysis.de.GermanAnalyzer;
import org.apache.lucene.analysis.el.GreekAnalyzer;
import org.apache.lucene.analysis.en.EnglishAnalyzer;
import org.apache.lucene.analysis.es.SpanishAnalyzer;
import org.apache.lucene.analysis.et.EstonianAnalyzer;
import org.apache.lucene.analysis.eu.BasqueAnalyzer;
import org.apache.lucene.analysis.fa.PersianAnalyzer;
import org.apache.lucene.analysis.fi.FinnishAnalyzer;
import org.apache.lucene.analysis.fr.FrenchAnalyzer;
import org.apache.lucene.analysis.ga.IrishAnalyzer;
import org.apache.lucene.analysis.gl.GalicianAnalyzer;
import org.apache.lucene.analysis.hi.HindiAnalyzer;
import org.apache.lucene.analysis.hu.HungarianAnalyzer;
import org.apache.lucene.analysis.hy.ArmenianAnalyzer;
import org.apache.lucene.analysis.id.IndonesianAnalyzer;
import org.apache.lucene.analysis.it.ItalianAnalyzer;
import org.apache.lucene.analysis.lt.LithuanianAnalyzer;
import org.apache.lucene.analysis.lv.LatvianAnalyzer;
import org.apache.lucene.analysis.nl.DutchAnalyzer;
import org.apache.lucene.analysis.no.NorwegianAnalyzer;
import org.apache.lucene.analysis.pt.PortugueseAnalyzer;
import org.apache.lucene.analysis.ro.RomanianAnalyzer;
import org.apache.lucene.analysis.ru.RussianAnalyzer;
import org.apache.lucene.analysis.standard.StandardAnalyzer;
import org.apache.lucene.analysis.sv.SwedishAnalyzer;
import org.apache.lucene.analysis.th.ThaiAnalyzer;
import org.apache.lucene.analysis.tr.TurkishAnalyzer;

/** The analyzers of one search index, by name. Immutable. */
final class Analyzers {

    static final String STANDARD = "lucene.standard";

    private static final String KEYWORD = "lucene.keyword";

    private static final Map<String, Supplier<Analyzer>> BUILT_IN =
            Map.ofEntries(
                    Map.entry(STANDARD, StandardAnalyzer::new),
                    Map.entry("lucene.simple", SimpleAnalyzer::new),
                    Map.entry("lucene.whitespace", WhitespaceAnalyzer::new),
                    Map.entry(KEYWORD, KeywordAnalyzer::new),
                    Map.entry("lucene.arabic", ArabicAnalyzer::new),
                    Map.entry("lucene.armenian", ArmenianAnalyzer::new),
                    Map.entry("lucene.basque", BasqueAnalyzer::new),
                    Map.entry("lucene.bengali", BengaliAnalyzer::new),
                    Map.entry("lucene.brazilian", BrazilianAnalyzer::new),
                    Map.entry("lucene.bulgarian", BulgarianAnalyzer::new),
                    Map.entry("lucene.catalan", CatalanAnalyzer::new),
                    Map.entry("lucene.cjk", CJKAnalyzer::new),
                    Map.entry("lucene.czech", CzechAnalyzer::new),
                    Map.entry("lucene.danish", DanishAnalyzer::new),
                    Map.entry("lucene.dutch", DutchAnalyzer::new),
                    Map.entry("lucene.english", EnglishAnalyzer::new),
                    Map.entry("lucene.estonian", EstonianAnalyzer::new),
                    Map.entry("lucene.finnish", FinnishAnalyzer::new),
                    Map.entry("lucene.french", FrenchAnalyzer::new),
                    Map.entry("lucene.galician", GalicianAnalyzer::new),
                    Map.entry("lucene.german", GermanAnalyzer::new),
                    Map.entry("lucene.greek", GreekAnalyzer::new),
                    Map.entry("lucene.hindi", HindiAnalyzer::new),
                    Map.entry("lucene.hungarian", HungarianAnalyzer::new),
                    Map.entry("lucene.indonesian", IndonesianAnalyzer::new),
                    Map.entry("lucene.irish", IrishAnalyzer::new),
                    Map.entry("lucene.italian", ItalianAnalyzer::new),
                    Map.entry("lucene.latvian", LatvianAnalyzer::new),
                    Map.entry("lucene.lithuanian", LithuanianAnalyzer::new),
                    Map.entry("lucene.norwegian", NorwegianAnalyzer::new),
                    Map.entry("lucene.persian", PersianAnalyzer::new),
                    Map.entry("lucene.portuguese", PortugueseAnalyzer::new),
                    Map.entry("lucene.romanian", RomanianAnalyzer::new),
                    Map.entry("lucene.russian", RussianAnalyzer::new),
                    Map.entry("lucene.sorani", SoraniAnalyzer::new),
                    Map.entry("lucene.spanish", SpanishAnalyzer::new),
                    Map.entry("lucene.swedish", SwedishAnalyzer::new),
                    Map.entry("lucene.thai", ThaiAnalyzer::new),
                    Map.entry("lucene.turkish", TurkishAnalyzer::new));

    private final Map<String, Analyzer> own;

    private Analyzers(Map<String, Analyzer> own) {
        this.own = Map.copyOf(own);
    }

    /** Those of a definition besides Lucene's. */
    static Analyzers parse(List<Options> definitions) {
        Map<String, Analyzer> own = new HashMap<>();
        for (Options definition : definitions) {
            String name = definition.text("name");
            boolean isTaken = name.isEmpty() || name.startsWith("lucene.");
            if (isTaken || own.containsKey(name)) {
                throw definition.error(
                        "name",
                        "The name of an analyzer is taken, empty, or begins with lucene.",
                        Map.of("name", name));
            }
            own.put(name, new BoundedTerms(CustomAnalysis.parse(definition)));
        }
        return new Analyzers(own);
    }

    /** The analyzer of this name, which stands there in the definition. */
    NamedAnalyzer named(String name, Location location) {
        Analyzer found = own.get(name);
        if (found != null) {
            return new NamedAnalyzer(name, found, false);
        }
        Supplier<Analyzer> builtIn = BUILT_IN.get(name);
        if (builtIn == null) {
            List<String> known =
                    Stream.concat(BUILT_IN.keySet().stream(), own.keySet().stream())
                            .sorted()
                            .toList();
            throw Options.error(
                    "There is no analyzer of this name",
                    Map.of("name", name, "expected", known),
                    location);
        }
        return new NamedAnalyzer(name, new BoundedTerms(builtIn.get()), name.equals(KEYWORD));
    }

    /**
     * An analyzer with its name.
     *
     * @param keepsWhole whether each value becomes one term, as it is
     */
    record NamedAnalyzer(String name, Analyzer analyzer, boolean keepsWhole) {}
}
