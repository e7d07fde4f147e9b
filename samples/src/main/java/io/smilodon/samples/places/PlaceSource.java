package io.smilodon.samples.places;

import io.smilodon.engine.value.ArrayValue;
import io.smilodon.engine.value.DateValue;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.DocumentBuilder;
import io.smilodon.engine.value.Value;
import io.smilodon.samples.DocumentSource;
import io.smilodon.samples.ListDocuments;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneOffsetTransitionRule;
import java.time.zone.ZoneRules;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** The time zones of the world, one document each, with every change of their offset. */
final class PlaceSource implements DocumentSource {

    /** How far ahead the rules that still apply are spelled out. */
    private static final int YEARS_AHEAD = 5;

    private static final int SECONDS_PER_MINUTE = 60;

    private final List<TimeZoneTable.Row> rows;

    PlaceSource() {
        Set<String> known = ZoneId.getAvailableZoneIds();
        this.rows =
                TimeZoneTable.read().stream()
                        .filter(row -> known.contains(row.identifier()))
                        .toList();
    }

    @Override
    public long count() {
        return rows.size();
    }

    @Override
    public Documents open() {
        return new ListDocuments(rows.stream().map(PlaceSource::document).toList());
    }

    private static Document document(TimeZoneTable.Row row) {
        ZoneRules rules = ZoneId.of(row.identifier()).getRules();
        String area = row.identifier().substring(0, row.identifier().indexOf('/'));
        String city = row.identifier().substring(row.identifier().lastIndexOf('/') + 1);
        DocumentBuilder document =
                Document.builder()
                        .put("_id", row.identifier())
                        .put("name", city.replace('_', ' '))
                        .put("area", area)
                        .put("country", country(row.country()))
                        .put("location", point(row.longitude(), row.latitude()))
                        .put("standardOffset", standardOffset(rules))
                        .put("daylightSaving", !rules.getTransitionRules().isEmpty());
        return document.put("transitions", transitions(rules)).build();
    }

    private static Document country(String code) {
        String name = Locale.of("", code).getDisplayCountry(Locale.ENGLISH);
        return Document.builder().put("code", code).put("name", name).build();
    }

    private static Document point(double longitude, double latitude) {
        return Document.builder()
                .put("type", "Point")
                .put("coordinates", ArrayValue.of(Value.of(longitude), Value.of(latitude)))
                .build();
    }

    /** Minutes east of Greenwich, without daylight saving. */
    private static int standardOffset(ZoneRules rules) {
        return minutes(rules.getStandardOffset(Instant.now()));
    }

    private static ArrayValue transitions(ZoneRules rules) {
        List<ZoneOffsetTransition> transitions = new ArrayList<>(rules.getTransitions());
        int firstYear = LocalDate.now(ZoneOffset.UTC).getYear();
        for (int year = firstYear; year < firstYear + YEARS_AHEAD; year++) {
            for (ZoneOffsetTransitionRule rule : rules.getTransitionRules()) {
                ZoneOffsetTransition next = rule.createTransition(year);
                if (transitions.isEmpty() || next.compareTo(transitions.getLast()) > 0) {
                    transitions.add(next);
                }
            }
        }
        return ArrayValue.of(transitions.stream().map(PlaceSource::transition).toList());
    }

    private static Document transition(ZoneOffsetTransition transition) {
        return Document.builder()
                .put("at", new DateValue(transition.getInstant().toEpochMilli()))
                .put("from", minutes(transition.getOffsetBefore()))
                .put("to", minutes(transition.getOffsetAfter()))
                .build();
    }

    private static int minutes(ZoneOffset offset) {
        return Math.floorDiv(offset.getTotalSeconds(), SECONDS_PER_MINUTE);
    }
}
