package io.agentstation.telemetry.rollups;

import java.util.SortedMap;

/** The values of one report, by the name of their series. */
record Sample(SortedMap<String, Double> values) {}
