package io.smilodon.query.predicate.schema;

import java.util.Optional;

/** Makes the rule of a keyword; some say only how others are meant, or nothing at all. */
interface Keyword {

    Optional<SchemaRule> parse(KeywordOperand operand);
}
