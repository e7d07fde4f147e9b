package io.smilodon.samples.places;

import io.smilodon.samples.Dataset;
import io.smilodon.samples.Example;
import io.smilodon.samples.IndexSpecifications;
import java.util.List;
import java.util.stream.Stream;

/** The places that give the time zones their names. */
public final class PlacesDataset implements Dataset {

    @Override
    public String name() {
        return "places";
    }

    @Override
    public String description() {
        return "The cities that the world's time zones are named after: country, position, and"
                + " every change of their offset since their first standard clock.";
    }

    @Override
    public List<SampleCollection> collections() {
        return List.of(
                new SampleCollection(
                        "zones",
                        IndexSpecifications.ofKeys(
                                "{\"country.code\": 1, \"name\": 1}",
                                "{\"area\": 1, \"standardOffset\": -1}",
                                "{\"transitions.at\": 1}",
                                "{\"name\": \"text\", \"country.name\": \"text\"}",
                                "{\"location\": \"2dsphere\"}"),
                        PlaceSource::new));
    }

    @Override
    public List<Example> examples() {
        return Stream.concat(finds().stream(), pipelines().stream()).toList();
    }

    private static List<Example> finds() {
        return List.of(
                new Example(
                        "Which zones has Argentina?",
                        "zones",
                        "find",
                        """
                        {"filter": {"country.code": "AR"},
                         "projection": {"name": 1, "standardOffset": 1}, "sort": {"name": 1}}"""),
                new Example(
                        "Which European places are furthest ahead of Greenwich?",
                        "zones",
                        "find",
                        """
                        {"filter": {"area": "Europe"},
                         "projection": {"name": 1, "country.name": 1, "standardOffset": 1},
                         "sort": {"standardOffset": -1}, "limit": 5}"""),
                new Example(
                        "Where did clocks change in the autumn of 1945?",
                        "zones",
                        "find",
                        """
                        {"filter": {"transitions": {"$elemMatch": {"at": {
                            "$gte": {"$date": "1945-08-15T00:00:00Z"},
                            "$lt": {"$date": "1945-12-01T00:00:00Z"}}}}},
                         "projection": {"name": 1}}"""),
                new Example(
                        "Which places lie within 500 km of Vienna, the nearest first?",
                        "zones",
                        "find",
                        """
                        {"filter": {"location": {"$near": {
                            "$geometry": {"type": "Point", "coordinates": [16.37, 48.21]},
                            "$maxDistance": 500000}}},
                         "projection": {"name": 1}}"""),
                new Example(
                        "Which places or their countries are called islands?",
                        "zones",
                        "find",
                        """
                        {"filter": {"$text": {"$search": "island"}},
                         "projection": {"name": 1, "country.name": 1,
                                        "score": {"$meta": "textScore"}},
                         "sort": {"score": {"$meta": "textScore"}}, "limit": 10}"""));
    }

    private static List<Example> pipelines() {
        return List.of(
                new Example(
                        "Which countries span the most zones?",
                        "zones",
                        "aggregate",
                        """
                        {"pipeline": [
                           {"$group": {"_id": "$country.name", "zones": {"$sum": 1}}},
                           {"$sort": {"zones": -1, "_id": 1}}, {"$limit": 5}]}"""),
                new Example(
                        "How many changes of the clock has each continent seen?",
                        "zones",
                        "aggregate",
                        """
                        {"pipeline": [
                           {"$group": {"_id": "$area",
                                       "changes": {"$sum": {"$size": "$transitions"}}}},
                           {"$sort": {"changes": -1}}]}"""));
    }
}
