package io.smilodon.query.plan;

/**
 * Why an index does not carry out a query. The code's name is stable; the sentence is for people.
 */
public enum Reason {
    FIRST_FIELD_NOT_IN_FILTER(
            "The filter does not ask about the index's first field, and the index gives neither the"
                    + " order nor all the fields that are asked for."),
    CONDITION_WITHOUT_BOUNDS(
            "What the filter asks of the index's first field is no range of its keys: any value may"
                    + " pass, as with $size, $exists: true or an array to compare with."),
    NEGATION_ON_ARRAYS(
            "The filter negates a condition on the index's first field, which has arrays: whether"
                    + " all elements fail it is told by no single key."),
    OR_BRANCH_WITHOUT_BOUNDS(
            "The filter asks about the index's first field in a branch of an $or of which another"
                    + " branch gives no bounds on it, and not every branch has an index."),
    EXPRESSION_ON_ARRAYS(
            "$expr compares the index's first field, which has arrays: an expression takes an array"
                    + " as a whole, while the index has its elements."),
    EXPRESSION_WITHOUT_BOUNDS(
            "$expr reads the index's first field, but does not compare it with a constant by $eq,"
                    + " $gt, $gte, $in, $lt or $lte."),
    SCHEMA_WITHOUT_BOUNDS(
            "$jsonSchema names the index's first field, but gives no bounds: schemas are checked on"
                    + " the documents."),
    OTHER_COLLATION(
            "The index compares strings by another collation than the query, which asks for strings"
                    + " in the index's first field or for their order."),
    HASHES_HAVE_NO_ORDER(
            "The index holds hashes of its first field: it serves equality, and no ranges."),
    SPARSE_COULD_MISS_DOCUMENTS(
            "The index is sparse: documents without its fields are not in it, and the filter does"
                    + " not exclude them."),
    ONLY_FOR_TEXT("The index is one of words: it serves $text and nothing else."),
    TEXT_IN_FILTER(
            "The filter has a $text: the index of words leads to its documents, and what else the"
                    + " filter asks is checked on them."),
    NEAREST_IN_FILTER(
            "The filter asks for the nearest: an index of places leads to them, and what else the"
                    + " filter asks is checked on them."),
    PARTIAL_COULD_MISS_DOCUMENTS(
            "The index is partial: it has only the documents that match its filter, and the query"
                    + " does not say that all of its documents do."),
    NO_PATH_IN_FILTER(
            "The wildcard index serves no condition of the filter: it has no entries for absent"
                    + " fields, nor for documents and arrays as wholes."),
    NO_PLACE_IN_FILTER(
            "The index is one of places: it serves $near, $geoWithin and $geoIntersects on its field,"
                    + " in its world: 2dsphere on the earth, 2d in a plane."),
    HIDDEN(
            "The index is hidden: writes keep it and no query uses it, until collMod sets hidden to"
                    + " false."),
    BUILDING(
            "The index is being built: documents from before may be missing in it. currentOp and"
                    + " $indexStats tell how far it is."),
    NOT_HINTED("The hint names another way."),
    NOT_ALLOWED("An index filter or query settings leave the index out."),
    ID_LOOKUP_IS_UNIQUE("The filter names the documents by _id, which finds them directly."),
    NOTHING_CAN_MATCH("No document can match, so nothing is read."),
    MORE_EXPENSIVE("A plan with the index was considered and is estimated to cost more.");

    private final String sentence;

    Reason(String sentence) {
        this.sentence = sentence;
    }

    public String sentence() {
        return sentence;
    }
}
