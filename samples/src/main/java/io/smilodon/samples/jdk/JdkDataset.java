package io.smilodon.samples.jdk;

import io.smilodon.samples.Dataset;
import io.smilodon.samples.Example;
import io.smilodon.samples.IndexSpecifications;
import java.util.List;

/** The classes and modules of the very JDK that runs. */
public final class JdkDataset implements Dataset {

    @Override
    public String name() {
        return "jdk";
    }

    @Override
    public String description() {
        return "Every exported class and module of the Java that runs this program: what each class"
                + " extends and implements, its constructors, methods and fields, and, where"
                + " the JDK brings its sources, its documentation and the release it came with.";
    }

    @Override
    public List<SampleCollection> collections() {
        return List.of(
                new SampleCollection(
                        "classes",
                        IndexSpecifications.ofKeys(
                                "{\"package\": 1, \"name\": 1}",
                                "{\"module\": 1, \"kind\": 1}",
                                "{\"superclass\": 1}",
                                "{\"interfaces\": 1}",
                                "{\"methods.name\": 1}"),
                        ClassSource::new),
                new SampleCollection(
                        "modules",
                        IndexSpecifications.ofKeys("{\"requires\": 1}"),
                        ModuleSource::new));
    }

    @Override
    public List<Example> examples() {
        return List.of(
                new Example(
                        "What is in java.util, by name?",
                        "classes",
                        "find",
                        """
                        {"filter": {"package": "java.util"},
                         "projection": {"name": 1, "kind": 1, "since": 1},
                         "sort": {"name": 1}, "limit": 10}"""),
                new Example(
                        "Which classes have a method computeIfAbsent?",
                        "classes",
                        "find",
                        """
                        {"filter": {"methods.name": "computeIfAbsent"},
                         "projection": {"_id": 1}}"""),
                new Example(
                        "Which kinds of classes does java.base offer, and how many methods have they?",
                        "classes",
                        "aggregate",
                        """
                        {"pipeline": [
                           {"$match": {"module": "java.base"}},
                           {"$group": {"_id": "$kind", "classes": {"$sum": 1},
                                       "methods": {"$avg": {"$size": "$methods"}}}},
                           {"$sort": {"classes": -1}}]}"""),
                new Example(
                        "Which interfaces are implemented most?",
                        "classes",
                        "aggregate",
                        """
                        {"pipeline": [
                           {"$unwind": "$interfaces"},
                           {"$group": {"_id": "$interfaces", "implementations": {"$sum": 1}}},
                           {"$sort": {"implementations": -1}}, {"$limit": 10}]}"""),
                new Example(
                        "What does each module that requires java.sql offer?",
                        "modules",
                        "aggregate",
                        """
                        {"pipeline": [
                           {"$match": {"requires": "java.sql"}},
                           {"$lookup": {"from": "classes", "localField": "_id",
                                        "foreignField": "module", "as": "classes"}},
                           {"$project": {"exports": 1, "classes": {"$size": "$classes"}}}]}"""));
    }
}
